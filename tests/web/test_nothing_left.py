"""After a withdrawal no address says a word of the story to anybody who doesn’t work on it: no list, no title."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from storybook.services.stopping.withdraw import withdraw
from tests.web.conftest import ROLES, World
from tests.web.test_access import addresses

#: Who works on the story, and may go on reading its draft.
AT_WORK = {"worker", "expert", "reviewer"}
ASKED = ({}, {"Range": "bytes=0-99"}, {"If-None-Match": "*"}, {"Cache-Control": "only-if-cached"})


def words_of(world: World) -> set[str]:
    """The story's title, and what its contacts say."""
    return {world.story.title.lower(), *(c.summary.lower() for c in world.story.contacts if c.summary)}


def told_by(world: World, asker: str | None) -> list[str]:
    """Every address that says some of it, whatever is asked along."""
    client, found = world.client(asker), []
    for endpoint, method, address in addresses(world):
        if method != "GET" or endpoint == "security.logout":
            continue
        for headers in ASKED if endpoint.startswith("editions.") else ASKED[:1]:
            answer = client.get(address, headers=headers)
            said = f"{answer.headers}\n{answer.get_data(as_text=True)}".lower()
            found += [endpoint for words in words_of(world) if words in said]
            answer.close()
    return found


def test_nobody_finds_a_word_of_it_afterwards(world: World) -> None:
    world.to_published()
    assert {"editions.index", "editions.newest", "editions.download", "editions.embed"} <= set(
        told_by(world, None)
    )
    withdraw(world.ctx, world.actor("expert"), world.story.slug, "P1")
    assert told_by(world, None) == []


@pytest.mark.exam
@pytest.mark.parametrize("asker", sorted(set(ROLES) - AT_WORK))
def test_nobody_who_is_signed_in_for_something_else_finds_a_word_of_it(
    make_world: Callable[..., World], asker: str
) -> None:
    world = make_world()
    world.to_published()
    withdraw(world.ctx, world.actor("expert"), world.story.slug, "P1")
    assert told_by(world, asker) == []
