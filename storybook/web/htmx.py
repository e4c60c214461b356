"""One address for the whole page and for its fragment (DESIGN section 5, rule 1).

Every page's template extends ``layout``: ``base.html``, or ``fragment.html`` where htmx asks for a part only.
"""

from __future__ import annotations

from flask import redirect, request
from werkzeug.wrappers import Response


def wants_fragment() -> bool:
    """Whether htmx asks for a part of the page only (it says "full" where it will replace the body)."""
    return request.headers.get("HX-Request") == "true" and request.headers.get("HX-Request-Type") != "full"


def layout() -> str:
    """The template that a page extends: the whole page's or the fragment's."""
    return "fragment.html" if wants_fragment() else "base.html"


def go_to(address: str) -> Response:
    """On to the next page after something was done, so that a reload repeats nothing.

    A browser gets 303; htmx, which would follow that by itself and swap a whole page into a part, is told to go there.
    """
    if not wants_fragment():
        return redirect(address, code=303)
    return open_anew(address)


def polled() -> bool:
    """Whether htmx asks, for a part or for a page of which it will take a part."""
    return request.headers.get("HX-Request") == "true"


def open_anew(address: str) -> Response:
    """Tells htmx to open a page in the place of the one that asked."""
    return Response(status=204, headers={"HX-Redirect": address})
