"""The ways on for the open web: kept off it, or the information-governance lead asked, who signs or says no."""

from __future__ import annotations

import datetime as dt

import pytest

from storybook.anonymise.consent import COOLING_OFF
from storybook.services.accounts import add_account
from storybook.services.consent.agree import sign_off
from storybook.services.consent.second_look import second_look
from storybook.services.consent.taking_part import Said
from storybook.services.editions.shown import editions_of, open_edition
from storybook.services.errors import NotReady
from storybook.services.permissions import Action, Actor, SiteRole
from storybook.services.review.candidate import send_for_review
from storybook.services.stories.get_story import get_story
from storybook.services.stories.save_story import save_story
from tests.web.conftest import SLUG, World, ann, send
from tests.web.way import REASONS, Way

REVIEW = f"/stories/{SLUG}/review/"
WEB, ASK, SIGN, NO = (REVIEW + end for end in ("web/", "web/lead/", "sign-off/lead/", "sign-off/lead/no/"))
NEEDED = "For the open web at least 11 people have to fit"


@pytest.fixture
def way(world: World) -> Way:
    """A real story that everybody agreed to, for partners and the web, and that the reviewer signed off."""
    way = Way(world)
    way.yes("partners", "web")
    world.clock.advance(COOLING_OFF)
    second_look(way.ctx, way.expert, SLUG, person="P1", sha256=way.sha256)
    sign_off(way.ctx, way.reviewer, SLUG, sha256=way.sha256, reasons=REASONS)
    add_account(way.ctx, Actor.operator(), "new@test.example", name="Nia", roles=[SiteRole.LEAD])
    return way


def presses(way: Way, who: str, address: str, **fields: str) -> int:
    return send(way.world.client(who), address, page=REVIEW, **{"sha256": way.sha256, **fields}).status_code


def test_whoever_may_share_it_is_shown_three_ways_on_and_the_person_none(way: Way) -> None:
    worker, reviewer, expert = (
        way.world.client(who).get(REVIEW).text for who in ("worker", "reviewer", "expert")
    )

    for page in (worker, reviewer):
        assert [one in page for one in ("Keep it off the open web", "Change it until 11", "Whom to ask")] == [
            True
        ] * 3
    assert "See the smallest changes" in reviewer
    assert "See the smallest changes" not in worker
    assert "The open web" not in expert


def test_kept_off_the_web_it_goes_to_the_others_at_once(way: Way) -> None:
    assert presses(way, "worker", WEB, off="yes") == 303
    assert get_story(way.ctx, way.worker, SLUG).state == "agreed"
    assert [str(one) for one in way.publishes("worker").channels] == ["partners"]

    assert open_edition(way.ctx, SLUG, channel="partners").edition is not None
    assert way.world.client().get(f"/editions/{SLUG}/").status_code == 404


def test_it_can_be_meant_for_the_web_again_and_then_asks_for_the_lead(way: Way) -> None:
    presses(way, "worker", WEB, off="yes")
    assert presses(way, "reviewer", WEB, off="no") == 303
    with pytest.raises(NotReady, match=NEEDED):
        way.publishes("worker")


@pytest.mark.counted
def test_a_lead_who_is_asked_finds_it_in_their_list_reads_it_and_signs(way: Way) -> None:
    lead = way.world.client("new")
    assert lead.get(REVIEW).status_code == 403
    assert "Waiting for your word" not in lead.get("/stories/").text

    assert presses(way, "worker", ASK, lead=str(way.new.id)) == 303
    assert presses(way, "worker", ASK, lead=str(way.new.id)) == 303
    assert lead.get("/stories/").text.count("Waiting for your word") == 1
    assert "Not answered yet." in way.world.client("reviewer").get(REVIEW).text

    assert presses(way, "new", SIGN) == 303
    assert [one in lead.get("/stories/").text for one in ("Waiting for your word", SLUG)] == [False, False]
    assert lead.get(REVIEW).status_code == 403
    assert {str(one) for one in way.publishes("worker").channels} == {"partners", "web"}
    assert presses(way, "lead", NO, reasons="Too late") == 409


def test_who_is_asked_reads_until_they_answer_and_does_no_more_than_that(way: Way) -> None:
    lead, there = (
        way.world.client("new"),
        (f"/stories/{SLUG}/", REVIEW, REVIEW + "risk/", REVIEW + "findings/"),
    )
    presses(way, "worker", ASK, lead=str(way.new.id))
    reads = [get_story(way.ctx, way.new, SLUG).can(one) for one in Action if one.name.startswith("READ_")]
    assert all(reads)
    assert SLUG in lead.get("/stories/").text
    assert {str(role) for role in get_story(way.ctx, way.new, SLUG).access.roles} == {"lead"}
    for action in (Action.EDIT, Action.REHEARSE, Action.SIGN_OFF, Action.PUBLISH, Action.CHOOSE_WEB):
        assert not get_story(way.ctx, way.new, SLUG).can(action)

    answered = send(lead, NO, page=REVIEW, sha256=way.sha256, reasons="Not yet.")
    assert (answered.status_code, answered.location) == (303, "/stories/")
    assert {lead.get(address).status_code for address in there if "findings" not in address} == {403}


