"""What a data protection impact assessment needs of a story: to read, to print, and as a file."""

from __future__ import annotations

from flask import abort, render_template, request
from werkzeug.wrappers import Response

from ...services.governance import document
from ...services.governance.assessment import governance_of
from ..access import opened
from ..context import asker, services
from .views import review

#: What kinds of file there are, by the ending of their name, which says nothing of the story.
_KINDS = {"md": "text/markdown; charset=utf-8", "json": "application/json"}


@review.get("/review/governance/")
def governance(slug: str) -> str:
    """The document, in the words of the command."""
    found = governance_of(services(), asker(), slug)
    return render_template(
        "review/governance.html",
        story=opened().story,
        opening=document.opening(found),
        sections=document.sections_of(found),
        document=document,
    )


@review.get("/review/governance/file/")
def governance_file(slug: str) -> Response:
    """The same as a file: exactly what the command writes."""
    kind = request.args.get("kind", "md")
    if kind not in _KINDS:
        abort(404)
    found = governance_of(services(), asker(), slug)
    text = f"{found.model_dump_json(indent=2)}\n" if kind == "json" else document.as_markdown(found)
    name = f'attachment; filename="for-an-assessment.{kind}"'
    return Response(text, headers={"Content-Type": _KINDS[kind], "Content-Disposition": name})
