"""``storybook data``: agencies' rows in, safe counts out. A true number is never printed."""

from __future__ import annotations

import csv
import datetime as dt
import json
import sys
from pathlib import Path
from typing import Any

import click

from ..linked.asking.count import Counts
from ..linked.asking.enquiry_text import read
from ..linked.dataset.mapping import ColumnMapping, Mode, Terms, Wishes
from ..linked.loading.load import Progress
from ..services.context import Actor
from ..services.data.ask import ask as answer_to
from ..services.data.destroy_rows import destroy_rows
from ..services.data.rows import count_data, load_data
from ..story.messages import message, say
from .bar import Bar
from .common import pairs, services, tell, told
from .rows_server import off_server, on_server, say_where, to_server

_STAGES = {
    "reading": message("Reading"),
    "understanding": message("Understanding"),
    "writing": message("Writing"),
}


@click.group()
def data() -> None:
    """Load agencies' rows and count safely."""


@data.command()
@click.argument("name")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--person", required=True, metavar="COL", help="Column with the mark of the person.")
@click.option("--date", required=True, metavar="COL", help="Column with the day.")
@click.option("--agency", required=True, metavar="COL", help="Column with the agency.")
@click.option("--kind", metavar="COL", help="Column with the kind of contact.")
@click.option(
    "--need", "needs", multiple=True, metavar="COL", help="Column with a need; may be given several times."
)
@click.option("--place", metavar="COL", help="Column with the ward or area.")
@click.option("--age-band", metavar="COL", help="Column with the age band, or the age in years.")
@click.option("--gender", metavar="COL", help="Column with the gender.")
@click.option("--partner", default="", metavar="NAME", help="Who gave the rows; needed to add to them later.")
@click.option("--agreement", default="", metavar="TEXT", help="The agreement they were given under.")
@click.option(
    "--agreement-ends",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DAY",
    help="Its last day: from the next day on the dataset answers nothing.",
)
@click.option("--add", "mode", flag_value="add", help="Put the rows beside those that are there.")
@click.option(
    "--replace-period",
    "mode",
    flag_value="period",
    help="Put the rows in the place of what the same partner gave for the same days.",
)
@click.option(
    "--keep",
    multiple=True,
    callback=pairs,
    metavar="COL=REASON",
    help="Keep a column that looks identifying.",
)
@click.option(
    "--merge", multiple=True, callback=pairs, metavar="NAME=NAME", help="A spelling of an agency = its name."
)
@click.option("--load-the-rest", is_flag=True, help="Leave out rows that can't be read, and list them.")
@click.option("--check", is_flag=True, help="Only say what would come in.")
@told
def load(
    name: str,
    files: tuple[Path, ...],
    person: str,
    date: str,
    agency: str,
    kind: str | None,
    needs: tuple[str, ...],
    **more: Any,
) -> None:
    """Load FILES (CSV, XLSX, Parquet, also packed by gzip) as the dataset NAME: all or, if anything is wrong, nothing.

    Columns that look like they say who somebody is are named and left out.
    """
    mapping = ColumnMapping(
        person=person,
        date=date,
        agency=agency,
        kind=kind,
        needs=needs,
        merge=dict(more.pop("merge")),
        **{field: more.pop(field) for field in ("place", "age_band", "gender")},
    )
    with services() as ctx, _LoadBar() as bar:
        report = load_data(
            ctx, Actor.operator(), name, files, mapping, wishes=_wishes(**more), progress=bar.show
        )
    tell(report.sentences())
    tell(offer.sentence() for offer in report.offers)


def _wishes(
    *,
    mode: Mode | None,
    keep: tuple[tuple[str, str], ...],
    load_the_rest: bool,
    check: bool,
    agreement_ends: dt.datetime | None,
    **terms: str,
) -> Wishes:
    ends = agreement_ends.date() if agreement_ends else None
    return Wishes(
        mode=mode or "replace",
        keep=dict(keep),
        load_the_rest=load_the_rest,
        publish=not check,
        terms=Terms(ends=ends, **terms),
    )


