"""Findings over the web: read in their context, decided together or one by one, taken back, forgotten."""

from __future__ import annotations

import re
from typing import Any

import pytest

from storybook.services.findings.listed import get_findings
from storybook.services.jobs import run_next
from storybook.services.review.candidate import get_candidate
from storybook.services.states import StoryState
from storybook.services.stories.edit import PartKind, change_part, change_story
from storybook.services.stories.get_story import get_story
from storybook.services.worker import HANDLERS
from storybook.web.findings import paging
from tests.web.conftest import SLUG, World, send

PAGE = f"/stories/{SLUG}/findings/"
TEXT = (
    "Darren Whitlock met her in Nuneaton on 3 May 2016. Daz rang 024 7683 3333. He stole a car and nobody knows. "
    "Her mate Kelsey, 34, came along."
)


@pytest.fixture
def draft(world: World) -> World:
    """A draft with names, a phone number, a date and a word on the law in two of its fields."""
    contact = world.story.contacts[0]
    change_story(world.ctx, world.actor("worker"), SLUG, 1, introduction=TEXT)
    what = {"summary": "Darren came too"}
    change_part(world.ctx, world.actor("worker"), SLUG, PartKind.CONTACT, contact.id, 1, **what)
    return world


def found(world: World) -> dict[str, Any]:
    view = get_findings(world.ctx, world.actor("worker"), SLUG)
    return {proposal.words[0]: proposal for proposal in view.proposals}


def card(world: World, words: str, **fields: str) -> Any:
    proposal = found(world)[words]
    sent = {"key": proposal.key, "seen": str(proposal.version), **fields}
    role = "reviewer" if "adviser" in fields else "worker"
    step = "clear/" if "adviser" in fields else "decide/"
    return send(world.client(role), PAGE + step, page=PAGE, **sent)


def introduction(world: World) -> str:
    send(world.client("worker"), f"/stories/{SLUG}/review/send/", page=f"/stories/{SLUG}/review/")
    return get_candidate(world.ctx, world.actor("worker"), SLUG).candidate.shown.introduction


def accept(world: World) -> Any:
    worker = world.client("worker")
    keys = re.findall(r'name="key" value="(\w+)">(?=<|\n)', worker.get(PAGE).text)
    certain = [p.key for p in found(world).values() if p.open and p.certain]
    assert set(certain) <= set(keys)
    return send(worker, PAGE + "accept/", page=PAGE, key=certain)


def test_every_finding_stands_in_its_context_with_words_for_its_place(draft: World) -> None:
    page = draft.client("worker").get(PAGE).text
    assert "<mark>Darren Whitlock</mark> met her in Nuneaton" in page
    assert "<mark>Darren</mark> came too" in page
    assert "Replace all" in page


def test_all_that_is_beyond_doubt_is_replaced_in_one_action_in_every_field(draft: World) -> None:
    assert accept(draft).status_code == 303
    view = get_findings(draft.ctx, draft.actor("worker"), SLUG)
    assert view.certain == ()
    put = found(draft)["Darren Whitlock"].decision.put
    shown = introduction(draft)
    assert shown.startswith(f"{put} met her in a town nearby on ")
    assert f"{put} rang a phone number." in shown
    candidate = get_candidate(draft.ctx, draft.actor("worker"), SLUG).candidate
    assert candidate.shown.contacts[0].label == f"{put} came too"
    assert "Darren Whitlock" in get_story(draft.ctx, draft.actor("worker"), SLUG).story.introduction


def test_a_list_that_has_changed_meanwhile_is_read_again_first(draft: World) -> None:
    worker = draft.client("worker")
    answer = send(worker, PAGE + "accept/", page=PAGE, key=["another"])
    assert (answer.status_code, len(get_findings(draft.ctx, draft.actor("worker"), SLUG).decided)) == (409, 0)
    proposal = found(draft)["Nuneaton"]
    card(draft, "Nuneaton", choice="replace", put="a small town")
    stale = {"key": proposal.key, "seen": "0", "choice": "replace", "put": "a village"}
    assert send(worker, PAGE + "decide/", page=PAGE, **stale).status_code == 409


