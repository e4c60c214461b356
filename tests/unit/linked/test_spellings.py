"""Agencies spelled several ways are found; agencies that only look alike are not."""

from __future__ import annotations

import pytest

from storybook.linked.loading.spellings import offers


@pytest.mark.parametrize(
    "names",
    [
        ("Night Shelter", "NIGHT SHELTER"),
        ("Night Shelter", "Night  shelter."),
        ("The Night Shelter", "Night Shelter"),
        ("Probation & Parole", "Probation and Parole"),
        ("St Mary's Hostel", "St Marys Hostel"),
        ("West Midlands Police", "WMP"),
        ("Housing Options Team", "Housing Optoins Team"),
        ("NightShelter", "Night Shelter Ltd"),
    ],
)
def test_one_name_written_two_ways_is_offered(names):
    (offer,) = offers([*names, "Somewhere else", ""])

    assert offer.names == tuple(sorted(names))
    assert offer.instead in names


@pytest.mark.parametrize(
    "names",
    [
        ("Ward 1", "Ward 2"),
        ("Clinic North", "Clinic South"),
        ("A", "B", "AA"),
        ("Police", "Probation"),
        ("Agency 12", "Agency 21"),
        (),
    ],
)
def test_different_agencies_are_not(names):
    assert offers(names) == ()


def test_the_fullest_spelling_is_the_one_to_use():
    (offer,) = offers(["WMP", "west midlands police", "West Midlands Police"])

    assert offer.instead == "West Midlands Police"
    assert offer.merge == {"WMP": "West Midlands Police", "west midlands police": "West Midlands Police"}


def test_with_very_many_names_only_capitals_spaces_and_signs_are_compared():
    many = [f"Agency {chr(97 + n // 26)}{chr(97 + n % 26)}x" for n in range(650)]

    assert [offer.names for offer in offers([*many, "AGENCY aax", "Agency aaxx"])] == [
        ("AGENCY aax", "Agency aax")
    ]
