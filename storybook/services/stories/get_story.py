"""Opening one story: what it says, where it stands and what this person may do with it."""

from __future__ import annotations

from dataclasses import dataclass

from ...store import repository
from ...story.model import Story
from ..access import enter
from ..context import Context
from ..permissions import Action, Actor, Decision, StoryAccess, may
from ..states import StoryState


@dataclass(frozen=True, slots=True)
class StoryView:
    """A story with the actor's access to it; every button asks ``can``."""

    story: Story
    access: StoryAccess
    actor: Actor

    @property
    def state(self) -> StoryState:
        """Where the work on it stands."""
        return self.access.state

    def can(self, action: Action, person: str | None = None) -> Decision:
        """Whether the actor may, and why not; the same table that the use case checks."""
        return may(self.actor, action, self.access, person)


def get_story(ctx: Context, actor: Actor, slug: str) -> StoryView:
    """The story called ``slug``. Raises NotFound, NotAllowed or SignInFirst."""
    with ctx.read() as session:
        row, access = enter(session, actor, slug, Action.READ_STORY)
        return StoryView(repository.load(session, row), access, actor)
