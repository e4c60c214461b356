"""The demo: through the same use cases, the same each time, and never over what somebody took back.

Seeding takes seconds, so it is done once for each database, interrupted half-way and taken up again; the tests look at
the result in the order in which they stand.
"""

import shutil
from itertools import count
from pathlib import Path

import pytest
import sqlalchemy as sa

from storybook.linked.city.rows import NAME
from storybook.linked.suppression.figures import Count, Suppressed
from storybook.services.accounts import DEMO_ACCOUNTS
from storybook.services.context import Context
from storybook.services.data.ledger import _write
from storybook.services.editions.publish_edition import publish_edition
from storybook.services.editions.shown import list_editions, open_edition
from storybook.services.errors import Gone, NotReady
from storybook.services.findings.decide import say_made_up
from storybook.services.permissions import SiteRole
from storybook.services.review.candidate import send_for_review
from storybook.services.seed_demo import _agree, seed_demo
from storybook.services.stopping.withdraw import withdraw
from storybook.services.stories.edit import change_story
from storybook.services.stories.get_story import get_story
from storybook.services.stories.preview import preview
from storybook.store.tables import AuditRow, CandidateRow, LedgerRow
from storybook.story.clock import FixedClock
from storybook.story.messages import say
from tests.integration.conftest import MOMENT, create_database
from tests.unit.linked.ledgers import asked, released

STORIES = Path(__file__).parents[3] / "stories"
SLUGS = ("eighteen-and-out", "seen-everywhere-but-court", "the-couple")
_NUMBERS = count(1)


@pytest.fixture(scope="module")
def data(tmp_path_factory) -> Path:
    """Where the first of the homes has the synthetic city made, and the second finds it."""
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def seeded(request, data, tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    (home / "data").symlink_to(data)
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("sqlite_template"), home / "storybook.db")
        url = f"sqlite:///{home / 'storybook.db'}"
    else:
        template = request.getfixturevalue("postgres_template")
        url = create_database(request.getfixturevalue("postgres_url"), f"demo_{next(_NUMBERS)}", template)
    ctx = Context.open(home, database_url=url, clock=FixedClock(MOMENT))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("storybook.services.seed_demo.sign_off", _stops)
        with pytest.raises(KeyboardInterrupt):
            seed_demo(ctx, STORIES)
    assert list_editions(ctx) == ()
    assert seed_demo(ctx, STORIES) == SLUGS
    yield ctx
    ctx.close()


def _stops(*_args, **_kwargs):
    raise KeyboardInterrupt


def rows(ctx, table) -> int:
    with ctx.read() as session:
        return session.scalar(sa.select(sa.func.count()).select_from(table))


def account(role: SiteRole):
    return next(a for a in DEMO_ACCOUNTS if role in a.roles).actor


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


def test_every_count_that_an_edition_shows_is_in_the_ledger(seeded):
    stories = [view.edition.shown for view in list_editions(seeded)]
    behind_lanes = [
        lane.demand.figure for story in stories for lane in story.lanes if lane.demand.kind == "typical"
    ]
    in_words = [count.figure for story in stories for count in story.counts if count.figure]
    shown = [figure.model_dump(mode="json") for figure in behind_lanes + in_words]
    with seeded.read() as session:
        entered = session.scalars(sa.select(LedgerRow).order_by(LedgerRow.id)).all()
    assert len(behind_lanes) > 20
    assert in_words
    published = [row for row in entered if row.went_to.startswith("edition:")]
    assert sorted(map(str, shown)) == sorted(str(row.figure) for row in published)
    assert {row.dataset for row in entered} == {NAME}
    assert {row.went_to for row in entered} == {
        f"{what}:{slug}{number}" for slug in SLUGS for what, number in (("candidate", ""), ("edition", "@1"))
    }


def test_no_count_of_the_demo_had_to_be_left_out(seeded):
    with seeded.read() as session:
        figures = session.scalars(sa.select(LedgerRow.figure)).all()
    assert {figure.get("because") for figure in figures} <= {None, "few"}


def test_an_analyst_who_looks_at_a_draft_spends_nothing_of_the_ledger(seeded):
    before = rows(seeded, LedgerRow), rows(seeded, AuditRow)
    preview(seeded, account(SiteRole.ANALYST), "the-couple")
    assert (rows(seeded, LedgerRow), rows(seeded, AuditRow)) == before


def test_a_draft_is_seen_with_the_demand_quarter_by_quarter(seeded):
    shown = preview(seeded, account(SiteRole.WORKER), "the-couple").shown
    assert shown.axis.calendar
    assert {lane.demand.kind for lane in shown.lanes} >= {"calendar"}


def test_what_a_writer_saw_in_a_draft_is_in_the_ledger_once(seeded):
    before = rows(seeded, LedgerRow), rows(seeded, AuditRow)
    preview(seeded, account(SiteRole.WORKER), "the-couple")
    preview(seeded, account(SiteRole.EXPERT), "the-couple")
    with seeded.read() as session:
        drawn = session.scalars(sa.select(LedgerRow).where(LedgerRow.went_to == "draft:the-couple")).all()
    assert (rows(seeded, LedgerRow), rows(seeded, AuditRow)) == before
    assert len(drawn) > 100
    assert any(row.known == 2 for row in drawn)


