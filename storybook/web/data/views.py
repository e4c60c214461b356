"""The analyst's pages: datasets and safe counts."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from ...services.data.rows import count_data, list_datasets
from ...services.data.rows_server import where_counted
from ...story.clock import today
from ..context import asker, services
from .forms import CountForm
from .page import CountPage

data = Blueprint("data", __name__, url_prefix="/data")


@data.get("/")
def index() -> str:
    """The datasets there are."""
    there = list_datasets(services(), asker())
    return render_template("data/index.html", datasets=there, today=today(services().clock))


@data.get("/<name>/")
def counts(name: str) -> str:
    """Safe counts by agency and quarter."""
    form = CountForm(request.args, of=request.args.get("of", "people"))
    of = "contacts" if form.of.data == "contacts" else "people"
    page = CountPage.of(count_data(services(), asker(), name, by=("agency", "quarter"), of=of))
    where = where_counted(services(), asker(), name)
    return render_template("data/counts.html", name=name, form=form, page=page, where=where)
