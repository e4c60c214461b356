"""Bringing a story in through the browser: send, look, correct, look again, bring in."""

from __future__ import annotations

import datetime as dt
import io
import re

import pytest

from storybook.services.consent.taking_part import permissions_of
from storybook.services.context import Actor
from storybook.services.stories.get_story import get_story
from storybook.services.stories.list_stories import list_stories
from tests.web.conftest import SLUG, World, send, token

ADDRESS = "/stories/-/bring-in/"
ODD = "When it was,Who we saw,What happened\n12/03/17,Night shelter,Slept there\nMarch 2018,Surgery,Saw a doctor\n"
CSV = ODD.replace("Who we saw", "Agency")
PASTED = CSV.replace(",", "\t")


def upload(world: World, data: bytes, name: str = "My notes.csv", role: str = "worker"):
    return send(world.client(role), ADDRESS, file=(io.BytesIO(data), name))


def kept(page: str) -> dict[str, str]:
    return dict(re.findall(r'name="(kept|name)" value="([^"]*)"', page))


def columns(page: str) -> list[tuple[str, str]]:
    found = re.findall(r'name="heading" value="([^"]*)".*?<select(.*?)</select>', page, re.DOTALL)
    return [(heading, re.search(r'value="([^"]+)" selected', options)[1]) for heading, options in found]


def links(page: str) -> list[str]:
    """The fields that the list of what is to be put right leads to."""
    summary = page.split("govuk-error-summary__body", 1)[1].split("</ol>", 1)[0]
    return re.findall(r'<a href="#([^"]+)"', summary)


def marked(page: str) -> list[str]:
    """The fields that have something at them to put right, each of them told of it by its description."""
    found = re.findall(r'<p [^>]*id="([^"]+)-error"', page)
    assert all(re.search(rf'aria-describedby="[^"]*\b{field}-error\b', page) for field in found)
    return [field for field in found if re.search(rf'id="{field}" ', page)]


def slugs(world: World) -> set[str]:
    return {story.slug for story in list_stories(world.ctx, Actor.operator())}


def test_nothing_is_kept_before_it_was_looked_at(world: World) -> None:
    answer = upload(world, CSV.encode())
    assert answer.status_code == 200
    assert "What would come in" in answer.text
    assert "Slept there" in answer.text
    assert "12 March 2017" in answer.text
    assert slugs(world) == {SLUG}


def test_what_was_guessed_is_shown_and_can_be_corrected(world: World) -> None:
    client = world.client("worker")
    page = send(client, ADDRESS, file=(io.BytesIO(ODD.encode()), "My notes.csv")).text
    assert columns(page) == [("When it was", "date"), ("Who we saw", "ignore"), ("What happened", "summary")]
    assert "No column says which agency. Choose it below." in page
    assert "Bring it in</button>" not in page
    answer = client.post(
        ADDRESS,
        data={
            "csrf_token": token(page),
            **kept(page),
            "step": "look",
            "heading": ["When it was", "Who we saw", "What happened"],
            "field": ["date", "agency", "detail"],
        },
    )
    assert answer.status_code == 200
    assert columns(answer.text) == [
        ("When it was", "date"),
        ("Who we saw", "agency"),
        ("What happened", "detail"),
    ]
    saved = client.post(
        ADDRESS,
        data={
            "csrf_token": token(page),
            **kept(answer.text),
            "step": "save",
            "permission-P1": "3 March 2017",
            "heading": ["When it was", "Who we saw", "What happened"],
            "field": ["date", "agency", "detail"],
        },
    )
    assert saved.status_code == 303
    (slug,) = slugs(world) - {SLUG}
    assert saved.location == f"/stories/{slug}/"
    story = get_story(world.ctx, world.actor("worker"), slug).story
    assert [(c.date, c.detail) for c in story.contacts] == [
        ("2017-03-12", "Slept there"),
        ("2018-03", "Saw a doctor"),
    ]
    assert [a.name for a in story.agencies] == ["Night shelter", "Surgery"]
    assert [p.name for p in story.people] == ["Person 1"]
    assert permissions_of(world.ctx, world.actor("worker"), slug) == {"P1": dt.date(2017, 3, 3)}


