"""How wrong files are made, for the tables of ``tests.malformed``."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import openpyxl

HEAD = """---
title: A story
slug: a-story
people:
- ref: P1
  name: Ash
agencies:
- ref: the-door
  name: The Door
  sector: housing
---

Hello.
"""
ROWS = "Date,Agency,What happened\n2016-04,the-door,Asked for a bed\n"
LOG = "Date,Agency,Event\n12/03/17,Police,Called\n"


@dataclass(frozen=True)
class Malformed:
    """One wrong input. ``make(folder)`` writes it and gives the path to read; ``said`` is every problem, in order."""

    name: str
    make: Callable[[Path], Path]
    said: tuple[str, ...]
    options: Mapping[str, object] = field(default_factory=dict)


def file(name: str, given: bytes | str | Callable[[], bytes]) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        data = given() if callable(given) else given
        (folder / name).write_bytes(data if isinstance(data, bytes) else data.encode())
        return folder / name

    return make


def folder_of(
    story_md: bytes | str | None = HEAD, contacts: bytes | str | None = ROWS
) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        place = folder / "a-story"
        place.mkdir()
        for name, data in (("story.md", story_md), ("contacts.csv", contacts)):
            if data is not None:
                (place / name).write_bytes(data if isinstance(data, bytes) else data.encode())
        return place

    return make


def zip_of(files: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in files.items():
            packed.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def workbook(*rows: list[object]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def one_long_line(folder: Path) -> Path:
    """A line of 200 MB; most of it is a hole in the file, so that it takes no room."""
    path = folder / "long.csv"
    with path.open("wb") as out:
        out.write(b"Date,Agency,Event\n2016,Police,")
        out.seek(200 * 1024 * 1024 - 1)
        out.write(b"x")
    return path


def link_away(folder: Path) -> Path:
    place = folder_of(contacts=None)(folder)
    (folder / "elsewhere.csv").write_text(ROWS)
    (place / "contacts.csv").symlink_to(folder / "elsewhere.csv")
    return place


HELP = "write it like 12/03/2017, March 2017, spring 2017, early 2017, c. 2017 or 2017"
PLAIN = "write plain keys, lists and text, each key once"
CSV = "save it as CSV UTF-8 and give that"
XLSX = "open it in Excel and save it as .xlsx or CSV UTF-8"
LOOK = "look here for a comma, a quotation mark or a bracket too many or too few"
FILL = "give a file with something in it"
NOWHERE = "pack the story's folder again"
