"""How many people a story could be: said to its reviewer, in bands, and to nobody else."""

from __future__ import annotations

import datetime as dt
import threading

import pytest
import sqlalchemy as sa

from storybook.anonymise.risk.changes import Plan, plans
from storybook.linked.dataset.mapping import About, ColumnMapping, Terms, Wishes
from storybook.linked.loading.load import load
from storybook.services.consent.agree import give_consent
from storybook.services.editions.shown import open_edition
from storybook.services.errors import NotReady
from storybook.services.jobs import Job, list_jobs
from storybook.services.review.candidate import get_candidate
from storybook.services.stories.edit import PartKind, change_part, change_story
from storybook.services.stories.get_story import get_story
from storybook.services.worker import work
from storybook.store.tables import RiskRow
from storybook.story.clock import FixedClock
from tests.web.conftest import NOON, SLUG, World, send
from tests.web.way import Way

REVIEW = f"/stories/{SLUG}/review/"
RISK = REVIEW + "risk/"


def linked(world: World, folder, alike: int = 12) -> None:
    """Rows in which ``alike`` people were at the shelter in April and at the surgery in May; one more in June."""
    bring_in(world, folder, alike)
    _link_story(world)


def bring_in(
    world: World, folder, alike: int, more: tuple[str, ...] = (), *, ends: dt.date | None = None
) -> None:
    rows = [f"P{n},2016-04-0{n % 9 + 1},Shelter" for n in range(alike)]
    rows += [f"P{n},2016-05-03,Surgery" for n in range(alike)]
    rows += ["Q,2016-04-03,Shelter", "Q,2016-06-03,Surgery"]
    path = folder / "rows.csv"
    path.write_text("\n".join(["who,when,where", *rows, *more]) + "\n", encoding="utf-8")
    about = About(synthetic=ends is None, sectors={"Shelter": "housing", "Surgery": "health"})
    wishes = Wishes(terms=Terms(partner="Shelter", agreement="A1", ends=ends)) if ends else None
    mapping = ColumnMapping(person="who", date="when", agency="where")
    load(world.ctx.data_root, "rows", [path], mapping, FixedClock(NOON), about=about, wishes=wishes)


def _link_story(world: World) -> None:
    worker = world.actor("worker")
    story = get_story(world.ctx, worker, SLUG).story
    change_story(world.ctx, worker, SLUG, story.version, dataset="rows")
    names = {"night-shelter": "Shelter", "surgery": "Surgery"}
    for agency in story.agencies:
        name = names[agency.ref]
        change_part(world.ctx, worker, SLUG, PartKind.AGENCY, agency.id, agency.version, dataset_agency=name)


def measured(world: World) -> None:
    """Sends the story for review and lets the worker do what is in the queue."""
    world.to_review()
    work(world.ctx, threading.Event(), once=True)


def measurings(world: World) -> list[Job]:
    """The long work that measures; looking through the names is another."""
    return [job for job in list_jobs(world.ctx, world.actor("worker")) if job.kind == "measure risk"]


def test_without_data_it_is_not_measured_which_is_no_pass(world: World) -> None:
    world.to_review()
    page = world.client("reviewer").get(REVIEW).text

    assert "Not measured: this story is not linked to data. That is not a pass." in page
    assert "This excludes people who already know you." in page


def test_without_data_it_is_said_what_to_do_next(world: World) -> None:
    world.to_review()
    page = world.client("reviewer").get(RISK).text

    assert "What to do next: try to recognise the people yourself." in page
    assert f'href="/stories/{SLUG}/rehearsal/"' in page


def test_a_draft_is_not_measured(world: World) -> None:
    assert world.client("reviewer").get(RISK).status_code == 409


@pytest.mark.parametrize("role", ["worker", "expert"])
def test_nobody_but_the_reviewer_is_told(world: World, role: str) -> None:
    world.to_review()
    client = world.client(role)

    assert "How many people could this be?" not in client.get(REVIEW).text
    assert client.get(RISK).status_code == 403
    assert client.get(RISK + "1/").status_code == 403


