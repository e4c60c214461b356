"""Direct identifiers and calendar dates in a text: found however they are written, and nothing else found."""

from __future__ import annotations

import random
import re
import string
import time

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from stdnum.gb import nhs

from storybook.anonymise.codes import _AREA
from storybook.anonymise.findings import Confidence, Hit, Kind, What
from storybook.anonymise.identifiers import find_all, find_dates, find_identifiers
from storybook.anonymise.shown import Grain
from storybook.anonymise.views import views


def found(text: str) -> list[tuple[What, str]]:
    return [(hit.what, text[hit.start : hit.end]) for hit in find_identifiers(text)]


@pytest.mark.parametrize("text", [
    "CV1 2AB", "cv1 2ab", "CV12AB", "SW1A 1AA", "GIR 0AA", "CV1-2AB", "CV1\n2AB", "CV1 OAA", "EC1A.1BB", "gir 0aa", "СV1 2АB",
])  # fmt: skip
def test_postcodes(text: str) -> None:
    assert found(f"lives at {text}, she says") == [(What.POSTCODE, text)]


@pytest.mark.parametrize("text", ["943 476 5919", "9434765919", "943-476-5919", "943.476.5919", "94347 65919", "9 4 3 4 7 6 5 9 1 9", "94 34 76 59 19"])
def test_nhs_numbers(text: str) -> None:
    assert found(f"it was {text}, he said") == [(What.NHS_NUMBER, text)]


def test_numbers_beside_an_nhs_number_don_t_hide_it() -> None:
    assert found("Room 4 943 476 5919 2 times") == [(What.NHS_NUMBER, "943 476 5919")]


def test_after_the_words_nhs_number_a_typing_error_still_identifies() -> None:
    assert found("NHS number: 943 476 5918.") == [(What.NHS_NUMBER, "943 476 5918")]
    assert found("reference 943 476 5918") == []


@pytest.mark.parametrize("text", ["QQ 12 34 56 C", "AB123456C", "ab 12 34 56 c", "AB-12-34-56-C", "jg 103759 a"])
def test_national_insurance_numbers(text: str) -> None:
    assert found(f"it was {text} he said") == [(What.NI_NUMBER, text)]


def test_a_national_insurance_number_without_its_letter_needs_its_name() -> None:
    assert found("Her NI number is AB 12 34 56.") == [(What.NI_NUMBER, "AB 12 34 56")]
    assert found("lot AB 12 34 56") == []


@pytest.mark.parametrize("text", [
    "07700 900123", "07700.900.123", "+44 7700 900123", "+44 (0)7700 900 123", "(024) 7683 3333", "024-7683-3333",
    "0044 7700 900123", "07700900123", "01632 960001", "0 7 7 0 0 9 0 0 1 2 3", "+353 1 677 1111", "O77OO 9OO123",
    "0800 123 4567", "00353 1 677 1111", "016977 2000",
])  # fmt: skip
def test_phones(text: str) -> None:
    assert found(f"ask on {text} today") == [(What.PHONE, text)]


def test_a_phone_number_that_lost_its_nought_needs_its_name() -> None:
    assert found("rang me on 7700 900123") == [(What.PHONE, "7700 900123")]
    assert found("paid 7700 900123") == []


@pytest.mark.parametrize("text", ["a.b@x.co.uk", "A.B+c@X.ORG", "john (at) gmail dot com", "john [at] nhs [dot] net", "j @ x.com", "john at gmail dot com"])
def test_emails(text: str) -> None:
    assert found(f"write to {text} soon") == [(What.EMAIL, text)]


