"""The rules that a true number goes through before anybody sees it.

Each rule says below which number people are hidden, whether a true zero may be shown, and to what the rest is
rounded. Figures for the profiles: DESIGN section 7; NHS England's methodology for sub-national hospital
statistics (1 to 7 hidden, nearest 5); Department for Education, children in need (1 to 5 hidden, nearest 10).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from ...story.messages import Message, message
from ...story.problems import Problem, Problems
from .figures import Because, Count, Figure, Suppressed, Unit
from .raw import Raw, contacts_of, most_of, people_of


@dataclass(frozen=True, slots=True)
class Rule:
    """A profile: ``below`` so many people are hidden, ``zeros`` too; everything else to the nearest ``base``.

    A number half-way between two multiples goes up (15 to the nearest 10 is 20). Contacts are hidden unless
    at least ``people_behind`` people made them and nobody made more than one in ``share`` of them. No
    percentage is given of fewer than ``percent_of`` people.
    """

    name: str
    below: int
    base: int
    zeros: bool
    people_behind: int = 10
    share: int = 3
    percent_of: int = 50

    @property
    def words(self) -> Message:
        """The rule as a sentence."""
        hidden = message("Numbers under {below} are not shown", below=self.below)
        if self.zeros:
            hidden = message("Numbers under {below}, none included, are not shown", below=self.below)
        return message(
            "{hidden}; all others are rounded to the nearest {base}.", hidden=hidden, base=self.base
        )


DEFAULT: Final = Rule("default", below=10, base=5, zeros=True)
NHS: Final = Rule("nhs", below=8, base=5, zeros=False)
DFE: Final = Rule("dfe", below=6, base=10, zeros=False)
RULES: Final = {rule.name: rule for rule in (DEFAULT, NHS, DFE)}


def rule_called(name: str) -> Rule:
    """The profile called ``name``, or several put together by "+"; raises Problems naming those there are."""
    if name in RULES:
        return RULES[name]
    parts = name.split("+")
    if len(parts) > 1 and all(part in RULES for part in parts):
        return strictest(RULES[part] for part in parts)
    what = message('"{name}" is not a rule for small numbers', name=name)
    raise Problems([Problem(what, message("use one of: {names}", names=", ".join(RULES)))])


def strictest(rules: Iterable[Rule]) -> Rule:
    """The rule to use where datasets with these are combined: of everything the one that hides most.

    It is one of them where that hides most in everything; else it is called after all of them ("default+dfe"), and
    ``rule_called`` knows it by that name.
    """
    every = list(dict.fromkeys(rules))
    both = Rule(
        name="+".join(dict.fromkeys(part for one in every for part in one.name.split("+"))),
        below=max(one.below for one in every),
        base=max(one.base for one in every),
        zeros=any(one.zeros for one in every),
        people_behind=max(one.people_behind for one in every),
        share=max(one.share for one in every),
        percent_of=max(one.percent_of for one in every),
    )
    return next((one for one in every if replace(both, name=one.name) == one), both)


def protect(raw: Raw, rule: Rule, unit: Unit = "people") -> Figure:
    """The figure that may be shown for ``raw``: each number is rounded from the true one and nothing else."""
    if unit == "people":
        return _people(people_of(raw), rule)
    return _contacts(raw, rule)


def hidden(rule: Rule, unit: Unit, because: Because = "few") -> Suppressed:
    """A hidden figure under ``rule``."""
    return Suppressed(unit=unit, below=rule.below, because=because)


def nearest(number: int, base: int) -> int:
    """``number`` to the nearest multiple of ``base``, half-way up."""
    return (2 * number + base) // (2 * base) * base


def _people(people: int, rule: Rule) -> Figure:
    if people >= rule.below or (people == 0 and not rule.zeros):
        return Count(unit="people", value=nearest(people, rule.base), base=rule.base)
    return hidden(rule, "people")


def _contacts(raw: Raw, rule: Rule) -> Figure:
    contacts = contacts_of(raw)
    nobody = contacts == 0 and not rule.zeros
    enough = people_of(raw) >= max(rule.people_behind, rule.below) and most_of(raw) * rule.share <= contacts
    if nobody or enough:
        return Count(unit="contacts", value=nearest(contacts, rule.base), base=rule.base)
    return hidden(rule, "contacts", "few_behind")


def percent(part: Figure, whole: Figure, rule: Rule) -> int | None:
    """``part`` of ``whole`` in whole per cent, half-way up, of the rounded figures; None where hidden.

    It may not where either is hidden, where the true base could be under ``rule.percent_of``, or where it
    would say "all" or "none" of a group (that tells something about everybody in it).
    """
    if not (isinstance(part, Count) and isinstance(whole, Count)):
        return None
    if whole.value - whole.base // 2 < rule.percent_of or not 0 < part.value < whole.value:
        return None
    return (200 * part.value + whole.value) // (2 * whole.value)
