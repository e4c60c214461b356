"""Names that no list holds, found by what stands beside them."""

from __future__ import annotations

import pytest

from storybook.anonymise import Kind, find_identifiers


def told(text: str, kind: Kind) -> set[str]:
    return {text[f.start : f.end] for f in find_identifiers(text, fast=True) if f.kind is kind}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        # Given words and names that only what somebody does, or is told, gives away.
        ("and then zorbo took the phone", {"zorbo"}),
        ("seen w/ abdikarim today", {"abdikarim"}),
        ("my mate lurch looks after the dog", {"lurch"}),
        ("and then tank said no", {"tank"}),
        ("We told Peaches to wait.", {"Peaches"}),
        ("Ghost wants a transfer.", {"Ghost"}),
        ("Summer crying on stairs.", {"Summer"}),
        # Given who it is in brackets, or before the word.
        ("Colander (cook) is off.", {"Colander"}),
        ("He is aka Chunk.", {"Chunk"}),
        ("hiya its zorbo", {"zorbo"}),
        # Given a name beside it.
        ("We saw Darren and Razor.", {"Darren", "Razor"}),
        ("Bones and Twitch barred. Bones apologised.", {"Bones", "Twitch"}),
        ("saw little darren", {"little darren"}),
        # Given a form.
        ("First name: River  Surname: Haddock", {"River", "Haddock"}),
        ("zed.r 10:14 anyone there\nzed.r 10:15 no", {"zed.r"}),
    ],
)
def test_somebody_is_found_by_their_company(text, names):
    assert names <= told(text, Kind.PERSON)


@pytest.mark.parametrize(
    "text",
    [
        "i told him the appt was moved",
        "the letter says no",
        "letter says rent is due",
        "Staff said no. Landlord wants a bond.",
        "saw the gp with mum and dad",
        "Storm Wibble closed the line.",
        "Flucloxacillin 500mg given.",
        "Jammie Dodgers and Coca-Cola for all.",
        "Probe 75C. Level tested.",
    ],
)
def test_what_is_nobodys_is_left_alone(text):
    assert told(text, Kind.PERSON) == set()


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("She is at 41 Sabden Street, Nethercliffe, NC2 7ZZ now.", "41 Sabden Street, Nethercliffe, NC2 7ZZ"),
        ("He is at seventeen Vernon Close.", "seventeen Vernon Close"),
    ],
)
def test_an_address_is_found_whole(text, address):
    assert address in told(text, Kind.PLACE)


def test_a_birth_told_in_words_alone_is_found():
    text = "born on the fifth of the fifth sixty one"

    assert "fifth of the fifth sixty one" in " ".join(told(text, Kind.DATE))
