"""A file before its rows are read: however it is written, the same headings and rows come out; else it says why."""

from __future__ import annotations

import hashlib

import pytest

from storybook.linked.loading import byte_looks, source_files
from storybook.linked.loading.byte_looks import digests_of
from storybook.linked.loading.source_files import prepare, records
from storybook.story.problems import Problems

TEXT = "Who,When,Where\nA,2016-01-02,Café\nB,2016-01-03,Radford\n"
ROWS = [["A", "2016-01-02", "Café"], ["B", "2016-01-03", "Radford"]]
WANTED = ("Who", "When", "Where")


def made(tmp_path, content, wanted=WANTED):
    path = tmp_path / "rows.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return prepare(path, 1, wanted, tmp_path, lambda size: None)


def refused(tmp_path, content):
    with pytest.raises(Problems) as caught:
        made(tmp_path, content)
    return str(caught.value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_any_usual_encoding_and_line_end_is_read(tmp_path, encoding, line_end):
    source = made(tmp_path, TEXT.replace("\n", line_end).encode(encoding))

    assert source.headings == WANTED
    assert [fields for _, fields in records(source)] == ROWS


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|", ":", "^", "~", "¦"])
def test_any_separator_is_found_by_the_headings_that_are_wanted(tmp_path, delimiter):
    source = made(tmp_path, TEXT.replace(",", delimiter))

    assert source.delimiter == delimiter
    assert [fields for _, fields in records(source)] == ROWS


def test_a_comma_inside_headings_does_not_mislead(tmp_path):
    source = made(tmp_path, "Who;When, exactly, it was;Where, and why, it was\nA;2;3\n", ("Who",))

    assert source.delimiter == ";"


def test_excel_may_say_its_separator_and_blank_lines_may_come_first(tmp_path):
    source = made(tmp_path, "\n\nsep=|\n" + TEXT.replace(",", "|"))

    assert (source.delimiter, source.skip) == ("|", 3)
    assert next(records(source)) == (5, ROWS[0])


def test_mixed_line_ends_are_one_kind_afterwards(tmp_path):
    source = made(tmp_path, b"Who,When,Where\nA,2016-01-02,X\r\nB,2016-01-03,Y\rC,2016-01-04,Z\n")

    assert [fields[0] for _, fields in records(source)] == ["A", "B", "C"]


@pytest.mark.parametrize("piece", [1, 7, 15, 16])
def test_a_line_end_across_two_pieces_is_still_one(tmp_path, monkeypatch, piece):
    monkeypatch.setattr(byte_looks, "PIECE", piece)
    monkeypatch.setattr(source_files, "PIECE", piece)

    windows = made(tmp_path, TEXT.replace("\n", "\r\n"))
    assert windows.path == tmp_path / "rows.csv"
    old = made(tmp_path, TEXT.replace("\n", "\r"))
    assert [fields for _, fields in records(old)] == ROWS


def test_a_record_over_several_lines_begins_where_it_begins(tmp_path):
    source = made(tmp_path, 'Who,When,Where\nA,2016-01-02,"on\ntwo lines"\n\nB,2016-01-03,X\n')

    assert [line for line, _ in records(source)] == [2, 5]


def test_the_sha256_is_that_of_the_file_as_it_was_given(tmp_path):
    contents = [TEXT.encode("utf-16"), b"", b"0" * 3_000_000]
    paths = [tmp_path / f"{number}.csv" for number in range(3)]
    for path, content in zip(paths, contents, strict=True):
        path.write_bytes(content)

    with digests_of(paths) as digests:
        assert digests() == [hashlib.sha256(content).hexdigest() for content in contents]


EMPTY = "this file is empty; send a file with a line of headings and rows under it"
SAVE = "save it as CSV, XLSX or Parquet and load that"
LETTERS = 'we can\'t tell how the letters of this file are stored; save it as "CSV UTF-8" and load that'
TOO_LONG = "this line is too long to be a row; check that every row ends with its own line end"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", f"rows.csv: {EMPTY}"),
        (b" \n\n ", f"rows.csv: {EMPTY}"),
        (
            b"PK\x03\x04rest",
            f"rows.csv: this workbook or zip file is broken or locked; {SAVE}",
        ),
        (b"\x1f\x8brest", "rows.csv: this compressed file is broken; pack it again, or send it unpacked"),
        (b"a,b\0,c\n", f"rows.csv: this is not a text file; {SAVE}"),
        (b"a,b\n\x81\x8d,\xff\n", f"rows.csv: {LETTERS}"),
        (b"\xff\xfea", f"rows.csv: {LETTERS}"),
        (b"a,b\n1,2\n" + b"x" * 2_100_000, f"rows.csv:3: {TOO_LONG}"),
        (b'"' + b"x" * 200_000 + b'",b\n', f"rows.csv:1: {TOO_LONG}"),
    ],
    ids=[
        "nothing",
        "blank",
        "zip",
        "gzip",
        "zeros",
        "no encoding",
        "half a letter",
        "long line",
        "long heading",
    ],
)
def test_a_file_that_is_no_table_says_why(tmp_path, content, said):
    assert refused(tmp_path, content) == said


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(Problems) as caught:
        prepare(tmp_path / "no.csv", 1, WANTED, tmp_path, lambda size: None)

    assert str(caught.value) == "no.csv: this file can't be opened; check its name and folder"


def test_every_byte_that_is_read_is_reported(tmp_path):
    sizes = []
    path = tmp_path / "rows.csv"
    path.write_text(TEXT, encoding="utf-8")

    prepare(path, 1, WANTED, tmp_path, sizes.append)

    assert sum(sizes) == path.stat().st_size


def test_headings_are_compared_without_case_and_spaces():
    assert source_files.normal("  Case   ID ") == source_files.normal("case id")
