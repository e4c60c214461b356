"""A worker's own chronology, a table in their own columns, as a story.

Columns are guessed from their headings (``headings``); anything that stands in a column we understand is kept: a
code that is no word of the vocabulary goes into the contact's detail beside its heading. Columns we do not
understand are left out, and that is said, because they may hold what identifies a person.
"""

from __future__ import annotations

from collections.abc import Mapping as Words
from dataclasses import replace
from pathlib import PurePath
from typing import Final

from ..messages import Message, message
from ..model import Story
from ..problems import Problems
from .chronology_rows import Rows
from .headings import guess, header_place, is_day, names_of, recognised
from .incoming import Incoming, Mapping
from .sheets import read_xlsx
from .slugs import checked_slug, slug_of
from .tables import Row, Table, as_text, read_csv, read_text
from .trouble import Trouble, refuse

_SAMPLE: Final = 30
_ONE_COLUMN: Final = (
    message("there is only one column"),
    message("give a table: a column for the date, one for the agency, one for what happened"),
)


def read(
    data: bytes,
    name: str,
    *,
    mapping: Words[str, str] | None = None,
    slug: str | None = None,
    title: str = "",
    hidden: bool = False,
) -> Incoming:
    """The chronology in a CSV or XLSX file called ``name``. ``mapping`` (heading -> field) stands over the guesses.

    ``hidden``: rows and columns that a workbook hides come in too. Raises Problems with line and column, all of them
    at once.
    """
    table = _table(data, name, hidden)
    found = from_table(
        table, mapping=mapping, slug=slug, title=title or PurePath(name).stem.replace("_", " ")
    )
    return replace(found, notes=(_of_hidden(table.hidden, hidden), *found.notes)) if table.hidden else found


def columns_of(
    data: bytes, name: str, *, mapping: Words[str, str] | None = None, hidden: bool = False
) -> Mapping:
    """What each column would be taken for, whether or not a story can be made of it: for a screen to correct.

    Raises Problems where ``data`` is no table.
    """
    return _mapped(_table(data, name, hidden), mapping)


def _table(data: bytes, name: str, hidden: bool) -> Table:
    return read_xlsx(data, name, hidden=hidden) if data.startswith(b"PK\x03\x04") else read_csv(data, name)


def _of_hidden(what: Message, read: bool) -> Message:
    if read:
        return message("hidden in the sheet, and brought in: {what}", what=what)
    return message("hidden in the sheet, and left out: {what}", what=what)


def read_pasted(
    text: str, *, mapping: Words[str, str] | None = None, slug: str | None = None, title: str = "Chronology"
) -> Incoming:
    """The chronology in a block copied from a spreadsheet (tabs between cells) or typed as CSV."""
    if not text.strip():
        raise refuse(
            "", message("nothing was pasted"), message("copy the rows with their headings and paste them")
        )
    return from_table(read_text(text, message_place()), mapping=mapping, slug=slug, title=title)


def message_place() -> str:
    """What a pasted block is called in problems."""
    return str(message("pasted rows"))


def from_table(table: Table, *, mapping: Words[str, str] | None, slug: str | None, title: str) -> Incoming:
    """The story that ``table`` tells. Raises Problems."""
    rows = table.rows[header_place(table.rows) + 1 :]
    found = _mapped(table, mapping)
    _check_needed(found, table.where, found.header_line)
    trouble = Trouble(table.where)
    made = Rows(found, trouble, rows, table.day_zero)
    contacts = tuple(contact for row in rows if (contact := made.contact(row)) is not None)
    if not contacts and not trouble.problems:
        trouble.add(
            message("there are headings but no rows"),
            message("put each contact on a line of its own"),
            found.header_line,
        )
    trouble.stop_if_any()
    story = Story(
        slug=checked_slug(slug) if slug is not None else slug_of(title),
        title=title[:500].replace("\n", " "),
        fictional=made.fictional,
        people=made.people(),
        agencies=made.agencies(),
        contacts=contacts,
    )
    return Incoming(
        story, "chronology", found, (*_guesses(found), *made.guesses()), (*table.notes, *made.notes())
    )


def _mapped(table: Table, mapping: Words[str, str] | None) -> Mapping:
    place = header_place(table.rows)
    header, rows = table.rows[place], table.rows[place + 1 :]
    if not recognised([as_text(cell) for cell in header.cells]) and any(map(is_day, header.cells)):
        raise refuse(
            table.where,
            message("the first line is no line of headings: a date stands in it"),
            message("put headings above it, such as Date, Agency, What happened"),
            header.line,
        )
    headings = names_of(header, rows)
    return Mapping(guess(headings, rows[:_SAMPLE], mapping, table.where).columns, header.line, table.hidden)


def _check_needed(mapping: Mapping, where: str, line: int) -> None:
    have = {column.field for column in mapping.columns}
    trouble = Trouble(where)
    if len([column for column in mapping.columns if column.heading]) < 2:
        raise refuse(where, *_ONE_COLUMN, line)
    headings = ", ".join(f'"{column.heading}"' for column in mapping.columns[:12] if column.heading)
    for field, what in (
        ("date", message("no column says when")),
        ("agency", message("no column says which agency")),
    ):
        if field not in have:
            trouble.add(
                what,
                message(
                    "say which of {headings} it is, with --map column={field}",
                    headings=headings or "-",
                    field=field,
                ),
                line,
            )
    if not have & {"summary", "detail", "kind", "response", "outcome", "own_words"}:
        trouble.add(
            message("no column says what happened"),
            message(
                "say which of {headings} it is, with --map column={field}",
                headings=headings or "-",
                field="summary",
            ),
            line,
        )
    if trouble.problems and mapping.hidden:
        trouble.add(
            message("hidden in the sheet, and left out: {what}", what=mapping.hidden),
            message("bring it in with {option}, or show it in Excel", option="--hidden"),
        )
    trouble.stop_if_any()


def _guesses(mapping: Mapping) -> tuple[Message, ...]:
    taken = tuple(
        message(
            'the column "{heading}" was taken for {field}: {why}',
            heading=c.heading,
            field=c.field.replace("_", " "),
            why=c.why,
        )
        for c in mapping.columns
        if c.field
    )
    left = [column.heading for column in mapping.columns if not column.field and column.heading]
    if left:
        names = ", ".join(f'"{heading}"' for heading in left)
        taken += (message("left out: {names}", names=names),)
    return taken


__all__ = ["Problems", "Row", "from_table", "read", "read_pasted"]
