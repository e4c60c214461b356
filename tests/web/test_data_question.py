"""Asking a question in one sentence: choices, the card, an address to share, plain words for what is wrong."""

from __future__ import annotations

import html
import re

import pytest

from tests.web.conftest import World
from tests.web.test_data import load

#: 14 people at the shelter, 12 of them at the surgery, 3 at the library; offending for ten of them.
ROWS = "client,day,service,ward,needs,what\n"
ROWS += "".join(
    f"p{n},2017-02-0{n % 9 + 1},Shelter,North,{'offending;homelessness' if n < 10 else ''},stay\n"
    for n in range(14)
)
ROWS += "".join(f"p{n},2017-05-0{n % 9 + 1},Surgery,South,,\n" for n in range(12))
ROWS += "".join(f"p{n},2017-05-01,Library,South,,\n" for n in range(3))


@pytest.fixture
def filled(world: World) -> World:
    load(world, ROWS, needs=("needs",), kind="what")
    return world


def asked(world: World, query: str = "", headers: dict[str, str] | None = None):
    return world.client("analyst").get(f"/data/trial/ask/{query}", headers=headers)


def number(page: str) -> str:
    found = re.search(r'id="answer-number">([^<]+)<', page)
    assert found, "the page has no answer"
    return found[1]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("", "about 15 people"),
        ("?of=people&at=agency:Shelter", "about 15 people"),
        ("?of=contacts", "about 30 contacts"),
        ("?of=both&at=agency:Shelter&also=agency:Surgery", "about 10 people"),
        ("?of=both&at=agency:Shelter&also=agency:Library", "fewer than 10 people"),
        ("?need=offending&also_need=homelessness&at=agency:Shelter", "about 10 people"),
        ("?need=multiple&at=agency:Shelter", "about 10 people"),
        ("?place=South&kind=", "about 10 people"),
        ("?kind=stay", "about 15 people"),
        ("?first=2017-04-01&last=2017-06-30", "about 10 people"),
        ("?first=2031-04-01", "not known"),
        ("?of=&at=&also=&kind=&need=&also_need=&place=&first=&last=&shape=", "about 15 people"),
    ],
)
def test_an_address_holds_the_whole_question(filled: World, query: str, said: str) -> None:
    answer = asked(filled, query)
    assert (answer.status_code, number(answer.text)) == (200, said)


def test_what_was_chosen_stays_chosen(filled: World) -> None:
    page = asked(filled, "?of=contacts&at=agency:Surgery&need=offending&first=2017-04-01&shape=quarters").text
    chosen = set(re.findall(r'<option value="([^"]+)" selected', page))
    assert chosen == {"contacts", "agency:Surgery", "offending", "quarters"}
    assert 'value="2017-04-01"' in page


def test_quarters_stand_in_a_small_table_with_bars_for_numbers_only(filled: World) -> None:
    def quarters(query: str) -> list[tuple[str, bool, bool]]:
        page = asked(filled, query).text
        rows = re.findall(r'<tr><th scope="row">([^<]+)</th>\s*<td(.*?)</td></tr>', page, re.DOTALL)
        return [(label, "sb-suppressed" in cell, 'width="100"' in cell) for label, cell in rows]

    spring = "April to June 2017"
    assert quarters("?shape=quarters") == [("January to March 2017", False, True), (spring, False, False)]
    # The total is all in one quarter: shown beside it, it would say that the other had nobody.
    assert quarters("?at=agency:Surgery&shape=quarters")[1] == (spring, True, False)
    nothing = asked(filled, "?first=2031-04-01&shape=quarters").text
    assert "The data have no quarter in that time." in nothing


def test_the_card_says_what_belongs_beside_the_number(filled: World) -> None:
    page = html.unescape(asked(filled, "?at=agency:Shelter&need=offending").text)
    for said in (
        "How many people were in contact with Shelter, with offending?",
        "out of about 15 people in contact with any agency in this data in that time",
        "Needs are those that any agency in the data recorded for a person, at any time.",
        "1 February to 9 May 2017",
        "trial, contacts from 1 February 2017 to 9 May 2017, loaded on 22 November 2026.",
        "Numbers under 10, none included, are not shown",
        "We kept people for whom any agency recorded, at any time, all of: offending.",
        'how many people at "Shelter" with "offending", according to trial',
    ):
        assert said in page


@pytest.mark.parametrize(
    ("query", "said", "beside"),
    [
        ("?of=both&at=agency:Shelter", "People seen by both need two agencies or sectors.", "also"),
        ("?of=both&at=agency:Shelter&also=agency:Shelter", "Choose two that are not the same.", "also"),
        (
            "?at=agency:Sheltr",
            "&#34;Sheltr&#34; is not an agency of this dataset. Use one of: Shelter.",
            "at",
        ),
        ("?first=soon", "This is not a day. Write it like 2016-04-30.", "first"),
        ("?first=2017-03-01&last=2017-02-01", "The last day comes before the first.", "last"),
        ("?of=souls", "This can&#39;t be asked. Choose from what the page offers.", "of"),
        ("?place=West", "&#34;West&#34; is not a place in this dataset.", "place"),
        ("?need=sorrow", "&#34;sorrow&#34; is not a need in this dataset.", "need"),
    ],
)
def test_what_can_not_be_asked_is_told_and_points_to_its_choice(
    filled: World, query: str, said: str, beside: str
) -> None:
    answer = asked(filled, query)
    assert answer.status_code == 422
    assert said in answer.text
    assert f'href="#{beside}"' in answer.text
    assert "answer-number" not in answer.text


def test_htmx_gets_the_answer_without_the_frame(filled: World) -> None:
    part = asked(filled, "?of=contacts", {"HX-Request": "true"})
    assert number(part.text) == "about 30 contacts"
    assert "<html" not in part.text


def test_what_the_data_do_not_hold_is_not_offered(world: World) -> None:
    load(world)
    page = asked(world).text
    assert 'name="need"' not in page
    assert 'name="kind"' not in page
    assert "This data says nothing about what people need." in page
    assert number(page) == "about 15 people"


def test_the_page_of_counts_leads_to_the_question(filled: World) -> None:
    assert 'href="/data/trial/ask/"' in filled.client("analyst").get("/data/trial/").text


def test_a_dataset_that_is_not_there_can_not_be_asked(world: World) -> None:
    assert asked(world).status_code == 422
