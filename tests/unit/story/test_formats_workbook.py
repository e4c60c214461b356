"""Workbooks of Excel come in; stories go out as CSV; anything at all is a story or problems."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storybook.story.formats import read, read_bytes, write
from storybook.story.formats.tables import Row, as_text
from storybook.story.model import Agency, Contact, Person, Story
from storybook.story.problems import Problems
from tests.payloads import PAYLOADS
from tests.strategies import a_story


def said(text: str | bytes, name: str = "log.csv", **options) -> list[str]:
    with pytest.raises(Problems) as caught:
        read_bytes(text if isinstance(text, bytes) else text.encode(), name, **options)
    return [str(problem) for problem in caught.value.problems]


def workbook(*rows: list[object], more: dict[str, list[list[object]]] | None = None) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for title, others in (more or {}).items():
        sheet = book.create_sheet(title)
        for row in others:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


# ---- Excel


def test_a_workbook_with_true_dates_and_numbers() -> None:
    data = workbook(
        ["Date", "End", "Agency", "Event", "Significant", "Quantity"],
        [
            dt.datetime.fromisoformat("2017-03-12 00:00"),
            dt.datetime.fromisoformat("2017-03-14 09:30"),
            "Police",
            42,
            True,
            2.5,
        ],
        [42806, None, "Police", dt.date(2017, 1, 2), False, 3.0],
        ["12/03/17", "ongoing", "Police", dt.time(9, 5), "x", None],
    )
    found = read_bytes(data, "log.xlsx")
    assert [(c.date, c.end, c.summary, c.significant, c.cost_quantity) for c in found.story.contacts] == [
        ("2017-03-12", "2017-03-14", "42", True, 2.5),
        ("2017-03-12", "", "2017-01-02", False, 3.0),
        ("2017-03-12", "..", "09:05", True, None),
    ]


def test_only_the_first_sheet_with_rows_is_read_and_said() -> None:
    found = read_bytes(
        workbook(more={"Log": [["Date", "Agency", "Event"], [2016, "A", "e"]], "Other": [["x"]]}), "log.xlsx"
    )
    assert [str(note) for note in found.notes] == ['only the sheet "Log" was read']


def test_formulas_are_refused_by_cell() -> None:
    assert said(
        workbook(["Date", "Agency", "Event"], ["2016", "A", "=1+1"], ["=TODAY()", "A", "e"]), "log.xlsx"
    ) == [
        "log.xlsx:2:3: the cell C2 holds a formula; copy the column and paste it back as values",
        "log.xlsx:3:1: the cell A3 holds a formula; copy the column and paste it back as values",
    ]


def test_a_cell_with_an_error_and_a_file_that_only_looks_like_a_workbook_are_refused() -> None:
    error = "log.xlsx:2:3: the cell C2 holds an error; copy the column and paste it back as values"
    assert said(workbook(["Date", "Agency", "Event"], ["2016", "A", "#N/A"]), "log.xlsx") == [error]
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as out:
        out.writestr("xl/other.xml", "<x/>")
    right = "open it in Excel and save it as .xlsx or CSV UTF-8"
    assert said(packed.getvalue(), "log.xlsx") == [f"log.xlsx: this is not a workbook of Excel; {right}"]


def test_files_over_the_limit_are_refused_whatever_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    data = workbook(["Date", "Agency", "Event"], ["2016", "A", "e"])
    monkeypatch.setattr("storybook.story.formats.limits.FILE", 1000)
    assert said(data, "log.xlsx") == ["log.xlsx: the file has 1 MB; give one of at most 0 MB"]
    assert said("Date,Agency,Event\n" * 100) == ["log.csv: the file has 1 MB; give one of at most 0 MB"]
    assert said(b"PK\x05\x06" + bytes(2000), "s.zip") == [
        "s.zip: the file has 1 MB; give one of at most 0 MB"
    ]


def test_a_workbook_that_goes_on_and_on_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storybook.story.formats.limits.ROWS", 3)
    rows = [["Date", "Agency", "Event"], *(["2016", "A", "e"] for _ in range(5))]
    assert said(workbook(*rows), "log.xlsx") == [
        "log.xlsx:4: there are more than 3 rows; give each story its own file"
    ]


def test_problems_in_a_workbook_name_row_and_column() -> None:
    assert said(workbook(["Date", "Agency", "Event"], [], ["soon", "A", "e"]), "log.xlsx")[0].startswith(
        "log.xlsx:3:Date:"
    )


# ---- out again


def test_a_story_written_as_csv_comes_back_with_its_contacts(tmp_path: Path) -> None:
    story = Story(
        slug="s",
        title="t",
        fictional=True,
        people=(Person(ref="P1", name="Ash"),),
        agencies=(
            Agency(ref="a", name="The Door", sector="housing"),
            Agency(ref="b", name="=Odd", sector="police"),
        ),
        contacts=(
            Contact(
                date="2016-04~",
                end="..",
                agency="a",
                people=("P1",),
                summary="'quoted'",
                detail="-1",
                kind="visit",
                outcome="helped",
                needs=("homelessness",),
                significant=False,
                retelling=True,
                handoff_to="b",
                handoff_end="no-reply",
                source="=x",
                links=("https://a.example/;x", "http://b.example"),
                cost_item="night",
                cost_quantity=2.0,
            ),
            Contact(date="2016", agency="b", not_telling=True, summary="secret"),
            Contact(date="2017", agency="b", people=("P1",)),
        ),
    )
    assert [str(note) for note in write(story, tmp_path / "s.csv", "csv")] == [
        "1 contact that is not to be told was left out"
    ]
    assert "secret" not in (tmp_path / "s.csv").read_text()
    found = read(tmp_path / "s.csv").story
    assert found.fictional
    assert [(a.name, a.sector) for a in found.agencies] == [("The Door", "housing"), ("=Odd", "police")]
    names = {a.ref: a.name for a in (*found.agencies, *story.agencies)}
    kept = [
        c.model_dump(exclude={"id", "version", "agency", "handoff_to"}) | {"at": names[c.agency]}
        for c in found.contacts
    ]
    told = [c for c in story.contacts if not c.not_telling]
    assert kept == [
        c.model_dump(exclude={"id", "version", "agency", "handoff_to"}) | {"at": names[c.agency]}
        for c in told
    ]


@pytest.mark.parametrize("seed", [3, 4, 5])
def test_every_contact_that_may_be_told_is_in_the_csv(tmp_path: Path, seed: int) -> None:
    story = a_story(seed)
    write(story, tmp_path / "x.csv", "csv")
    found = read(tmp_path / "x.csv")
    assert [c.date for c in found.story.contacts] == [c.date for c in story.contacts if not c.not_telling]


# ---- anything at all


@given(
    st.one_of(
        st.binary(max_size=300),
        st.lists(
            st.lists(st.sampled_from([*PAYLOADS, "2016", "Date", "Agency", "Event"]), max_size=5), max_size=5
        ).map(lambda rows: "\n".join(",".join(row) for row in rows).encode()),
    )
)
@settings(max_examples=200, deadline=None)
def test_any_bytes_are_a_story_or_problems(data: bytes) -> None:
    for name in ("x.csv", "x.xlsx", "x.json", "x.zip"):
        try:
            found = read_bytes(data, name)
        except Problems as problems:
            told = problems.problems
        else:
            told = found.story.contacts
        assert told


def test_payloads_in_cells_are_only_text(tmp_path: Path) -> None:
    rows = [
        ["Date", "Agency", "Event"],
        *(["2016", "A", payload.replace("\x01", "").replace("\x0b", "")] for payload in PAYLOADS),
    ]
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
        for cell in book.active[book.active.max_row]:
            cell.data_type = "s"
    out = io.BytesIO()
    book.save(out)
    assert len(read_bytes(out.getvalue(), "x.xlsx").story.contacts) == len(PAYLOADS)


def test_cells_as_text() -> None:
    cells = (
        True,
        1.0,
        1.5,
        dt.datetime.fromisoformat("2016-01-02 00:00"),
        dt.datetime.fromisoformat("2016-01-02 03:04"),
        dt.date(2016, 1, 2),
        "x",
        1e300,
    )
    assert [as_text(cell) for cell in cells] == [
        "yes",
        "1",
        "1.5",
        "2016-01-02",
        "2016-01-02 03:04:00",
        "2016-01-02",
        "x",
        "1e+300",
    ]
    assert Row(1, ("", " ")).is_blank()
