"""A story against rows on the disk: what is measured, what is not, and the smallest changes that help."""

from __future__ import annotations

import pytest

from storybook.anonymise.risk.changes import after, plans
from storybook.anonymise.risk.measured import NOT_MEASURED, Verdict, measure
from storybook.anonymise.risk.trajectory import trajectory
from storybook.anonymise.risk.words import (
    cost,
    headline,
    level_words,
    not_measured,
    sentences,
    short,
    source,
)
from storybook.linked.cohort.dataset import DatasetCohort
from storybook.linked.dataset.mapping import About
from storybook.story.messages import say
from storybook.story.model import Agency, DatePolicy, Episode, Gap, Person, Track, TrackKind
from storybook.story.vocabulary import default
from tests.unit.anonymise.samples import a_story, contact

from .linked_rows import loaded

SECTORS = {"Hostel": "housing", "Shelter": "housing", "Jobcentre": "benefits-work", "Surgery": "health"}
AGENCIES = tuple(
    Agency(ref=name.lower(), name=name, sector=sector, dataset_agency=name)
    for name, sector in SECTORS.items()
)
#: Twelve people at a housing agency in April, eight of them at the hostel; all at the jobcentre in May; one at the
#: surgery in June.
ROWS = [
    *((f"P{n}", "2016-04-03", "Hostel" if n < 8 else "Shelter", "", "", "homelessness") for n in range(12)),
    *((f"P{n}", "2016-05-20", "Jobcentre", "", "", "") for n in range(12)),
    ("P0", "2016-06-20", "Surgery", "", "", ""),
]
V = default()


@pytest.fixture(scope="module")
def cohort(tmp_path_factory):
    about = About(sectors=SECTORS, synthetic=True, stands_for=12)
    return DatasetCohort(loaded(tmp_path_factory.mktemp("risk"), ROWS, about))


def story(*contacts, policy=DatePolicy.MONTH, people=("P1",), **more):
    named = tuple(Person(ref=ref, name=ref) for ref in people)
    return a_story(*contacts, agencies=AGENCIES, people=named, date_policy=policy, **more)


LIFE = (contact("2016-04", "hostel"), contact("2016-05", "jobcentre"), contact("2016-06", "surgery"))


def measured(told, cohort):
    return measure(trajectory(told, V, cohort.sectors), cohort)


def test_the_whole_and_any_few_contacts_are_measured_at_every_grain(cohort):
    risk = measured(story(*LIFE), cohort)
    bands = [
        (say(level_words(level)), [say(short(m)) for m in (*level.lives[0].any_of[:3], level.lives[0].whole)])
        for level in risk.levels
    ]

    assert bands[0] == ("the month, and the agency as shown", ["1", "1", "1", "1"])
    assert bands[-1][0] == "which agencies, at any time, and only the sector"
    assert len(bands) == 8
    assert [one.contact.lane for one in risk.carriers] == ["Surgery", "Hostel", "Jobcentre"]
    assert [(one.lane, str(one.matched.band)) for one in risk.lanes] == [("Hostel", "5-9"), ("Surgery", "1")]
    assert (risk.verdict(10), risk.verdict(11)) == (Verdict.NOT_MET, Verdict.NOT_MET)


@pytest.mark.parametrize("policy", [DatePolicy.MONTH, DatePolicy.RELATIVE])
def test_a_coarser_grain_is_what_it_would_be_asked_alone(cohort, policy):
    """What is enough for those who know more is not asked again."""
    path = trajectory(story(*LIFE, contact("2016-05", "jobcentre"), policy=policy), V, cohort.sectors)
    levels = iter(measure(path, cohort).levels)
    for grain in path.grains:
        for by_sector in (False, True):
            known = [one.known(grain, by_sector=by_sector) for one in path.contacts]
            alone, level = cohort.measure(known, path.frame), next(levels).lives[0]
            bands = [(m.band, m.enough_for_web, m.city) for m in (level.whole, *level.any_of)]
            assert bands == [(m.band, m.enough_for_web, m.city) for m in (alone.whole, *alone.any_of)]


@pytest.mark.parametrize("contacts", [(), (contact("2016-05", "jobcentre", not_telling=True),)])
def test_a_story_that_shows_no_contact_is_not_measured_and_never_a_pass(cohort, contacts):
    risk = measured(story(*contacts), cohort)

    assert (risk.verdict(10), risk.verdict(11)) == (Verdict.NOT_MEASURED, Verdict.NOT_MEASURED)
    assert say(headline(risk)) == (
        "Not measured: this story shows no contact that anybody in it had with an agency. That is not a pass."
    )


SAME = [
    (f"P{n}", day, at, "", "", "")
    for n in range(12)
    for day, at in (("2016-04-03", "Hostel"), ("2016-05-03", "Jobcentre"))
]
APART = [
    (f"P{n}", f"20{10 + n // 12:02}-{n % 12 + 1:02}-03", [*SECTORS][n % 4], "", "", "") for n in range(48)
]
LANE = [(f"P{n}", f"2016-{m:02}-03", "Hostel", "", "", "") for n in range(15) for m in range(1, n % 12 + 2)]
VAGUE = (contact("2016-04?", "hostel"), contact("2016-04/..", "hostel"), contact("../2016-05", "jobcentre"))
EXTREMES = {
    "all the same": (SAME, LIFE[:2], ("P1",)),
    "all different": (APART, LIFE, ("P1",)),
    "one agency only": (LANE, tuple(contact(f"2016-{m:02}", "hostel") for m in range(1, 13)), ("P1",)),
    "one of two has no contact": (SAME, (contact("2016-04", "hostel", people=("P1",)),), ("P1", "P2")),
    "unknown dates and open ends": (SAME, VAGUE, ("P1",)),
}


