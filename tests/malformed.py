"""Files that are wrong, each with what storybook says of it.

``MALFORMED`` is the table: a name, how to make the file in a folder, what is said, and options for reading. It is
asserted by ``tests/unit/story/test_formats_malformed.py``; ``docs/errors.md`` is made from it
(``python -m tests.malformed > docs/errors.md``); the store's tests use it to show that nothing is written.
"""

from __future__ import annotations

import sys

from tests.malformed_makers import Malformed
from tests.malformed_offices import OFFICES
from tests.malformed_stories import STORIES
from tests.malformed_tables import TABLES

__all__ = ["MALFORMED", "Malformed", "page"]

MALFORMED: tuple[Malformed, ...] = (*TABLES, *OFFICES, *STORIES)


def page() -> str:
    """``docs/errors.md``."""
    lines = [
        "# What is said of files that are wrong",
        "",
        (
            "Everything wrong is told at once, each as `file:line:column: what is wrong; what would be right`, and "
            "nothing is written."
        ),
        "This page is made from the table in `tests/malformed.py`, which the tests hold to what is really said.",
        "",
        "| what is wrong with the file | what is said |",
        "|---|---|",
    ]
    for case in MALFORMED:
        told = "<br>".join(f"`{line}`" for line in (said.replace("|", "\\|") for said in case.said))
        lines.append(f"| {case.name} | {told} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.stdout.write(page())
