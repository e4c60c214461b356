"""The audit: the ledger and the new numbers together, one part that hangs together at a time.

Datasets that are kin (``dataset.kin``) have one ledger: what left of one is read as if it had left of another version
of the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from ...story.messages import Message
from ...story.problems import Problems
from ...story.terms import MultipleNeeds
from ...story.vocabulary_default import default
from ..asking.ledger import Question, Released
from ..dataset.datasets import Manifest
from ..suppression.rules import rule_called
from .component import Part
from .decision import Decision, GivenAway, not_shown
from .family import Family, family_of
from .grouping import parts_of
from .knowledge import Entry, range_of
from .limit import Limit, OutOfTime
from .meaning import Unreadable
from .naming import in_words, left_in_words
from .offer import Hunt, Offer
from .renames import Renamed, renamed_in

#: For how long a smallest choice of what to leave out is looked for, and then for how long any choice.
SECONDS, FURTHER = 10.0, 15.0
#: So often what is left out because of one reading is set against the others; then all is left out.
_ROUNDS = 3
_Key = tuple[object, ...]


def audit(
    ledger: Sequence[Released],
    new: Sequence[Released],
    manifests: Iterable[Manifest],
    *,
    multiple: MultipleNeeds | None = None,
    seconds: float = SECONDS,
    further: float = FURTHER,
) -> Decision:
    """Whether ``new`` may be shown beside ``ledger``, everything that ever left the datasets.

    ``manifests`` are those of the versions that ``new`` comes from: a number of a dataset without one, or of a kind
    that can't be attacked, is not released. What stands in the ledger already can be shown again. For ``seconds`` a
    smallest choice of what to leave out is looked for, then for ``further`` seconds any; what could not be checked in
    that time is not released.
    """
    there = {one.name: one for one in manifests}
    needs = multiple or default().multiple
    limit = Limit(seconds, further)
    found = [_Asked(ledger, new, names, there).decide(needs, limit) for names in _families(new, there)]
    return _together(found, new)


def _families(new: Iterable[Released], there: Mapping[str, Manifest]) -> list[tuple[str, ...]]:
    """The datasets of the new numbers, kin together."""
    names = dict.fromkeys(one.dataset for one in new)
    return list(dict.fromkeys(family_of(name, there) for name in names))


def _together(decisions: Sequence[Decision], new: Sequence[Released]) -> Decision:
    leave_out = tuple(sorted(place for one in decisions for place in one.leave_out))
    return Decision(
        given_away=tuple(fault for one in decisions for fault in one.given_away),
        leave_out=leave_out,
        smallest=all(one.smallest for one in decisions),
        unchecked=tuple(sorted(place for one in decisions for place in one.unchecked)),
        at_fault=tuple(in_words(new[place].question) for place in leave_out),
        renamed=tuple(said for one in decisions for said in one.renamed),
    )


class _Asked:
    """New numbers of a dataset and its kin, beside their ledger."""

    def __init__(
        self,
        ledger: Sequence[Released],
        new: Sequence[Released],
        names: Sequence[str],
        manifests: Mapping[str, Manifest],
    ) -> None:
        self._ledger = [one for one in ledger if one.dataset in names]
        self._manifests = [manifests[name] for name in names if name in manifests]
        said = {_key(one) for one in self._ledger}
        self._new = {
            place: one for place, one in enumerate(new) if one.dataset in names and _key(one) not in said
        }

    def decide(self, multiple: MultipleNeeds, limit: Limit) -> Decision:
        """The decision for these; places are those in all the new numbers."""
        if not self._new or not self._manifests:
            return Decision(leave_out=tuple(self._new))
        told = self._beside(self._ledger, self._new, multiple, limit)
        if not (renamed := renamed_in(self._ledger, self._manifests)):
            return told
        readings = self._readings(renamed)
        out = frozenset(told.leave_out) | self._doubtful(renamed, readings)
        found = self._in_every_reading(readings, out, multiple, limit)
        if found == set(told.leave_out):
            return told
        words = tuple(one.words for one in renamed)
        return replace(told, leave_out=tuple(sorted(found)), smallest=False, renamed=words)

    def _readings(self, renamed: Sequence[Renamed]) -> list[list[Released]]:
        """The ledger as it is if what is gone has another name today; none where there are too many ways."""
        if len(renamed) > 1:
            return []
        return [renamed[0].read(self._ledger, names) for names in renamed[0].readings()]

    def _doubtful(self, renamed: Sequence[Renamed], readings: Sequence[object]) -> frozenset[int]:
        """Where not every way can be tried: all new numbers about what may have had another name."""
        if readings:
            return frozenset()
        family = self._family()
        read = {place: family.read(one) for place, one in self._new.items() if _readable(family, one)}
        return frozenset(place for place, one in read.items() if any(each.touches(one) for each in renamed))

    def _in_every_reading(
        self, readings: Sequence[list[Released]], out: frozenset[int], multiple: MultipleNeeds, limit: Limit
    ) -> set[int]:
        """The places to leave out so that the rest is safe whichever reading is true."""
        every = [self._ledger, *readings]
        for _ in range(_ROUNDS):
            new = {place: not_shown(one) if place in out else one for place, one in self._new.items()}
            more = {
                place for ledger in every for place in self._beside(ledger, new, multiple, limit).leave_out
            }
            if more <= out:
                return set(out)
            out |= more
        return set(self._new)

    def _family(self) -> Family:
        return Family(self._manifests, {one.dataset for one in (*self._ledger, *self._new.values())})

    def _beside(
        self, before: Sequence[Released], new: Mapping[int, Released], multiple: MultipleNeeds, limit: Limit
    ) -> Decision:
        family = self._family()
        try:
            ledger = list(_read(family, _unlike(before), new=False))
        except Unreadable:
            return Decision(leave_out=tuple(new))
        readable = {place: one for place, one in new.items() if _readable(family, one)}
        strange = tuple(place for place in new if place not in readable)
        sizes = dict(enumerate(map(_everyone, self._manifests)))
        entries = [*ledger, *_read(family, readable, new=True)]
        try:
            everyone = list(_read(family, sizes, new=False))
            parts = list(parts_of(entries, multiple, everyone, limit))
        except OutOfTime:
            return Decision(leave_out=tuple(new), smallest=False, unchecked=tuple(readable))
        return _decision(strange, _offers(parts, limit))


def _offers(parts: Sequence[Part], limit: Limit) -> list[tuple[Part, Offer]]:
    """In the order of the parts; the small ones come first, so that a large one doesn't take their time."""
    order = sorted(range(len(parts)), key=lambda place: len(parts[place].entries))
    hunts = {place: Hunt(parts[place], limit) for place in order if not parts[place].harmless}
    for hunt in hunts.values():
        hunt.look()
    found = {place: hunt.offer() for place, hunt in hunts.items()}
    return [(parts[place], found[place]) for place in sorted(found)]


