"""The rows of a worker's chronology, one contact each, with the people and agencies they name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

from ..human_dates import NotADate, clock_of, read_end, read_when
from ..messages import Message, message
from ..model import Agency, Contact, Person
from .chronology_asides import Above, is_aside
from .codes import code_of
from .contacts_csv import split, with_line
from .incoming import Mapping
from .names_in_cells import is_everybody, name_key, names_in
from .sectors import sector_of
from .slugs import ref_of
from .tables import Cell, Row, as_text, unguarded
from .trouble import Trouble

_REF: Final = re.compile(r"[Pp]\d{1,3}")
_YES: Final = frozenset(("y", "yes", "true", "1", "x", "✓", "✔", "t"))
_NO: Final = frozenset(("n", "no", "false", "0", "", "f", "-"))
_FLAGS: Final = ("significant", "retelling", "disputed", "not_telling")
_LONGEST: Final = 500
_LAST_YEAR: Final = 9999
#: Numbers of lines that are told; the rest is counted.
_TOLD: Final = 12
_CODES: Final = {"kind": "kinds", "outcome": "outcomes", "handoff_end": "hand_off_ends"}
_LABELS: Final = {
    "kind": "Type",
    "outcome": "Outcome",
    "handoff_end": "Referral",
    "needs": "Needs",
    "time": "Time",
    "cost_quantity": "Quantity",
}


class Rows:
    """Makes contacts of rows, and gathers people and agencies on the way."""

    def __init__(self, mapping: Mapping, trouble: Trouble, rows: Sequence[Row], day_zero: int = 0) -> None:
        self._columns = mapping.columns
        self._day_zero = day_zero
        self._asides: list[int] = []
        self._above = Above()
        self._trouble = trouble
        self._agencies: dict[str, Agency] = {}
        self._people: dict[str, Person] = {}
        self._names_people = any(column.field == "people" for column in mapping.columns)
        self._hidden_names = 0
        self._named = self._names_in(rows)
        self._sectors_told: set[str] = set()
        self._in_words: set[str] = set()
        self.fictional = False

    def contact(self, row: Row) -> Contact | None:
        """The row's contact; None with a problem added, or where the row is no contact."""
        if is_aside(row, self._columns):
            self._asides.append(row.line)
            return None
        cells = {c.field: cell for c, cell in zip(self._columns, row.cells, strict=False) if c.field}
        cells = self._above.filled(cells, row.line)
        if len(row.cells) > len(self._columns) and any(
            str(cell).strip() for cell in row.cells[len(self._columns) :]
        ):
            self._add(
                row,
                message("this line has more cells than there are headings"),
                message('put " around a cell that holds a comma'),
            )
            return None
        texts = {field: unguarded(as_text(cell)) for field, cell in cells.items()}
        before = len(self._trouble.problems)
        values = (
            self._when(row, cells, texts) | self._told(texts) | self._codes(texts) | self._flags(row, texts)
        )
        values |= self._who(row, texts)
        values["detail"] = self._detail(values, texts)
        if len(self._trouble.problems) > before:
            return None
        return self._trouble.build(Contact, values, row.line, {c.field: c.heading for c in self._columns})

    def people(self) -> tuple[Person, ...]:
        """The people that the rows name, or the one that they are about."""
        return tuple(sorted(self._people.values(), key=lambda person: int(person.ref[1:])))

    def agencies(self) -> tuple[Agency, ...]:
        """The agencies that the rows name, in the order in which they come."""
        return tuple(self._agencies.values())

    def guesses(self) -> tuple[Message, ...]:
        """What was guessed beside the columns."""
        guessed = len(self._agencies) - len(self._sectors_told)
        sectors = message(
            "{count} agency; its sector was guessed from its name",
            plural="{count} agencies; their sectors were guessed from their names",
            count=guessed,
        )
        found = [sectors] if guessed else []
        if not self._names_people:
            found.append(message("no column says whom it is about: it was taken to be one person, P1"))
        return tuple(found)

    def notes(self) -> tuple[Message, ...]:
        """What was changed on the way."""
        found = []
        if self._asides:
            found.append(
                message(
                    "line {lines} is no contact and was left out",
                    plural="lines {lines} are no contacts and were left out",
                    count=len(self._asides),
                    lines=_listed(self._asides),
                )
            )
        if self._above.lines:
            found.append(
                message(
                    "what stands above was read for the ditto mark in line {lines}",
                    plural="what stands above was read for the ditto marks in lines {lines}",
                    count=len(self._above.lines),
                    lines=_listed(self._above.lines),
                )
            )
        if self._hidden_names:
            found.append(
                message(
                    "names of people were not kept: they became P1, P2 and so on, in the order in which "
                    "they come"
                )
            )
        kept = 'words in "{heading}" that are not in our list were kept in the detail'
        return (*found, *(message(kept, heading=heading) for heading in sorted(self._in_words)))

    def _add(self, row: Row, what: Message, instead: Message, field: str = "") -> None:
        self._trouble.add(what, instead, row.line, self._heading(field) or None)

    def _heading(self, field: str) -> str:
        return next((column.heading for column in self._columns if column.field == field), "")

    def _when(self, row: Row, cells: dict[str, Cell], texts: dict[str, str]) -> dict[str, Any]:
        date, end = (self._typed(cells.get(field, ""), texts.get(field, "")) for field in ("date", "end"))
        place = "end"
        try:
            read_end(end)
            place = "date"
            when = read_when(date, end)
        except NotADate as error:
            self._trouble.take(error.problem, row.line, self._heading(place))
            return {}
        return {"date": when.date, "end": when.end, "time": when.time}

    def _typed(self, cell: Cell, text: str) -> Cell:
        """A cell of dates: text without spaces at its ends, numbers as days from the one day zero."""
        if isinstance(cell, str | bool):
            return text.strip()
        return cell + self._day_zero if isinstance(cell, int | float) and cell > _LAST_YEAR else cell

    def _told(self, texts: dict[str, str]) -> dict[str, Any]:
        told: dict[str, Any] = {
            f: texts[f].strip()
            for f in ("response", "no_response", "impact", "own_words", "source", "cost_item")
            if f in texts
        }
        first, _, more = texts.get("summary", "").strip().partition("\n")
        whole = f"{first}\n{more}" if more else first
        short = first.strip() if len(first) <= _LONGEST else first[: _LONGEST - 1].rsplit(" ", 1)[0] + "…"
        told["summary"] = short
        told["detail"] = "\n\n".join(
            t for t in (whole if whole != short else "", texts.get("detail", "").strip()) if t
        )
        told["links"] = [
            w for w in split(texts.get("links", ""), spaced=True) if re.match(r"https?://\S+$", w)
        ]
        return told

    def _codes(self, texts: dict[str, str]) -> dict[str, Any]:
        """Codes of the vocabulary where the words are known; else they go into the detail."""
        found: dict[str, Any] = {}
        for field, name in _CODES.items():
            if code := code_of(name, texts.get(field, "")):
                found[field] = code
                texts.pop(field)
        words = split(texts.get("needs", "").replace(",", ";"))
        found["needs"] = [code for word in words if (code := code_of("needs", word))]
        texts["needs"] = "; ".join(word for word in words if not code_of("needs", word))
        quantity = texts.get("cost_quantity", "").strip()
        if re.fullmatch(r"\d{1,9}(\.\d{1,6})?", quantity):
            found["cost_quantity"] = float(texts.pop("cost_quantity"))
        return found

    def _flags(self, row: Row, texts: dict[str, str]) -> dict[str, bool]:
        found: dict[str, bool] = {}
        for field in _FLAGS:
            word = texts.get(field, "").strip().lower()
            if field in texts and word not in _YES | _NO:
                self._add(
                    row,
                    message('"{word}" is not yes or no', word=word[:40]),
                    message("write yes or no"),
                    field,
                )
            if field in texts:
                found[field] = word in _YES
        self.fictional = self.fictional or texts.get("fictional", "").strip().lower() in _YES
        return found

    def _who(self, row: Row, texts: dict[str, str]) -> dict[str, Any]:
        name = " ".join(texts.get("agency", "").split())
        if not name:
            self._add(
                row, message("there is no agency"), message("name the agency, or write Not known"), "agency"
            )
            return {}
        found: dict[str, Any] = {"agency": self._agency(name, texts.get("sector", ""))}
        if handed := " ".join(texts.get("handoff_to", "").split()):
            found["handoff_to"] = self._agency(handed, "")
        names = self._everybody(row, names_in(texts.get("people", ""))) if self._names_people else ["P1"]
        found["people"] = [self._person(word) for word in names]
        return found

    def _everybody(self, row: Row, names: list[str]) -> list[str]:
        """``names`` with people in the place of "both" and "all", where the table says who they are."""
        word = next((name for name in names if is_everybody(name)), "")
        if not word:
            return names
        if len(self._named) < 2 or (name_key(word).startswith("both") and len(self._named) > 2):
            what = message('"{word}" does not say who', word=word)
            self._add(row, what, message("name each person, with ; between them"), "people")
            return []
        return list(self._named)

    def _agency(self, name: str, said: str) -> str:
        """The ref of the agency ``name``; its sector is what any row said of it, or else guessed."""
        key = re.sub(r"[\W_]+", "", name_key(name)) or name
        sector = code_of("sectors", said)
        if key not in self._agencies:
            ref = ref_of(name, {agency.ref for agency in self._agencies.values()})
            self._agencies[key] = Agency(ref=ref, name=name[:_LONGEST], sector=sector or sector_of(name))
        elif sector and key not in self._sectors_told:
            self._agencies[key] = self._agencies[key].model_copy(update={"sector": sector})
        if sector:
            self._sectors_told.add(key)
        return self._agencies[key].ref

    def _person(self, name: str) -> str:
        """The ref for ``name``. Only refs such as P1 are kept as they are: a real name never stands in a story."""
        is_ref = bool(_REF.fullmatch(name))
        key = name.upper() if is_ref else name_key(name)
        if key not in self._people:
            self._hidden_names += not is_ref
            ref = name.upper() if is_ref else self._free_ref()
            self._people[key] = Person(ref=ref, name=str(message("Person {number}", number=ref[1:])))
        return self._people[key].ref

    def _free_ref(self) -> str:
        """A ref that no person has, and that no row names."""
        refs = {name.upper() for name in self._named if _REF.fullmatch(name)}
        taken = refs | {person.ref for person in self._people.values()}
        return next(ref for n in range(1, len(taken) + 2) if (ref := f"P{n}") not in taken)

    def _names_in(self, rows: Sequence[Row]) -> tuple[str, ...]:
        """Whom the column of people names, each once, in order."""
        places = [n for n, column in enumerate(self._columns) if column.field == "people"]
        told = [row for row in rows if not is_aside(row, self._columns)]
        cells = (as_text(row.cells[n]) for row in told for n in places if n < len(row.cells))
        names = (name for cell in cells for name in names_in(unguarded(cell)))
        return tuple({name_key(name): name for name in names if not is_everybody(name)}.values())

    def _detail(self, values: dict[str, Any], texts: dict[str, str]) -> str:
        """The detail, with the words that have no field of their own under it."""
        detail = str(values.get("detail", ""))
        texts["time"] = values.pop("time", "") or clock_of(texts.get("time", ""))
        for field, label in _LABELS.items():
            if word := texts.get(field, "").strip():
                detail = with_line(detail, label, word)
                if heading := self._heading(field):
                    self._in_words.add(heading)
        return detail


def _listed(lines: Sequence[int]) -> Message:
    """Numbers of lines as people say them."""
    told, left = ", ".join(map(str, lines[:_TOLD])), len(lines) - _TOLD
    if left > 0:
        return message("{lines} and {count} more", lines=told, count=left)
    if len(lines) == 1:
        return message("{lines}", lines=told)
    return message("{lines} and {last}", lines=", ".join(map(str, lines[:-1])), last=lines[-1])
