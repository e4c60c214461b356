"""From a draft to an edition and back, over the web: review, consent, sign-off, sharing, withdrawal."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from storybook.anonymise.consent import Channel
from storybook.services.consent.agree import give_consent
from storybook.services.consent.others import name_other
from storybook.services.context import Actor
from storybook.services.review.candidate import get_candidate
from storybook.services.states import StoryState
from storybook.services.stories.edit import PartKind, change_part
from storybook.services.stories.get_story import get_story
from tests.web.conftest import SLUG, World, send, token

REVIEW = f"/stories/{SLUG}/review/"
CONSENT = f"/stories/{SLUG}/people/P1/consent/"
YES = {
    "team": "a year",
    "partners": "no",
    "web": "a day",
    "web_day": "31 March 2028",
    "understood": "y",
    "sober": "y",
    "unpressured": "y",
    "supporter": "Bev",
}


def state(world: World) -> StoryState:
    return get_story(world.ctx, Actor.operator(), SLUG).state


def sha256(page: str) -> str:
    found = re.search(r'name="sha256" value="([0-9a-f]{64})"', page)
    assert found
    return found[1]


def test_the_whole_way_by_pressing_buttons(world: World) -> None:
    worker, expert, reviewer = (world.client(role) for role in ("worker", "expert", "reviewer"))
    assert send(worker, REVIEW + "send/", page=REVIEW).status_code == 303
    page = expert.get(CONSENT).text
    assert "What we can’t take back" in page
    assert "It was <em>cold</em>." in page
    answer = expert.post(CONSENT, data={"csrf_token": token(page), "sha256": sha256(page), **YES})
    assert answer.status_code == 303
    page = reviewer.get(REVIEW).text
    answer = reviewer.post(
        REVIEW + "sign-off/", data={"csrf_token": token(page), "sha256": sha256(page), "note": "read"}
    )
    assert answer.status_code == 303
    assert state(world) is StoryState.AGREED
    answer = send(worker, f"/stories/{SLUG}/publish/", page=REVIEW)
    assert (answer.status_code, answer.location) == (303, f"/editions/{SLUG}/")
    assert "It is shared now:" in worker.get(REVIEW).text
    assert world.client().get(f"/editions/{SLUG}/").status_code == 200


def test_what_was_agreed_is_kept_as_it_was_said(world: World) -> None:
    world.to_review()
    expert = world.client("expert")
    page = expert.get(CONSENT).text
    expert.post(CONSENT, data={"csrf_token": token(page), "sha256": sha256(page), **YES})
    (given,) = get_candidate(world.ctx, world.actor("expert"), SLUG).consents
    assert (given.person_ref, given.said) == (
        "P1",
        {Channel.TEAM: dt.date(2027, 11, 22), Channel.WEB: dt.date(2028, 3, 31)},
    )
    page = re.sub(r"\s+", " ", expert.get(CONSENT).text)
    assert (
        "The team: people who work on these stories, signed in:</strong> yes, until 22 November 2027" in page
    )
    assert "Partners: the agencies of the programme:</strong> no" in page
    assert "The web: anyone, anywhere:</strong> yes, until 31 March 2028" in page


@pytest.mark.counted
@pytest.mark.parametrize(
    ("changed", "place"),
    [
        ({"web_day": "soon"}, "q-web"),
        ({"web_day": ""}, "q-web"),
        ({"web_day": "March 2028"}, "q-web"),
        ({"web_day": "1 January 2020"}, "q-web"),
        ({"web": "for ever"}, "q-web"),
        ({"sober": ""}, "q-today"),
        ({"supporter": "x" * 501}, "q-support"),
        ({"wishes": "ask the person I name"}, "q-wishes"),
    ],
)
def test_a_consent_that_cannot_be_is_told_beside_its_field(
    world: World, changed: dict[str, object], place: str
) -> None:
    world.to_review()
    expert = world.client("expert")
    page = expert.get(CONSENT).text
    answer = expert.post(CONSENT, data={"csrf_token": token(page), "sha256": sha256(page), **YES, **changed})
    assert answer.status_code == 422
    assert f'href="#{place}"' in answer.text
    assert f'sb-step--first" id="{place}"' in answer.text
    assert get_candidate(world.ctx, world.actor("expert"), SLUG).consents == ()


def test_consent_to_a_text_that_has_changed_since_is_refused(world: World) -> None:
    world.to_review()
    expert = world.client("expert")
    page = expert.get(CONSENT).text
    contact = world.story.contacts[0]
    change_part(
        world.ctx, world.actor("worker"), SLUG, PartKind.CONTACT, contact.id, 1, summary="Another word"
    )
    world.to_review()
    answer = expert.post(CONSENT, data={"csrf_token": token(page), "sha256": sha256(page), **YES})
    assert answer.status_code == 409
    assert "The story has changed since you read it." in answer.text


def test_nobody_agrees_for_somebody_else(world: World) -> None:
    world.to_review()
    for role in ("worker", "reviewer", "analyst", "outsider"):
        assert world.client(role).get(CONSENT).status_code == 403


def test_a_draft_has_nothing_to_agree_to_yet(world: World) -> None:
    page = world.client("expert").get(CONSENT).text
    assert "There is nothing to agree to yet." in page
    assert "don’t share it</button>" not in page
    review = world.client("reviewer").get(REVIEW).text
    assert "This is a draft." in review
    assert "Send for review</button>" not in review


def test_what_identifies_is_listed_with_its_place(world: World) -> None:
    contact = world.story.contacts[0]
    change_part(
        world.ctx,
        world.actor("worker"),
        SLUG,
        PartKind.CONTACT,
        contact.id,
        1,
        summary="Rang 024 7683 3333 from CV1 5FB",
    )
    world.to_review()
    page = world.client("reviewer").get(REVIEW).text
    assert "It can&#39;t be shared while these stand in it." in page
    assert "a postcode" in page
    assert "a phone number" in page


def test_what_is_missing_is_told_to_who_shares_too_early(world: World) -> None:
    world.to_review()
    worker = world.client("worker")
    page = worker.get(REVIEW).text
    assert "Before it can be shared:" in page
    answer = worker.post(f"/stories/{SLUG}/publish/", data={"csrf_token": token(page)})
    assert answer.status_code == 409
    assert "This story can&#39;t be published yet." in answer.text


def test_a_draft_cannot_be_signed_off(world: World) -> None:
    reviewer = world.client("reviewer")
    answer = reviewer.post(
        REVIEW + "sign-off/", data={"csrf_token": token(reviewer.get("/stories/").text), "sha256": "0" * 64}
    )
    assert answer.status_code == 409


def test_a_reviewer_who_wrote_some_of_it_cannot_sign_it_off(world: World) -> None:
    reviewer = world.client("reviewer")
    world.to_review()
    world.ctx.account_session()
    with world.ctx.unit(world.actor("reviewer")) as unit:
        from storybook.services.access import remember_author

        remember_author(unit.session, world.story.id, world.actor("reviewer"))
        unit.audit("wrote")
    assert "Sign it off</button>" not in reviewer.get(REVIEW).text
    answer = reviewer.post(
        REVIEW + "sign-off/", data={"csrf_token": token(reviewer.get("/stories/").text), "sha256": "0" * 64}
    )
    assert answer.status_code == 403
    assert "You helped to write this story" in answer.text


def test_a_person_stops_sharing_with_one_button_and_no_reason(world: World) -> None:
    world.to_published()
    expert, reader = world.client("expert"), world.client()
    assert reader.get(f"/editions/{SLUG}/").status_code == 200
    page = expert.get(CONSENT).text
    assert "Stop sharing</button>" in page
    answer = expert.post(f"/stories/{SLUG}/people/P1/withdraw/", data={"csrf_token": token(page)})
    assert answer.status_code == 200
    assert "It is no longer shared" in answer.text
    for address in (f"/editions/{SLUG}/", f"/editions/{SLUG}/1/"):
        gone = reader.get(address)
        assert gone.status_code == 410
    assert "Ann’s way home" not in reader.get("/").text


def test_taking_back_before_it_is_shared_asks_again(world: World) -> None:
    world.to_agreed()
    expert = world.client("expert")
    answer = send(expert, CONSENT + "take-back/", page=CONSENT)
    assert answer.status_code == 303
    assert state(world) is StoryState.IN_REVIEW
    assert "Yes, ask me the questions" in expert.get(CONSENT).text


def test_sharing_the_same_text_twice_is_refused(world: World) -> None:
    world.to_published()
    worker = world.client("worker")
    page = worker.get(REVIEW).text
    assert "Share it</button>" not in page
    answer = worker.post(f"/stories/{SLUG}/publish/", data={"csrf_token": token(page)})
    assert answer.status_code == 409


def test_a_person_who_is_not_in_the_story_has_no_page(world: World) -> None:
    assert world.client("expert").get(f"/stories/{SLUG}/people/P9/consent/").status_code == 403


def test_consent_given_by_command_shows_on_the_page(world: World) -> None:
    sha = world.to_review()
    give_consent(
        world.ctx,
        world.actor("expert"),
        SLUG,
        person="P1",
        sha256=sha,
        channels=["team"],
        until=dt.date(2027, 1, 2),
    )
    assert re.search(r">\s*Agreed\s*<", world.client("worker").get(REVIEW).text)


def test_everybody_reads_every_word_that_readers_would_see_before_they_agree(world: World) -> None:
    contact = world.story.contacts[0]
    words = {
        "summary": "Slept at the shelter",
        "detail": "A mat by the door.",
        "response": "They found a blanket.",
        "no_response": "The office was shut.",
        "impact": "It felt like a start.",
        "own_words": "I could breathe.",
    }
    change_part(world.ctx, world.actor("worker"), SLUG, PartKind.CONTACT, contact.id, 1, **words)
    person = world.story.people[0]
    change_part(world.ctx, world.actor("worker"), SLUG, PartKind.PERSON, person.id, 1, about="She sings.")
    gap = world.story.gaps[0]
    change_part(world.ctx, world.actor("worker"), SLUG, PartKind.GAP, gap.id, 1, note="Nobody rang back.")
    world.to_review()
    for page in (world.client("expert").get(CONSENT).text, world.client("reviewer").get(REVIEW).text):
        for said in (
            *words.values(),
            "She sings.",
            "Nobody rang back.",
            "It was <em>cold</em>.",
            "Night shelter",
        ):
            assert said in page


def test_a_person_narrows_what_is_shared_in_the_browser(world: World) -> None:
    world.to_published()
    expert = world.client("expert")
    assert "Change my answer" in expert.get(CONSENT).text
    page = expert.get(CONSENT + "answer/").text
    fewer = {**YES, "web": "no"}
    assert (
        expert.post(CONSENT, data={"csrf_token": token(page), "sha256": sha256(page), **fewer}).status_code
        == 303
    )
    assert world.client().get(f"/editions/{SLUG}/").status_code == 410
    page = re.sub(r"\s+", " ", expert.get(CONSENT).text)
    assert "The web: anyone, anywhere:</strong> no" in page


def test_how_far_somebody_agreed_is_not_told_to_others(world: World) -> None:
    world.to_agreed(until=dt.date(2027, 5, 17))
    for role in ("worker", "reviewer", "expert"):
        page = world.client(role).get(REVIEW).text
        assert "Agreed" in page
        assert "17 May 2027" not in page
    assert "17 May 2027" in world.client("expert").get(CONSENT).text


def test_how_somebody_named_is_protected_is_chosen_by_the_reviewer_and_never_guessed(world: World) -> None:
    world.to_review()
    sister = name_other(world.ctx, world.actor("worker"), SLUG, "her sister")
    reviewer = world.client("reviewer")
    assert not re.search(r'name="standing"[^>]*\schecked', reviewer.get(REVIEW).text)
    answer = send(
        reviewer, f"/stories/{SLUG}/others/{sister.id}/settle/", page=REVIEW, why="No name, no age."
    )
    assert answer.status_code == 422
    assert 'href="#standing"' in answer.text
    assert 'value="No name, no age."' in answer.text
    empty = send(reviewer, f"/stories/{SLUG}/others/", page=REVIEW, name=" ")
    assert (empty.status_code, 'href="#name"' in empty.text) == (422, True)


def test_how_somebody_said_yes_to_taking_part_is_never_guessed(world: World) -> None:
    address = f"/stories/{SLUG}/people/P1/taking-part/"
    worker = world.client("worker")
    assert not re.search(r'name="how"[^>]*\schecked', worker.get(address).text)
    answer = send(worker, address, said_on="3 March 2026")
    assert (answer.status_code, 'href="#how"' in answer.text) == (422, True)
    assert send(worker, address, said_on="3 March 2026", how="aloud").status_code == 303
