"""What storybook's commands need of the machine: an environment of its own, installed from the locks.

Standard library only, for it runs before anything is installed.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WINDOWS = os.name == "nt"
VENV = Path(os.environ.get("STORYBOOK_VENV") or ROOT / ".venv")
BIN = VENV / ("Scripts" if WINDOWS else "bin")
EXE = ".exe" if WINDOWS else ""
PYTHON = BIN / f"python{EXE}"
LOCKS = ROOT / "requirements"
STAMP = VENV / ".storybook-installed"
NO_NODE = 3  # the exit code of frontend/make.py where there is no Node


class CannotGoOn(Exception):
    """Something on this machine is in the way; the message says what, and what to do."""


def say(line: str) -> None:
    """One line of progress."""
    print(f"storybook: {line}", flush=True)


@contextmanager
def timed(what: str) -> Iterator[None]:
    """Says what begins, and how long it took."""
    say(f"{what} ...")
    began = time.monotonic()
    yield
    say(f"{what}: {time.monotonic() - began:.1f} s")


def environment(**more: str) -> dict[str, str]:
    """Our environment for a tool of ours, with the venv's programs first.

    What Python compiled is kept, whatever the machine's habit: every later start takes half the time.
    """
    env = {**os.environ, **more}
    env["PATH"] = os.pathsep.join([str(BIN), env.get("PATH", "")])
    env["VIRTUAL_ENV"] = str(VENV)
    env.pop("PYTHONHOME", None)
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    return env


def run(command: Sequence[str | Path], **more: str) -> int:
    """Runs a program of ours in the clone; its exit code."""
    return subprocess.run(
        [str(part) for part in command], cwd=ROOT, env=environment(**more), check=False
    ).returncode


def must(command: Sequence[str | Path], **more: str) -> None:
    """As `run`; raises CannotGoOn where the program fails (it has said why)."""
    code = run(command, **more)
    if code:
        raise CannotGoOn(f"`{' '.join(map(str, command))}` did not work (exit code {code}).")


def works(command: Sequence[str | Path]) -> bool:
    """True if the program starts and ends well; nothing of it is shown."""
    try:
        return (
            subprocess.run([str(part) for part in command], capture_output=True, check=False).returncode == 0
        )
    except OSError:
        return False


def apt_install(*packages: str) -> bool:
    """Installs Debian's packages where this is Debian and we may; True if that worked."""
    if not shutil.which("apt-get") or not hasattr(os, "geteuid") or os.geteuid() != 0:
        return False
    say(f"installing {', '.join(packages)} (apt-get)")
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    installed = ["apt-get", "install", "-y", "-q", "--no-install-recommends", *packages]
    return run(["apt-get", "update", "-q"], **quiet) == 0 and run(installed, **quiet) == 0


# ---- the environment


def _make_venv() -> None:
    if PYTHON.exists() and works([PYTHON, "-c", "import sys; sys.exit(sys.version_info < (3, 11))"]):
        return
    with timed("making an environment of its own (.venv)"):
        # Without a pip of its own it is there in an instant, and the pip of the Python that runs this serves.
        without = [] if not works([sys.executable, "-m", "pip", "--version"]) else ["--without-pip"]
        if works([sys.executable, "-m", "venv", "--clear", *without, VENV]):
            return
        if apt_install("python3-venv") and works([sys.executable, "-m", "venv", "--clear", VENV]):
            return
    raise CannotGoOn(
        f"{sys.executable} can't make an environment: install its venv module (Debian: python3-venv)."
    )


def _pip() -> list[str | Path]:
    """The venv's pip: its own, or the one of the Python that runs this."""
    if works([PYTHON, "-m", "pip", "--version"]):
        return [PYTHON, "-m", "pip"]
    return [sys.executable, "-m", "pip", "--python", PYTHON]