def test_under_a_calendar_policy_every_quarter_s_figure_is_put_down_for_the_ledger(seeded):
    worker = account(SiteRole.WORKER)
    version = get_story(seeded, worker, "eighteen-and-out").story.version
    change_story(seeded, worker, "eighteen-and-out", version, date_policy="quarter")
    say_made_up(seeded, worker, "eighteen-and-out")
    candidate = send_for_review(seeded, worker, "eighteen-and-out").candidate
    shown = [
        ((lane.label, label.replace(" ", "-")), figure.model_dump(mode="json"))
        for lane in candidate.shown.lanes
        if lane.demand.kind == "calendar"
        for _, _, label, figure in lane.demand.quarters
    ]
    with seeded.read() as session:
        (kept,) = session.scalars(
            sa.select(CandidateRow.counts).where(CandidateRow.sha256 == candidate.sha256)
        ).all()
    assert len(shown) > 10
    asked = [dict(entry["question"]["keys"]) for entry in kept if entry["question"]["statistic"] == "count"]
    assert [quarter for (_, quarter), _ in shown] == [keys["quarter"] for keys in asked]
    assert [figure for _, figure in shown] == [
        e["figure"] for e in kept if e["question"]["statistic"] == "count"
    ]


def shown_quarter(ctx, slug):
    """A number behind a lane of the newest candidate that nothing else has shown."""
    with ctx.read() as session:
        found = session.scalars(sa.select(LedgerRow)).all()
    mine = {row.question_sha256: row for row in found if row.went_to == f"candidate:{slug}"}
    others = {row.question_sha256 for row in found if row.went_to != f"candidate:{slug}"}
    return next(row for sha256, row in mine.items() if "value" in row.figure and sha256 not in others)


def tell(ctx, row):
    """Puts two parts of the quarter of ``row`` into the ledger, a small hidden one and all but a few of the rest."""
    keys = dict(row.question["keys"])
    year, quarter = keys["quarter"].split("-Q")
    *most, last = (f"{year}-{3 * int(quarter) - 2 + place:02}" for place in range(3))
    rest = asked(agency=keys["agency"], where=[("month", month) for month in most])
    parts = [
        released(asked(agency=keys["agency"], month=last), Suppressed(below=10), version=row.dataset_version),
        released(rest, Count(value=row.figure["value"] - 8, base=1), version=row.dataset_version),
    ]
    with ctx.unit(account(SiteRole.ANALYST)) as unit:
        unit.audit("test", None)
        _write(ctx, unit.session, parts, "elsewhere", row.id)


def forget(ctx, slug):
    """As if the candidate had been frozen before anything was written down for it."""
    with ctx.store.write() as session:
        session.execute(sa.delete(LedgerRow).where(LedgerRow.went_to == f"candidate:{slug}"))


def test_an_edition_with_a_number_that_can_not_be_released_any_more_is_refused_and_says_which(seeded):
    worker, slug = account(SiteRole.WORKER), "eighteen-and-out"
    _agree(seeded, slug, {role: a for a in DEMO_ACCOUNTS for role in a.roles})
    row = shown_quarter(seeded, slug)
    tell(seeded, row)
    forget(seeded, slug)
    with pytest.raises(NotReady) as refused:
        publish_edition(seeded, worker, slug)
    keys = dict(row.question["keys"])
    first, second = map(say, refused.value.reasons)
    assert f"people, {keys['agency']}, {keys['quarter']}" in first
    assert second == "Send the story for review again: these numbers are then left out."
    assert [view.edition.number for view in list_editions(seeded) if view.slug == slug] == [1]


def test_sent_for_review_again_the_number_is_left_out_and_the_edition_can_be_published(seeded):
    worker, slug = account(SiteRole.WORKER), "eighteen-and-out"
    version = get_story(seeded, worker, slug).story.version
    change_story(seeded, worker, slug, version, title="Eighteen and out")
    say_made_up(seeded, worker, slug)
    candidate = send_for_review(seeded, worker, slug).candidate
    figures = [
        figure
        for lane in candidate.shown.lanes
        if lane.demand.kind == "calendar"
        for *_, figure in lane.demand.quarters
    ]
    assert Suppressed(below=10, because="beside") in figures
    _agree(seeded, slug, {role: a for a in DEMO_ACCOUNTS for role in a.roles})
    assert publish_edition(seeded, worker, slug).edition.number == 2


def test_what_was_taken_back_stays_taken_back(seeded):
    withdraw(seeded, account(SiteRole.EXPERT), "the-couple", "P1")
    seed_demo(seeded, STORIES)
    with pytest.raises(Gone):
        open_edition(seeded, "the-couple")
