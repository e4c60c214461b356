"""Datasets of the same rows under several names: one ledger, and the strictest of their rules for all.

Two datasets are kin if a file was ever loaded into both, if the same people's rows were found in both, or if one
partner gave rows of the same days to both. What is kin to kin is kin. What was once brought in counts even where no
row of it is left: numbers that left stay known.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..suppression.rules import rule_called, strictest
from .manifest import Given, Manifest


def related(manifests: Iterable[Manifest]) -> tuple[Manifest, ...]:
    """The same, each with its kin in order, and with the strictest rule among them."""
    every = tuple(manifests)
    families = _families(every)
    return tuple(_with(one, families[one.name]) for one in every)


def share_rows(some: Manifest, other: Manifest) -> bool:
    """Whether a file was ever loaded into both, or the same people's rows were found in both."""
    if some.name in other.same_people or other.name in some.same_people:
        return True
    return not _files_of(some).isdisjoint(_files_of(other))


def share_partner(some: Manifest, other: Manifest) -> bool:
    """Whether one partner gave rows of the same days to both."""
    return any(_overlap(mine, theirs) for mine in some.given for theirs in other.given)


def _families(every: Sequence[Manifest]) -> dict[str, tuple[Manifest, ...]]:
    family: dict[str, tuple[Manifest, ...]] = {one.name: (one,) for one in every}
    for place, one in enumerate(every):
        for other in every[:place]:
            apart = family[one.name] is not family[other.name]
            if apart and (share_rows(one, other) or share_partner(one, other)):
                both = (*family[one.name], *family[other.name])
                family |= dict.fromkeys((member.name for member in both), both)
    return family


def _with(one: Manifest, family: Sequence[Manifest]) -> Manifest:
    rule = strictest(rule_called(member.about.rule) for member in sorted(family, key=_name))
    about = one.about.model_copy(update={"rule": rule.name})
    kin = tuple(sorted(member.name for member in family if member is not one))
    return one.model_copy(update={"about": about, "kin": kin})


def _name(one: Manifest) -> str:
    return one.name


def _files_of(one: Manifest) -> frozenset[str]:
    return frozenset(file for given in one.given for file in given.files)


def _overlap(mine: Given, theirs: Given) -> bool:
    partner = " ".join(mine.partner.split()).casefold()
    same = partner and partner == " ".join(theirs.partner.split()).casefold()
    return bool(same) and mine.first <= theirs.last and theirs.first <= mine.last