@pytest.mark.parametrize("typed", [{}, {"permission-P1": "soon"}, {"permission-P1": "1 January 2099"}])
def test_nothing_real_comes_in_before_the_person_said_yes_to_taking_part(
    world: World, typed: dict[str, str]
) -> None:
    client = world.client("worker")
    page = send(client, ADDRESS, file=(io.BytesIO(CSV.encode()), "n.csv"))
    assert "On which day did Person 1 say yes?" in page.text
    said = {"csrf_token": token(page.text), **kept(page.text), "step": "save", **typed}
    answer = client.post(ADDRESS, data=said)
    assert (answer.status_code, slugs(world)) == (422, {SLUG})
    assert "Nothing was brought in yet." in answer.text
    assert (links(answer.text), marked(answer.text)) == (["permission-P1"], ["permission-P1"])


def test_what_is_made_up_needs_nobody_s_yes_and_says_that_it_is(world: World) -> None:
    client = world.client("worker")
    page = send(client, ADDRESS, file=(io.BytesIO(CSV.encode()), "n.csv")).text
    said = {"csrf_token": token(page), **kept(page), "step": "save", "fictional": "y"}
    answer = client.post(ADDRESS, data=said)
    assert answer.status_code == 303
    assert "Nobody in this story is a real person." in client.get(answer.location).text


def test_a_block_can_be_pasted_from_a_spreadsheet(world: World) -> None:
    answer = send(
        world.client("worker"), ADDRESS, pasted=PASTED.replace("\n", "\r\n"), title="Bo’s two years"
    )
    assert answer.status_code == 200
    assert "Saw a doctor" in answer.text


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"", "empty.csv", "empty"),
        (b"Date,Agency,Event\n31/02/2017,Shelter,x\n", "bad.csv", "31/02/2017"),
        (b"\x00\x01\x02\xff", "odd.bin", "odd.bin"),
        (b"PK\x03\x04rubbish", "broken.zip", "broken.zip"),
        (b"{", "half.json", "half.json"),
    ],
)
def test_what_cannot_come_in_is_told_with_its_place(world: World, data: bytes, name: str, said: str) -> None:
    answer = upload(world, data, name)
    assert answer.status_code == 422
    assert "Nothing was brought in yet." in answer.text
    assert said in answer.text
    assert slugs(world) == {SLUG}


def test_what_was_pasted_is_still_there_after_a_refusal(world: World) -> None:
    answer = send(world.client("worker"), ADDRESS, pasted="Date\tAgency\nnever\tShelter <b>", title="A & B")
    assert answer.status_code == 422
    assert "never\tShelter &lt;b&gt;" in answer.text
    assert 'value="A &amp; B"' in answer.text


def test_sending_nothing_is_told(world: World) -> None:
    answer = send(world.client("worker"), ADDRESS)
    assert answer.status_code == 422
    assert "Choose a file or paste a block." in answer.text
    assert "file:" not in answer.text
    assert (links(answer.text), marked(answer.text)) == (["file"], ["file"])


@pytest.mark.parametrize(
    ("rows", "name", "led_to"),
    [
        (
            "Date,Agency,Event\n31/02/2017,Shelter,x\n30/02/2017,Shelter,y\n",
            "bad.csv",
            ["field-1", "field-1"],
        ),
        ("Date,Who we saw,Event\n1/2/2017,Shelter,x\n", "bad.csv", ["field-2"]),
        ("\0\1", "odd.bin", ["file"]),
    ],
)
def test_each_thing_to_put_right_leads_to_the_field_that_puts_it_right(
    world: World, rows: str, name: str, led_to: list[str]
) -> None:
    answer = upload(world, rows.encode(), name)
    assert (links(answer.text), marked(answer.text)) == (led_to, led_to[:1])
    assert ("There are 2 things to put right here." in answer.text) == (len(led_to) > 1)


def test_a_row_that_was_pasted_is_put_right_where_it_stands(world: World) -> None:
    answer = send(world.client("worker"), ADDRESS, pasted="Date\tAgency\tEvent\nnever\tShelter\tx")
    assert (links(answer.text), marked(answer.text)) == (["pasted"], ["pasted"])


def test_an_agency_is_called_by_its_name(world: World) -> None:
    page = upload(world, CSV.encode()).text
    assert "<bdi>Night shelter</bdi>" in page
    assert "night-shelter" not in page


@pytest.mark.parametrize("spoilt", ["!!!", "YQ", "é"])
def test_what_the_page_carried_and_lost_is_asked_for_again(world: World, spoilt: str) -> None:
    answer = send(world.client("worker"), ADDRESS, kept=spoilt, name="x.csv")
    assert answer.status_code == 422
    assert "Choose the file again." in answer.text


