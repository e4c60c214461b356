"""What happened next, and before and after: equal to plain Python over the rows, put through the rule."""

from __future__ import annotations

import datetime as dt
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storybook.linked.asking.next_steps import WINDOWS, Step, next_steps
from storybook.linked.asking.turning import LENGTHS, TurningPoint, before_and_after
from storybook.linked.dataset.mapping import About
from storybook.linked.suppression.figures import Count, StructuralZero, Suppressed
from storybook.story.problems import Problems

from .linked_rows import loaded
from .plain_python import Row, next_by_hand, turning_by_hand
from .test_linked_answer import as_loaded

AGENCIES = ("Jobcentre", "City Police", "Shelter", "Small Charity")
SECTORS = {
    "Jobcentre": "benefits-work",
    "City Police": "police",
    "Shelter": "housing",
    "Small Charity": "housing",
}
KINDS = ("visit", "arrest", "tenancy")


def some_rows(number=2600, people=220):
    chance = Random(5)
    first = dt.date(2014, 3, 9)
    rows = []
    for _ in range(number):
        day = first + dt.timedelta(days=chance.randrange(1500))
        agency = chance.choices(AGENCIES, (60, 30, 25, 3))[0]
        rows.append(
            Row(f"P{min(int(chance.expovariate(1 / 70)), people - 1)}", day, agency, chance.choice(KINDS))
        )
    doubled = [Row(row.person, row.day, chance.choice(AGENCIES), "visit") for row in rows[:300]]
    return rows + doubled


ROWS = some_rows()
steps = st.lists(
    st.builds(Step, agency=st.sampled_from(AGENCIES), kind=st.sampled_from(("", *KINDS))),
    min_size=1,
    max_size=2,
).map(tuple)
points = st.builds(
    TurningPoint, agency=st.sampled_from(AGENCIES), kind=st.sampled_from(("", *KINDS))
) | st.builds(
    TurningPoint, sector=st.sampled_from(sorted(set(SECTORS.values()))), kind=st.sampled_from(("", *KINDS))
)


@pytest.fixture(scope="module")
def dataset(tmp_path_factory):
    return loaded(tmp_path_factory.mktemp("next"), as_loaded(ROWS), About(sectors=SECTORS))


def shown(number, figure):
    """Whether ``figure`` is what the default rule makes of ``number`` people, or hidden for another's sake."""
    rounded = (number + 2) // 5 * 5
    right = Count(value=rounded, base=5) if number >= 10 else Suppressed(below=10)
    return figure in (right, Suppressed(below=10, because="protects"))


@given(steps)
@settings(max_examples=15)
def test_whom_people_met_next_is_the_number_counted_by_hand(dataset, asked):
    found = next_steps(dataset, asked)

    assert [window.days for window in found.windows] == [30, 90, 365]
    for window in found.windows:
        followed, nobody, agencies = next_by_hand(
            ROWS, [(one.agency, one.kind) for one in asked], window.days
        )
        assert shown(followed, window.followed)
        assert shown(nobody, window.nobody.figure)
        assert {one.agency for one in window.agencies} == set(AGENCIES)
        assert all(shown(agencies[one.agency], one.figure) for one in window.agencies)


