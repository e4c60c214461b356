"""When something was, in words, at the grain of what is shown: "month 7", "about spring 2016"."""

from __future__ import annotations

from ...story.dates import DateSpan, EdtfDate, in_words
from ...story.messages import Message, message
from ..shown import Grain
from .scale import period


def step_in_words(grain: Grain, origin: int, step: int, *, numbered: bool) -> Message:
    """One step: "month 7" where steps are ``numbered``, else the period itself."""
    if numbered:
        return message("month {number}", number=step + 1)
    return period(grain, origin + step)


def steps_in_words(grain: Grain, origin: int, first: int, last: int, *, numbered: bool) -> Message:
    """Several steps: "months 7 to 9", "April 2016 to June 2016"; one step once."""
    if first == last:
        return step_in_words(grain, origin, first, numbered=numbered)
    if numbered:
        return message("months {first} to {last}", first=first + 1, last=last + 1)
    return message(
        "{first} to {last}", first=period(grain, origin + first), last=period(grain, origin + last)
    )


def true_words(when: DateSpan) -> Message:
    """The true dates, for a draft."""
    return in_words(when.date.text)


def words(when: DateSpan, first: Message | None, last: Message | None, whole: Message) -> Message:
    """A span from the words of its first and last step, and of all its steps as a ``whole``.

    ``None`` stands for a side that is open or lies off the axis.
    """
    if first is None:
        return _without_start(when, last)
    if last is None or when.ongoing:
        return message("from {first} onwards", first=_marked(when.begins, first))
    if when.end_unknown:
        return message("from {first}, end not known", first=_marked(when.begins, first))
    if str(first) == str(last) or not (_is_marked(when.date) or when.moment):
        return _marked(when.date, whole)
    if when.moment:
        return _marked(when.date, message("some time during {steps}", steps=whole))
    first, last = _marked(when.begins, first), _marked(when.ends, last)
    return message("{first} to {last}", first=first, last=last)


def _without_start(when: DateSpan, last: Message | None) -> Message:
    if last is None or when.ongoing:
        return message("all the time")
    if when.start_unknown:
        return message("until {last}, start not known", last=_marked(when.ends, last))
    return message("until {last}", last=_marked(when.ends, last))


def _is_marked(date: EdtfDate) -> bool:
    return date.approximate or date.uncertain


def _marked(date: EdtfDate | None, said: Message) -> Message:
    if date and date.approximate:
        said = message("about {when}", when=said)
    return message("{when} (not certain)", when=said) if date and date.uncertain else said
