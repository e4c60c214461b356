"""However an identifier is dressed up, said or taken apart, it is found: each disguise on each sort of identifier."""

# ruff: noqa: RUF001 - letters that look like others are what is tested

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storybook.anonymise import find_identifiers

IDENTIFIERS = (
    "Darren Whitlock",
    "07700 900123",
    "999 123 4578",
    "JK 45 67 89 B",
    "CV6 5PD",
    "d.whitlock@example.org",
    "BX14 KFD",
)
FULL_WIDTH = {ord(c): ord(c) + 0xFEE0 for c in map(chr, range(33, 127))}
CYRILLIC = str.maketrans("aeopcxyTHMKBAE", "аеорсхуТНМКВАЕ")
ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")

DISGUISES: dict[str, Callable[[str], str]] = {
    "as it is": str,
    "combining accents": lambda s: "".join(c + "\u0301" if c.isalpha() else c for c in s),
    "a line through it": "\u0336".join,
    "soft hyphens": "\u00ad".join,
    "word joiners": "\u2060".join,
    "variation selectors": "\ufe0f".join,
    "full width": lambda s: s.translate(FULL_WIDTH),
    "Cyrillic letters": lambda s: s.translate(CYRILLIC),
    "Arabic digits": lambda s: s.translate(ARABIC),
    "entities": lambda s: "".join(f"&#{ord(c)};" for c in s),
    "entities without an end": lambda s: "".join(f"&#{ord(c)}" for c in s),
    "entities of entities": lambda s: "".join(f"&amp;#x{ord(c):x};" for c in s),
    "escapes": lambda s: "".join(f"\\u{ord(c):04x}" for c in s),
    "a soft hyphen's entity": lambda s: f"{s[:3]}&shy;{s[3:]}",
    "wbr": "<wbr>".join,
    "tags": lambda s: f'{s[:2]}<span class="x">{s[2:]}</span>',
    "a code span": lambda s: f"`{s}`",
    "a link's words": lambda s: f"[{s}](https://example.org)",
    "a link's title": lambda s: f'[here](https://example.org "{s}")',
    "a picture's words": lambda s: f"![{s}](a.png)",
    "a tag's title": lambda s: f'<abbr title="{s}">x</abbr>',
    "a comment": lambda s: f"<!-- {s} -->",
    "a footnote": lambda s: f"so[^1]\n\n[^1]: {s}",
    "a table": lambda s: f"| Who | What |\n|---|---|\n| {s} | came |",
    "cells of a table": lambda s: "| " + " | ".join(s.split()) + " |",
    "fields of a line": lambda s: '"' + s.replace(" ", '";"') + '"',
    "lines of a quotation": lambda s: "> " + s.replace(" ", "\n> "),
    "letter by letter": lambda s: " ".join(s.replace(" ", "  ")),
    "letters with stops": lambda s: ".".join(s.replace(" ", "")),
    "letters with strokes": lambda s: "/".join(s.replace(" ", "")),
    "shown from right to left": lambda s: f"\u202e{s[::-1]}\u202c",
    "isolated": lambda s: f"\u2067{s}\u2069",
    "over lines": lambda s: s.replace(" ", "\r\n"),
    "narrow spaces": lambda s: s.replace(" ", "\u202f"),
    "partly bold": lambda s: f"**{s[:3]}**{s[3:]}",
    "in an address": lambda s: "https://example.org/?q=" + s.replace(" ", "%20"),
}

