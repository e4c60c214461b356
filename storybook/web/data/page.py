"""Safe counts as a table: a line an agency, a column a quarter."""

from __future__ import annotations

from dataclasses import dataclass

from ...linked.asking.count import Counts
from ...linked.suppression.figures import Count, Figure, StructuralZero, Suppressed
from ...linked.suppression.words import words
from ...story.messages import message, say


@dataclass(frozen=True, slots=True)
class ShownCell:
    """One figure in words; ``shown`` is False where it is hidden, none or not known."""

    text: str
    shown: bool


@dataclass(frozen=True, slots=True)
class CountPage:
    """The table, with what has to be said beside it."""

    caption: str
    notes: tuple[str, ...]
    quarters: tuple[str, ...]
    rows: tuple[tuple[str, tuple[ShownCell, ...]], ...]

    @classmethod
    def of(cls, counts: Counts) -> CountPage:
        """The page of one table of counts."""
        found = {
            (str(keys["agency"]), str(keys["quarter"])): cell.figure
            for cell in counts
            if (keys := dict(cell.keys))
        }
        agencies = tuple(dict.fromkeys(agency for agency, _ in found))
        quarters = tuple(dict.fromkeys(quarter for _, quarter in found))
        lines = {one: tuple(cell_of(found[one, quarter]) for quarter in quarters) for one in agencies}
        rows = tuple((agency or not_recorded(), cells) for agency, cells in lines.items())
        return cls(_caption(counts), _notes(counts), quarters, rows)


def not_recorded() -> str:
    """The name of a line whose rows name nothing: it is not a total."""
    return say(message("not recorded"))


def cell_of(figure: Figure) -> ShownCell:
    """A figure in the few letters that fit into a cell."""
    text = f"{figure.value:,}" if isinstance(figure, Count) else _short(figure)
    return ShownCell(text, isinstance(figure, Count))


def _short(figure: Figure) -> str:
    """What fits into a narrow cell; the note above the table says what it means."""
    if isinstance(figure, Suppressed) and figure.because == "few":
        return say(message("under {below}", below=figure.below))
    if isinstance(figure, Suppressed):
        return say(message("hidden"))
    return say(message("none")) if isinstance(figure, StructuralZero) else say(words(figure))


def _caption(counts: Counts) -> str:
    unit = say(message("People") if counts.asked.of == "people" else message("Contacts"))
    said = message("{unit} by agency and quarter, rounded", unit=unit)
    return say(said)


def _notes(counts: Counts) -> tuple[str, ...]:
    definition = () if counts.definition is None else (say(counts.definition),)
    return (say(counts.note), *definition)
