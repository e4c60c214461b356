"""Datasets of the same rows under two names: one ledger, and the strictest rule of both."""

from __future__ import annotations

import datetime as dt

import pytest

from storybook.linked.audit import audit
from storybook.linked.dataset.kin import related, share_partner, share_rows
from storybook.linked.dataset.manifest import Given, Manifest
from storybook.linked.suppression.rules import rule_called
from tests.unit.linked.ledgers import LATER, asked, manifest, released

SPRING = (dt.date(2016, 3, 1), dt.date(2016, 5, 31))
SUMMER = (dt.date(2016, 5, 31), dt.date(2016, 8, 31))
AUTUMN = (dt.date(2016, 9, 1), dt.date(2016, 11, 30))
BOTH_WARDS = [("place", "W1"), ("place", "W2")]


def given(partner="", days=SPRING, *files):
    return Given(partner=partner, first=days[0], last=days[1], files=files)


def dataset(name, *ever, **more) -> Manifest:
    rule, same = more.pop("rule", "default"), more.pop("same_people", ())
    data = manifest(rule=rule, **more)
    return data.model_copy(update={"name": name, "ever": ever, "same_people": same})


def kin_of(*datasets):
    return {one.name: one.kin for one in related(datasets)}


# ---- which are kin


def test_datasets_into_which_one_file_was_ever_loaded_are_kin():
    one, other = dataset("a", given("", SPRING, "f1", "f2")), dataset("b", given("", AUTUMN, "f2"))

    assert share_rows(one, other)
    assert kin_of(one, other, dataset("c", given("", SPRING, "f3"))) == {"a": ("b",), "b": ("a",), "c": ()}


@pytest.mark.parametrize(
    ("partner", "days", "kin"),
    [("City  police", SUMMER, True), ("City Police", AUTUMN, False), ("Police", SPRING, False)],
)
def test_datasets_with_rows_of_one_partner_and_the_same_days_are_kin(partner, days, kin):
    assert share_partner(dataset("a", given("City Police")), dataset("b", given(partner, days))) is kin


def test_rows_of_nobody_in_particular_are_not_of_one_partner():
    assert kin_of(dataset("a", given()), dataset("b", given())) == {"a": (), "b": ()}


def test_datasets_in_which_the_same_people_were_found_are_kin_whichever_came_first():
    assert kin_of(dataset("a", same_people=("b",)), dataset("b")) == {"a": ("b",), "b": ("a",)}


def test_kin_of_kin_is_kin():
    police, both = dataset("a", given("Police")), dataset("b", given("Police"), given("", AUTUMN, "f"))

    assert kin_of(police, both, dataset("c", given("", SPRING, "f")))["a"] == ("b", "c")


def test_the_strictest_rule_holds_for_all_kin():
    kin = related([dataset("a", given("P"), rule="dfe"), dataset("b", given("P"), rule="nhs"), dataset("c")])
    rules = [rule_called(one.about.rule) for one in kin]

    assert [(one.below, one.base, one.zeros) for one in rules] == [
        (8, 10, False),
        (8, 10, False),
        (10, 5, True),
    ]


def test_what_is_kin_is_worked_out_and_never_stored():
    one, _ = related([dataset("a", same_people=("b",)), dataset("b")])

    assert "kin" not in one.model_dump()


# ---- one ledger


def number(name, question, many, version, **more):
    return released(question, many, version=version, **more).model_copy(update={"dataset": name})


A = related([dataset("a", same_people=("b",)), dataset("b", version=LATER)])
LEDGER = [
    number("a", asked(place="W1"), 9, A[0].version),
    number("a", asked(where=BOTH_WARDS), 30, A[0].version),
]
OTHER_WARD = number("b", asked(place="W2"), 20, LATER)


def test_what_the_one_hides_the_other_does_not_give_away():
    strangers = [one.model_copy(update={"kin": ()}) for one in A]

    assert not audit(LEDGER, [OTHER_WARD], A).released
    assert audit(LEDGER, [OTHER_WARD], strangers).released


def test_it_makes_no_difference_which_of_them_is_newer():
    newer = [number("b", one.question, n, LATER) for one, n in zip(LEDGER, (9, 30), strict=True)]

    assert not audit(newer, [number("a", asked(place="W2"), 20, A[0].version)], A).released


def test_numbers_of_both_that_leave_at_once_are_attacked_together():
    assert not audit([], [*LEDGER, OTHER_WARD], A).released


def test_what_one_of_them_has_no_list_of_is_everything_there():
    """The second has no wards: everybody at an agency is everybody in all of its wards."""
    data = related(
        [dataset("a", same_people=("b",), places=("W1", "W2")), dataset("b", version=LATER, places=())]
    )
    wards = [
        number("a", asked(agency="A", place=ward), n, data[0].version) for ward, n in (("W1", 9), ("W2", 20))
    ]
    whole = number("b", asked(agency="A"), 30, LATER)

    assert not audit(wards, [whole], data).released
    assert audit([], [whole], data).released


@pytest.mark.parametrize(
    ("question", "safe"), [(asked(agency="E"), False), (asked(agency="B"), True), (asked(), True)]
)
def test_a_name_that_may_be_another_name_of_an_agency_there_is_not_released_beside_its_numbers(
    question, safe
):
    """Agency E here may be agency A there."""
    data = related(
        [dataset("a", same_people=("b",)), dataset("b", version=LATER, agencies=("B", "C", "D", "E"))]
    )
    before = [number("a", asked(agency="D"), 40, data[0].version)]

    assert audit(before, [number("b", question, 40, LATER)], data).released is safe
    assert audit([], [number("b", question, 40, LATER)], data).released
