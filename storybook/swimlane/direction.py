"""Which way words run: Arabic, Hebrew and their like from right to left, in a picture that runs the other way.

The first letter that has a direction decides, as the Unicode Bidirectional Algorithm says (UAX #9, P2 and P3), so that
what stands at the end of a line (a full stop, the ellipsis of words cut short) stands at the end for its readers too.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

#: Letters of scripts that run from right to left stand in these blocks, hardly any other: a quick look first.
_PERHAPS: Final = re.compile(
    "[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_LEFTWARDS: Final = frozenset({"R", "AL"})
#: Right-to-left isolate and its end; first-strong isolate. No screen shows them.
_RLI, _PDI, _FSI = "\u2067", "\u2069", "\u2068"


def has_leftward(words: str) -> bool:
    """Whether any letter of ``words`` runs from right to left."""
    return any(unicodedata.bidirectional(letter) in _LEFTWARDS for letter in _PERHAPS.findall(words))


def runs_left(words: str) -> bool:
    """Whether ``words`` as a whole are read from right to left: their first letter with a direction is."""
    if not _PERHAPS.search(words):
        return False
    directions = map(unicodedata.bidirectional, words)
    return next((each for each in directions if each in _LEFTWARDS or each == "L"), "L") != "L"


def set_apart(line: str, leftward: bool) -> str:
    """``line`` for what has no direction of its own to set: as one piece that runs leftwards, if it does."""
    return f"{_RLI}{line}{_PDI}" if leftward else line


def on_its_own(words: str) -> str:
    """``words`` among others in a sentence, so that they turn nothing beside them round."""
    return f"{_FSI}{words}{_PDI}" if has_leftward(words) else words
