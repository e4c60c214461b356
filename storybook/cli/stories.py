"""``storybook story``: stories in and out of files."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from ..services.consent.taking_part import How, Said, record_permission
from ..services.context import Actor
from ..services.stopping.take_out import take_out_everywhere
from ..services.stories.export_story import export_story
from ..services.stories.import_story import check_story, import_story
from ..story.chronology import caption
from ..story.formats import Incoming
from ..story.messages import message
from .common import pairs, services, tell, told

_format = click.option(
    "--format", "format_", metavar="F", help="folder, chronology or timelinejs; found out if not given."
)
_map = click.option(
    "--map",
    "mapping",
    multiple=True,
    callback=pairs,
    metavar="COLUMN=FIELD",
    help="What a column of a chronology holds.",
)
_hidden = click.option("--hidden", is_flag=True, help="Bring in rows and columns that a workbook hides.")
_slug = click.option("--slug", metavar="S", help="The story's address, if not the one in the file.")
_path = click.argument("path", type=click.Path(path_type=Path))


@click.group()
def story() -> None:
    """Bring stories in, check them, write them out."""


@story.command("import")
@_path
@_format
@_map
@_hidden
@_slug
@told
def import_(
    path: Path, format_: str | None, mapping: tuple[tuple[str, str], ...], hidden: bool, slug: str | None
) -> None:
    """Bring in the story in PATH: all of it or, if anything is wrong, nothing."""
    with services() as ctx:
        found = import_story(
            ctx, Actor.operator(), path, format=format_, mapping=dict(mapping), slug=slug, hidden=hidden
        )
    _tell(found, hidden)
    tell(message("Stored as {slug}.", slug=found.story.slug))


@story.command()
@_path
@_format
@_map
@_hidden
@_slug
@told
def check(
    path: Path, format_: str | None, mapping: tuple[tuple[str, str], ...], hidden: bool, slug: str | None
) -> None:
    """Say what would come in from PATH, and store nothing."""
    with services() as ctx:
        found = check_story(ctx, path, format=format_, mapping=dict(mapping), slug=slug, hidden=hidden)
    _tell(found, hidden)
    tell(message("Nothing is wrong with it, and nothing was stored."))


@story.command()
@click.argument("slug")
@click.option(
    "--to", required=True, type=click.Path(path_type=Path), metavar="PATH", help="Where to write it."
)
@click.option(
    "--format",
    "format_",
    default="folder",
    show_default=True,
    type=click.Choice(["folder", "csv", "timelinejs"]),
    help="What to write.",
)
@told
def export(slug: str, to: Path, format_: str) -> None:
    """Write the story SLUG as its writers have it. This is the draft, not an edition."""
    with services() as ctx:
        written = export_story(ctx, Actor.operator(), slug, to, format=format_)
    tell(message("Written to {path}.", path=written))


@story.command()
@click.argument("slug")
@click.option("--person", required=True, metavar="P", help="Who said yes, by ref (P1).")
@click.option(
    "--on",
    required=True,
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help="The day they said it.",
)
@click.option(
    "--how",
    default=How.SIGNED.value,
    show_default=True,
    type=click.Choice([how.value for how in How]),
    help="How they said it.",
)
@told
def permit(slug: str, person: str, on: dt.datetime, how: str) -> None:
    """Write down that a person of the story SLUG said yes to taking part. It lets nothing out."""
    with services() as ctx:
        record_permission(ctx, Actor.operator(), slug, person, Said(on.date(), How(how)))
    tell(message("{person} takes part.", person=person))


@story.command("take-out")
@click.argument("slug")
@told
def take_out(slug: str) -> None:
    """Take words out of the story SLUG and of everything made of it. Asks for them, so that no history keeps them."""
    words = click.prompt("Words", err=True)
    with services() as ctx:
        done = take_out_everywhere(ctx, Actor.operator(), slug, words)
    tell(message("They are taken out. The story is {slug} now.", slug=done.slug))
    tell(message("Removed: {path}", path=path) for path in done.removed)
    tell(message("We can't reach this, please delete it: {path}", path=path) for path in done.out_of_reach)


def _tell(found: Incoming, hidden: bool) -> None:
    tell((*found.guesses, *found.notes))
    if found.mapping.hidden and not hidden:
        tell(message("With {option} it comes in too.", option="--hidden"))
    tell(message("{title}: {caption}", title=found.story.title, caption=caption(found.story)))
