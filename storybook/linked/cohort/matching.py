"""Who matches several things known at once.

Of few people everybody is laid out (``Sheet``). Of many those are looked up who have been with every agency in question
at any time: that is known at once (``Rows.having``).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from .rows import Ints, Words
from .sheet import Item, Sheet, aligned, any_bit


def matching_all(sheet: Sheet, items: Sequence[Item], *, apart: bool = True) -> tuple[Ints, Words]:
    """Who matches all of ``items`` (numbers of people), with the bits of the first at which they do.

    ``apart``: no row of theirs is counted for two features. Each feature stands in ``items`` once.
    """
    if len(items) == 1 and sheet.near is sheet:
        people = sheet.people[items[0].row]
        bits = sheet.bits[items[0].row][:, people] if sheet.moving else np.ones((1, len(people)), np.uint64)
        return people, bits
    people, bits = (_laid_out if sheet.near is sheet else _looked_up)(sheet, items)
    wanted = {item.feature: item.times for item in items} if apart else {}
    return sheet.different.among(people, bits, wanted, items[0].offset)


def _laid_out(sheet: Sheet, items: Sequence[Item]) -> tuple[Ints, Words]:
    places, bits = _at_once(sheet.bits, items, np.flatnonzero(any_bit(sheet.bits[items[0].row])))
    return sheet.who[places], bits


def _looked_up(sheet: Sheet, items: Sequence[Item]) -> tuple[Ints, Words]:
    """Of those who have been with every agency in question at any time; each row is looked up once."""
    people = sheet.rows.having(sheet.kinds[item.row].agencies for item in items)
    rows: dict[int, Words] = {}
    for row in dict.fromkeys(item.row for item in items):
        who, found = sheet.marked(row, people)
        rows[row] = np.zeros((sheet.words, len(people)), dtype=np.uint64)
        rows[row][:, who] = found
    places, bits = _at_once(rows, items, np.flatnonzero(any_bit(rows[items[0].row])))
    return people[places], bits


def _at_once(rows: Words | dict[int, Words], items: Sequence[Item], places: Ints) -> tuple[Ints, Words]:
    """Those of ``places`` who have all of the items at one step, with the bits of the first."""
    first, *others = items
    bits: Words = rows[first.row][:, places]
    for item in others:
        bits = bits & aligned(rows[item.row][:, places], item.offset - first.offset)
        left = np.flatnonzero(any_bit(bits))
        places, bits = places[left], bits[:, left]
    return places, bits