@given(points, st.sampled_from(LENGTHS), st.sampled_from(("agency", "sector")))
@settings(max_examples=15)
def test_before_and_after_are_the_numbers_counted_by_hand(dataset, point, days, by):
    found = before_and_after(dataset, point, days, by)

    followed, cells = turning_by_hand(ROWS, SECTORS, (point.agency, point.sector, point.kind), days, by)
    assert shown(followed, found.people)
    for line in (*found.lines, found.together):
        for side, half in (("before", line.before), ("after", line.after)):
            people, contacts, most = cells[side, line.name]
            if isinstance(half.people, StructuralZero):
                assert (people, contacts, side) == (0, 0, "before")
                continue
            assert shown(people, half.people)
            enough = people >= 10 and 3 * most <= contacts
            hidden = {
                Suppressed(unit="contacts", below=10, because=why) for why in ("few_behind", "protects")
            }
            right = {Count(unit="contacts", value=(contacts + 2) // 5 * 5, base=5)} if enough else hidden
            assert half.contacts in right | {Suppressed(unit="contacts", below=10, because="protects")}


@pytest.mark.exam
def test_every_step_and_turning_point_is_counted_by_hand(dataset):
    some = [Step(agency, kind) for agency in AGENCIES for kind in ("", *KINDS)]
    for last in some:
        for earlier in (None, *some[:6]):
            asked = (last,) if earlier is None else (earlier, last)
            test_whom_people_met_next_is_the_number_counted_by_hand.hypothesis.inner_test(dataset, asked)
        point = TurningPoint(agency=last.agency, kind=last.kind)
        for days in LENGTHS:
            test_before_and_after_are_the_numbers_counted_by_hand.hypothesis.inner_test(
                dataset, point, days, "agency"
            )


def test_enough_is_shown_to_be_worth_asking(dataset):
    window = next_steps(dataset, (Step("Jobcentre"),)).windows[1]

    assert isinstance(window.followed, Count)
    assert [one.agency for one in window.agencies][:2] == ["Jobcentre", "City Police"]
    assert window.agencies[0].percent is not None


def test_a_share_and_a_rate_are_made_of_what_is_shown(dataset):
    found = before_and_after(dataset, TurningPoint(agency="Shelter"), 365, "agency")
    line = next(one for one in found.lines if one.name == "Jobcentre")

    assert isinstance(found.people, Count)
    assert line.after.rate == round(line.after.contacts.value / found.people.value, 1)
    few = before_and_after(dataset, TurningPoint(agency="Small Charity", kind="tenancy"), 365, "agency")
    assert all(one.after.rate is None for one in few.lines)


def test_nothing_can_come_before_the_first_contact_with_an_agency(dataset):
    lines = {
        one.name: one for one in before_and_after(dataset, TurningPoint(agency="Shelter"), by="agency").lines
    }

    assert lines["Shelter"].before.people == StructuralZero()
    assert lines["Shelter"].before.contacts == StructuralZero(unit="contacts")
    assert not isinstance(lines["Jobcentre"].before.people, StructuralZero)


def test_what_is_said_beside_the_numbers_says_that_they_are_about_others(dataset):
    notes = " ".join(str(note) for note in next_steps(dataset, (Step("Shelter"),)).notes)
    after = " ".join(str(note) for note in before_and_after(dataset, TurningPoint(agency="Shelter")).notes)

    assert "It says nothing about what will happen to anybody." in notes
    assert "What came after need not have come because of it." in after
    assert "Numbers under 10" in notes
    assert "Numbers under 10" in after


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ((), "agency: there is no step to start from"),
        ((Step("Shelter"),) * 3, "agency: there is no step to start from"),
        ((Step("Nowhere"),), 'agency: "Nowhere" is not an agency of this dataset'),
        ((Step("Nowhere"), Step("Shelter")), 'earlier_agency: "Nowhere" is not an agency of this dataset'),
        ((Step("Shelter", "dance"),), 'kind: "dance" is not a kind of contact in this dataset'),
    ],
)
def test_steps_that_are_not_in_the_data_are_told(dataset, asked, said):
    with pytest.raises(Problems) as caught:
        next_steps(dataset, asked)
    assert str(caught.value).startswith(said)


@pytest.mark.parametrize(
    ("point", "days", "by", "where"),
    [
        (TurningPoint(), 365, "sector", "agency"),
        (TurningPoint(agency="Shelter", sector="housing"), 365, "sector", "agency"),
        (TurningPoint(agency="Nowhere"), 365, "sector", "agency"),
        (TurningPoint(sector="nowhere"), 365, "sector", "sector"),
        (TurningPoint(agency="Shelter", kind="dance"), 365, "sector", "kind"),
        (TurningPoint(agency="Shelter"), 7, "sector", "days"),
        (TurningPoint(agency="Shelter"), 365, "person", "by"),
    ],
)
def test_a_turning_point_that_is_not_in_the_data_is_told(dataset, point, days, by, where):
    with pytest.raises(Problems) as caught:
        before_and_after(dataset, point, days, by)
    assert [problem.where for problem in caught.value.problems] == [where]


def test_the_windows_are_a_month_a_quarter_and_a_year():
    assert WINDOWS == (30, 90, 365)
