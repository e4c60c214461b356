"""While rows come in their text becomes numbers: what comes out is what was written."""

from __future__ import annotations

from collections import Counter

import pytest

from storybook.linked.dataset.mapping import Wishes
from storybook.linked.loading.load import load

from .linked_rows import CLOCK, HEADINGS, MAPPING, PLAIN, load_text, stored, write


@pytest.mark.parametrize("agencies", [1, 256, 257, 300])
def test_any_number_of_agencies_keeps_its_names(tmp_path, agencies):
    rows = [(f"P{number}", "2016-01-05", f"A {number % agencies}", "", "", "") for number in range(700)]
    dataset = load(
        tmp_path / "data", "rows", [write(tmp_path / "rows.csv", rows, HEADINGS)], MAPPING, CLOCK
    ).dataset

    assert Counter(row[2] for row in stored(dataset)) == Counter(row[2] for row in rows)
    assert dataset.manifest.agencies == tuple(sorted({row[2] for row in rows}))


def test_spaces_around_a_mark_an_agency_or_a_date_do_not_matter(tmp_path):
    text = "who,when,where\nP1,2016-01-05,A\n P1 , 2016-01-05 , A\n\u00a0P2,05/01/2016,  \n"
    report = load_text(tmp_path, text)

    assert (report.people, report.rows, report.doubled, report.no_agency) == (2, 3, 1, 1)
    assert sorted(row[2] for row in stored(report.dataset)) == ["", "A", "A"]
    assert {str(row[1]) for row in stored(report.dataset)} == {"2016-01-05"}


def test_agencies_that_become_one_and_the_missing_one_that_gets_a_name(tmp_path):
    merge = {"Police": "City Police", "police ": "City Police", "City Police": "The Police", "": "Not said"}
    text = "who,when,where\nP1,2016-01-05,Police\nP2,2016-01-05,police\nP3,2016-01-05,\nP4,2016-01-05,Fire\n"
    dataset = load_text(tmp_path, text, PLAIN.model_copy(update={"merge": merge})).dataset

    assert dataset.manifest.agencies == ("Fire", "Not said", "The Police")
    assert Counter(row[2] for row in stored(dataset)) == {"The Police": 2, "Not said": 1, "Fire": 1}


def test_what_may_stand_in_sql_is_a_value_like_any_other(tmp_path):
    names = [
        "O'Brien's",
        "'; DROP TABLE incoming; --",
        '"quoted"',
        "back\\slash",
        "{brace}",
        "$made",
        "été 中",
    ]
    rows = [(f"P{place}", "2016-01-05", name, name, name, name) for place, name in enumerate(names)]
    dataset = load(
        tmp_path / "data", "rows", [write(tmp_path / "rows.csv", rows, HEADINGS)], MAPPING, CLOCK
    ).dataset

    assert sorted(row[2:5] for row in stored(dataset)) == sorted((name,) * 3 for name in names)


def test_a_person_all_of_whose_rows_are_left_out_is_not_counted(tmp_path):
    text = "who,when,where\nP1,2016-01-05,A\nP2,never,A\nP2,,A\nP3,2016-01-06,A\n,2016-01-06,A\n,,\n"
    report = load_text(tmp_path, text, wishes=Wishes(load_the_rest=True))

    assert (report.people, report.rows, report.rejected, report.blank_rows) == (2, 2, 3, 1)
    assert {row[0] for row in stored(report.dataset)} == {1, 2}


@pytest.mark.parametrize("word", ["epoch", "infinity", "-infinity", "Epoch", "+infinity"])
def test_words_that_the_engine_takes_for_days_are_none(tmp_path, word):
    text = f"who,when,where\nP1,2016-01-05,A\nP2,{word},A\n"
    report = load_text(tmp_path, text, wishes=Wishes(load_the_rest=True))

    assert (report.rows, report.rejected) == (1, 1)
