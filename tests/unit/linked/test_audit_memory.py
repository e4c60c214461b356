"""What an audit remembers between two looks: people that could be, and why nobody can be."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest

from storybook.linked.audit import audit
from storybook.linked.audit.limit import Limit
from storybook.linked.audit.meaning import Reader
from storybook.linked.audit.memory import Memory, Witness
from storybook.linked.audit.middles import Middles
from storybook.linked.audit.solver import Matrix
from storybook.linked.audit.world import World
from storybook.linked.suppression.secondary import ENDLESS
from storybook.story.vocabulary_default import default
from tests.unit.linked.ledgers import LATER, asked, manifest, released

ANY = (0, ENDLESS)
AGENCIES = [asked(agency="A"), asked(agency="B"), asked(where=[("agency", "A"), ("agency", "B")])]


@pytest.fixture
def world():
    """People at A, at B, and at either."""
    reader = Reader(manifest())
    meanings = [reader.read(released(question, 40)) for question in AGENCIES]
    return World(meanings, (), default().multiple, Middles({}, 3), Limit(60, 60))


def solves(world, monkeypatch):
    """Whether ``world`` asks its solver from now on."""
    asked_it = []
    monkeypatch.setattr(world, "_solve", lambda *args, **more: asked_it.append(args))
    return asked_it


def test_people_who_were_found_are_found_again_where_less_is_said(world, monkeypatch):
    found = world.whole([(10, 12), (20, 22), (25, 40)])
    again = solves(world, monkeypatch)

    assert world.whole([(10, 12), ANY, (25, 40)]) == found
    assert not again
    assert world.whole([(13, 14), ANY, (25, 40)]) is None
    assert again


@pytest.mark.parametrize(
    ("ranges", "possible"),
    [
        ([(10, 12), (20, 22), (35, 40)], False),
        ([(9, 11), (10, 21), (36, 99)], False),
        ([(10, 12), (20, 23), (35, 40)], True),
        ([(50, 60), (0, 9), (35, 40)], False),
    ],
)
def test_why_nobody_can_be_is_weighed_before_anything_is_asked_again(world, ranges, possible):
    """At most 34 people at either, where there are 12 and 22."""
    assert not world.possible([(10, 12), (20, 22), (35, 40)])

    assert world.possible(ranges) is possible


def test_what_is_impossible_for_a_known_reason_is_not_asked_again(world, monkeypatch):
    world.possible([(10, 12), (20, 22), (35, 40)])
    again = solves(world, monkeypatch)

    assert not world.possible([(11, 12), (20, 20), (40, 40)])
    assert not again


def test_a_reason_that_a_new_kind_of_person_disproves_is_let_go():
    memory = Memory(2)
    memory.reason(np.array([1.0, -1.0]), Matrix.of([[(1, 1.0)], [(0, 1.0), (1, 1.0)]]))
    assert memory.barred([(5, 9), (0, 4)])

    memory.grown(Matrix.of([[(0, 1.0)]]))
    assert not memory.barred([(5, 9), (0, 4)])


def test_what_does_not_hold_for_all_kinds_of_people_is_no_reason():
    memory = Memory(2)
    memory.reason(np.array([1.0, -1.0]), Matrix.of([[(0, 1.0)]]))

    assert not memory.barred([(5, 9), (0, 4)])


def test_only_so_many_sets_of_people_are_kept_and_each_once():
    memory = Memory(1)
    for many in [*range(500), 450]:
        memory.note(Witness((many,), (), (many,)))

    assert len(memory.fitting([ANY])) == 400
    assert [one.numbers for one in memory.fitting([(450, 450)])] == [(450,)]
    assert memory.fitting([(0, 99)]) == []


def test_a_number_that_moved_by_one_person_does_not_take_its_whole_lane_with_it():
    """What the ledger said before is known to be three values at most, in however many quarters people may be."""
    chance, ledger, new = Random(3), [], []
    for quarter in [f"{year}-Q{q}" for year in (2016, 2017, 2018) for q in (1, 2, 3, 4)]:
        every = chance.choice([40, 90])
        with_need = asked(agency="A", quarter=quarter, where=[("need", "offending")])
        ledger.append(released(asked(agency="A", quarter=quarter), every))
        ledger.append(released(with_need, every // 3))
        new.append(released(with_need, every // 3 + chance.randint(0, 2), version=LATER))
    ledger += [released(asked(agency="A"), 900)]
    new += [released(asked(agency="A"), 905, version=LATER)]
    ledger[7] = released(ledger[7].question, 10)
    new[3] = released(new[3].question, 9, version=LATER)

    decision = audit(ledger, new, [manifest(years=3, version=LATER)], seconds=60, further=0)

    assert (decision.leave_out, decision.smallest, decision.unchecked) == ((3,), True, ())
