"""What the world sees: the list, one edition, or that it is no longer shared."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from ...anonymise.candidate import digest
from ...anonymise.consent import Channel
from ...anonymise.edition import Edition, TamperedEdition, load
from ...store.tables import EditionRow, StoryRow
from ...story.clock import today
from ...story.messages import message
from ..access import access_to, check, enter
from ..context import Context
from ..errors import Gone, NotFound
from ..permissions import Action, Actor, may
from ..states import EditionState


@dataclass(frozen=True, slots=True)
class EditionView:
    """An edition and where it stands. ``edition`` is None once it is no longer shared.

    ``channels`` are those open now; ``narrowed`` says that they were more, or for longer, when it was released.
    """

    slug: str
    number: int
    state: EditionState
    title: str
    published_at: dt.datetime
    expires: dt.date
    sha256: str
    channels: frozenset[Channel]
    edition: Edition | None
    narrowed: bool = False

    @property
    def may_be_taken(self) -> bool:
        """Whether readers may take a file of it: more than the team sees it, and files would say what holds now."""
        return bool(self.channels - {Channel.TEAM}) and not self.narrowed


@dataclass(frozen=True, slots=True)
class Standing:
    """All that decides what an edition's pages say on a London ``day``, to somebody who is nobody in particular.

    Two that are equal stand for equal pages; ``channels`` are pairs of a channel's name and its last day.
    """

    slug: str
    number: int
    sha256: str
    published_at: dt.datetime
    expires: dt.date
    channels: tuple[tuple[str, str], ...]
    day: dt.date


def list_editions(ctx: Context, channel: Channel | str = Channel.WEB) -> tuple[EditionView, ...]:
    """Every edition that is open to ``channel`` today, by title."""
    day = today(ctx.clock)
    query = sa.select(EditionRow).where(
        col(EditionRow.state) == EditionState.PUBLISHED, col(EditionRow.expires) >= day
    )
    with ctx.read() as session:
        views = [view_of(row, day) for row in session.scalars(query) if is_open(row, Channel(channel), day)]
    return tuple(sorted(views, key=lambda view: (view.title.casefold(), view.slug)))


def all_shared(ctx: Context, actor: Actor) -> tuple[EditionView, ...]:
    """Every edition that anybody sees today, through whichever channel, by title: what an advocate can stop."""
    check(may(actor, Action.WITHDRAW_FOR), actor)
    day = today(ctx.clock)
    query = sa.select(EditionRow).where(
        col(EditionRow.state) == EditionState.PUBLISHED, col(EditionRow.expires) >= day
    )
    with ctx.read() as session:
        views = [view_of(row, day) for row in session.scalars(query)]
    return tuple(sorted(views, key=lambda view: (view.title.casefold(), view.slug)))


def editions_of(ctx: Context, actor: Actor, slug: str) -> tuple[EditionView, ...]:
    """All editions of one story, newest first, for those who may read the story."""
    with ctx.read() as session:
        story, _ = enter(session, actor, slug, Action.READ_STORY)
        query = sa.select(EditionRow).where(col(EditionRow.story_id) == story.id)
        rows = session.scalars(
            query.order_by(col(EditionRow.published_at).desc(), col(EditionRow.number).desc())
        )
        return tuple(view_of(row, today(ctx.clock)) for row in rows)


def open_edition(
    ctx: Context,
    slug: str,
    number: int | None = None,
    *,
    actor: Actor | None = None,
    channel: Channel | str = Channel.WEB,
) -> EditionView:
    """The edition (the newest, without a number) as ``channel`` may see it; whoever may read the story sees any.

    Raises Gone where it was shared and is no longer, NotFound where it never was.
    """
    day = today(ctx.clock)
    with ctx.read() as session:
        return view_of(_seen(session, slug, number, actor or Actor.nobody(), Channel(channel), day), day)


def standing(
    ctx: Context,
    slug: str,
    number: int | None = None,
    *,
    actor: Actor | None = None,
    channel: Channel | str = Channel.WEB,
) -> Standing:
    """What ``open_edition`` would open now, for whoever keeps what was made of it: the same rules, asked anew.

    Raises what that raises, and TamperedEdition where the stored text is not what was released.
    """
    day = today(ctx.clock)
    with ctx.read() as session:
        row = _seen(session, slug, number, actor or Actor.nobody(), Channel(channel), day)
        if digest(row.body) != row.sha256:
            raise TamperedEdition("a stored edition is not what was released")
        channels = tuple(sorted(row.channels.items()))
        return Standing(row.slug, row.number, row.sha256, row.published_at, row.expires, channels, day)


def _seen(
    session: Session, slug: str, number: int | None, who: Actor, channel: Channel, day: dt.date
) -> EditionRow:
    """The row of the edition that may be seen; raises Gone or NotFound."""
    rows = _numbered(session, slug)
    asked = (r for r in rows if number in (None, r.number))
    row = next((r for r in asked if was_shared(r, channel) or _works_on(session, r, who)), None)
    if row is None:
        raise NotFound(message("There is no such story here."))
    if is_open(row, channel, day):
        return row
    if state_on(row, day) is EditionState.PUBLISHED and _works_on(session, row, who):
        return row
    raise Gone(_over(row, day), _newer(rows, row, channel, day))


def view_of(row: EditionRow, day: dt.date) -> EditionView:
    """The view of a stored edition; its content comes through the hash check, and only while it is shared."""
    state, iso = state_on(row, day), day.isoformat()
    edition = load(row.body, row.sha256) if state is EditionState.PUBLISHED else None
    return EditionView(
        slug=row.slug,
        number=row.number,
        state=state,
        title=edition.shown.title if edition else "",
        published_at=row.published_at,
        expires=row.expires,
        sha256=row.sha256,
        channels=frozenset(Channel(n) for n, last in row.channels.items() if not edition or iso <= last),
        edition=edition,
        narrowed=edition is not None and row.channels != channels_of(edition),
    )


def state_on(row: EditionRow, day: dt.date) -> EditionState:
    """The state on a London day: a published edition whose last day has passed has expired, whoever noticed."""
    state = EditionState(row.state)
    return EditionState.EXPIRED if state is EditionState.PUBLISHED and row.expires < day else state


def is_open(row: EditionRow, channel: Channel, day: dt.date) -> bool:
    """Whether the edition may be seen through ``channel`` on a London day."""
    until = row.channels.get(channel.value)
    return state_on(row, day) is EditionState.PUBLISHED and until is not None and day.isoformat() <= until


def _numbered(session: Session, slug: str) -> list[EditionRow]:
    query = sa.select(EditionRow).where(col(EditionRow.slug) == slug)
    return list(session.scalars(query.order_by(col(EditionRow.number).desc())))


def channels_of(edition: Edition) -> dict[str, str]:
    """The channels an edition was released to, each with its last day, as its row holds them."""
    return {channel.value: day.isoformat() for channel, day in edition.channels.items()}


def was_shared(row: EditionRow, channel: Channel) -> bool:
    """Whether it is or ever was shared through ``channel``: what was once there answers "gone", not "unknown"."""
    return channel.value in row.channels or (
        bool(row.body) and channel in load(row.body, row.sha256).channels
    )


def _works_on(session: Session, row: EditionRow, actor: Actor) -> bool:
    """Whether the actor may read the very story that the edition was made from (its slug may be another's by now)."""
    story = session.get(StoryRow, row.story_id) if row.story_id else None
    return story is not None and bool(may(actor, Action.READ_STORY, access_to(session, actor, story)))


def _over(row: EditionRow, day: dt.date) -> EditionState:
    """Why it is no longer seen: its state, or that its channel's last day has passed."""
    state = state_on(row, day)
    return EditionState.EXPIRED if state is EditionState.PUBLISHED else state


def _newer(rows: list[EditionRow], row: EditionRow, channel: Channel, day: dt.date) -> int | None:
    return next((r.number for r in rows if r.number > row.number and is_open(r, channel, day)), None)
