"""What passes the ledger is written down, what would give a number away is not; two at once go one after the other."""

from __future__ import annotations

import shutil
import threading

import pytest
import sqlalchemy as sa

from storybook.linked.asking.ledger import Released
from storybook.linked.audit import audit, not_shown
from storybook.linked.dataset.datasets import new_version
from storybook.linked.suppression.figures import Count, Suppressed
from storybook.services.data.ledger import all_shown_before, as_shown_before, pass_ledger, show_beside
from storybook.services.permissions import Actor
from storybook.store.tables import LedgerRow
from storybook.story.ids import new_id
from tests.integration.conftest import MOMENT
from tests.unit.linked.ledgers import asked, manifest, released

SYSTEM = Actor.system()


@pytest.fixture
def data(ctx):
    """A dataset of which nothing but its manifest is asked."""
    with new_version(ctx.data_root, "city", MOMENT) as version:
        return version.publish(manifest().model_copy(update={"version": version.name})).manifest


@pytest.fixture
def numbers(data):
    """Three numbers that give the first one away."""
    first, second = data.places[:2]
    questions = (
        asked(place=first),
        asked(place=second),
        asked(where=[("place", first), ("place", second)]),
    )
    true = zip(questions, (9, 20, 30), strict=True)
    return [released(question, many, version=data.version) for question, many in true]


def entered(ctx):
    with ctx.read() as session:
        return session.scalars(sa.select(LedgerRow).order_by(LedgerRow.id)).all()


def passed(ctx, new, went_to="edition:a@1"):
    with ctx.unit(SYSTEM) as unit:
        unit.audit("test", None)
        return pass_ledger(ctx, unit, new, went_to, new_id())


def shown(ctx, new, went_to="draft:a"):
    with ctx.unit(SYSTEM) as unit:
        unit.audit("test", None)
        return show_beside(ctx, unit, new, went_to, new_id())


def test_what_passes_is_written_down_with_where_it_went_and_what_is_known(ctx, data, numbers):
    number = numbers[0].model_copy(update={"known": 2})

    assert passed(ctx, [number]).released
    (row,) = entered(ctx)
    assert (row.dataset, row.dataset_version, row.went_to, row.known) == (
        "city",
        data.version,
        "edition:a@1",
        2,
    )
    assert (row.first_day, row.last_day) == (data.first, data.last)
    assert row.question_sha256 == number.question.sha256


def test_what_does_not_pass_is_not_written_down(ctx, numbers):
    assert passed(ctx, numbers[:2]).released
    decision = passed(ctx, numbers[2:], "edition:b@1")

    assert (decision.released, decision.leave_out) == (False, (0,))
    assert {row.went_to for row in entered(ctx)} == {"edition:a@1"}


def test_what_can_be_left_out_is_shown_as_hidden_and_stays_so(ctx, numbers):
    passed(ctx, numbers[:2])
    (hidden,) = shown(ctx, numbers[2:])

    assert hidden.figure == Suppressed(below=10, because="beside")
    assert shown(ctx, numbers[2:], "draft:b") == (hidden,)
    assert [row.figure["state"] for row in entered(ctx)] == [
        "suppressed",
        "shown",
        "suppressed",
        "suppressed",
    ]


def test_numbers_of_the_same_rows_under_another_name_are_attacked_beside_them(ctx, numbers):
    passed(ctx, numbers[:1] + numbers[2:])
    with new_version(ctx.data_root, "again", MOMENT) as version:
        twin = {"name": "again", "version": version.name, "same_people": ("city",)}
        version.publish(manifest().model_copy(update=twin))
    number = numbers[1].model_copy(update={"dataset": "again", "version": version.name})

    assert not passed(ctx, [number]).released
    assert [one.figure.state for one in shown(ctx, [number])] == ["suppressed"]


def test_a_question_keeps_its_answer_while_the_data_do_not_change(ctx, data, numbers):
    shown(ctx, numbers[1:2])
    again = numbers[1].model_copy(update={"figure": Suppressed(below=10, because="protects")})
    other = again.model_copy(update={"version": data.version + "x"})

    with ctx.read() as session:
        assert [one.figure for one in as_shown_before(session, [again, other])] == [
            Count(value=20, base=5),
            other.figure,
        ]
        assert all_shown_before(session, [again])
        assert not all_shown_before(session, [again, other])
        assert all_shown_before(session, [])


def test_a_number_hidden_for_lack_of_time_stays_hidden_until_it_has_been_checked(ctx, data, numbers):
    late = audit([], numbers, [data], seconds=0.0, further=0.0)
    assert late.unchecked == (0, 1, 2)
    assert passed(ctx, late.adapted(numbers)).released

    hidden = [not_shown(one) for one in numbers]
    assert shown(ctx, numbers, "draft:b") == tuple(hidden)
    assert not passed(ctx, numbers).released
    assert shown(ctx, numbers, "draft:c") == tuple(hidden)
    assert passed(ctx, numbers[1:]).released
    assert shown(ctx, numbers, "draft:d") == (hidden[0], *numbers[1:])
    assert not passed(ctx, numbers[:1]).released


def test_a_dataset_that_is_not_here_any_more_shows_only_what_it_has_shown(ctx, data, numbers):
    passed(ctx, numbers[:1])
    shutil.rmtree(ctx.data_root)

    assert passed(ctx, numbers[:1], "edition:a@2").released
    assert not passed(ctx, numbers[1:2]).released
    assert entered(ctx)[-1].first_day is None


def test_two_who_publish_at_once_do_not_give_a_number_away_between_them(ctx, numbers):
    passed(ctx, numbers[:1])
    decisions = []
    both = [
        threading.Thread(target=lambda one=one: decisions.append(passed(ctx, [one]))) for one in numbers[1:]
    ]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()

    assert sorted(one.released for one in decisions) == [False, True]


def test_the_ledger_comes_back_as_it_went_in(ctx, data, numbers):
    number = numbers[0].model_copy(update={"known": 1, "span": (data.first, data.last)})
    passed(ctx, [number])

    with ctx.read() as session:
        (back,) = as_shown_before(session, [number])
    assert Released.model_validate_json(back.model_dump_json()) == number