@data.command()
@click.argument("name")
@click.confirmation_option(prompt="Destroy these rows for good? Nothing brings them back.")
@told
def destroy(name: str) -> None:
    """Destroy the rows of the dataset NAME, here and on the server; the ledger of its numbers stays.

    Rows whose agreement has ended go by themselves.
    """
    with services() as ctx:
        destroy_rows(ctx, Actor.operator(), name)
    tell(message("The rows of {name} are gone.", name=name))


@data.command()
@click.argument("name")
@click.option("--by", default="agency,quarter", show_default=True, metavar="FIELDS", help="What to count by.")
@click.option("--where", multiple=True, callback=pairs, metavar="FIELD=VALUE", help="Whom or what to count.")
@click.option(
    "--of",
    default="people",
    show_default=True,
    type=click.Choice(["people", "contacts"]),
    help="What to count.",
)
@click.option(
    "--format",
    "format_",
    default="table",
    show_default=True,
    type=click.Choice(["table", "csv", "json"]),
    help="How to write it.",
)
@told
def count(name: str, by: str, where: tuple[tuple[str, str], ...], of: str, format_: str) -> None:
    """Count people or contacts in the dataset NAME; what would be too few to show is not shown."""
    fields = tuple(field.strip() for field in by.split(",") if field.strip())
    with services() as ctx:
        counts = count_data(ctx, Actor.operator(), name, by=fields, where=where, of=of)
        say_where(ctx, name)
    {"table": _table, "csv": _csv, "json": _json}[format_](counts)


@data.command()
@click.argument("question")
@click.option(
    "--format",
    "format_",
    default="text",
    show_default=True,
    type=click.Choice(["text", "json"]),
    help="How to write it.",
)
@told
def ask(question: str, format_: str) -> None:
    """Answer QUESTION, one sentence: 'how many people at "Jobcentre" with offending, according to city'."""
    with services() as ctx:
        card = answer_to(ctx, Actor.operator(), read(question)).to_json()
        say_where(ctx, card["dataset"])
    if format_ == "json":
        click.echo(json.dumps(card, ensure_ascii=False, indent=1))
        return
    beside = [card["definition"], card["period"], card["source"], card["rule"], *card["missing"]]
    quarters = [f"  {quarter}  {text}" for quarter, text in card["quarters"].items()]
    told = [card["asked"], card["answer"], card["out_of"], *quarters, *beside, *card["worked_out"]]
    click.echo("\n".join(filter(None, told)))


def _json(counts: Counts) -> None:
    click.echo(json.dumps(counts.to_json(), ensure_ascii=False, indent=1))


def _csv(counts: Counts) -> None:
    rows = [_plain(row) for row in counts.to_json()]
    writer = csv.DictWriter(sys.stdout, fieldnames=_headings(rows), lineterminator="\n", restval="")
    writer.writeheader()
    writer.writerows(rows)


def _plain(row: dict[str, object]) -> dict[str, str]:
    """Cells as text; one that a spreadsheet would take for a formula gets an apostrophe."""
    cells = {name: "" if value is None else str(value) for name, value in row.items()}
    return {
        name: f"'{cell}" if cell.startswith(("=", "+", "-", "@", "'")) else cell
        for name, cell in cells.items()
    }


def _table(counts: Counts) -> None:
    rows = [{**{k: _label(v) for k, v in cell.keys}, "": cell.to_json()["text"]} for cell in counts]
    headings = _headings(rows)
    widths = {h: max(len(h), *(len(str(row[h])) for row in rows)) for h in headings}
    for row in ({h: h for h in headings}, *rows):
        click.echo("  ".join(str(row[h]).ljust(widths[h]) for h in headings).rstrip())
    click.echo("")
    click.echo(say(counts.note))


def _label(value: str | None) -> str:
    """A value as a line's label; an empty one says that nobody recorded it, for it is not a total."""
    return say(message("not recorded")) if value == "" else value or ""


def _headings(rows: list[dict[str, str]]) -> list[str]:
    return list(dict.fromkeys(name for row in rows for name in row))


class _LoadBar(Bar):
    """How far a load is."""

    def show(self, progress: Progress) -> None:
        """One line, written over the one before."""
        self.part(_STAGES[progress.stage], progress.done, progress.total)


for command in (to_server, on_server, off_server):
    data.add_command(command)
