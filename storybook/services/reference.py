"""``docs/services.md``: every use case with its signature and what it does, made from the modules themselves."""

from __future__ import annotations

import inspect
import pkgutil
import re
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

_PACKAGE = "storybook.services"
_OPENING = """# Services: the use cases

(`python3 run.py docs` makes this page from `storybook/services/`.)

Each takes the `Context` first, then the `Actor` who asks; checks `permissions.may` and `states`; does its work in **one
transaction** with its audit line; and gives back plain data (pydantic models, frozen dataclasses: never rows, never
sessions). No Flask here: the web maps the errors of `errors`. What somebody may do and in which state stands in two
tables, `permissions.RULES` and `states`, which buttons and checks both read. A change without an audit line is rolled
back, and a stranger is told the same of a story that exists and of one that does not.
"""


def reference() -> str:
    """The page."""
    return "\n".join([_OPENING, *_shared(), *_rooms()])


def _shared() -> Iterator[str]:
    yield "## What all of them share\n"
    for name in _inside(_PACKAGE, packages=False):
        yield from _module(name)


def _rooms() -> Iterator[str]:
    for room in _inside(_PACKAGE, packages=True):
        yield f"## `{room}/`\n\n{_paragraph(import_module(f'{_PACKAGE}.{room}'))}\n"
        for name in _inside(f"{_PACKAGE}.{room}", packages=False):
            yield from _module(f"{room}.{name}")


def _inside(package: str, *, packages: bool) -> list[str]:
    """The names of the modules, or of the packages, that stand directly in a package."""
    found = pkgutil.iter_modules(import_module(package).__path__)
    return sorted(module.name for module in found if module.ispkg == packages)


def _module(name: str) -> Iterator[str]:
    module = import_module(f"{_PACKAGE}.{name}")
    yield f"### `{name}`\n\n{_paragraph(module)}\n"
    cases = [found for found in vars(module).values() if _is_case(found, module.__name__)]
    if cases:
        yield "```python"
        yield from (f"{case.__name__}{_signature(case)}" for case in cases)
        yield "```\n"
        yield from (f"* `{case.__name__}`: {_paragraph(case)}" for case in cases)
        yield ""


def _is_case(found: object, module: str) -> bool:
    """A public function of the module that takes the context: what other packages call."""
    if not inspect.isfunction(found) or found.__module__ != module or found.__name__.startswith("_"):
        return False
    return next(iter(inspect.signature(found).parameters), "") == "ctx"


def _signature(case: Callable[..., Any]) -> str:
    """As written: annotations are texts here, which ``inspect`` would put in quotation marks."""
    return re.sub(r"(: |-> )'([^']*)'", r"\1\2", str(inspect.signature(case)))


def _paragraph(documented: object) -> str:
    """The docstring's first paragraph, on one line."""
    return " ".join((inspect.getdoc(documented) or "").split("\n\n")[0].replace("``", "`").split())
