"""The table twin: the same things as the picture, in the same order."""

from __future__ import annotations

from storybook.anonymise.shown import (
    Calendar,
    HandOff,
    Lane,
    ShownGap,
    ShownPerson,
    ShownPoint,
    ShownTrack,
    Typical,
)
from storybook.linked.suppression.figures import Count, Suppressed
from storybook.swimlane.geometry import Width
from storybook.swimlane.layout import layout
from storybook.swimlane.table import Table, tables
from tests.unit.swimlane.samples import METRICS, contact, draft, span


def made(*contacts: object, **more: object) -> dict[str, Table]:
    return {table.name: table for table in tables(layout(draft(*contacts, **more), Width.WIDE, METRICS))}


def as_dicts(table: Table) -> list[dict[str, str]]:
    return [dict(zip((c.name for c in table.columns), row.cells, strict=True)) for row in table.rows]


def test_contacts_stand_in_the_pictures_order_with_all_that_is_said_of_them() -> None:
    people = (ShownPerson(ref="P1", name="Nell"), ShownPerson(ref="P2", name="Joe"))
    told = contact(
        "b",
        detail="At the desk.",
        response="Come back on Monday.",
        no_response="No reason given.",
        impact="Gave up.",
        own_words="I told them again.",
        need_labels=("Homelessness", "Offending"),
        retelling=True,
        hand_off=HandOff(to_lane="l2", end="accepted", end_label="Accepted"),
    )
    table = made(contact("a", "l2"), told, people=people)["contacts"]
    assert [row.key for row in table.rows] == ["b", "a"]
    assert table.caption == "2 agencies, a year"
    assert as_dicts(table)[0] == {
        "when": "month 1",
        "agency": "City Housing Team",
        "sector": "Housing",
        "who": "Nell",
        "kind": "Appointment",
        "what": "First visit",
        "detail": "At the desk.",
        "outcome": "Not recorded",
        "response": "Come back on Monday.",
        "no-response": "No reason given.",
        "impact": "Gave up.",
        "own-words": "I told them again.",
        "needs": "Homelessness, Offending",
        "passed-on": "passed on to Police: Accepted",
        "notes": "had to tell the story again",
    }


def test_a_column_in_which_nothing_stands_is_left_out() -> None:
    names = [column.name for column in made(contact())["contacts"].columns]
    assert names == ["when", "agency", "sector", "kind", "what", "outcome"]


def test_a_table_without_rows_is_left_out() -> None:
    assert made() == {}


def test_gaps_tracks_and_demand_have_their_tables() -> None:
    track = ShownTrack(
        key="t", kind="measure", title="Star", low="0", high="10", acknowledgement="By permission",
        points=(ShownPoint(when=span(1), value="4", label="low"), ShownPoint(when=span(2), label="better")),
    )  # fmt: skip
    open_ended = ShownTrack(
        key="u", kind="measure", title="Count", points=(ShownPoint(when=span(1), value="4"),)
    )
    quarters = ((0, 2, "2016 Q1", Count(value=50, base=5)), (3, 5, "2016 Q2", Suppressed(below=10)))
    lanes = (
        Lane(key="l1", label="A", sector="housing", demand=Calendar(quarters=quarters)),
        Lane(key="l2", label="B", sector="housing", demand=Typical(figure=Count(value=5, base=5))),
        Lane(key="l3", label="C", sector="housing"),
    )
    gap = ShownGap(
        key="g", when=span(2, 4), kind="waiting", kind_label="Waiting", lane="l1", note="six weeks"
    )
    found = made(gaps=(gap,), tracks=(track, open_ended), lanes=lanes)
    assert as_dicts(found["gaps"]) == [
        {"when": "month 3", "agency": "A", "kind": "Waiting", "note": "six weeks"}
    ]
    assert [row["state"] for row in as_dicts(found["tracks"])] == ["4 (from 0 to 10) low", "better", "4"]
    assert [(row["agency"], row["quarter"], row["level"]) for row in as_dicts(found["demand"])] == [
        ("A", "2016 Q1", "about 50 people a quarter"),
        ("A", "2016 Q2", "fewer than 10 people a quarter"),
        ("B", "", "about 5 people a quarter"),
    ]
