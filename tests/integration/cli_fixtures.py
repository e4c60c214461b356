"""Running commands as somebody at a terminal does, in this process."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner

from storybook.cli import main


@dataclass
class Ran:
    """What a command said, and how it ended."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()

    @property
    def problems(self) -> list[str]:
        return self.err.splitlines()


def run(*words: str | Path, typed: str | None = None) -> Ran:
    """Runs ``storybook words...``; an error that is no refusal is raised."""
    found = CliRunner().invoke(main, [str(word) for word in words], input=typed, catch_exceptions=False)
    return Ran(found.exit_code, found.stdout, found.stderr)
