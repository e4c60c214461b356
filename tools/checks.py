"""What `run.py test` runs, one stage after the other, each with its time; a red one doesn't hide the next."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tools.machine import BIN, EXE, PYTHON, ROOT, environment, say

ROOMY = 4 * 2**30
#: Seconds after which one test is hung, whatever the machine: where it stands is shown, and the rest goes on.
HUNG = ("-o", "faulthandler_timeout=240", "-o", "faulthandler_exit_on_timeout=true")
#: One more than there are processors: a test that waits for a browser or a server leaves its processor to another.
WORKERS = min((os.cpu_count() or 2) + 1, 8)


def program(name: str) -> str:
    """A tool that the locks brought."""
    return str(BIN / f"{name}{EXE}")


def static_checks() -> dict[str, list[str]]:
    """The stages that only read the code: name -> command."""
    return {
        "ruff": [program("ruff"), "check", "."],
        "ruff format": [program("ruff"), "format", "--check", "."],
        "mypy": [program("mypy")],
        "import-linter": [program("lint-imports"), "--no-logo"],
        "djlint": [program("djlint"), "templates", "--lint", "--quiet"],
    }


def _stage(name: str, command: Sequence[str]) -> tuple[str, int, float, str]:
    began = time.monotonic()
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return name, done.returncode, time.monotonic() - began, done.stdout


def run_static() -> list[str]:
    """Runs the reading stages one after the other; the names of those that failed, whose output is shown."""
    failed = []
    for stage in static_checks().items():
        name, code, seconds, output = _stage(*stage)
        say(f"{name}: {'passed' if code == 0 else 'FAILED'} in {seconds:.1f} s")
        if code:
            failed.append(name)
            print(output, flush=True)
    return failed


def run_all(browser: str) -> list[str]:
    """Runs the reading stages beside the tests; the names of what failed."""
    with ThreadPoolExecutor(1) as pool:
        read = pool.submit(run_static)
        failed = run_tests(browser, [])
        return read.result() + failed


def _python(*arguments: str, **more: str) -> int:
    return subprocess.run(
        [str(PYTHON), *arguments], cwd=ROOT, env=environment(**more), check=False
    ).returncode


def _clear_coverage() -> None:
    for old in Path(ROOT).glob(".coverage*"):
        old.unlink()


def _quick_folder() -> str | None:
    """Memory that looks like a disk, where there is plenty: thousands of small databases wait for no disk there."""
    memory = Path("/dev/shm")  # noqa: S108 - a folder with a random name and our own rights is made in it
    roomy = memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > ROOMY
    return str(memory) if roomy else None


def run_tests(browser: str, arguments: Sequence[str]) -> list[str]:
    """Runs pytest under coverage on every processor; the names of what failed."""
    _clear_coverage()
    settings = {"STORYBOOK_CHROMIUM": browser, "STORYBOOK_NO_SKIPS": "1"}
    with tempfile.TemporaryDirectory(
        prefix="storybook-tests-", dir=_quick_folder(), ignore_cleanup_errors=True
    ) as scratch:
        # A folder of our own: pytest's usual one is shared with, and cleared by, whoever else tests here.
        split = ["-n", str(WORKERS), "--dist", "loadscope", "--basetemp", scratch]
        pytest = ["-m", "pytest", "-q", "--durations=25", *HUNG, *split, *arguments]
        failed = ["pytest"] if _python("-m", "coverage", "run", *pytest, **settings) else []
    _python("-m", "coverage", "combine", "--quiet")
    return failed + (["coverage"] if _python("-m", "coverage", "report") else [])


def run_exam(browser: str, arguments: Sequence[str]) -> list[str]:
    """Runs the large examinations, without coverage."""
    settings = {"STORYBOOK_CHROMIUM": browser, "STORYBOOK_NO_SKIPS": "1", "STORYBOOK_HYPOTHESIS": "exam"}
    return ["exam"] if _python("-m", "pytest", "-m", "exam", *arguments, **settings) else []
