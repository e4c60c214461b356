"""What can go wrong in a use case, each with the sentence to say and where the web maps it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ..story.messages import Message, message, say
from ..story.problems import StorybookError


class ServiceError(StorybookError):
    """An error with its sentence."""

    def __init__(self, what: Message) -> None:
        self.message = what
        super().__init__(say(what))


class NotFound(ServiceError):
    """There is no such thing, or nothing that this person may know of (404)."""

    def __init__(self, what: Message | None = None) -> None:
        super().__init__(what or message("There is nothing here."))


class NotAllowed(ServiceError):
    """The access table says no (403)."""


class SignInFirst(NotAllowed):
    """The same, for somebody who is signed out (401)."""


class NotNow(ServiceError):
    """The state table has no such move from here (409)."""


class NotReady(NotNow):
    """A candidate can't go out yet (409); ``reasons`` holds everything that is missing."""

    def __init__(self, reasons: Iterable[Message]) -> None:
        self.reasons = tuple(reasons)
        super().__init__(message("This story can't be published yet."))
        self.args = ("\n".join(say(reason) for reason in self.reasons),)


class Gone(ServiceError):
    """An edition that is no longer shown (410); ``newer`` is the number of a live one that took its place."""

    def __init__(self, state: str, newer: int | None = None) -> None:
        self.state, self.newer = state, newer
        super().__init__(
            message("This story is no longer shared.")
            if newer is None
            else message("There is a newer edition of this story.")
        )


class EditedMeanwhile(ServiceError):
    """Somebody else changed the row since the form was made (409): nothing was written.

    ``theirs`` is the part as it stands now (None: it was removed), ``yours`` what was sent, ``changed`` the
    names of the fields in which the two differ.
    """

    def __init__(self, theirs: Any, yours: Mapping[str, Any]) -> None:
        self.theirs, self.yours = theirs, dict(yours)
        self.changed = tuple(k for k, v in yours.items() if theirs is None or getattr(theirs, k, None) != v)
        super().__init__(
            message("Someone else changed this while you were writing. Nothing of theirs or yours is lost.")
        )
