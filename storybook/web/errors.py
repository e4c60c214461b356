"""The one place where what went wrong becomes an answer: domain errors and HTTP errors, in plain words."""

from __future__ import annotations

import json
import logging

from flask import Flask, Response, g, make_response, render_template, request, url_for
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as BaseResponse

from ..services.errors import EditedMeanwhile, Gone, NotAllowed, NotFound, NotNow, NotReady, SignInFirst
from ..story.messages import Message, message, say
from ..story.model import Person
from ..story.problems import Problems
from .forms import place, sentence
from .hosts import UnknownHost
from .htmx import go_to
from .security import FRAMED, keep_publicly
from .words import by_name

_log = logging.getLogger(__name__)

#: Heading and what to do next, by status; any other status of 400 and over is told as a 400 or 500.
WORDS: dict[int, tuple[Message, Message]] = {
    400: (message("We can't use that"), message("Go back, check what you sent, and try again.")),
    403: (
        message("You can't open this page"),
        message("If you need it, ask the person who shared the story with you."),
    ),
    404: (message("There is nothing here"), message("Check the address, or look for the story in the list.")),
    405: (message("That can't be done here"), message("Go back and use the buttons on the page.")),
    409: (message("That can't be done now"), message("Go back and look at the story as it is now.")),
    413: (
        message("That file is too big"),
        message("Send a smaller file, or ask for it to be brought in by hand."),
    ),
    422: (message("There is something to put right"), message("Nothing was changed.")),
    429: (message("Too many tries"), message("Wait 15 minutes, then try again.")),
    500: (
        message("Something went wrong"),
        message("It is our fault, not yours. Nothing you saved is lost. Try again in a minute."),
    ),
}


def init_errors(app: Flask) -> None:
    """Gives ``app`` an answer for everything that can go wrong."""
    app.register_error_handler(SignInFirst, _sign_in_first)
    app.register_error_handler(NotAllowed, lambda e: _say(403, e.message))
    app.register_error_handler(NotFound, lambda _: _say(404))
    app.register_error_handler(NotReady, _not_ready)
    app.register_error_handler(NotNow, lambda e: _say(409, by_name(e.message, _people())))
    app.register_error_handler(EditedMeanwhile, lambda e: _say(409, e.message))
    app.register_error_handler(Gone, _gone)
    app.register_error_handler(Problems, _problems)
    app.register_error_handler(CSRFError, _stale_form)
    app.register_error_handler(UnknownHost, _not_this_site)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _ours)
    # What fails after a view has answered comes there, and Flask would log its words and the address.
    app.logger.addFilter(WithoutContent())


class WithoutContent(logging.Filter):
    """Takes out of a record of an error what the request held: its address, and what the error said."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Keeps every record; one with an error says of which kind it is, and where it was raised."""
        if record.exc_info and record.exc_info[1]:
            record.msg, record.args = "a request failed: %s", (json.dumps(_raised(record.exc_info[1])),)
            record.exc_info = record.exc_text = None
        return True


def _say(status: int, *more: Message | str) -> tuple[str, int]:
    """The page for ``status``: its heading, what there is to say, what to do next."""
    known = status if status in WORDS else (400 if status < 500 else 500)
    heading, advice = WORDS[known]
    sentences = [say(m) if isinstance(m, Message) else m for m in more if str(m)]
    return render_template(
        "errors/error.html", heading=say(heading), sentences=[*sentences, say(advice)]
    ), status


def _sign_in_first(_error: SignInFirst) -> BaseResponse:
    """To the sign-in page, and back to where the person wanted to go (only a page that can be opened by address)."""
    wanted = request.full_path.rstrip("?") if request.method == "GET" else None
    return go_to(url_for("security.login", next=wanted))


def _gone(error: Gone) -> Response:
    """The tombstone; it says nothing about the story, and a cache may hold it no longer than the page.

    Where a newer edition took its place, it points there: only an edition that is open says so.
    """
    slug = (request.view_args or {}).get("slug")
    newer = url_for("editions.newest", slug=slug) if error.newer is not None and slug else None
    if request.endpoint in FRAMED:
        return keep_publicly(
            make_response(render_template("errors/gone_embed.html", heading=str(error)), 410)
        )
    return keep_publicly(make_response(render_template("errors/gone.html", newer=newer), 410))


def _not_ready(error: NotReady) -> tuple[str, int]:
    return _say(409, error.message, *(by_name(reason, _people()) for reason in error.reasons))


def _people() -> tuple[Person, ...]:
    """The people of the story that was opened for this request: whoever asks may read it, names and all."""
    return g.story_view.story.people if "story_view" in g else ()


def _problems(error: Problems) -> tuple[str, int]:
    """Problems that no form took, each in a line of its own."""
    return _say(422, *(": ".join(filter(None, (place(p), sentence(p)))) for p in error.problems))


def _stale_form(_error: CSRFError) -> tuple[str, int]:
    return _say(400, message("This page was open for too long, or you signed in or out in another tab."))


def _not_this_site(_error: UnknownHost) -> tuple[str, int]:
    return _say(400, message("This site has another address. Use the one that you were given."))


def _http(error: HTTPException) -> tuple[str, int] | BaseResponse:
    if error.code is None or error.code < 400:
        return error.get_response()
    return _say(error.code)


def _ours(error: Exception) -> tuple[str, int] | BaseResponse:
    """A fault of ours. The log gets the kind of error and where it was raised, never what was in it."""
    _log.error("a request failed: %s", json.dumps(_where_raised(error)))
    try:
        return _say(500)
    except Exception as second:  # noqa: BLE001 - the page itself is broken: say it without one
        _log.error("its page failed too: %s", json.dumps(_where_raised(second)))
        return Response(say(WORDS[500][0]), 500, mimetype="text/plain")


def _where_raised(error: Exception) -> dict[str, object]:
    """Endpoint, kind of error and the places in our code it went through; no message, no values."""
    return {"endpoint": request.endpoint, **_raised(error)}


def _raised(error: BaseException) -> dict[str, object]:
    places, trace = [], error.__traceback__
    while trace is not None:
        places.append(f"{trace.tb_frame.f_globals.get('__name__')}:{trace.tb_lineno}")
        trace = trace.tb_next
    return {"error": type(error).__name__, "at": places[-8:]}
