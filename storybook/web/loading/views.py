"""Bringing rows in: files, what their columns hold, what would come in, and only then the load."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, render_template, request, url_for
from werkzeug.wrappers import Response

from ...services.data.load_rows import cancel_load, get_load, start_check, start_load
from ...services.data.rows import rejects_of
from ...services.data.sent_rows import choose, columns_of_sent, open_sent, receive, throw_away
from ...services.jobs import JobState
from ...story.messages import message, say
from ..context import asker, services
from ..htmx import go_to, open_anew, polled
from ..uploads import keep_each
from .forms import FIELDS, AboutForm, FilesForm, about, chosen_fields, reasons
from .merging import with_answers
from .page import LoadPage

loading = Blueprint("loading", __name__, url_prefix="/data/load")


@loading.route("/", methods=["GET", "POST"])
def files() -> str | Response | tuple[str, int]:
    """Asks for the files."""
    form, received = FilesForm(), list[UUID]()

    def keep() -> None:
        with receive(services(), asker()) as (sent_id, folder):
            keep_each(form.files.data or (), folder)
        received.append(sent_id)

    if form.saved(keep):
        return go_to(url_for("loading.columns", sent_id=received[0]))
    return render_template("loading/files.html", form=form), form.status


@loading.route("/<uuid:sent_id>/", methods=["GET", "POST"])
def columns(sent_id: UUID) -> str | Response | tuple[str, int]:
    """Asks what the columns hold, with a guess, and whose rows they are; then looks at what would come in."""
    ctx, sent = services(), open_sent(services(), asker(), sent_id)
    form = AboutForm(data=about(sent.choices)) if request.method != "POST" else AboutForm()
    if form.saved(lambda: choose(ctx, asker(), sent_id, form.choices(request.form))):
        job = start_check(ctx, asker(), sent_id)
        return go_to(url_for("loading.progress", job_id=job.id))
    found = columns_of_sent(ctx, asker(), sent_id)
    chosen = chosen_fields(found, sent.choices) | dict(
        zip(request.form.getlist("heading"), request.form.getlist("field"), strict=False)
    )
    page = {
        "sent": sent,
        "columns": found,
        "chosen": chosen,
        "fields": FIELDS,
        "reasons": reasons(sent.choices),
    }
    return render_template("loading/columns.html", form=form, **page), form.status


@loading.get("/jobs/<uuid:job_id>/")
def progress(job_id: UUID) -> str | Response:
    """How far it is; when it has ended, what came of it."""
    job = get_load(services(), asker(), job_id)
    if job.ended and polled():
        return open_anew(url_for("loading.progress", job_id=job_id))
    page = LoadPage(job, services().clock.now())
    return render_template("loading/progress.html", page=page, job=job)


@loading.get("/<name>/rejects.csv")
def rejects(name: str) -> Response:
    """Where rows were left out of a dataset, and why; never what stood there."""
    headers = {"Content-Disposition": f"attachment; filename={name}-rejects.csv"}
    return Response(rejects_of(services(), asker(), name), mimetype="text/csv", headers=headers)


@loading.post("/<uuid:sent_id>/bring-in/")
def bring_in(sent_id: UUID) -> Response:
    """Brings in what was looked at, with what was answered there."""
    ctx, sent = services(), open_sent(services(), asker(), sent_id)
    if sent.choices is not None:
        choose(ctx, asker(), sent_id, with_answers(sent.choices, request.form))
    again = request.form.get("step") == "look"
    job = (start_check if again else start_load)(ctx, asker(), sent_id)
    return go_to(url_for("loading.progress", job_id=job.id))


@loading.post("/jobs/<uuid:job_id>/cancel/")
def cancel(job_id: UUID) -> Response:
    """Stops a load; nothing of it stays."""
    job = cancel_load(services(), asker(), job_id)
    if job.state is JobState.CANCELLED:
        flash(say(message("It was stopped. Nothing of it was kept.")), "success")
        return go_to(url_for("data.index"))
    return go_to(url_for("loading.progress", job_id=job.id))


@loading.post("/<uuid:sent_id>/throw-away/")
def remove(sent_id: UUID) -> Response:
    """Throws the files away."""
    throw_away(services(), open_sent(services(), asker(), sent_id).id)
    flash(say(message("The files were thrown away.")), "success")
    return go_to(url_for("data.index"))