def test_each_other_is_replaced_kept_with_a_reason_or_dropped_and_taken_back(draft: World) -> None:
    assert card(draft, "Nuneaton", choice="keep", reason="So many live there").status_code == 303
    assert card(draft, "3 May 2016", choice="replace", put="one day that spring").status_code == 303
    assert card(draft, "Kelsey", choice="drop the sentence").status_code == 303
    accept(draft)
    shown = introduction(draft)
    assert "in Nuneaton on one day that spring." in shown
    assert "came along" not in shown
    page = draft.client("worker").get(PAGE).text
    assert "stays: So many live there" in page
    assert "the sentence goes" in page
    key = found(draft)["Kelsey"].key
    assert send(draft.client("reviewer"), PAGE + "undo/", page=PAGE, key=key).status_code == 303
    assert found(draft)["Kelsey"].open
    assert get_story(draft.ctx, draft.actor("worker"), SLUG).state is StoryState.DRAFT
    assert send(draft.client("worker"), PAGE + "undo/", page=PAGE, key=key).status_code == 409


@pytest.mark.parametrize(
    ("words", "said", "why"),
    [
        ("024 7683 3333", {"choice": "keep", "reason": "old"}, "it can’t stay"),
        ("Nuneaton", {"choice": "keep", "reason": " "}, "This is empty."),
        ("Nuneaton", {"choice": "replace", "put": ""}, "This is empty."),
        ("Nuneaton", {"choice": "replace", "put": "CV1 5FB"}, "give somebody away, too"),
        ("Nuneaton", {"choice": "replace", "put": "nuneaton"}, "That is what stands there now."),
        ("Nuneaton", {"choice": "replace", "put": "Darren’s town"}, "a name in this story"),
    ],
)
def test_what_would_not_do_is_told_and_nothing_is_noted(
    draft: World, words: str, said: dict[str, str], why: str
) -> None:
    answer = card(draft, words, **said)
    assert (answer.status_code, why in answer.text) == (422, True)
    assert get_findings(draft.ctx, draft.actor("worker"), SLUG).decided == ()


def test_one_place_is_decided_by_itself(draft: World) -> None:
    assert card(draft, "Darren Whitlock", choice="replace", put="A friend", only="0").status_code == 303
    accept(draft)
    put = {one.decision.put for one in found(draft)["Darren Whitlock"].places}
    assert "A friend" in put
    assert len(put) == 2


def test_a_sentence_on_the_law_stays_only_when_an_adviser_cleared_it(draft: World) -> None:
    words = "He stole a car and nobody knows."
    draft.to_review()
    links = re.findall(r'href="(#f-[^"]+)">([^<]+)<', card(draft, words, adviser="", reason="").text)
    key = found(draft)[words].key
    assert [address for address, _ in links] == [f"#f-{key}-adviser", f"#f-{key}-why"]
    assert all(said.startswith(f"“{words}”: This is empty.") for _, said in links)
    said = {"adviser": "Ms Okoro, solicitor", "reason": "The police know of it."}
    assert card(draft, words, **said).status_code == 303
    page = draft.client("worker").get(PAGE).text
    assert "cleared by Ms Okoro, solicitor: The police know of it." in page
    other = TEXT.replace("stole a car", "stole a lorry")
    change_story(draft.ctx, draft.actor("worker"), SLUG, 2, introduction=other)
    assert found(draft)[words.replace("car", "lorry")].open


def test_the_closer_look_adds_to_what_is_found(draft: World) -> None:
    worker = draft.client("worker")
    assert send(worker, PAGE + "look/", page=PAGE).status_code == 303
    assert send(worker, PAGE + "look/", page=f"/stories/{SLUG}/review/").status_code == 303
    assert "We are looking through it" in worker.get(PAGE).text
    assert run_next(draft.ctx, HANDLERS) is not None
    assert run_next(draft.ctx, HANDLERS) is None
    assert "Look closer" not in worker.get(PAGE).text


