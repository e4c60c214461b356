"""The commands of run.py. Standard library only."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable

from tools.machine import BIN, EXE, PYTHON, ROOT, WINDOWS, CannotGoOn, environment, install, must, say

HELP = """\
python3 run.py [--port N] [--no-browser]   make ready, fill with the examples and the synthetic city, serve
python3 run.py test [PYTEST ARGUMENTS]     make ready, run every check and test (or only those named)
python3 run.py exam [PYTEST ARGUMENTS]     the large examinations (minutes)
python3 run.py docs                        write what is made from the code: docs, words to translate
python3 run.py lock [--upgrade]            write the locks anew
python3 run.py install                     make ready, nothing else; then .venv has the `storybook` command
"""


def start(arguments: list[str]) -> int:
    """Installs what running needs, then becomes ``storybook demo``."""
    began = time.monotonic()
    install("run")
    say(f"ready after {time.monotonic() - began:.1f} s; filling and starting")
    command = [str(BIN / f"storybook{EXE}"), "demo", *arguments]
    if not WINDOWS:
        os.chdir(ROOT)
        os.execve(command[0], command, environment())  # noqa: S606 - our own program takes this one's place
    try:
        return subprocess.run(command, cwd=ROOT, env=environment(), check=False).returncode
    except KeyboardInterrupt:
        return 0


def _verdict(failed: list[str], began: float) -> int:
    seconds = time.monotonic() - began
    say(f"{'FAILED: ' + ', '.join(failed) if failed else 'everything passed'}, {seconds:.0f} s in all")
    return 1 if failed else 0


def test(arguments: list[str]) -> int:
    """Installs what tests need and runs every check; with arguments only those tests, without the checks."""
    from tools.browser import chromium
    from tools.checks import run_all

    began = time.monotonic()
    install("test")
    browser = chromium()
    say(f"ready after {time.monotonic() - began:.1f} s; browser: {browser}")
    if arguments:
        return subprocess.run(
            [str(PYTHON), "-m", "pytest", *arguments],
            cwd=ROOT,
            env=environment(STORYBOOK_CHROMIUM=browser),
            check=False,
        ).returncode
    return _verdict(run_all(browser), began)


def exam(arguments: list[str]) -> int:
    """The large examinations."""
    from tools.browser import chromium
    from tools.checks import run_exam

    began = time.monotonic()
    install("test")
    return _verdict(run_exam(chromium(), arguments), began)


def docs(_arguments: list[str]) -> int:
    """Writes the pages that are made from the code."""
    install("test")
    must([PYTHON, "-m", "tools.docs"])
    return 0


def lock(arguments: list[str]) -> int:
    """Writes the locks."""
    from tools.lock import lock as write_locks

    install("test")
    write_locks(arguments)
    return 0


def only_install(_arguments: list[str]) -> int:
    """Makes ready to run."""
    install("run")
    return 0


COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "test": test,
    "exam": exam,
    "docs": docs,
    "lock": lock,
    "install": only_install,
}


def main(arguments: list[str]) -> int:
    """Runs the command that the first argument names, else starts storybook; the exit code."""
    if arguments[:1] in (["-h"], ["--help"], ["help"]):
        print(HELP, end="")
        return 0
    command = COMMANDS.get(arguments[0]) if arguments else None
    try:
        return command(arguments[1:]) if command else start(arguments)
    except CannotGoOn as problem:
        sys.stdout.flush()
        print(f"storybook: {problem}", file=sys.stderr)
        return 1
