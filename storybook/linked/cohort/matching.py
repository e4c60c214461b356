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
    first, *others = items
    places = np.flatnonzero(any_bit(sheet.bits[first.row]))
    bits = sheet.bits[first.row][:, places]
    for item in others:
        bits = bits & aligned(sheet.bits[item.row][:, places], item.offset - first.offset)
        left = np.flatnonzero(any_bit(bits))
        places, bits = places[left], bits[:, left]
    return sheet.who[places], bits


def _looked_up(sheet: Sheet, items: Sequence[Item]) -> tuple[Ints, Words]:
    """Of those who have been with every agency in question at any time."""
    people = sheet.rows.having(sheet.kinds[item.row].agencies for item in items)
    bits: Words = np.full((sheet.words, len(people)), np.uint64(2**64 - 1))
    for item in items:
        who, found = sheet.marked(item.row, people)
        found = aligned(found, item.offset - items[0].offset) & bits[:, who]
        left = np.flatnonzero(any_bit(found))
        people, bits = people[who[left]], found[:, left]
    return people, bits
