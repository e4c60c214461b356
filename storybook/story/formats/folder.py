"""The open story format: a folder (or a ZIP file of one) with ``story.md`` and ``contacts.csv``."""

from __future__ import annotations

import io
import os
import shutil
import tempfile
import zipfile
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import Any, Final

from ..messages import message
from ..model import Story
from ..problems import Problems
from . import contacts_csv, limits, story_md
from .slugs import checked_slug, slug_of
from .text_files import bytes_of, too_large
from .trouble import Trouble, close_to, refuse, shortened

_FILES: Final = (story_md.NAME, contacts_csv.NAME)
#: What computers put into ZIP files unasked.
_LITTER: Final = ("__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini")


def read_folder(path: Path, *, slug: str | None = None) -> Story:
    """The story in the folder ``path``; ``slug`` stands over the one it says. Raises Problems, all of them at once."""
    files = {}
    for name in _FILES:
        file = _named(path, name)
        if file.is_symlink():
            raise refuse(name, message("this is a link to another file"), message("put the file itself here"))
        if file.exists():
            files[name] = bytes_of(file)
    return _story(files, slug, folder=path.resolve().name)


def _named(folder: Path, name: str) -> Path:
    """The file called ``name``, or the one that differs in small and capital letters alone, as on Windows."""
    alike = [file for file in folder.iterdir() if file.name.lower() == name] if folder.is_dir() else []
    return alike[0] if len(alike) == 1 else folder / name


def read_zip(data: bytes, *, slug: str | None = None, where: str = "story.zip") -> Story:
    """The story in a ZIP file of such a folder. Raises Problems, also for a ZIP file that does harm."""
    if len(data) > limits.FILE:
        raise too_large(where, len(data))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            files, folder = _unpacked(packed, where)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        raise refuse(
            where,
            message("the ZIP file is broken or locked"),
            message("pack the folder again, without a password"),
        ) from error
    return _story(files, slug, folder=folder)


def write_folder(story: Story, path: Path) -> None:
    """Write ``story`` to the folder ``path``: all of it, or nothing. Other files in a story's folder stay."""
    if path.exists() and not _may_replace(path):
        raise refuse(
            str(path),
            message("there is something else at this place"),
            message("name a new folder, or one that holds a story"),
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix=f".{path.name}.", dir=path.parent))
    try:
        _fill(aside / "new", story, path)
        if path.exists():
            path.rename(aside / "old")
        (aside / "new").rename(path)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def write_zip(story: Story) -> bytes:
    """``story`` as a ZIP file of its folder; the same story gives the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in _written(story):
            packed.writestr(zipfile.ZipInfo(f"{story.slug}/{name}"), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _written(story: Story) -> Iterable[tuple[str, bytes]]:
    yield story_md.NAME, story_md.write(story)
    yield contacts_csv.NAME, contacts_csv.write(story.contacts)


def _may_replace(path: Path) -> bool:
    return path.is_dir() and ((path / story_md.NAME).is_file() or not any(path.iterdir()))


def _fill(folder: Path, story: Story, before: Path) -> None:
    if before.exists():
        shutil.copytree(before, folder, symlinks=True, ignore=shutil.ignore_patterns(*_FILES))
    folder.mkdir(exist_ok=True)
    for name, data in _written(story):
        with (folder / name).open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())


def _unpacked(packed: zipfile.ZipFile, where: str) -> tuple[dict[str, bytes], str]:
    """The two files' bytes and the folder they were in. Nothing is written anywhere."""
    entries = [entry for entry in packed.infolist() if not _is_litter(entry.filename)]
    if len(entries) > limits.ZIPPED:
        raise refuse(
            where,
            message("there are {count} files in it", count=len(entries)),
            message("pack one story's folder only"),
        )
    files: dict[str, bytes] = {}
    folders = set()
    for entry in entries:
        place = _inside(entry.filename, where)
        if entry.is_dir():
            continue
        name = place.name.lower()
        if name not in _FILES or len(place.parts) > 2 or name in files:
            raise refuse(
                where,
                message('there is "{name}" in it', name=shortened(entry.filename)),
                message("pack story.md and contacts.csv only"),
            )
        files[name] = _bounded(packed, entry, where)
        folders.add(place.parent.name)
    return files, folders.pop() if len(folders) == 1 else ""