def test_where_it_is_changed_nobody_was_asked_and_nobody_reads_it(way: Way) -> None:
    presses(way, "worker", ASK, lead=str(way.new.id))
    way.read_again_after_a_change_of_title()
    assert way.world.client("new").get(REVIEW).status_code == 403


def test_a_lead_says_no_with_a_reason_and_no_other_lead_is_asked(way: Way) -> None:
    presses(way, "worker", ASK, lead=str(way.new.id))
    refused = send(way.world.client("new"), NO, page=REVIEW, sha256=way.sha256, reasons=" ")
    assert refused.status_code == 422
    assert "There is no reason. Write down why it may not go onto the web." in refused.text

    assert presses(way, "new", NO, reasons="The court case was in the papers.") == 303
    said = {
        who: "was in the papers" in way.world.client(who).get(REVIEW).text for who in ("worker", "expert")
    }
    assert said == {"worker": True, "expert": False}
    assert presses(way, "lead", SIGN) == presses(way, "worker", ASK, lead=str(way.lead.id)) == 409
    with pytest.raises(NotReady, match="lead said no to the open web"):
        way.publishes("worker")
    assert "Ask Nia again" in way.world.client("worker").get(REVIEW).text
    assert presses(way, "worker", ASK, lead=str(way.new.id)) == 303
    assert presses(way, "new", SIGN) == 303
    assert get_story(way.ctx, way.worker, SLUG).state == "agreed"


def test_one_changed_character_is_kept_off_nothing_and_nobody_was_asked(way: Way) -> None:
    before = way.sha256
    presses(way, "worker", WEB, off="yes")
    presses(way, "worker", ASK, lead=str(way.new.id))
    way.read_again_after_a_change_of_title()

    assert presses(way, "worker", WEB, off="yes", sha256=before) == 409
    assert presses(way, "worker", ASK, lead=str(way.new.id), sha256=before) == 409
    assert "Waiting for your word" not in way.world.client("new").get("/stories/").text
    assert "kept off the open web" not in way.world.client("worker").get(REVIEW).text


def test_nobody_is_asked_who_is_no_lead_or_who_signed_it_off_and_a_person_chooses_nothing(way: Way) -> None:
    for forged in (way.reviewer, way.worker, way.expert):
        assert presses(way, "worker", ASK, lead=str(forged.id)) == 422
    assert presses(way, "worker", ASK, lead="") == 422
    for who in ("expert", "outsider", "analyst"):
        assert presses(way, who, WEB, off="yes") == presses(way, who, ASK, lead=str(way.new.id)) == 403


# --- what an intruder tries


@pytest.fixture
def another(way: Way) -> str:
    """The hash of another story in review, of the same worker and reviewer."""
    permissions = {"P1": Said(dt.date(2026, 11, 1))}
    told = ann().model_copy(update={"slug": "another", "fictional": False, "title": "Another"})
    save_story(way.ctx, way.worker, told, permissions)
    return send_for_review(way.ctx, way.worker, "another").sha256


def test_the_hash_of_another_story_signs_asks_and_keeps_nothing(way: Way, another: str) -> None:
    tried = [(WEB, "worker", {"off": "yes"}), (ASK, "worker", {"lead": str(way.new.id)})]
    tried += [(SIGN, "lead", {}), (NO, "lead", {"reasons": "No."}), (REVIEW + "sign-off/", "reviewer", {})]
    for address, who, fields in tried:
        assert presses(way, who, address, sha256=another, **fields) == 409, address
        assert presses(way, who, address, sha256="", **fields) == 409, address
    with pytest.raises(NotReady, match=NEEDED):
        way.publishes("worker")


def test_a_lead_of_one_story_is_nobody_in_another(way: Way, another: str) -> None:
    presses(way, "worker", ASK, lead=str(way.new.id))
    client = way.world.client("new")
    elsewhere = REVIEW.replace(SLUG, "another")
    assert client.get(elsewhere).status_code == client.get(elsewhere + "risk/").status_code == 403
    for end in ("sign-off/lead/", "sign-off/lead/no/", "web/", "web/lead/"):
        assert send(client, elsewhere + end, page=REVIEW, sha256=another, reasons="x").status_code == 403


def test_what_two_tabs_send_twice_is_done_once_and_an_older_tab_does_nothing(way: Way) -> None:
    before = way.sha256
    publish = f"/stories/{SLUG}/publish/"
    presses(way, "worker", WEB, off="yes")
    presses(way, "reviewer", WEB, off="yes")
    assert [presses(way, "worker", publish) for _ in range(2)] == [303, 409]

    way.read_again_after_a_change_of_title()
    for off in ("yes", "no"):
        assert presses(way, "worker", WEB, off=off, sha256=before) == 409
    assert presses(way, "worker", publish) == 409
    assert len(editions_of(way.ctx, way.worker, SLUG)) == 1


def test_the_lead_answers_only_while_what_was_agreed_holds(way: Way) -> None:
    way.world.clock.advance(dt.timedelta(days=500))
    assert presses(way, "lead", SIGN) == 303
    with pytest.raises(NotReady, match="consent has ended"):
        way.publishes("worker")
    assert "There are three ways on." not in way.world.client("worker").get(REVIEW).text
