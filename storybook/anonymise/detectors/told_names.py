"""Names that a list or a letter behind them tells, whatever words they are: "Present: Joy, Grace", "Hope D. came"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from .codes import Detector, Match
from .findings import Confidence, What
from .scan import scan
from .words import key, words

_WORD: Final = r"[A-Z][a-z][\w’'\-]{1,25}"
#: A first name and a letter: "Hope D. - 19", "Joy B. came".
_LETTERED: Final = re.compile(
    rf"\b(?P<id>(?P<first>{_WORD})\s[A-Z]\.)(?=\s(?:[a-z(–\-]|\d)|,|\s?$)", re.MULTILINE
)
#: Who was there, or for whom a letter is: "Present: Joy, Comfort and Grace", "cc: Blessing".
_LISTED: Final = re.compile(
    r"(?:^|(?<=[\n.;]\s)|(?<=\n))\s{0,3}(?:Present|In attendance|Attendees|Attended|Attending|Apologies|Also present"
    r"|Re|RE|Cc|cc|CC|FAO|Attn|From|To|Names?|Volunteers?|Staff|On shift|Driver|Chair|Minutes)\s?:\s*"
    rf"(?P<id>{_WORD}(?:(?:,\s|\s?[&/+]\s?|\sand\s){_WORD}){{0,12}})(?=[\s.,;(]|$)"
)
_ONE: Final = re.compile(_WORD)


def told_names(text: str) -> Iterator[Match]:
    """Names that are told as such."""
    for match in scan(_LETTERED, text):
        if key(match["first"]) in words().given:
            yield What.PERSON, *match.span("id"), Confidence.LIKELY
    for match in scan(_LISTED, text):
        for one in _ONE.finditer(text, *match.span("id")):
            if key(one.group()) in words().also_words:
                yield What.PERSON, *one.span(), Confidence.POSSIBLE


DETECTORS: Final[tuple[Detector, ...]] = (told_names,)
