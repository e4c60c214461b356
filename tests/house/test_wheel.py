"""The wheel holds everything, and an environment with nothing else but what it asks for can start it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BIN = "Scripts" if os.name == "nt" else "bin"
LONGEST_START = 60  # seconds

pytestmark = pytest.mark.early


def uv() -> str:
    """uv, which run.py installs beside the Python that runs the tests."""
    beside = Path(sys.executable).with_name("uv.exe" if os.name == "nt" else "uv")
    found = str(beside) if beside.exists() else shutil.which("uv")
    assert found, "uv is missing: run the tests by python3 run.py test"
    return found


def must(*command: str | Path, env: dict[str, str] | None = None, cwd: Path | None = None) -> str:
    done = subprocess.run(
        [str(part) for part in command], capture_output=True, text=True, env=env, cwd=cwd, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    must(uv(), "build", "--wheel", "--python", sys.executable, "--no-build-isolation", "--out-dir", out, ROOT)
    return next(out.glob("*.whl"))


@pytest.fixture(scope="module")
def home(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with ``venv`` in it: an empty environment, then the locked packages, then the wheel."""
    home = tmp_path_factory.mktemp("empty")
    must(uv(), "venv", "-q", "--python", sys.executable, home / "venv")
    python = home / "venv" / BIN / "python"
    must(uv(), "pip", "sync", "-q", "--python", python, "--require-hashes", ROOT / "requirements" / "run.txt")
    must(uv(), "pip", "install", "-q", "--python", python, "--no-deps", "--offline", wheel)
    return home


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def status(url: str) -> int | None:
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return None


@pytest.fixture(scope="module")
def address(home: Path) -> Iterator[str]:
    """A server of the installed wheel, with the demo's stories; started where there is no clone in sight."""
    env = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("STORYBOOK_", "PYTHON", "COV"))
    }
    env["STORYBOOK_HOME"] = str(home / "kept")
    storybook = home / "venv" / BIN / "storybook"
    must(storybook, "demo", "--seed-only", env=env, cwd=home)
    port = free_port()
    server = subprocess.Popen([str(storybook), "serve", "--port", str(port)], env=env, cwd=home)
    address = f"http://127.0.0.1:{port}"
    until = time.monotonic() + LONGEST_START
    while status(f"{address}/healthz") is None and server.poll() is None and time.monotonic() < until:
        time.sleep(0.1)
    yield address
    server.terminate()
    server.wait(30)


def test_the_wheel_carries_templates_built_files_and_stories(wheel: Path) -> None:
    held = set(zipfile.ZipFile(wheel).namelist())
    wanted = [
        path
        for name in ("templates", "static", "stories")
        for path in (ROOT / name).rglob("*")
        if path.is_file()
    ]
    missing = [p for p in wanted if f"storybook/_data/{p.relative_to(ROOT).as_posix()}" not in held]
    assert len(wanted) > 20
    assert missing == []
    assert "storybook/_data/static/vendor/plotly-storybook.min.js" in held


def test_the_wheel_carries_nothing_else(wheel: Path) -> None:
    held = zipfile.ZipFile(wheel).namelist()
    assert [name for name in held if not name.startswith(("storybook/", "storybook-"))] == []
    assert [name for name in held if "node_modules" in name or "__pycache__" in name] == []


@pytest.mark.parametrize("path", ["/healthz", "/", "/static/vendor/plotly-storybook.min.js"])
def test_installed_in_an_empty_environment_it_answers(address: str, path: str) -> None:
    assert status(address + path) == 200
