"""Files that can't come in, one a case: what is made, and how it is imported."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook

STORY = """---
storybook: 1
title: A warm room
slug: a-warm-room
people:
  - ref: P1
    name: Ash
agencies:
  - ref: shelter
    name: The Night Shelter
    sector: voluntary
---

Ash's words.
"""
CONTACTS = "Date,End,Agency,People,Kind,What happened\n2016-04-03,,shelter,P1,appointment,Asked for a bed\n"
Given = tuple[str, bytes | dict[str, bytes], tuple[str, ...]]


def _folder(story: str | bytes = STORY, contacts: str | bytes | None = CONTACTS, *words: str) -> Given:
    files = {"story.md": story if isinstance(story, bytes) else story.encode()}
    if contacts is not None:
        files["contacts.csv"] = contacts if isinstance(contacts, bytes) else contacts.encode()
    return "given", files, words


def _row(**cells: str) -> Given:
    """A story's folder whose one contact has these cells instead."""
    usual = {
        "Date": "2016-04-03",
        "End": "",
        "Agency": "shelter",
        "People": "P1",
        "Kind": "appointment",
        "What happened": "x",
    }
    usual |= {name.replace("_", " "): cell for name, cell in cells.items()}
    return _folder(STORY, ",".join(usual) + "\n" + ",".join(f'"{cell}"' for cell in usual.values()) + "\n")


def _story(old: str, new: str) -> Given:
    return _folder(STORY.replace(old, new))


def _file(name: str, content: str | bytes, *words: str) -> Given:
    return name, content if isinstance(content, bytes) else content.encode(), words


def _zip(names: dict[str, str]) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in names.items():
            packed.writestr(name, text)
    return made.getvalue()


def _workbook(*rows: tuple[object, ...]) -> bytes:
    book, made = Workbook(), BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(made)
    return made.getvalue()


def _timeline(**event: object) -> str:
    return json.dumps({"events": [{"start_date": {"year": "2016"}, "text": {"headline": "x"}} | event]})


CASES: dict[str, Callable[[], Given]] = {
    "empty file": lambda: _file("empty.csv", ""),
    "only a heading": lambda: _file("heading.csv", "Date,Agency,Significant event\n"),
    "missing column": lambda: _file("missing.csv", "Agency,Significant event\nPolice,came\n"),
    "not UTF-8 in the format": lambda: _folder(
        STORY, CONTACTS.encode() + b"2016-05,,shelter,P1,visit,\x81\x8d\xff"
    ),
    "binary called csv": lambda: _file(
        "picture.csv", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256))
    ),
    "NUL in a cell": lambda: _row(What_happened="a\x00b"),
    "day that does not exist": lambda: _row(Date="2016-02-30"),
    "month that does not exist": lambda: _row(Date="2016-13"),
    "words for a date": lambda: _row(Date="once upon a time"),
    "no date": lambda: _row(Date=""),
    "year of minus 13.8 billion": lambda: _row(Date="-13800000000"),
    "year 10000": lambda: _row(Date="10000-01-01"),
    "end before start": lambda: _row(End="2016-04-02"),
    "unknown agency": lambda: _row(Agency="nowhere"),
    "unknown person": lambda: _row(People="P7"),
    "unknown kind": lambda: _row(Kind="teleported"),
    "no agency": lambda: _row(Agency=""),
    "too many cells": lambda: _folder(STORY, CONTACTS.rstrip("\n") + ",more,and more,and still more\n"),
    "quote never closed": lambda: _folder(STORY, CONTACTS + '2016-05,,shelter,P1,appointment,"never ends\n'),
    "no contacts file": lambda: _folder(STORY, None),
    "no story file": lambda: ("given", {"contacts.csv": CONTACTS.encode()}, ()),
    "front matter never closed": lambda: _folder(STORY.replace("---\n\nAsh", "\n\nAsh")),
    "front matter is no YAML": lambda: _story("title: A warm room", "title: [A warm room"),
    "YAML that builds objects": lambda: _story(
        "title: A warm room", "title: !!python/object/apply:os.system [id]"
    ),
    "person twice": lambda: _story("agencies:", "  - ref: P1\n    name: Bo\nagencies:"),
    "agency twice": lambda: _story(
        "sector: voluntary", "sector: voluntary\n  - ref: shelter\n    name: B\n    sector: housing"
    ),
    "unknown sector": lambda: _story("sector: voluntary", "sector: piracy"),
    "unknown kind of gap": lambda: _story("agencies:", "gaps:\n  - date: 2016\n    kind: chasm\nagencies:"),
    "unknown field": lambda: _story("slug: a-warm-room", "slug: a-warm-room\nshoe_size: 9"),
    "path escape in the slug": lambda: _story("slug: a-warm-room", "slug: ../../etc/passwd"),
    "path escape in --slug": lambda: _folder(STORY, CONTACTS, "--slug", "../../etc/passwd"),
    "slug in capitals": lambda: _folder(STORY, CONTACTS, "--slug", "A Warm Room"),
    "episode with a false date": lambda: _folder(STORY + "\n## The key\nDate: 2016-99\n\nText.\n"),
    "format nobody knows": lambda: _folder(STORY, CONTACTS, "--format", "papyrus"),
    "mapping to no field": lambda: _file(
        "a.csv", "Wann,Wer,What happened\n2016,Police,came\n", "--map", "Wann=moon phase"
    ),
    "mapping of no column": lambda: _file(
        "a.csv", "Date,Agency,What happened\n2016,Police,came\n", "--map", "Wann=date"
    ),
    "workbook without rows": lambda: _file("a.xlsx", _workbook()),
    "workbook that is none": lambda: _file("a.xlsx", b"PK\x03\x04 but no more"),
    "archive that leaves its folder": lambda: _file(
        "a.zip", _zip({"../story.md": STORY, "../contacts.csv": CONTACTS})
    ),
    "archive that unpacks to gigabytes": lambda: _file(
        "a.zip", _zip({"story.md": STORY, "contacts.csv": CONTACTS + "0" * 300_000_000})
    ),
    "JSON cut off": lambda: _file("a.json", _timeline()[:40]),
    "JSON of something else": lambda: _file("a.json", '{"shopping": ["milk"]}'),
    "TimelineJS without a date": lambda: _file("a.json", _timeline(start_date={})),
    "TimelineJS before there were years": lambda: _file(
        "a.json", _timeline(start_date={"year": "-13800000000"})
    ),
    "TimelineJS ends before it starts": lambda: _file("a.json", _timeline(end_date={"year": "2015"})),
    "a line of 200 MB": lambda: _file(
        "a.csv", b"Date,Agency,Significant event\n2016,Police," + b"x" * 200_000_000
    ),
    "nothing there": lambda: ("nowhere.csv", {}, ()),
}


def make(case: str, folder: Path) -> tuple[Path, tuple[str, ...]]:
    """Writes a case's file or folder; gives its path and the words that go after it."""
    name, content, words = CASES[case]()
    path = folder / name
    if isinstance(content, bytes):
        path.write_bytes(content)
    elif content:
        path.mkdir()
        for file, data in content.items():
            (path / file).write_bytes(data)
    return path, words
