"""How many match the whole of what is known, and any m of it: the same as by trying everything."""

from __future__ import annotations

from itertools import combinations
from random import Random

import numpy as np
import pytest

from storybook.linked.cohort import blocks, threes
from storybook.linked.cohort import rows as cohort_rows
from storybook.linked.cohort import sheet as cohort_sheet
from storybook.linked.cohort import subsets as cohort_subsets
from storybook.linked.cohort.dataset import jointly
from storybook.linked.cohort.matching import matching_all
from storybook.linked.cohort.protocol import Frame, Known
from storybook.linked.cohort.rows import Rows
from storybook.linked.cohort.sheet import aligned, longest_of, sheet
from storybook.linked.cohort.subsets import BUDGET, fewest

from .brute_cohort import ENOUGH, Case, a_case, an_overlapping_case


def compare(case: Case) -> None:
    laid = sheet(case.rows, case.known, case.frame)
    people, _ = matching_all(laid, laid.whole)
    found = fewest(laid, len(people), len(case.distinct))

    assert len(people) == case.matching(case.known)
    assert found.any_of[1:] == [min(case.fewest(size), ENOUGH) for size in (1, 2, 3, 4)]
    assert all(found.exact[1:])
    for one in case.distinct:
        feature = laid.features[case.known.index(one)]
        assert found.alone[feature] == min(case.matching([one]), ENOUGH)
    if len(case.distinct) > 1:
        pairs = dict.fromkeys(laid.features, ENOUGH)
        for one, other in combinations(case.distinct, 2):
            for known in (one, other):
                feature = laid.features[case.known.index(known)]
                pairs[feature] = min(pairs[feature], case.matching([one, other]))
        assert found.paired == pairs


@pytest.fixture(params=["block by block", "the rarest first", "the busiest first", "one by one"])
def small_blocks(request, monkeypatch):
    """Blocks of a few people; in some tests without the sets that are finished before them, or with few busy people."""
    monkeypatch.setattr(cohort_subsets, "_BLOCKS", (3, 9))
    monkeypatch.setattr(blocks, "_CHUNK", 2)
    monkeypatch.setattr(blocks, "_FIRST", 1)
    monkeypatch.setattr(blocks, "_GROWS", 2)
    monkeypatch.setattr(threes, "_BUSIEST", 4)
    if request.param == "block by block":
        monkeypatch.setattr(threes, "_RAREST", 0)
        monkeypatch.setattr(threes, "_PROMISING", 0)
    if request.param in ("the busiest first", "one by one"):
        monkeypatch.setattr(cohort_rows, "_NEAR", 5)
        monkeypatch.setattr(cohort_sheet, "_LARGE", 0)
        monkeypatch.setattr(cohort_subsets, "_LOOK_UPS", 3)
        monkeypatch.setattr(threes, "_ASKED", 0 if request.param == "the busiest first" else 1 << 10)


@pytest.mark.usefixtures("small_blocks")
@pytest.mark.parametrize("seed", range(8))
def test_it_equals_brute_force(seed):
    compare(a_case(Random(seed)))


@pytest.mark.exam
@pytest.mark.usefixtures("small_blocks")
@pytest.mark.parametrize("seed", range(1_000, 1_300))
def test_it_equals_brute_force_on_many_more(seed):
    compare(a_case(Random(seed)))


@pytest.mark.usefixtures("small_blocks")
@pytest.mark.parametrize("seed", range(3))
def test_no_row_is_counted_for_two_things_known(seed):
    compare(an_overlapping_case(Random(seed)))


@pytest.mark.exam
@pytest.mark.usefixtures("small_blocks")
@pytest.mark.parametrize("seed", range(4_000, 4_300))
def test_no_row_is_counted_twice_in_many_more(seed):
    compare(an_overlapping_case(Random(seed)))


@pytest.mark.parametrize("seed", range(9_000, 9_008))
def test_a_couple_is_two_people_with_rows_of_their_own(seed):
    case = an_overlapping_case(Random(seed))
    half = len(case.known) // 2
    lives = [case.known[:half], case.known[half:]]
    longest = max(map(longest_of, lives))

    found = jointly([sheet(case.rows, life, case.frame, longest, often=0) for life in lives])
    assert found == case.jointly(lives)


def test_a_season_beside_a_month_needs_two_rows():
    there = rows([[("A", 3)], [("A", 3), ("A", 5)], [("A", 3), ("A", 3)], [("A", 4), ("A", 5)]])
    season, month = Known(frozenset(["A"]), 3, 5), Known(frozenset(["A"]), 3, 3)
    laid = sheet(there, (season, month), Frame())

    assert matching_all(laid, laid.whole)[0].tolist() == [2, 3]
    assert fewest(laid, 2, 2).any_of[1:] == [3, 2, 2, 2]


