"""Every column that may hold words says what it holds, so that taking words out of a story spares codes."""

from __future__ import annotations

from storybook.store.sweep import held, swept, worded
from storybook.store.tables.base import Holds


def test_every_column_that_is_swept_says_what_it_holds() -> None:
    silent = [f"{t.name}.{c.name}" for t in swept() for c in worded(t) if "holds" not in c.info]
    assert silent == []


def test_hashes_states_and_sorts_are_codes() -> None:
    names = {"sha256", "digest", "state", "kind", "role", "stage", "ending", "standing", "question", "how"}
    wrong = {
        f"{t.name}.{c.name}"
        for t in swept()
        for c in worded(t)
        if c.name in names and held(c) is not Holds.CODES
    }
    assert wrong == set()
