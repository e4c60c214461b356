"""Direct identifiers and calendar dates in a text: found however they are written, and nothing else found."""

# ruff: noqa: RUF001 - letters and digits that look like others are what is tested

from __future__ import annotations

import pytest

from storybook.anonymise.detectors.findings import Confidence, Finding, Kind, What
from storybook.anonymise.detectors.identifiers import find_all, find_direct


def found(text: str) -> list[tuple[What, str]]:
    return [(hit.what, text[hit.start : hit.end]) for hit in find_direct(text)]


@pytest.mark.parametrize(
    "text",
    [
        "CV1 2AB",
        "cv1 2ab",
        "CV12AB",
        "SW1A 1AA",
        "GIR 0AA",
        "CV1-2AB",
        "CV1\n2AB",
        "CV1 OAA",
        "EC1A.1BB",
        "gir 0aa",
        "СV1 2АB",
    ],
)
def test_postcodes(text: str) -> None:
    assert found(f"lives at {text}, she says") == [(What.POSTCODE, text)]


@pytest.mark.parametrize(
    "text",
    [
        "943 476 5919",
        "9434765919",
        "943-476-5919",
        "943.476.5919",
        "94347 65919",
        "9 4 3 4 7 6 5 9 1 9",
        "94 34 76 59 19",
    ],
)
def test_nhs_numbers(text: str) -> None:
    assert found(f"it was {text}, he said") == [(What.NHS_NUMBER, text)]


def test_numbers_beside_an_nhs_number_don_t_hide_it() -> None:
    assert found("Room 4 943 476 5919 2 times") == [(What.NHS_NUMBER, "943 476 5919")]


def test_after_the_words_nhs_number_a_typing_error_still_identifies() -> None:
    assert found("NHS number: 943 476 5918.") == [(What.NHS_NUMBER, "943 476 5918")]
    assert found("reference 943 476 5918") == []


@pytest.mark.parametrize(
    "text", ["QQ 12 34 56 C", "AB123456C", "ab 12 34 56 c", "AB-12-34-56-C", "jg 103759 a"]
)
def test_national_insurance_numbers(text: str) -> None:
    assert found(f"it was {text} he said") == [(What.NI_NUMBER, text)]


def test_a_national_insurance_number_without_its_letter_needs_its_name() -> None:
    assert found("Her NI number is AB 12 34 56.") == [(What.NI_NUMBER, "AB 12 34 56")]
    assert found("lot AB 12 34 56") == []


@pytest.mark.parametrize(
    "text",
    [
        "07700 900123",
        "07700.900.123",
        "+44 7700 900123",
        "+44 (0)7700 900 123",
        "(024) 7683 3333",
        "024-7683-3333",
        "0044 7700 900123",
        "07700900123",
        "01632 960001",
        "0 7 7 0 0 9 0 0 1 2 3",
        "+353 1 677 1111",
        "O77OO 9OO123",
        "0800 123 4567",
        "00353 1 677 1111",
        "016977 2000",
    ],
)
def test_phones(text: str) -> None:
    assert found(f"ask on {text} today") == [(What.PHONE, text)]


def test_a_phone_number_that_lost_its_nought_needs_its_name() -> None:
    assert found("rang me on 7700 900123") == [(What.PHONE, "7700 900123")]
    assert found("paid 7700 900123") == []


@pytest.mark.parametrize(
    "text",
    [
        "a.b@x.co.uk",
        "A.B+c@X.ORG",
        "john (at) gmail dot com",
        "john [at] nhs [dot] net",
        "j @ x.com",
        "john at gmail dot com",
    ],
)
def test_emails(text: str) -> None:
    assert found(f"write to {text} soon") == [(What.EMAIL, text)]


