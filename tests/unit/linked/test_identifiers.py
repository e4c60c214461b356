"""Columns that say who somebody is are found by their heading or their values, and ordinary ones are not."""

from __future__ import annotations

import pytest

from storybook.linked.loading.identifiers import heading_kind, value_kind

PERSON, CATEGORY = "person", "place"


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Name", "names"),
        ("First name", "names"),
        ("surname", "names"),
        ("client_name", "names"),
        ("PatientName", "names"),
        ("Mother's name", "names"),
        ("NHS Number", "NHS numbers"),
        ("nhs_no", "NHS numbers"),
        ("NINO", "National Insurance numbers"),
        ("SSN", "National Insurance numbers"),
        ("E-mail address", "email addresses"),
        ("Mother's maiden name", "names"),
        ("MMN", "names"),
        ("Registered GP", "names"),
        ("named clinician", "names"),
        ("Travel document no.", "passports or driving licences"),
        ("Driver number", "passports or driving licences"),
        ("uprn_id", "addresses"),
        ("Unique property reference", "addresses"),
        ("Traveller site name", "addresses"),
        ("client_ip", "addresses of a computer or phone"),
        ("IPv6", "addresses of a computer or phone"),
        ("insta", "names or pages on the web"),
        ("X / Twitter", "names or pages on the web"),
        ("Hosp. No.", "numbers of a person's records"),
        ("Unique learner number", "numbers of a person's records"),
        ("police national computer", "numbers of a person's records"),
        ("Home Office reference", "numbers of a person's records"),
        ("vehicle reg mark", "number plates"),
        ("Mobile", "phone numbers"),
        ("Telephone No", "phone numbers"),
        ("Post code", "full postcodes"),
        ("Address line 1", "addresses"),
        ("UPRN", "addresses"),
        ("DOB", "dates of birth"),
        ("Date of Birth", "dates of birth"),
        ("dateOfBirth", "dates of birth"),
    ],
)
def test_a_heading_that_names_an_identifier_is_known(heading, kind):
    assert str(heading_kind(CATEGORY, heading)) == kind


@pytest.mark.parametrize(
    "heading",
    [
        "Case ID",
        "person",
        "Client ID",
        "Complete Timestamp",
        "org:group",
        "Activity",
        "Ward",
        "Agency name",
        "Date",
        "Site",
        "User",
        "Vehicle",
        "Reason for referral",
    ],
)
def test_an_ordinary_heading_is_not(heading):
    assert heading_kind("person", heading) is None


def test_an_agency_may_have_a_name():
    assert heading_kind("agency", "Name") is None


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        (["Mary Brown", "JOHN SMITH", "O'Neill, Pat"], "names"),
        (["Mary", "John", "Aisha"], "names"),
        (["943 476 5919", "9434765870"], "NHS numbers"),
        (["AB123456C", "CE 12 34 56 D"], "National Insurance numbers"),
        (["CV1 2AB", "CV12 3CD"], "full postcodes"),
        (["CV12AB", "CV123CD"], "full postcodes"),
        (["a@b.org", "c.d@e.co.uk"], "email addresses"),
        (["07700 900123", "+44 7700 900456"], "phone numbers"),
        (["123-45-6789", "987-65-4321"], "National Insurance numbers"),
        (["1970-01-02", "2/3/1981"], "dates, perhaps of birth"),
        (["12 High Street", "4a Mill Road"], "addresses"),
    ],
)
def test_marks_for_people_that_identify_them_are_found(values, kind):
    assert str(value_kind(PERSON, values)) == kind


@pytest.mark.parametrize(
    "values",
    [
        ["A", "B", "NA", "XJ", "AAB"],
        ["1", "2", "3000000001", "3000000002", "3000000003"],
        ["S00001", "S00002"],
        ["3f2a9c", "b81e77"],
        [],
        [""],
    ],
)
def test_marks_that_say_nothing_are_let_through(values):
    assert value_kind(PERSON, values) is None


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        (["Hillfields", "CV1 5FB", "Radford"], "full postcodes"),
        (["help", "please mail a@b.org"], "email addresses"),
        (["Radford", "12 High Street"], "addresses"),
        (["other", "AB123456C"], "National Insurance numbers"),
        (["1970-01-02", "1981-03-02"], "dates, perhaps of birth"),
        (
            ["She came in upset and said that her landlord had changed the locks again on Sunday night"],
            "somebody's notes",
        ),
    ],
)
def test_one_identifying_value_among_categories_is_enough(values, kind):
    assert str(value_kind(CATEGORY, values)) == kind


@pytest.mark.parametrize(
    "values",
    [["CV1", "CV2 ", "Ward 3"], ["E01009642"], ["ER Registration", "IV Liquid"], ["Housing First", "Crisis"]],
)
def test_areas_and_kinds_are_let_through(values):
    assert value_kind(CATEGORY, values) is None


def test_an_agency_may_be_called_after_its_street():
    assert value_kind("agency", ["Weir Street Surgery", "12 Mill Road Clinic"]) is None


_MANY = range(40)


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ([f"{100_023_336_956 + n}" for n in _MANY], "numbers of a person's records"),
        ([f"{412_093_771 + n}" for n in _MANY], "numbers of a person's records"),
        ([f"K{1_815_019 + n}" for n in _MANY], "numbers of a person's records"),
        ([f"A{64_010_024 + n}X" for n in _MANY], "numbers of a person's records"),
        (["98/23K", "04/5113L"], "numbers of a person's records"),
        (["Day centre", "45265/11L"], "numbers of a person's records"),
        (["2001:db8::1f", "fe80::2"], "addresses of a computer or phone"),
        (["A342 JNJ", "KPL 7S"], "number plates"),
        (["joyce_grimshaw77", "@tendai.m"], "names or pages on the web"),
        (["Dr C Dunmore", "Dr. A. B. Wilkins"], "names"),
    ],
)
def test_marks_of_one_s_own_are_no_categories_whatever_the_column_is_called(values, kind):
    rows = 3 * len(values)
    assert [str(value_kind(field, values, rows)) for field in ("kind", "place", "")] == [kind] * 3


@pytest.mark.parametrize(
    "values",
    [
        [f"E0100{9000 + n}" for n in _MANY],
        [f"201604{n:02}" for n in range(1, 31)],
        [f"Code {n}" for n in _MANY],
        [f"{42_000 + n}" for n in _MANY],
    ],
    ids=["areas", "days", "codes", "Excel's days"],
)
def test_codes_of_areas_and_days_are_no_marks_of_one_s_own(values):
    assert value_kind("kind" if values[0][0] != "2" else "need", values, 3 * len(values)) is None


def test_long_numbers_that_stand_in_many_rows_each_are_codes():
    codes = [f"{183_932_001 + n}" for n in _MANY]

    assert value_kind("kind", codes, 4000) is None
    assert value_kind("kind", codes[:15], 45) is None


@pytest.mark.parametrize(
    "place",
    [
        "Siskin Drive Caravan Park",
        "The Oaks Gypsy Site",
        "Pitch 7, Hawkesmill",
        "Women's refuge",
        "Travellers' site",
    ],
)
def test_where_few_live_and_are_known_by_it_is_no_area(place):
    assert (
        str(value_kind("place", ["Radford", place]))
        == "homes of few people, such as sites, pitches or refuges"
    )
    assert value_kind("agency", ["Radford", place]) is None
