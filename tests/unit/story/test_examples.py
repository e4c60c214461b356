"""The example stories: what they must hold, and that they come out of the program as they went in."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from storybook.linked.city.agencies import AGENCIES
from storybook.story import chronology
from storybook.story.chronology import check_order
from storybook.story.dates import span
from storybook.story.formats.folder import read_folder, write_folder
from storybook.story.model import DatePolicy, Story
from storybook.story.vocabulary import check, default

STORIES = Path(__file__).parents[3] / "stories"
SLUGS = ("the-couple", "seen-everywhere-but-court", "eighteen-and-out")
FILES = ("story.md", "contacts.csv")


@pytest.fixture(scope="module", params=SLUGS)
def story(request: pytest.FixtureRequest) -> Story:
    return read_folder(STORIES / request.param)


@pytest.fixture(scope="module")
def couple() -> Story:
    return read_folder(STORIES / "the-couple")


def said_in(story: Story) -> list[str]:
    """Every text of a story that an edition may show, dates apart."""
    texts = [story.title, story.introduction, *(person.about for person in story.people)]
    texts += [text for episode in story.episodes for text in (episode.title, episode.text)]
    texts += [gap.note for gap in story.gaps]
    texts += [point.label for track in story.tracks for point in track.points]
    for c in story.contacts:
        texts += [c.summary, c.detail, c.response, c.no_response, c.impact, c.own_words, c.source]
    return [text for text in texts if text]


# ---- every story


def test_no_other_folder_stands_beside_them() -> None:
    assert {path.name for path in STORIES.iterdir() if path.is_dir()} == set(SLUGS)


@pytest.mark.parametrize("slug", SLUGS)
def test_a_story_comes_out_as_it_went_in(slug: str, tmp_path: Path) -> None:
    write_folder(read_folder(STORIES / slug), tmp_path / slug)
    for name in FILES:
        assert (tmp_path / slug / name).read_bytes() == (STORIES / slug / name).read_bytes()


def test_it_says_that_it_is_fictional_and_tells_time_by_month_seven(story: Story) -> None:
    assert (story.fictional, story.date_policy, story.dataset) == (True, DatePolicy.RELATIVE, "city")


def test_every_code_is_the_programmes_and_nothing_is_out_of_order(story: Story) -> None:
    assert [str(problem) for problem in check(story, default()) + check_order(story)] == []


def test_every_agency_is_one_of_the_synthetic_citys(story: Story) -> None:
    city = {agency.name: agency.sector for agency in AGENCIES}
    assert {agency.dataset_agency: agency.sector for agency in story.agencies}.items() <= city.items()
    assert len({agency.dataset_agency for agency in story.agencies}) == len(story.agencies)


def test_every_agency_was_met(story: Story) -> None:
    assert chronology.agencies_met(story) == tuple(agency.ref for agency in story.agencies)


def test_contacts_stand_in_order_of_time_and_fit_beside_a_mark(story: Story) -> None:
    began = [span(contact.date, contact.end).sort_key[0] for contact in story.contacts]
    assert began == sorted(began)
    assert [c.summary for c in story.contacts if not 12 <= len(c.summary) <= 42] == []


def test_no_two_contacts_say_the_same(story: Story) -> None:
    summaries = [contact.summary for contact in story.contacts]
    assert len(set(summaries)) == len(summaries)


def test_the_significant_contacts_are_a_part_that_one_picture_can_hold(story: Story) -> None:
    shown = sum(contact.significant for contact in story.contacts)
    assert 15 <= shown <= 60
    assert shown < len(story.contacts)


def test_it_holds_strengths_and_a_turning_point(story: Story) -> None:
    assert chronology.turning_points(story)
    assert len(chronology.what_helped(story)) >= len(story.contacts) // 4


def test_it_has_a_home_track_that_ends_indoors(story: Story) -> None:
    homes = [track for track in story.tracks if track.kind == "home"]
    assert homes
    assert {track.points[-1].end for track in homes} == {".."}


@pytest.mark.parametrize(
    "pattern",
    [
        r"\b(january|february|march|april|june|july|august|september|october|november|december)\b",
        r"\b(spring|summer|autumn|winter|christmas|easter|new year|ramadan|diwali|halloween)\b",
        r"\b(19|20)\d\d\b",
        r"\bMay\b",
        r"\b\d{1,2}[/.]\d{1,2}\b",
        r"\b\d{1,2}(st|nd|rd|th)\b",
        r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b",
        r"\d{5,}",
        r"@|https?:|www\.",
        r"date of birth|\bborn\b|birthday",
    ],
)
def test_no_text_says_a_date_or_who_somebody_is(story: Story, pattern: str) -> None:
    flags = re.NOFLAG if pattern == r"\bMay\b" else re.IGNORECASE
    assert [text for text in said_in(story) if re.search(pattern, text, flags)] == []


@pytest.mark.parametrize(
    "word",
    [
        "chaotic",
        "troubled",
        "hard to reach",
        "refused to engage",
        "addict",
        "junkie",
        "victim",
        "the homeless",
    ],
)
def test_no_text_blames_or_labels_anybody(story: Story, word: str) -> None:
    assert [text for text in said_in(story) if word in text.casefold()] == []


# ---- the couple of the poster


def test_the_couple_met_24_agencies_in_143_contacts_over_two_years(couple: Story) -> None:
    facts = chronology.facts(couple)
    assert (facts.agencies, facts.contacts, facts.months) == (24, 143, 24)
    assert str(facts.caption) == "24 agencies, 143 contacts, two years"


def test_the_couple_are_two_people_who_tell_it_in_two_voices(couple: Story) -> None:
    assert [person.ref for person in couple.people] == ["P1", "P2"]
    voices = [episode.voice for episode in couple.episodes]
    assert len(voices) == 12
    assert {voice: voices.count(voice) for voice in voices} == {"P1": 6, "P2": 6}
    assert all(episode.date for episode in couple.episodes)


def test_the_couples_agencies_come_from_all_the_boards_sectors(couple: Story) -> None:
    assert {agency.sector for agency in couple.agencies} == {
        "housing", "health", "mental-health", "drug-alcohol", "adult-social-care", "childrens-services",
        "police", "fire", "justice", "benefits-work", "advice-law", "voluntary", "faith",
    }  # fmt: skip


def test_the_couples_hand_offs_end_in_every_way(couple: Story) -> None:
    assert chronology.facts(couple).hand_off_ends == {"accepted": 3, "returned": 5, "no-reply": 3}


def test_the_couple_told_it_again_25_times_and_dispute_two_records(couple: Story) -> None:
    assert chronology.facts(couple).retellings == 25
    assert sum(contact.disputed for contact in couple.contacts) == 2


def test_the_couples_gaps_are_of_many_kinds(couple: Story) -> None:
    assert {gap.kind for gap in couple.gaps} == {
        "waiting", "turned-away", "no-contact", "ended-by-service", "ended-by-person", "ended-together",
        "not-recorded", "not-shared",
    }  # fmt: skip


def test_the_couples_dates_are_of_every_form(couple: Story) -> None:
    spans = [span(contact.date, contact.end) for contact in couple.contacts]
    assert {"day", "month", "season"} <= {found.date.precision for found in spans}
    assert any(found.date.uncertain for found in spans)
    assert any(found.date.approximate for found in spans)
    assert any(found.date.unspecified for found in spans)
    assert any(found.end_unknown for found in spans)
    assert any(found.ongoing for found in spans)
    assert sum(not found.moment for found in spans) >= 15


# ---- the two others


def test_the_justice_system_never_sees_the_woman_everybody_else_does() -> None:
    story = read_folder(STORIES / "seen-everywhere-but-court")
    assert str(chronology.caption(story)) == "12 agencies, 47 contacts, 20 months"
    assert not {agency.sector for agency in story.agencies} & {"police", "justice"}
    assert not any("offending" in contact.needs for contact in story.contacts)


def test_a_young_adult_falls_out_of_housing_and_back_in() -> None:
    story = read_folder(STORIES / "eighteen-and-out")
    assert str(chronology.caption(story)) == "11 agencies, 43 contacts, 15 months"
    assert [person.age_band for person in story.people] == ["18 to 24"]
    assert sum("homelessness" in contact.needs for contact in story.contacts) >= 15
