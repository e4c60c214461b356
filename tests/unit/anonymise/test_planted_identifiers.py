"""Planted identifiers are always found, hidden or not, and any text can be read."""

from __future__ import annotations

import random
import re
import string
import time

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from stdnum.gb import nhs

from storybook.anonymise.detectors.codes import _AREA
from storybook.anonymise.detectors.findings import What
from storybook.anonymise.detectors.identifiers import find_all, find_direct
from storybook.anonymise.detectors.views import views

# ---- planted identifiers are always found

DIGITS = st.integers(0, 9)
letters = st.sampled_from(string.ascii_uppercase)
inward = st.sampled_from("ABDEFGHJLNPQRSTUWXYZ")
postcodes = st.builds(
    lambda area, a, b, gap, c, d, e: f"{area}{a}{b}{gap}{c}{d}{e}",
    st.sampled_from(_AREA.split("|")),
    DIGITS,
    st.sampled_from(["", "1", "9", "A"]),
    st.sampled_from(["", " "]),
    DIGITS,
    inward,
    inward,
)


def _nhs(number: int) -> str:
    nine = f"{number:09d}"
    return next((nine + digit for digit in string.digits if nhs.is_valid(nine + digit)), "")


nhs_numbers = st.integers(100_000_000, 999_999_999).map(_nhs).filter(bool)
grouped = nhs_numbers.flatmap(
    lambda n: st.sampled_from([n, f"{n[:3]} {n[3:6]} {n[6:]}", f"{n[:3]}-{n[3:6]}-{n[6:]}"])
)
ni_numbers = st.builds(
    lambda a, b, n, s, gap: f"{a}{b}{gap}{n[:2]}{gap}{n[2:4]}{gap}{n[4:]}{gap}{s}",
    st.sampled_from("ABCEHJLMPRSTW"),
    st.sampled_from("ABCEHJLMPRSTW"),
    st.integers(0, 999_999).map("{:06d}".format),
    st.sampled_from("ABCD"),
    st.sampled_from(["", " "]),
)
mobiles = (
    st.integers(0, 999_999_999)
    .map("07{:09d}".format)
    .flatmap(
        lambda n: st.sampled_from(
            [n, f"{n[:5]} {n[5:]}", f"{n[:5]} {n[5:8]} {n[8:]}", f"+44 {n[1:5]} {n[5:]}", f"{n[:5]}.{n[5:]}"]
        )
    )
)
emails = st.from_regex(r"[a-z]{1,8}\.[a-z]{1,8}@[a-z]{2,9}\.(co\.uk|com|org)", fullmatch=True)
births = st.builds(
    lambda label, d, m, y, style: f"{label} {style.format(d=d, m=m, y=y)}",
    st.sampled_from(["DOB", "dob:", "d.o.b.", "born on", "Date of birth"]),
    st.integers(1, 28),
    st.integers(1, 12),
    st.integers(1930, 2019),
    st.sampled_from(["{d}/{m}/{y}", "{d:02d}-{m:02d}-{y}", "{d}.{m}.{y}", "{y}-{m:02d}-{d:02d}"]),
)
planted = st.one_of(postcodes, grouped, ni_numbers, mobiles, emails, births)
around = st.sampled_from(["", "She said ", "(", "the café: ", "no. ", "\n", "🏠 ", "| ", "> "])


@given(around, planted, st.sampled_from(["", ".", ", and", ")", "\nthen", " |", "’s", " – no"]))
def test_a_planted_identifier_is_always_found(before: str, identifier: str, after: str) -> None:
    text = before + identifier + after
    covered = {place for hit in find_direct(text) for place in range(hit.start, hit.end)}
    core = re.sub(r"^(?:DOB|dob:|d\.o\.b\.|born on|Date of birth) ", "", identifier)
    start = text.index(core)
    assert covered >= set(range(start, start + len(core)))


@given(planted, st.integers(0, 2**32))
def test_small_letters_and_invisible_characters_hide_nothing(identifier: str, seed: int) -> None:
    chance = random.Random(seed)
    hidden = "".join(c + chance.choice(["", "", "\u200b", "\u2060", "\u00ad", "\u200d"]) for c in identifier)
    assert find_direct(hidden)
    wide = "".join(chr(ord(c) + 0xFEE0) if c.isdigit() and chance.random() < 0.5 else c for c in identifier)
    assert find_direct(wide)
    if not re.match(r"[A-Z]+\d[0-9A-Z]? ?\d(?:ST|ND|RD|TH)$", identifier):
        assert find_direct(identifier.lower())


@given(planted, st.integers(1, 6))
def test_bold_marks_in_the_middle_hide_nothing(identifier: str, place: int) -> None:
    assume(not identifier.lower().startswith(("dob", "d.o", "born", "date")) and "@" not in identifier)
    at = len(identifier) * place // 7
    assert find_direct(f"{identifier[:at]}**{identifier[at:]}**")


@given(st.integers(0, 999_999_999))
def test_ten_digits_with_a_wrong_check_digit_are_no_nhs_number(number: int) -> None:
    nine = f"{number:09d}"
    for digit in string.digits:
        text = nine + digit
        if not nhs.is_valid(text):
            assert What.NHS_NUMBER not in {hit.what for hit in find_direct(f"ref {text}")}


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_any_text_can_be_read_and_spans_stay_inside_it(text: str) -> None:
    for view in views(text):
        assert len(view.text) == len(view.starts) == len(view.ends)
    assert all(0 <= hit.start < hit.end <= len(text) for hit in find_all(text, None))


@pytest.mark.parametrize(
    "piece",
    [
        "a",
        "1 ",
        "07700 ",
        "<",
        "[a](",
        "at ",
        "@ ",
        "born ",
        "a.b@",
        "*_",
        "first of ",
        "&amp;",
        "12/03/",
        "a b ",
        " ",
    ],
)
def test_long_hostile_texts_are_read_in_good_time(piece: str) -> None:
    text = piece * (20_000 // len(piece))
    began = time.process_time()
    find_all(text, None)
    assert time.process_time() - began < 5  # a quadratic pattern takes minutes here
