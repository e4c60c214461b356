"""What happened next to others, and before and after a turning point: for analysts, about groups."""

from __future__ import annotations

from flask import render_template, request

from ...services.data.ask import what_can_be_asked
from ...services.data.happened_next import around, what_came_next
from ...services.data.rows_server import where_counted
from ...story.problems import Problems
from ..context import asker, services
from .next_form import NextForm, TurningForm
from .next_page import told_around, told_next
from .views import data


@data.get("/<name>/next/")
def next_steps(name: str) -> tuple[str, int]:
    """Whom people with the same last steps met next."""
    manifest = what_can_be_asked(services(), asker(), name)
    form, told = NextForm.over(manifest, services().vocabulary, request.args), None
    try:
        if steps := form.steps():
            told = told_next(what_came_next(services(), asker(), name, steps))
    except Problems as problems:
        form.refuse(problems)
    where = where_counted(services(), asker(), name)
    return render_template("data/next.html", name=name, form=form, told=told, where=where), form.status


@data.get("/<name>/before-and-after/")
def turning(name: str) -> tuple[str, int]:
    """Contacts before and after a turning point."""
    vocabulary = services().vocabulary
    manifest = what_can_be_asked(services(), asker(), name)
    form, told = TurningForm.over(manifest, vocabulary, request.args), None
    try:
        if point := form.point():
            found = around(services(), asker(), name, point, days=form.length(), by=form.lines())
            told = told_around(found, vocabulary)
    except Problems as problems:
        form.refuse(problems)
    where = where_counted(services(), asker(), name)
    page = render_template("data/before_and_after.html", name=name, form=form, told=told, where=where)
    return page, form.status
