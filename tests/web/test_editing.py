"""The desk: lists, one story, and a form for each of its parts, without script."""

from __future__ import annotations

import re
from typing import Any

import pytest

from storybook.services.context import Actor
from storybook.services.states import StoryState
from storybook.services.stories.get_story import get_story
from storybook.story.model import Contact, Story
from tests.web.conftest import SLUG, World, send, token

HOME = f"/stories/{SLUG}/"


def stored(world: World) -> Story:
    return get_story(world.ctx, Actor.operator(), SLUG).story


def form_of(page: str) -> dict[str, Any]:
    """Everything that a browser would send of the page's form if nothing was touched."""
    form = page[page.index('<form method="post" novalidate') :].split("</form>", maxsplit=1)[0]
    sent: dict[str, Any] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and ('type="checkbox"' not in tag or " checked" in tag):
            sent.setdefault(name[1], []).append(value[1] if value else "")
    for name, inside in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', inside) or re.search(r'value="([^"]*)"', inside)
        sent[name] = [chosen[1]] if chosen else []
    for name, inside in re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>(.*?)</textarea>', form, re.DOTALL):
        sent[name] = [inside]
    return sent


def test_the_list_shows_what_is_shared_with_the_reader(world: World) -> None:
    assert "Ann’s way home" in world.client("worker").get("/stories/").text
    outsider = world.client("outsider").get("/stories/").text
    assert "No story is shared with you yet." in outsider
    assert "Ann’s way home" not in outsider


def test_only_those_who_may_add_see_the_button(world: World) -> None:
    assert "Bring in a story" in world.client("worker").get("/stories/").text
    assert "Bring in a story" not in world.client("reviewer").get("/stories/").text


def test_a_story_shows_its_picture_watermarked_and_all_its_parts(world: World) -> None:
    page = world.client("worker").get(HOME).text
    assert "data-swimlane data-draft" in page
    assert "Draft. For the people working on it only." in page
    assert "Nobody in this story is a real person." in page
    for words in (
        "Slept at the shelter",
        "3 May 2016",
        "The cold spring",
        "Night shelter",
        "Waiting",
        "Home",
        "30 to 39",
    ):
        assert words in page


def test_buttons_are_shown_to_those_who_may_press_them(world: World) -> None:
    worker, reviewer = (world.client(role).get(HOME).text for role in ("worker", "reviewer"))
    assert "Add a contact" in worker
    assert "Add a contact" not in reviewer
    assert "/download/csv" in worker
    assert "/download/csv" not in reviewer
    expert = world.client("expert").get(HOME).text
    assert "/people/P1/consent/" in expert
    assert "/people/P1/consent/" not in worker


@pytest.mark.parametrize(
    ("kind", "typed", "find"),
    [
        (
            "person",
            {"name": "Bo", "age_band": "40 to 49"},
            lambda s: s.people[-1].ref == "P2" and s.people[-1].name == "Bo",
        ),
        (
            "agency",
            {"name": "Citizens’ Advice", "sector": "housing", "show_as": "name"},
            lambda s: s.agencies[-1].ref == "citizens-advice",
        ),
        (
            "agency",
            {"name": "Surgery", "sector": "health", "show_as": "name"},
            lambda s: s.agencies[-1].ref == "surgery-2",
        ),
        (
            "contact",
            {
                "date": "12/03/2017",
                "agency": "surgery",
                "kind": "visit",
                "outcome": "helped",
                "summary": "Seen",
                "people": ["P1"],
            },
            lambda s: (
                (s.contacts[-1].date, s.contacts[-1].people, s.contacts[-1].end)
                == ("2017-03-12", ("P1",), "")
            ),
        ),
        (
            "contact",
            {
                "date": "March 2017",
                "end": "ongoing",
                "agency": "surgery",
                "kind": "contact",
                "outcome": "not-recorded",
            },
            lambda s: (s.contacts[-1].date, s.contacts[-1].end) == ("2017-03", ".."),
        ),
        (
            "contact",
            {"date": "since spring 2017", "agency": "surgery", "kind": "contact", "outcome": "not-recorded"},
            lambda s: (s.contacts[-1].date, s.contacts[-1].end) == ("2017-21", ".."),
        ),
        (
            "gap",
            {"date": "2016-09", "end": "2016-10", "kind": "turned-away", "agency": ""},
            lambda s: s.gaps[-1].agency is None,
        ),
        (
            "episode",
            {"title": "After", "voice": "", "position": "1", "text": "One\r\n\r\nTwo", "date": ""},
            lambda s: (s.episodes[-1].text, s.episodes[-1].date) == ("One\n\nTwo", ""),
        ),
        ("track", {"title": "How I felt", "kind": "feelings"}, lambda s: s.tracks[-1].ref == "how-i-felt"),
        (
            "point?track=home",
            {"date": "2016-07", "label": "Flat"},
            lambda s: s.tracks[0].points[-1].label == "Flat",
        ),
    ],
)
def test_every_kind_of_part_can_be_added(world: World, kind: str, typed: dict[str, Any], find: Any) -> None:
    path, _, query = kind.partition("?")
    answer = send(world.client("worker"), f"{HOME}{path}/add/?{query}", **typed)
    assert answer.status_code == 303, re.findall(r"Error:</span> (.*)", answer.text)
    assert find(stored(world))


