"""What import contracts can't see: sessions below the store, dependencies that nobody named."""

from __future__ import annotations

import ast
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from tests.house.test_locks import plain

ROOT = Path(__file__).resolve().parents[2]
PURE = ("story", "linked", "anonymise", "swimlane", "publish", "coedit")
DATABASE_NAMES = {
    "Session",
    "create_engine",
    "AsyncSession",
    "sessionmaker",
    "scoped_session",
    "Engine",
    "select",
}


def imports(path: Path) -> Iterator[tuple[str, set[str]]]:
    """(module, names taken from it) of every absolute import."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.module, {alias.name for alias in node.names}
        elif isinstance(node, ast.Import):
            yield from ((alias.name, set[str]()) for alias in node.names)


@pytest.mark.parametrize("package", PURE)
def test_no_session_below_the_store(package: str) -> None:
    found = [
        f"{path.relative_to(ROOT)}: {module} {sorted(names & DATABASE_NAMES)}"
        for path in (ROOT / "storybook" / package).rglob("*.py")
        for module, names in imports(path)
        if module.split(".")[0] in {"sqlmodel", "sqlalchemy"} and (names & DATABASE_NAMES or not names)
    ]
    assert found == []


def test_every_package_that_is_imported_is_asked_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    asked = {plain(name) for name in project["dependencies"]}
    offered = packages_distributions()
    imported = {m.split(".")[0] for path in (ROOT / "storybook").rglob("*.py") for m, _ in imports(path)}
    outside = imported - set(sys.stdlib_module_names) - {"storybook"}
    missing = {name for name in outside if not {plain(d) for d in offered.get(name, [name])} & asked}
    assert missing - COME_WITH_ASKED == set()


# What the package named beside it is never without.
COME_WITH_ASKED = {
    "jinja2",  # flask
    "werkzeug",  # flask
    "markupsafe",  # flask
    "pydantic_core",  # pydantic
    "flask_login",  # flask-security
    "flask_wtf",  # flask-security
    "wtforms",  # flask-security
}
