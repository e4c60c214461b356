"""An agency that got another name is still the agency: nothing passes that would not have passed under the old name."""

from __future__ import annotations

import pytest

from storybook.linked.audit import audit
from storybook.linked.dataset.manifest import Change
from storybook.story.messages import say

from .ledgers import LATER, asked, manifest, released

BUT_ONE_WARD = [("place", "W1"), ("place", "W2"), ("place", "W3")]
ALL = released(asked(agency="A"), 12)


def later(*agencies, gone=("A",), new=("A2",), field="agency", **lists):
    change = Change(version=LATER, field=field, gone=gone, new=new)
    today = manifest(agencies=agencies or ("A2", "B", "C", "D"), version=LATER, people=300, **lists)
    return today.model_copy(update={"changes": (change,)})


def now(question, number=10):
    return released(question, number, version=LATER)


def test_a_ward_left_out_is_found_under_the_new_name_as_under_the_old():
    under_the_old = audit(
        [ALL], [now(asked(agency="A", where=BUT_ONE_WARD))], [manifest(version=LATER, people=300)]
    )
    under_the_new = audit([ALL], [now(asked(agency="A2", where=BUT_ONE_WARD))], [later()])

    assert under_the_old.leave_out == under_the_new.leave_out == (0,)
    assert say(under_the_new.words) == (
        "These numbers can't be released safely beside earlier figures: people, A2, W1, W2, W3. "
        'Earlier figures name "A", which the data do not list any more; "A2" came since, and may be the same under '
        'another name. If so, load the rows again with the earlier name (--merge "A2=A" for an agency).'
    )


def test_what_is_safe_whichever_name_it_had_is_released_and_nothing_is_said_of_names():
    new = [
        now(asked(agency="A2"), 12),
        now(asked(agency="B"), 40),
        now(asked(agency="A2", quarter="2016-Q1"), 4),
    ]

    decision = audit([ALL], new, [later()])
    assert decision.released
    assert decision.renamed == ()


def test_another_agency_s_numbers_are_released_beside_those_of_one_that_is_doubtful():
    new = [now(asked(agency="A2", where=BUT_ONE_WARD)), now(asked(agency="B", where=BUT_ONE_WARD))]

    assert audit([ALL], new, [later()]).leave_out == (0,)


@pytest.mark.parametrize(
    "today",
    [
        pytest.param(later("A1", "A2", "B", new=("A1", "A2")), id="split in two"),
        pytest.param(
            later("A1", "A2", "A3", "B", new=("A1", "A2", "A3")), id="split in three, two asked about"
        ),
    ],
)
def test_an_agency_that_was_split_is_put_together_again(today):
    both = [("agency", "A1"), ("agency", "A2"), *BUT_ONE_WARD]

    assert audit([ALL], [now(asked(where=both))], [today]).leave_out == (0,)


def test_two_that_became_one_are_each_tried():
    ledger = [released(asked(agency="E"), 60), ALL]
    today = later(gone=("A", "E"), new=("A2",))

    assert audit(ledger, [now(asked(agency="A2", where=BUT_ONE_WARD))], [today]).leave_out == (0,)
    assert audit(ledger, [now(asked(agency="B", where=BUT_ONE_WARD))], [today]).released


def test_where_many_names_changed_at_once_only_what_is_about_none_of_them_is_released():
    ledger = [ALL, released(asked(agency="B"), 60)]
    today = later("A2", "B2", "C", gone=("A", "B"), new=("A2", "B2"))
    new = [now(asked(agency="A2"), 80), now(asked(agency="C"), 80), now(asked(), 300)]

    decision = audit(ledger, new, [today])
    assert decision.leave_out == (0, 2)
    assert '"A", "B", which the data do not list any more; "A2", "B2" came since' in say(decision.words)


def test_a_name_is_followed_from_version_to_version():
    last = later("A3", "B", gone=("A",), new=("A2",))
    last = last.model_copy(
        update={"changes": (*last.changes, Change(version=LATER, field="agency", gone=("A2",), new=("A3",)))}
    )

    assert audit([ALL], [now(asked(agency="A3", where=BUT_ONE_WARD))], [last]).leave_out == (0,)


def test_where_nobody_wrote_down_what_came_any_name_may_be_the_one():
    today = manifest(agencies=("A2", "B"), version=LATER, people=300)

    assert audit([ALL], [now(asked(agency="B", where=BUT_ONE_WARD))], [today]).leave_out == (0,)


def test_an_agency_that_only_stopped_changes_nothing():
    today = manifest(agencies=("B", "C"), version=LATER, people=300)
    ledger = [ALL, released(asked(agency="B"), 40), released(asked(agency="C"), 40)]

    assert audit(ledger, [now(asked(agency="B"), 40)], [today]).released


@pytest.mark.parametrize(
    ("field", "old", "new", "lists"),
    [
        ("kind", "visit", "call", {"kinds": ("call", "letter")}),
        ("need", "housing", "offending", {"needs": ("offending", "homelessness")}),
    ],
)
def test_kinds_and_needs_get_new_names_too(field, old, new, lists):
    today = later("A", "B", gone=(old,), new=(new,), field=field, **lists)
    ledger = [released(asked(**{field: old}), 12)]

    assert audit(ledger, [now(asked(**{field: new}, where=BUT_ONE_WARD))], [today]).leave_out == (0,)


def test_a_ward_gets_a_new_name_too():
    today = later("A", "B", gone=("W1",), new=("Ward one",), field="place", places=("Ward one", "W2", "W3"))
    ledger = [released(asked(where=[("place", "W1"), ("place", "W2")]), 12)]

    assert audit(ledger, [now(asked(place="Ward one"))], [today]).leave_out == (0,)
