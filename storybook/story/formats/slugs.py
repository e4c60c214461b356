"""Slugs and refs made from names, and slugs that came from outside held to their shape."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container

from ..messages import message
from ..model import SLUG
from ..problems import Problems
from .trouble import refuse, shortened

_LONGEST_SLUG = 80
_LONGEST_REF = 120


def slug_of(text: str, *, instead: str = "story", longest: int = _LONGEST_SLUG) -> str:
    """A slug that looks like ``text``: small letters and digits with hyphens; ``instead`` where nothing is left."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().replace("'", "").lower()
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    return words[:longest].strip("-") or instead


def ref_of(text: str, taken: Container[str], *, instead: str = "agency") -> str:
    """A ref that looks like ``text`` and is not in ``taken``."""
    first = slug_of(text, instead=instead, longest=_LONGEST_REF - 6)
    number, ref = 1, first
    while ref in taken:
        number += 1
        ref = f"{first}-{number}"
    return ref


def checked_slug(slug: str, where: str = "") -> str:
    """``slug`` if it is one. Raises Problems: a slug names a folder and an address, so nothing else will do."""
    if SLUG.fullmatch(slug) and len(slug) <= _LONGEST_SLUG:
        return slug
    raise _not_a_slug(slug, where)


def _not_a_slug(slug: str, where: str) -> Problems:
    return refuse(
        where,
        message('"{slug}" can\'t be the short name of a story', slug=shortened(slug)),
        message("use small letters, digits and single hyphens, up to 80, like {slug}", slug=slug_of(slug)),
        column="slug",
    )