@pytest.mark.parametrize(
    ("before", "date", "after"),
    [
        ("DOB ", "12/03/81", ""),
        ("born on ", "3rd March 1981", ""),
        ("d.o.b. ", "03-04-79", ""),
        ("D.O.B: ", "1981-03-12", ""),
        ("date of birth: ", "12 Mar '81", ""),
        ("dob ", "120381", ""),
        ("DOB=", "12031981", ""),
        ("Date of Birth – ", "12.03.1981", ""),
        ("born in a small town on the ", "third of March nineteen eighty-one", ""),
        ("", "12/03/1981", " (DOB)"),
        ("DoB ", "12 03 81", ""),
        ("born ", "March 1981", ""),
        ("her birthday is ", "3 March", ""),
        ("b. ", "12/3/81", ""),
        ("Born: ", "March 3rd, 1981", ""),
        ("DOB: ", "1981", ""),
        ("date of birth was ", "twelfth March 1981", ""),
    ],
)
def test_dates_of_birth(before: str, date: str, after: str) -> None:
    assert found(f"{before}{date}{after}.") == [(What.BIRTH_DATE, date)]


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("**07700** 900123", "07700** 900123"),
        ("０７７００ 900\u200b123", "０７７００ 900\u200b123"),
        ("&#48;7700 900123", "&#48;7700 900123"),
        ("07700&nbsp;900123", "07700&nbsp;900123"),
        ("C V 1 2 A B", "C V 1 2 A B"),
        ("07700<br>900123", "07700<br>900123"),
        ("john@<b>x</b>.com", "john@<b>x</b>.com"),
        ("DOB 12**/03/**81", "12**/03/**81"),
        ("`CV1` 2AB", "CV1` 2AB"),
        ("07700\\-900123", "07700\\-900123"),
        ("[07700](http://a.example) 900123", "07700](http://a.example) 900123"),
        ("94\u00ad34765919", "94\u00ad34765919"),
        ("٠٧٧٠٠ ٩٠٠١٢٣", "٠٧٧٠٠ ٩٠٠١٢٣"),
        ("0\ufe0f\u20e37700 900123", "0\ufe0f\u20e37700 900123"),
        ("[ring](tel:07700900123)", "07700900123"),
        ("💬 é CV1 2AB", "CV1 2AB"),
        ("<!-- x -->CV1<!-- y --> 2AB", "CV1<!-- y --> 2AB"),
        ("07700\r\n900123", "07700\r\n900123"),
        ("(024)\u2028 7683 3333", "(024)\u2028 7683 3333"),
        ("024·7683·3333", "024·7683·3333"),
        ("CV1\u28002AB", "CV1\u28002AB"),
        ("DOB 12⁄03⁄81", "12⁄03⁄81"),
        ("943−476−5919", "943−476−5919"),
    ],
)
def test_tricks_are_seen_through_and_told_in_the_text_s_own_code_points(text: str, where: str) -> None:
    assert [what for _, what in found(text)] == [where]


@pytest.mark.parametrize(
    "text",
    [
        "in March",
        "24/7",
        "£1,200.50",
        "20mg of sertraline at 10.30",
        "ref 1234567890",
        "B12 3ml",
        "the 12 of them may go",
        "house 12",
        "9/11",
        "call 101 or 999",
        "NHS 111",
        "£9434765919",
        "at 4pm",
        "in E3 2nd floor",
        "03/04/2016 11:30",
        "02/08/2016 123",
        "I was born in 1981",
        "ring 0300",
        "between 10 and 12, 30 minutes",
        "met @ 10.30",
        "PIP, ESA 2",
        "Methadone 50ml 2x",
        "at work.com",
        "01, 02, 03, 04, 05, 6",
        "called on 12 03 2016",
        "a b c d e f",
        "F5 4 people",
        "Will and Grace hope",
        "0000",
        "+1 2345678",
        "M25 5 miles",
        "\u200b",
        "",
        "2 + 2 = 4",
        "1st of the month",
        "my 3 children",
        "@home",
        "section 21",
        "Band A",
        "00 12345678",
    ],
)
def test_ordinary_words_and_numbers_are_left_alone(text: str) -> None:
    assert found(text) == []


def test_a_finding_says_what_it_is_and_what_would_be_right() -> None:
    hit = find_direct("at CV1 2AB")[0]
    assert hit == Finding(What.POSTCODE, 3, 10, Confidence.CERTAIN)
    assert (hit.kind, str(hit.suggestion)) == (
        Kind.PLACE,
        "take it out, or say what kind of place it is: “a town nearby”",
    )


def test_hits_in_one_place_are_told_once_and_neighbours_each() -> None:
    text = "CV1 2AB 07700 900123 a@b.com DOB 12/03/81, CV1 2AB"
    assert [what.value for what, _ in found(text)] == [
        "postcode",
        "phone",
        "email",
        "date-of-birth",
        "postcode",
    ]
    assert [hit.what for hit in find_all("DOB 12/03/81", None)] == [What.BIRTH_DATE]
