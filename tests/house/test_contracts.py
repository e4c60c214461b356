"""The import contracts catch what they are there for: each is broken on purpose in a copy, and says so."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

# contract's name -> (module of the copy, a line that breaks it)
BREACHES = {
    "Arrows point one way": ("story/clock.py", "import storybook.services.states"),
    "Flask and Jinja stay in web": ("swimlane/__init__.py", "import jinja2"),
    "The core holds no database of stories": ("linked/__init__.py", "import sqlalchemy"),
    "Story knows sqlmodel, never an engine's driver or rows of data": ("story/__init__.py", "import duckdb"),
    "The web talks to services, never to the store": ("web/__init__.py", "import storybook.store.engine"),
    "Only app and cli read the settings": ("publish/__init__.py", "import storybook.settings"),
    "Only one service makes an edition": ("services/states.py", "import storybook.anonymise.release"),
    "True numbers and the queries that give them stay in linked": (
        "services/jobs.py",
        "import storybook.linked.suppression.raw",
    ),
    "The rooms of linked are in order": (
        "linked/suppression/words.py",
        "import storybook.linked.dataset.kin",
    ),
}


def lint_imports(folder: Path) -> dict[str, str]:
    """Contract's name -> KEPT or BROKEN."""
    program = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [str(program), "--no-logo", "--no-cache"],
        cwd=folder,
        env={"PYTHONPATH": str(folder), "PATH": "", "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )
    verdicts = dict(re.findall(r"^(.+?) (KEPT|BROKEN)", done.stdout, re.MULTILINE))
    assert verdicts, done.stdout + done.stderr
    return verdicts


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    shutil.copytree(
        ROOT / "storybook", tmp_path / "storybook", ignore=shutil.ignore_patterns("__pycache__", "_data")
    )
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_every_contract_is_kept(copied: Path) -> None:
    assert lint_imports(copied) == dict.fromkeys(BREACHES, "KEPT")


def test_every_contract_is_broken_by_its_breach(copied: Path) -> None:
    for module, line in BREACHES.values():
        path = copied / "storybook" / module
        path.write_text(f"{path.read_text('utf-8')}\n{line}\n", "utf-8")
    assert lint_imports(copied) == dict.fromkeys(BREACHES, "BROKEN")
