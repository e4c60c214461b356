"""The text forms of an edition: its contacts as CSV, and itself as JSON (``timelinejs`` has another).

SVG and HTML come from ``swimlane``. Whatever leaves says "fictional" when it is and the last day of the consents it
stands on; a table says so in every row, because rows are copied.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Final

from ..anonymise.edition import Edition, genuine
from ..anonymise.shown import Shown, ShownContact

HEADINGS: Final = (
    "when",
    "agency",
    "sector",
    "people",
    "kind",
    "what happened",
    "outcome",
    "response",
    "why no response",
    "impact",
    "own words",
    "needs",
    "handed on to",
    "how that ended",
    "disputed",
    "story",
    "fictional",
    "may be shown until",
)
#: A cell that begins so is a formula to a spreadsheet: it gets one apostrophe in front.
_FORMULA: Final = ("=", "+", "-", "@", "'", "\t", "\r", "\n")


def to_csv(edition: Edition) -> bytes:
    """The contacts as they are shown, one a row, in UTF-8 with the mark that Excel looks for."""
    genuine(edition)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(HEADINGS)
    writer.writerows(_rows(edition))
    return text.getvalue().encode("utf-8-sig")


def to_json(edition: Edition) -> bytes:
    """The edition's canonical JSON: ``fictional`` is in ``candidate.shown``, last days in ``manifest``."""
    return genuine(edition).to_json().encode()


def guarded(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _rows(edition: Edition) -> Iterable[list[str]]:
    shown = edition.shown
    ending = [shown.title, _yes(shown.fictional), edition.expires.isoformat()]
    return ([guarded(cell) for cell in (*cells_of(shown, contact), *ending)] for contact in shown.contacts)


def cells_of(shown: Shown, contact: ShownContact) -> list[str]:
    """What is said of a contact under the headings, up to whether it is disputed."""
    lanes = {lane.key: lane for lane in shown.lanes}
    sectors = {sector.code: sector.label for sector in shown.sectors}
    names = {person.ref: person.name for person in shown.people}
    lane, hand_off = lanes[contact.lane], contact.hand_off
    return [
        contact.when.text,
        lane.label,
        sectors[lane.sector],
        "; ".join(names[ref] for ref in contact.people),
        contact.kind_label,
        contact.label,
        contact.outcome_label,
        contact.response,
        contact.no_response,
        contact.impact,
        contact.own_words,
        "; ".join(contact.need_labels),
        lanes[hand_off.to_lane].label if hand_off else "",
        hand_off.end_label if hand_off else "",
        _yes(contact.disputed),
    ]


def _yes(is_so: bool) -> str:
    return "yes" if is_so else "no"
