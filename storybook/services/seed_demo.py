"""The demo: example stories, the synthetic city, people to sign in as, and editions to look at.

Everything goes through the same use cases as real work, done by the demo's own accounts; each of their acts is marked
demo and counts for made-up stories only. Doing it again changes nothing, and an edition that somebody took back
stays taken back.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from ..anonymise.consent import Channel
from ..linked.city.rows import NAME, load_city
from ..linked.dataset.datasets import dataset_names
from ..store import repository
from ..story.clock import today
from ..story.messages import Message, message
from ..story.model import Story
from .accounts import DEMO_ACCOUNTS, Account, add_account, find_account, share_story
from .consent.agree import give_consent, sign_off
from .context import Context
from .data.datasets import dataset_id
from .editions.publish_edition import publish_edition
from .editions.shown import editions_of
from .findings.decide import say_made_up
from .permissions import Actor, SiteRole, StoryRole
from .review.candidate import get_candidate, send_for_review
from .review.open_web import ask_lead
from .risk.measured import measure_again, risk_of
from .states import StoryState
from .stories.get_story import get_story
from .stories.import_story import check_story, save_story

#: How long the demo's people have agreed for.
YEARS = dt.timedelta(days=5 * 365)
_RECORD = {"demo": "An example: these people are made up, and so is their consent."}
_REASONS = "An example: these people are made up, so nobody can be found."
_DEMO = Actor.system(demo=True)
Say = Callable[[Message], None]


def seed_demo(ctx: Context, stories: Path, progress: Say | None = None) -> tuple[str, ...]:
    """Fills the home with what the demo shows; ``stories`` holds a folder for each. Gives back their slugs."""
    say = progress or (lambda _: None)
    _city(ctx, say)
    people = {_role(account): _account(ctx, account) for account in DEMO_ACCOUNTS}
    folders = _folders(stories)
    return tuple(_story(ctx, folder, people, say, measured=folder == folders[0]) for folder in folders)


def _folders(stories: Path) -> list[Path]:
    return sorted(folder for folder in stories.iterdir() if (folder / "story.md").is_file())


def _role(account: Account) -> SiteRole:
    (role,) = account.roles
    return role


def _city(ctx: Context, say: Say) -> None:
    if NAME in dataset_names(ctx.data_root):
        return
    say(message("Making the synthetic city"))
    load_city(ctx.data_root, ctx.clock)
    with ctx.unit(_DEMO) as unit:
        unit.audit("load data", dataset_id(NAME))


def _account(ctx: Context, wanted: Account) -> Account:
    found = find_account(ctx, wanted.email)
    return found or add_account(
        ctx, _DEMO, wanted.email, name=wanted.name, roles=wanted.roles, demo=True, id=wanted.id
    )


def _story(ctx: Context, folder: Path, people: dict[SiteRole, Account], say: Say, *, measured: bool) -> str:
    story = check_story(ctx, folder).story
    with ctx.read() as session:
        stored = repository.find(session, story.slug) is not None
    if not stored:
        say(message("Bringing in: {title}", title=story.title))
        story = save_story(ctx, people[SiteRole.WORKER].actor, story)
        _share(ctx, story, people)
    if story.fictional and not editions_of(ctx, _DEMO, story.slug):
        say(message("Publishing: {title}", title=story.title))
        _publish(ctx, story.slug, people)
        if measured:
            _for_the_lead(ctx, story.slug, people)
    return story.slug


def _share(ctx: Context, story: Story, people: dict[SiteRole, Account]) -> None:
    reviewer, expert, analyst = (
        people[r].email for r in (SiteRole.REVIEWER, SiteRole.EXPERT, SiteRole.ANALYST)
    )
    share_story(ctx, _DEMO, story.slug, reviewer, StoryRole.REVIEWER)
    share_story(ctx, _DEMO, story.slug, analyst, StoryRole.ANALYST)
    for person in story.people:
        share_story(ctx, _DEMO, story.slug, expert, StoryRole.EXPERT, person=person.ref)


def _publish(ctx: Context, slug: str, people: dict[SiteRole, Account]) -> None:
    """From wherever an interrupted start left the story to its first edition."""
    worker = people[SiteRole.WORKER].actor
    if get_story(ctx, worker, slug).state is StoryState.DRAFT:
        say_made_up(ctx, worker, slug)
        send_for_review(ctx, worker, slug, measured=False)
    if get_story(ctx, worker, slug).state is StoryState.IN_REVIEW:
        _agree(ctx, slug, people)
    publish_edition(ctx, worker, slug)


def _for_the_lead(ctx: Context, slug: str, people: dict[SiteRole, Account]) -> None:
    """One story is measured as soon as a worker runs (seconds, while nobody waits), and the lead is asked about it.

    Without data there is nothing to measure it against, and nothing to ask.
    """
    reviewer = people[SiteRole.REVIEWER].actor
    if not risk_of(ctx, reviewer, slug).linked:
        return
    measure_again(ctx, reviewer, slug)
    sha256 = get_candidate(ctx, reviewer, slug).sha256
    ask_lead(ctx, reviewer, slug, sha256=sha256, lead=str(people[SiteRole.LEAD].id))


def _agree(ctx: Context, slug: str, people: dict[SiteRole, Account]) -> None:
    expert, reviewer = people[SiteRole.EXPERT].actor, people[SiteRole.REVIEWER].actor
    found = get_candidate(ctx, expert, slug)
    agreed = {consent.person_ref for consent in found.consents}
    for person in found.candidate.shown.people:
        if person.ref not in agreed:
            give_consent(
                ctx,
                expert,
                slug,
                person=person.ref,
                sha256=found.sha256,
                channels=tuple(Channel),
                until=today(ctx.clock) + YEARS,
                record=_RECORD,
            )
    if found.sign_off is None:
        sign_off(ctx, reviewer, slug, sha256=found.sha256, reasons=_REASONS)
