"""Words in scripts that no list here reads: somebody who does has to say whether they name anybody."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

_WORD: Final = re.compile(r"[^\W\d_]+")
#: At most so many spaces, commas and signs on letters stand between two words of one finding.
_APART: Final = 6
_COMMAS: Final = frozenset(",-،、'’")


def in_other_scripts(text: str) -> Iterator[tuple[int, int]]:
    """Stretches of words without a Latin letter, those of one sentence together, as ``start, end`` in code points."""
    first = last = -1
    for match in _WORD.finditer(text):
        if any(map(_is_latin, match.group())):
            continue
        if first >= 0 and not _together(text[last : match.start()]):
            yield first, last
            first = -1
        first, last = (match.start() if first < 0 else first), match.end()
    if first >= 0:
        yield first, last


def _together(between: str) -> bool:
    return len(between) <= _APART and all(
        c in _COMMAS or unicodedata.category(c) in ("Zs", "Mn", "Mc", "Cf") for c in between
    )


@lru_cache(maxsize=16384)
def _is_latin(letter: str) -> bool:
    """Whether it is a Latin letter, dressed up or not, or stands for a thing and not for a sound ("µ")."""
    plain = unicodedata.normalize("NFKD", letter)[0]
    name = unicodedata.name(plain, "")
    return plain.isascii() or "LATIN" in name or name.startswith("MODIFIER LETTER") or letter in "µΩπ°ªº"
