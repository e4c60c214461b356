"""From those who match in the rows to those who would in the whole population, with caution."""

from __future__ import annotations

from math import comb

import pytest

from storybook.linked.cohort.population import in_the_city


def test_nobody_said_how_many_people_the_rows_stand_for():
    assert in_the_city(3, 100, None) is None


def test_where_everybody_is_in_the_rows_nobody_else_matches():
    assert in_the_city(3, 6601, 6601) == 3
    assert in_the_city(3, 7000, 6601) == 3


def test_there_are_never_fewer_and_counting_stops_at_eleven():
    estimates = [in_the_city(matching, 100, 1000) for matching in range(13)]

    assert estimates == sorted(estimates)
    assert all(estimate >= matching for matching, estimate in enumerate(estimates))
    assert estimates == [0, 3, 8, 11, 11, 11, 11, 11, 11, 11, 11, 11, 12]


@pytest.mark.parametrize(("matching", "people"), [(0, 50), (1, 30), (2, 60), (5, 80)])
def test_it_is_the_five_per_cent_point(matching, people):
    share = people / 100

    def chance(unseen: int) -> float:
        return comb(matching + unseen, unseen) * share ** (matching + 1) * (1 - share) ** unseen

    estimate = in_the_city(matching, people, 100)
    unseen = estimate - matching
    assert sum(chance(n) for n in range(unseen)) < 0.05 <= sum(chance(n) for n in range(unseen + 1))
