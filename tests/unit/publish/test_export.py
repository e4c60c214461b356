"""The text forms of an edition: what stands in them, and what a spreadsheet can't be made to run."""

from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storybook.anonymise.edition import load
from storybook.publish.export import HEADINGS, guarded, to_csv, to_json
from tests.unit.anonymise.samples import a_story, an_edition, contact


def rows(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_the_contacts_as_they_are_shown() -> None:
    story = a_story(
        contact(
            "2016-04-03",
            people=("P1", "P2"),
            summary="Asked; was heard",
            needs=("homelessness", "offending"),
            source="file 9",
            disputed=True,
            own_words="Well,\n“so”",
            impact="i",
            response="r",
            no_response="n",
            cost_item="x",
        ),
        contact("2016-06", "b", kind="referred", handoff_to="a", handoff_end="accepted"),
    )
    heading, first, second = rows(to_csv(an_edition(story)))
    assert tuple(heading) == HEADINGS
    assert first == [
        "month 1",
        "Agency A",
        "Police",
        "Ann; Bo",
        "Contact",
        "Asked; was heard",
        "Not recorded",
        "r",
        "n",
        "i",
        "Well,\n“so”",
        "Homelessness; Offending",
        "",
        "",
        "yes",
        "Ann and Bo",
        "yes",
        "2027-03-31",
    ]
    assert second[0] == "month 3"
    assert second[12:] == ["Agency A", "Accepted", "no", "Ann and Bo", "yes", "2027-03-31"]


@pytest.mark.parametrize(
    ("cell", "safe"),
    [
        ("=1+1", "'=1+1"),
        ("+44", "'+44"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("'x", "''x"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("\n=1", "'\n=1"),
        ("a=1", "a=1"),
        ("", ""),
    ],
)
def test_a_formula_gets_one_apostrophe(cell: str, safe: str) -> None:
    assert guarded(cell) == safe


@settings(max_examples=25)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20))
def test_no_cell_begins_as_a_formula(text: str) -> None:
    story = a_story(contact("2016-04", summary=text, own_words=text), title="T")
    cells = [cell for row in rows(to_csv(an_edition(story)))[1:] for cell in row]
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)


def test_the_json_is_the_edition_itself_and_says_it_is_fictional_and_until_when() -> None:
    edition = an_edition()
    data = to_json(edition)
    assert load(data.decode(), edition.sha256).to_json() == edition.to_json()
    told = json.loads(data)
    assert told["candidate"]["shown"]["fictional"] is True
    assert told["manifest"]["channels"] == [["team", "2027-03-31"], ["web", "2027-03-31"]]
