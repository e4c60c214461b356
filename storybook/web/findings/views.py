"""The findings of a story: read in their context, decided together or one by one, taken back."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, flash, render_template, request, url_for
from werkzeug.wrappers import Response

from ...anonymise.deciding.decisions import Choice
from ...services.findings import decide as deciding
from ...services.findings.forget_words import forget_story_names
from ...services.findings.listed import FindingsView, get_findings
from ...services.findings.look_job import start_look
from ...services.findings.side_by_side import side_by_side as both_sides
from ...story.messages import Message, message, say
from ..access import opened
from ..context import asker, services
from ..htmx import go_to
from ..people.views import let_go
from ..pictures import pictures
from ..stories.page import STATES
from .forms import DecideForm
from .paging import parts_of

findings = Blueprint("findings", __name__, url_prefix="/stories/<slug>")
Answer = str | Response | tuple[str, int]


@findings.get("/findings/")
def show(slug: str) -> str:
    """Everything that was found, with its words around it and what could stand there."""
    return _page(slug, DecideForm(formdata=None))


@findings.get("/side-by-side/")
def side_by_side(slug: str) -> str:
    """What the draft says beside what the world would see."""
    found = both_sides(services(), asker(), slug)
    return render_template("findings/side_by_side.html", found=found, slug=slug)


@findings.post("/findings/decide/")
def decide(slug: str) -> Answer:
    """Other words, a reason to keep them, or a sentence less."""
    form = DecideForm()
    return _decided(slug, form, form.word())


@findings.post("/findings/clear/")
def clear(slug: str) -> Answer:
    """The reviewer's note that a named adviser cleared a sentence."""
    form = DecideForm()
    return _decided(slug, form, form.word(Choice.CLEAR))


@findings.post("/findings/accept/")
def accept(slug: str) -> Response:
    """Everything beyond doubt in one go."""
    done = deciding.accept_certain(services(), asker(), slug, request.form.getlist("key"))
    said = message(
        "{count} place has other words now.", plural="{count} places have other words now.", count=done
    )
    return _back(slug, said, "open")


@findings.post("/findings/undo/")
def undo(slug: str) -> Response:
    """Takes back what was decided."""
    deciding.undo(services(), asker(), slug, request.form.get("key", ""))
    return _back(slug, message("It is open again."), _place())


@findings.post("/findings/look/")
def look(slug: str) -> Response:
    """Has the language model look for more names."""
    start_look(services(), asker(), slug)
    return _back(slug, message("We are looking. Open this page again in a minute or two."), "")


@findings.post("/findings/forget/")
def forget(slug: str) -> Response:
    """Forgets the words that were replaced, for good."""
    who = asker()
    let_go()
    forget_story_names(services(), who, slug)
    pictures().forget()
    return _back(
        slug, message("The real names are forgotten. The story keeps the words you chose."), "decided"
    )


def _decided(slug: str, form: DecideForm, word: deciding.Word) -> Answer:
    if form.saved(_deciding(slug, form, word)):
        return _back(slug, message("It is noted. You can take it back under “Decided”."), _place())
    return _page(slug, form), 422


def _deciding(slug: str, form: DecideForm, word: deciding.Word) -> Callable[[], None]:
    key, seen, only = form.key.data or "", form.version_seen, form.one_place
    return lambda: deciding.decide(services(), asker(), slug, key, word, seen=seen, only=only)


def _page(slug: str, form: DecideForm) -> str:
    found = get_findings(services(), asker(), slug)
    at = _part(found, request.args.get("at", ""))
    parts = parts_of(found, at, request.args.get("page", ""), form.key.data)
    said = {"state": STATES[opened().state], "at": at, "parts": parts}
    return render_template("findings/findings.html", found=found, form=form, **said)


def _part(found: FindingsView, wanted: str) -> str:
    """The list above which it is said what was done; "open" where the one it was in is empty now, "" for the top."""
    filled = {"certain": found.certain, "judge": found.to_judge, "decided": found.decided, "": True}
    return wanted if filled.get(wanted) else "open"


def _place() -> str:
    """The list in which a form stood, so that its reader goes on there."""
    return request.form.get("at", "")


def _back(slug: str, said: Message, at: str) -> Response:
    flash(say(said), "success")
    page = request.form.get("on") if at == _place() else None  # the page of the list that the form stood in
    return go_to(url_for("findings.show", slug=slug, at=at or None, page=page, _anchor="notices"))
