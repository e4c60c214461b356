"""Nobody waits longer than was said, and what could not be checked in that time is never taken for safe."""

from __future__ import annotations

import time
from random import Random

import pytest

from storybook.linked.audit import audit
from storybook.linked.audit.limit import Limit, OutOfTime
from storybook.linked.audit.solver import Matrix, solve
from storybook.linked.suppression.figures import Suppressed
from storybook.story.messages import say
from tests.unit.linked.ledgers import asked, manifest, released

SAFE = [released(asked(agency="A"), 9), released(asked(agency="B"), 40)]
#: These belong together, and the first would be given away.
WARDS = [
    released(asked(place="W1"), 9),
    released(asked(where=[("place", "W1"), ("place", "W2")]), 30),
    released(asked(place="W2"), 20),
]


def hard(chance):
    """Numbers of a kind (market splits, Cornuejols and Dawande) of which no programme soon says whether they can be."""
    columns = [[(row, float(chance.randrange(100))) for row in range(6)] for _ in range(50)]
    sums = [sum(column[row][1] for column in columns) // 2 for row in range(6)]
    return columns, [(int(one), int(one)) for one in sums]


def test_a_search_ends_inside_the_time_and_does_not_say_that_there_is_nothing():
    columns, rows = hard(Random(1))
    began = time.monotonic()

    with pytest.raises(OutOfTime):
        solve(Matrix.of(columns), rows, [0.0] * 50, [1.0] * 50, 50, Limit(0.2, 0.0), seconds=600.0)
    assert time.monotonic() - began < 10


def test_a_search_does_not_begin_when_the_time_is_over():
    with pytest.raises(OutOfTime):
        solve(Matrix.of([[(0, 1.0)]]), [(0, 1)], [1.0], [1.0], 1, Limit(0.0, 0.0))


def test_after_the_time_for_the_best_answer_there_is_some_for_a_good_one():
    limit = Limit(0.0, 60.0)
    with pytest.raises(OutOfTime):
        limit.left()
    limit.check()
    limit.hurry()

    assert 0 < limit.left() <= 60


@pytest.mark.parametrize("seconds", [0.0, 60.0])
def test_what_is_safe_is_released_in_either(seconds):
    assert audit([], SAFE, [manifest()], seconds=seconds).released


def test_a_choice_made_in_a_hurry_says_that_it_is_one():
    decision = audit([], WARDS, [manifest()], seconds=0.0)

    assert (decision.leave_out, decision.smallest, decision.unchecked) == ((0,), False, ())
    assert say(decision.offer).endswith("There may be a smaller choice: the search took too long.")


def test_what_could_not_be_checked_at_all_is_not_shown_and_that_is_said():
    decision = audit([], WARDS, [manifest()], seconds=0.0, further=0.0)

    assert (decision.released, decision.leave_out, decision.unchecked) == (False, (0, 1, 2), (0, 1, 2))
    assert all(isinstance(one.figure, Suppressed) for one in decision.adapted(WARDS))
    assert say(decision.words) == (
        "It took too long to find out whether these numbers can be released safely, so they are not shown: "
        "people, W1; people, W1, W2; people, W2."
    )


def test_what_is_refused_and_what_was_not_checked_are_told_apart():
    strange = released(asked(shoe="42"), 40)
    decision = audit([], [strange, *WARDS], [manifest()], seconds=0.0, further=0.0)

    assert say(decision.words) == (
        "These numbers can't be released safely beside earlier figures: people, 42. It took too long to find out "
        "whether these numbers can be released safely, so they are not shown: people, W1; people, W1, W2; people, W2."
    )
