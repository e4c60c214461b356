"""Every move that is forbidden on the way of a real story: refused, with its reason, at the service and over HTTP."""

from __future__ import annotations

import re
from typing import Any

import pytest

from storybook.services.consent.others import others_of
from storybook.services.consent.settle_others import settle_other
from storybook.services.editions.shown import open_edition
from storybook.services.errors import Gone, NotAllowed, NotFound
from storybook.services.states import EDITION_MOVES, STORY_MOVES, Move
from storybook.services.stories.get_story import get_story
from tests.web.conftest import SLUG, World, token
from tests.web.forbidden import PERSON, STALE, Forbidden
from tests.web.forbidden import TABLE as MOVES
from tests.web.forbidden_findings import FINDINGS, KEY
from tests.web.way import Way

TABLE = [*MOVES, *FINDINGS]


@pytest.fixture
def way(world: World) -> Way:
    world.app.config["WTF_CSRF_ENABLED"] = False
    return Way(world)


BEFORE = sorted({move.before for move in TABLE})


@pytest.mark.parametrize("before", BEFORE)
def test_every_forbidden_move_is_refused_with_its_reason_both_ways(way: Way, before: str) -> None:
    getattr(way, before)()
    state, shared = get_story(way.ctx, way.worker, SLUG).state, _shared(way)
    for move in (move for move in TABLE if move.before == before):
        with pytest.raises(move.error, match=re.escape(move.reason)):
            move.tries(way)
        answer = _over_http(way, move)
        assert (move.what, answer.status_code) == (move.what, move.status)
        assert _said(answer.text, move), move.what
        assert (get_story(way.ctx, way.worker, SLUG).state, _shared(way)) == (state, shared), move.what


def _over_http(way: Way, move: Forbidden) -> Any:
    client = way.world.client(move.who)
    if move.get:
        return client.get(move.address)
    in_review = get_story(way.ctx, way.worker, SLUG).state != "draft"
    hashed = move.sends.get("sha256") or (way.sha256 if in_review else STALE)
    sends = {name: way.the_key() if value == KEY else value for name, value in move.sends.items()}
    return client.post(move.address, data={**sends, "sha256": hashed})


def _said(page: str, move: Forbidden) -> bool:
    if move.status == 404:
        return "There is nothing here" in page
    page = page.replace("&#39;", "'")
    # People who may read the story are told the names in it.
    reason = move.reason.replace("P1", "Ann").replace("P2", "Bo")
    return reason.lower() in page.lower()


def _shared(way: Way) -> bool:
    try:
        return open_edition(way.ctx, SLUG).number > 0
    except (NotFound, Gone):
        return False


def test_the_reviewer_settles_who_else_is_named_and_the_author_can_t(way: Way) -> None:
    way.with_her_sister()
    (sister,) = others_of(way.ctx, way.worker, SLUG)
    settled = {"standing": "can't be recognised", "why": "No name, no age, no place."}
    address = f"/stories/{SLUG}/others/{sister.id}/settle/"
    with pytest.raises(NotAllowed, match="That is for its reviewer"):
        settle_other(way.ctx, way.worker, SLUG, sister.id, **settled)
    assert way.world.client("worker").post(address, data=settled).status_code == 403
    assert way.world.client("reviewer").post(address, data={**settled, "why": " "}).status_code == 422
    assert way.world.client("reviewer").post(address, data=settled).status_code == 303
    assert way.publishes("worker").edition.manifest.others == 1


def test_every_move_of_the_tables_is_made_or_forbidden_here() -> None:
    """A new move has to be thought of in this file."""
    assert {move for _, move in (*STORY_MOVES, *EDITION_MOVES)} == set(Move)
    assert len({move.what for move in TABLE}) == len(TABLE)


def test_after_all_that_the_right_way_is_open(way: Way) -> None:
    way.published()
    assert open_edition(way.ctx, SLUG).number == 1
    assert token(way.world.client("expert").get(PERSON + "consent/").text)
