"""A dataset as a cohort: bands of how many match, from rows on the disk."""

from __future__ import annotations

import datetime as dt
from random import Random

import pytest

from storybook.linked.cohort.dataset import DatasetCohort
from storybook.linked.cohort.protocol import UNMEASURED, Frame, Known, MatchBand, Matched
from storybook.linked.dataset.mapping import About
from storybook.linked.suppression.raw import people_of
from storybook.story.problems import Problems
from tests.unit.linked.brute_cohort import Case, a_case

from .linked_rows import loaded

SECTORS = {"Hostel": "housing", "Shelter": "housing", "Jobcentre": "benefits-work", "Surgery": "health"}
#: Twelve people were at the hostel in April and the jobcentre in May; three of them also at the surgery in May.
ROWS = [
    *((f"P{n}", "2016-04-03", "Hostel", "", "", "homelessness") for n in range(12)),
    *((f"P{n}", "2016-05-20", "Jobcentre", "", "", "") for n in range(12)),
    *((f"P{n}", "2016-05-21", "Surgery", "", "", "mental-health") for n in range(3)),
    *((f"Q{n}", "2016-08-21", "Shelter", "", "", "homelessness") for n in range(6)),
    ("Q1", "2016-10-01", "Jobcentre", "", "", ""),
]


@pytest.fixture(scope="module")
def cohort(tmp_path_factory):
    about = About(sectors=SECTORS, stands_for=40)
    return DatasetCohort(loaded(tmp_path_factory.mktemp("cohort"), ROWS, about))


def in_month(agency: str, year: int, month: int) -> Known:
    step = 12 * year + month - 1
    return Known(frozenset([agency]), step, step)


@pytest.mark.parametrize(
    ("points", "more", "band"),
    [
        ([("Hostel", "2016-04")], {}, "10+"),
        ([("Hostel", "2016-04"), ("Jobcentre", "2016-05")], {}, "10+"),
        ([("Hostel", "2016-04"), ("Surgery", "2016-05")], {}, "2-4"),
        ([("Hostel", "2016-04"), ("Hostel", "2016-04")], {}, "0"),
        ([("Hostel", "2016-05")], {}, "0"),
        ([("Hostel", "2016-05"), ("Jobcentre", "2016-06")], {"at_any_shift": True}, "10+"),
        ([("Hostel", "2016-05"), ("Jobcentre", "2016-07")], {"at_any_shift": True}, "0"),
        ([("Shelter", "2016-Q3"), ("Jobcentre", "2016-Q4")], {"grain": "quarter"}, "1"),
        ([("Shelter", "2017-Q2"), ("Jobcentre", "2017-Q3")], {"grain": "quarter", "at_any_shift": True}, "1"),
        ([("Shelter", "2016"), ("Shelter", "2016")], {"grain": "year"}, "0"),
        ([("Shelter", ""), ("Shelter", "")], {"grain": "set"}, "5-9"),
        ([("housing", "2016")], {"grain": "year", "by": "sector"}, "10+"),
        ([("nowhere", "2016-04")], {}, "0"),
        ([], {}, "not measured"),
    ],
)
def test_points_are_matched_and_the_answer_is_a_band(cohort, points, more, band):
    assert cohort.matching(points, **more) == band


def test_a_period_has_to_be_of_the_grain(cohort):
    with pytest.raises(Problems, match='"2016-Q2" is not a month'):
        cohort.matching([("Hostel", "2016-Q2")])


def test_any_m_of_what_is_known_is_measured_and_each_contact(cohort):
    life = [in_month("Hostel", 2016, 4), in_month("Jobcentre", 2016, 5), in_month("Surgery", 2016, 5)]
    found = cohort.measure(life, Frame())

    assert [matched.band for matched in found.any_of] == ["2-4", "2-4", "2-4", "2-4"]
    assert found.whole.band == "2-4"
    assert [tuple(map(str, bands)) for bands in found.each] == [
        ("10+", "2-4"),
        ("10+", "2-4"),
        ("2-4", "2-4"),
    ]
    assert not found.whole.reaches(10)


def test_the_target_for_the_open_web_is_one_more(cohort):
    twelve = cohort.measure([in_month("Hostel", 2016, 4)], Frame()).whole

    assert (twelve.reaches(10), twelve.reaches(11)) == (True, True)
    assert not Matched(MatchBand.MANY, enough_for_web=False).reaches(11)
    assert not Matched(MatchBand.MANY, enough_for_web=True, exact=False).reaches(10)
    with pytest.raises(ValueError, match="10 or 11"):
        twelve.reaches(3)


