"""The analyst's pages: datasets, safe counts, bringing rows in."""

from __future__ import annotations

from flask import Blueprint, flash, render_template, request, url_for
from werkzeug.wrappers import Response

from ...linked.datasets import dataset_names
from ...services.data import count_data, load_data
from ...story.messages import message, say
from ...story.problems import Problem, Problems
from ..context import asker, services
from ..htmx import go_to
from ..uploads import kept_for_now
from .forms import CountForm, LoadForm
from .page import CountPage

data = Blueprint("data", __name__, url_prefix="/data")


@data.get("/")
def index() -> str:
    """The datasets there are."""
    return render_template("data/index.html", names=dataset_names(services().data_root))


@data.get("/<name>/")
def counts(name: str) -> str:
    """Safe counts by agency and quarter."""
    form = CountForm(request.args, of=request.args.get("of", "people"))
    of = "contacts" if form.of.data == "contacts" else "people"
    page = CountPage.of(count_data(services(), asker(), name, by=("agency", "quarter"), of=of))
    return render_template("data/counts.html", name=name, form=form, page=page)


@data.route("/load/", methods=["GET", "POST"])
def load() -> str | Response | tuple[str, int]:
    """Brings rows in: all of them, or none and why."""
    form = LoadForm()
    if form.saved(lambda: _load(form)):
        flash(say(message("The rows are in.")), "success")
        return go_to(url_for("data.index"))
    return render_template("data/load.html", form=form), form.status


def _load(form: LoadForm) -> None:
    with kept_for_now(form.files.data or (), services().home / "incoming") as files:
        if not files:
            raise Problems(
                [Problem(message("there is no file"), message("choose one or more"), where="files")]
            )
        load_data(services(), asker(), form.name.data or "", files, form.mapping())