def test_the_real_names_are_forgotten_without_harm_to_the_story(draft: World) -> None:
    accept(draft)
    before = introduction(draft)
    sha256 = get_candidate(draft.ctx, draft.actor("worker"), SLUG).sha256
    answer = send(draft.client("worker"), PAGE + "forget/", page=PAGE)
    assert answer.status_code == 303
    story = get_story(draft.ctx, draft.actor("worker"), SLUG)
    assert (story.story.introduction, story.state) == (before, StoryState.IN_REVIEW)
    assert get_candidate(draft.ctx, draft.actor("worker"), SLUG).sha256 == sha256
    assert not any("Darren" in path.read_bytes().decode("latin-1") for path in draft.ctx.home.rglob("*.db*"))
    assert found(draft).keys() & {"Darren Whitlock", "Robin"} == set()


def test_what_an_adviser_cleared_stays_cleared_and_names_nobody_when_the_names_are_forgotten(
    draft: World,
) -> None:
    change_story(
        draft.ctx,
        draft.actor("worker"),
        SLUG,
        2,
        introduction=TEXT.replace("He stole a car", "He stole Darren’s car"),
    )
    accept(draft)
    said = {"adviser": "Ms Okoro, solicitor", "reason": "The police know what Darren did."}
    introduction(draft)
    assert card(draft, "He stole Darren’s car and nobody knows.", **said).status_code == 303
    put = found(draft)["Darren Whitlock"].decision.put

    send(draft.client("worker"), PAGE + "forget/", page=PAGE)

    decisions = get_findings(draft.ctx, draft.actor("worker"), SLUG).decided
    assert [(p.words[0], p.decision.reason) for p in decisions] == [
        (f"He stole {put}’s car and nobody knows.", f"The police know what {put} did.")
    ]


def test_side_by_side_marks_what_the_world_would_not_see(draft: World) -> None:
    address, unshared = f"/stories/{SLUG}/side-by-side/", "Nothing of this can be shared yet."
    assert unshared in draft.client("reviewer").get(address).text
    accept(draft)
    page = draft.client("reviewer").get(address).text
    assert re.search(r"<del><span[^>]*>changed: </span>Darren Whitlock</del>", page)
    assert re.search(r"<ins><span[^>]*>new: </span>a town nearby</ins>", page)
    assert re.search(r"<del><span[^>]*>changed: </span>3 May 2016</del>", page)
    assert re.search(r"<ins><span[^>]*>new: </span>month 2</ins>", page)


RARE = "She was the only woman in the lifeboat crew. It was on the news that night. She fed 14 hens. "


@pytest.fixture
def rare(world: World) -> World:
    """A draft with things so rare that they may tell who it is, and nothing else to decide on."""
    change_story(world.ctx, world.actor("worker"), SLUG, 1, introduction=RARE)
    return world


def judged(world: World) -> list[str]:
    return [
        p.places[0].words for p in get_findings(world.ctx, world.actor("worker"), SLUG).to_judge if p.open
    ]


def judge(world: World, words: str, **fields: str) -> Any:
    view = get_findings(world.ctx, world.actor("worker"), SLUG)
    (proposal,) = (p for p in view.fainter if p.words[0] == words)
    sent = {"key": proposal.key, "seen": str(proposal.version), **fields}
    return send(world.client("worker"), PAGE + "decide/", page=PAGE, **sent)


def test_what_only_a_person_can_judge_is_asked_folded_and_stands_in_nobody_s_way(rare: World) -> None:
    page = rare.client("worker").get(PAGE).text
    assert "Things only you can judge" in page
    assert "Is there only one person of whom this is true?" in page
    assert page.index('id="open-head"') < page.index('id="judge-head"')
    weights = judged(rare)
    assert len(weights) >= 2
    assert introduction(rare) == RARE.strip() or introduction(rare) == RARE
    view = get_candidate(rare.ctx, rare.actor("worker"), SLUG)
    assert not [m for m in view.missing if "finding" in str(m)]


def test_what_was_judged_is_marked_as_looked_at_told_otherwise_or_dropped_and_taken_back(rare: World) -> None:
    first, second, *_ = judged(rare)
    assert judge(rare, first, choice="keep").status_code == 303
    assert judge(rare, second, choice="drop the sentence").status_code == 303
    assert not {first, second} & set(judged(rare))
    assert "stays: Somebody has looked at it" in rare.client("worker").get(PAGE).text
    assert second not in introduction(rare)
    assert first in introduction(rare)
    (proposal,) = (
        p for p in get_findings(rare.ctx, rare.actor("worker"), SLUG).decided if p.words[0] == first
    )
    assert send(rare.client("worker"), PAGE + "undo/", page=PAGE, key=proposal.key).status_code == 303
    assert first in judged(rare)


