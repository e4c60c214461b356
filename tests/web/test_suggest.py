"""A change that a reviewer suggests: sent with its cost, made by the writer with one press, or refused and why."""

from __future__ import annotations

import re

import pytest
import sqlalchemy as sa

from storybook.services.errors import NotAllowed, NotFound, NotNow
from storybook.services.risk.suggest import make_suggested, sent_suggestions, suggest, suggestions_to
from storybook.services.stories.edit import PartKind, change_part, change_story
from storybook.services.stories.get_story import get_story
from storybook.store.tables import AuditRow, SuggestionRow
from storybook.story.ids import new_id
from storybook.story.model import Story
from tests.web.conftest import SLUG, World, send
from tests.web.test_risk import RISK, bring_in, linked, measured

STORY = f"/stories/{SLUG}/"
#: Of three suggestions the first shows quarters, the second years, and the third leaves the doctor out.
QUARTERS, LEAVE_OUT = 1, 3


@pytest.fixture
def world_with_plans(world: World, tmp_path) -> World:
    linked(world, tmp_path, alike=9)
    bring_in(world, tmp_path, 9, tuple(f"R{n},2016-09-03,Shelter" for n in range(4)))
    measured(world)
    return world


def story_of(world: World) -> Story:
    return get_story(world.ctx, world.actor("worker"), SLUG).story


def sends(world: World, number: int = LEAVE_OUT) -> str:
    """The reviewer presses the button; the address of what the writer finds."""
    page = RISK + f"{number}/"
    sha256 = re.search(r'name="sha256" value="(\w+)"', world.client("reviewer").get(page).text)
    assert sha256
    sent = send(world.client("reviewer"), page + "suggest/", page=page, sha256=sha256[1])
    assert (sent.status_code, sent.location) == (303, RISK + "?target=10#sent")
    newest = sent_suggestions(world.ctx, world.actor("reviewer"), SLUG)[0]
    return f"{STORY}suggestions/{newest.id}/"


def test_the_writer_finds_it_on_the_story_with_its_cost_and_makes_it_with_one_press(
    world_with_plans: World,
) -> None:
    world, worker = world_with_plans, world_with_plans.client("worker")
    address, before = sends(world), story_of(world)
    sent = world.client("reviewer").get(RISK).text
    assert ["What to do next: wait for the writer." in sent, 'id="sent" tabindex="-1"' in sent] == [
        True,
        True,
    ]
    assert "A reviewer suggests a change" in worker.get("/stories/").text
    shown = worker.get(STORY).text
    assert ["The reviewer suggests a change" in shown, "Leave out 1 contact." in shown] == [True, True]
    preview = worker.get(address).text
    assert ["Saw a doctor" in preview, "at least 10 people in the data" in preview] == [True, True]
    assert story_of(world) == before

    assert send(worker, address + "make/", page=address).location == STORY
    view = get_story(world.ctx, world.actor("worker"), SLUG)
    told = {contact.summary: contact.not_telling for contact in view.story.contacts}
    assert (view.state, told["Saw a doctor"], sum(told.values())) == ("draft", True, 1)
    versions = {c.summary: c.version for c in view.story.contacts}
    assert [versions[c.summary] - c.version for c in before.contacts] == [
        int(c.summary == "Saw a doctor") for c in before.contacts
    ]
    assert "suggests a change" not in worker.get(STORY).text + worker.get("/stories/").text
    assert send(worker, address + "make/", page=STORY).status_code == 409


def test_an_agency_that_a_gap_still_names_is_said_before_the_change_is_made(world_with_plans: World) -> None:
    worker = world_with_plans.client("worker")
    doctor, quarters = (worker.get(sends(world_with_plans, plan)).text for plan in (LEAVE_OUT, QUARTERS))
    assert "Still named without a contact: Surgery." in doctor
    assert "Still named without a contact" not in quarters


def test_dates_are_shown_more_coarsely_where_that_was_suggested_and_others_are_overtaken(
    world_with_plans: World,
) -> None:
    world, worker = world_with_plans, world_with_plans.client("worker")
    sends(world)
    address = sends(world, QUARTERS)
    assert sends(world, QUARTERS) == address
    assert "suggests changes: choose one" in worker.get(STORY).text
    send(worker, address + "make/", page=address)

    assert (story_of(world).date_policy, worker.get(address).status_code) == ("quarter", 409)
    with world.ctx.read() as session:
        assert sorted(session.scalars(sa.select(SuggestionRow.state))) == ["made", "overtaken"]


