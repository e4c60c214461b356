"""Counts pinned into a story: live in the draft, frozen in the candidate, and no way back to the calendar."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest

from storybook.anonymise.candidate import Candidate, freeze
from storybook.anonymise.dates.policy import Shift
from storybook.linked.asking.count import count
from storybook.linked.audit.decision import not_shown
from storybook.linked.dataset.datasets import open_dataset
from storybook.linked.dataset.mapping import About, Absence
from storybook.linked.suppression.figures import Count, Suppressed
from storybook.linked.suppression.words import words
from storybook.services.context import Actor
from storybook.services.data.demand import demand_behind, lane_question
from storybook.services.data.linked_counts import numbers_in
from storybook.services.review.candidate import send_for_review
from storybook.services.stories.preview import preview
from storybook.services.stories.save_story import save_story
from storybook.store.tables import CandidateRow
from storybook.story.model import Agency, Contact, DatePolicy, Episode, Person, ShowAs, Story
from storybook.story.problems import Problems
from tests.integration.linked_rows import loaded

#: Different people in each quarter from 2014-Q1: no two alike, so that a series is as good as a calendar.
SERIES = (31, 58, 22, 76, 49, 94, 40, 67, 85, 112, 103, 130, 121, 148, 139, 157)
FIRST_YEAR = 2014
TYPICAL = 85  # the lower of the two in the middle
OPERATOR = Actor.operator()


@pytest.fixture
def database():
    return "sqlite"  # what is asked touches no database: once is enough


@pytest.fixture
def city(ctx):
    """The shelter sees the people of SERIES, one in two of them homeless; the surgery a few."""
    rows = []
    for quarter, people in enumerate(SERIES):
        day = f"{FIRST_YEAR + quarter // 4}-{quarter % 4 * 3 + 2:02}-10"
        rows += [
            (f"q{quarter}p{n}", day, "Shelter", "stay", "W1", "homelessness" if n % 2 else "")
            for n in range(people)
        ]
    rows += [(f"s{n}", "2014-02-10", "Surgery", "visit", "W2", "") for n in range(4)]
    about = About(
        title="The city",
        sectors={"Shelter": "housing", "Surgery": "health"},
        absences=[Absence(agency="Surgery", first="2015-01-01", last="2015-12-31")],
    )
    loaded(ctx.home, rows, about, name="city")
    return ctx


def month(number: int) -> str:
    """Month ``number`` from January of the first year, as EDTF."""
    return f"{FIRST_YEAR + number // 12}-{number % 12 + 1:02}"


def a_story(start: int = 12, policy: DatePolicy = DatePolicy.RELATIVE, **more: object) -> Story:
    """Six quarters of a life that began in month ``start``; the same words and ids wherever it lies."""
    ids = [f"01900000-0000-7000-8000-{n:012}" for n in range(1, 30)]
    take = iter(ids)
    values: dict[str, object] = {
        "id": next(take),
        "slug": "a-life",
        "title": "A life",
        "fictional": True,
        "date_policy": policy,
        "dataset": "city",
        "introduction": "Told among {count: how many people}.",
        "people": (Person(id=next(take), ref="P1", name="Ash"),),
        "agencies": (
            Agency(id=next(take), ref="shelter", name="Shelter", sector="housing", dataset_agency="Shelter"),
        ),
        "contacts": tuple(
            Contact(id=next(take), date=month(start + 3 * n), agency="shelter", people=("P1",))
            for n in range(6)
        ),
        "episodes": tuple(
            Episode(
                id=next(take),
                position=n,
                title=f"Part {n + 1}",
                voice="P1",
                date=month(start + 3 * n),
                end=month(start + 3 * n + 2),
                counts=('how many people at "Shelter" during this episode',),
                text=f"One of {{count: how many people from {month(start + 3 * n)}-01, according to city}}.",
            )
            for n in range(6)
        ),
    }
    return Story(**(values | more))


def frozen(ctx, story: Story) -> Candidate:
    shift = Shift(7) if story.date_policy is DatePolicy.SHIFTED else None
    return freeze(story, ctx.vocabulary, demand_behind(ctx, story).lanes, shift, numbers_in(ctx, story).shown)


# ---- the calendar


def published(ctx) -> list[int]:
    """What anybody can look up: people at the shelter in each quarter, rounded."""
    cells = count(open_dataset(ctx.data_root, "city"), ("quarter",), (("agency", "Shelter"),))
    return [cell.figure.value for cell in cells]


def attack(numbers: Mapping[int, int], series: list[int]) -> int:
    """The quarter in which a story most likely began: where its numbers, by their quarter in it, fit a series best."""
    starts = range(len(series) - max(numbers))
    return max(
        starts, key=lambda start: -sum(abs(series[start + at] - value) for at, value in numbers.items())
    )


def readable(candidate: Candidate) -> dict[int, int]:
    """All that an attacker reads out of an edition: numbers, with the quarter of the story beside which they stand."""
    shown = candidate.shown
    figures = {one.key: one.figure for one in shown.counts}
    return {
        at: figures[episode.counts[0]].value
        for at, episode in enumerate(shown.episodes)
        if isinstance(figures[episode.counts[0]], Count)
    }


def test_the_attack_finds_the_calendar_where_numbers_follow_it(city):
    """So that its failure means something: the true answers quarter by quarter give every start away."""
    series = published(city)
    found = [attack({at: series[start + at] for at in range(6)}, series) for start in range(11)]
    assert found == list(range(11))


@pytest.mark.parametrize("policy", [DatePolicy.RELATIVE, DatePolicy.SHIFTED])
def test_an_edition_without_a_calendar_does_not_give_it_back(city, policy):
    starts = (0, 9, 30) if policy is DatePolicy.RELATIVE else (0, 12)
    made = [frozen(city, a_story(start, policy)) for start in starts]
    series = published(city)
    assert len({attack(readable(one), series) for one in made}) == 1
    assert len({(one.shown.counts, one.shown.lanes, one.shown.demand_note) for one in made}) == 1
    if policy is DatePolicy.RELATIVE:
        assert len({one.to_json() for one in made}) == 1


def test_nothing_linked_tells_a_year_or_a_day(city):
    candidate = frozen(city, a_story(12))
    told = json.dumps([one.model_dump(mode="json") for one in candidate.shown.counts], ensure_ascii=False)
    assert [year for year in range(2010, 2030) if str(year) in told] == []
    assert {one.period for one in candidate.shown.counts} == {
        "All of the data",
        "A typical three months of all the data",
    }
    assert {one.as_of for one in candidate.shown.counts} == {""}
    assert candidate.shown.lanes[0].demand.figure == Count(value=TYPICAL, base=5)


# ---- what is said


def test_a_typical_number_says_that_it_is_one_and_why(city):
    whole, card, said, *_ = frozen(city, a_story(12)).shown.counts
    assert whole.words == "about 1,435 people"
    assert (whole.changed, whole.figure) == ("", Count(value=1435, base=5))
    assert card.words == f"about {TYPICAL} people in a typical three months"
    assert (
        card.changed
        == "This story does not say when it happened. So this is a typical three months, not that time."
    )
    assert card.asked == "How many people were in contact with Shelter?"
    assert card.worked_out == (
        "We kept those with Shelter.",
        "We counted each person once, however many contacts they had.",
        "We did so for every three months of the data, and took the one in the middle.",
        "Then the rule: Numbers under 10, none included, are not shown; all others are rounded to the nearest 5.",
    )
    assert said.missing == ("Surgery: some of its rows are not there.",)


@pytest.mark.parametrize(
    ("policy", "value", "period"),
    [
        (DatePolicy.MONTH, 50, "January 2015 to March 2015"),
        (DatePolicy.QUARTER, 50, "2015 Q1"),
        (DatePolicy.YEAR, 250, "2015"),
    ],
)
def test_with_a_calendar_the_number_is_for_the_periods_shown(city, policy, value, period):
    card = frozen(city, a_story(12, policy)).shown.counts[1]
    assert (card.figure, card.period, card.as_of) == (Count(value=value, base=5), period, "2026-03-02")
    assert (
        card.source == "The city, contacts from 10 February 2014 to 10 November 2017, loaded on 2 March 2026."
    )


def test_a_small_number_is_hidden_in_words_of_its_own(city):
    story = a_story(0, introduction='One of {count: how many people at "Surgery"}.')
    (one, *_) = numbers_in(city, story).shown.values()
    assert (one.words, one.figure) == ("fewer than 10 people", Suppressed(below=10))


@pytest.mark.parametrize(
    ("question", "why"),
    [
        ("how many cats", "this question can't be read"),
        ('how many people at "The Moon"', '"The Moon" is not an agency of this dataset'),
        (
            "how many people during this episode",
            "this number is for the time of its episode, and that has no date",
        ),
        ('how many people at "Shelter"', "it is about an agency that readers don’t see by its own name"),
    ],
)
def test_a_question_without_an_answer_says_why_and_stops_the_review(city, question, why):
    hidden = Agency(ref="s", name="S", sector="housing", dataset_agency="Shelter", show_as=ShowAs.SECTOR)
    story = Story(
        slug="wrong",
        title="W",
        dataset="city",
        date_policy=DatePolicy.YEAR,
        introduction=f"{{count: {question}}}",
        agencies=(hidden,),
        contacts=(Contact(date="2016", agency="s"),),
    )
    save_story(city, OPERATOR, story)
    (one,) = preview(city, OPERATOR, "wrong").shown.counts
    assert (one.state, one.words, one.changed) == ("wrong", "a number we can't show", why)
    with pytest.raises(Problems, match="can't be shown"):
        send_for_review(city, OPERATOR, "wrong")


def test_without_its_data_a_story_keeps_its_question_and_says_so(ctx):
    story = a_story(12)
    save_story(ctx, OPERATOR, story)
    shown = preview(ctx, OPERATOR, "a-life").shown
    assert {one.state for one in shown.counts} == {"not_counted"}
    assert shown.counts[1].asked == "How many people were in contact with Shelter?"


# ---- kept


def test_the_draft_follows_the_data_and_what_was_frozen_does_not(city):
    save_story(city, OPERATOR, a_story(12))
    view = send_for_review(city, OPERATOR, "a-life")
    before = preview(city, OPERATOR, "a-life").shown.counts
    assert before == view.candidate.shown.counts
    rows = [(f"n{n}", f"{2014 + n % 3}-05-05", "Shelter", "stay", "W1", "") for n in range(500)]
    loaded(city.home, rows, name="city")
    assert preview(city, OPERATOR, "a-life").shown.counts != before
    with city.read() as session:
        (row,) = session.query(CandidateRow)
        assert Candidate.from_json(row.body).shown.counts == before


def test_every_figure_that_is_shown_is_kept_for_the_ledger_with_its_question(city):
    save_story(city, OPERATOR, a_story(12))
    view = send_for_review(city, OPERATOR, "a-life")
    with city.read() as session:
        (row,) = session.query(CandidateRow)
    kept = [
        (one["question"]["statistic"], dict(one["question"]["where"]), one["figure"]) for one in row.counts
    ]
    shown = [one.figure.model_dump(mode="json") for one in view.candidate.shown.counts]
    assert [figure for _, _, figure in kept[1:]] == shown  # after the lane's
    assert kept[1][:2] == ("count", {})
    assert kept[2][:2] == ("typical", {"agency": "Shelter"})
    assert {one["dataset"] for one in row.counts} == {"city"}


def test_a_number_that_the_ledger_keeps_back_says_so_in_the_story(city):
    story = a_story(12)
    numbers = numbers_in(city, story)
    new = numbers.released_in(freeze(story, city.vocabulary, numbers=numbers.shown).shown)
    kept_back = numbers.as_shown([not_shown(new[0]), *new[1:]])
    assert [one.words for one in kept_back.shown.values()][:2] == [
        "a number we can't show",
        f"about {TYPICAL} people in a typical three months",
    ]
    assert (new[0].known, new[1].known) == (1, 0)


# ---- behind a lane


def test_a_lane_can_be_narrowed_and_says_whom_it_counts(city):
    story = a_story(12)
    (agency,) = story.agencies
    narrowed = agency.model_copy(update={"question": 'how many people with "homelessness"'})
    story = story.model_copy(update={"agencies": (narrowed,)})
    demand = demand_behind(city, story)
    candidate = freeze(story, city.vocabulary, demand.lanes)
    (lane,) = candidate.shown.lanes
    assert (str(words(lane.demand.figure)), lane.narrowed) == (
        "about 40 people",
        "only people with homelessness",
    )
    assert "At Shelter: only people with homelessness." in candidate.shown.demand_note
    (entry,) = demand.released_in(candidate.shown)
    kept = entry.model_dump(mode="json")
    assert kept["question"]["keys"] == [["agency", "Shelter"]]
    assert kept["question"]["where"] == [["need", "homelessness"]]


@pytest.mark.parametrize(
    "question",
    [
        'how many people at "Shelter"',
        "how many contacts",
        "how many people during this episode",
        "how many people from 2016-01-01",
        "how many people, according to other",
    ],
)
def test_a_lane_shows_people_of_its_own_agency_over_all_of_its_time(city, question):
    with pytest.raises(Problems):
        lane_question(a_story(), question)
    (agency,) = a_story().agencies
    asked = agency.model_copy(update={"question": question})
    story = a_story().model_copy(update={"agencies": (asked,)})
    assert (
        demand_behind(city, story).lanes["shelter"].note == "The question behind Shelter can't be answered."
    )
