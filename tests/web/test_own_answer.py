"""A person's own answer in the browser: one question at a time, nothing ticked for them, a no as near as a yes."""

from __future__ import annotations

import re

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from storybook.services.review.candidate import get_candidate
from storybook.store.tables import AuditRow
from tests.web.conftest import World, send, token
from tests.web.test_review import CONSENT, REVIEW, YES, sha256

ANSWER = CONSENT + "answer/"


@pytest.fixture
def asked(world: World) -> World:
    world.to_review()
    return world


def plain(page: str) -> str:
    return re.sub(r"\s+", " ", page)


def answered(expert: FlaskClient, **said: str) -> str:
    """The page with all answers to look at."""
    page = expert.get(ANSWER).text
    answer = expert.post(ANSWER, data={"csrf_token": token(page), "sha256": sha256(page), **YES, **said})
    assert answer.status_code == 200
    return str(answer.text)


def test_nothing_is_ticked_before_the_person_ticks_it(asked: World) -> None:
    page = asked.client("expert").get(ANSWER).text
    assert page.count('type="radio"') == 4 * 4 + 5 + 4
    assert not re.search(r"\schecked\b", page)


def test_all_answers_are_seen_once_more_and_none_is_kept_yet(asked: World) -> None:
    page = plain(answered(asked.client("expert")))
    assert "Yes, until 22 November 2027" in page
    assert "Yes, until 31 March 2028" in page
    assert "Anyone can keep a copy, and so can machines. We can’t take copies back." in page
    assert get_candidate(asked.ctx, asked.actor("expert"), "ann").consents == ()


def test_the_yes_sends_exactly_what_was_shown(asked: World) -> None:
    expert = asked.client("expert")
    page = answered(expert)
    form = re.search(r'<form method="post" action="[^"]*/consent/".*?</form>', page, re.DOTALL)
    assert form
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', form[0]))
    assert {name: said for name, said in hidden.items() if name not in ("csrf_token", "sha256")} == {
        "team": "a day",
        "team_day": "2027-11-22",
        "partners": "no",
        "conference": "no",
        "web": "a day",
        "web_day": "2028-03-31",
        "understood": "y",
        "sober": "y",
        "unpressured": "y",
        "supporter": "Bev",
    }
    assert expert.post(CONSENT, data=hidden).status_code == 303
    (given,) = get_candidate(asked.ctx, asked.actor("expert"), "ann").consents
    assert {channel.value: day.isoformat() for channel, day in given.said.items()} == {
        "team": "2027-11-22",
        "web": "2028-03-31",
    }


def test_who_says_no_to_everything_is_not_asked_for_a_yes(asked: World) -> None:
    page = answered(asked.client("expert"), team="no", web="no", understood="", sober="", unpressured="")
    assert "You said no to all of it. That is fine." in page
    assert "Yes, I agree" not in page
    assert "No, don’t share it" in page


def test_what_is_left_open_is_a_no(asked: World) -> None:
    expert = asked.client("expert")
    page = expert.get(ANSWER).text
    open_ = {"csrf_token": token(page), "sha256": sha256(page)}
    answer = expert.post(ANSWER, data=open_)
    assert "You said no to all of it." in answer.text
    sure = {"understood": "y", "sober": "y", "unpressured": "y"}
    refused = expert.post(CONSENT, data=open_ | sure)
    assert (refused.status_code, "Nothing is chosen" in refused.text) == (422, True)


def test_a_no_is_one_press_from_every_page_and_is_final(asked: World) -> None:
    expert = asked.client("expert")
    for page in (expert.get(CONSENT).text, expert.get(ANSWER).text, answered(expert)):
        assert f'action="{CONSENT}no/"' in page
    answer = send(expert, CONSENT + "no/", page=CONSENT, sha256=sha256(expert.get(CONSENT).text))
    assert (answer.status_code, answer.location) == (303, CONSENT)
    page = expert.get(CONSENT).text
    assert "You said no. That is fine." in page
    assert "22 November 2026" in page
    assert "don’t share it</button>" not in page
    again = expert.get(CONSENT + "?again=1").text
    assert "Yes, ask me the questions" in again


def test_the_audit_trail_says_the_same_of_a_no_and_of_answers_that_were_only_looked_over(
    asked: World,
) -> None:
    def trail() -> list[tuple[str, int, object]]:
        with asked.ctx.read() as session:
            rows = session.scalars(sa.select(AuditRow).order_by(AuditRow.id.desc()).limit(2)).all()
            return [(row.action, row.actor_id.int, row.target_id) for row in rows]

    expert = asked.client("expert")
    for kind in ("a year", "no"):
        answered(expert, team=kind, partners="no", conference="no", web="no")
    looked, read = trail(), sha256(expert.get(CONSENT).text)
    for _ in range(2):
        send(expert, CONSENT + "no/", page=ANSWER, sha256=read)
    assert trail() == looked == [("look over the answers", 1, asked.story.id)] * 2


def test_nobody_else_sees_a_no(asked: World) -> None:
    before = {who: asked.client(who).get(REVIEW).text for who in ("worker", "reviewer")}
    expert = asked.client("expert")
    send(expert, CONSENT + "no/", page=CONSENT, sha256=sha256(expert.get(CONSENT).text))
    secret = r'name="csrf_token" value="[^"]+"|X-CSRFToken[^}]+'
    for who, page in before.items():
        assert re.sub(secret, "", asked.client(who).get(REVIEW).text) == re.sub(secret, "", page)


def test_who_changes_an_answer_finds_their_own_words_but_is_asked_about_today_anew(asked: World) -> None:
    expert = asked.client("expert")
    page = expert.get(CONSENT).text
    expert.post(CONSENT, data={"csrf_token": token(page), "sha256": sha256(page), **YES})
    page = expert.get(ANSWER).text
    assert 'value="31 March 2028"' in page
    assert 'value="22 November 2027"' in page
    assert 'value="Bev"' in page
    assert len(re.findall(r"\schecked\b", page)) == 4
    assert not re.search(r'name="(understood|sober|unpressured)"[^>]*checked', page)


def test_a_draft_has_no_questions_yet(world: World) -> None:
    answer = world.client("expert").get(ANSWER)
    assert (answer.status_code, answer.location) == (303, CONSENT)


def test_words_that_changed_meanwhile_are_not_answered(asked: World) -> None:
    expert = asked.client("expert")
    page = expert.get(ANSWER).text
    answer = expert.post(ANSWER, data={"csrf_token": token(page), "sha256": "0" * 64, **YES})
    assert answer.status_code == 409
