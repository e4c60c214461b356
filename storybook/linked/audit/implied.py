"""Numbers that nobody was told and anybody can work out: what shown ones that differ by one thing leave between them.

"All wards" and "all wards but one" give the ward; two stretches that differ by a day give the day. Such a number has to
keep as many possible values as a small hidden one, unless it is surely not small.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from ..suppression.secondary import Range
from .limit import Limit
from .meaning import Box, Meaning, less


def left_between(
    shown: Mapping[Meaning, Range], new: Sequence[Meaning], below: int, limit: Limit
) -> list[Meaning]:
    """What may be small of what is left between a ``new`` shown number and another, or several others of one kind."""
    found: dict[Meaning, None] = {}
    touched = set(new)
    for whole in shown:
        limit.check()
        for field, parts in _along(whole, shown).items():
            pairs = [[part] for part in parts if whole in touched or part in touched]
            several = [parts] if len(parts) > 1 and touched & {whole, *parts} else []
            for taken in (*pairs, *several):
                left = _left(whole, taken, field)
                if left and shown[whole][0] - sum(shown[part][1] for part in taken) < below:
                    found.setdefault(left)
    return [one for one in found if one not in shown]


def _along(whole: Meaning, shown: Iterable[Meaning]) -> dict[str, list[Meaning]]:
    """The shown numbers that are less than ``whole`` by one field, by that field."""
    found: dict[str, list[Meaning]] = {}
    for rest in shown:
        if field := _differs(whole, rest):
            found.setdefault(field, []).append(rest)
    return found


def _differs(whole: Meaning, rest: Meaning) -> str:
    """The one field by which ``rest`` is less than ``whole``; "" where it is none or more than one."""
    if whole.parts or rest.parts or len(whole.boxes) != 1 or len(rest.boxes) != 1:
        return ""
    if (whole.unit, whole.multiple, whole.without) != (rest.unit, rest.multiple, rest.without):
        return ""
    fields = [*_fewer(whole.boxes[0], rest.boxes[0])]
    if whole.needs != rest.needs:
        one_more = whole.needs < rest.needs and len(rest.needs) == len(whole.needs) + 1
        fields += ["need"] if one_more else ["need", "need"]
    return fields[0] if len(fields) == 1 else ""


def _fewer(big: Box, small: Box) -> Iterator[str]:
    """The fields in which the boxes differ; twice the same where ``small`` sticks out."""
    for (field, mine), (_, theirs) in zip(big.values, small.values, strict=True):
        if mine != theirs:
            yield from [field] if theirs < mine else [field, field]
    if big.days != small.days:
        yield from ["days"] if not less(small.days, big.days) else ["days", "days"]


def _left(whole: Meaning, parts: Sequence[Meaning], field: str) -> Meaning | None:
    """What is in ``whole`` and in none of ``parts``; None if that is nothing."""
    if field == "need":
        return replace(whole, without=frozenset().union(*(part.needs for part in parts)) - whole.needs)
    box = whole.boxes[0]
    if field == "days":
        days = box.days
        for part in parts:
            days = less(days, part.boxes[0].days)
        return replace(whole, boxes=(Box(box.values, days),)) if days else None
    others = frozenset().union(*(part.boxes[0].of(field) for part in parts))
    values = dict(box.values)
    left = values[field] - others
    return replace(whole, boxes=(Box(tuple((values | {field: left}).items()), box.days),)) if left else None