def test_told_otherwise_without_words_is_asked_for_them_where_it_stands(rare: World) -> None:
    first = judged(rare)[0]
    answer = judge(rare, first, choice="replace", put="")
    assert (answer.status_code, "This is empty." in answer.text) == (422, True)
    assert '<details class="govuk-details" open>' in answer.text
    assert judge(rare, first, choice="replace", put="one of the few").status_code == 303
    assert "one of the few" in introduction(rare)


def test_no_more_is_asked_than_a_person_can_read(world: World) -> None:
    many = " ".join(f"She fed {n} hens in the lifeboat." for n in range(11, 90))
    change_story(world.ctx, world.actor("worker"), SLUG, 1, introduction=many)
    assert len(judged(world)) <= 30


def test_after_a_decision_its_reader_goes_on_in_the_list_they_were_in(draft: World) -> None:
    change_story(draft.ctx, draft.actor("worker"), SLUG, 2, introduction=TEXT + RARE)
    answer = card(draft, "Nuneaton", choice="keep", reason="So many live there", at="open")
    assert answer.headers["Location"] == f"{PAGE}?at=open#notices"
    answer = judge(draft, judged(draft)[0], choice="keep", at="judge")
    assert answer.headers["Location"] == f"{PAGE}?at=judge#notices"
    page = draft.client("worker").get(f"{PAGE}?at=judge").text
    assert page.index('id="judge-head"') > page.index('id="notices"') > page.index('id="open-head"')
    assert page.count('id="notices"') == 1
    for at in ("nowhere", "decided"):  # the latter has something in it, so it is said there
        page = draft.client("worker").get(f"{PAGE}?at={at}").text
        assert (page.index('id="notices"') < page.index('id="open-head"')) == (at == "nowhere")


def test_a_long_list_comes_a_page_at_a_time_and_its_reader_stays_on_theirs(
    draft: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paging, "AT_ONCE", 2)
    worker = draft.client("worker")
    accept(draft)
    view = get_findings(draft.ctx, draft.actor("worker"), SLUG)
    cards = [f'id="f-{p.key}"' for p in view.asked]
    assert len(cards) == 3

    def shown(address: str) -> list[bool]:
        return [one in worker.get(address).text for one in cards]

    assert shown(PAGE) == shown(f"{PAGE}?page=nine") == shown(f"{PAGE}?page=0") == [True, True, False]
    assert shown(f"{PAGE}?page=2") == shown(f"{PAGE}?page=99999") == [False, False, True]
    first = worker.get(PAGE).text
    assert f"{view.settled} of {len(view.proposals)} are decided." in first
    assert "Here are 1 to 2 of 3." in first
    assert f'href="{PAGE}?at=open&amp;page=2#open-head"' in first
    sent = {"key": view.asked[2].key, "seen": str(view.asked[2].version), "at": "open", "on": "2"}
    refused = send(worker, PAGE + "decide/", page=PAGE, **sent, choice="replace", put="")
    assert (refused.status_code, [one in refused.text for one in cards]) == (422, [False, False, True])
    answer = send(worker, PAGE + "decide/", page=PAGE, **sent, choice="drop the sentence")
    assert answer.location == f"{PAGE}?at=open&page=2#notices"
    assert shown(answer.location) == [True, True, False]


def test_the_real_names_are_to_be_forgotten_only_where_some_were_replaced(draft: World) -> None:
    offered = "Forget the real names for good"
    card(draft, "Nuneaton", choice="keep", reason="So many live there")
    assert offered not in draft.client("worker").get(PAGE).text
    card(draft, "Kelsey", choice="drop the sentence")
    assert offered in draft.client("worker").get(PAGE).text
    send(draft.client("worker"), PAGE + "forget/", page=PAGE)
    assert offered not in draft.client("worker").get(PAGE).text
