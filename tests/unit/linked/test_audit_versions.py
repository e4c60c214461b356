"""Numbers of several versions of the data: what a reader holds for true of all of them together."""

from __future__ import annotations

from itertools import permutations

import pytest

from storybook.linked.audit import audit
from storybook.linked.audit.versions import hold
from storybook.linked.suppression.figures import Count
from storybook.linked.suppression.secondary import ENDLESS
from tests.unit.linked.ledgers import LATER, VERSION, asked, manifest, released

ANY = (0, ENDLESS)
A_AND_B = (("agency", "A"), ("agency", "B"))


def adds_up(ranges):
    """Three numbers, of which the last is the sum of the others."""
    (a, b), (c, d), (low, high) = ranges
    return a <= b and c <= d and low <= high and max(a + c, low) <= min(b + d, high)


def test_what_fits_is_held_as_it_is():
    assert hold([(10, 12), ANY, ANY], [(1, (1, 7)), (2, (8, 15))], adds_up) == [(10, 12), (1, 7), (8, 15)]


def test_what_does_not_fit_is_held_with_one_person_more_or_fewer_or_left_aside():
    others = [(1, (1, 3)), (2, (16, 20))]

    assert hold([(10, 12), ANY, ANY], others, adds_up) == [(10, 12), (1, 3), (15, 21)]
    assert hold([(9, 10), ANY, ANY], others, adds_up) == [(9, 10), (1, 3), ANY]


def test_what_is_firm_does_not_move_by_anybody():
    assert hold([(10, 12), (1, 3), (11, 15)], [(2, (16, 20))], adds_up) == [(10, 12), (1, 3), (11, 15)]


def test_a_number_that_contradicts_one_other_does_not_take_the_rest_with_it():
    others = [(2, (50, 60)), (1, (1, 7)), (2, (8, 15))]

    assert hold([(10, 12), ANY, ANY], others, adds_up) == [(10, 12), ANY, (50, 60)]
    assert hold([(10, 12), (1, 7), ANY], others, adds_up) == [(10, 12), (1, 7), (8, 15)]


def later(data=None, **more):
    return manifest(version=LATER, **more)


BEFORE = [released(asked(where=A_AND_B), Count(value=10, base=5), "nhs", VERSION)]
AFTER = [
    released(asked(agency="A"), Count(value=10, base=5), "nhs", LATER),
    released(asked(where=(*A_AND_B, ("both", "yes"))), 0, "nhs", LATER),
    released(asked(agency="B"), 4, "nhs", LATER),
]


def test_none_seen_by_both_beside_the_earlier_number_of_those_seen_by_either():
    """8 to 12 in all, 8 to 12 of them at A and nobody at both: 1 to 4 at B."""
    assert not audit(BEFORE, AFTER, [later(rule="nhs")]).released
    assert audit([], AFTER, [later(rule="nhs")]).released


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_it_makes_no_difference_in_which_order_they_leave(order):
    *ledger, last = [AFTER[place] for place in order]

    assert not audit([*BEFORE, *ledger], [last], [later(rule="nhs")]).released


def test_an_earlier_number_that_has_surely_changed_does_not_let_another_one_go():
    """The number for C can't be true any more; that for A or B still can."""
    moved = [
        released(asked(agency="C"), Count(value=60, base=5), "nhs", VERSION),
        released(asked(where=(*A_AND_B, ("agency", "C"))), Count(value=60, base=5), "nhs", VERSION),
    ]
    now = released(asked(agency="C"), 200, "nhs", LATER)

    assert not audit([*moved, *BEFORE], [*AFTER, now], [later(rule="nhs")]).released


def test_the_size_of_the_dataset_does_not_let_an_earlier_number_go():
    """If so many people are in no list of agencies, a list is not whole: that says nothing of the rest."""
    whole = released(
        asked(where=[("agency", name) for name in "ABCD"]), Count(value=60, base=5), "nhs", LATER
    )

    assert not audit(BEFORE, [*AFTER, whole], [later(rule="nhs")]).released


def test_new_numbers_of_an_earlier_version_are_attacked_beside_those_of_that_version():
    ledger = [
        released(asked(place="W1"), 9),
        released(asked(place="W2"), 20),
        released(asked(place="W3"), 300, version=LATER),
        released(asked(where=[("place", "W1"), ("place", "W2")]), 900, version=LATER),
    ]
    total = released(asked(where=[("place", "W1"), ("place", "W2")]), 30)

    assert not audit(ledger, [total], [later()]).released


def test_people_who_can_not_be_made_up_are_no_leave_to_say_anything():
    """Two answers to one question, in one version: whatever the ledger is, nothing is known to be safe beside it."""
    strange = [released(asked(agency="A"), 40), released(asked(agency="A"), 90, "dfe")]
    wards = [released(asked(agency="A", place=ward), 5) for ward in ("W1", "W2")]

    assert not audit(strange, wards, [manifest()]).released
