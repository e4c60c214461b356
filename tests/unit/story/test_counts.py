"""Linked counts in a story's text: markers that people read and write, and what becomes of them on a page."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storybook.linked.asking.enquiry import Enquiry
from storybook.linked.asking.enquiry_text import read, write
from storybook.story import counts
from storybook.story.formats import read_folder, write_folder
from storybook.story.formats.timelinejs_write import write as timelinejs
from storybook.story.model import Agency, Episode, Story
from storybook.story.narrative import to_html, visible_text
from tests.payloads import PAYLOADS

ASKED = 'how many people with "homelessness" during this episode'
NAMES = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30)


def episode(**more: object) -> Episode:
    return Episode(**({"position": 0, "title": "That winter", "date": "2016-01", "end": "2016-03"} | more))


def story(**more: object) -> Story:
    return Story(slug="s", title="T", episodes=(episode(**more),))


@given(st.lists(NAMES, min_size=1, max_size=4), st.lists(NAMES, max_size=3))
def test_any_question_stands_in_a_marker_and_is_read_back(agencies: list[str], places: list[str]) -> None:
    asked = Enquiry(dataset="city", agencies=tuple(agencies), places=tuple(places))
    text = f"one of {counts.marker(write(asked))} that winter, {counts.marker('how many contacts')}."
    first, second = counts.questions(text)
    assert read(first) == asked
    assert read(second, dataset="city") == Enquiry(dataset="city", of="contacts")
    assert counts.replaced(text, lambda _: "X") == "one of X that winter, X."


def test_a_backslash_makes_a_marker_plain_text_and_another_takes_that_away() -> None:
    text = r"\{count: a} \\{count: b} {Count:c}"
    assert tuple(counts.questions(text)) == ("b", "c")
    assert counts.replaced(text, counts.placed) == r"\{count: a} \\{count:b} {count:c}"
    assert not counts.broken(text)


@pytest.mark.parametrize("text", ["{count: how many", '{count: at "A}', "{count:}", "{count: a {count: b}"])
def test_a_marker_that_never_ends_is_told(text: str) -> None:
    assert counts.broken(text)


def test_a_long_text_full_of_beginnings_is_read_at_once() -> None:
    assert counts.broken('{count: "' * 20_000)


def test_each_question_of_a_place_has_one_key_in_reading_order() -> None:
    late = episode(position=2, text=f"{counts.marker('q1')} {counts.marker('q2')} {counts.marker('q1')}")
    early = episode(position=1, counts=("q3",), text=counts.marker("q3"))
    told = Story(slug="s", title="T", introduction=counts.marker("q1"), episodes=(late, early))
    assert [(p.key, p.where == "introduction", p.question, p.card) for p in counts.places(told)] == [
        ("n1", True, "q1", False),
        ("n2", False, "q3", True),
        ("n3", False, "q1", False),
        ("n4", False, "q2", False),
    ]


def test_questions_survive_the_open_story_format(tmp_path) -> None:
    told = Story(
        slug="s",
        title="T",
        introduction=f"One of {counts.marker(ASKED)}.",
        agencies=(Agency(ref="a", name="A", sector="housing", question='how many people with "x: y # z"'),),
        episodes=(episode(counts=(ASKED, 'how many people at "A, ""B"""'), text=f"- {counts.marker('q')}"),),
    )
    write_folder(told, tmp_path / "s")
    assert read_folder(tmp_path / "s") == told
    written = (tmp_path / "s" / "story.md").read_text()
    assert f"\nEnd: 2016-03\nId: {told.episodes[0].id}\nCount: {ASKED}\n" in written


def test_a_number_written_by_hand_is_read(tmp_path) -> None:
    folder = tmp_path / "s"
    folder.mkdir()
    (folder / "contacts.csv").write_text("Date,Agency\n")
    (folder / "story.md").write_text(
        f"---\ntitle: T\n---\n\n## Cold\nDate: 2016\nCount: {ASKED}\nCount: how many contacts\n\n"
        f"One of {{count: {ASKED}}}.\n"
    )
    (found,) = read_folder(folder).episodes
    assert found.counts == (ASKED, "how many contacts")
    assert tuple(counts.questions(found.text)) == (ASKED,)


def test_a_timeline_says_that_nothing_is_counted_there() -> None:
    told = story(text=f"One of {counts.marker(ASKED)}.")
    assert b"One of a number not counted here." in timelinejs(told)


# ---- on a page


def test_a_count_is_a_link_to_how_it_was_worked_out() -> None:
    html = to_html("one of {count:n1} *sleeping rough*", counts={"n1": "about 340 people"})
    link = '<a href="#count-n1" rel="noopener noreferrer nofollow">about 340 people</a>'
    assert html == f"<p>one of {link} <em>sleeping rough</em></p>\n"


def test_a_count_inside_a_link_or_code_is_its_words() -> None:
    said = {"n1": "about 5 <people>"}
    assert to_html("[see {count:n1}](https://a.example)", counts=said).count("<a ") == 1
    assert to_html("`{count:n1}`", counts=said) == "<p><code>about 5 &lt;people&gt;</code></p>\n"
    assert (
        to_html("```\n{count:n1}\n```", counts=said) == "<pre><code>about 5 &lt;people&gt;\n</code></pre>\n"
    )


def test_what_nobody_knows_and_what_is_escaped_stays_text() -> None:
    said = {"n1": "about 340 people"}
    assert to_html(r"{count:n2} \{count:n1}", counts=said) == "<p>{count:n2} {count:n1}</p>\n"
    assert counts.keys_in(r"\{count:n2} {count:n1} {count:n1}") == ("n1",)
    assert visible_text("{count:n1}") == "{count:n1}"


def test_nobody_can_write_a_link_that_looks_like_a_count() -> None:
    for text in ("[x](#count-n1)", '<a href="#count-n1">x</a>', "<#count-n1>", "[x]: #count-n1\n\n[x]"):
        assert "<a " not in to_html(text, counts={"n1": "y"})


@pytest.mark.parametrize("payload", PAYLOADS[::4])
def test_no_words_of_a_count_become_markup(payload: str) -> None:
    html = to_html("one of {count:n1}.", counts={"n1": payload})
    tags = set(re.findall(r"<(/?\w+)", html))
    assert tags <= {"p", "/p", "a", "/a"}
    assert re.findall(r"<a [^>]*>", html) == ['<a href="#count-n1" rel="noopener noreferrer nofollow">']
