"""A card as the page shows it: words, and bars as long as the numbers that may be shown."""

from __future__ import annotations

from dataclasses import dataclass

from ...linked.asking.answer import Card, Quarter
from ...linked.asking.enquiry_text import write
from ...linked.suppression.figures import Count
from ...linked.suppression.words import words
from ...story.messages import Message, message, say
from ..words import day

#: The longest bar, in units of its drawing.
_LONGEST = 100


@dataclass(frozen=True, slots=True)
class QuarterRow:
    """A quarter in words; ``bar`` is 0 to 100, None where there is no number to draw."""

    label: str
    text: str
    bar: int | None


@dataclass(frozen=True, slots=True)
class CardPage:
    """A card in words. ``beside`` are (term, sentences): what has to be said beside the number."""

    asked: str
    number: str
    shown: bool
    out_of: str
    quarters: tuple[QuarterRow, ...]
    beside: tuple[tuple[str, tuple[str, ...]], ...]
    worked_out: tuple[str, ...]
    text: str
    synthetic: bool

    @classmethod
    def of(cls, card: Card) -> CardPage:
        """The page of one card."""
        return cls(
            asked=say(card.asked),
            number=say(card.words),
            shown=isinstance(card.figure, Count),
            out_of=say(card.out_of_words) if card.out_of_words else "",
            quarters=_rows(card.quarters),
            beside=tuple(_beside(card)),
            worked_out=tuple(map(say, card.worked_out)),
            text=write(card.enquiry),
            synthetic=card.synthetic,
        )


def _rows(quarters: tuple[Quarter, ...]) -> tuple[QuarterRow, ...]:
    most = max((one.figure.value for one in quarters if isinstance(one.figure, Count)), default=0)
    return tuple(
        QuarterRow(
            _quarter(one.label),
            say(words(one.figure)),
            _LONGEST * one.figure.value // most if isinstance(one.figure, Count) and most else None,
        )
        for one in quarters
    )


def _quarter(label: str) -> str:
    """2016-Q2 as people say it."""
    year, _, number = label.partition("-Q")
    months = {
        "1": message("January to March {year}"),
        "2": message("April to June {year}"),
        "3": message("July to September {year}"),
        "4": message("October to December {year}"),
    }
    return say(message(months[number].id, year=year))


def _beside(card: Card) -> list[tuple[str, tuple[str, ...]]]:
    told: list[tuple[Message, tuple[str, ...]]] = [
        (message("When"), (say(card.period),)),
        (message("What needs mean"), (say(card.definition),) if card.definition else ()),
        (message("Where it comes from"), (say(card.source),)),
        (message("As of"), (day(card.as_of),)),
        (message("Small numbers"), (say(card.rule.words),)),
        (message("Not in the data"), tuple(map(say, card.missing))),
    ]
    return [(say(term), sentences) for term, sentences in told if sentences]
