"""Guessing what a worker's own columns hold, from their headings and from what stands under them."""

from __future__ import annotations

import re
from collections.abc import Mapping as Words
from collections.abc import Sequence
from typing import Final

from openpyxl.utils import get_column_letter

from ..human_dates import NotADate, read_date
from ..messages import Message, message
from ..problems import Problem, Problems
from .contacts_csv import COLUMNS
from .incoming import Column, Mapping
from .tables import Cell, Row, as_text
from .trouble import close_to, shortened

IGNORE: Final = "ignore"
#: Headings stand in one of the first lines; above them may be a title and the date of printing.
SEARCHED: Final = 15
#: What a column can be taken for, beside a contact's own fields.
FIELDS: Final = (
    *(field for field in COLUMNS.values() if field not in ("id", "version")),
    "sector",
    "time",
    "fictional",
    IGNORE,
)
#: Headings as they are met (small letters, no signs), best first; each field's own name and heading belong to
#: it too.
_HEADINGS: Final[Words[str, str]] = {
    "date": "date of contact|contact date|date of event|event date|date of incident|incident date|start "
    "date|date started|"
    "date from|from|start|started|when|date/time|date and time|date & time|dates|day|month|period|date of "
    "entry|week|w/c|week commencing|week beginning|w/e|week ending",
    "end": "end date|date ended|ended|to|until|date to|finish|finished|closed|date closed|end date/time",
    "agency": "service|organisation|organization|agency/service|agency name|provider|team|department|"
    "professional/agency|"
    "agency involved|service involved|organisation involved|which agency|lead agency|source agency|partner|"
    "group|agencies",
    "people": "who|person|people involved|client|client name|name|names|subject|individual|family member|"
    "service user|"
    "person concerned|persons|whom|who was involved|adult|resident|patient",
    "kind": "type|type of contact|contact type|event type|kind of contact|nature of contact|method|category|"
    "mode of contact",
    "summary": "significant event|event|what happened|summary|headline|description|incident|events|"
    "significant events|"
    "description of event|event description|details of event|contact|activity|issue|reason for contact|what "
    "was the contact|entry",
    "detail": "details|detail|notes|more|comments|comment|further information|narrative|case notes|full "
    "details|information|text|"
    "additional information|observations|commentary|analysis",
    "outcome": "result|outcomes|what was the outcome|decision|outcome of contact|disposal",
    "response": "action taken|action|actions|agency response|response|what was done|service response|"
    "actions taken|intervention|"
    "what did the service do|support given|action by agency",
    "no_response": "why no action|reason for no response|reason for no action|why there was no response|no "
    "action reason",
    "impact": "effect|impact on person|impact on client|so what|significance|impact on family|impact on the "
    "person|difference made",
    "own_words": "voice|in their words|quote|in their own words|views of the person|client view|clients "
    "voice|wishes and feelings|"
    "voice of the person|lived experience|what they said",
    "source": "source of information|record|where from|evidence|source document|information source|recorded "
    "in|source of record|"
    "data source|file|reference|source of evidence",
    "needs": "need|needs identified|presenting need|presenting needs|presenting issue|presenting issues|"
    "theme|themes|risk|risks",
    "significant": "key event|important|is significant|turning point|key",
    "retelling": "retold|told story again|retelling|told again|repeated story|had to repeat story",
    "disputed": "contested|in dispute",
    "not_telling": "private|hidden|do not show|confidential|not to be shown",
    "handoff_to": "referred to|referral to|referred on to|handoff|hand off|handed to|signposted to|onward "
    "referral|referred on",
    "handoff_end": "referral outcome|outcome of referral|handoff end|referral result|referral status",
    "cost_item": "cost|unit cost|cost type",
    "cost_quantity": "quantity|units|number of units|how many|nights|hours",
    "links": "link|url|web address|website",
    "sector": "type of agency|agency type|agency sector|type of service|sector",
    "time": "time of contact|time of day|time of event|start time",
    "fictional": "fictional",
}


def guess(
    headers: Sequence[str], sample: Sequence[Row], given: Words[str, str] | None = None, where: str = ""
) -> Mapping:
    """What each column holds: what ``given`` says (heading -> field), else what its heading means, else its dates.

    Raises Problems for a column or field in ``given`` that there is not.
    """
    told = _given(headers, given or {}, where)
    found: dict[int, Column] = {
        n: Column(headers[n], field, message("you said so")) for n, field in told.items()
    }
    ranked = sorted((_rank(heading), n) for n, heading in enumerate(headers) if n not in told)
    for (rank, field), n in ranked:
        if rank < _NOTHING and field not in {column.field for column in found.values()}:
            found[n] = Column(headers[n], field, _why(rank))
    _guess_dates(headers, sample, found)
    rest = {
        n: Column(h, "", message("we do not know this heading"))
        for n, h in enumerate(headers)
        if n not in found
    }
    columns = [(found | rest)[n] for n in range(len(headers))]
    return Mapping(tuple(Column(c.heading, "" if c.field == IGNORE else c.field, c.why) for c in columns))


