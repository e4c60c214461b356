"""``contacts.csv`` of the open story format: contacts as rows that open in Excel, and back."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from ..human_dates import NotADate, read_when
from ..messages import Message, message
from ..model import Agency, Contact, Person
from ..problems import Problems
from .tables import Row, Table, read_csv, write_csv
from .trouble import Trouble, close_to, refuse, shortened

NAME: Final = "contacts.csv"
#: Heading -> field, in the order in which they are written.
COLUMNS: Final[Mapping[str, str]] = {
    "Date": "date",
    "End": "end",
    "Agency": "agency",
    "People": "people",
    "Kind": "kind",
    "What happened": "summary",
    "Detail": "detail",
    "Outcome": "outcome",
    "Response": "response",
    "Why no response": "no_response",
    "Impact": "impact",
    "Own words": "own_words",
    "Source": "source",
    "Needs": "needs",
    "Significant": "significant",
    "Told my story again": "retelling",
    "Disputed": "disputed",
    "Not telling": "not_telling",
    "Hand-off to": "handoff_to",
    "Hand-off end": "handoff_end",
    "Cost item": "cost_item",
    "Cost quantity": "cost_quantity",
    "Links": "links",
    "Id": "id",
    "Version": "version",
}
HEADINGS: Final = {field: heading for heading, field in COLUMNS.items()}
TEXTS: Final = frozenset(
    ("summary", "detail", "response", "no_response", "impact", "own_words", "source", "cost_item")
)
_LISTS: Final = ("people", "needs", "links")


def write(contacts: Sequence[Contact]) -> bytes:
    """``contacts`` as the bytes of ``contacts.csv``."""
    rows = [[cell_of(getattr(contact, field)) for field in COLUMNS.values()] for contact in contacts]
    return write_csv([list(COLUMNS), *rows])


def read(
    data: bytes, people: Sequence[Person], agencies: Sequence[Agency], trouble: Trouble
) -> tuple[Contact, ...]:
    """The contacts of ``contacts.csv``, in its order; what is wrong is added to ``trouble`` by line and heading.

    Raises Problems where the file as a whole can't be read.
    """
    table = read_csv(data, trouble.where)
    fields = _fields(table)
    names = Names(people, agencies)
    made = [(row.line, _contact(row, fields, names, trouble)) for row in table.rows[1:]]
    found = [(line, contact) for line, contact in made if contact]
    _check_ids(found, trouble)
    return tuple(contact for _, contact in found)


def _check_ids(found: list[tuple[int, Contact]], trouble: Trouble) -> None:
    """An id stands on one line only; a line that was copied takes its id along."""
    seen: set[UUID] = set()
    for line, contact in found:
        if contact.id in seen:
            what = message("this id stands on an earlier line too")
            trouble.add(what, message("leave it empty, and an id is made"), line, HEADINGS["id"])
        seen.add(contact.id)


class Names:
    """Refs by what people write: the ref itself, or the name where only one has it."""

    def __init__(self, people: Sequence[Person], agencies: Sequence[Agency]) -> None:
        self.people, self.agencies = _by_name(people), _by_name(agencies)


def plain(cell: str) -> str:
    """A cell as it was before it was made safe: one leading apostrophe less."""
    return cell.removeprefix("'")


def _by_name(parts: Sequence[Person | Agency]) -> dict[str, str]:
    names: dict[str, list[str]] = {}
    for part in parts:
        names.setdefault(_key(part.name), []).append(part.ref)
    unique = {name: refs[0] for name, refs in names.items() if name and len(refs) == 1}
    return unique | {_key(part.ref): part.ref for part in parts} | {part.ref: part.ref for part in parts}


def _key(text: str) -> str:
    return " ".join(text.casefold().split())


def cell_of(value: Any) -> str:
    """A field of a contact as the text of its cell."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return "; ".join(value)
    if isinstance(value, float):
        return repr(value).removesuffix(".0")
    return "" if value is None else str(value)


