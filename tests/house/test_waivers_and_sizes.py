"""A waiver carries its reason; functions and files stay small enough to read."""

from __future__ import annotations

import ast
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
OURS = ("storybook", "tests", "tools", "benchmarks", "frontend", "run.py", "hatch_build.py")
WAIVER = re.compile(r"#\s*(noqa|type:\s*ignore|pragma:\s*no (?:cover|branch))(?P<rest>.*)$")
REASON = re.compile(
    r"^(?::\s*[A-Z]+\d+(?:,\s*[A-Z]+\d+)*|\[[a-z-]+(?:,\s*[a-z-]+)*\])?+\s*(?:#|-|–|:)\s*\S.{2,}"
)
NOT_WRITTEN_BY_HAND = {
    "node_modules",
    "_data",
    "versions",
}  # packages, copies, and the migrations that alembic writes
LONGEST_FILE = 300
LONGEST_TEST = 400  # a specification is a list: long, but read from top to bottom
LONGEST_FUNCTION = 40
LONGEST_VIEW = 20


def python_files() -> Iterator[Path]:
    for name in OURS:
        place = ROOT / name
        found = [place] if place.is_file() else sorted(place.rglob("*.py"))
        yield from (path for path in found if not NOT_WRITTEN_BY_HAND & set(path.parts))


def comments(path: Path) -> Iterator[tuple[int, str]]:
    with path.open("rb") as code:
        for token in tokenize.tokenize(code.readline):
            if token.type == tokenize.COMMENT:
                yield token.start[0], token.string


def without_reason(path: Path) -> list[str]:
    found = []
    for line, comment in comments(path):
        waiver = WAIVER.search(comment)
        if waiver and not REASON.match(waiver["rest"]):
            found.append(f"{path.relative_to(ROOT)}:{line}: {comment}")
    return found


@pytest.mark.parametrize(
    ("comment", "reasoned"),
    [
        ("# noqa: S101 - narrows the type", True),
        ("# type: ignore[call-overload]  # JSON has no types", True),
        ("# pragma: no cover - only on Windows", True),
        ("# noqa: S101", False),
        ("# noqa", False),
        ("# type: ignore[arg-type]", False),
        ("# pragma: no cover", False),
        ("# noqa: S101 - x", False),
    ],
)
def test_a_reason_is_told_from_none(comment: str, reasoned: bool) -> None:
    waiver = WAIVER.search(comment)
    assert waiver is not None
    assert bool(REASON.match(waiver["rest"])) is reasoned


def test_every_waiver_carries_its_reason() -> None:
    assert [found for path in python_files() for found in without_reason(path)] == []


def longest(path: Path) -> int:
    return LONGEST_TEST if path.is_relative_to(ROOT / "tests") else LONGEST_FILE


def test_no_file_is_longer_than_can_be_read() -> None:
    lengths = {path: len(path.read_text("utf-8").splitlines()) for path in python_files()}
    assert {str(path.relative_to(ROOT)): n for path, n in lengths.items() if n > longest(path)} == {}


def functions(path: Path) -> Iterator[tuple[ast.FunctionDef | ast.AsyncFunctionDef, int]]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node, (node.end_lineno or node.lineno) - node.lineno + 1


def too_long(paths: Iterator[Path], most: int) -> list[str]:
    return [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}: {length} lines"
        for path in paths
        for node, length in functions(path)
        if length > most
    ]


def test_no_function_is_longer_than_a_screen() -> None:
    assert (
        too_long(
            (path for path in python_files() if path.is_relative_to(ROOT / "storybook")), LONGEST_FUNCTION
        )
        == []
    )


def test_no_view_is_longer_than_20_lines() -> None:
    views = [path for path in (ROOT / "storybook" / "web").rglob("*.py") if "view" in path.stem]
    assert views != []
    assert too_long(iter(views), LONGEST_VIEW) == []
