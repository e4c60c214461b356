"""What is installed is named exactly, by hash, and from no particular registry."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
FRONT_END = ROOT / "frontend"


def pinned(path: Path) -> dict[str, str]:
    """Requirement line -> its hashes and markers, as one line each."""
    joined = path.read_text("utf-8").replace("\\\n", " ")
    return {
        line.split(" ")[0]: line for line in joined.splitlines() if line.strip() and not line.startswith("#")
    }


def names(path: Path) -> set[str]:
    return {requirement.partition("==")[0] for requirement in pinned(path)}


def plain(requirement: str) -> str:
    return re.split(r"[\[<>=!~; ]", requirement)[0].lower().replace("_", "-")


def test_there_is_a_lock_for_running_testing_uv_and_node() -> None:
    assert [path.name for path in LOCKS] == ["node.txt", "run.txt", "test.txt", "uv.txt"]


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.name)
def test_python_lock_pins_by_hash_and_names_no_address(path: Path) -> None:
    assert "://" not in path.read_text("utf-8")
    assert [
        line for line, whole in pinned(path).items() if "==" not in line or "--hash=sha256:" not in whole
    ] == []


def test_python_locks_hold_what_pyproject_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    run = {plain(name) for name in project["dependencies"] + extras["build"]}
    assert run - names(ROOT / "requirements" / "run.txt") == set()
    assert run | {plain(name) for name in extras["test"]} <= names(ROOT / "requirements" / "test.txt")


def test_the_tests_lock_has_the_same_versions_as_the_one_for_running() -> None:
    run, test = (pinned(ROOT / "requirements" / f"{name}.txt") for name in ("run", "test"))
    assert set(run) - set(test) == set()


def test_node_lock_is_for_the_version_that_the_build_asks_for() -> None:
    asked = re.search(r'NODE_PACKAGE = "(.*)"', (FRONT_END / "make.py").read_text("utf-8"))
    assert asked is not None
    assert asked[1] in pinned(ROOT / "requirements" / "node.txt")


def test_front_end_lock_pins_by_hash_and_names_no_address() -> None:
    text = (FRONT_END / "package-lock.json").read_text("utf-8")
    packages = {name: entry for name, entry in json.loads(text)["packages"].items() if name}
    assert "://" not in text
    assert [name for name, entry in packages.items() if not entry["integrity"].startswith("sha512-")] == []


def test_front_end_asks_for_exact_versions_that_belong_together() -> None:
    package = json.loads((FRONT_END / "package.json").read_text("utf-8"))
    asked = {**package["dependencies"], **package["devDependencies"]}
    assert {
        name: version for name, version in asked.items() if not re.fullmatch(r"\d+\.\d+\.\d+", version)
    } == {}
    assert asked["htmx.org"].startswith("4.")
    made_for = json.loads((FRONT_END / "package-lock.json").read_text("utf-8"))["packages"][
        "node_modules/govuk-frontend"
    ]
    assert made_for["version"] == asked["govuk-frontend"] == "6.3.0"
