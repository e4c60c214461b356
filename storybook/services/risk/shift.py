"""The secret by which a shifted edition's dates are moved: the same for a story for ever, and stored nowhere.

It is worked out from the story's id with a key from ``home/keys``: two editions of one story are moved alike, so that
comparing them tells nothing.
"""

from __future__ import annotations

import hashlib
import hmac

from ...anonymise.dates.policy import Shift
from ...story.model import DatePolicy, Story
from ..context import Context

#: Up to a year either way, and never less than four weeks, which people who know the story would see through.
_LEAST, _MOST = 4, 52


def shift_of(ctx: Context, story: Story) -> Shift | None:
    """The shift of a story whose policy is to be shifted; None for any other."""
    if story.date_policy is not DatePolicy.SHIFTED:
        return None
    key = ctx.keys.text("date-shift").encode()
    number = int.from_bytes(hmac.digest(key, story.id.bytes, hashlib.sha256), "big")
    weeks = _LEAST + (number >> 1) % (_MOST - _LEAST + 1)
    return Shift(weeks if number & 1 else -weeks)
