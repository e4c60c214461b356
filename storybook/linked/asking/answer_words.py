"""What is said on an answer's card: the question as a sentence, whose rows are missing, how it was worked out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final

from ...story.dates import in_words
from ...story.messages import Message, message, say
from ...story.terms import Vocabulary, lowered
from ..dataset.datasets import Manifest
from ..dataset.mapping import Absence
from ..dataset.periods import month_of
from ..suppression.figures import Figure
from ..suppression.rules import Rule
from ..suppression.words import words
from .enquiry import Enquiry
from .questions import Asked

#: In its place where a value is "not recorded".
_EMPTY: Final = message("not recorded")


def days_words(first: dt.date, last: dt.date) -> Message:
    """Two days as people say them: "1 April to 30 June 2016"."""
    return in_words(first.isoformat(), last.isoformat() if last != first else "")


def asked(enquiry: Enquiry, vocabulary: Vocabulary) -> Message:
    """The question as one sentence."""
    unit = message("How many people") if enquiry.of == "people" else message("How many contacts")
    clauses = [_places(enquiry, vocabulary), *_narrowed(enquiry, vocabulary), *_times(enquiry)]
    said = [say(clause) for clause in clauses if clause is not None]
    return (
        message("{unit} {clauses}?", unit=unit, clauses=", ".join(said))
        if said
        else message("{unit}?", unit=unit)
    )


def narrowed(enquiry: Enquiry, vocabulary: Vocabulary) -> Message | None:
    """Whom or what alone it counts, as the end of a sentence: "only people with homelessness, aged 25 to 34"."""
    said = ", ".join(say(one) for one in _narrowed(enquiry, vocabulary))
    return message("only people {narrowed}", narrowed=said) if said else None


def out_of(base: Figure, percent: int | None) -> Message:
    """Whom the number is out of."""
    whole = message("{base} in contact with any agency in this data in that time", base=words(base))
    if base.unit == "contacts":
        whole = message("{base} with any agency in this data in that time", base=words(base))
    if percent is None:
        return message("out of {whole}", whole=whole)
    return message("out of {whole}: about {percent} in 100", whole=whole, percent=percent)


def period(enquiry: Enquiry, manifest: Manifest) -> Message:
    """The days that the number is about: those asked for, as far as the data reach."""
    first, last = _reach(enquiry, manifest)
    if first > last:
        return message("The data have no days in that time.")
    said = days_words(first, last)
    cut = (enquiry.first and enquiry.first < first) or (enquiry.last and enquiry.last > last)
    return message("{days}: the data reach no further.", days=said) if cut else said


def missing(enquiry: Enquiry, counted: Asked, manifest: Manifest) -> tuple[Message, ...]:
    """One sentence for each partner whose rows are not there for all of the time, in the order of their names."""
    return (*_partners(enquiry, manifest), *_agencies(enquiry, counted, manifest))


def _partners(enquiry: Enquiry, manifest: Manifest) -> Iterator[Message]:
    """Those who gave rows for a part of the months only."""
    first, last = map(month_of, _reach(enquiry, manifest))
    for partner in manifest.partners:
        parts = sorted((part.first, part.last) for part in manifest.parts if part.partner == partner)
        if parts and (month_of(parts[0][0]) > first or month_of(max(end for _, end in parts)) < last):
            times = "; ".join(say(days_words(*part)) for part in parts)
            yield message("{partner} gave rows only for: {times}.", partner=partner, times=times)


def _agencies(enquiry: Enquiry, counted: Asked, manifest: Manifest) -> tuple[Message, ...]:
    first, last = _reach(enquiry, manifest)
    found: dict[tuple[str, str], list[str]] = {}
    for absence in sorted(manifest.about.absences, key=lambda one: (one.agency, one.first)):
        begins, ends = max(first, absence.first), min(last, absence.last)
        if absence.agency in counted.agencies and begins <= ends:
            found.setdefault((absence.agency, absence.state), []).append(say(days_words(begins, ends)))
    return tuple(_absent(agency, state, times) for (agency, state), times in found.items())


def worked_out(
    enquiry: Enquiry, manifest: Manifest, rule: Rule, vocabulary: Vocabulary
) -> tuple[Message, ...]:
    """How the number came about, sentence by sentence."""
    first, last = _reach(enquiry, manifest)
    steps = []
    if first <= last:
        steps.append(message("We took the contacts in the data from {days}.", days=days_words(first, last)))
    steps += [message("We kept those {clause}.", clause=clause) for clause in _kept(enquiry, vocabulary)]
    steps += _people_kept(enquiry, vocabulary)
    steps.append(_counted(enquiry))
    if enquiry.quarterly:
        steps += _by_quarter(enquiry, first, last)
    steps.append(message("Then the rule: {rule}", rule=rule.words))
    return tuple(steps)


def _reach(enquiry: Enquiry, manifest: Manifest) -> tuple[dt.date, dt.date]:
    return max(enquiry.first or manifest.first, manifest.first), min(
        enquiry.last or manifest.last, manifest.last
    )


def _absent(agency: str, state: str, times: list[str]) -> Message:
    said = {"agency": agency or say(_EMPTY), "times": "; ".join(times)}
    if state == Absence.model_fields["state"].default:
        return message("{agency} gave no rows for: {times}.", **said)
    return message("{agency} could have no contacts in: {times}.", **said)


def _names(enquiry: Enquiry, vocabulary: Vocabulary) -> list[str]:
    sectors = (
        say(message("any agency of {sector}", sector=_label(vocabulary, "sectors", one)))
        for one in enquiry.sectors
    )
    return [*(name or say(_EMPTY) for name in enquiry.agencies), *sectors]


def _label(vocabulary: Vocabulary, name: str, code: str) -> str:
    return lowered(vocabulary.label(name, code)) if code else say(_EMPTY)


def _places(enquiry: Enquiry, vocabulary: Vocabulary) -> Message | None:
    names = _names(enquiry, vocabulary)
    if not names:
        return message("were in contact with any agency") if enquiry.of == "people" else None
    if enquiry.both:
        return message("were seen by all of: {names}", names=" + ".join(names))
    named = say(message(" or ")).join(names)
    if enquiry.of == "people":
        return message("were in contact with {names}", names=named)
    return message("with {names}", names=named)


def _recorded(enquiry: Enquiry, vocabulary: Vocabulary) -> Iterator[Message]:
    """What a contact's own row has to say."""
    joined = say(message(" or "))
    for pattern, values in (
        (message("of the kind {values}"), [_label(vocabulary, "kinds", one) for one in enquiry.kinds]),
        (message("in {values}"), [one or say(_EMPTY) for one in enquiry.places]),
        (message("aged {values}"), [one or say(_EMPTY) for one in enquiry.age_bands]),
        (message("with gender {values}"), [one or say(_EMPTY) for one in enquiry.genders]),
    ):
        if values:
            yield message(pattern.id, values=joined.join(values))


