"""What an edition lets be matched: where, in which steps, as what a reader can take the lanes for."""

from __future__ import annotations

import pytest

from storybook.anonymise.risk.trajectory import trajectory
from storybook.linked.cohort.protocol import Frame, Known
from storybook.story.model import Agency, DatePolicy, ShowAs

from .samples import VOCABULARY, a_story, contact

SECTORS = {"Hostel": "housing", "Shelter": "housing", "Police": "police"}
APRIL, MAY = 12 * 2016 + 3, 12 * 2016 + 4


def agency(ref: str, dataset_agency: str, sector: str = "housing", **more) -> Agency:
    return Agency(ref=ref, name=ref.upper(), sector=sector, dataset_agency=dataset_agency, **more)


def path(*contacts, agencies=None, policy=DatePolicy.MONTH, weeks=0):
    both = agencies or (agency("a", "Hostel"), agency("b", "Police", "police"))
    return trajectory(a_story(*contacts, agencies=both, date_policy=policy), VOCABULARY, SECTORS, weeks)


def known(found, grain=0, *, by_sector=False):
    return [one.known(found.grains[grain], by_sector=by_sector) for one in found.contacts]


HOSTEL = frozenset(["Hostel"])


def test_a_month_is_a_month_and_grows_with_the_grain():
    found = path(contact("2016-04-03"))

    assert found.frame == Frame("month")
    assert [known(found, grain) for grain in range(4)] == [
        [Known(HOSTEL, APRIL, APRIL)],
        [Known(HOSTEL, APRIL, APRIL + 2)],
        [Known(HOSTEL, 12 * 2016, 12 * 2016 + 11)],
        [Known(HOSTEL)],
    ]


def test_relative_dates_count_from_the_first_contact_and_may_lie_anywhere():
    found = path(contact("2016-04-03"), contact("2016-08-03"), policy=DatePolicy.RELATIVE)

    assert found.frame == Frame("month", shifts=True)
    assert known(found) == [Known(HOSTEL, 0, 0), Known(HOSTEL, 4, 4)]
    assert known(found, 1) == [Known(HOSTEL, 0, 2), Known(HOSTEL, 3, 5)]


@pytest.mark.parametrize(
    ("policy", "first", "last"),
    [
        (DatePolicy.QUARTER, APRIL, APRIL + 2),
        (DatePolicy.SEASON, APRIL - 1, APRIL + 1),
        (DatePolicy.YEAR, 12 * 2016, 12 * 2016 + 11),
    ],
)
def test_a_coarser_policy_gives_wider_steps(policy, first, last):
    assert known(path(contact("2016-04-03"), policy=policy)) == [Known(HOSTEL, first, last)]


def test_a_winter_belongs_to_the_year_that_its_season_begins():
    found = path(contact("2016-12-03"), policy=DatePolicy.SEASON)

    december = 12 * 2016 + 11
    assert known(found, 0) == [Known(HOSTEL, december, december + 2)]
    assert known(found, 1) == [Known(HOSTEL, december, december + 11)]


def test_moved_dates_are_known_to_the_week_at_any_shift():
    found = path(contact("2016-04-03"), contact("2016-04-12"), policy=DatePolicy.SHIFTED, weeks=8)

    assert found.frame == Frame("week", shifts=True)
    assert known(found) == [Known(HOSTEL, 0, 0), Known(HOSTEL, 2, 2)]


def test_a_date_known_to_the_year_may_match_anywhere_in_it_and_a_stay_where_it_begins():
    found = path(contact("2016"), contact("2016-04", end="2016-09"))

    assert known(found) == [Known(HOSTEL, 12 * 2016, 12 * 2016 + 11), Known(HOSTEL, APRIL, APRIL)]


def test_a_lane_shown_by_its_sector_is_any_agency_of_it_that_has_no_name_of_its_own():
    hidden = agency("a", "Hostel", show_as=ShowAs.SECTOR)
    alone = path(contact("2016-04"), agencies=(hidden,))
    beside = path(contact("2016-04"), agencies=(hidden, agency("s", "Shelter")))

    assert alone.contacts[0].named == {"Hostel", "Shelter"}
    assert beside.contacts[0].named == {"Hostel"}
    assert known(beside, by_sector=True) == [Known(frozenset(["Hostel", "Shelter"]), APRIL, APRIL)]


def test_an_agency_that_gave_no_rows_can_be_nothing_in_the_data():
    assert path(contact("2016-04"), agencies=(agency("a", ""),)).contacts[0].named == frozenset()


def test_each_person_has_the_contacts_that_concern_them_and_those_that_name_nobody():
    found = path(contact("2016-04", people=("P1",)), contact("2016-05", people=("P2",)), contact("2016-06"))

    assert [[one.first - APRIL for one in found.of(ref)] for ref, _ in found.people] == [[0, 2], [1, 2]]


def test_contacts_that_are_not_told_can_not_be_matched():
    found = path(contact("2016-04"), contact("2016-05", not_telling=True, needs=("offending",)))

    assert len(found.contacts) == 1
    assert found.told_needs == frozenset()
