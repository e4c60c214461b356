"""Every screen can be read at the age of 11, and a person's own screens at 9 (``tests/reading.py`` has the formula)."""

from __future__ import annotations

from typing import Any

import pytest

from storybook.services.stopping.cards import make_card
from tests.reading import grade, hardest, own_words, sentences
from tests.web.conftest import SLUG, World, token
from tests.web.test_access import addresses
from tests.web.way import RECORD, Way

#: Grade 6 is a reading age of 11; grade 4 one of 9.
EVERYBODY, THEIR_OWN = 6.0, 4.0
ROLES = ("expert", "reviewer", "worker", "analyst", None)
CONSENT = f"/stories/{SLUG}/people/P1/consent/"
YES = {"team": "a year", "web": "no", **dict.fromkeys(RECORD, "y")}


def too_hard(pages: dict[str, str], most: float) -> dict[str, Any]:
    """The pages above a grade, each with its grade and its hardest sentences."""
    graded = {name: (grade(sentences(own_words(page))), page) for name, page in pages.items()}
    return {
        name: (round(found, 1), list(hardest(own_words(page))))
        for name, (found, page) in graded.items()
        if found > most
    }


def every_page(world: World) -> dict[str, str]:
    """Each page that can be opened by address, as the first of ``ROLES`` who may."""
    found: dict[str, str] = {}
    clients = {role: world.client(role) for role in ROLES}
    for endpoint, method, address in addresses(world):
        if method != "GET" or endpoint == "static":
            continue
        for client in clients.values():
            answer = client.get(address)
            if answer.status_code == 200 and answer.mimetype == "text/html":
                found[endpoint] = answer.text
                break
    return found


@pytest.mark.exam
def test_every_page_can_be_read_at_eleven(world: World) -> None:
    way = Way(world)
    way.published()
    pages = every_page(world)
    assert len(pages) > 30
    assert too_hard(pages, EVERYBODY) == {}


def test_a_persons_own_pages_can_be_read_at_nine(world: World) -> None:
    way, expert = Way(world), world.client("expert")
    pages = {"taking part": expert.get(f"/stories/{SLUG}/people/P1/taking-part/").text}
    way.review()
    pages |= {"asked": expert.get(CONSENT).text, "questions": expert.get(CONSENT + "answer/").text}
    hidden = {"csrf_token": token(pages["questions"]), "sha256": way.sha256}
    pages["wrong"] = expert.post(CONSENT + "answer/", data={**hidden, "team": "a day"}).text
    pages["all answers"] = expert.post(CONSENT + "answer/", data={**hidden, **YES}).text
    expert.post(CONSENT, data={**hidden, **YES})
    pages["said yes"] = expert.get(CONSENT).text
    expert.post(CONSENT + "no/", data=hidden)
    pages["said no"] = expert.get(CONSENT).text
    assert too_hard(pages, THEIR_OWN) == {}


def test_stopping_can_be_read_at_nine(world: World) -> None:
    Way(world).published()
    code = make_card(world.ctx, world.actor("expert"), SLUG, "P1")
    nobody = world.client()
    pages = {
        "shared": world.client("expert").get(CONSENT).text,
        "card": world.client("expert")
        .post(
            f"/stories/{SLUG}/people/P1/card/",
            data={"csrf_token": token(world.client("expert").get(CONSENT).text)},
        )
        .text,
        "stop": nobody.get("/stop/").text,
        "wrong code": nobody.post("/stop/", data={"code": "no"}).text,
        "stopped": nobody.post("/stop/", data={"code": code}).text,
        "tombstone": nobody.get(f"/editions/{SLUG}/").text,
        "nothing here": nobody.get("/nothing/").text,
    }
    assert too_hard(pages, THEIR_OWN) == {}
