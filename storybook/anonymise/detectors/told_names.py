"""Names that a form, a list or quotation marks tell, whatever words they are: "Present: Joy", "known as “Spider”"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from .codes import Detector, Match
from .findings import Confidence, What
from .scan import scan
from .words import key, words

_WORD: Final = r"[A-Z][a-z][\w’'\-]{1,25}"
#: Who somebody is called, in quotation marks: "known as “Spider”", "aka "Blue"".
_CALLED: Final = re.compile(
    r"\b(?i:known (?:to \w{1,12} )?as|aka|a\.k\.a\.?|alias|called|goes by|went by|nicknamed?|street name|tag"
    rf"|(?:him|her|them)self)\s?:?\s[“\"'‘](?P<id>(?:the\s)?{_WORD}(?:\s{_WORD})?)[”\"'’]"
)
#: A name in quotation marks about which something is told next: "“Colonel”, asleep", "“Skip” (Garfield Tunnicliffe)".
_QUOTED: Final = re.compile(
    rf"[“\"](?P<id>{_WORD}(?:\s{_WORD})?)[”\"](?=,?\s(?:asleep|awake|who|aged?|not seen|seen|\d)\b|\s\([A-Z][a-z])"
)
#: The same behind the name that somebody has: "(Tadhg, “Tiger”)".
_BEHIND: Final = re.compile(rf"(?<=[a-z], )[“\"](?P<id>{_WORD}(?:\s{_WORD})?)[”\"](?=[),;])")
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
    for match in (*scan(_CALLED, text), *scan(_BEHIND, text)):
        yield What.PERSON, *match.span("id"), Confidence.LIKELY
    for match in scan(_QUOTED, text):
        yield What.PERSON, *match.span("id"), Confidence.POSSIBLE
    for match in scan(_LETTERED, text):
        if key(match["first"]) in words().given:
            yield What.PERSON, *match.span("id"), Confidence.LIKELY
    for match in scan(_LISTED, text):
        for one in _ONE.finditer(text, *match.span("id")):
            if key(one.group()) in words().also_words:
                yield What.PERSON, *one.span(), Confidence.POSSIBLE


DETECTORS: Final[tuple[Detector, ...]] = (told_names,)
