"""Asking agencies' rows a question, and getting a card with a safe number back."""

from __future__ import annotations

from ...linked.asking.answer import Card, answer
from ...linked.asking.enquiry import Enquiry
from ...linked.dataset.datasets import Manifest
from ..access import check
from ..context import Context
from ..permissions import Action, Actor, may
from .datasets import opened


def ask(ctx: Context, actor: Actor, enquiry: Enquiry) -> Card:
    """The answer to ``enquiry``, the same for the same question until the data change.

    Raises Problems, all of them at once, for what its dataset can't answer. Nothing is written: an analyst who explores
    releases nothing. What is shown to anybody else is ``card.released(...)``, and goes through the ledger first.
    """
    check(may(actor, Action.COUNT_DATA), actor)
    return answer(opened(ctx, enquiry.dataset), enquiry, ctx.vocabulary)


def what_can_be_asked(ctx: Context, actor: Actor, name: str) -> Manifest:
    """The lists that a dataset has to choose from: its agencies, kinds, needs, areas, and from when to when."""
    check(may(actor, Action.COUNT_DATA), actor)
    return opened(ctx, name).manifest
