"""What the package's build does besides copying: builds the front end and compiles the translations.

The wheel carries ``templates/``, ``static/`` and ``stories/`` in ``storybook/_data``: a user's machine needs
no Node. An editable install leaves them where they are in the clone.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).resolve().parent
CARRIED = ("templates", "static", "stories")


def _front_end() -> ModuleType:
    spec = importlib.util.spec_from_file_location("storybook_front_end", ROOT / "frontend" / "make.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError("frontend/make.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def compile_translations(folder: Path) -> list[Path]:
    """Compiles each catalogue (``LOCALE/LC_MESSAGES/storybook.po``) of ``folder``; gives the files made."""
    from babel.messages.mofile import write_mo  # noqa: PLC0415 - only there while building
    from babel.messages.pofile import read_po  # noqa: PLC0415 - only there while building

    made = []
    for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        with source.open("rb") as words, target.open("wb") as compiled:
            write_mo(compiled, read_po(words, locale=source.parent.parent.name))
        made.append(target)
    return made


class StorybookBuild(BuildHookInterface[Any]):
    """Hatchling's hook; named in pyproject.toml."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """What the build needs besides hatchling: a Node, if the machine has none and there is work."""
        front_end = _front_end()
        needs_node = not front_end.is_current() and front_end.find_node() is None
        return [front_end.NODE_PACKAGE] if needs_node else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Builds what is not in the repository; hands it to the wheel, unless the install is editable."""
        _front_end().make(self.app.display_info)
        compiled = compile_translations(ROOT / "storybook" / "translations")
        build_data["artifacts"] += [f"/{path.relative_to(ROOT).as_posix()}" for path in compiled]
        if version != "editable":
            build_data["force_include"] |= {str(ROOT / name): f"storybook/_data/{name}" for name in CARRIED}