def _is_litter(name: str) -> bool:
    return any(part in _LITTER for part in PurePosixPath(name).parts)


def _inside(name: str, where: str) -> PurePosixPath:
    place = PurePosixPath(name)
    if place.is_absolute() or ".." in place.parts or "\\" in name or ":" in name or "\x00" in name:
        raise refuse(
            where,
            message('"{name}" leads out of the folder', name=shortened(name)),
            message("pack the story's folder again"),
        )
    return place


def _bounded(packed: zipfile.ZipFile, entry: zipfile.ZipInfo, where: str) -> bytes:
    """The entry's bytes, never more than the limit, whatever the entry says of itself."""
    with packed.open(entry) as file:
        data = file.read(limits.FILE + 1)
    if len(data) > limits.FILE:
        raise refuse(
            where,
            message(
                '"{name}" grows to more than {most} MB',
                name=shortened(entry.filename),
                most=limits.FILE // limits.MEGABYTE,
            ),
            message("give a smaller story"),
        )
    return data


def _story(files: dict[str, bytes], slug: str | None, folder: str) -> Story:
    if story_md.NAME not in files:
        raise refuse(story_md.NAME, message("there is no story.md"), message("give a folder that holds one"))
    if contacts_csv.NAME not in files:
        raise contacts_csv.missing()
    trouble = Trouble(story_md.NAME)
    read = story_md.read(files[story_md.NAME], trouble)
    facts = {**read.facts, "slug": _slug(read.facts, slug, folder)}
    trouble.build(Story, facts, read.line)  # without its parts: what is wrong with them is told by line
    table = Trouble(contacts_csv.NAME)
    _check_refs(read, trouble)
    try:
        contacts = contacts_csv.read(files[contacts_csv.NAME], read.people, read.agencies, table)
    except Problems as problems:
        raise Problems([*trouble.problems, *problems.problems]) from None
    trouble.problems += table.problems
    trouble.stop_if_any()
    parts = {name: getattr(read, name) for name in ("people", "agencies", "tracks", "gaps", "episodes")}
    story = trouble.build(Story, {**facts, **parts, "contacts": contacts}, read.line)
    trouble.stop_if_any()
    assert story is not None  # noqa: S101 - build gives None only with a problem
    return story


def _slug(facts: dict[str, Any], slug: str | None, folder: str) -> str:
    if slug is not None:
        return checked_slug(slug)
    if facts.get("slug"):
        return checked_slug(str(facts["slug"]), story_md.NAME)
    return slug_of(folder or str(facts.get("title", "")))


def _check_refs(read: story_md.Read, trouble: Trouble) -> None:
    """Refs that are there twice, and refs that point nowhere, told by name."""
    people, agencies = [p.ref for p in read.people], [a.ref for a in read.agencies]
    for name, refs in (("people", people), ("agencies", agencies), ("tracks", [t.ref for t in read.tracks])):
        for ref in sorted({ref for ref in refs if refs.count(ref) > 1}):
            what = message('the ref "{ref}" is there twice', ref=ref)
            trouble.add(what, message("give each a ref of its own"), column=name)
    named = [ref for people_of in (read.tracks, read.gaps) for part in people_of for ref in part.people]
    for ref in sorted(set(named) - set(people)):
        trouble.add(message('there is no person "{word}"', word=ref), close_to(ref, people), column="people")
    for ref in sorted({gap.agency for gap in read.gaps if gap.agency} - set(agencies)):
        trouble.add(message('there is no agency "{word}"', word=ref), close_to(ref, agencies), column="gaps")
