"""Writes the locks anew: exact versions and hashes for every system, and no address of any registry."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
from pathlib import Path
from types import ModuleType

from tools.machine import BIN, EXE, LOCKS, ROOT, environment, must, say

UV = BIN / f"uv{EXE}"
HOW = ["--universal", "--generate-hashes", "--no-header", "--no-annotate", "--python-version", "3.11", "-q"]
PYPROJECT = ROOT / "pyproject.toml"


def _compile(source: list[str | Path], name: str, *more: str | Path) -> None:
    say(f"requirements/{name}.txt")
    must([UV, "pip", "compile", *source, *HOW, *more, "-o", LOCKS / f"{name}.txt"])


def _compile_one(requirement: str, name: str) -> None:
    """The lock of a tool that is not a dependency of storybook: ``uv``, or Node as a package."""
    say(f"requirements/{name}.txt")
    command = [UV, "pip", "compile", "-", *HOW, "-o", LOCKS / f"{name}.txt"]
    subprocess.run(
        [str(part) for part in command], input=requirement, text=True, check=True, env=environment()
    )


def front_end() -> ModuleType:
    """``frontend/make.py``."""
    spec = importlib.util.spec_from_file_location("storybook_front_end", ROOT / "frontend" / "make.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError("frontend/make.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def lock(arguments: list[str]) -> None:
    """Writes every lock. ``--upgrade`` takes the newest versions that pyproject.toml allows."""
    upgrade = ["--upgrade"] if "--upgrade" in arguments else []
    uv_version = subprocess.run(
        [str(UV), "--version"], capture_output=True, text=True, check=True
    ).stdout.split()[1]
    made = front_end()
    _compile_one(f"uv=={uv_version}", "uv")
    _compile_one(made.NODE_PACKAGE, "node")
    _compile([PYPROJECT], "run", "--extra", "build", *upgrade)
    _compile([PYPROJECT], "test", "--extra", "build", "--extra", "test", "-c", LOCKS / "run.txt", *upgrade)
    npm = shutil.which("npm")
    if npm:
        must([npm, "install", "--package-lock-only", "--prefix", ROOT / "frontend"])
        made.strip_addresses()