def _narrowed(enquiry: Enquiry, vocabulary: Vocabulary) -> Iterator[Message]:
    if enquiry.needs:
        needs = (lowered(vocabulary.label("needs", code)) for code in enquiry.needs)
        yield message("with {needs}", needs=say(message(" and ")).join(needs))
    if enquiry.multiple:
        yield message("with multiple needs")
    yield from _recorded(enquiry, vocabulary)


def _times(enquiry: Enquiry) -> Iterator[Message]:
    if enquiry.first and enquiry.last:
        yield days_words(enquiry.first, enquiry.last)
    elif enquiry.first:
        yield message("since {day}", day=in_words(enquiry.first.isoformat()))
    elif enquiry.last:
        yield message("until {day}", day=in_words(enquiry.last.isoformat()))
    if enquiry.quarterly:
        yield message("quarter by quarter")


def _kept(enquiry: Enquiry, vocabulary: Vocabulary) -> Iterator[Message]:
    if names := _names(enquiry, vocabulary):
        yield message("with {names}", names=say(message(" or ")).join(names))
    yield from _recorded(enquiry, vocabulary)


def _people_kept(enquiry: Enquiry, vocabulary: Vocabulary) -> Iterator[Message]:
    if enquiry.both:
        names = ", ".join(_names(enquiry, vocabulary))
        yield message("We kept people who had such a contact with each of: {names}.", names=names)
    if enquiry.needs:
        needs = ", ".join(lowered(vocabulary.label("needs", code)) for code in enquiry.needs)
        yield message(
            "We kept people for whom any agency recorded, at any time, all of: {needs}.", needs=needs
        )
    if enquiry.multiple:
        yield message("We kept people with {definition}.", definition=vocabulary.definition)


def _counted(enquiry: Enquiry) -> Message:
    if enquiry.of == "people":
        return message("We counted each person once, however many contacts they had.")
    return message("We counted every contact. A number is shown only if at least ten people stand behind it.")


def _by_quarter(enquiry: Enquiry, first: dt.date, last: dt.date) -> Iterator[Message]:
    if enquiry.of == "people":
        yield message("Somebody seen in two quarters is in both, so the quarters do not add up to the whole.")
    if enquiry.both:
        yield message("In each quarter, only people seen by all of them in that quarter are counted.")
    cut = [day for day in (enquiry.first, enquiry.last) if day is not None]
    if cut and (first, last) != _whole_quarters(first, last):
        yield message("The first and the last quarter hold only the days that were asked about.")


def _whole_quarters(first: dt.date, last: dt.date) -> tuple[dt.date, dt.date]:
    begins = first.replace(month=(first.month - 1) // 3 * 3 + 1, day=1)
    after = dt.date(last.year + (last.month > 9), (last.month - 1) // 3 * 3 + 4 - 12 * (last.month > 9), 1)
    return begins, after - dt.timedelta(days=1)