@pytest.mark.parametrize(("before", "date", "after"), [
    ("DOB ", "12/03/81", ""), ("born on ", "3rd March 1981", ""), ("d.o.b. ", "03-04-79", ""), ("D.O.B: ", "1981-03-12", ""),
    ("date of birth: ", "12 Mar '81", ""), ("dob ", "120381", ""), ("DOB=", "12031981", ""), ("Date of Birth – ", "12.03.1981", ""),
    ("born in a small town on the ", "third of March nineteen eighty-one", ""), ("", "12/03/1981", " (DOB)"), ("DoB ", "12 03 81", ""),
    ("born ", "March 1981", ""), ("her birthday is ", "3 March", ""), ("b. ", "12/3/81", ""), ("Born: ", "March 3rd, 1981", ""),
    ("DOB: ", "1981", ""), ("date of birth was ", "twelfth March 1981", ""),
])  # fmt: skip
def test_dates_of_birth(before: str, date: str, after: str) -> None:
    assert found(f"{before}{date}{after}.") == [(What.BIRTH_DATE, date)]


@pytest.mark.parametrize(("text", "where"), [
    ("**07700** 900123", "07700** 900123"), ("０７７００ 900\u200b123", "０７７００ 900\u200b123"), ("&#48;7700 900123", "&#48;7700 900123"),
    ("07700&nbsp;900123", "07700&nbsp;900123"), ("C V 1 2 A B", "C V 1 2 A B"), ("07700<br>900123", "07700<br>900123"),
    ("john@<b>x</b>.com", "john@<b>x</b>.com"), ("DOB 12**/03/**81", "12**/03/**81"), ("`CV1` 2AB", "CV1` 2AB"),
    ("07700\\-900123", "07700\\-900123"), ("[07700](http://a.example) 900123", "07700](http://a.example) 900123"),
    ("94\u00ad34765919", "94\u00ad34765919"), ("٠٧٧٠٠ ٩٠٠١٢٣", "٠٧٧٠٠ ٩٠٠١٢٣"), ("0\ufe0f\u20e37700 900123", "0\ufe0f\u20e37700 900123"),
    ("[ring](tel:07700900123)", "07700900123"), ("💬 é CV1 2AB", "CV1 2AB"), ("<!-- x -->CV1<!-- y --> 2AB", "CV1<!-- y --> 2AB"),
    ("07700\r\n900123", "07700\r\n900123"), ("(024)\u2028 7683 3333", "(024)\u2028 7683 3333"), ("024·7683·3333", "024·7683·3333"),
    ("CV1\u28002AB", "CV1\u28002AB"), ("DOB 12⁄03⁄81", "12⁄03⁄81"), ("943−476−5919", "943−476−5919"),
])  # fmt: skip
def test_tricks_are_seen_through_and_told_in_the_text_s_own_code_points(text: str, where: str) -> None:
    assert [what for _, what in found(text)] == [where]


@pytest.mark.parametrize("text", [
    "in March", "24/7", "£1,200.50", "20mg of sertraline at 10.30", "ref 1234567890", "B12 3ml", "the 12 of them may go", "house 12",
    "9/11", "call 101 or 999", "NHS 111", "£9434765919", "at 4pm", "in E3 2nd floor", "03/04/2016 11:30", "02/08/2016 123",
    "I was born in 1981", "ring 0300", "between 10 and 12, 30 minutes", "met @ 10.30", "PIP, ESA 2", "Methadone 50ml 2x", "at work.com",
    "01, 02, 03, 04, 05, 6", "called on 12 03 2016", "a b c d e f", "F5 4 people", "Will and Grace hope", "0000", "+1 2345678", "M25 5 miles",
    "\u200b", "", "2 + 2 = 4", "1st of the month", "my 3 children", "@home", "section 21", "Band A", "00 12345678",
])  # fmt: skip
def test_ordinary_words_and_numbers_are_left_alone(text: str) -> None:
    assert found(text) == []


def test_a_finding_says_what_it_is_and_what_would_be_right() -> None:
    hit = find_identifiers("at CV1 2AB")[0]
    assert hit == Hit(What.POSTCODE, 3, 10, Confidence.CERTAIN)
    assert (hit.kind, str(hit.suggestion)) == (Kind.PLACE, "take it out, or say what kind of place it is: “a town nearby”")


def test_hits_in_one_place_are_told_once_and_neighbours_each() -> None:
    text = "CV1 2AB 07700 900123 a@b.com DOB 12/03/81, CV1 2AB"
    assert [what.value for what, _ in found(text)] == ["postcode", "phone", "email", "date-of-birth", "postcode"]
    assert [hit.what for hit in find_all("DOB 12/03/81", None)] == [What.BIRTH_DATE]


