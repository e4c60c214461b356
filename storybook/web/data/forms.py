"""What an analyst asks of a dataset."""

from __future__ import annotations

from ...story.messages import message
from ..forms import Choice, StoryForm, offered


class CountForm(StoryForm):
    """A question to a dataset: what is counted."""

    class Meta:
        """Asking changes nothing, so it needs no token."""

        csrf = False

    of = Choice(
        message("Count"), choices=offered({"people": message("People"), "contacts": message("Contacts")})
    )
