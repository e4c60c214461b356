"""The pages in docs/ that are made from the code, so that they can't drift: `python3 run.py docs`."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from tools.machine import ROOT, say
from tools.words import POT, catalogue

# page in docs/ -> the function that words it, as module:function (each takes nothing and gives the page)
MADE = {
    "settings.md": "storybook.settings:reference",
    "states.md": "storybook.services.states:diagram",
    "access.md": "storybook.web.access:as_document",
    "cli.md": "storybook.cli.reference:reference",
    "services.md": "storybook.services.reference:reference",
}


def page(name: str) -> str:
    """What ``docs/NAME`` should hold."""
    module, _, function = MADE[name].partition(":")
    made: Callable[[], str] = getattr(import_module(module), function)
    return made()


def pages() -> dict[str, str]:
    """Every made file, by its path from the clone: what it should hold."""
    made = {f"docs/{name}": page(name) for name in MADE}
    return {**made, POT.relative_to(ROOT).as_posix(): catalogue()}


def main() -> None:
    """Writes every page that is not as it should be."""
    for path, text in pages().items():
        file = ROOT / path
        if not file.is_file() or file.read_text(encoding="utf-8") != text:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8", newline="\n")
            say(f"wrote {path}")


if __name__ == "__main__":
    main()