def test_it_is_measured_by_a_worker_while_nobody_waits_for_a_page(world: World, tmp_path) -> None:
    linked(world, tmp_path)
    world.to_review()
    reviewer = world.client("reviewer")

    assert (
        "Not measured yet: it is being worked out. Until then it is not a pass." in reviewer.get(REVIEW).text
    )
    waiting = reviewer.get(RISK)
    assert "You can leave this page and come back." in waiting.text
    assert reviewer.get(RISK, headers={"HX-Request": "true"}).status_code == 200
    assert send(reviewer, RISK + "measure/", page=REVIEW).status_code == 303
    assert len(measurings(world)) == 1
    assert list_jobs(world.ctx, world.actor("reviewer")) == ()

    work(world.ctx, threading.Event(), once=True)
    there = reviewer.get(RISK, headers={"HX-Request": "true"})
    assert (there.status_code, there.headers["HX-Redirect"]) == (204, RISK + "?target=10")
    assert "At least 11 people in the data have a path like this" in reviewer.get(RISK).text


def test_when_the_data_have_changed_it_is_measured_again(world: World, tmp_path) -> None:
    linked(world, tmp_path)
    measured(world)
    bring_in(world, tmp_path, alike=3)
    reviewer = world.client("reviewer")

    assert "Not measured yet, or not since the data changed. That is not a pass." in reviewer.get(REVIEW).text
    assert send(reviewer, RISK + "measure/", page=RISK).location.endswith(RISK)
    work(world.ctx, threading.Event(), once=True)
    assert "Fewer than 10 people in the data have a path like this." in reviewer.get(REVIEW).text


def test_when_the_agreement_for_the_data_has_ended_nothing_that_was_measured_counts(
    world: World, tmp_path
) -> None:
    bring_in(world, tmp_path, alike=12, ends=dt.date(2026, 12, 1))
    _link_story(world)
    measured(world)
    reviewer = world.client("reviewer")
    page = reviewer.get(REVIEW).text
    assert "At least 11 people in the data have a path like this" in page
    assert "made-up people" not in page[page.index("risk-head") :]

    world.clock.advance(dt.timedelta(days=14))
    for address in (REVIEW, RISK):
        page = reviewer.get(address).text
        assert "the agreement for the data behind this story has ended" in page
        assert "At least 11" not in page
    assert send(reviewer, RISK + "measure/", page=REVIEW).status_code == 409


def test_measuring_that_breaks_off_is_said_and_can_be_begun_again(world: World, tmp_path) -> None:
    linked(world, tmp_path)
    rows = world.ctx.data_root.glob("rows/*/contacts.parquet")
    path = next(rows)
    whole = path.read_bytes()
    path.write_bytes(whole[:100])
    measured(world)
    reviewer = world.client("reviewer")
    for address in (REVIEW, RISK):
        assert "Not measured: measuring it stopped before its end." in reviewer.get(address).text

    path.write_bytes(whole)
    send(reviewer, RISK + "measure/", page=RISK)
    assert "it is being worked out" in reviewer.get(RISK).text
    work(world.ctx, threading.Event(), once=True)
    assert "At least 11 people in the data have a path like this" in reviewer.get(RISK).text


def test_measuring_is_stopped_from_the_panel_whoever_began_it(world: World, tmp_path) -> None:
    linked(world, tmp_path)
    world.to_review()
    reviewer = world.client("reviewer")
    assert "If you stop it, this story is not measured." in reviewer.get(RISK).text

    assert send(reviewer, RISK + "stop/", page=RISK).status_code == 303
    page = reviewer.get(RISK).text
    assert "Measuring is stopped. What was found by then stays." in page
    assert "Not measured: somebody stopped it before its end." in page
    assert "somebody stopped it" in reviewer.get(REVIEW).text
    work(world.ctx, threading.Event(), once=True)
    assert [job.state for job in measurings(world)] == ["cancelled"]

    send(reviewer, RISK + "stop/", page=RISK)
    assert "Measuring is stopped." not in reviewer.get(RISK).text
    send(reviewer, RISK + "measure/", page=RISK)
    work(world.ctx, threading.Event(), once=True)
    assert "At least 11 people in the data have a path like this" in reviewer.get(RISK).text