# ---- planted identifiers are always found

DIGITS = st.integers(0, 9)
letters = st.sampled_from(string.ascii_uppercase)
inward = st.sampled_from("ABDEFGHJLNPQRSTUWXYZ")
postcodes = st.builds(
    lambda area, a, b, gap, c, d, e: f"{area}{a}{b}{gap}{c}{d}{e}",
    st.sampled_from(_AREA.split("|")), DIGITS, st.sampled_from(["", "1", "9", "A"]), st.sampled_from(["", " "]), DIGITS, inward, inward,
)  # fmt: skip


def _nhs(number: int) -> str:
    nine = f"{number:09d}"
    return next((nine + digit for digit in string.digits if nhs.is_valid(nine + digit)), "")


nhs_numbers = st.integers(100_000_000, 999_999_999).map(_nhs).filter(bool)
grouped = nhs_numbers.flatmap(lambda n: st.sampled_from([n, f"{n[:3]} {n[3:6]} {n[6:]}", f"{n[:3]}-{n[3:6]}-{n[6:]}"]))
ni_numbers = st.builds(
    lambda a, b, n, s, gap: f"{a}{b}{gap}{n[:2]}{gap}{n[2:4]}{gap}{n[4:]}{gap}{s}",
    st.sampled_from("ABCEHJLMPRSTW"), st.sampled_from("ABCEHJLMPRSTW"), st.integers(0, 999_999).map("{:06d}".format),
    st.sampled_from("ABCD"), st.sampled_from(["", " "]),
)  # fmt: skip
mobiles = st.integers(0, 999_999_999).map("07{:09d}".format).flatmap(
    lambda n: st.sampled_from([n, f"{n[:5]} {n[5:]}", f"{n[:5]} {n[5:8]} {n[8:]}", f"+44 {n[1:5]} {n[5:]}", f"{n[:5]}.{n[5:]}"])
)
emails = st.from_regex(r"[a-z]{1,8}\.[a-z]{1,8}@[a-z]{2,9}\.(co\.uk|com|org)", fullmatch=True)
births = st.builds(
    lambda label, d, m, y, style: f"{label} {style.format(d=d, m=m, y=y)}",
    st.sampled_from(["DOB", "dob:", "d.o.b.", "born on", "Date of birth"]), st.integers(1, 28), st.integers(1, 12), st.integers(1930, 2019),
    st.sampled_from(["{d}/{m}/{y}", "{d:02d}-{m:02d}-{y}", "{d}.{m}.{y}", "{y}-{m:02d}-{d:02d}"]),
)  # fmt: skip
planted = st.one_of(postcodes, grouped, ni_numbers, mobiles, emails, births)
around = st.sampled_from(["", "She said ", "(", "the café: ", "no. ", "\n", "🏠 ", "| ", "> "])


@given(around, planted, st.sampled_from(["", ".", ", and", ")", "\nthen", " |", "’s", " – no"]))
def test_a_planted_identifier_is_always_found(before: str, identifier: str, after: str) -> None:
    text = before + identifier + after
    covered = {place for hit in find_identifiers(text) for place in range(hit.start, hit.end)}
    core = re.sub(r"^(?:DOB|dob:|d\.o\.b\.|born on|Date of birth) ", "", identifier)
    start = text.index(core)
    assert covered >= set(range(start, start + len(core)))


@given(planted, st.integers(0, 2**32))
def test_small_letters_and_invisible_characters_hide_nothing(identifier: str, seed: int) -> None:
    chance = random.Random(seed)
    hidden = "".join(c + chance.choice(["", "", "\u200b", "\u2060", "\u00ad", "\u200d"]) for c in identifier)
    assert find_identifiers(hidden)
    wide = "".join(chr(ord(c) + 0xFEE0) if c.isdigit() and chance.random() < 0.5 else c for c in identifier)
    assert find_identifiers(wide)
    if not re.match(r"[A-Z]+\d[0-9A-Z]? ?\d(?:ST|ND|RD|TH)$", identifier):
        assert find_identifiers(identifier.lower())