def test_lanes_that_share_some_agencies_share_no_row():
    a_twice = [("A", 0), ("A", 4)]
    there = rows([[*a_twice, ("B", 3)], a_twice, [("A", 0), ("A", 3), ("B", 2)], [*a_twice, ("A", 3)]])
    one, other = (Known(frozenset(["A"]), first, first + 1) for first in (0, 4))
    laid = sheet(there, (one, other, Known(frozenset(["A", "B"]), 0, 5)), Frame())

    assert matching_all(laid, laid.whole)[0].tolist() == [1, 4]


def test_too_many_that_share_some_agencies_leave_nobody():
    there = rows([[("A", month) for month in range(12)] * 2])
    places = [frozenset(["A"]), *[frozenset(["A", "B"])] * 9]
    laid = sheet(there, [Known(place, 0, last) for last, place in enumerate(places)], Frame())

    assert len(matching_all(laid, laid.whole)[0]) == 0


@pytest.mark.usefixtures("small_blocks")
@pytest.mark.parametrize("seed", range(100, 105))
def test_what_is_known_to_be_enough_is_not_asked_again_and_changes_nothing(seed):
    case = a_case(Random(seed))
    laid = sheet(case.rows, case.known, case.frame, often=4)
    whole, size = len(matching_all(laid, laid.whole)[0]), len(case.distinct)
    every = fewest(laid, whole, size)
    enough = [m for m in (1, 2, 3, 4) if every.any_of[m] == ENOUGH]
    some = fewest(laid, whole, size, pairs=False, enough=enough)

    assert (some.any_of[1:], some.exact) == (every.any_of[1:], every.exact)
    assert len(matching_all(one := sheet(case.rows, case.known, case.frame, often=0), one.whole)[0]) == whole


def known(*periods: tuple[str, int]) -> tuple[Known, ...]:
    return tuple(Known(frozenset([agency]), month, month) for agency, month in periods)


def rows(people: list[list[tuple[str, int]]], steps: int = 24) -> Rows:
    agencies = sorted({agency for person in people for agency, _ in person})
    keys = {
        agency: np.array(
            sorted(n * steps + m for n, person in enumerate(people, 1) for a, m in person if a == agency)
        )
        for agency in agencies
    }
    return Rows(len(people) + 1, 0, steps, keys)


def test_two_visits_in_one_month_are_two_things_known():
    there = rows([[("A", 3)], [("A", 3), ("A", 3)]])
    laid = sheet(there, known(("A", 3), ("A", 3)), Frame())

    found = fewest(laid, len(matching_all(laid, laid.whole)[0]), 2)
    assert found.any_of[1:] == [2, 1, 1, 1]


def test_at_any_shift_the_pattern_counts_and_not_the_month():
    there = rows([[("A", 3), ("B", 5)], [("A", 20), ("B", 22)], [("A", 3), ("B", 6)]])
    fixed, moved = (sheet(there, known(("A", 3), ("B", 5)), Frame(shifts=shifts)) for shifts in (False, True))

    assert matching_all(fixed, fixed.whole)[0].tolist() == [1]
    assert matching_all(moved, moved.whole)[0].tolist() == [1, 2]


def test_a_pattern_may_begin_before_the_first_row():
    there = rows([[("B", 0)]])
    laid = sheet(there, known(("B", 30)), Frame(shifts=True))

    assert matching_all(laid, laid.whole)[0].tolist() == [1]


def test_clashes_that_take_too_long_make_it_at_most():
    case = an_overlapping_case(Random(3))
    laid = sheet(case.rows, case.known, case.frame)
    whole = len(matching_all(laid, laid.whole)[0])

    full, cut = (fewest(laid, whole, len(case.distinct), budget=budget) for budget in (BUDGET, 64))
    assert all(full.exact)
    assert not all(cut.exact)
    assert [more >= true for true, more in zip(full.any_of, cut.any_of, strict=True)] == [True] * 5


def test_a_budget_that_runs_out_makes_it_at_most():
    people = [
        [("A", m) for m in range(6) if chance.random() < 0.8] or [("A", 0)]
        for chance in map(Random, range(60))
    ]
    laid = sheet(rows(people), known(*(("A", month) for month in range(6))), Frame())
    whole = len(matching_all(laid, laid.whole)[0])

    full, cut = fewest(laid, whole, 6), fewest(laid, whole, 6, budget=0)
    assert all(full.exact)
    assert [more >= true for true, more in zip(full.any_of, cut.any_of, strict=True)] == [True] * 5


@pytest.mark.parametrize("by", [0, 1, 5, 63, 64, 65, 130, -1, -63, -64, -70])
def test_bits_move_over_words(by):
    number = 0x0123_4567_89AB_CDEF_FEDC_BA98_7654_3210
    halves = np.array([[number & (1 << 64) - 1], [number >> 64]], dtype=np.uint64)
    expected = (number >> by if by >= 0 else number << -by) & (1 << 128) - 1

    low, high = aligned(halves, by)[:, 0].tolist()
    assert low | high << 64 == expected
