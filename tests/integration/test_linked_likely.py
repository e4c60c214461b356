"""What is expected of a file makes it quick to read, and never another file."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storybook.linked.dataset.engine import literal
from storybook.linked.dataset.mapping import Wishes
from storybook.linked.loading import row_dates, staging
from storybook.linked.loading.likely import Likely, likely
from storybook.linked.loading.load import load
from storybook.linked.loading.row_dates import date_of, form_of, quick_date_of, sane, year_first
from storybook.story.problems import Problems

from .linked_rows import CLOCK, HEADINGS, MAPPING, write

STYLES = ("auto", "day-first", "month-first")
FORMS = sorted({form for style in STYLES for _, (_, form) in row_dates._shapes(style)})
DAYS = st.datetimes(
    dt.datetime(1890, 1, 1),  # noqa: DTZ001 - what an agency writes has no zone
    dt.datetime(2110, 1, 1),  # noqa: DTZ001 - what an agency writes has no zone
).map(lambda day: day.replace(microsecond=0))
#: Dates as people and systems write them, some of them with a slip.
DATES = st.one_of(
    st.builds(lambda day, form: day.strftime(form), DAYS, st.sampled_from(FORMS)),
    st.builds(lambda day: f"{day.day}/{day.month}/{day.year}", DAYS),
    st.builds(
        lambda day, form, at, mark: (
            (text := day.strftime(form))[: at % len(text)] + mark + text[at % len(text) :]
        ),
        DAYS,
        st.sampled_from(FORMS),
        st.integers(0, 30),
        st.sampled_from(" 01/-.:Ta9é"),
    ),
    st.sampled_from(
        ["", " ", "epoch", "infinity", "1/2", "2016", "today", "31/02/2016", "2016-13-01", "0000-01-01"]
    ),
)


@pytest.fixture(scope="module")
def connection():
    with duckdb.connect(":memory:") as connection:
        yield connection


@given(st.lists(DATES, min_size=1, max_size=4), st.sampled_from(STYLES))
def test_a_date_that_is_read_at_once_is_the_one_that_is_read_slowly(connection, texts, style):
    for text in texts:
        early, form = form_of(text.strip(), style) or (False, None)
        if form is None:
            continue
        quick, slow, slow_early = connection.execute(
            f"""SELECT {sane("quick")}, {sane("slow")}, {year_first("t")}
            FROM (SELECT t, {quick_date_of("t", [form])} AS quick, {date_of("t", style)} AS slow
            FROM (SELECT {literal(text.strip())} AS t))"""
        ).fetchall()[0]

        assert quick is None or (quick, early) == (slow, slow_early), (text, form)


CELLS = st.sampled_from(["", " ", "A", "B ", "b", "Ç", "=1+1", "#REF!", "a,b", "two\nlines", '"', "C;D"])
ROWS = st.lists(
    st.tuples(st.sampled_from(["P1", " P1", "P2", ""]), DATES, *([CELLS] * 4)), min_size=1, max_size=12
)
WRONG = Likely(
    dict.fromkeys(("agency", "kind", "place", "need1"), ("A", "Z", "nobody has this", "b")),
    ("%Y-%m-%d",),
    ("%d.%m.%Y", "%d/%m/%y"),
)
NOTHING = Likely(dict.fromkeys(("agency", "kind", "place", "need1"), ()), (), ())


def outcome(folder: Path, path: Path, guess, name: str):
    """What a load gives, its files and its refusals, if ``guess`` is what is expected of the file."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(staging, "likely", guess)
        try:
            report = load(folder, name, [path], MAPPING, CLOCK, wishes=Wishes(load_the_rest=True))
        except Problems as problems:
            return str(problems)
    manifest = report.dataset.manifest
    with duckdb.connect(":memory:") as connection:
        contacts = connection.execute(
            f"SELECT * EXCLUDE (person) FROM '{report.dataset.contacts}'"
        ).fetchall()
        needs = connection.execute(
            f"SELECT need, count(*) FROM '{report.dataset.needs}' GROUP BY need"
        ).fetchall()
    rejects = report.dataset.folder / "rejects.csv"
    return (
        sorted(contacts),
        (
            report.people,
            report.doubled,
            report.year_first,
            report.day_first,
            report.blank_rows,
            report.formulas,
        ),
        (manifest.agencies, manifest.kinds, manifest.places, manifest.needs),
        sorted(needs),
        rejects.read_text(encoding="utf-8") if rejects.exists() else "",
    )


def _a_wrong_guess_changes_nothing(folder, rows):
    path = write(folder / "rows.csv", rows, HEADINGS)

    right = outcome(folder / "data", path, likely, "right")

    assert outcome(folder / "data", path, lambda *_: WRONG, "wrong") == right
    assert outcome(folder / "data", path, lambda *_: NOTHING, "nothing") == right


@settings(max_examples=5)
@given(ROWS)
def test_a_wrong_guess_changes_nothing(tmp_path_factory, rows):
    _a_wrong_guess_changes_nothing(tmp_path_factory.mktemp("rows"), rows)


@pytest.mark.exam
@settings(max_examples=200)
@given(ROWS)
def test_a_wrong_guess_changes_nothing_in_many_files(tmp_path_factory, rows):
    _a_wrong_guess_changes_nothing(tmp_path_factory.mktemp("rows"), rows)