def test_a_no_has_a_reason_that_the_reviewer_reads_and_changes_nothing(world_with_plans: World) -> None:
    world, worker, reviewer = world_with_plans, *map(world_with_plans.client, ("worker", "reviewer"))
    address, before = sends(world), get_story(world.ctx, world.actor("worker"), SLUG)
    for said, wrong in ((" ", "There is no reason."), ("x" * 1001, "That is too long.")):
        refused = send(worker, address + "no/", page=address, reason=said)
        assert (refused.status_code, wrong in refused.text) == (422, True)

    assert send(worker, address + "no/", page=address, reason="It is the turning point.").status_code == 303
    after = get_story(world.ctx, world.actor("worker"), SLUG)
    assert (after.story, after.state) == (before.story, before.state)
    page = reviewer.get(RISK).text
    assert ["They said no" in page, "It is the turning point." in page] == [True, True]
    assert "turning point" not in worker.get(STORY).text + world.client("expert").get(STORY).text


def test_the_trail_says_what_was_done_and_nothing_of_it(world_with_plans: World) -> None:
    world = world_with_plans
    address = sends(world)
    send(world.client("worker"), address + "no/", page=address, reason="It is the turning point.")
    send(world.client("worker"), sends(world, QUARTERS) + "make/", page=STORY)
    with world.ctx.read() as session:
        trail = [row.action for row in session.scalars(sa.select(AuditRow).order_by(AuditRow.id))]
    assert [one for one in trail if "suggest" in one] == [
        "suggest a change",
        "refuse a suggested change",
        "suggest a change",
        "make a suggested change",
    ]


def test_the_writer_learns_no_number_and_nobody_else_anything(world_with_plans: World) -> None:
    world = world_with_plans
    address = sends(world)
    with world.ctx.read() as session:
        (row,) = session.scalars(sa.select(SuggestionRow))
        assert (row.plan["risk"]["levels"], row.plan["risk"]["cohort"]) == ([], "")
    for said in ("2 to 4", "5 to 9", "At least 11", "Fewer than 10"):
        assert said not in world.client("worker").get(address).text
    assert world.client("expert").get(address).status_code == 200
    for who in ("reviewer", "outsider", "analyst"):
        assert world.client(who).get(address).status_code == 403
    assert suggestions_to(world.ctx, world.actor("reviewer"), SLUG) == ()


def test_what_is_sent_fits_the_text_that_was_measured_and_only_a_reviewer_sends(
    world_with_plans: World,
) -> None:
    world = world_with_plans
    ctx, reviewer, worker = world.ctx, *map(world.actor, ("reviewer", "worker"))
    for refused, actor in ((NotAllowed, worker), (NotNow, reviewer)):
        with pytest.raises(refused):
            suggest(ctx, actor, SLUG, 1, sha256="0" * 64)
    sends(world)
    sha256 = re.search(r'name="sha256" value="(\w+)"', world.client("reviewer").get(RISK + "1/").text)
    assert sha256
    with pytest.raises(NotFound):
        suggest(ctx, reviewer, SLUG, 9, sha256=sha256[1])
    change_story(ctx, worker, SLUG, story_of(world).version, title="Another")
    with pytest.raises(NotNow, match="This story is a draft"):
        suggest(ctx, reviewer, SLUG, 1, sha256=sha256[1])
    with pytest.raises(NotFound):
        make_suggested(ctx, worker, SLUG, new_id())


def test_it_stays_while_what_it_is_about_is_told_and_no_longer(world_with_plans: World) -> None:
    world, worker = world_with_plans, world_with_plans.actor("worker")
    address = sends(world)
    change_story(world.ctx, worker, SLUG, story_of(world).version, title="Another")
    assert len(suggestions_to(world.ctx, worker, SLUG)) == 1

    doctor = next(one for one in story_of(world).contacts if one.summary == "Saw a doctor")
    change_part(world.ctx, worker, SLUG, PartKind.CONTACT, doctor.id, doctor.version, not_telling=True)
    assert suggestions_to(world.ctx, worker, SLUG) == ()
    assert "suggests a change" not in world.client("worker").get("/stories/").text
    assert world.client("worker").get(address).status_code == 409


def test_a_reviewer_takes_back_what_was_not_answered(world_with_plans: World) -> None:
    world, reviewer = world_with_plans, world_with_plans.client("reviewer")
    back = sends(world).replace(STORY, f"{STORY}review/") + "take-back/"
    assert "Not answered yet" in reviewer.get(RISK).text
    assert [send(reviewer, back, page=RISK).status_code for _ in range(2)] == [303, 409]
    assert "Taken back" in reviewer.get(RISK).text
    assert suggestions_to(world.ctx, world.actor("worker"), SLUG) == ()
