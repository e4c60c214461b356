"""A long list of findings a few dozen at a time, so that a phone's page has an end and a tired reader a next step."""

from __future__ import annotations

from dataclasses import dataclass

from ...anonymise.deciding.proposals import Proposal
from ...services.findings.listed import FindingsView

#: How many findings of one list stand on a page.
AT_ONCE = 25


@dataclass(frozen=True, slots=True)
class Part:
    """One of the lists, and which page of it is shown (from 1)."""

    id: str
    every: tuple[Proposal, ...]
    page: int = 1

    @property
    def pages(self) -> int:
        """How many pages it has; at least one."""
        return max(1, -(-len(self.every) // AT_ONCE))

    @property
    def shown(self) -> tuple[Proposal, ...]:
        """What stands on this page."""
        return self.every[(self.page - 1) * AT_ONCE : self.page * AT_ONCE]

    def span(self, page: int) -> tuple[int, int]:
        """The first and the last number on a page, counted from 1."""
        return (page - 1) * AT_ONCE + 1, min(page * AT_ONCE, len(self.every))


def parts_of(found: FindingsView, at: str, page: str, key: str | None) -> dict[str, Part]:
    """The lists that come in pages; ``page`` is of the list ``at``, as an address has it.

    The one whose form was sent and not taken (``key``) shows the page on which that stands.
    """
    lists = {"open": found.asked, "judge": found.to_judge, "decided": found.decided}
    wanted = int(page) if page.isascii() and page.isdigit() and len(page) < 7 else 1
    here = at or "open"
    return {name: _part(name, every, wanted if name == here else 1, key) for name, every in lists.items()}


def _part(name: str, every: tuple[Proposal, ...], page: int, key: str | None) -> Part:
    place = next((number for number, one in enumerate(every) if one.key == key), None)
    wanted = page if place is None else place // AT_ONCE + 1
    whole = Part(name, every)
    return Part(name, every, max(1, min(wanted, whole.pages)))