def test_everybody_who_matches_may_share_a_need_that_was_not_told(cohort):
    hostel = [in_month("Hostel", 2016, 4)]

    assert cohort.measure(hostel, Frame()).whole.alike is True
    assert cohort.measure(hostel, Frame(), told=["homelessness"]).whole.alike is False
    assert cohort.measure([in_month("Jobcentre", 2016, 5)], Frame()).any_of[0].alike is True


def test_against_the_city_it_is_estimated_with_caution(cohort):
    assert cohort.measure([in_month("Surgery", 2016, 5)], Frame()).whole.city == "2-4"
    assert cohort.measure([in_month("Hostel", 2016, 4)], Frame()).whole.city == "10+"


def test_a_couple_is_matched_jointly_by_two_different_people_at_one_shift(cohort):
    hostel, surgery = in_month("Hostel", 2016, 4), in_month("Surgery", 2016, 5)
    shelter, job = in_month("Shelter", 2016, 8), in_month("Jobcentre", 2016, 10)

    assert cohort.jointly([[hostel], [surgery]], Frame()).band == "2-4"
    assert cohort.jointly([[shelter], [job]], Frame()).band == "1"
    assert cohort.jointly([[job], [job]], Frame()).band == "0"
    assert cohort.jointly([[hostel], [in_month("Shelter", 2016, 9)]], Frame(shifts=True)).band == "0"
    assert cohort.jointly([[hostel], []], Frame()) == UNMEASURED


def test_what_the_rows_can_hold(cohort):
    assert cohort.holds(in_month("Hostel", 2016, 4), Frame())
    assert not cohort.holds(in_month("Prison", 2016, 4), Frame())
    assert not cohort.holds(in_month("Hostel", 2019, 4), Frame())
    assert cohort.holds(in_month("Hostel", 2019, 4), Frame(shifts=True))
    assert cohort.holds(Known(frozenset(["Hostel"])), Frame())
    assert not cohort.measure([], Frame()).whole.reaches(10)


def test_it_says_how_large_it_is_only_roughly(cohort):
    assert cohort.size_in_words == "about 0 people"
    assert cohort.synthetic is False
    assert cohort.sectors == SECTORS


def test_a_week_is_a_step_too(cohort):
    week = (dt.date(2016, 4, 3).toordinal() - 1) // 7

    assert cohort.measure([Known(frozenset(["Hostel"]), week, week)], Frame("week")).whole.band == "10+"
    assert cohort.measure([Known(frozenset(["Hostel"]), week + 1, week + 1)], Frame("week")).whole.band == "0"


def from_disk(case: Case, folder, name: str) -> DatasetCohort:
    rows = [
        (f"P{number}", f"{month // 12:04}-{month % 12 + 1:02}-15", agency, "", "", "")
        for number, person in enumerate(case.people)
        for (agency, month), often in person.items()
        for _ in range(often)
    ]
    return DatasetCohort(loaded(folder, rows, name=name))


def later(case: Case) -> Case:
    """The same in a century that has dates."""
    years = 12 * 2000
    people = tuple(
        type(person)({(agency, month + years): often for (agency, month), often in person.items()})
        for person in case.people
    )
    known = tuple(
        one if one.first is None else Known(one.agencies, one.first + years, one.last + years)
        for one in case.known
    )
    return Case(people, case.first + years, case.steps, known, case.frame)


def compare(seed: int, folder) -> None:
    case = later(a_case(Random(seed)))
    found = from_disk(case, folder, f"rows-{seed}").exact(case.known, case.frame)

    assert people_of(found.whole) == case.matching(case.known)
    assert [people_of(raw) for raw in found.any_of] == [min(case.fewest(size), 11) for size in (1, 2, 3, 4)]


@pytest.mark.parametrize("seed", range(4))
def test_rows_on_the_disk_give_what_brute_force_gives(seed, tmp_path):
    compare(seed, tmp_path)


@pytest.mark.exam
@pytest.mark.parametrize("seed", range(2_000, 2_200))
def test_two_hundred_cohorts_on_the_disk_give_what_brute_force_gives(seed, tmp_path):
    compare(seed, tmp_path)