@pytest.mark.parametrize("kind", ["person", "agency", "contact", "gap", "episode", "track", "point"])
def test_opening_a_part_and_saving_it_untouched_changes_nothing(world: World, kind: str) -> None:
    before = stored(world)
    name = {
        "person": "people",
        "agency": "agencies",
        "gap": "gaps",
        "episode": "episodes",
        "track": "tracks",
        "contact": "contacts",
    }
    part = before.tracks[0].points[0] if kind == "point" else getattr(before, name[kind])[0]
    client = world.client("worker")
    address = f"{HOME}{kind}/{part.id}/"
    page = client.get(address).text
    answer = client.post(address, data=form_of(page))
    assert answer.status_code == 303, re.findall(r"Error:</span> (.*)", answer.text)
    after = stored(world)
    changed = after.tracks[0].points[0] if kind == "point" else getattr(after, name[kind])[0]
    assert changed.model_dump(exclude={"version", "points"}) == part.model_dump(exclude={"version", "points"})
    assert changed.version == part.version + 1


def test_a_story_s_own_facts_can_be_changed(world: World) -> None:
    answer = send(
        world.client("worker"),
        f"{HOME}change/",
        version="1",
        title="New title",
        introduction="",
        date_policy="year",
        dataset="",
        fictional="y",
    )
    assert answer.status_code == 303
    assert (stored(world).title, str(stored(world).date_policy)) == ("New title", "year")


def test_all_that_is_wrong_is_told_beside_its_field_and_nothing_is_lost(world: World) -> None:
    before = stored(world)
    answer = send(
        world.client("worker"),
        f"{HOME}contact/add/",
        date="the day it rained",
        agency="surgery",
        kind="contact",
        outcome="not-recorded",
        summary="x" * 501,
        cost_quantity="lots",
        own_words="Keep <these> words",
    )
    assert answer.status_code == 422
    for place, said in (
        ("date", "“the day it rained”"),
        ("summary", "at most 500 letters"),
        ("cost_quantity", "is not a number"),
    ):
        assert f'href="#{place}"' in answer.text, said
    assert "Keep &lt;these&gt; words" in answer.text
    assert 'value="the day it rained"' in answer.text
    assert "<title>Error: Add a contact" in answer.text
    assert stored(world) == before


@pytest.mark.parametrize(
    ("date", "end", "place"),
    [
        ("31/02/2017", "", "date"),
        ("", "", "date"),
        ("2017", "2016", "end"),
        ("March 2017", "soon", "end"),
        ("2016/2017", "2018", "end"),
    ],
)
def test_a_date_that_cannot_be_is_told_where_it_stands(world: World, date: str, end: str, place: str) -> None:
    answer = send(
        world.client("worker"),
        f"{HOME}contact/add/",
        date=date,
        end=end,
        agency="surgery",
        kind="contact",
        outcome="not-recorded",
    )
    assert answer.status_code == 422
    assert f'href="#{place}"' in answer.text


def test_a_choice_that_is_not_on_the_list_is_refused(world: World) -> None:
    answer = send(
        world.client("worker"),
        f"{HOME}contact/add/",
        date="2017",
        agency="surgery",
        kind="<script>",
        outcome="not-recorded",
    )
    assert answer.status_code == 422
    assert "<script>&" not in answer.text
    assert stored(world).contacts == world.story.contacts