@pytest.mark.parametrize("extreme", EXTREMES)
def test_of_every_extreme_the_suggestions_reach_the_target(tmp_path, extreme):
    rows, contacts, people = EXTREMES[extreme]
    own = DatasetCohort(loaded(tmp_path, rows, About(sectors=SECTORS)))
    told = story(*contacts, people=people, policy=DatePolicy.RELATIVE)
    risk, found = measured(told, own), plans(told, V, own, 10)

    assert found
    assert {plan.risk.verdict(10) for plan in found} == {Verdict.MET}
    assert (found[0].price == 0) is (risk.verdict(10) is Verdict.MET)


def test_it_is_said_in_plain_words(cohort):
    risk = measured(story(*LIFE), cohort)

    assert say(headline(risk)) == "Fewer than 10 people in the data have a path like this."
    knowing, whole, alike = map(say, sentences(risk))
    assert knowing == (
        "P1: someone who knows any one of these contacts and the month would be left with 1 person, "
        "where it is fewest."
    )
    assert whole == "P1: all of it together fits 1 person (in the whole city: 1 person)."
    assert alike.startswith("Everyone who fits what somebody may know of it shares a need")
    assert [say(one)[:21] for one in source(risk)] == ["Measured against abou", "The data is synthetic"]


def test_what_a_story_shows_beside_its_contacts_is_named_as_not_measured():
    told = story(
        contact("2016-04", "hostel", handoff_to="surgery"),
        contact("2016-05", "surgery", not_telling=True, handoff_to="hostel"),
        gaps=(Gap(date="2016-06", kind="waiting"), Gap(date="2016-07", kind="waiting")),
        tracks=(Track(ref="home", kind=TrackKind.HOME, title="Home"),),
        episodes=(Episode(position=0, title="Spring"),),
    )

    assert [say(one) for one in not_measured(told)] == [
        "2 gaps without contact",
        "1 hand-off",
        "1 line through time, such as home or feelings",
        "1 episode in words",
        "what kind of contact each was, what came of it, and how long it lasted",
    ]
    assert list(not_measured(story(contact("2016-05", "surgery", not_telling=True)))) == []


def test_a_path_that_enough_people_have_reaches_the_target(cohort):
    risk = measured(story(contact("2016-05", "jobcentre", needs=("homelessness",))), cohort)

    assert (risk.verdict(10), risk.verdict(11), risk.alike) == (Verdict.MET, Verdict.MET, False)
    assert "enough for the open web" in say(headline(risk))


def test_without_a_cohort_or_with_contacts_that_rows_can_not_hold_nothing_passes(cohort):
    elsewhere = measured(story(contact("2016-05", "jobcentre"), contact("2020-05", "jobcentre")), cohort)

    assert measure(trajectory(story(*LIFE), V, {}), None) == NOT_MEASURED
    assert NOT_MEASURED.verdict(10) is elsewhere.verdict(10) is Verdict.NOT_MEASURED
    assert "That is not a pass." in say(headline(NOT_MEASURED))
    assert "Not measured: 1 contact is" in say(headline(elsewhere))


def test_a_couple_is_measured_each_and_jointly(cohort):
    told = story(
        contact("2016-04", "hostel", people=("P1",)),
        contact("2016-05", "jobcentre", people=("P1", "P2")),
        contact("2016-06", "surgery", people=("P2",)),
        people=("P1", "P2"),
    )
    risk = measured(told, cohort)

    own = risk.levels[0]
    assert (risk.people, [life.whole.band for life in own.lives]) == (("P1", "P2"), ["5-9", "1"])
    assert own.joint.band == "1"


def test_the_smallest_changes_reach_the_target_and_say_what_they_cost(cohort):
    found = plans(story(*LIFE), V, cohort, 10)
    first = found[0]

    assert [plan.risk.verdict(10) for plan in found] == [Verdict.MET] * len(found)
    assert (first.price, first.share, first.told, first.of) == (5, 42, 2, 3)
    assert first.small
    assert [say(one) for one in cost(first, {"housing": "Housing"})] == [
        'Show every agency of "Housing" by its sector only.',
        "Leave out 1 contact.",
    ]


def test_repeats_are_told_as_one_before_anything_is_left_out(cohort):
    often = (contact("2016-05-02", "jobcentre"), contact("2016-05-09", "jobcentre", summary="Signed on"))
    told = story(*often)
    first = plans(told, V, cohort, 11)[0]

    assert (len(first.merged), first.left_out, first.price) == (1, (), 2)
    assert [one.not_telling for one in after(told, first).contacts].count(True) == 1


def test_where_nothing_helps_there_is_no_plan(cohort):
    assert plans(story(contact("2016-06", "surgery")), V, cohort, 10) == ()
    assert plans(story(contact("2020-06", "surgery")), V, cohort, 10) == ()