@given(planted, st.integers(1, 6))
def test_bold_marks_in_the_middle_hide_nothing(identifier: str, place: int) -> None:
    assume(not identifier.lower().startswith(("dob", "d.o", "born", "date")) and "@" not in identifier)
    at = len(identifier) * place // 7
    assert find_identifiers(f"{identifier[:at]}**{identifier[at:]}**")


@given(st.integers(0, 999_999_999))
def test_ten_digits_with_a_wrong_check_digit_are_no_nhs_number(number: int) -> None:
    nine = f"{number:09d}"
    for digit in string.digits:
        text = nine + digit
        if not nhs.is_valid(text):
            assert What.NHS_NUMBER not in {hit.what for hit in find_identifiers(f"ref {text}")}


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_any_text_can_be_read_and_spans_stay_inside_it(text: str) -> None:
    for view in views(text):
        assert len(view.text) == len(view.starts) == len(view.ends)
    assert all(0 <= hit.start < hit.end <= len(text) for hit in find_all(text, None))


@pytest.mark.parametrize("piece", ["a", "1 ", "07700 ", "<", "[a](", "at ", "@ ", "born ", "a.b@", "*_", "first of ", "&amp;", "12/03/", "a b ", " "])
def test_long_hostile_texts_are_read_in_good_time(piece: str) -> None:
    text = piece * (20_000 // len(piece))
    began = time.perf_counter()
    find_all(text, None)
    assert time.perf_counter() - began < 5  # a quadratic pattern takes minutes here


# ---- dates

ALL = ["12 March 2016", "March 2016", "2016", "12th of March", "March 12", "12/3/16", "2016-03-12", "summer 2016", "twenty sixteen", "2015/16",
       "Q2 2016", "Dec 2016", "the first of May", "20160312", "12march2016", "1990s", "May 12", "3 May", "03/2016", "2016-03", "winter 2015/16",
       "September 3rd, 2016", "nineteen ninety-nine", "two thousand and sixteen", "12.3.2016"]  # fmt: skip


@pytest.mark.parametrize("date", ALL)
def test_under_relative_dates_every_date_of_the_calendar_is_found(date: str) -> None:
    text = f"It was {date} when it happened"
    assert [text[hit.start : hit.end].removeprefix("the ") for hit in find_dates(text, None)] == [date.removeprefix("the ")]


@pytest.mark.parametrize(("text", "where"), [("in ’16", "’16"), ("on 12/3 she", "12/3"), ("since '09 he", "'09"), ("smith-2016", "2016"), ("IMG_20160312", "20160312")])
def test_dates_in_short_or_joined_forms(text: str, where: str) -> None:
    assert [text[hit.start : hit.end] for hit in find_dates(text, None)] == [where]


@pytest.mark.parametrize("text", [
    "in March", "may 12 people", "£2016", "2016 people", "room 2016", "12 may have left", "the 12 march on", "1 in 4", "10.30.45", "at 20:16",
    "month 7", "last winter", "that Christmas", "two years later", "2016mg", "no. 2016", "24/7", "99/99/99", "0/1/16", "32.1.16", "2016.5",
])  # fmt: skip
def test_months_and_amounts_are_no_dates(text: str) -> None:
    assert find_dates(text, None) == []


@pytest.mark.parametrize(("grain", "left"), [
    (Grain.MONTH, ["12 March 2016"]), (Grain.QUARTER, ["12 March 2016", "March 2016"]), (Grain.SEASON, ["12 March 2016", "March 2016", "Q2 2016"]),
    (Grain.YEAR, ["12 March 2016", "March 2016", "Q2 2016", "summer 2016"]),
    (None, ["12 March 2016", "March 2016", "Q2 2016", "summer 2016", "2016"]),
])  # fmt: skip
def test_only_dates_finer_than_the_grain_betray(grain: Grain | None, left: list[str]) -> None:
    texts = ["12 March 2016", "March 2016", "Q2 2016", "summer 2016", "2016"]
    assert [text for text in texts if find_dates(f"in {text} he", grain)] == left
