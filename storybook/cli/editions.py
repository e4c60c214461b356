"""From a draft to an edition and back."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from ..anonymise.consent import Channel
from ..services.accounts import find_account
from ..services.consent import agree
from ..services.consent.record import HAS_TO_BE_SO
from ..services.consent.second_look import second_look as say_again
from ..services.context import Actor, Context
from ..services.editions.export_edition import export_edition
from ..services.editions.publish_edition import publish_edition
from ..services.errors import NotFound, NotNow
from ..services.review.candidate import CandidateView, get_candidate, send_for_review
from ..services.review.open_web import ask_lead as ask
from ..services.stopping.cards import make_card, replace_cards
from ..services.stopping.withdraw import withdraw as withdraw_story
from ..story.messages import message, say
from ..web.editions.one_file import OneFile
from .common import account_actor, as_option, last_days, pairs, services, settings, tell, told

#: So much of a hash has to be given; less could be a slip.
_ENOUGH = 12
_slug = click.argument("slug")
_hash = click.option(
    "--hash", "read", required=True, metavar="HASH", help="What `storybook review` printed; 12 letters do."
)


@click.command()
@_slug
@told
def review(slug: str) -> None:
    """Freeze the story SLUG as it would be shown, and say what stands in the way."""
    with services() as ctx:
        found = send_for_review(ctx, Actor.operator(), slug)
    tell(found.report.said)
    tell(message("In review. Its hash is {sha256}.", sha256=found.sha256))
    _tell_missing(found)


@click.command()
@_slug
@click.option("--person", required=True, metavar="P", help="Whose consent it is, by ref (P1).")
@as_option
@_hash
@click.option(
    "--channel", "channels", multiple=True, required=True, metavar="C", help=f"{', '.join(Channel)}."
)
@click.option(
    "--until",
    "last_days",
    multiple=True,
    required=True,
    callback=last_days,
    metavar="[C=]YYYY-MM-DD",
    help="The last day: of the channel C, or of every channel that no other --until names.",
)
@click.option(
    "--answer",
    "answers",
    multiple=True,
    callback=pairs,
    metavar="ASKED=SAID",
    help=f"What the record asks: {', '.join(HAS_TO_BE_SO)} (each has to be yes), supporter, paid, wishes, wishes_who.",
)
@told
def consent(
    slug: str,
    person: str,
    email: str,
    read: str,
    channels: tuple[str, ...],
    last_days: dict[str, dt.date],
    answers: tuple[tuple[str, str], ...],
) -> None:
    """Agree, as the person whose story it is, to exactly the text with this HASH."""
    until = _until(channels, last_days)
    with services() as ctx:
        actor = account_actor(ctx, email)
        sha256 = _whole_hash(ctx, actor, slug, read)
        found = agree.give_consent(
            ctx,
            actor,
            slug,
            person=person,
            sha256=sha256,
            channels=channels,
            until=until,
            record=dict(answers) or None,
        )
    for channel, day in until.items():
        tell(
            message(
                "{person} has agreed: {channel}, until {day}.",
                person=person,
                channel=channel,
                day=day.isoformat(),
            )
        )
    _tell_missing(found)


@click.command("second-look")
@_slug
@click.option("--person", required=True, metavar="P", help="Whose consent it is, by ref (P1).")
@as_option
@_hash
@told
def second_look(slug: str, person: str, email: str, read: str) -> None:
    """Say yes a second time, when the cooling-off is over, to exactly the text with this HASH."""
    with services() as ctx:
        actor = account_actor(ctx, email)
        sha256 = _whole_hash(ctx, actor, slug, read)
        found = say_again(ctx, actor, slug, person=person, sha256=sha256)
    tell(message("{person} has said yes a second time.", person=person))
    _tell_missing(found)


@click.command("sign-off")
@_slug
@as_option
@_hash
@click.option("--note", default="", metavar="TEXT", help="What was looked at.")
@click.option("--reasons", default="", metavar="TEXT", help="Why it may be shared if too few people fit it.")
@click.option("--lead", is_flag=True, help="Sign as the information-governance lead, beside the reviewer.")
@click.option("--refuse", is_flag=True, help="With --lead: say no to the open web, and with --reasons why.")
@told
def sign_off(slug: str, email: str, read: str, note: str, reasons: str, lead: bool, refuse: bool) -> None:
    """Say, as a reviewer who wrote none of it, that exactly this text may go out."""
    if refuse and not lead:
        raise click.UsageError(
            say(message("--refuse goes with --lead: only the lead says no to the open web."))
        )
    with services() as ctx:
        actor = account_actor(ctx, email)
        this: dict[str, str] = {"sha256": _whole_hash(ctx, actor, slug, read)}
        if refuse:
            found = agree.refuse_as_lead(ctx, actor, slug, **this, reasons=reasons)
        elif lead:
            found = agree.sign_as_lead(ctx, actor, slug, **this, note=note)
        else:
            found = agree.sign_off(ctx, actor, slug, **this, note=note, reasons=reasons)
    tell(message("You said no to the open web.") if refuse else message("Signed off."))
    _tell_missing(found)


@click.command("ask-lead")
@_slug
@as_option
@_hash
@click.option("--lead", required=True, metavar="EMAIL", help="The information-governance lead who is asked.")
@told
def ask_lead(slug: str, email: str, read: str, lead: str) -> None:
    """Ask a lead whether exactly this text may go onto the open web; they read the story until they answer."""
    with services() as ctx:
        actor = account_actor(ctx, email)
        sha256 = _whole_hash(ctx, actor, slug, read)
        asked = find_account(ctx, lead)
        ask(ctx, actor, slug, sha256=sha256, lead=str(asked.id) if asked else "")
    tell(message("They are asked. They find it in their list, and can read the story until they answer."))


@click.command()
@_slug
@told
def publish(slug: str) -> None:
    """Publish the story SLUG, if everyone in it has agreed and it is signed off."""
    with services() as ctx:
        made = publish_edition(ctx, Actor.operator(), slug)
    channels = ", ".join(sorted(made.channels))
    tell(message("Edition {number} is published, for: {channels}.", number=made.number, channels=channels))
    tell(message("It can be seen until {day}.", day=made.expires.isoformat()))


@click.command()
@_slug
@click.option("--person", required=True, metavar="P", help="Who takes it back, by ref (P1).")
@told
def withdraw(slug: str, person: str) -> None:
    """Take the story SLUG back, for one person in it, everywhere we serve it, at once."""
    with services() as ctx:
        ended = withdraw_story(ctx, Actor.operator(), slug, person)
    tell(message("{slug} is no longer shared.", slug=slug))
    tell(message("Removed: {path}", path=path) for path in ended.removed)
    tell(
        message("We can't take this back, please delete it: {path}", path=path) for path in ended.out_of_reach
    )


@click.command()
@_slug
@click.option("--person", required=True, metavar="P", help="Whose card it is, by ref (P1).")
@click.option(
    "--lost", is_flag=True, help="One was lost: the person's older cards end (of what is shared now)."
)
@told
def card(slug: str, person: str, lost: bool) -> None:
    """Make the card by which one person stops sharing the story SLUG without an account. Says its code once."""
    with services() as ctx:
        code = (replace_cards if lost else make_card)(ctx, Actor.operator(), slug, person)
    tell(message("The code is {code}. Give it to the person, and keep no copy.", code=code))
    tell(message("It is typed at /stop/ on any phone."))
    tell(
        message("Their older cards don’t work any more.")
        if lost
        else message("Older cards of theirs go on working.")
    )


@click.command()
@click.argument("edition", metavar="SLUG[@N]")
@click.option(
    "--to",
    required=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A .html, .svg, .csv, .json or .timelinejs.json file.",
)
@told
def export(edition: str, to: Path) -> None:
    """Write an edition (the newest, or number N) to one file."""
    slug, at, number = edition.partition("@")
    if at and not number.isdecimal():
        raise NotFound(message("There is no edition {number} of {slug}.", number=number, slug=slug))
    chosen = settings()
    pages = {".html": OneFile(chosen.templates, chosen.static)}
    with services(chosen) as ctx:
        written = export_edition(ctx, Actor.operator(), slug, int(number) if at else None, to, pages=pages)
    tell(message("Written to {path}.", path=written))


def _whole_hash(ctx: Context, actor: Actor, slug: str, read: str) -> str:
    sha256 = get_candidate(ctx, actor, slug).sha256
    if len(read) < _ENOUGH or not sha256.startswith(read.lower()):
        raise NotNow(message("That is not the hash of the text in review. Please read the text again."))
    return sha256


def _until(channels: tuple[str, ...], days: dict[str, dt.date]) -> dict[str, dt.date]:
    """Each channel's own last day, or the one for all. Says which channel has none, and which day has no channel."""
    lost = [name for name in days if name and name not in channels]
    open_ = [channel for channel in channels if channel not in days and "" not in days]
    if lost:
        raise click.UsageError(f"--until names {', '.join(lost)}, but --channel does not.")
    if open_:
        raise click.UsageError(f"say the last day for {', '.join(open_)}: --until {open_[0]}=YYYY-MM-DD")
    return {channel: days.get(channel, days.get("", dt.date.max)) for channel in channels}


def _tell_missing(found: CandidateView) -> None:
    tell(message("Still missing: {what}", what=what) for what in found.missing)
