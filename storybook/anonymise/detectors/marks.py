"""Marks that a text is dressed with and a reader doesn't see: HTML, Markdown, wikis, forums, LaTeX, screens of old."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

BLOCK_TAG: Final = re.compile(r"</?(?:br|p|div|li|ul|ol|tr|td|th|table|h[1-6])\b[^<>]{0,200}>", re.IGNORECASE)
MARKS: Final = re.compile(
    r"<!--.{0,500}?-->|<!\[CDATA\[|\]\]>|<[!?][^<>]{0,500}>|<r[tp]>[^<>]{0,100}</r[tp]>"
    r"|</?[A-Za-z](?:[^<>\"']|\"[^\"<]{0,2000}\"|'[^'<]{0,2000}')*+>|</?[A-Za-z][^<>]{0,5000}>"
    r"|!?\[\]\([^()\s]{0,500}\)|\]\((?:[^()\s]|\([^()\s]{0,100}\)){0,500}\)"
    r"|\[/?(?:b|i|u|s|url|img|colou?r|size|quote|code|font|center|left|right|su[bp])(?:=[^\[\]\n]{0,200})?\]"
    r"|\[\d{1,3}(?:;\d{1,3}){0,5}m|\\[A-Za-z]{1,20}\{|\\ (?=\w)"
    r"|[\"']\s{0,3}(?:[+&]|\s\.\s)\s{0,3}[\"']|[*_`\[\]{}¬]+|~+|={2,}|'{2,5}|\\(?=\W)",
    re.DOTALL,
)
#: One letter or digit, with whatever signs and spaces before the next: "D a r r e n", "0/7/7/0/0/9".
SPACED: Final = re.compile(
    r"(?<![^\W_])[^\W_](?:(?:[^\w@]|_){1,9}(?:[^\W_](?![^\W_])|@)|@){5,}"
    r"|(?<![^\W_])[A-Z](?P<by>[ .\-])[^\W\d_](?:(?P=by)[^\W\d_](?![^\W_])){2,}"
)
_PICTURE: Final = "[\u2190-\u21ff\u2300-\u27bf\u2b00-\u2bff\U0001f000-\U0001f1e5\U0001f200-\U0001faff]"
#: Pictures between letters, digits or groups of them; and letters of flags that are no flag.
PICTURES: Final = re.compile(rf"(?<=[\w@.])(?: ?{_PICTURE})+ ?(?=[\w@.])|[\U0001f1e6-\U0001f1ff]{{3,}}")
_FLAG_A: Final = 0x1F1E6


def unpictured(match: re.Match[str]) -> str:
    """What stands in the place of pictures: nothing, or the space beside them; the letters of flags."""
    found = match.group()
    if ord(found[0]) in range(_FLAG_A, _FLAG_A + 26):
        return "".join(chr(ord(flag) - _FLAG_A + ord("A")) for flag in found)
    return " " if " " in found else ""


def between(spaced: str) -> frozenset[str]:
    """The signs that stand between letters that are spaced out: all, but the stops of an address that has others."""
    signs = Counter(c for c in spaced if not c.isalnum() and c != "@")
    (most, _), *_ = signs.most_common(1)
    return frozenset(signs) - (frozenset() if most in ". " else frozenset("."))
