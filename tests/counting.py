"""Whose lines are counted: counting takes longer than the tests do, so a line is counted where it is walked first.

What is not counted is tested as strictly as all else; that enough is counted is seen in the coverage itself.
"""

from __future__ import annotations

import functools
import inspect
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any, TypeVar

#: Tests whose way is walked by others whose lines are counted: all but one line in a hundred of what they touch.
WALKED_BY_OTHERS = (
    "tests/integration/services/test_cards.py",
    "tests/integration/services/test_life_of_a_story.py",
    "tests/integration/services/test_own_answer.py",
    "tests/integration/services/test_rehearsal.py",
    "tests/integration/services/test_take_out_codes.py",
    "tests/integration/services/test_ways_out.py",
    "tests/integration/store/",
    "tests/integration/test_linked_city.py",
    "tests/integration/test_linked_coding.py",
    "tests/integration/test_linked_identifiers.py",
    "tests/integration/test_linked_kin.py",
    "tests/integration/test_linked_partners.py",
    "tests/integration/test_linked_versions.py",
    "tests/unit/linked/test_audit_attacked.py",
    "tests/unit/services/test_permissions.py",
    "tests/unit/swimlane/test_layout_properties.py",
    "tests/web/test_account.py",
    "tests/web/test_editions.py",
    "tests/web/test_forbidden_moves.py",
    "tests/web/test_governance.py",
    "tests/web/test_kept.py",
    "tests/web/test_leaving.py",
    "tests/web/test_mark.py",
    "tests/web/test_methods.py",
    "tests/web/test_open_web.py",
    "tests/web/test_reading_age.py",
    "tests/web/test_review.py",
    "tests/web/test_ways_out.py",
)
#: Cases of one test in one process after which its further cases walk the same lines.
ENOUGH_CASES = 20
_Steps = TypeVar("_Steps")
_WALKED: set[str] = set()
_CASES = Counter[str]()


@contextmanager
def uncounted() -> Iterator[None]:
    """No lines are counted in here."""
    here, in_new_threads = sys.gettrace(), threading.gettrace()
    stop_counting()
    try:
        yield
    finally:
        sys.settrace(here)
        threading.settrace(in_new_threads)  # type: ignore[arg-type]  # None where nothing is counted


def stop_counting() -> None:
    """No lines are counted from here on."""
    sys.settrace(None)
    threading.settrace(None)  # type: ignore[arg-type]  # None ends it, whatever its signature says


def enough_cases(nodeid: str) -> bool:
    """True for a case of a test of which many were counted in this process; to be asked once for each case."""
    test, _, case = nodeid.partition("[")
    _CASES[test] += bool(case)
    return _CASES[test] > ENOUGH_CASES


def counted_once(what: str) -> AbstractContextManager[None]:
    """Counts lines in here the first time that this process comes by, and not again."""
    if sys.gettrace() is None:
        return nullcontext()
    if what in _WALKED:
        return uncounted()
    _WALKED.add(what)
    return nullcontext()


def each_step_once(steps: type[_Steps]) -> type[_Steps]:
    """A class of steps that many tests begin with: the lines below each step are counted the first time."""
    for name, step in vars(steps).copy().items():
        if inspect.isfunction(step) and (name == "__init__" or not name.startswith("_")):
            setattr(steps, name, _step_once(step))
    return steps


def _step_once(step: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(step)
    def walk(*given: Any, **named: Any) -> Any:
        with counted_once(f"{step.__module__}.{step.__qualname__}"):
            return step(*given, **named)

    return walk