class TestTwoTabs:
    def edit(self, world: World, **typed: Any) -> tuple[str, dict[str, Any], Contact]:
        contact = world.story.contacts[0]
        address = f"{HOME}contact/{contact.id}/"
        page = world.client("worker").get(address).text
        return address, {**form_of(page), **typed}, contact

    def test_the_second_is_told_and_nothing_is_overwritten(self, world: World) -> None:
        address, mine, _ = self.edit(world, summary="Mine", impact="I felt safe")
        client = world.client("expert")
        send(
            client,
            address,
            **{**mine, "summary": "Theirs", "impact": "", "csrf_token": token(client.get(address).text)},
        )
        late = world.client("worker")
        answer = late.post(address, data={**mine, "csrf_token": token(late.get(address).text)})
        assert answer.status_code == 409
        assert "Someone changed this while you were writing" in answer.text
        rows = re.findall(r'<tr class="govuk-table__row">\s*<th scope="row".*?</tr>', answer.text, re.DOTALL)
        assert [re.sub(r"<[^>]+>|\s+", " ", row).split() for row in rows] == [
            ["What", "happened", "Theirs", "Mine"],
            ["What", "difference", "it", "made", "I", "felt", "safe"],
        ]
        assert stored(world).contacts[0].summary == "Theirs"

    def test_mine_can_be_sent_again_over_theirs(self, world: World) -> None:
        address, mine, _ = self.edit(world, summary="Mine")
        client = world.client("expert")
        send(client, address, **{**mine, "summary": "Theirs", "csrf_token": token(client.get(address).text)})
        late = world.client("worker")
        conflict = late.post(address, data={**mine, "csrf_token": token(late.get(address).text)}).text
        again = conflict[conflict.index('<form method="post" data-once') :].replace("data-once", "novalidate")
        answer = late.post(address, data=form_of('<form method="post" novalidate' + again))
        assert answer.status_code == 303
        found = stored(world).contacts[0]
        assert (found.summary, found.version, found.people) == ("Mine", 3, ("P1",))

    def test_what_somebody_removed_can_be_added_as_new(self, world: World) -> None:
        address, mine, contact = self.edit(world, summary="Mine")
        client = world.client("expert")
        send(client, f"{address}remove/", version="1")
        late = world.client("worker")
        answer = late.post(address, data={**mine, "csrf_token": token(late.get(HOME + "contact/add/").text)})
        assert answer.status_code == 409
        assert "They removed it." in answer.text
        assert f'action="{HOME}contact/add/"' in answer.text
        assert contact.id not in {c.id for c in stored(world).contacts}

    def test_a_form_without_a_version_is_never_taken_for_the_newest(self, world: World) -> None:
        address, mine, _ = self.edit(world, summary="Mine")
        del mine["version"]
        client = world.client("worker")
        answer = client.post(address, data={**mine, "csrf_token": token(client.get(address).text)})
        assert answer.status_code == 409
        assert stored(world) == world.story

    def test_the_story_s_own_facts_tell_of_a_conflict_too(self, world: World) -> None:
        client = world.client("worker")
        mine = {
            "version": "1",
            "title": "Mine",
            "introduction": "Hello **you**.",
            "date_policy": "relative",
            "dataset": "",
            "fictional": "y",
        }
        assert send(client, f"{HOME}change/", **{**mine, "title": "Theirs"}).status_code == 303
        answer = send(client, f"{HOME}change/", **mine)
        assert answer.status_code == 409
        assert "Theirs" in answer.text

    def test_removing_what_has_changed_shows_it_first(self, world: World) -> None:
        contact = world.story.contacts[0]
        answer = send(world.client("worker"), f"{HOME}contact/{contact.id}/remove/", version="9")
        assert (answer.status_code, answer.location) == (303, f"{HOME}contact/{contact.id}/")


def test_a_part_can_be_removed_after_a_question(world: World) -> None:
    contact = world.story.contacts[1]
    client = world.client("worker")
    page = client.get(f"{HOME}contact/{contact.id}/remove/").text
    assert "Saw a doctor" in page
    answer = send(client, f"{HOME}contact/{contact.id}/remove/", version="1")
    assert answer.status_code == 303
    assert "It was removed." in client.get(HOME).text
    assert [c.id for c in stored(world).contacts] == [world.story.contacts[0].id]


def test_what_is_still_in_use_cannot_be_removed(world: World) -> None:
    person = world.story.people[0]
    answer = send(world.client("worker"), f"{HOME}person/{person.id}/remove/", version="1")
    assert answer.status_code == 422
    assert "Change or remove those first." in answer.text


@pytest.mark.parametrize("what", ["", "remove/"])
def test_a_part_that_never_was_is_not_found(world: World, what: str) -> None:
    assert world.client("worker").get(f"{HOME}contact/{world.story.id}/{what}").status_code == 404


def test_any_change_makes_an_agreed_story_a_draft_again(world: World) -> None:
    world.to_agreed()
    send(world.client("worker"), f"{HOME}person/add/", name="Bo")
    assert get_story(world.ctx, Actor.operator(), SLUG).state is StoryState.DRAFT


@pytest.mark.parametrize(
    ("format", "mimetype", "begins"),
    [
        ("folder", "application/zip", b"PK"),
        ("csv", "text/csv", b"\xef\xbb\xbfDate"),
        ("timelinejs", "application/json", b"{"),
    ],
)
def test_a_story_can_be_taken_out_in_every_format(
    world: World, format: str, mimetype: str, begins: bytes
) -> None:
    answer = world.client("worker").get(f"{HOME}download/{format}")
    assert (answer.status_code, answer.mimetype) == (200, mimetype)
    assert answer.data.startswith(begins)
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=ann")
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert not any((world.ctx.home / "incoming").iterdir())


def test_there_is_no_other_format(world: World) -> None:
    assert world.client("worker").get(f"{HOME}download/exe").status_code == 404