#: Rarer ones.
ODDER: dict[str, Callable[[str], str]] = {
    "a picture in it": lambda s: f"{s[:3]}😀{s[3:]}",
    "pictures between its letters": "🔥".join,
    "what no font draws": "\ue000".join,
    "half of a pair": lambda s: f"{s[:3]}\ud800{s[3:]}",
    "letters nobody sees": lambda s: "".join(chr(0xE0000 + ord(c)) for c in s),
    "as a web form sends it": lambda s: s.replace(" ", "+"),
    "as emails are sent": lambda s: "".join(f"={ord(c):02X}" for c in s),
    "cut as emails are sent": lambda s: f"{s[:3]}=\r\n{s[3:]}",
    "sent twice": lambda s: "".join(f"%25{ord(c):02x}" for c in s),
    "long entities": lambda s: "".join(f"&#x{ord(c):08X};" for c in s),
    "escapes in braces": lambda s: "".join(f"\\u{{{ord(c):x}}}" for c in s),
    "a forum's bold": lambda s: f"[b]{s[:3]}[/b]{s[3:]}",
    "a wiki's bold": lambda s: f"'''{s[:3]}'''{s[3:]}",
    "LaTeX's bold": lambda s: rf"\textbf{{{s[:3]}}}{s[3:]}",
    "braces": lambda s: f"{{{s[:3]}}}{s[3:]}",
    "a link to nothing": lambda s: f"{s[:3]}[](x){s[3:]}",
    "a picture of nothing": lambda s: f"{s[:3]}![](x.png){s[3:]}",
    "a link with brackets": lambda s: f"[{s[:3]}](http://a.b/(c)d){s[3:]}",
    "a section of data": lambda s: f"{s[:3]}<![CDATA[{s[3:]}]]>",
    "an instruction": lambda s: f"{s[:3]}<?x y?>{s[3:]}",
    "a tag with an arrow": lambda s: f'{s[:3]}<b title="a>b">{s[3:]}</b>',
    "a long tag": lambda s: f'{s[:3]}<b style="{"x" * 700}">{s[3:]}</b>',
    "a terminal's red": lambda s: f"{s[:3]}\x1b[31m{s[3:]}\x1b[0m",
    "added up": lambda s: f'"{s[:3]}" + "{s[3:]}"',
    "marked": lambda s: f"=={s[:3]}=={s[3:]}",
    "turned by a tag": lambda s: f'<bdo dir="rtl">{s[::-1]}</bdo>',
    "backslashes": "\\".join,
    "plus signs": "+".join,
    "tildes": "~".join,
    "colons": ":".join,
    "arrows": ">".join,
    "lines": "\n".join,
    "three spaces": "   ".join,
    "bare cells": lambda s: s.replace(" ", " |\n| "),
    "a scan's letters": lambda s: s.replace("1", "l") if s[0] in "09" else s,
}


def left(text: str, hidden: str, whole: str) -> str:
    """Letters and digits of the identifier itself that no finding covers, marks around them aside."""
    found = {i for f in find_identifiers(text, fast=True) for i in range(f.start, f.end)}
    start = text.index(hidden)
    kept = range(start, start + len(hidden))
    if whole in hidden:
        begin = start + hidden.index(whole)
        kept = range(begin, begin + len(whole))
        return "".join(text[i] for i in kept if text[i].isalnum() and i not in found)
    return "" if found.intersection(kept) else hidden


@pytest.mark.parametrize("disguise", DISGUISES)
def test_every_sort_of_identifier_is_found_in_every_disguise(disguise: str) -> None:
    for whole in IDENTIFIERS:
        hidden = DISGUISES[disguise](whole)
        assert left(f"Then {hidden} was told about it.", hidden, whole) == "", (disguise, whole)


@pytest.mark.exam
@pytest.mark.parametrize("disguise", ODDER)
def test_every_sort_of_identifier_is_found_in_odder_disguises_too(disguise: str) -> None:
    for whole in IDENTIFIERS:
        hidden = ODDER[disguise](whole)
        assert left(f"Then {hidden} was told about it.", hidden, whole) == "", (disguise, whole)


@pytest.mark.parametrize(
    ("disguise", "whole"),
    [
        ("pictures between its letters", "Darren Whitlock"),
        ("letters nobody sees", "Darren Whitlock"),
        ("as emails are sent", "07700 900123"),
        ("a forum's bold", "CV6 5PD"),
        ("backslashes", "d.whitlock@example.org"),
        ("turned by a tag", "999 123 4578"),
        ("as a web form sends it", "07700 900123"),
    ],
)
def test_odd_disguises_hide_nothing(disguise: str, whole: str) -> None:
    hidden = ODDER[disguise](whole)
    assert left(f"Then {hidden} was told about it.", hidden, whole) == ""


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("Seen on 0l/O8/2023 there.", "0l/O8/2023"),
        ("Then nerraD kcoltihW came.", "nerraD kcoltihW"),
        ("Then Đarren and 🅳🅰🆁🆁🅴🅽 came.", "🅳🅰🆁🆁🅴🅽"),
        ("Call ⓿❼❼⓿⓿ ❾⓿⓿❶❷❸ now.", "⓿❼❼⓿⓿ ❾⓿⓿❶❷❸"),
        ("d dot whitlock at example dot org", "d dot whitlock at example dot org"),
        ("Ren=C3=A9e=20Whitlock said", "Ren=C3=A9e=20Whitlock"),
        ("a van, bx14 kfd, waited", "bx14 kfd"),
    ],
)
def test_what_scans_screens_and_thumbs_make_of_it_is_found(text: str, hidden: str) -> None:
    found = {i for f in find_identifiers(text, fast=True) for i in range(f.start, f.end)}
    start = text.index(hidden)
    assert [i for i in range(start, start + len(hidden)) if text[i] != " " and i not in found] == []