def recognised(headers: Sequence[str]) -> int:
    """How many of ``headers`` mean something; used to find the line of headings."""
    return len({field for rank, field in map(_rank, headers) if rank < _NOTHING})


def header_place(rows: Sequence[Row]) -> int:
    """Which of the first rows holds the headings: the one with most words that we know."""
    counts = _counts(rows)
    return counts.index(max(counts)) if max(counts, default=0) > 1 else 0


def recognised_in(rows: Sequence[Row]) -> int:
    """How many headings we know in the line that holds most of them."""
    return max(_counts(rows), default=0)


def _counts(rows: Sequence[Row]) -> list[int]:
    return [recognised([as_text(cell) for cell in row.cells]) for row in rows[:SEARCHED]]


def names_of(header: Row, rows: Sequence[Row]) -> list[str]:
    """The headings, each with a name of its own: "Notes (2)" for a second "Notes", "column C" for one without.

    A column with neither heading nor cells in ``rows`` has no name.
    """
    found: list[str] = []
    for place, cell in enumerate(header.cells):
        name = " ".join(as_text(cell).split())
        if not name and any(place < len(row.cells) and as_text(row.cells[place]).strip() for row in rows):
            name = str(message("column {letter}", letter=get_column_letter(place + 1)))
        ways = (name, *(f"{name} ({number})" for number in range(2, len(found) + 3)))
        found.append(next(way for way in ways if not way or way not in found))
    return found


_NOTHING: Final = 1000
#: Words that headings begin with before they come to the point: "name of the agency".
_OF: Final = ("name", "names", "type", "details", "detail")


def _bare(heading: str) -> str:
    return " ".join(re.sub(r"[^\w/&]+", " ", heading.lower().replace("’", "").replace("'", "")).split())


def _terms() -> dict[str, tuple[int, str]]:
    terms: dict[str, tuple[int, str]] = {}
    for field, written in _HEADINGS.items():
        own = [
            field.replace("_", " "),
            *(h.lower().replace("-", " ") for h, f in COLUMNS.items() if f == field),
        ]
        for place, term in enumerate([*own, *written.split("|")]):
            terms.setdefault(term, (place, field))
    return terms


_TERMS: Final = _terms()


def _rank(heading: str) -> tuple[int, str]:
    """How sure we are (0 is surest) that ``heading`` means which field; ``_NOTHING`` where we are not."""
    bare = _bare(heading)
    if not bare:
        return _NOTHING, ""
    if bare in _TERMS:
        return _TERMS[bare]
    within = [
        (
            500 - len(term) - 100 * (bare.startswith(term) and term not in _OF),
            field,
        )  # what a heading begins with says most
        for term, (_, field) in _TERMS.items()
        if len(term) > 3 and f" {term} " in f" {bare} "
    ]
    return min(within, default=(_NOTHING, ""))


def _why(rank: int) -> Message:
    return message("its heading says so") if rank < 100 else message("its heading holds a word for it")


def _guess_dates(headers: Sequence[str], sample: Sequence[Row], found: dict[int, Column]) -> None:
    """Where no heading says "date", the column of dates."""
    if any(column.field == "date" for column in found.values()):
        return
    for n, heading in enumerate(headers):
        cells = [row.cells[n] for row in sample if n < len(row.cells) and as_text(row.cells[n]).strip()]
        if n not in found and len(cells) >= 2 and sum(map(is_date, cells)) >= 0.8 * len(cells):
            found[n] = Column(heading, "date", message("dates stand in it"))
            return


def is_date(cell: Cell) -> bool:
    """Whether ``cell`` says a date, or two."""
    try:
        read_date(cell)
    except NotADate:
        return False
    return True


def is_day(cell: Cell) -> bool:
    """Whether ``cell`` is a date with its day."""
    return is_date(cell) and bool(re.fullmatch(r"\d{4}-\d\d-\d\d.*", read_date(cell).date))


def _given(headers: Sequence[str], given: Words[str, str], where: str) -> dict[int, str]:
    places = {_bare(heading): n for n, heading in reversed(list(enumerate(headers)))}
    names = {_bare(heading): field for heading, field in COLUMNS.items()} | {field: field for field in FIELDS}
    problems, told = [], {}
    for heading, said in given.items():
        field = (
            IGNORE
            if said.strip() in ("", "-")
            else names.get(_bare(said), said.strip().lower().replace(" ", "_"))
        )
        place = places.get(_bare(heading))
        if place is None:
            what = message('there is no column "{name}"', name=shortened(heading))
            problems.append(Problem(what, close_to(heading, list(headers)), where, column=heading))
        elif field not in FIELDS:
            what = message('a column can\'t be taken for "{name}"', name=shortened(said))
            problems.append(Problem(what, close_to(field, list(FIELDS)), where, column=heading))
        else:
            told[place] = field
    if problems:
        raise Problems(problems)
    return told
