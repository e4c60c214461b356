"""Bringing a story in: a file or a pasted block, what we make of it, corrections, and only then the story.

Nothing is kept between the steps: what was sent travels in the page itself, so nothing of a person's record is left
lying on the server when somebody walks away.
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass

from flask import flash, render_template, request, url_for
from werkzeug.wrappers import Response

from ...services.import_story import check_upload, save_story
from ...story.chronology import facts
from ...story.formats import Incoming
from ...story.formats.contacts_csv import HEADINGS
from ...story.formats.headings import FIELDS, IGNORE
from ...story.messages import message, say
from ...story.problems import Problem, Problems
from ..context import asker, services
from ..forms import place, sentence
from ..htmx import go_to
from ..uploads import safe_name
from .blueprint import stories

#: What people read for each field a column can be taken for.
FIELD_WORDS = {field: message(heading) for field, heading in HEADINGS.items()} | {
    "sector": message("Sector"),
    "time": message("Time of day"),
    "fictional": message("Fictional"),
    IGNORE: message("Leave it out"),
}
#: Contacts shown of what would come in; the rest is counted.
SHOWN = 12


@dataclass(frozen=True, slots=True)
class Sent:
    """What was sent: the bytes, the name they came under, the corrections to what we guessed."""

    data: bytes
    name: str
    mapping: dict[str, str]

    @property
    def kept(self) -> str:
        """The bytes as the page carries them."""
        return base64.b64encode(self.data).decode("ascii")


@stories.route("/-/bring-in/", methods=["GET", "POST"])
def bring_in() -> str | Response | tuple[str, int]:
    """Asks for a file, shows what would come in, takes corrections, brings it in."""
    if request.method == "GET":
        return render_template("stories/bring_in.html", problems=(), sent=None, typed={})
    sent = None
    try:
        sent = _sent()
        found = check_upload(services(), asker(), sent.data, sent.name, mapping=sent.mapping or None)
        if request.form.get("step") != "save":
            return _preview(sent, found)
        story = save_story(services(), asker(), found.story)
    except Problems as problems:
        return _refused(sent, problems)
    flash(say(message("The story is in. It is a draft, and only you can see it.")), "success")
    return go_to(url_for("stories.show", slug=story.slug))


def _sent() -> Sent:
    """What this request carries; raises Problems if it carries nothing."""
    form, file = request.form, request.files.get("file")
    headings = form.getlist("heading")
    mapping = {h: f for h, f in zip(headings, form.getlist("field"), strict=False) if f}
    if file is not None and file.filename:
        return Sent(file.read(), safe_name(file.filename), mapping)
    if kept := form.get("kept"):
        return Sent(_from_page(kept), safe_name(form.get("name", "")), mapping)
    if pasted := form.get("pasted", "").strip("\r\n"):
        return Sent(pasted.encode(), f"{safe_name(form.get('title', '') or 'story')}.csv", mapping)
    raise Problems(
        [Problem(message("there is nothing to bring in"), message("choose a file or paste a block"), "file")]
    )


def _from_page(kept: str) -> bytes:
    try:
        return base64.b64decode(kept, validate=True)
    except (binascii.Error, ValueError):
        raise Problems(
            [Problem(message("what was sent got lost"), message("choose the file again"), "file")]
        ) from None


def _preview(sent: Sent, found: Incoming) -> str:
    columns = [(column, sent.mapping.get(column.heading, column.field)) for column in found.mapping.columns]
    values = {"sent": sent, "found": found, "columns": columns, "shown": SHOWN}
    values |= {"fields": FIELDS, "field_words": FIELD_WORDS}
    return render_template("stories/bring_in_preview.html", facts=facts(found.story), **values)


def _refused(sent: Sent | None, problems: Problems) -> tuple[str, int]:
    told = [(place(problem), sentence(problem)) for problem in problems.problems]
    return render_template("stories/bring_in.html", problems=told, sent=sent, typed=request.form), 422
