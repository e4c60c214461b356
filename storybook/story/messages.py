"""What the program says to people, as data: a message id with parameters, put into words last.

A message id is the English sentence with named places (``"{count} agencies"``), as gettext has it; the
catalogues live in ``storybook/translations``. Everything below ``web`` hands messages around, never finished
sentences, so that one screen can say them in another language.
"""

from __future__ import annotations

import gettext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

CATALOGUES = Path(__file__).parent.parent / "translations"


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence to be said: ``id`` (singular), ``plural`` if it counts something, and the parameters.

    Where ``plural`` is given, ``params["count"]`` decides which form is used. A parameter may be a Message.
    """

    id: str
    params: dict[str, Any] = field(default_factory=dict)
    plural: str | None = None

    def __str__(self) -> str:
        return say(self)


def message(id: str, /, *, plural: str | None = None, **params: Any) -> Message:
    """A Message, written the short way: ``message("{count} agency", plural="{count} agencies", count=24)``."""
    return Message(id, params, plural)


def say(what: Message, translations: gettext.NullTranslations | None = None) -> str:
    """The sentence in words; English where no catalogue is given."""
    catalogue = translations or gettext.NullTranslations()
    if what.plural is None:
        pattern = catalogue.gettext(what.id)
    else:
        pattern = catalogue.ngettext(what.id, what.plural, what.params["count"])
    params = {
        key: say(value, catalogue) if isinstance(value, Message) else value
        for key, value in what.params.items()
    }
    return pattern.format(**params)
