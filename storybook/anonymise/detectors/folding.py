"""One character as plain Latin: what looks like a letter is that letter, whatever Unicode calls it."""

# ruff: noqa: RUF001 - characters that look like others are what this table is of

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

#: Letters of other scripts that look like Latin ones; what NFKD already folds is not listed.
_COMMON: Final = dict(
    zip(
        "АВЕКМНОРСТУХЅІЈԌԚԜаеорсухѕіјԛԝһԁӏΑΒΕΖΗΙΚΜΝΟΡΤΥΧαινορυχϲϳԱՏՕօսցоʟıƖǀ∣Ꭰ⍺ɑɡкмт",
        "ABEKMHOPCTYXSIJGQWaeopcyxsijqwhdlABEZHIKMNOPTYXaivopuxcjUSOouqoLilllDaagkmt",
        strict=True,
    )
)
#: The same of scripts that only a trick brings here: Cherokee, Lisu, Coptic, syllabics, Armenian, small Greek.
_RARE: Final = dict(
    zip(
        "ᎠᎡᏒᏔᏴᏦᎫᏢᏟᎻᎷᎢᎪᎬᏚᏙᏃᏞᏀꓓꓣꓪꓐꓗꓙꓑꓚꓧꓔꓮꓰꓢꓦꓜꓡꓖꓟꓠꓳꓴꓫꓬꓲꓝⲟⲥⲣⲩⲞⲤⲢⲔⲂⲬⲎⲒⲘⲚⲦᗞᑭᗷᒍᑌᗩᖇᗯᕼᑕᒪᗰᐯոսհστκηεω",
        "DRRWBKJPCHMTAESVZLGDRWBKJPCHTAESVZLGMNOUXYIFocpyOCPKBXHIMNTDPBJUARWHCLMVnuhotknew",
        strict=True,
    )
)
_LOOKALIKES: Final = _COMMON | _RARE | dict.fromkeys("⁄∕⧸", "/") | dict.fromkeys("·•∙⋅・･。", ".")
_SPACES: Final = "\u2800\u3164\u115f\u1160\uffa0"
_KEPT_CONTROLS: Final = "\n\t"
#: Letters in a box, a ring or small capitals, with a stroke or a hook, on their head, by their names in Unicode.
_DRESSED: Final = re.compile(
    r"(?:(?:NEGATIVE )?(?:SQUARED|CIRCLED) )?LATIN CAPITAL LETTER (?:[A-Z\-]+ )??([A-Z])(?: WITH .+)?"
    r"|LATIN (?:LETTER SMALL CAPITAL|SMALL LETTER(?: (?!SHARP)[A-Z\-]+)??) ([A-Z])(?: WITH .+)?"
)
#: Drawn as nothing, or as a box that anything may stand for.
_NOTHING: Final = "\ufffc\ufffd\U0001d159"


@lru_cache(maxsize=16384)
def fold(character: str) -> str:
    """One code point as plain Latin, digits, punctuation; "" for what cannot be seen."""
    if character in _KEPT_CONTROLS:
        return character
    if character in _SPACES:
        return " "
    folded = (_fold_one(part) for part in unicodedata.normalize("NFKD", character))
    return "".join(folded)


def _fold_one(character: str) -> str:
    kind = unicodedata.category(character)
    if kind in ("Cf", "Cc", "Mn", "Me", "Co", "Cn", "Cs") or character in _NOTHING:
        return "\n" if character in "\r\x0b\x0c\x85" else ""
    if kind in ("Zs", "Zl", "Zp"):
        return " " if kind == "Zs" else "\n"
    if kind in ("Nd", "No"):
        return str(unicodedata.digit(character, character))
    if kind == "Pd" or character in "−⁃":
        return "-"
    return _LOOKALIKES.get(character) or _undressed(character)


def _undressed(character: str) -> str:
    found = _DRESSED.fullmatch(unicodedata.name(character, ""))
    if found is None:
        return character
    return found[1] or found[2].lower()
