"""The table twin: everything the picture shows, as rows in the picture's own order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from ..anonymise.shown import Calendar, Lane, Shown, ShownContact, ShownTrack
from ..story.counts import keys_in
from ..story.messages import Message, message, say
from . import words
from .geometry import Layout
from .words import Say


@dataclass(frozen=True, slots=True)
class Column:
    """``name`` is for scripts and styles, ``label`` for people."""

    name: str
    label: str


@dataclass(frozen=True, slots=True)
class Row:
    """``cells`` stand in the order of the table's columns, plain text; ``key`` names a contact's or gap's mark."""

    key: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """One table. Columns in which nothing stands are left out."""

    name: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


def tables(layout: Layout[Any], say: Say = say) -> tuple[Table, ...]:
    """Contacts first, in reading order; then gaps, tracks and the numbers behind the lanes, where there are any."""
    shown = layout.shown
    made = (
        contacts(layout, say),
        _table("gaps", message("Times without contact"), _GAPS, _gap_rows(shown), say),
        _table("tracks", message("What went on beside it"), _TRACKS, _track_rows(shown, say), say),
        _table("demand", message("How many others each agency sees"), _DEMAND, _demand_rows(shown, say), say),
        _table(
            "counts", message("Our numbers in the story, from linked data"), _COUNTS, _count_rows(shown), say
        ),
    )
    return tuple(table for table in made if table.rows)


def contacts(layout: Layout[Any], say: Say = say) -> Table:
    """One row a contact, lane by lane as the picture draws them."""
    shown = layout.shown
    rows = [(mark.key, _contact(shown, shown.lanes[mark.lane], mark.contact, say)) for mark in layout.marks]
    return _table("contacts", message("{caption}", caption=shown.caption), _CONTACTS, rows, say)


_CONTACTS: dict[str, Message] = {
    "when": message("When"),
    "agency": message("Agency"),
    "sector": message("Sector"),
    "who": message("Who"),
    "kind": message("Kind of contact"),
    "what": message("What happened"),
    "detail": message("More about it"),
    "outcome": message("How it ended"),
    "response": message("What the service did"),
    "no-response": message("Why there was no answer"),
    "impact": message("What it meant"),
    "own-words": message("In their own words"),
    "needs": message("Needs"),
    "passed-on": message("Passed on"),
    "notes": message("To note"),
}
_GAPS = {"when": message("When"), "agency": message("Agency"), "who": message("Who"), "kind": message("Kind of gap"),
         "note": message("Note")}  # fmt: skip
_TRACKS = {"track": message("What"), "who": message("Who"), "when": message("When"), "state": message("How it was"),
           "source": message("Source")}  # fmt: skip
_DEMAND = {"agency": message("Agency"), "quarter": message("Quarter"), "level": message("Others in contact"),
           "whom": message("Of whom")}  # fmt: skip

_COUNTS = {"place": message("Where"), "number": message("How many"), "asked": message("What was counted"),
           "period": message("When"), "changed": message("To note"), "source": message("Source")}  # fmt: skip


def _table(
    name: str,
    caption: Message,
    columns: dict[str, Message],
    rows: Iterable[tuple[str, dict[str, str]]],
    say: Say,
) -> Table:
    rows = list(rows)
    used = [code for code in columns if any(cells.get(code) for _, cells in rows)]
    heads = tuple(Column(code, say(columns[code])) for code in used)
    return Table(
        name, say(caption), heads, tuple(Row(key, tuple(c.get(code, "") for code in used)) for key, c in rows)
    )


def _contact(shown: Shown, lane: Lane, contact: ShownContact, say: Say) -> dict[str, str]:
    sectors = {sector.code: sector.label for sector in shown.sectors}
    return {
        "when": contact.when.text,
        "agency": lane.label,
        "sector": sectors.get(lane.sector, lane.sector),
        "who": words.who(shown, contact.people),
        "kind": contact.kind_label,
        "what": contact.label,
        "detail": contact.detail,
        "outcome": contact.outcome_label,
        "response": contact.response,
        "no-response": contact.no_response,
        "impact": contact.impact,
        "own-words": contact.own_words,
        "needs": ", ".join(contact.need_labels),
        "passed-on": say(words.hand_off(shown, contact.hand_off)) if contact.hand_off else "",
        "notes": ", ".join(say(flag) for flag in words.flags(contact)),
    }


def _gap_rows(shown: Shown) -> Iterator[tuple[str, dict[str, str]]]:
    names = {lane.key: lane.label for lane in shown.lanes}
    for gap in shown.gaps:
        yield (
            gap.key,
            {
                "when": gap.when.text,
                "agency": names.get(gap.lane or "", ""),
                "who": words.who(shown, gap.people),
                "kind": gap.kind_label,
                "note": gap.note,
            },
        )


def _track_rows(shown: Shown, say: Say) -> Iterator[tuple[str, dict[str, str]]]:
    for track in shown.tracks:
        for number, point in enumerate(track.points, 1):
            yield (
                f"{track.key}-{number}",
                {
                    "track": track.title,
                    "who": words.who(shown, track.people),
                    "when": point.when.text,
                    "state": " ".join(
                        part for part in (_value(track, point.value, say), point.label) if part
                    ),
                    "source": track.acknowledgement,
                },
            )


def _value(track: ShownTrack, value: str | None, say: Say) -> str:
    if value is None:
        return ""
    if track.low is None or track.high is None:
        return value
    return say(message("{value} (from {low} to {high})", value=value, low=track.low, high=track.high))


def _demand_rows(shown: Shown, say: Say) -> Iterator[tuple[str, dict[str, str]]]:
    for lane in shown.lanes:
        level, whom = words.demand(lane), lane.narrowed
        if isinstance(lane.demand, Calendar):
            for number, (_, _, quarter, figure) in enumerate(lane.demand.quarters, 1):
                said = say(words.figure(figure))
                yield (
                    f"{lane.key}-{number}",
                    {"agency": lane.label, "quarter": quarter, "level": said, "whom": whom},
                )
        elif level:
            yield lane.key, {"agency": lane.label, "level": say(level), "whom": whom}


def _count_rows(shown: Shown) -> Iterator[tuple[str, dict[str, str]]]:
    titles = {key: one.title for one in shown.episodes for key in (*one.counts, *keys_in(one.text))}
    for count in shown.counts:
        yield (
            count.key,
            {
                "place": titles.get(count.key, shown.title),
                "number": count.words,
                "asked": count.asked,
                "period": count.period,
                "changed": count.changed,
                "source": count.source,
            },
        )
