"""Finding out what was given, and reading it."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping as Words
from io import BytesIO
from pathlib import Path
from typing import Final

from ..messages import message
from . import chronology, timelinejs
from .folder import read_folder, read_zip
from .incoming import Incoming
from .slugs import checked_slug
from .text_files import bytes_of
from .trouble import refuse

#: What ``format`` may say.
FORMATS: Final = ("folder", "chronology", "timelinejs")
#: Names of Office files: they are no story's folder, whatever is in them.
_OFFICE: Final = (".xlsx", ".xlsm", ".xls", ".ods", ".docx", ".odt")
_ALSO: Final = {"zip": "folder", "csv": "chronology", "xlsx": "chronology"}


def read(
    path: Path,
    *,
    format: str | None = None,
    mapping: Words[str, str] | None = None,
    slug: str | None = None,
    hidden: bool = False,
) -> Incoming:
    """What would come in from ``path``: a story's folder or ZIP file, a chronology (CSV, XLSX) or a TimelineJS file.

    ``format`` (see ``FORMATS``) is found out where it is not given; ``mapping`` says what columns of a chronology
    hold (heading -> field); ``slug`` stands over the one made from the name; ``hidden``: what a workbook's sheet hides
    comes in too. Raises Problems, all at once.
    """
    path = Path(path)
    if path.is_dir():
        if slug is not None:
            checked_slug(slug)
        _check_format(format, path.name)
        return Incoming(read_folder(path, slug=slug), "folder")
    return read_bytes(bytes_of(path), path.name, format=format, mapping=mapping, slug=slug, hidden=hidden)


def read_bytes(
    data: bytes,
    name: str,
    *,
    format: str | None = None,
    mapping: Words[str, str] | None = None,
    slug: str | None = None,
    hidden: bool = False,
) -> Incoming:
    """As ``read``, for a file that was uploaded under ``name``."""
    name = Path(name.replace("\\", "/")).name or "file"
    if slug is not None:
        checked_slug(slug)
    asked = _check_format(format, name)
    kind = asked or _found_out(data, name)
    if kind == "folder":
        return Incoming(read_zip(data, slug=slug, where=name), "folder")
    if kind == "timelinejs":
        return timelinejs.read(data, name, slug=slug)
    return chronology.read(data, name, mapping=mapping, slug=slug, hidden=hidden)


def _check_format(format: str | None, where: str) -> str | None:
    if format is None:
        return None
    known = _ALSO.get(format.lower(), format.lower())
    if known not in FORMATS:
        raise refuse(
            where,
            message('we do not know the format "{format}"', format=format),
            message("use one of: {formats}", formats=", ".join(FORMATS)),
        )
    return known


def _found_out(data: bytes, name: str) -> str:
    """The format of ``data`` by what it holds, and only then by its name."""
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "chronology" if _is_workbook(data) or name.lower().endswith(_OFFICE) else "folder"
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"[")) or name.lower().endswith(".json"):
        return "timelinejs"
    return "timelinejs" if timelinejs.looks_like_csv(data) else "chronology"


def _is_workbook(data: bytes) -> bool:
    try:
        with zipfile.ZipFile(BytesIO(data)) as packed:
            return any(entry.startswith("xl/") for entry in packed.namelist())
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError):
        return False
