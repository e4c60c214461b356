"""How far long work is, on stderr, and only where somebody watches."""

from __future__ import annotations

import sys
from typing import Self

import click

from ..story.messages import Message, say


class Bar:
    """A line that is written over again, and gone at the end."""

    def __init__(self) -> None:
        self._said = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._said:
            click.echo("\r" + " " * len(self._said) + "\r", nl=False, err=True)

    def part(self, what: Message, done: int, total: int) -> None:
        """``done`` of ``total`` of ``what``, in per cent."""
        said = f"{say(what)} {100 * done // max(total, 1)} %"
        if sys.stderr.isatty() and said != self._said:
            click.echo(f"\r{said.ljust(len(self._said))}", nl=False, err=True)
            self._said = said
