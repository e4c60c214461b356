"""What people make of a name, and names with one slip of the pen."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .words import words


def short_forms(name: str) -> Iterator[str]:
    """What people make of a name: "daz", "dazza" of darren, "shaz" of sharon, "robbo", "whitters"."""
    yield from words().other_names.get(name, ())
    stem = re.match(r"[^aeiouy]*[aeiouy]+[^aeiouy]", name)
    if stem is None or len(name) < 4:
        return
    root = stem.group()
    soft = root[:-1] + "z" if root[-1] in "rsl" else root
    last = root[-1]
    for base in {root, soft}:
        if len(base) > 2:
            yield base
        yield from (base + end for end in ("za", "zer", "zza")) if base[-1] == "z" else ()
    yield from (
        f"{root}{double}{end}" for double in ("", last) for end in ("y", "ie", "o", "a", "s", "ers", "er")
    )


def one_slip(one: str, other: str) -> bool:
    """Whether two words differ by one letter that is wrong, missing, too many, or changed places with the next."""
    if len(one) > len(other):
        one, other = other, one
    at = next((i for i, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), len(one))
    if len(one) < len(other):
        return one[at:] == other[at + 1 :]
    return one[at + 1 :] == other[at + 1 :] or (
        one[at : at + 2][::-1] == other[at : at + 2] and one[at + 2 :] == other[at + 2 :]
    )


def less_one(word: str) -> Iterator[str]:
    """``word``, and ``word`` without one of its letters; the first letter is always kept."""
    yield word
    yield from (word[:at] + word[at + 1 :] for at in range(1, len(word)))
