"""Agencies that are spelled several ways: offered to be taken for one, never taken for one unasked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import combinations
from typing import Final

from ...story.messages import Message, message

#: How much alike two names must be that differ in letters, and from which length on letters may differ.
_ALIKE: Final = 0.88
_LONG: Final = 7
#: With more names than this only those that differ in capitals, spaces and signs are compared.
_MANY: Final = 600
_SMALL_WORDS: Final = {"the", "of", "for", "and", "ltd", "limited", "cic", "plc"}


@dataclass(frozen=True)
class Offer:
    """Names that may be one agency's, and the one to use for all."""

    names: tuple[str, ...]
    instead: str

    @property
    def merge(self) -> Mapping[str, str]:
        """What ``ColumnMapping.merge`` takes."""
        return {name: self.instead for name in self.names if name != self.instead}

    def sentence(self) -> Message:
        """The offer in words."""
        return message(
            "These may be one agency: {names}. They are counted apart unless you merge them.",
            names=", ".join(f'"{name}"' for name in self.names),
        )


def offers(agencies: Iterable[str]) -> tuple[Offer, ...]:
    """Groups among ``agencies`` that look like one name written several ways, in order."""
    names = sorted({agency for agency in agencies if agency})
    keys = {name: _key(name) for name in names}
    groups: dict[str, set[str]] = {}
    for name in names:
        groups.setdefault(keys[name], set()).add(name)
    if len(groups) <= _MANY:
        _join_alike(groups)
    found = (tuple(sorted(group)) for group in groups.values() if len(group) > 1)
    return tuple(Offer(group, _best(group)) for group in sorted(found))


def _join_alike(groups: dict[str, set[str]]) -> None:
    for left, right in combinations(sorted(groups), 2):
        if left in groups and right in groups and _alike(left, right, groups):
            groups[left] |= groups.pop(right)


def _alike(left: str, right: str, groups: Mapping[str, set[str]]) -> bool:
    if re.findall(r"\d+", left) != re.findall(r"\d+", right):
        return False
    if any(_initials(one) == other for one in groups[left] for other in [right] if len(other) > 2):
        return True
    if any(_initials(one) == left for one in groups[right] if len(left) > 2):
        return True
    return min(len(left), len(right)) >= _LONG and SequenceMatcher(None, left, right).ratio() >= _ALIKE


def _words(name: str) -> list[str]:
    plain = re.sub(r"[’']", "", name.casefold().replace("&", " and "))
    words = [word for word in re.findall(r"[^\W_]+", plain) if word not in _SMALL_WORDS]
    return words or [plain.strip()]


def _key(name: str) -> str:
    return "".join(_words(name))


def _initials(name: str) -> str:
    words = _words(name)
    return "".join(word[0] for word in words) if len(words) > 2 else ""


def _best(names: Sequence[str]) -> str:
    """The fullest spelling that is not all in one case."""
    return max(names, key=lambda name: (name != name.upper() and name != name.lower(), len(name), name))
