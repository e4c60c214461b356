"""``contacts.csv`` is opened and saved again by a spreadsheet program, and the story is the same."""

from __future__ import annotations

import csv
import io
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from storybook.story.formats import read_folder, write_folder
from storybook.story.model import Agency, Contact, Person, Story

DATES = (
    ("2016-04-03", "2016-04-05"),
    ("2016-04", ""),
    ("2016", ".."),
    ("2016-21", "2016-23"),
    ("2016-04~", "2016?"),
    ("2016-04/2016-07", ""),
    ("2016-04-XX", "2017"),
    ("201X", ""),
    ("0622", ""),
    ("2016-04/..", ""),
    ("../2016-05", ""),
    ("2016-04-03%", ""),
    ("9999-12-31", ""),
)
TEXTS = (
    "=1+1",
    "+44 7700",
    "-1",
    "@home",
    "'quoted'",
    "  two spaces  ",
    "one\ntwo\n\nthree",
    'she said "no"',
    "a; b, c | d",
    "café £5 🏠 日本",
    "12 March",
    "10:30 on Monday",
    "yes",
)


@pytest.fixture
def save_again(tmp_path: Path) -> Callable[[Path], None]:
    """Opens a CSV file and saves it: by LibreOffice where it is, else by what LibreOffice 7.4 was seen to do."""
    soffice = shutil.which("soffice") or shutil.which("libreoffice")

    def by_libreoffice(path: Path) -> None:
        profile, out = tmp_path / "profile", tmp_path / "saved"
        command = [
            str(soffice),
            f"-env:UserInstallation=file://{profile}",
            "--headless",
            "--convert-to",
            "csv",
            "--outdir",
            str(out),
            str(path),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        shutil.copy(out / path.name, path)

    def as_seen(path: Path) -> None:
        rows = list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))
        turned = [[re.sub(r"^0+(?=\d+$)", "", cell) for cell in row] for row in rows]
        out = io.StringIO(newline="")
        csv.writer(out, lineterminator="\n").writerows(turned)
        path.write_bytes(out.getvalue().encode("utf-8-sig"))

    return by_libreoffice if soffice else as_seen


def test_contacts_are_the_same_after_a_spreadsheet_program_saved_them(
    tmp_path: Path, save_again: Callable[[Path], None]
) -> None:
    contacts = [
        Contact(
            date=date,
            end=end,
            agency="a",
            people=("P1", "P2"),
            summary="Asked",
            retelling=True,
            cost_quantity=2.5,
            version=3,
        )
        for date, end in DATES
    ]
    contacts += [
        Contact(date="2016", agency="a", detail=text, own_words=text, links=("https://a.example/;x",))
        for text in TEXTS
    ]
    story = Story(
        slug="x",
        title="t",
        people=(Person(ref="P1", name="A"), Person(ref="P2", name="B")),
        agencies=(Agency(ref="a", name="A", sector="other"),),
        contacts=tuple(contacts),
    )
    write_folder(story, tmp_path / "x")
    before = (tmp_path / "x" / "contacts.csv").read_bytes()
    save_again(tmp_path / "x" / "contacts.csv")
    assert (tmp_path / "x" / "contacts.csv").read_bytes() != before
    assert read_folder(tmp_path / "x") == story