def _decision(strange: tuple[int, ...], offers: Sequence[tuple[Part, Offer]]) -> Decision:
    faults = [
        GivenAway(_name(part, fault.cell), fault.left, fault.places)
        for part, one in offers
        for fault in one.faults
    ]
    out = {*strange, *(place for _, one in offers for place in one.leave_out)}
    unchecked = tuple(sorted(place for _, one in offers if not one.checked for place in one.leave_out))
    smallest = all(one.smallest for _, one in offers)
    return Decision(tuple(faults), tuple(sorted(out)), smallest, unchecked=unchecked)


def _name(part: Part, cell: int) -> Message:
    about = part.about(cell)
    return in_words(about[0].released.question) if about else left_in_words(part.cells[cell])


def _everyone(manifest: Manifest) -> Released:
    """The size of a dataset is no secret: it says so itself."""
    return Released(
        dataset=manifest.name,
        version=manifest.version,
        question=Question(),
        figure={"state": "shown", "value": manifest.people, "base": 1},
        rule=manifest.about.rule,
        went_to="everybody",
    )


def _key(one: Released) -> _Key:
    question = one.question
    asked = (question.of, question.statistic, tuple(sorted(question.keys)), tuple(sorted(question.where)))
    return (one.version, *asked, question.definition, one.figure, one.rule, one.known)


def _unlike(ledger: Sequence[Released]) -> dict[int, Released]:
    """Each of the ledger's numbers once; their places are below zero."""
    return {-1 - place: one for place, one in enumerate({_key(one): one for one in ledger}.values())}


def _readable(family: Family, one: Released) -> bool:
    try:
        family.read(one)
        rule_called(one.rule)
    except (Unreadable, Problems):
        return False
    return not family.strange(one)


def _read(family: Family, numbers: Mapping[int, Released], *, new: bool) -> Iterator[Entry]:
    """Numbers that tell something, with what they mean; raises Unreadable."""
    for place, one in numbers.items():
        meaning, reach = family.read(one), range_of(one)
        if reach is not None and not meaning.contains_nothing:
            yield Entry(place, one, meaning, reach, new)
