"""Names are found however they hide: other letters, marks, cut lines, files, and names that no list holds."""

# ruff: noqa: RUF001 - letters that look like others are what is tested

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storybook.anonymise import Confidence, Names, What, find_identifiers
from storybook.anonymise.detectors.scripts import in_other_scripts

#: Nobody's name, and on no list.
KNOWN = Names(
    people=("Zorvenka Quistelmoor",),
    places=("Ombleworth", "Nether Pyke"),
    organisations=("The Quillon Rooms",),
)
SMALL_CAPITALS = dict(zip("darenvi", "ᴅᴀʀᴇɴᴠɪ", strict=True))


def masked(text: str, known: Names | None = None) -> set[int]:
    """The code points that findings cover."""
    return {i for f in find_identifiers(text, known=known, fast=True) for i in range(f.start, f.end)}


def left(text: str, hidden: str, known: Names | None = None) -> str:
    """Letters and digits of ``hidden`` that no finding in ``text`` covers; tags are not asked for."""
    start = text.index(hidden)
    found = masked(text, known)
    return "".join(text[i] for i in range(start, start + len(hidden)) if text[i].isalnum() and i not in found)


HIDDEN = [
    "D\u0430rren",
    "Dаrrеn",
    "Dar\u200bren",
    "D\u00adarren",
    "Da\u2060rr\ufeffen",
    "𝐃𝐚𝐫𝐫𝐞𝐧",
    "Ｄａｒｒｅｎ",
    "Ⓓⓐⓡⓡⓔⓝ",
    "ᴅᴀʀʀᴇɴ",
    "Darr3n",
    "D4rren",
    "D.a.r.r.e.n",
    "D a r r e n",
    "D_a_r_r_e_n",
    "Dárrën",
    "Dar\u0301ren",
    "D\u0336a\u0336rren",
    "nerraD",
    "da**rr**en",
    "DAR**REN**",
    "`Darren`",
    "[Darren](https://example.org/a)",
    "![Darren by the lake](a.png)",
    "&#68;arren",
    "D&#x61;rren",
    "D&shy;arren",
    "D%61rren",
    "Da<wbr>rren",
    "Dar-\nren",
    "Dar<br>ren",
    "Darren1981",
    "darren-whitlock.png",
    "Darren_Whitlock.docx",
    "darrenwhitlock.docx",
    "DarrenWhitlock.pdf",
    "darren.whitlock",
    "#JusticeForDarren",
]


@pytest.mark.parametrize("hidden", HIDDEN)
def test_a_name_is_found_however_it_is_written(hidden):
    text = f"Then \u202e{hidden}\u202c came." if hidden == "nerraD" else f"Then {hidden} came."
    shown = {"![Darren by the lake](a.png)": "Darren", "[Darren](https://example.org/a)": "Darren"}
    shown |= {"Da<wbr>rren": "rren", "Dar<br>ren": "ren"}
    assert left(text, shown.get(hidden, hidden)) == ""


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ('<img src="x.png" alt="David Whitlock">', ["David Whitlock"]),
        ('<a href="/people/david-whitlock">he</a>', ["david-whitlock"]),
        ("<!-- Sharon's own words -->", ["Sharon"]),
        ("<td>Darren</td><td>Whitlock</td>", ["Darren", "Whitlock"]),
        ('[id]: https://example.org "David Whitlock"', ["David Whitlock"]),
        ("# exported for Darren Whitlock\ndate,agency\n2016-04,Shelter", ["Darren Whitlock"]),
        ('"Whitlock, Darren",12,07700900123', ["Whitlock", "Darren", "07700900123"]),
        ("WHITLOCK,DARREN,M", ["WHITLOCK", "DARREN"]),
        ('{"name": "Darren", "nhs": "9434765919"}', ["Darren", "9434765919"]),
        ("He met Darren\r\nWhitlock there", ["Darren", "Whitlock"]),
        ("Lived at 14 Hope\nStreet then", ["14 Hope\nStreet"]),
        ("phone ٠٧٧٠٠ ٩٠٠١٢٣", ["٠٧٧٠٠ ٩٠٠١٢٣"]),
        ("👩🏽‍🦱Darren👩🏽‍🦱 left", ["Darren"]),
        ("محمد Darren Whitlock محمد", ["محمد", "Darren Whitlock"]),
    ],
)
def test_markup_tables_lines_and_signs_around_it_hide_nothing(text, hidden):
    assert {one: left(text, one) for one in hidden} == dict.fromkeys(hidden, "")


@pytest.mark.parametrize(
    "text",
    [
        "Его зовут Дарья Петрова",
        "她叫王小明，住在考文垂",
        "اسمه محمد علي",
        "שמו דוד כהן",
        "ਉਸਦਾ ਨਾਮ ਗੁਰਪ੍ਰੀਤ",
        "Αλεξάνδρα",
    ],
)
def test_words_in_another_script_are_for_somebody_who_reads_it(text):
    whole = f"She wrote: {text}. Then she left."
    assert left(whole, text) == ""
    assert all(f.what in (What.OTHER_SCRIPT, What.PERSON) for f in find_identifiers(whole, fast=True))


