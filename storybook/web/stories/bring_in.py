"""Bringing a story in: a file or a pasted block, what we make of it, corrections, and only then the story.

Nothing is kept between the steps: what was sent travels in the page itself, so nothing of a person's record is left
lying on the server when somebody walks away.
"""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass, replace
from typing import Any

from flask import flash, render_template, request, url_for
from werkzeug.wrappers import Response

from ...services.stories.import_story import check_upload, save_story
from ...story.chronology import facts
from ...story.formats import Incoming, Mapping
from ...story.formats.chronology import columns_of
from ...story.formats.contacts_csv import HEADINGS
from ...story.formats.headings import FIELDS, IGNORE
from ...story.formats.slugs import slug_of
from ...story.messages import message, say
from ...story.problems import Problem, Problems
from ..context import asker, services
from ..forms import mark_error
from ..htmx import go_to
from .blueprint import stories
from .bring_in_told import Told, beside, tell
from .taking_part import people_of, taking_part

#: What people read for each field a column can be taken for.
FIELD_WORDS = {field: message(heading) for field, heading in HEADINGS.items()} | {
    "sector": message("Sector"),
    "time": message("Time of day"),
    "fictional": message("Fictional"),
    IGNORE: message("Leave it out"),
}
#: Contacts shown of what would come in; the rest is counted.
SHOWN = 12
_LONGEST_TITLE = 500


@dataclass(frozen=True, slots=True)
class Sent:
    """What was sent: the bytes, the name they came under, the corrections to what we guessed.

    ``pasted`` holds the text of a pasted block, which can be put right on the page; ``title`` what the story is to be
    called, where that is not what the file says; ``hidden`` whether what a workbook hides comes in too.
    """

    data: bytes
    name: str
    mapping: dict[str, str]
    pasted: str = ""
    title: str = ""
    hidden: bool = False

    @property
    def kept(self) -> str:
        """The bytes as the page carries them."""
        return base64.b64encode(self.data).decode("ascii")


@stories.route("/-/bring-in/", methods=["GET", "POST"])
def bring_in() -> str | Response | tuple[str, int]:
    """Asks for a file, shows what would come in, takes corrections, brings it in."""
    if request.method != "POST":
        return render_template("stories/bring_in.html", problems=(), beside={}, sent=None, typed={})
    sent = None
    try:
        sent = _sent()
        found = _found(sent)
        if request.form.get("step") != "save":
            return _preview(sent, found)
    except Problems as problems:
        return _refused(sent, problems)
    try:
        story = save_story(services(), asker(), **taking_part(found.story, request.form))
    except Problems as problems:
        return _preview(sent, found, problems), 422
    flash(say(message("The story is in. It is a draft, and only you can see it.")), "success")
    return go_to(url_for("stories.show", slug=story.slug))


def _found(sent: Sent) -> Incoming:
    """What would come in, under the title that was asked for. Raises Problems."""
    slug = slug_of(sent.title) if sent.title else None
    if sent.hidden != ("hidden-was" in request.form):
        sent = replace(sent, mapping=_still_there(sent))
    found = check_upload(
        services(), asker(), sent.data, sent.name, mapping=sent.mapping or None, slug=slug, hidden=sent.hidden
    )
    return replace(found, story=found.story.model_copy(update={"title": sent.title})) if sent.title else found


def _still_there(sent: Sent) -> dict[str, str]:
    """The corrections of columns that are still there, after hidden ones came in or went again."""
    there = {column.heading for column in columns_of(sent.data, sent.name, hidden=sent.hidden).columns}
    return {heading: field for heading, field in sent.mapping.items() if heading in there}


def _sent() -> Sent:
    """What this request carries; raises Problems if it carries nothing."""
    form, file = request.form, request.files.get("file")
    headings = form.getlist("heading")
    mapping = {h: f for h, f in zip(headings, form.getlist("field"), strict=False) if f}
    if file is not None and file.filename:
        return Sent(file.read(), _last_part(file.filename), mapping, title=_title())
    if kept := form.get("kept"):
        title = _title()
        read = title == form.get("title-read", "")
        return Sent(
            _from_page(kept), _last_part(form.get("name", "")), mapping, title="" if read else title,
            hidden="hidden" in form,
        )  # fmt: skip
    if pasted := form.get("pasted", "").strip("\r\n"):
        name = " ".join(re.split(r"[/\\]", form.get("title", "")))
        return Sent(pasted.encode(), f"{_last_part(name) or 'story'}.csv", mapping, pasted)
    raise Problems(
        [Problem(message("there is nothing to bring in"), message("choose a file or paste a block"), "file")]
    )


def _title() -> str:
    """What was typed into the field for the title."""
    return " ".join(request.form.get("title", "").split())[:_LONGEST_TITLE]


def _last_part(name: str) -> str:
    """A sent file's name without folders and without anything that can't be seen. Nothing is stored under it."""
    last = re.split(r"[/\\]", name)[-1]
    return "".join(letter for letter in last if letter.isprintable()).strip()[-120:]


def _from_page(kept: str) -> bytes:
    try:
        return base64.b64decode(kept, validate=True)
    except (binascii.Error, ValueError):
        raise Problems(
            [Problem(message("what was sent got lost"), message("choose the file again"), "file")]
        ) from None


def _preview(sent: Sent, found: Incoming, problems: Problems | None = None) -> str:
    told = tell(problems.problems) if problems else ()
    if told:
        mark_error()
    values = _values(sent, found.mapping, told, found.story.title)
    asked = {"people": people_of(found.story), "typed": request.form}
    return render_template(
        "stories/bring_in_preview.html",
        found=found,
        facts=facts(found.story),
        agencies=_names(found),
        **asked,
        **values,
    )


def _values(sent: Sent, mapping: Mapping, told: tuple[Told, ...] = (), title: str = "") -> dict[str, Any]:
    """What the page that shows columns needs."""
    return {
        "sent": sent,
        "title": title or sent.title,
        "columns": mapping.columns,
        "hidden": mapping.hidden,
        "problems": told,
        "beside": beside(told),
        "fields": FIELDS,
        "words": FIELD_WORDS,
        "shown": SHOWN,
    }


def _refused(sent: Sent | None, problems: Problems) -> tuple[str, int]:
    mark_error()
    mapping = _mapping(sent)
    pasted = "pasted" if sent is not None and sent.pasted else ""
    if sent is not None and mapping.columns:
        told = tell(problems.problems, columns=mapping.columns, rows=pasted)
        values = _values(sent, mapping, told, _title())
        return render_template("stories/bring_in_preview.html", found=None, **values), 422
    told = tell(problems.problems, rows=pasted or "file")
    values = {"problems": told, "beside": beside(told), "sent": sent, "typed": request.form}
    return render_template("stories/bring_in.html", **values), 422


def _mapping(sent: Sent | None) -> Mapping:
    """The columns of what was sent, if it is a table at all: what is wrong may be what we took one for."""
    if sent is None:
        return Mapping()
    try:
        return columns_of(sent.data, sent.name, mapping=sent.mapping or None, hidden=sent.hidden)
    except Problems:
        return Mapping()


def _names(found: Incoming) -> dict[str, str]:
    """What each agency is called, by its ref."""
    return {agency.ref: agency.name for agency in found.story.agencies}