def test_what_is_stopped_half_way_keeps_what_was_measured(world: World, tmp_path, monkeypatch) -> None:
    """Stopped while it looks for changes: the bands are there, and only the changes are looked for again."""
    linked(world, tmp_path)
    world.to_review()
    reviewer = world.client("reviewer")

    def stopped_by_the_reviewer(*said: object) -> tuple[Plan, ...]:
        now = reviewer.get(RISK, query_string={"seen": "nothing"}, headers={"HX-Request": "true"})
        assert (now.status_code, now.headers["HX-Redirect"]) == (204, RISK + "?target=10")
        assert "Stop looking for changes" in reviewer.get(RISK).text
        send(reviewer, RISK + "stop/", page=RISK)
        assert "Look for changes that help" in reviewer.get(RISK).text
        return plans(*said)

    monkeypatch.setattr("storybook.services.risk.measure.plans", stopped_by_the_reviewer)
    work(world.ctx, threading.Event(), once=True)
    assert [job.state for job in measurings(world)] == ["cancelled"]
    page = reviewer.get(RISK).text
    assert "At least 11 people in the data have a path like this" in page
    assert "Nobody has looked yet, to the end, for the smallest changes" in page

    monkeypatch.undo()
    send(reviewer, RISK + "measure/", page=RISK)
    work(world.ctx, threading.Event(), once=True)
    assert "nothing has to change" in reviewer.get(RISK).text


def test_a_story_that_was_changed_in_the_meantime_is_not_measured(world: World, tmp_path) -> None:
    linked(world, tmp_path)
    world.to_review()
    story = get_story(world.ctx, world.actor("worker"), SLUG).story
    change_story(world.ctx, world.actor("worker"), SLUG, story.version, title="Another")
    work(world.ctx, threading.Event(), once=True)

    (job,) = measurings(world)
    assert (job.state, job.outcome) == ("done", "There is nothing to measure any more.")


def test_what_was_measured_is_kept_when_the_rest_is_done_again(world: World, tmp_path) -> None:
    linked(world, tmp_path)
    measured(world)
    with world.ctx.store.write() as session:
        (row,) = session.scalars(sa.select(RiskRow))
        row.plans, first = {}, row.id
    reviewer = world.client("reviewer")

    send(reviewer, RISK + "measure/", page=RISK)
    work(world.ctx, threading.Event(), once=True)
    with world.ctx.read() as session:
        assert [(row.id, sorted(row.plans)) for row in session.scalars(sa.select(RiskRow))] == [
            (first, ["10", "11"])
        ]


def test_what_can_not_be_read_any_more_is_measured_again(world: World, tmp_path) -> None:
    """Words taken out everywhere may be words that it can't be read without."""
    linked(world, tmp_path)
    measured(world)
    with world.ctx.store.write() as session:
        (row,) = session.scalars(sa.select(RiskRow))
        row.body = {"taken out": True}
    reviewer = world.client("reviewer")

    assert "Not measured yet" in reviewer.get(RISK).text
    send(reviewer, RISK + "measure/", page=RISK)
    work(world.ctx, threading.Event(), once=True)
    assert "At least 11 people" in reviewer.get(RISK).text


def test_without_data_nothing_can_be_measured(world: World) -> None:
    world.to_review()

    assert send(world.client("reviewer"), RISK + "measure/", page=REVIEW).status_code == 409


def test_a_path_that_many_have_reaches_the_target(world: World, tmp_path) -> None:
    linked(world, tmp_path)
    measured(world)
    page = world.client("reviewer").get(REVIEW).text

    assert "At least 11 people in the data have a path like this" in page
    assert "Ann: all of it together fits 10 or more people (in the whole city: not measured)." in page
    assert "nothing has to change" in world.client("reviewer").get(RISK).text
    assert "The data is synthetic: made-up people." in page


