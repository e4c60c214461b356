"""Moves that open findings forbid: sharing while one waits, keeping what may not stay, clearing without an adviser."""

from __future__ import annotations

from storybook.anonymise.deciding.decisions import Choice
from storybook.services.errors import NotAllowed
from storybook.story.problems import Problems
from tests.web.forbidden import HOME, Forbidden, publish


def decided(
    what: str, before: str, who: str, error: type[Exception], reason: str, status: int, put: str = ""
) -> Forbidden:
    choice = Choice.REPLACE if put else Choice.KEEP
    sends = {"choice": choice.value, "put": put, "reason": "nobody knows", "key": KEY}
    tries = lambda w: w.decides(who, choice, put=put, reason="nobody knows")  # noqa: E731 - one line of a table
    return Forbidden(what, before, who, tries, error, reason, HOME + "findings/decide/", status, sends)


def cleared(what: str, before: str, who: str, error: type[Exception], reason: str, status: int) -> Forbidden:
    sends = {"reason": "it is known", "adviser": "", "key": KEY}
    tries = lambda w: w.decides(who, Choice.CLEAR, reason="it is known")  # noqa: E731 - likewise
    return Forbidden(what, before, who, tries, error, reason, HOME + "findings/clear/", status, sends)


#: Stands for the key of the first finding in what a form sends.
KEY = "the key of the first finding"
ADVISER = "only an adviser whom the reviewer names"
FOR_WRITERS = "That is for whoever writes the story or the person whose story it is."
A_NAME = "that is a name in this story"
DARREN = {"put": "Our Darren"}
FINDINGS = [
    publish("share what was not looked through", "in_review_and_not_looked_at", "still being looked through"),
    publish("share with a name undecided", "with_a_name", "1 finding waits for a decision"),
    publish("share what no adviser cleared", "with_a_word_on_the_law", "1 sentence may bring somebody"),
    decided("keep what the law may ask about", "with_a_word_on_the_law", "worker", Problems, ADVISER, 422),
    decided("keep what identifies", "with_a_postcode", "worker", Problems, "it can’t stay", 422),
    decided("keep a name as the reviewer", "with_a_name", "reviewer", NotAllowed, FOR_WRITERS, 403),
    decided("replace by a name in the story", "with_a_name", "worker", Problems, A_NAME, 422, **DARREN),
    cleared(
        "clear it oneself", "with_a_word_on_the_law", "worker", NotAllowed, "That is for its reviewer.", 403
    ),
    cleared("clear it without a name", "with_a_word_on_the_law", "reviewer", Problems, "this is empty", 422),
]
