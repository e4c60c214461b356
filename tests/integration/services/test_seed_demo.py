"""The demo: through the same use cases, the same each time, and never over what somebody took back."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from storybook.linked.city import NAME
from storybook.services.accounts import DEMO_ACCOUNTS
from storybook.services.context import Context
from storybook.services.editions import list_editions, open_edition
from storybook.services.errors import Gone
from storybook.services.seed_demo import seed_demo
from storybook.services.withdraw import withdraw
from storybook.store.tables import AuditRow, LedgerRow
from storybook.story.messages import say

STORIES = Path(__file__).parents[3] / "stories"
SLUGS = ("eighteen-and-out", "seen-everywhere-but-court", "the-couple")


@pytest.fixture(scope="module")
def city(tmp_path_factory) -> Path:
    """The synthetic city, made once for all of these tests."""
    from storybook.linked.city import load_city
    from storybook.story.clock import SystemClock

    root = tmp_path_factory.mktemp("city")
    load_city(root, SystemClock())
    return root


@pytest.fixture
def seeded(ctx, city) -> Context:
    (ctx.home / "data").symlink_to(city)
    assert seed_demo(ctx, STORIES) == SLUGS
    return ctx


def rows(ctx, table) -> int:
    with ctx.read() as session:
        return session.scalar(sa.select(sa.func.count()).select_from(table))


def test_every_example_is_published_and_says_that_it_is_fictional(seeded):
    views = list_editions(seeded)
    assert sorted(v.slug for v in views) == list(SLUGS)
    assert all(v.edition.shown.fictional for v in views)


def test_seeding_again_changes_nothing(seeded):
    before, said = rows(seeded, AuditRow), []
    assert seed_demo(seeded, STORIES, lambda m: said.append(say(m))) == SLUGS
    assert (rows(seeded, AuditRow), said) == (before, [])


def test_everything_was_done_by_the_demo_s_own_and_is_marked(seeded):
    with seeded.read() as session:
        found = session.scalars(sa.select(AuditRow)).all()
    assert all(row.demo for row in found)
    assert {row.actor_id for row in found} >= {a.id for a in DEMO_ACCOUNTS[:3]}


def test_what_was_taken_back_stays_taken_back(seeded):
    expert = next(a for a in DEMO_ACCOUNTS if "expert" in a.roles)
    withdraw(seeded, expert.actor, "the-couple", "P1")
    seed_demo(seeded, STORIES)
    with pytest.raises(Gone):
        open_edition(seeded, "the-couple")


def test_every_count_that_an_edition_shows_is_in_the_ledger(seeded):
    shown = [
        lane.demand.figure.model_dump(mode="json")
        for view in list_editions(seeded)
        for lane in view.edition.shown.lanes
        if lane.demand.kind == "typical"
    ]
    with seeded.read() as session:
        entered = session.scalars(sa.select(LedgerRow).order_by(LedgerRow.id)).all()
    assert len(shown) > 20
    assert sorted(map(str, shown)) == sorted(str(row.figure) for row in entered)
    assert {row.dataset for row in entered} == {NAME}
    assert {row.went_to for row in entered} == {f"edition:{slug}@1" for slug in SLUGS}


def test_a_start_that_was_interrupted_is_taken_up_again(ctx, city, monkeypatch):
    (ctx.home / "data").symlink_to(city)
    with monkeypatch.context() as patch:
        patch.setattr("storybook.services.seed_demo.sign_off", _stops)
        with pytest.raises(KeyboardInterrupt):
            seed_demo(ctx, STORIES)
    assert list_editions(ctx) == ()
    assert seed_demo(ctx, STORIES) == SLUGS
    assert len(list_editions(ctx)) == 3


def _stops(*_args, **_kwargs):
    raise KeyboardInterrupt
