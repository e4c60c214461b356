"""What happened next, and before and after, as tables of words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ...linked.asking.next_steps import NextSteps, Share
from ...linked.asking.turning import BeforeAfter, Half, Turning
from ...linked.suppression.figures import Count, Figure
from ...linked.suppression.words import words
from ...story.messages import Message, message, say
from ...story.vocabulary import Vocabulary
from .page import ShownCell, cell_of, not_recorded

_WITHIN = {30: message("within 30 days"), 90: message("within 90 days"), 365: message("within a year")}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table."""

    name: str
    cells: tuple[ShownCell, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A table with its headings, and what is said beside it; ``few`` are lines without any number to show."""

    headings: tuple[str, ...]
    lines: tuple[Line, ...]
    few: tuple[str, ...]
    notes: tuple[str, ...]
    synthetic: bool
    people: str = ""


def told_next(found: NextSteps) -> Told:
    """Whom people met next: how many were followed first, then agencies, most first, then nobody."""
    agencies = sorted(
        (share.agency for share in found.windows[0].agencies), key=lambda name: (_rank(name, found), name)
    )
    shares = {name: [_share(name, window.agencies) for window in found.windows] for name in agencies}
    lines = [
        Line(say(message("People followed")), tuple(cell_of(window.followed) for window in found.windows))
    ]
    lines += [
        _line(name or not_recorded(), each)
        for name, each in shares.items()
        if _any(one.figure for one in each)
    ]
    lines.append(_line(say(message("No contact with anybody")), [window.nobody for window in found.windows]))
    return Told(
        headings=(say(message("Next contact")), *(say(_WITHIN[window.days]) for window in found.windows)),
        lines=tuple(lines),
        few=tuple(
            name or not_recorded() for name, each in shares.items() if not _any(one.figure for one in each)
        ),
        notes=tuple(map(say, found.notes)),
        synthetic=found.synthetic,
    )


def told_around(found: Turning, vocabulary: Vocabulary) -> Told:
    """Before and after a turning point: people, and contacts a person a year."""
    named = {line: _named(line, found, vocabulary) for line in found.lines}
    shown = [line for line in found.lines if _any(_figures(line))]
    lines = [
        *(Line(named[line], _around(line)) for line in shown),
        Line(say(message("All together")), _around(found.together)),
    ]
    headings = (
        message("Agency") if found.by == "agency" else message("Sector"),
        message("People before"),
        message("People after"),
        message("Contacts a person a year before"),
        message("Contacts a person a year after"),
    )
    return Told(
        headings=tuple(map(say, headings)),
        lines=tuple(lines),
        few=tuple(named[line] for line in found.lines if line not in shown),
        notes=tuple(map(say, found.notes)),
        synthetic=found.synthetic,
        people=say(message("Followed on both sides: {people}.", people=words(found.people))),
    )


def _named(line: BeforeAfter, found: Turning, vocabulary: Vocabulary) -> str:
    name = vocabulary.label("sectors", line.name) if found.by == "sector" else line.name
    return name or not_recorded()


def _share(name: str, shares: Iterable[Share]) -> Share:
    return next(share for share in shares if share.agency == name)


def _rank(name: str, found: NextSteps) -> int:
    """Most first, by the longest window in which there is a number."""
    figures = [_share(name, window.agencies).figure for window in reversed(found.windows)]
    return -next((figure.value for figure in figures if isinstance(figure, Count)), 0)


def _line(name: str, shares: Iterable[Share]) -> Line:
    return Line(name, tuple(_with_percent(share) for share in shares))


def _with_percent(share: Share) -> ShownCell:
    cell = cell_of(share.figure)
    if share.percent is None:
        return cell
    said: Message = message("{number} ({percent} in 100)", number=cell.text, percent=share.percent)
    return ShownCell(say(said), cell.shown)


def _around(line: BeforeAfter) -> tuple[ShownCell, ...]:
    return (cell_of(line.before.people), cell_of(line.after.people), _rate(line.before), _rate(line.after))


def _rate(half: Half) -> ShownCell:
    return (
        ShownCell(say(message("hidden")), False) if half.rate is None else ShownCell(f"{half.rate:.1f}", True)
    )


def _figures(line: BeforeAfter) -> tuple[Figure, ...]:
    return line.before.people, line.after.people


def _any(figures: Iterable[Figure]) -> bool:
    return any(isinstance(figure, Count) for figure in figures)
