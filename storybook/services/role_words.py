"""What people call those who may do something, for the sentence that says who."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from ..story.messages import Message, message

#: Each role, on the site or in a story, as a sentence calls who has it.
WHO: Final[dict[str, Message]] = {
    "admin": message("whoever looks after this site"),
    "advocate": message("an advocate"),
    "analyst": message("an analyst"),
    "author": message("whoever writes the story"),
    "expert": message("the person whose story it is"),
    "lead": message("the information-governance lead"),
    "reviewer": message("its reviewer"),
    "worker": message("a case worker"),
    "writer": message("whoever wrote some of it"),
}


def any_of(roles: Iterable[str]) -> Message:
    """Those who have one of ``roles``, at least one, in one order: "an analyst, its reviewer or a case worker"."""
    *others, last = (WHO[role] for role in sorted(roles))
    said = last
    for one in reversed(others):
        joined = message("{one} or {other}") if said is last else message("{one}, {other}")
        said = message(joined.id, one=one, other=said)
    return said
