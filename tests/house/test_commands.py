"""The two commands: what they need, and what they say to a Python that is too old."""

from __future__ import annotations

import ast
import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.test_layers import imports

ROOT = Path(__file__).resolve().parents[2]
BEFORE_INSTALLING = [
    "run.py",
    "tools/commands.py",
    "tools/machine.py",
    "tools/browser.py",
    "tools/checks.py",
    "tools/lock.py",
    "frontend/make.py",
    "tests/chromium.py",
]


def test_ci_runs_exactly_the_second_command() -> None:
    assert (ROOT / ".ci" / "run").read_text("utf-8") == "#!/bin/sh\nexec python3 run.py test\n"
    assert "python3 run.py test" in (ROOT / "README.md").read_text("utf-8")


@pytest.mark.parametrize("name", BEFORE_INSTALLING)
def test_what_runs_before_installing_needs_the_standard_library_only(name: str) -> None:
    needed = {module.split(".")[0] for module, _ in imports(ROOT / name)}
    assert needed - set(sys.stdlib_module_names) - {"tools", "tests"} == set()


def test_a_python_that_is_too_old_is_told_so_in_plain_words() -> None:
    code = (ROOT / "run.py").read_text("utf-8")
    ast.parse(code, feature_version=(3, 4))  # an old Python can read it as far as the check
    old = f"import sys; sys.version_info = (3, 9, 2, 'final', 0); exec({code!r})"
    said = subprocess.run([sys.executable, "-c", old], capture_output=True, text=True, check=False)
    assert (said.returncode, said.stderr) == (
        1,
        "Storybook needs Python 3.11 or newer; this is Python 3.9.\n",
    )


def test_help_names_every_command() -> None:
    said = subprocess.run(
        [sys.executable, "run.py", "--help"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    from tools.commands import COMMANDS

    assert [name for name in COMMANDS if f"python3 run.py {name} " not in said] == []


def test_the_front_end_is_made_again_when_a_source_changes_and_only_then(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "frontend", tmp_path / "frontend", ignore=shutil.ignore_patterns("node_modules"))
    shutil.copytree(ROOT / "static", tmp_path / "static")
    spec = importlib.util.spec_from_file_location("copied_make", tmp_path / "frontend" / "make.py")
    assert spec is not None
    assert spec.loader is not None
    make = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(make)
    assert make.is_current()
    (tmp_path / "frontend" / "src" / "more.js").write_text("export const more = 1;\n", "utf-8")
    assert not make.is_current()
