"""Places and bodies in a text: by the list of places, and by the word that a name ends with."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Final

from .codes import Match
from .context import (
    ABBREVIATIONS,
    AT,
    CALENDAR,
    DETERMINERS,
    HEADS,
    KIN,
    LINKS,
    OWNERS,
    SEATS,
    STARTERS,
    THERE,
    TOWNS,
)
from .findings import Confidence, What
from .no_ones import is_borne
from .scan import scan
from .tokens import Shape, Token, adjoins, runs
from .words import Phrases, Words, key

#: The name once more, short or in its own language: "Sunrise Advice Centre (SAC)".
_BRACKET: Final = re.compile(r"\s\([^\W\d_a-z][^()\n]{1,60}\)|\s\([“\"][^()\n]{1,40}\)")
#: A house called after two things, as pubs are: "drank in the Fox and Duck".
_PAIR: Final = re.compile(
    r"\b(?:in|at|of|from|outside|behind|near|by|to|down|past|opposite|into|leaving|called|or|and)\s[Tt]he\s"
    r"(?P<id>(?P<one>[A-Z][a-z]+)\s(?:and|&|n)\s(?P<other>[A-Z][a-z]+))(?=[.,;:!?)\n’']|$"
    r"|\s(?:on|in|at|for|with|and|or|by|till|until|then|when|who|before|after|every|all|to|from|again|last|most|is|was"
    r"|had|so|but|where|because)\b)"
)
#: A body called after what it does: "Ref by Carriers of Hope", "from Steps for Change".
_DOING: Final = re.compile(
    r"\b(?:from|by|with|at|via|to|of|and)\s(?:the\s)?(?P<id>[A-Z][a-z]+\s(?:of|for)\s"
    r"(?:the\s)?[A-Z][a-z]+(?:\s[A-Z][a-z]+)?)\b"
)
#: Where somebody was taken, in letters that locals know: "conveyed to UHCW".
_LETTERS: Final = re.compile(
    r"\b(?:admitted|conveyed|transferred|moved|taken|took|sent|back|up|over|discharged|appointment|appt|seen|bed|works?"
    r"|worked|stay(?:s|ed|ing)?|placed|inpatient)\s(?:to|at|in|from)\s(?P<id>[A-Z]{3,6})(?![\w&/])"
)
#: So many little words may stand between "at" and a name: "at all the Old Ball's".
_LEADS: Final = 4


class Places:
    """Finds places, streets and bodies among the words of one text."""

    def __init__(self, words: Words, found: Sequence[Token], text: str) -> None:
        self._words = words
        self._tokens = found
        self._text = text

    def matches(self) -> Iterator[Match]:
        """Places and bodies as (what, start, end, confidence); bodies known nationwide are left out."""
        wide = {at for first, end in self._nationwide for at in range(first, end)}
        for first, end in self._named():
            if not wide.intersection(range(first, end)):
                yield from self._group(first, end)
        yield from self._paired()
        yield from self._doing()
        at = 0
        while at < len(self._tokens):
            end, confidence = self._listed(at)
            if confidence and not wide.intersection(range(at, end)):
                yield self._match(What.PLACE, self._seat(at), end, confidence)
            at = max(end, at + 1)

    def nationwide(self) -> list[tuple[int, int]]:
        """Where bodies known nationwide are named, as spans of the text."""
        return [(self._tokens[first].start, self._tokens[end - 1].end) for first, end in self._nationwide]

    @cached_property
    def _nationwide(self) -> list[tuple[int, int]]:
        """The same among the words."""
        capitals = (at for at, token in enumerate(self._tokens) if token.capital)
        spans = ((at, self._phrase(self._words.nationwide, at)) for at in capitals)
        return [(at, end) for at, end in spans if end > at + 1 or (end and not is_borne(self._tokens, at))]

    def _paired(self) -> Iterator[Match]:
        plain = self._words.generic | self._words.organisations | self._words.demonyms
        for match in scan(_PAIR, self._text):
            if plain.isdisjoint({match["one"].lower(), match["other"].lower()}):
                yield What.PLACE, *match.span("id"), Confidence.POSSIBLE

    def _doing(self) -> Iterator[Match]:
        plain = self._words.generic | self._words.organisations | CALENDAR | KIN
        for match in scan(_DOING, self._text):
            said = [key(word) for word in match["id"].split()]
            if not (said[0] in plain or said[-1] in plain or said[0] in self._words.only_names):
                yield What.ORG, *match.span("id"), Confidence.POSSIBLE
        for match in scan(_LETTERS, self._text):
            if key(match["id"]) not in ABBREVIATIONS and not self._words.is_word(key(match["id"])):
                yield What.PLACE, *match.span("id"), Confidence.POSSIBLE

    def _match(self, what: What, first: int, end: int, confidence: Confidence) -> Match:
        return what, self._tokens[first].start, self._tokens[end - 1].end, confidence

    # ---- by the list

    def _listed(self, at: int) -> tuple[int, Confidence | None]:
        end = self._phrase(self._words.places, at)
        if not end:
            return at + 1, None
        token = self._tokens[at]
        if not token.capital:
            return end, self._small(at, end)
        if end - at > 1:
            return end, Confidence.CERTAIN
        return end, self._single(at, token)

    def _seat(self, at: int) -> int:
        """Where a place begins that is told by what it is: "the Republic of Turkey", "Mayor of Otley"."""
        before = [t.key for t in self._tokens[max(0, at - 3) : at]]
        if before[-1:] == ["the"]:
            before.pop()
        if len(before) < 2 or before[-1] != "of" or before[-2] not in SEATS:
            return at
        return at - (3 if self._tokens[at - 1].key == "the" else 2)

    def _phrase(self, phrases: Phrases, at: int) -> int:
        """The end of the longest phrase that begins at a word, or 0."""
        first = self._tokens[at].key
        for phrase in phrases.get(first.partition("-")[0] if "-" in first else first, ()):
            if (end := self._spells(phrase, at)) and (len(phrase) > 1 or self._whole(at)):
                return end
        return 0

    def _whole(self, at: int) -> bool:
        return "-" not in self._tokens[at].key or self._tokens[at].key in self._words.places

    def _spells(self, phrase: tuple[str, ...], at: int) -> int:
        said: list[str] = []
        while at < len(self._tokens) and len(said) < len(phrase):
            token = self._tokens[at]
            apart = not adjoins(self._tokens[at - 1], token) and token.gap not in (" & ", "&")
            if said and apart and not self._saint(at):
                return 0
            said.extend(
                (
                    token.key
                    + (
                        "'s"
                        if token.owns and len(said) + 1 <= len(phrase) and "'s" in phrase[len(said)]
                        else ""
                    )
                ).split("-")
            )
            at += 1
        return at if tuple(said) == phrase else 0

    def _saint(self, at: int) -> bool:
        return self._tokens[at - 1].key == "st" and self._tokens[at].gap in (". ", ".")

    def _single(self, at: int, token: Token) -> Confidence | None:
        """A place of one word: "Reading", "Hope", "Coventry"."""
        before = self._tokens[at - 1].key if at else ""
        word, name = self._words.is_word(token.key), token.key in self._words.given
        if (token.shape is Shape.CAPITALS and len(token.key) < 4) or token.key in CALENDAR:
            return None
        if before in AT and token.gap == " ":
            plain = word and token.begins
            return None if plain else Confidence.LIKELY if word else Confidence.CERTAIN
        if word:
            town = token.key in TOWNS and not token.begins and token.shape is Shape.TITLE
            return Confidence.LIKELY if town else None
        return Confidence.POSSIBLE if name else Confidence.LIKELY

    def _small(self, at: int, end: int) -> Confidence | None:
        before = self._tokens[at - 1].key if at else ""
        plain = all(self._words.is_word(t.key) for t in self._tokens[at:end])
        long = any(len(t.key) > 4 for t in self._tokens[at:end])
        told = before in AT and self._tokens[at].gap == " "
        if plain or not (told or long) or self._tokens[at].key in self._words.only_names:
            return None
        return Confidence.LIKELY if told else Confidence.POSSIBLE

    # ---- by the last word

    def _named(self) -> Iterator[tuple[int, int]]:
        """Runs with capitals, "University of Hull" and "the Hope and Anchor" in one."""
        spans = list(runs(self._tokens))
        while spans:
            first, end = spans.pop(0)
            while spans and self._links(end, spans[0][0], first):
                end = spans.pop(0)[1]
            yield first, end

    def _links(self, end: int, start: int, first: int) -> bool:
        if end == start:
            return self._owned(first, end)
        between = self._tokens[end:start]
        if not 1 <= len(between) <= 2 or any(t.key not in LINKS or t.gap != " " for t in between):
            return False
        if self._tokens[start].gap != " " or self._tokens[end - 1].owns:
            return False
        return between[0].key == "of" and any(self._ends(t) for t in self._tokens[first:end])

    def _owned(self, first: int, end: int) -> bool:
        """Whether what follows "...'s" goes on with the name: "Fishermen's Mission", "St Gemma's Primary"."""
        if not (self._tokens[end - 1].owns and self._tokens[end].gap in ("'s ", "’s ", "' ", "’ ", " ")):
            return False
        saint = self._tokens[first].key in HEADS
        return saint or self._closes(end) or (end + 1 < len(self._tokens) and self._closes(end + 1))

    def _ends(self, token: Token) -> bool:
        return token.key in self._words.organisations or token.key in HEADS

    def _group(self, first: int, end: int) -> Iterator[Match]:
        """The body or the street that a run names, up to the last word that says so."""
        while first < end and self._is_lead(first):
            first += 1
        if self._stands_there(first, end):
            yield self._match(What.PLACE, first, end, Confidence.POSSIBLE)
        if stop := self._goes_on(first, end):
            yield self._match(What.ORG, first, stop, Confidence.LIKELY)
        last = next((at for at in range(end - 1, first - 1, -1) if self._closes(at)), None)
        heads = first < end and self._tokens[first].key in HEADS and end - first > 1
        if last is None and not heads:
            return
        stop = end if last is None or heads or self._of(first, end) else last + 1
        what = What.PLACE if last is not None and self._tokens[last].key in self._words.streets else What.ORG
        own = [t for t in self._tokens[first:stop] if t.capital and self._own(t)]
        if own and stop - first > 1:
            _, start, end_of_name, sure = self._match(what, first, stop, self._sureness(own))
            bracket = _BRACKET.match(self._text, end_of_name)
            yield what, start, bracket.end() if bracket else end_of_name, sure

    def _stands_there(self, first: int, end: int) -> bool:
        """Whether a run of several words stands where a body or a spot does: "at Border Cabs", "in the Old Ball"."""
        at, least = first - 1, first - _LEADS
        while at > max(0, least) and (self._tokens[at].key in DETERMINERS or self._tokens[at].key in OWNERS):
            at -= 1
        if end - first < 2 or at < 0 or self._tokens[first].gap != " " or self._tokens[at].key not in THERE:
            return False
        own = [t for t in self._tokens[first:end] if t.shape is Shape.TITLE and self._own(t)]
        plain = any(self._words.is_word(t.key) for t in own)
        return plain and not any(t.key in CALENDAR or t.key in KIN for t in self._tokens[first:end])

    def _goes_on(self, first: int, end: int) -> int:
        """The end of a name whose last words are small: "Chatham bus station", "Portchester ABC boxing club"."""
        own = [t for t in self._tokens[first:end] if self._own(t) and t.key not in self._words.demonyms]
        if not any(t.shape is Shape.TITLE and not self._words.is_word(t.key) for t in own):
            return 0
        for stop in range(end + 1, min(end + 3, len(self._tokens)) + 1):
            last = self._tokens[stop - 1]
            if last.gap not in (" ", "s ") or last.capital or last.key in LINKS or last.key in AT:
                return 0
            if last.key in self._words.organisations and last.key not in {
                "home",
                "works",
                "training",
                "fair",
            }:
                return stop
        return 0

    def _is_lead(self, at: int) -> bool:
        token = self._tokens[at]
        if token.key in DETERMINERS or token.key in OWNERS:
            return True
        plain = self._words.is_word(token.key) and token.key not in self._words.organisations
        return (
            token.begins
            and plain
            and token.key not in self._words.given
            and token.key not in self._words.generic
            and token.key in STARTERS
        )

    def _closes(self, at: int) -> bool:
        found = self._tokens[at].key
        return found in self._words.organisations or found in self._words.streets

    def _of(self, first: int, end: int) -> bool:
        return any(not t.capital for t in self._tokens[first:end])

    def _own(self, token: Token) -> bool:
        """Whether a word makes the name somebody's own: not "Adult", "Social", "Team"."""
        plain = (
            token.key in self._words.generic
            or token.key in self._words.organisations
            or token.key in self._words.streets
        )
        return not plain and token.key not in HEADS - {"st", "saint"} and token.key not in LINKS

    def _sureness(self, own: list[Token]) -> Confidence:
        odd = any(not self._words.is_word(t.key) or t.key in self._words.given for t in own)
        return Confidence.LIKELY if odd else Confidence.POSSIBLE
