"""``storybook governance``: what a data protection impact assessment needs to know of a story."""

from __future__ import annotations

from pathlib import Path

import click

from ..services.context import Actor
from ..services.governance.assessment import governance_of
from ..services.governance.document import as_markdown
from ..services.governance.record import Question, record_governance
from ..story.messages import message
from .common import services, tell, told


@click.command()
@click.argument("slug")
@click.option("--json", "as_json", is_flag=True, help="JSON in place of Markdown.")
@click.option(
    "--to", type=click.Path(path_type=Path), metavar="FILE", help="A file to write, if not the screen."
)
@click.option(
    "--record",
    "answers",
    multiple=True,
    type=(click.Choice([question.value for question in Question]), str),
    metavar="QUESTION TEXT",
    help=f"Record an answer, and show nothing. Questions: {', '.join(Question)}. Write roles, not names.",
)
@click.option(
    "--for-all",
    is_flag=True,
    help="Record it for every story of this home; a story’s own answer goes before.",
)
@told
def governance(
    slug: str, as_json: bool, to: Path | None, answers: tuple[tuple[str, str], ...], for_all: bool
) -> None:
    """Say what a DPIA needs of the story SLUG: what was recorded, and what the program knows. Nobody is named."""
    with services() as ctx:
        for question, said in answers:
            record_governance(ctx, Actor.operator(), None if for_all else slug, question, said)
            tell(message("Recorded: {question}.", question=question))
        if answers:
            return
        found = governance_of(ctx, Actor.operator(), slug)
    text = f"{found.model_dump_json(indent=2)}\n" if as_json else as_markdown(found)
    if to is None:
        click.echo(text, nl=False)
        return
    to.write_text(text, encoding="utf-8")
    tell(message("Written to {path}.", path=to))