def test_a_path_that_few_have_is_said_in_plain_words_with_what_would_help(world: World, tmp_path) -> None:
    linked(world, tmp_path, alike=3)
    measured(world)
    reviewer = world.client("reviewer")
    page = reviewer.get(REVIEW).text
    assert "Fewer than 10 people in the data have a path like this." in page
    assert (
        "someone who knows any one of these contacts and the month would be left with 2 to 4 people" in page
    )

    risk = reviewer.get(RISK)
    assert risk.status_code == 200
    assert "We found no change that reaches it." in risk.text
    assert "Contacts that carry the risk" in risk.text
    assert "What to do next: no small change is enough." in risk.text
    assert "What gaps, hand-offs and the words tell is not" in risk.text
    assert reviewer.get(RISK + "1/").status_code == 404
    assert reviewer.get(RISK + "?target=3").status_code == 404


def test_a_suggestion_shows_what_it_costs_and_changes_nothing(world: World, tmp_path) -> None:
    linked(world, tmp_path, alike=9)
    bring_in(world, tmp_path, 9, tuple(f"R{n},2016-09-03,Shelter" for n in range(4)))
    measured(world)
    reviewer, before = world.client("reviewer"), get_story(world.ctx, world.actor("worker"), SLUG).story

    assert "Gives up 13% of what the story tells." in reviewer.get(RISK).text
    assert "Show dates by quarter of the year." in reviewer.get(RISK + "1/").text
    preview = reviewer.get(RISK + "3/").text
    assert "Leave out 1 contact." in preview
    assert "Saw a doctor" in preview
    assert "At least 11 people in the data have a path like this" in preview
    assert "Nothing is changed by looking." in preview
    assert get_story(world.ctx, world.actor("worker"), SLUG).story == before


# --- what it asks of the sign-off


def agreed_by_ann(world: World) -> str:
    sha256 = get_candidate(world.ctx, world.actor("worker"), SLUG).sha256
    how = {"person": "P1", "sha256": sha256, "channels": ["web"], "until": dt.date(2027, 11, 22)}
    give_consent(world.ctx, world.actor("expert"), SLUG, **how)
    return sha256


def shared_word(world: World) -> str:
    assert send(world.client("worker"), f"/stories/{SLUG}/publish/", page=REVIEW).status_code == 303
    return open_edition(world.ctx, SLUG).edition.manifest.risk


def test_a_target_that_is_reached_is_met_in_the_manifest(world: World, tmp_path) -> None:
    linked(world, tmp_path)
    measured(world)
    sha256 = agreed_by_ann(world)
    send(world.client("reviewer"), REVIEW + "sign-off/", page=REVIEW, sha256=sha256, note="", reasons="")

    assert shared_word(world) == "met"


def test_one_that_is_not_needs_the_reviewers_reasons_and_the_manifest_says_so(world: World, tmp_path) -> None:
    linked(world, tmp_path, alike=3)
    measured(world)
    sha256, reviewer = agreed_by_ann(world), world.client("reviewer")
    send(reviewer, REVIEW + "sign-off/", page=REVIEW, sha256=sha256, note="", reasons=" ")
    page = reviewer.get(REVIEW).text
    assert "Fewer than 11 people fit this story: the reviewer has to write down why" in page

    send(reviewer, REVIEW + "sign-off/", page=REVIEW, sha256=sha256, note="", reasons="Ann is made up.")
    assert shared_word(world) == "overridden with reasons"
    outside = world.client().get(f"/editions/{SLUG}/").text
    assert "Ann is made up." not in outside
    assert "2 to 4" not in outside


def test_of_a_real_story_the_lead_is_asked_on_the_review_page(world: World) -> None:
    way = Way(world)
    way.signed_by_the_reviewer_alone()
    lead = world.client("lead")
    page = lead.get(REVIEW).text
    assert "For the open web at least 11 people have to fit" in page
    assert "sign-off/lead/" not in world.client("reviewer").get(REVIEW).text

    assert send(lead, REVIEW + "sign-off/lead/", page=REVIEW, sha256=way.sha256).status_code == 303
    assert "sign-off/lead/" not in lead.get(REVIEW).text
    assert shared_word(world) == "not measured"


def test_a_real_story_with_data_is_measured_before_it_is_shared(world: World, tmp_path) -> None:
    linked(world, tmp_path)
    way = Way(world)
    way.agreed()
    with pytest.raises(NotReady, match="It is still to be measured how many people this could be"):
        way.publishes("worker")
    work(world.ctx, threading.Event(), once=True)
    assert way.publishes("worker").edition.manifest.risk == "met"
