"""Bringing a story in."""
from __future__ import annotations
from flask import render_template
from .blueprint import stories


@stories.route("/-/bring-in/", methods=["GET", "POST"])
def bring_in() -> str:
    return render_template("stories/bring_in.html")
