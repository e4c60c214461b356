"""Another password for one's own account."""

from __future__ import annotations

from wtforms import PasswordField

from ...services.accounts import SHORTEST
from ...story.messages import message, say
from ..forms import StoryForm, words_sent


class PasswordForm(StoryForm):
    """The password that the account has, and the one that it is to have."""

    now = PasswordField(say(message("The password you have now")), filters=[words_sent])
    new = PasswordField(
        say(message("The new password")),
        description=say(
            message(
                "{least} letters or more. Three words that don't belong together are good.", least=SHORTEST
            )
        ),
        filters=[words_sent],
        render_kw={"autocomplete": "new-password"},
    )