@pytest.mark.parametrize(
    "text", ["2 µg a day", "naïve café", "5 × 3 ½ – “so”", "ﬁne ① Ⅳ ™", "20 °C, 3 Ω", "ᵃᵇ"]
)
def test_signs_and_accents_are_no_other_script(text):
    assert list(in_other_scripts(text)) == []


FORMS = [
    *("zorvenka", "ZORVENKA", "zorvenkas", "Zorv", "ZQ", "Z.Q.", "Z. Q.", "Z Quistelmoor"),
    *(
        "Quistelmoor, Zorvenka",
        "zorvenka_quistelmoor.docx",
        "zorvenkaquistelmoor",
        "quistelmoor-hale",
        "Zorvneka",
    ),
    *(
        "#justiceforzorvenka",
        "https://example.org/zorvenka/1",
        "Z0rvenka",
        "Zorvénka",
        "Zоrvenka",
        "Zor\u200bvenka",
    ),
    *(
        "Zor**venka**",
        "Zor-\nvenka",
        "Z o r v e n k a",
        "Zorvenka\nQuistelmoor",
        "&#90;orvenka",
        "Z%6frvenka",
    ),
    *(
        "Ombleworth",
        "ombleworth",
        "OMBLEWORTH",
        "Omble\u00adworth",
        "Ombl3worth",
        "#ombleworth",
        "nether\npyke",
    ),
    *("the quillon rooms", "Quillon Rooms"),
]


@pytest.mark.parametrize("form", FORMS)
def test_a_name_that_no_list_holds_is_carried_through_in_every_form(form):
    assert left(f"Then {form} again", form, KNOWN) == ""


def test_what_is_put_in_place_of_a_name_takes_the_year_on_it_along():
    (found,) = find_identifiers("ask Darren1981 there", fast=True)
    assert (found.what, found.start, found.end) == (What.PERSON, 4, 14)


@pytest.mark.parametrize(
    "text",
    [
        "see timeline_v2.pdf",
        "the final_report.docx",
        "3 mp3s and 2 beds",
        "the 4th 30ml dose",
    ],
)
def test_files_and_numbers_that_name_nobody_are_left_alone(text):
    assert find_identifiers(text, fast=True) == []


@given(
    st.text(alphabet=st.sampled_from("Darren \n\u200b\u202e\u202c**<b>`[]()&#68;３🙂د,-.0134é"), max_size=80)
)
def test_spans_count_code_points_of_the_text_as_written(text):
    found = find_identifiers(text, fast=True)
    assert all(0 <= f.start < f.end <= len(text) for f in found)
    assert found == sorted(found, key=lambda f: (f.start, f.end, f.what))


@given(st.integers(0, 2**32))
def test_invisible_letters_between_any_two_hide_no_name(seed):
    chance = random.Random(seed)
    signs = ["", "", "\u200b", "\u2060", "\u00ad", "\u200d", "\ufeff", "\u0336"]
    hidden = "D" + "".join(c + chance.choice(signs) for c in "arren")
    assert left(f"Then {hidden} came.", hidden) == ""


def _seconds(text: str) -> float:
    began = time.process_time()
    find_identifiers(text, fast=True)
    return time.process_time() - began


def _story(words: int) -> str:
    chance = random.Random(words)
    names = [
        f"{chance.choice('BDKLMR')}{chance.choice('aeiou')}{n:x}".translate(
            str.maketrans("0123456789", "ghjklmnprt")
        )
        for n in range(words // 20)
    ]
    said = [
        "she",
        "went",
        "back",
        "to",
        "the",
        "hostel",
        "on",
        "Tuesday",
        "and",
        "nobody",
        "there",
        "had",
        "seen",
    ]
    return " ".join(
        chance.choice(names).title() if chance.random() < 0.05 else chance.choice(said) for _ in range(words)
    )


def test_four_times_the_words_take_about_four_times_as_long():
    find_identifiers("warm up: Darren", fast=True)
    assert _seconds(_story(4_000)) < 8 * _seconds(_story(1_000)) + 0.5


@pytest.mark.exam
def test_an_episode_of_two_hundred_thousand_words_is_looked_through_in_a_few_minutes():
    assert _seconds(_story(200_000)) < 180


@pytest.mark.exam
def test_three_hundred_words_are_looked_through_as_somebody_types():
    find_identifiers("warm up: Darren", fast=True)
    assert sorted(_seconds(_story(300)[n:]) for n in range(9))[4] < 0.05


def test_a_name_cut_by_a_line_is_no_surer_than_the_name_in_one():
    (found,) = [f for f in find_identifiers("with Dar-\nren there", fast=True) if f.what is What.PERSON]
    assert (found.start, found.end, found.confidence) == (5, 13, Confidence.CERTAIN)
