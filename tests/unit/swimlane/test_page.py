"""What a page gets."""

from __future__ import annotations

import json
from xml.etree.ElementTree import fromstring

import pytest

from storybook.anonymise.shown import ShownEpisode, ShownPerson
from storybook.swimlane.page import Html, picture_page, script_json
from tests.unit.anonymise.samples import an_edition
from tests.unit.swimlane.samples import METRICS, contact, draft, span


def test_a_page_has_a_drawing_and_a_figure_for_each_width() -> None:
    page = picture_page(draft(contact()), METRICS)
    assert [width for width, _ in page.drawings] == ["narrow", "medium", "wide"]
    figures = json.loads(page.figures)
    assert figures == {width: json.loads(text) for width, text in page.figure_json.items()}
    assert [figures[width]["layout"]["width"] for width in ("narrow", "medium", "wide")] == [390, 1024, 1920]
    assert (page.key, page.draft, page.fictional, page.caption) == (
        "picture-small",
        True,
        True,
        "2 agencies, a year",
    )
    assert [table.name for table in page.tables] == ["contacts"]


def test_one_person_alone_is_nobody_to_choose_from() -> None:
    people = (ShownPerson(ref="P1", name="Nell"), ShownPerson(ref="P2", name="Joe"))
    assert picture_page(draft(contact()), METRICS).people == ()
    assert picture_page(draft(contact(), people=people), METRICS).people == people


def test_an_editions_page_is_no_draft() -> None:
    assert picture_page(an_edition(), METRICS).draft is False


def test_a_story_without_contacts_has_no_picture_and_a_file_of_it_says_so() -> None:
    episode = ShownEpisode(key="e1", title="That winter", text="It was so.", when=span(0, 11))
    page = picture_page(draft(lanes=(), episodes=(episode,), caption="A story in words"), METRICS)
    assert page.empty is True
    for _, drawing in page.drawings:
        words = ["".join(each.itertext()) for each in fromstring(drawing).iter() if each.tag.endswith("text")]
        assert "There are no contacts to draw. The story is told in words." in " ".join(words)
        assert not {"That winter", "Month 1"} & set(words)
    assert picture_page(draft(contact()), METRICS).empty is False


@pytest.mark.parametrize("words", ["</script><script>alert(1)</script>", "<!--", "]]>", "\u2028 & \u2029"])
def test_json_can_not_end_the_script_it_stands_in(words: str) -> None:
    text = script_json({"words": words})
    assert json.loads(text) == {"words": words}
    assert not set(text) & set("<>&\u2028\u2029")


def test_markup_goes_into_a_template_as_it_is() -> None:
    assert Html("<b>").__html__() == "<b>"
