"""Wrong files as offices send them: hidden sheets, other programs' files, cells that a terminal would obey."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import openpyxl

from tests.malformed_makers import CSV, HELP, XLSX, Malformed, file, zip_of

_SHEET = "xl/worksheets/sheet1.xml"


def _hidden(folder: Path) -> Path:
    book = openpyxl.Workbook()
    book.active.append(["Date", "Agency", "Event"])
    book.active.sheet_state = "hidden"
    book.create_sheet("Empty")
    book.save(folder / "log.xlsx")
    return folder / "log.xlsx"


def _with_entity(folder: Path) -> Path:
    """A workbook whose sheet asks for a file of this machine."""
    book, given = openpyxl.Workbook(), io.BytesIO()
    book.active.append(["Date", "Agency", "Event"])
    book.save(given)
    with zipfile.ZipFile(given) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    kind = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    parts[_SHEET] = kind + parts[_SHEET].replace(b"<t>Event</t>", b"<t>&e;</t>")
    return file("log.xlsx", zip_of(parts))(folder)


OFFICES: tuple[Malformed, ...] = (
    Malformed(
        "A workbook of hidden sheets",
        _hidden,
        (
            "log.xlsx: everything in this workbook is on hidden sheets; show the sheet that is meant, and save",
        ),
    ),
    Malformed(
        "A workbook that asks for another file",
        _with_entity,
        (f"log.xlsx: the workbook is broken or locked; {XLSX}",),
    ),
    Malformed(
        "A workbook that breaks off",
        file("log.xlsx", b"PK\x03\x04 half of it"),
        (f"log.xlsx: the workbook is broken or locked; {XLSX}",),
    ),
    Malformed(
        "A text of Word",
        file("log.docx", lambda: zip_of({"word/document.xml": b"<w/>"})),
        (f"log.docx: this is not a workbook of Excel; {XLSX}",),
    ),
    Malformed(
        "A sheet of LibreOffice",
        file("log.ods", lambda: zip_of({"content.xml": b"<w/>"})),
        (f"log.ods: this is not a workbook of Excel; {XLSX}",),
    ),
    Malformed(
        "A chronology without headings",
        file("log.csv", "12/03/17,Housing,Came in\n13/03/17,Police,Called\n"),
        (
            (
                "log.csv:1: the first line is no line of headings: a date stands in it; "
                "put headings above it, such as Date, Agency, What happened"
            ),
        ),
    ),
    Malformed(
        "A cell that gives orders to a terminal",
        file("log.csv", "Date,Agency,Event\n\x1b[31msoon\u202e,A,x\n"),
        (f'log.csv:2:Date: "\ufffd[31msoon\ufffd" is not a date we can read; {HELP}',),
    ),
    Malformed(
        "A file's name over two lines",
        file("a\nb.csv", "Date,Agency,Event\nsoon,A,x\n"),
        (f'a\ufffdb.csv:2:Date: "soon" is not a date we can read; {HELP}',),
    ),
    Malformed(
        "An end that is no date",
        file("log.csv", "Date,Date ended,Agency,Event\n2016,soon,A,x\n2016-00-10,,A,x\n"),
        (
            f'log.csv:2:Date ended: "soon" is not a date we can read; {HELP}',
            f'log.csv:3:Date: "2016-00-10" has no month 0; {HELP}',
        ),
    ),
    Malformed(
        "Two columns of one name in a timeline",
        file("t.csv", "Year,Headline,Headline\n2016,h,i\n"),
        ('t.csv:1: two columns are called "Headline"; keep one of them, or give the other another heading',),
    ),
    Malformed(
        "A timeline with a cell too many",
        file("t.csv", "Year,Headline\n2016,Smith, Jones\n"),
        (
            't.csv:2: this line has more cells than there are headings; put " around a cell that holds a comma',
        ),
    ),
    Malformed(
        "A date of a timeline that is a text",
        file("t.json", '{"events": [\n{"start_date": "2016-03-04"}]}'),
        (
            (
                't.json:2:start_date: "2016-03-04" is not a date of TimelineJS; '
                'write it like {"year": "2016", "month": "4", "day": "3"}'
            ),
        ),
    ),
    Malformed(
        "Bytes of another machine's letters",
        file("log.csv", "Date,Agency,Event\n2016,A,x\n".encode("cp500")),
        ("log.csv:1: there are bytes in it that are no characters in UTF-8 or Windows-1252; " + CSV,),
    ),
)
