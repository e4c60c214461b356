"""Answers that show an edition, kept in memory for readers who are nobody in particular.

Whether an edition may be seen is asked anew for every answer, before anything is taken from here. Then an answer is
used again only where all that decided it is the same: the edition's standing (its hash, channels, last days, the
London day), the whole address, the kind of screen, and the files of ours that it names. Somebody signed in, or with
anything unusual in what they ask, always gets an answer of their own, which is not kept.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from typing import Final, cast

from flask import Flask, Response, current_app, request, session
from flask_login import COOKIE_NAME, current_user

from ...services.context import Actor
from ...services.editions.shown import EditionView, Standing, open_edition, standing
from ...services.endings import Mark, endings
from ...services.errors import Gone
from ..assets import asset, assets_named, let_inside, styles_inside
from ..compression import KeptResponse
from ..context import services
from ..htmx import polled
from ..keeping import Keeping
from ..pictures import pictures
from .in_flight import ENDS

KEY: Final = "storybook-kept-answers"
#: Client hint: "?1" from a phone (https://wicg.github.io/ua-client-hints/#sec-ch-ua-mobile).
PHONE_HEADER: Final = "Sec-CH-UA-Mobile"
#: Answers kept at once, and their bytes in all; each is some hundred kilobytes.
KEPT: Final = 128
HEAVIEST: Final = 32_000_000
#: Where the names of the cookies stand that say who is asking, and what they are where nothing is said.
_OWN_COOKIES: Final = {"SESSION_COOKIE_NAME": "session", "REMEMBER_COOKIE_NAME": COOKIE_NAME}


@dataclass(frozen=True, slots=True)
class Answer:
    """A body, its kind, the files of ours it names, the styles in it, and what it was compressed to so far."""

    body: bytes
    mimetype: str
    assets: dict[str, str] = field(default_factory=dict)
    styles: frozenset[str] = frozenset()
    forms: dict[str, bytes] = field(default_factory=dict)

    @property
    def weight(self) -> int:
        """Its bytes in all."""
        return len(self.body) + sum(map(len, [*self.forms.values()]))

    def is_current(self) -> bool:
        """Whether every file it names is still what it was."""
        return all(asset(path) == address for path, address in self.assets.items())


@dataclass(frozen=True, slots=True)
class Asked:
    """All of a request that decides the answer, where ``_anybody`` asks."""

    standing: Standing
    address: str
    phone: bool


class KeptAnswers:
    """Answers by all that decides them, until something ends."""

    def __init__(self) -> None:
        self._kept: Keeping[Asked, Answer] = Keeping(KEPT, HEAVIEST, lambda a: a.weight)
        self._mark: Mark | None = None
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, asked: Asked, make: Callable[[], Answer]) -> Answer:
        """The answer to what is asked; made now if it is not here."""
        return self._kept.get(asked, make, Answer.is_current)

    def forget_what_ended(self, mark: Mark) -> None:
        """Drops everything if anything has ended since the last asking, in whichever process."""
        with self._lock:
            if mark == self._mark:
                return
            self._mark = mark
        forget_all()

    def forget(self) -> None:
        """Drops everything."""
        self._kept.forget()

    def drop(self, slug: str, number: int | None) -> None:
        """Drops the answers of one edition, or of all of a story's."""
        self._kept.drop(lambda key: key.standing.slug == slug and number in (None, key.standing.number))


def init_kept_answers(app: Flask) -> None:
    """Gives ``app`` an empty store, emptied again whenever somebody ends something."""
    app.extensions[KEY] = KeptAnswers()
    app.after_request(_forget_after_endings)


def forget_all() -> None:
    """Drops what is kept of every edition: answers and pictures."""
    kept_answers().forget()
    pictures().forget()


def kept_answers() -> KeptAnswers:
    """The running app's."""
    return cast(KeptAnswers, current_app.extensions[KEY])


def answer_for(
    slug: str, number: int | None, actor: Actor, make: Callable[[EditionView], Answer]
) -> Response:
    """What ``make`` makes of the edition (the newest, without a number), kept if anybody would get the same.

    Whether it may be seen is asked first, each time. Raises Gone, NotFound, TamperedEdition.
    """
    kept_answers().forget_what_ended(endings(services()))
    try:
        now = standing(services(), slug, number, actor=actor)
    except Gone:
        kept_answers().drop(slug, number)
        raise

    def made_now() -> Answer:
        return make(open_edition(services(), slug, now.number, actor=actor))

    if not _anybody():
        return _response(made_now())
    return _response(kept_answers().get(Asked(now, request.url, on_a_phone()), made_now))


def on_a_phone() -> bool:
    """Whether the browser says that it is a phone's. Many say nothing: only the order of things may follow it."""
    return request.headers.get(PHONE_HEADER) == "?1"


def made(text: str, mimetype: str = "text/html") -> Answer:
    """An answer that was made just now, in this request."""
    return Answer(text.encode(), mimetype, assets_named(), styles_inside())


def _anybody() -> bool:
    """Whether everybody who asks this would get the same."""
    cookies = any(current_app.config.get(*name) in request.cookies for name in _OWN_COOKIES.items())
    own = current_user.is_authenticated or session or cookies or request.authorization
    return not (own or polled() or request.query_string)


def _response(answer: Answer) -> Response:
    response = KeptResponse(answer.body, mimetype=answer.mimetype)
    response.forms = answer.forms
    let_inside(answer.styles)
    response.vary.add(PHONE_HEADER)
    return response


def _forget_after_endings(response: Response) -> Response:
    """What has just ended is not kept until somebody asks for it."""
    if request.endpoint in ENDS and request.method == "POST":
        kept_answers().forget_what_ended(endings(services()))
    return response