def test_a_correction_that_leaves_no_date_can_be_corrected_again(world: World) -> None:
    client = world.client("worker")
    page = send(client, ADDRESS, file=(io.BytesIO(CSV.encode()), "n.csv")).text
    answer = client.post(
        ADDRESS,
        data={
            "csrf_token": token(page),
            **kept(page),
            "step": "look",
            "heading": ["When it was"],
            "field": ["ignore"],
        },
    )
    assert answer.status_code == 422
    assert "No column says when. Choose it below." in answer.text
    assert columns(answer.text)[0] == ("When it was", "ignore")


def test_a_story_of_the_same_name_is_refused(world: World) -> None:
    zipped = world.client("worker").get(f"/stories/{SLUG}/download/folder").data
    client = world.client("worker")
    page = send(client, ADDRESS, file=(io.BytesIO(zipped), "ann.zip")).text
    answer = client.post(ADDRESS, data={"csrf_token": token(page), **kept(page), "step": "save"})
    assert answer.status_code == 422
    assert "There is a story called ann already. Call it something else." in answer.text
    assert (links(answer.text), marked(answer.text)) == (["title"], ["title"])


def test_a_file_that_is_too_big_is_said_so(world: World) -> None:
    world.app.config["MAX_CONTENT_LENGTH"] = 1000
    answer = send(world.client("worker"), ADDRESS, file=(io.BytesIO(b"x" * 2000), "big.csv"))
    assert answer.status_code == 413
    assert "That file is too big" in answer.text


def test_the_title_is_not_the_file_s_name_where_somebody_says_so(world: World) -> None:
    client = world.client("worker")
    page = send(client, ADDRESS, file=(io.BytesIO(CSV.encode()), "Jane_Doe.csv")).text
    assert 'name="title" type="text" value="Jane Doe"' in page
    said = {"csrf_token": token(page), **kept(page), "title-read": "Jane Doe", "title": " Two  winters "}
    looked = client.post(ADDRESS, data={**said, "step": "look"}).text
    assert 'name="title" type="text" value="Two winters"' in looked
    answer = client.post(ADDRESS, data={**said, "step": "save", "fictional": "y"})
    assert answer.location == "/stories/two-winters/"
    assert "Jane" not in client.get(answer.location).text


def test_a_refusal_keeps_the_title_that_was_typed_or_read(world: World) -> None:
    client = world.client("worker")
    page = send(client, ADDRESS, file=(io.BytesIO(CSV.encode()), "Jane_Doe.csv"), title="Two winters").text
    assert 'name="title" type="text" value="Two winters"' in page
    page = send(client, ADDRESS, file=(io.BytesIO(CSV.encode()), "Jane_Doe.csv")).text
    said = {"csrf_token": token(page), **kept(page), "title-read": "Jane Doe", "title": "Jane Doe"}
    headings = [heading for heading, _ in columns(page)]
    refused = client.post(
        ADDRESS, data={**said, "step": "look", "heading": headings, "field": ["ignore" for _ in headings]}
    )
    assert (refused.status_code, 'name="title" type="text" value="Jane Doe"' in refused.text) == (422, True)


def test_a_name_that_is_taken_can_be_changed_where_it_is_refused(world: World) -> None:
    client = world.client("worker")
    page = send(client, ADDRESS, pasted=PASTED, title=SLUG).text
    said = {"csrf_token": token(page), "pasted": PASTED, "step": "save", "fictional": "y"}
    refused = client.post(ADDRESS, data={**said, "title": SLUG})
    assert (refused.status_code, 'name="title" type="text"' in refused.text) == (422, True)
    assert client.post(ADDRESS, data={**said, "title": "Another"}).location == "/stories/another/"


def test_of_two_columns_with_one_heading_each_keeps_what_was_chosen_for_it(world: World) -> None:
    client = world.client("worker")
    text = "Date,Agency,Event,Notes,Notes\n12/03/17,Shelter,x,first,second\n"
    page = send(client, ADDRESS, file=(io.BytesIO(text.encode()), "n.csv")).text
    chosen = columns(page)
    assert chosen[3:] == [("Notes", "detail"), ("Notes (2)", "ignore")]
    said = {"csrf_token": token(page), **kept(page), "step": "save", "fictional": "y"}
    answer = client.post(
        ADDRESS, data={**said, "heading": [h for h, _ in chosen], "field": [f for _, f in chosen]}
    )
    story = get_story(world.ctx, world.actor("worker"), answer.location.split("/")[-2]).story
    assert [c.detail for c in story.contacts] == ["first"]
