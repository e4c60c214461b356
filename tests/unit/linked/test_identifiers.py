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
