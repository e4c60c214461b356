"""Every page that can be opened by address, from the access table: who sees it, and with which values."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from storybook.linked.dataset.mapping import ColumnMapping
from storybook.services.accounts import DEMO_ACCOUNTS, find_account
from storybook.services.context import Actor
from storybook.services.data.load_rows import HANDLERS, start_check
from storybook.services.data.sent_rows import Choices, choose, receive
from storybook.services.jobs import run_next
from storybook.services.rehearsal.rehearse import add_try, begin_rehearsal, rehearsal_of, say_of_part
from storybook.services.risk import measure as measure_risk
from storybook.services.risk.measured import measure_again, preview_plan, risk_of
from storybook.services.risk.suggest import suggest
from storybook.services.stories.get_story import get_story
from storybook.web.access import ACCESS, Who
from tests.browser.conftest import Site

#: The story that pages are looked at with, and the largest one, whose own pages are looked at as well.
SLUG, LARGEST = "eighteen-and-out", "the-couple"
#: Addresses that are no page: a file of ours, a machine's answer, a download.
NO_PAGES = {
    "static",
    "health.healthz",
    "stories.download",
    "editions.download",
    "editions.figure",
    "editions.oembed",
    "loading.rejects",
    "review.governance_file",
}
#: Who opens the pages that not everybody may; anyone signed in for the rest.
READERS = {
    "review.consent": "expert",
    "review.answer": "expert",
    "review.governance": "reviewer",
    "review.show": "reviewer",
    "review.risk": "reviewer",
    "review.risk_plan": "reviewer",
    "rehearsal.show": "reviewer",
    "rehearsal.part": "reviewer",
    "rehearsal.search": "reviewer",
    "rehearsal.end": "reviewer",
    "stopping.for_someone": "advocate",
    "stopping.lost_card": "advocate",
    "stopping.mine": "expert",
    "data.index": "analyst",
    "data.counts": "analyst",
    "data.question": "analyst",
    "data.next_steps": "analyst",
    "data.turning": "analyst",
    "loading.files": "analyst",
    "loading.columns": "analyst",
    "loading.progress": "analyst",
}
ROWS = "client,day,team,surname\n" + "".join(
    f"c{n},2017-02-{n + 1:02},{team},Ablethorpe\n"
    for n, team in enumerate(("Night Shelter", "night shelter") * 9)
)
KINDS = ("person", "agency", "contact", "gap", "episode", "track", "point")


def pages() -> list[str]:
    """Endpoints that answer a GET with a page."""
    posts_only = {
        "security.logout",
        "account.demo_sign_in",
        "review.send",
        "review.sign_off",
        "review.take_back",
        "review.publish",
        "review.withdraw",
        "review.card",
        "review.second_look",
        "review.say_no",
        "review.risk_measure",
        "review.risk_stop",
        "review.suggest_change",
        "review.take_suggestion_back",
        "stories.make_suggested",
        "stories.refuse_suggested",
        "review.sign_as_lead",
        "review.refuse_as_lead",
        "review.keep_off",
        "review.ask_lead",
        "people.stop",
        "people.name",
        "people.settle",
        "people.unname",
        "stopping.stop_for",
        "stopping.stop_mine",
        "loading.bring_in",
        "loading.cancel",
        "loading.remove",
        "stories.remove_number",
        "rehearsal.begin",
        "rehearsal.forget",
        "findings.decide",
        "findings.clear",
        "findings.accept",
        "findings.undo",
        "findings.look",
        "findings.forget",
    }
    return [endpoint for endpoint in ACCESS if endpoint not in NO_PAGES | posts_only]


def reader(endpoint: str) -> str | None:
    """The role that opens it; None where anybody may."""
    return None if ACCESS[endpoint].who is Who.ANYONE else READERS.get(endpoint, "worker")


def load(site: Site) -> dict[str, Any]:
    """Rows on their way in that were looked at, with everything in them that a page can say."""
    if "load" not in site.states:
        email = next(one.email for one in DEMO_ACCOUNTS if "analyst" in one.roles)
        analyst = find_account(site.ctx, email)
        assert analyst is not None
        with receive(site.ctx, analyst.actor) as (sent_id, folder):
            (folder / "1").mkdir()
            (folder / "1" / "contacts.csv").write_text(ROWS, encoding="utf-8")
        mapping = ColumnMapping(person="client", date="day", agency="team")
        choose(site.ctx, analyst.actor, sent_id, Choices(name="trial", mapping=mapping))
        job = start_check(site.ctx, analyst.actor, sent_id)
        run_next(site.ctx, HANDLERS)
        site.states["load"] = {"sent_id": sent_id, "job_id": job.id}
    return dict(site.states["load"])


def measure(site: Site, slug: str) -> None:
    """Has it measured how many people a story could be, once."""
    email = next(one.email for one in DEMO_ACCOUNTS if "reviewer" in one.roles)
    reviewer = find_account(site.ctx, email)
    assert reviewer is not None
    if risk_of(site.ctx, reviewer.actor, slug).plans is None:
        measure_again(site.ctx, reviewer.actor, slug)
        run_next(site.ctx, measure_risk.HANDLERS)


def suggested(site: Site, slug: str) -> UUID:
    """A change that the reviewer suggests to the writer, once."""
    measure(site, slug)
    email = next(one.email for one in DEMO_ACCOUNTS if "reviewer" in one.roles)
    reviewer = find_account(site.ctx, email)
    assert reviewer is not None
    sha256 = preview_plan(site.ctx, reviewer.actor, slug, 1).sha256
    return suggest(site.ctx, reviewer.actor, slug, 1, sha256=sha256)


def rehearse(site: Site, slug: str) -> None:
    """A rehearsal that has begun, with one part read and one thing tried."""
    email = next(one.email for one in DEMO_ACCOUNTS if "reviewer" in one.roles)
    reviewer = find_account(site.ctx, email)
    assert reviewer is not None
    now = rehearsal_of(site.ctx, reviewer.actor, slug)
    if now.mine is None:
        at = {"ctx": site.ctx, "actor": reviewer.actor, "slug": slug, "sha256": now.sha256}
        begin_rehearsal(**at)
        say_of_part(**at, part=now.parts[0].key, who=["friend"], how="The name of the boat.")
        add_try(**at, tried="Three words in a search", found="Nothing")


def addresses(site: Site, endpoint: str, slug: str = SLUG) -> list[str]:
    """The addresses of an endpoint's pages in the demo; for the forms of parts, one of every kind."""
    app = site.app
    if endpoint == "review.show" or endpoint.startswith("review.risk"):
        measure(site, slug)
    if endpoint.startswith("rehearsal."):
        rehearse(site, slug)
    story = get_story(site.ctx, Actor.operator(), slug).story
    ids: dict[str, Any] = {
        "person": story.people[0].id,
        "agency": story.agencies[0].id,
        "contact": story.contacts[0].id,
        "gap": story.gaps[0].id,
        "episode": story.episodes[0].id,
        "track": story.tracks[0].id,
        "point": story.tracks[0].points[0].id,
    }
    if endpoint == "stories.suggestion":
        ids["suggestion"] = suggested(site, slug)
    rule = next(rule for rule in app.url_map.iter_rules() if rule.endpoint == endpoint)
    kinds = KINDS if "kind" in rule.arguments else ("person",)
    values = [
        {
            "slug": slug,
            "number": 1,
            "person": "P1",
            "name": "city",
            "kind": k,
            "part_id": ids[k],
            "suggestion": ids.get("suggestion"),
            "part": "start",
            **load(site),
        }
        for k in kinds
    ]
    with app.test_request_context():
        return [
            app.url_for(endpoint, **{n: v for n, v in one.items() if n in rule.arguments}) for one in values
        ]
