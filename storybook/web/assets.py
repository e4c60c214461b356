"""Our own files: their addresses, and a style sheet that stands in the page itself.

Such a sheet spares the first picture the wait for a second answer. The page's content policy lets it in by its hash,
and nothing else that is inline.
"""

from __future__ import annotations

import base64
import hashlib
import re
from functools import lru_cache
from pathlib import Path
from typing import cast
from urllib.parse import urljoin

from flask import current_app, g, url_for
from markupsafe import Markup

_FILE = re.compile(r"url\([\"']?(?!data:|#)(?P<path>[^)\"']+)[\"']?\)")


def asset(path: str) -> str:
    """The address of a file of ours, with a mark of its content, so that it can be kept for good."""
    folder = Path(current_app.static_folder or "")
    file = folder / path
    stamp = file.stat().st_mtime_ns if file.is_file() else 0
    address = url_for("static", filename=path, v=_mark(file, stamp))
    g.setdefault("assets", {})[path] = address
    return address


def assets_named() -> dict[str, str]:
    """The files of ours that were named so far in this request, each with its address."""
    return dict(g.get("assets", {}))


@lru_cache(maxsize=256)
def _mark(file: Path, stamp: int) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()[:12] if stamp else "0"


def style_inside(path: str) -> Markup:
    """The sheet as a ``<style>`` element. A kept page that holds it is made anew when the sheet changes.

    Raises FileNotFoundError: a page without its style can't be read.
    """
    address = asset(path)
    file = Path(current_app.static_folder or "") / path
    text = _with_whole_addresses(file, file.stat().st_mtime_ns, address)
    let_inside(styles_inside() | {hash_source(text)})
    return Markup(f"<style>{text}</style>")  # noqa: S704 - our own file


def styles_inside() -> frozenset[str]:
    """What stands in the page that is being answered, each as the content policy names it."""
    return cast("frozenset[str]", g.get("styles_inside", frozenset()))


def let_inside(sources: frozenset[str]) -> None:
    """Has the answer's content policy name these: for a page that was made for an earlier request."""
    g.styles_inside = sources


@lru_cache(maxsize=8)
def _with_whole_addresses(file: Path, _stamp: int, address: str) -> str:
    """Its text, in which a file beside it is named from the host's root: the page lies elsewhere."""
    text = safe_in_style(file.read_text("utf-8"))
    return _FILE.sub(lambda found: f"url({urljoin(address, found['path'])})", text)


def safe_in_style(text: str) -> str:
    """A style sheet that no HTML parser ends early."""
    return re.sub(r"</(?=style)", r"<\\/", text, flags=re.IGNORECASE)


def hash_source(text: str) -> str:
    """The source by which a content policy names a script or style that stands in the page."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode('ascii')}'"
