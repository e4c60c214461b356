"""The same rows under two names are found out while they come in, whatever the second file looks like."""

from __future__ import annotations

import datetime as dt
from random import Random

import pytest

from storybook.linked.dataset.datasets import known_datasets, open_dataset
from storybook.linked.dataset.mapping import About, ColumnMapping, Terms, Wishes
from storybook.linked.loading.load import load
from storybook.story.messages import say

from .linked_rows import CLOCK, MAPPING, loaded, write

OTHER_HEADINGS = ("case", "on", "team", "event", "area", "has")
OTHER_MAPPING = ColumnMapping(person="case", date="on", agency="team")


def lives(seed, people=40, contacts=6, first=dt.date(2016, 1, 1), days=200):
    chance = Random(seed)
    return [
        (f"p{who}", str(first + dt.timedelta(chance.randrange(days))), chance.choice("AB"), "visit", "W", "")
        for who in range(people)
        for _ in range(contacts)
    ]


ROWS = lives(1)


def kin(folder):
    return {one.name: one.kin for one in known_datasets(folder / "data")}


def again(folder, rows, headings=OTHER_HEADINGS, mapping=OTHER_MAPPING, **more):
    path = write(folder / "export.csv", rows, headings, delimiter=";", encoding="utf-16")
    return load(folder / "data", "again", [path], mapping, CLOCK, **more)


def renamed(rows):
    """Other marks, other names of agencies, another order."""
    names = {"A": "Team 1", "B": "Team 2"}
    return sorted((f"x-{who[::-1]}", day, names[agency], *more) for who, day, agency, *more in rows)


def test_one_file_loaded_under_two_names_makes_one_ledger_and_the_report_says_so(tmp_path):
    loaded(tmp_path, ROWS)
    report = load(tmp_path / "data", "again", [tmp_path / "rows.csv"], MAPPING, CLOCK)

    assert kin(tmp_path) == {"rows": ("again",), "again": ("rows",)}
    assert say(report.sentences()[2]) == (
        "Some of these rows, or rows of the same partner and time, are in another dataset too: rows. These datasets "
        "have one ledger. A number of one is released only if it is safe beside the numbers of the others. The "
        "strictest rule for small numbers among them holds for all."
    )


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param(renamed(ROWS), id="the same, written and named another way"),
        pytest.param([row for row in ROWS if int(row[0][1:]) < 20], id="half of the people"),
        pytest.param([row for row in ROWS if row[1] < "2016-05-01"], id="the first months"),
        pytest.param([*ROWS, *lives(2, 15)], id="with more people"),
        pytest.param(renamed(ROWS[::-1] + lives(3, 30, 4, dt.date(2016, 9, 1))), id="with later rows"),
    ],
)
def test_the_same_peoples_rows_are_found_in_another_file(tmp_path, rows):
    loaded(tmp_path, ROWS)
    again(tmp_path, rows)

    assert kin(tmp_path)["rows"] == ("again",)


@pytest.mark.counted
@pytest.mark.parametrize("rows", [lives(2), lives(1, first=dt.date(2018, 1, 1)), lives(5, 200, 2)])
def test_other_peoples_rows_are_not(tmp_path, rows):
    loaded(tmp_path, ROWS)
    report = again(tmp_path, rows)

    assert kin(tmp_path) == {"rows": (), "again": ()}
    assert not report.kin


def test_nobody_has_to_have_many_contacts(tmp_path):
    few = lives(4, 60, 1)
    loaded(tmp_path, few)
    again(tmp_path, renamed(few))

    assert kin(tmp_path)["again"] == ("rows",)


def test_what_was_once_loaded_is_not_forgotten(tmp_path):
    """The first dataset holds other rows by now: what left of it before is about the rows of the second."""
    loaded(tmp_path, ROWS)
    (tmp_path / "rows.csv").rename(tmp_path / "first.csv")
    loaded(tmp_path, lives(2))
    load(tmp_path / "data", "again", [tmp_path / "first.csv"], MAPPING, CLOCK)
    loaded(tmp_path, lives(3), name="again")

    assert kin(tmp_path)["again"] == ("rows",)


def test_one_partners_rows_of_the_same_time_are_kin_and_a_look_says_so_before_anything_is_kept(tmp_path):
    wishes = Wishes(terms=Terms(partner="Police"), link_key="k")
    load(tmp_path / "data", "rows", [write(tmp_path / "rows.csv", ROWS)], MAPPING, CLOCK, wishes=wishes)
    report = again(tmp_path, lives(2), wishes=wishes.model_copy(update={"publish": False}))

    assert report.kin == ("rows",)
    assert kin(tmp_path) == {"rows": ()}


def test_the_strictest_rule_holds_from_the_day_on_which_they_are_kin(tmp_path):
    loaded(tmp_path, ROWS, About(rule="dfe"))
    assert open_dataset(tmp_path / "data", "rows").manifest.about.rule == "dfe"

    again(tmp_path, ROWS, about=About(rule="nhs"))

    rules = {open_dataset(tmp_path / "data", name).manifest.about.rule for name in ("rows", "again")}
    assert rules == {"nhs+dfe"}
