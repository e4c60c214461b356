"""The caption of what is shown, worked out from it alone and no finer than its grain."""

from __future__ import annotations

import datetime as dt
from typing import Final

from ...story.durations import in_words, number
from ...story.messages import Message, message
from ..shown import Grain
from .scale import first_day

_MONTHS_IN: Final = {Grain.MONTH: 1, Grain.QUARTER: 3, Grain.SEASON: 3, Grain.YEAR: 12}


def caption(agencies: int, contacts: int, grain: Grain, steps: int) -> Message:
    """Like "24 agencies, 143 contacts, two years"; ``steps`` of ``grain`` hold the contacts."""
    if not contacts:
        return message("A story in words")
    return message(
        "{agencies}, {contacts}, {duration}",
        agencies=message("{count} agency", plural="{count} agencies", count=agencies),
        contacts=message("{count} contact", plural="{count} contacts", count=contacts),
        duration=_duration(grain, steps),
    )


def _duration(grain: Grain, steps: int) -> Message:
    """How long it lasted.

    One step more than whole years is those years: contacts seldom fill the first and the last.
    """
    if grain in (Grain.DAY, Grain.WEEK):
        days = steps * (7 if grain is Grain.WEEK else 1)
        return in_words(dt.date.min, first_day(Grain.DAY, days))
    months = steps * _MONTHS_IN[grain]
    if months < 3:
        return message("{number} month", plural="{number} months", count=months, number=number(months))
    if grain is not Grain.YEAR and steps > 1 and (months - _MONTHS_IN[grain]) % 12 == 0:
        months -= _MONTHS_IN[grain]
    return in_words(dt.date.min, first_day(Grain.MONTH, 12 + months) - dt.timedelta(days=1))
