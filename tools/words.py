"""Finds the words that storybook says to people, for whoever translates them (``storybook.pot``).

``message("...", plural="...", name=...)`` says words in Python, ``_("...", ...)`` in templates; gettext's own
tools would not see a plural that is given by name.
"""

from __future__ import annotations

import ast
import io
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po
from jinja2 import Environment, nodes

from tools.machine import ROOT

SAYING = {"message", "Message", "_", "words"}
POT = ROOT / "storybook" / "translations" / "storybook.pot"
Said = tuple[str, str | None]


def _literal(node: ast.expr | None) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def in_python(code: str) -> Iterator[Said]:
    """Every (id, plural) that a module says; an id that is no literal here is a literal somewhere else."""
    for node in ast.walk(ast.parse(code)):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", None)
        said = _literal(node.args[0])
        if name in SAYING and said:
            yield said, next((_literal(k.value) for k in node.keywords if k.arg == "plural"), None)


def in_template(text: str) -> Iterator[Said]:
    """Every (id, plural) that a template says."""
    for call in Environment(autoescape=True).parse(text).find_all(nodes.Call):
        first = call.args[0] if call.args else None
        if getattr(call.node, "name", None) == "_" and isinstance(first, nodes.Const):
            plurals = (k.value for k in call.kwargs if k.key == "plural")
            yield (
                first.value,
                next((value.value for value in plurals if isinstance(value, nodes.Const)), None),
            )


def everything_said() -> Iterator[Said]:
    """All the words of storybook, file by file."""
    for path in sorted((ROOT / "storybook").rglob("*.py")):
        yield from in_python(path.read_text(encoding="utf-8"))
    for path in sorted((ROOT / "templates").rglob("*.html")):
        yield from in_template(path.read_text(encoding="utf-8"))


def catalogue() -> str:
    """The template of a catalogue, in order of the words, dateless, placeless: it changes with them only."""
    catalog = Catalog(project="storybook", charset="utf-8", fuzzy=False)
    for said, plural in sorted(everything_said(), key=lambda one: (one[0], one[1] or "")):
        flags = ["python-brace-format"] if "{" in said else []
        catalog.add((said, plural) if plural else said, flags=flags)
    out = io.BytesIO()
    write_po(out, catalog, width=110, no_location=True, omit_header=True, sort_output=True)
    return HEADER + out.getvalue().decode()


HEADER = """\
# What storybook says to people. Made by `python3 run.py docs`; to translate it, copy it to
# LOCALE/LC_MESSAGES/storybook.po beside this file.
msgid ""
msgstr ""
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""


def write(path: Path = POT) -> None:
    """Writes the template of a catalogue."""
    path.write_text(catalogue(), encoding="utf-8")