def _fields(table: Table) -> list[str]:
    """The field of each column. Raises Problems for headings that are unknown, twice or missing."""
    trouble = Trouble(table.where)
    known = {_heading(heading): field for heading, field in COLUMNS.items()}
    fields = []
    for number, cell in enumerate(table.rows[0].cells, 1):
        field = known.get(_heading(str(cell)), "")
        if field and field in fields:
            trouble.add(
                message('the column "{name}" is there twice', name=str(cell)), message("keep one"), 1, number
            )
        if not field and any(
            str(row.cells[number - 1]).strip() for row in table.rows[1:] if len(row.cells) >= number
        ):
            trouble.add(
                message('we do not know the column "{name}"', name=shortened(cell)),
                close_to(str(cell).strip(), list(COLUMNS)),
                table.rows[0].line,
                number,
            )
        fields.append(field)
    for needed in ("Date", "Agency"):
        if COLUMNS[needed] not in fields:
            what = message('there is no column "{name}"', name=needed)
            trouble.add(what, message("add it to the first line"), table.rows[0].line)
    trouble.stop_if_any()
    return fields


def _heading(text: str) -> str:
    return re.sub(r"[\W_]+", "", plain(text.strip()).lower())


def _contact(row: Row, fields: list[str], names: Names, trouble: Trouble) -> Contact | None:
    if len(row.cells) > len(fields) and any(str(cell).strip() for cell in row.cells[len(fields) :]):
        trouble.add(
            message("this line has more cells than the first line has headings"),
            message('put " around a cell that holds a comma'),
            row.line,
        )
        return None
    cells = {field: plain(str(cell)) for field, cell in zip(fields, row.cells, strict=False) if field}
    before = len(trouble.problems)
    values = _values(cells, names, row.line, trouble)
    return trouble.build(Contact, values, row.line, HEADINGS) if len(trouble.problems) == before else None


def _values(cells: dict[str, str], names: Names, line: int, trouble: Trouble) -> dict[str, Any]:
    """What pydantic is to check: empty cells left out, so that defaults stand."""
    values: dict[str, Any] = {
        field: cell if field in TEXTS else cell.strip()
        for field, cell in cells.items()
        if cell.strip() or field in TEXTS
    }
    values.update(_when(cells, line, trouble))
    for field in _LISTS:
        if field in values:
            values[field] = split(values[field], spaced=field == "links")
    _look_up(values, names, line, trouble)
    return values


def _when(cells: dict[str, str], line: int, trouble: Trouble) -> dict[str, str]:
    try:
        when = read_when(cells.get("date", "").strip(), cells.get("end", "").strip())
    except NotADate as error:
        trouble.take(error.problem, line, HEADINGS["date"])
        return {}
    found = {"date": when.date, "end": when.end}
    if when.time:
        found["detail"] = with_line(cells.get("detail", ""), "Time", when.time)
    return found


def with_line(text: str, label: str, value: str) -> str:
    """``text`` with a line ``label: value`` under it."""
    return f"{text}\n\n{label}: {value}".lstrip("\n")


def split(cell: str, *, spaced: bool = False) -> list[str]:
    """The pieces of a list in a cell; addresses hold ``;`` themselves, so between them stands ``; ``."""
    pieces = re.split(r";\s+|\s*\n\s*" if spaced else r"\s*[;\n]\s*", cell)
    return [piece.strip() for piece in pieces if piece.strip()]


def _look_up(values: dict[str, Any], names: Names, line: int, trouble: Trouble) -> None:
    """Put refs where names were written; what nobody knows is trouble."""

    def ref(known: dict[str, str], word: str, field: str, what: Callable[[str], Message]) -> str:
        found = known.get(word) or known.get(_key(word))
        if found is None:
            trouble.add(what(word), close_to(word, sorted(set(known.values()))), line, HEADINGS[field])
        return found or word

    for field in ("agency", "handoff_to"):
        if field in values:
            values[field] = ref(names.agencies, values[field], field, _unknown_agency)
    if "people" in values:
        values["people"] = [ref(names.people, word, "people", _unknown_person) for word in values["people"]]


def _unknown_agency(word: str) -> Message:
    return message('there is no agency "{word}" in story.md', word=shortened(word))


def _unknown_person(word: str) -> Message:
    return message('there is no person "{word}" in story.md', word=shortened(word))


def missing() -> Problems:
    """The refusal of a story without its contacts."""
    return refuse(
        NAME, message("there is no contacts.csv"), message("add one with the headings Date and Agency")
    )