def _pip_setting(name: str) -> str | None:
    """One of pip's settings (environment or configuration files), for uv reads none of them."""
    from_environment = os.environ.get(f"PIP_{name.upper().replace('-', '_')}")
    if from_environment:
        return from_environment
    command = [*map(str, _pip()), "config", "get", f"global.{name}"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return " ".join(done.stdout.split()) or None if done.returncode == 0 else None


def _uv_settings() -> dict[str, str]:
    """Where pip was told to look, told to uv; and to trust the machine's certificates, a company's too."""
    settings = {"UV_SYSTEM_CERTS": "1"}
    for ours, theirs in {
        "index-url": "UV_DEFAULT_INDEX",
        "find-links": "UV_FIND_LINKS",
        "cert": "SSL_CERT_FILE",
    }.items():
        value = None if theirs in os.environ else _pip_setting(ours)
        if value:
            settings[theirs] = value
    return settings


def _get_uv() -> Path | None:
    """The locked uv, in the venv; None where the registry has none for this machine (pip does it then)."""
    uv = BIN / f"uv{EXE}"
    wanted = (LOCKS / "uv.txt").read_text().split()[0].partition("==")[2]
    if works([uv, "--version"]):
        said = subprocess.run(
            [str(uv), "--version"], capture_output=True, text=True, check=False
        ).stdout.split()
        if wanted in said:
            return uv
    say("getting uv, which installs fast")
    got = run(
        [*_pip(), "install", "-q", "--disable-pip-version-check", "--require-hashes", "-r", LOCKS / "uv.txt"]
    )
    return uv if got == 0 and works([uv, "--version"]) else None


def _install_locked(locks: list[Path]) -> None:
    uv = _get_uv()
    files = [argument for lock in locks for argument in ("-r", str(lock))]
    if uv:
        command: list[str | Path] = [
            uv,
            "pip",
            "sync",
            "--python",
            PYTHON,
            "--require-hashes",
            *locks,
            LOCKS / "uv.txt",
        ]
        if run(command, **_uv_settings()) == 0:
            return
        say("uv could not install; trying again with pip")
    must([*_pip(), "install", "--disable-pip-version-check", "--require-hashes", *files])


def _install_ourselves() -> None:
    """Storybook itself, editable, built by the locked hatchling: nothing is downloaded."""
    uv = BIN / f"uv{EXE}"
    installer: list[str | Path] = (
        [uv, "pip", "install", "--python", PYTHON, "--offline", "-q"]
        if uv.exists()
        else [*_pip(), "install", "-q"]
    )
    must([*installer, "--no-deps", "--no-build-isolation", "-e", ROOT])


def _wanted(kind: str) -> dict[str, str]:
    digest = hashlib.sha256()
    for path in (LOCKS / f"{kind}.txt", LOCKS / "uv.txt", ROOT / "pyproject.toml", ROOT / "hatch_build.py"):
        digest.update(path.read_bytes())
    return {"kind": kind, "sha256": digest.hexdigest(), "root": str(ROOT)}


def _installed() -> dict[str, str]:
    try:
        return dict(json.loads(STAMP.read_text()))
    except (OSError, ValueError):
        return {}


def _has_node() -> bool:
    return bool(shutil.which("node") and shutil.which("npm"))


def install(kind: str) -> None:
    """Installs what ``requirements/KIND.txt`` (``run`` or ``test``) names, and builds the front end.

    Does nothing that was done before: an environment with the tests' packages serves for running too.
    """
    _make_venv()
    if _installed() in (_wanted(kind), _wanted("test")):
        _build_front_end()
        return
    STAMP.unlink(missing_ok=True)
    # The front end is made while Python's packages come in, where the machine has a Node for it.
    front_end = [str(PYTHON), "frontend/make.py"]
    making = subprocess.Popen(front_end, cwd=ROOT, env=environment()) if _has_node() else None
    with timed("installing the locked packages"):
        _install_locked([LOCKS / f"{kind}.txt"])
    if making and making.wait():
        raise CannotGoOn("The front end could not be built; what npm said is above.")
    _build_front_end()
    _install_ourselves()
    STAMP.write_text(json.dumps(_wanted(kind)))


def _build_front_end() -> None:
    code = run([PYTHON, "frontend/make.py"])
    if code == NO_NODE:
        with timed("getting Node as a Python package, for this machine has none"):
            quiet = [*_pip(), "install", "-q", "--disable-pip-version-check"]
            must([*quiet, "--require-hashes", "-r", LOCKS / "node.txt"])
        code = run([PYTHON, "frontend/make.py"])
    if code:
        raise CannotGoOn("The front end could not be built; what npm said is above.")
