"""What to give up of a life so that enough people match it, at the least price.

A life is made of parts; each is told clearly, told less clearly (``grouped``, together with all others of its group),
or left out. Leaving out is cheaper where an earlier part of the same run stays, for it can stand for both. Looked for
is the cheapest choice after which at least ``target`` people match every life. With few parts every choice is tried;
with more the kept parts are put together one by one, the most promising few choices side by side (a beam search).

The search may count one row of somebody for two parts whose times overlap, and looks at each life by itself. What it
finds is asked again (``reaches``), the cheapest first, and the first that holds is taken.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

import numpy as np

from .cells import Cells
from .protocol import Choice, Part
from .sheet import Bools

#: Up to so many parts every choice is tried.
_FEW: Final = 10
_FEW_GROUPS: Final = 3
_BEAM: Final = 4
#: With more parts than this only the cheapest choice and the most common go on.
_MANY: Final = 60
#: So many choices with the same groups are asked again.
_ASKED: Final = 32
#: Whether enough people match every life, told so: the parts kept and the groups told less clearly.
Reaches = Callable[[frozenset[int], frozenset[int]], bool]


def price(parts: Sequence[Part], kept: frozenset[int]) -> int:
    """What leaving out all parts but ``kept`` costs; parts of a run stand in their order."""
    standing: set[int] = set()
    total = 0
    for number, part in enumerate(parts):
        if number in kept:
            standing.add(part.run)
        else:
            total += part.merge if part.run in standing else part.drop
    return total


def cheapest(
    parts: Sequence[Part],
    groups: Sequence[int],
    lives: Sequence[Cells],
    target: int,
    reaches: Reaches,
    few: int = _FEW,
) -> Choice | None:
    """The cheapest choice found that ``reaches`` the target; None where no part of some life can be kept.

    ``groups[g]``: the price of grouping g; up to ``few`` parts every choice is tried.
    """
    every = frozenset(range(len(parts)))
    best: Choice | None = None
    for grouped in _groupings(len(groups)):
        found = _within(parts, lives, target, grouped, few)
        for choice in _priced(parts, groups, grouped, found)[:_ASKED]:
            if best is not None and choice.price >= best.price:
                break
            if reaches(every - choice.left_out, grouped):
                best = choice
    return best


def _priced(
    parts: Sequence[Part], groups: Sequence[int], grouped: frozenset[int], found: Iterable[frozenset[int]]
) -> list[Choice]:
    """The choices that keep those parts, the cheapest first."""
    paid, every = sum(groups[one] for one in grouped), frozenset(range(len(parts)))
    ordered = sorted((price(parts, kept), sorted(kept)) for kept in found)
    return [Choice(paid + cost, grouped, every.difference(kept)) for cost, kept in ordered]


def _groupings(number: int) -> Iterator[frozenset[int]]:
    """None, all, and all single ones; of a few every combination."""
    if number <= 3:
        yield from (
            frozenset(some) for size in range(number + 1) for some in combinations(range(number), size)
        )
        return
    yield from (frozenset(), frozenset(range(number)), *(frozenset([one]) for one in range(number)))


def _within(
    parts: Sequence[Part], lives: Sequence[Cells], target: int, grouped: frozenset[int], few: int
) -> Iterable[frozenset[int]]:
    """Parts to keep with these groups, so that enough people seem to match."""
    having = [life.having(parts, grouped) for life in lives]
    if len(parts) <= few:
        return _every(parts, lives, having, target)
    return _Beam(parts, lives, having, target).search()


def _every(
    parts: Sequence[Part], lives: Sequence[Cells], having: Sequence[Bools], target: int
) -> Iterator[frozenset[int]]:
    """By trying every set of parts to keep."""
    for number in range(1, 1 << len(parts)):
        kept = frozenset(n for n in range(len(parts)) if number >> n & 1)
        if _tells_all(lives, kept) and _enough(lives, having, kept, target):
            yield kept


def _tells_all(lives: Sequence[Cells], kept: frozenset[int]) -> bool:
    return all(kept & set(life.parts) for life in lives)


def _enough(lives: Sequence[Cells], having: Sequence[Bools], kept: frozenset[int], target: int) -> bool:
    return all(
        life.people(_all_of(there, [at for at, part in enumerate(life.parts) if part in kept])) >= target
        for life, there in zip(lives, having, strict=True)
    )


def _all_of(there: Bools, columns: list[int]) -> Bools:
    """The rows in which all of the columns are true."""
    return np.asarray(there[:, columns].all(axis=1), dtype=np.bool_)


@dataclass(frozen=True)
class _State:
    kept: frozenset[int]
    alive: tuple[Bools, ...]
    price: int
    people: int


@dataclass(frozen=True)
class _Step:
    """One more part to keep: what it leads to, not yet worked out."""

    state: _State
    number: int
    price: int
    people: int

    @property
    def kept(self) -> frozenset[int]:
        return self.state.kept | {self.number}


class _Beam:
    """Keeps one part after another: the few cheapest choices and the few that most people still match go on."""

    def __init__(
        self, parts: Sequence[Part], lives: Sequence[Cells], having: Sequence[Bools], target: int
    ) -> None:
        self.parts, self.lives, self.having, self.target = parts, lives, having, target
        self.width = _BEAM if len(parts) <= _MANY else 1
        self.places = [{part: at for at, part in enumerate(life.parts)} for life in lives]
        self.runs: dict[int, list[int]] = {}
        for number, part in enumerate(parts):
            self.runs.setdefault(part.run, []).append(number)

    def search(self) -> set[frozenset[int]]:
        alive = tuple(np.ones(len(there), np.bool_) for there in self.having)
        states = [_State(frozenset(), alive, price(self.parts, frozenset()), 0)]
        found: set[frozenset[int]] = set()
        while states:
            steps = {step.kept: step for state in states for step in self._steps(state)}
            cheap = sorted(steps.values(), key=lambda step: (step.price, -step.people))[: self.width]
            common = sorted(steps.values(), key=lambda step: (-step.people, step.price))[: self.width]
            states = [self._taken(step) for step in {step.kept: step for step in (*cheap, *common)}.values()]
            found |= {state.kept for state in states if _tells_all(self.lives, state.kept)}
        return found

    def _steps(self, state: _State) -> Iterator[_Step]:
        """Every part more to keep with which each life still has people enough."""
        counts = {number: 1 << 30 for number in range(len(self.parts)) if number not in state.kept}
        for life, there, alive in zip(self.lives, self.having, state.alive, strict=True):
            for part, count in zip(life.parts, life.people_each(there & alive[:, None]), strict=True):
                if part in counts:
                    counts[part] = min(counts[part], count)
        for number, count in counts.items():
            if self.target <= count < 1 << 30:
                yield _Step(state, number, state.price - self._saved(state.kept, number), count)

    def _taken(self, step: _Step) -> _State:
        alive = tuple(
            old & there[:, places[step.number]] if step.number in places else old
            for places, there, old in zip(self.places, self.having, step.state.alive, strict=True)
        )
        return _State(step.kept, alive, step.price, step.people)

    def _saved(self, kept: frozenset[int], number: int) -> int:
        """By how much keeping one more part is cheaper: only its run can change."""
        run = self.runs[self.parts[number].run]
        told = [self.parts[n] for n in run]
        before = frozenset(at for at, n in enumerate(run) if n in kept)
        return price(told, before) - price(told, before | {run.index(number)})
