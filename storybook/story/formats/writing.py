"""A story into a folder or a file."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Final

from ..messages import Message, message
from ..model import Contact, Story
from . import timelinejs_write
from .contacts_csv import COLUMNS, cell_of
from .folder import write_folder, write_zip
from .tables import write_csv
from .trouble import refuse

FORMATS: Final = ("folder", "csv", "timelinejs")
#: Columns of the table for people: what a picture tells, with names where the folder has refs.
_TABLE: Final = tuple(heading for heading in COLUMNS if heading not in ("Id", "Version", "Not telling"))


def write(story: Story, to: Path, format: str = "folder") -> tuple[Message, ...]:
    """Put ``story`` at ``to``: a ``folder``, one ``csv`` of its contacts, or ``timelinejs`` JSON; all of it or nothing.

    Gives what is worth saying (what this format leaves out). Raises Problems where it can't be written.
    """
    to = Path(to)
    if format == "folder":
        write_folder(story, to)
        return ()
    if format not in FORMATS:
        raise refuse(
            to.name,
            message('we do not know the format "{format}"', format=format),
            message("use one of: {formats}", formats=", ".join(FORMATS)),
        )
    _write_file(to, as_bytes(story, format))
    hidden = sum(contact.not_telling for contact in story.contacts)
    notes = [
        message(
            "{count} contact that is not to be told was left out",
            plural="{count} contacts that are not to be told were left out",
            count=hidden,
        )
    ]
    return tuple(notes[: bool(hidden)])


def as_bytes(story: Story, format: str) -> bytes:
    """``story`` as a file for the browser to download: ``folder`` gives a ZIP file."""
    if format == "folder":
        return write_zip(story)
    return timelinejs_write.write(story) if format == "timelinejs" else table(story)


def table(story: Story) -> bytes:
    """The contacts that may be told as CSV, agencies by name; says "Fictional" in a column if the story is."""
    agencies = {agency.ref: agency for agency in story.agencies}

    def row(contact: Contact) -> list[str]:
        cells = {heading: cell_of(getattr(contact, COLUMNS[heading])) for heading in _TABLE}
        cells["Agency"] = agencies[contact.agency].name or contact.agency
        cells["Hand-off to"] = agencies[contact.handoff_to].name if contact.handoff_to else ""
        return [*cells.values(), agencies[contact.agency].sector, *(["yes"] if story.fictional else [])]

    headings = [*_TABLE, "Sector", *(["Fictional"] if story.fictional else [])]
    return write_csv([headings, *(row(contact) for contact in story.contacts if not contact.not_telling)])


def _write_file(to: Path, data: bytes) -> None:
    """Write aside, then rename, so that nobody ever sees half a file."""
    if to.is_dir():
        raise refuse(str(to), message("this is a folder"), message("name a file"))
    to.parent.mkdir(parents=True, exist_ok=True)
    handle, aside = tempfile.mkstemp(prefix=f".{to.name}.", dir=to.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(aside).chmod(0o644)
        Path(aside).replace(to)
    finally:
        Path(aside).unlink(missing_ok=True)
