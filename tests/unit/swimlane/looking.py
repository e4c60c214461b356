"""Looking at a layout: a small picture of some contacts, and what stands in it."""

from __future__ import annotations

from storybook.anonymise.draft import Draft
from storybook.anonymise.shown import (
    Lane,
    ShownContact,
    ShownPerson,
)
from storybook.swimlane.geometry import Layout, Mark, Shape, Width
from storybook.swimlane.layout import layout
from storybook.swimlane.roles import Look, Role
from tests.unit.swimlane.samples import METRICS, draft

HOUSING = Lane(key="l1", label="City Housing Team", sector="housing")
POLICE = Lane(key="l2", label="Police", sector="police")
COUPLE = (ShownPerson(ref="P1", name="Nell"), ShownPerson(ref="P2", name="Joe"))


def picture(*contacts: ShownContact, width: Width = Width.WIDE, **more: object) -> Layout[Draft]:
    return layout(draft(*contacts, **more), width, METRICS)


def only(*contacts: ShownContact, **more: object) -> Mark:
    (mark,) = picture(*contacts, **more).marks
    return mark


def of(made: Layout[Draft], look: Look) -> list[Shape]:
    return [shape for shape in made.shapes if shape.look is look]


def texts(made: Layout[Draft], role: Role) -> list[str]:
    return [" ".join(text.lines) for text in made.labels() if text.role is role]
