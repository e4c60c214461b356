"""Wrong files, chronologies and workbooks, each with what is said of it."""

from __future__ import annotations

from tests.malformed_makers import (
    CSV,
    FILL,
    HELP,
    LOG,
    XLSX,
    Malformed,
    file,
    one_long_line,
    workbook,
    zip_of,
)

TABLES: tuple[Malformed, ...] = (
    # ---- files
    Malformed(
        "No file",
        lambda folder: folder / "none.csv",
        ("none.csv: there is no such file, or it can't be opened; check its name and where it is",),
    ),
    Malformed("Empty file", file("log.csv", b""), (f"log.csv: the file is empty; {FILL}",)),
    Malformed(
        "Only spaces and empty lines",
        file("log.csv", b"\xef\xbb\xbf \r\n\r\n"),
        (f"log.csv: the file is empty; {FILL}",),
    ),
    Malformed("Only delimiters", file("log.csv", ",,,\n,,,\n"), (f"log.csv: the file is empty; {FILL}",)),
    Malformed(
        "A line of 200 MB", one_long_line, ("long.csv: the file has 200 MB; give one of at most 64 MB",)
    ),
    Malformed(
        "A picture as CSV",
        file("log.csv", b"\x89PNG\r\n\x1a\n\x00\x00"),
        (f"log.csv: this is not text but a picture; {CSV}",),
    ),
    Malformed(
        "A PDF as CSV", file("log.csv", b"%PDF-1.7\n"), (f"log.csv: this is not text but a PDF; {CSV}",)
    ),
    Malformed(
        "An old .xls",
        file("log.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99)),
        (f"log.xls: this is not text but an old or locked Office file; {CSV}",),
    ),
    Malformed(
        "Random bytes",
        file("log.csv", bytes(range(1, 128)) * 4 + b"\x80\x9f"),
        (f"log.csv: this is not text; {CSV}",),
    ),
    Malformed(
        "A NUL character",
        file("log.csv", LOG.encode() + b"13/03/17,Police,a\x00b\n"),
        (f"log.csv:3: there is a character in it that text can't hold (NUL); {CSV}",),
    ),
    Malformed(
        "Bytes of no encoding",
        file("log.csv", LOG.encode() + b"13/03/17,Caf\x81,x\n"),
        (f"log.csv:3: there are bytes in it that are no characters in UTF-8 or Windows-1252; {CSV}",),
    ),
    Malformed(
        "Half a UTF-16 file",
        file("log.csv", LOG.encode("utf-16") + b"x"),
        (f"log.csv:3: there are bytes in it that are no characters in UTF-8 or Windows-1252; {CSV}",),
    ),
    Malformed(
        "An unknown format asked for",
        file("log.csv", LOG),
        ('log.csv: we do not know the format "docx"; use one of: folder, chronology, timelinejs',),
        {"format": "docx"},
    ),
    Malformed(
        "A path for a slug",
        file("log.csv", LOG),
        (
            (
                'slug: "../../etc/passwd" can\'t be the short name of a story; use small letters, digits and '
                "single hyphens, up to 80, "
                "like etc-passwd"
            ),
        ),
        {"slug": "../../etc/passwd"},
    ),
    # ---- chronologies
    Malformed(
        "No column with dates",
        file("log.csv", "Agency,Event\nPolice,Called\n"),
        ('log.csv:1: no column says when; say which of "Agency", "Event" it is, with --map column=date',),
    ),
    Malformed(
        "No column with agencies",
        file("log.csv", "Date,Event\n2016,Called\n"),
        (
            'log.csv:1: no column says which agency; say which of "Date", "Event" it is, with --map column=agency',
        ),
    ),
    Malformed(
        "No column we know",
        file("log.csv", "title,count,description\na,5,b\n"),
        (
            (
                'log.csv:1: no column says when; say which of "title", "count", "description" it is, with --map '
                "column=date"
            ),
            (
                'log.csv:1: no column says which agency; say which of "title", "count", "description" it is, with '
                "--map column=agency"
            ),
        ),
    ),
    Malformed(
        "A column that is not there",
        file("log.csv", LOG),
        ('log.csv:When: there is no column "When"; choose from: Date, Agency, Event',),
        {"mapping": {"When": "date"}},
    ),
    Malformed(
        "Headings without rows",
        file("log.csv", "Date,Agency,Event\n"),
        ("log.csv:1: there are headings but no rows; put each contact on a line of its own",),
    ),
    Malformed(
        "Dates that can't be",
        file("log.csv", "Date,Agency,Event\n31/02/17,A,e\n03/25/17,A,e\n03/17,A,e\nsoon,A,e\n,A,e\n"),
        (
            'log.csv:2:Date: "31/02/17" is a day that does not exist; that month has days 1 to 28',
            'log.csv:3:Date: "03/25/17" has no month 25; put the day first: 25/3/2017',
            (
                'log.csv:4:Date: "03/17" can be read two ways: a month and a year, or a day without its year; '
                "write March 2017 for a month, or 12/03/2017 for a day"
            ),
            f'log.csv:5:Date: "soon" is not a date we can read; {HELP}',
            "log.csv:6:Date: there is no date; give at least the year, like c. 2015",
        ),
    ),
    Malformed(
        "An end before the start",
        file("log.csv", "Date,End,Agency,Event\n12/03/17,11/03/17,A,e\n"),
        (
            (
                "log.csv:2:Date: the end, 2017-03-11, comes before the start, 2017-03-12; give an end on or after "
                "the start"
            ),
        ),
    ),
    Malformed(
        "A row without its agency",
        file("log.csv", "Date,Agency,Event\n2016,,e\n"),
        ("log.csv:2:Agency: there is no agency; name the agency, or write Not known",),
    ),
    Malformed(
        "A comma too many",
        file("log.csv", LOG + "2016,A,one, two\n"),
        (
            'log.csv:3: this line has more cells than there are headings; put " around a cell that holds a comma',
        ),
    ),
    Malformed(
        "A quotation mark that does not close",
        file("log.csv", LOG + '2016,A,"one\n2017,A,two\n'),
        (
            (
                "log.csv:3: the quotation marks of the line that begins here do not close; "
                'put " around the whole cell, and write "" for a " inside it'
            ),
        ),
    ),
    Malformed(
        "A cell of over two million characters",
        file("log.csv", LOG + "2016,A," + "x" * 2_000_100),
        ("log.csv:3: a cell has more than 2000000 characters; check that no quotation mark is missing",),
    ),
    Malformed(
        "A million columns",
        file("log.csv", "Date,Agency,Event" + "," * 1_000_000 + "\n2016,A,e\n"),
        ("log.csv:1: this line has 1000003 columns; give at most 300",),
    ),
    Malformed(
        "Too many rows",
        file("log.csv", LOG + "2016,A,e\n" * 50_000),
        ("log.csv:50001: there are more than 50000 rows; give each story its own file",),
    ),
    Malformed(
        "A flag that is neither yes nor no",
        file("log.csv", "Date,Agency,Event,Significant\n2016,A,e,perhaps\n"),
        ('log.csv:2:Significant: "perhaps" is not yes or no; write yes or no',),
    ),
    # ---- workbooks
    Malformed(
        "Formulas in cells",
        file(
            "log.xlsx",
            lambda: workbook(
                ["Date", "Agency", "Event"], ["2016", "A", '=HYPERLINK("x")'], ["=NOW()", "A", "e"]
            ),
        ),
        (
            "log.xlsx:2:3: the cell C2 holds a formula; copy the column and paste it back as values",
            "log.xlsx:3:1: the cell A3 holds a formula; copy the column and paste it back as values",
        ),
    ),
    Malformed("An empty workbook", file("log.xlsx", workbook), (f"log.xlsx: the file is empty; {FILL}",)),
    Malformed(
        "A broken workbook",
        file("log.xlsx", zip_of({"xl/workbook.xml": b"<nothing"})),
        (f"log.xlsx: the workbook is broken or locked; {XLSX}",),
    ),
    Malformed(
        "A workbook that is a bomb",
        file("log.xlsx", lambda: zip_of({"xl/workbook.xml": b"<x/>", "xl/a.xml": bytes(300 * 1024 * 1024)})),
        ("log.xlsx: the workbook grows to more than 256 MB; copy the rows into a new workbook",),
    ),
    Malformed(
        "Too many columns in a workbook",
        file("log.xlsx", lambda: workbook(["Date", "Agency", "Event", *range(400)])),
        ("log.xlsx:1: this line has 403 columns; give at most 300",),
    ),
)