@settings(max_examples=40)
@given(
    st.sampled_from(IDENTIFIERS),
    st.sampled_from(["soft hyphens", "word joiners", "full width", "Cyrillic letters", "as it is"]),
    st.sampled_from(["a code span", "a link's title", "a table", "a comment", "a footnote", "partly bold"]),
)
def test_two_disguises_at_once_hide_no_more(whole: str, one: str, other: str) -> None:
    inner = DISGUISES[one](whole)
    hidden = DISGUISES[other](inner)
    assert left(f"Then {hidden} was told about it.", hidden, inner) == ""


@pytest.mark.parametrize(
    "said",
    [
        "oh seven seven double oh, nine double oh, one two five",
        "zero-seven-seven-zero-zero nine-zero-zero one-two-five",
        "kilo november one six hotel x-ray bravo",
        "twenty stroke double four one stroke nineteen",
        "charlie victor six five golf tango",
        "J K forty five sixty seven eighty nine B",
        "nine nine nine, one two three, four five seven eight",
        "oh seven seven double oh nine hundred one two three",
    ],
)
def test_a_number_that_is_said_is_found_whole(said: str) -> None:
    text = f"It was {said} she said."
    (found,) = find_identifiers(text, fast=True)
    assert text[found.start : found.end] == said


@pytest.mark.parametrize("text", ["one two three go", "Papa was there, and Mike and Victor."])
def test_counting_and_names_are_no_number(text: str) -> None:
    assert all(f.kind == "PERSON" for f in find_identifiers(text, fast=True))


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("Present: JB, KT and M. Then KT left.", ["JB", "KT", "M."]),
        ("In attendance: LM, SD and R.W. (minutes). LM had news.", ["LM", "SD", "R.W."]),
        ("All quiet. Seen twice.\nZH", ["ZH"]),
        ("Action: QV to ring the landlord.", ["QV"]),
        ("[03/11/2018, 07:55] Big Zorv: morning all", ["Big Zorv"]),
        ("Jelly: who has it\nMoon: me\nJelly: safe\nMoon: ok", ["Jelly", "Moon"]),
        ('He was hit by "Badger" and left.', ["Badger"]),
        ("The keys are back. cheers Al", ["Al"]),
        ("Skinny was at the door.", ["Skinny"]),
        ("Badger's mum rang.", ["Badger"]),
        ("this is grace can u ring", ["grace"]),
        ("Posts as zorv_cv2 at night.", ["zorv_cv2"]),
        ("Case no 23 C V 4471 19 is open.", ["23 C V 4471 19"]),
        ("Number TX 4471 wants a visit.", ["TX 4471"]),
        ("He came on Ash Wednesday.", []),
        ("He has been here since Ash Wednesday.", ["Ash Wednesday"]),
        ("He was conveyed to QHZT.", ["QHZT"]),
        ("Food came from Neighbours of Hope.", ["Neighbours of Hope"]),
    ],
)
def test_what_only_its_place_in_a_note_gives_away_is_found(text: str, hidden: list[str]) -> None:
    for one in hidden:
        found = {i for f in find_identifiers(text, fast=True) for i in range(f.start, f.end)}
        start = text.index(one)
        assert [i for i in range(start, start + len(one)) if text[i].isalnum() and i not in found] == []


@pytest.mark.parametrize(
    "text",
    [
        "BP and HR normal, ECG and MRI booked.",
        "Plan: rest\nRisk: low\nPlan: review\nRisk: same",
        "Non-urgent repairs, post-discharge letters.",
        "The Stanley knife was in the drawer.",
        "Housing was slow. Rent was late. Work was good.",
        "See the final_report and first_name.",
    ],
)
def test_what_everybody_at_work_writes_is_no_finding(text: str) -> None:
    assert find_identifiers(text, fast=True) == []
