"""``docs/cli.md``: every command with its arguments and options, made from the commands themselves."""

from __future__ import annotations

from collections.abc import Iterator
from inspect import cleandoc

import click

from .main import main

_OPENING = """# Commands

(`python3 run.py docs` makes this page from the commands themselves.)

What goes wrong goes to stderr, a line for each problem, `file:line:column: what is wrong; what would be right`, all of
them at once; nothing is written then, and the command ends with 1 (2, if the command itself was written wrongly).
Commands run as the operator of this machine, except where an account has to say yes for itself (`--as`).
"""


def reference() -> str:
    """Every command with its arguments and options."""
    context = click.Context(main, info_name="storybook")
    return "\n".join([_OPENING, *_commands(main, context)])


def _commands(group: click.Group, context: click.Context) -> Iterator[str]:
    for name in group.list_commands(context):
        command = group.commands[name]
        own = click.Context(command, info_name=name, parent=context)
        if isinstance(command, click.Group):
            yield from _commands(command, own)
        else:
            yield from _command(command, own)


def _command(command: click.Command, context: click.Context) -> Iterator[str]:
    arguments = (context.command_path, *command.collect_usage_pieces(context)[1:])
    yield f"## `{' '.join(arguments)}`"
    yield f"\n{cleandoc(command.help or '')}\n"
    rows = [option for option in command.params if isinstance(option, click.Option)]
    if rows:
        yield "| option | what it is for |\n|---|---|"
        yield from (_row(option, context) for option in rows)
        yield ""


def _row(option: click.Option, context: click.Context) -> str:
    left, right = option.get_help_record(context) or ("", "")
    return f"| `{left.replace('|', ', ')}` | {right.replace('  [', ' [')} |"
