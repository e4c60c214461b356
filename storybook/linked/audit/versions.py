"""What a reader of several versions of the data holds for true at once.

Nobody outside knows who came and who went between two versions, only that most people stayed. So a reader takes the
numbers of one version for firm and all the others for numbers about the same people, as long as such people could be.
Where they could not, the others are taken one by one, those of the newest version first and of a version the first one
told first: each is held if it fits with those held before; if it fits with one person more or fewer, so; else it is
left aside, as it was changed by people who came and went.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from ..suppression.secondary import Range
from .knowledge import ANY, Entry, all_of, meet, need_of, possible, rule_of

Ranges = Sequence[Range]
#: A number of another version: its cell, and what it may be.
Other = tuple[int, Range]


@dataclass(slots=True)
class Told:
    """What was told of the cells (in order): ``firm`` by one version, and ``others`` in the order of belief.

    ``needs`` has how many possible values hidden cells have to keep; ``joined`` are those that an answer one person
    further gives away.
    """

    firm: list[Range]
    others: list[Other]
    needs: dict[int, int]
    joined: frozenset[int]


def told(
    cells: Sequence[Sequence[Entry]],
    version: str,
    left_out: Collection[int],
    besides: Sequence[tuple[int, Entry]] = (),
) -> Told:
    """What a reader knows who takes ``version`` for firm, with the numbers whose places are ``left_out`` not shown.

    ``besides`` are what numbers tell of other cells than their own.
    """
    left = [[entry for entry in entries if entry.place not in left_out] for entries in cells]
    firm = [all_of(entry for entry in entries if entry.released.version == version) for entries in left]
    others = [
        (entry, cell)
        for cell, entries in enumerate(left)
        for entry in entries
        if entry.released.version != version
    ]
    for cell, entry in besides:
        if entry.place not in left_out and entry.released.version == version:
            firm[cell] = meet(firm[cell], entry.reach)
        elif entry.place not in left_out:
            others.append((entry, cell))
    others.sort(key=lambda one: _turn(one[0]))
    others.sort(key=lambda one: one[0].released.version, reverse=True)
    needs = {
        cell: need
        for cell, entries in enumerate(cells)
        if (need := _need(entries, left[cell], version, left_out))
    }
    joined = frozenset(cell for entry, cell in others if _one_further(entry, left[cell], version, firm[cell]))
    return Told(firm, [(cell, entry.reach) for entry, cell in others], needs, joined)


def everything(firm: Ranges, others: Iterable[Other]) -> list[Range]:
    """All versions taken for one truth; a range may come out with nothing in it."""
    held = list(firm)
    for cell, reach in others:
        held[cell] = meet(held[cell], reach)
    return held


def hold(firm: Ranges, others: Sequence[Other], fits: Callable[[Ranges], bool]) -> list[Range]:
    """As many of ``others`` beside ``firm`` as a reader holds for true; ``fits`` says whether people could be."""
    held, waiting = list(firm), list(others)
    while waiting := [one for one in waiting if possible(meet(held[one[0]], one[1]))]:
        many = _longest(held, waiting, fits)
        held = everything(held, waiting[:many])
        for cell, reach in waiting[many : many + 1]:
            near = everything(held, [(cell, (max(0, reach[0] - 1), reach[1] + 1))])
            held = near if firm[cell] == ANY and fits(near) else held
        waiting = waiting[many + 1 :]
    return held


def _longest(held: Ranges, waiting: Sequence[Other], fits: Callable[[Ranges], bool]) -> int:
    """How many of ``waiting``, from the first on, fit together."""
    many, too_many = 0, len(waiting) + 1
    trying = len(waiting)
    while too_many - many > 1:
        if fits(everything(held, waiting[:trying])):
            many = trying
        else:
            too_many = trying
        trying = (many + too_many) // 2
    return many


def _turn(entry: Entry) -> tuple[bool, int]:
    """The ledger's numbers in the order in which they left, then the new ones."""
    return entry.new, abs(entry.place)


def _need(entries: Sequence[Entry], left: Sequence[Entry], version: str, left_out: Collection[int]) -> int:
    """How many values a cell has to keep: as its label says in that version, else in others; 0 where it is shown."""
    now = [entry for entry in left if entry.released.version == version]
    without = [rule_of(entry.released).base for entry in entries if entry.place in left_out]
    needs = [need_of(entry.released) for entry in now or ([] if without else left)]
    return 0 if 0 in needs else max([*needs, *without], default=0)


def _one_further(entry: Entry, left: Sequence[Entry], version: str, firm: Range) -> bool:
    """Whether the answer moved by one person over a hidden figure's edge."""
    now = [one for one in left if one.released.version == version]
    hidden = need_of(entry.released) or any(need_of(one.released) for one in now)
    return bool(hidden) and max(firm[0] - entry.reach[1], entry.reach[0] - firm[1]) == 1
