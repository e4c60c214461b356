"""The leak test: identifiers in every field, every proposal accepted, published; nothing that leaves holds one."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest

from storybook.anonymise.deciding.decisions import Choice
from storybook.anonymise.deciding.proposals import Proposal
from storybook.anonymise.detectors.findings import Tier
from storybook.services.accounts import share_story
from storybook.services.consent.agree import give_consent, sign_off
from storybook.services.editions.publish_edition import publish_edition
from storybook.services.errors import NotNow
from storybook.services.findings.decide import Word, accept_certain, decide
from storybook.services.findings.listed import get_findings
from storybook.services.findings.look_job import start_look
from storybook.services.jobs import run_next
from storybook.services.permissions import Actor, StoryRole
from storybook.services.review.candidate import send_for_review
from storybook.services.stories.save_story import save_story
from storybook.services.worker import HANDLERS
from tests.planted import Plant, leaks, planted_story, plants
from tests.web.conftest import World

SLUG = "planted"
ENDINGS = ("html", "svg", "csv", "json", "timelinejs")
_LINK = re.compile(r'(?:href|src|data-[\w-]+)="(/[^"#]*)')


@dataclass(frozen=True)
class Told:
    """A world in which the planted story is published, how it came to that, and what was logged."""

    world: World
    planted: list[Plant]
    actions: int
    logs: str


def written(world: World, planted: list[Plant]) -> None:
    save_story(world.ctx, world.actor("worker"), planted_story(planted, SLUG))
    for role, person in (("expert", "P1"), ("reviewer", None)):
        share_story(world.ctx, Actor.operator(), SLUG, f"{role}@test.example", StoryRole(role), person=person)


def all_decided(world: World) -> int:
    """Accepts what is beyond doubt in one action, then what is proposed for each other; how many actions it took."""
    actions = 0
    for _ in range(5):  # a name accepted in one place may be found in others
        view = get_findings(world.ctx, world.actor("worker"), SLUG)
        if view.certain:
            accept_certain(world.ctx, world.actor("worker"), SLUG, [p.key for p in view.certain])
            actions += 1
        asked = get_findings(world.ctx, world.actor("worker"), SLUG).asked
        actions += sum(one_decided(world, proposal) for proposal in asked)
        if not asked and not view.certain:
            return actions
    return actions


def one_decided(world: World, proposal: Proposal) -> bool:
    """Puts what is proposed in its place; False where what was decided about another has settled it."""
    try:
        decide(
            world.ctx, world.actor("worker"), SLUG, proposal.key, word_for(proposal), seen=proposal.version
        )
    except NotNow:
        return False
    return True


def word_for(proposal: Proposal) -> Word:
    """What is proposed, or "something" where nothing is; an adviser's findings go with their sentence."""
    if proposal.tier is Tier.ADVISER:
        return Word(Choice.DROP)
    return Word(Choice.REPLACE, put=proposal.put or "something")


def published(world: World) -> None:
    sha256 = send_for_review(world.ctx, world.actor("worker"), SLUG).sha256
    until = world.clock.now().date().replace(year=world.clock.now().year + 1)
    said = {"person": "P1", "sha256": sha256, "channels": ["team", "web"], "until": until}
    give_consent(world.ctx, world.actor("expert"), SLUG, **said)
    sign_off(world.ctx, world.actor("reviewer"), SLUG, sha256=sha256)
    publish_edition(world.ctx, world.actor("worker"), SLUG)


def everything_that_leaves(world: World) -> dict[str, bytes | str]:
    """What anybody can ask for, with its headers and address, all that these pages point to, and the files written."""
    edition = f"/editions/{SLUG}/1/"
    wanted = ["/", "/about/", f"/editions/{SLUG}/", edition, f"/editions/{SLUG}/embed/", f"{edition}embed/"]
    wanted += [f"{edition}download/{ending}" for ending in ENDINGS]
    wanted += [f"{edition}figure/{width}.json" for width in ("narrow", "medium", "wide")]
    wanted += [f"/oembed?url=http://localhost{edition}"]
    found: dict[str, bytes | str] = {}
    while wanted:
        address = wanted.pop()
        if address in found or urlsplit(address).path.startswith("/static/"):
            continue
        answer = world.client().get(address)
        found[address] = answer.data
        found[f"{address} and its headers"] = f"{address} {answer.status} {answer.headers}"
        if answer.mimetype == "text/html" and SLUG in address:
            wanted += [link for link in _LINK.findall(answer.text) if SLUG in link]
    return found | dict(files(world))


def files(world: World) -> Iterable[tuple[str, bytes]]:
    """Every file of the home but the database and the keys: exports, caches, what was withdrawn."""
    for path in world.ctx.home.rglob("*"):
        if path.is_file() and path.parent.name != "keys" and not path.name.startswith("storybook.db"):
            yield str(path.relative_to(world.ctx.home)), path.read_bytes()


def told(world: World, number: int, caplog: pytest.LogCaptureFixture, *, deep: bool) -> Told:
    caplog.set_level(logging.DEBUG)
    planted = plants(number)
    written(world, planted)
    if deep:
        start_look(world.ctx, world.actor("worker"), SLUG)
        run_next(world.ctx, HANDLERS)
    actions = all_decided(world)
    published(world)
    return Told(world, planted, actions, caplog.text)


def test_of_some_identifiers_nothing_leaves_but_what_only_a_person_could_see(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    done = told(world, 36, caplog, deep=False)
    nothing_leaves(done)


def nothing_leaves(done: Told) -> None:
    mine = {p.sentence for p in done.planted if p.by_a_person}
    outputs = everything_that_leaves(done.world)
    assert {f"/editions/{SLUG}/1/download/{ending}" for ending in ENDINGS} <= outputs.keys()
    assert all("200" in str(outputs[f"/editions/{SLUG}/1/download/{e} and its headers"]) for e in ENDINGS)
    outputs["the log"] = done.logs
    left = leaks(outputs, done.planted)
    assert {name: found - mine for name, found in left.items() if found - mine} == {}
    assert len(mine) <= 0.05 * len(done.planted)


@pytest.mark.exam
def test_of_three_hundred_identifiers_nothing_leaves_but_what_only_a_person_could_see(
    make_world: Callable[..., World], caplog: pytest.LogCaptureFixture
) -> None:
    nothing_leaves(told(make_world(), 300, caplog, deep=True))
