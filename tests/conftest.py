"""What every test has: a browser to drive, Hypothesis's habits, and the count of tests by kind at the end."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest
import sqlalchemy as sa
from coverage import Coverage
from hypothesis import is_hypothesis_test, settings
from jinja2 import BytecodeCache, FileSystemBytecodeCache
from playwright.sync_api import Browser, sync_playwright
from sqlalchemy.util import LRUCache
from xdist.scheduler import LoadScopeScheduling, Scheduling

from tests.chromium import ARGUMENTS, find_chromium
from tests.counting import WALKED_BY_OTHERS, enough_cases, stop_counting, uncounted

# A slow machine is not a failing test; examples are the same each time, so that what fails here fails there.
settings.register_profile("storybook", deadline=None, derandomize=True, max_examples=30, print_blob=True)
settings.register_profile("exam", deadline=None, max_examples=2_000, print_blob=True)
settings.load_profile(os.environ.get("STORYBOOK_HYPOTHESIS", "storybook"))

KINDS = ("unit", "integration", "browser", "web", "house")
TOGETHER = (
    "tests/browser/test_hostile_text.py",
    "tests/house/test_wheel.py",
    "tests/integration/services/test_seed_demo.py",
    "tests/integration/test_linked_city.py",
)
DATABASES = ("sqlite", "postgresql")


@pytest.fixture(scope="session", autouse=True)
def apart_from_this_machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Second lists of what was taken back go to a folder of this run, not to that of whoever runs it."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("STORYBOOK_APART", str(tmp_path_factory.mktemp("apart")))
        yield


@pytest.fixture(scope="session", autouse=True)
def statements_once() -> Iterator[None]:
    """SQLAlchemy writes a statement's SQL once for each engine, and every test has its own engine: here once a run.

    What a database answered when it was first asked (its version, what it can do) comes with it.
    """
    from storybook.store import engine as store_engine

    make, dialects = store_engine.make_engine, dict[str, sa.Dialect]()
    written = LRUCache[object, object](5_000)

    def once(url: str) -> sa.Engine:
        engine = make(url)
        first = dialects.setdefault(engine.dialect.name, engine.dialect)
        if first.default_schema_name is None:  # never connected: the next one may be
            dialects[engine.dialect.name] = engine.dialect
        else:
            engine.dialect = first
        engine._compiled_cache = written
        return engine

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(store_engine, "make_engine", once)
        yield


@pytest.fixture(scope="session", autouse=True)
def model_uncounted() -> Iterator[None]:
    """Thousands of lines of spaCy's, and none of ours, are walked to load its model."""
    from storybook.anonymise.detectors import model

    load = model._model

    def loaded() -> object:
        with uncounted():
            return load()

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(model, "_model", loaded)
        yield


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> BytecodeCache:
    """Templates are compiled once for all the apps and processes of a run."""
    folder = shared_folder(tmp_path_factory) / "compiled"
    folder.mkdir(exist_ok=True)
    return FileSystemBytecodeCache(str(folder))


def shared_folder(factory: pytest.TempPathFactory) -> Path:
    """The folder that all the processes of a run have in common."""
    own = factory.getbasetemp()
    return own.parent if own.name.startswith("popen-") else own


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, Chrome or Edge without a window. Where there is none the test fails: it is never skipped."""
    path = find_chromium()
    if path is None:
        pytest.fail("No Chromium, Chrome or Edge found: install one, or set STORYBOOK_CHROMIUM to its path.")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        yield chromium
        chromium.close()


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> Scheduling:
    """Tests that share a costly beginning (a filled demo, a wheel) go to one process; all else to whichever is free."""
    return Together(config, log)


class Together(LoadScopeScheduling):
    """Sends the files or folders of ``TOGETHER`` whole, and every other test by itself."""

    def _split_scope(self, nodeid: str) -> str:
        return next((place for place in TOGETHER if nodeid.startswith(place)), nodeid)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Counting lines takes as long as the tests do: where others walk the same lines, nothing is counted."""
    if not _walked_by_others(item):
        return (yield)
    with uncounted():
        return (yield)


def _walked_by_others(item: pytest.Item) -> bool:
    """What a browser drives; what reads our files; what runs on PostgreSQL again; the many examples of a property."""
    kind, again = _kind(item.nodeid), "[postgresql" in item.nodeid
    others = item.nodeid.startswith(WALKED_BY_OTHERS) and item.get_closest_marker("counted") is None
    many = is_hypothesis_test(getattr(item, "obj", None))
    return kind in ("browser", "house") or again or others or many or enough_cases(item.nodeid)


def pytest_sessionstart(session: pytest.Session) -> None:
    """Where others run the tests, this process only hears of them: there is nothing to count."""
    if session.config.getoption("numprocesses", None):
        stop_counting()


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """Every process reads the same modules: their lines are counted in the first."""
    with nullcontext() if os.environ.get("PYTEST_XDIST_WORKER", "gw0") == "gw0" else uncounted():
        return (yield)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long begins first, so that no processor waits for it at the end; what a stage makes short, last."""
    items.sort(
        key=lambda item: (item.get_closest_marker("early") is None, bool(item.get_closest_marker("late")))
    )


def _kind(nodeid: str) -> str:
    parts = nodeid.split("/")
    return parts[1] if len(parts) > 2 and parts[1] in KINDS else "house"


def _counts(nodeids: list[str]) -> list[str]:
    by_kind = Counter(_kind(nodeid) for nodeid in nodeids)
    lines = [f"{kind:<12}{by_kind[kind]:>6} passed" for kind in KINDS if by_kind[kind]]
    stored = [nodeid.partition("::")[2] for nodeid in nodeids if _kind(nodeid) == "integration"]
    by_database = Counter(name for test in stored for name in DATABASES if name in test)
    return lines + [f"  on {name:<12}{by_database[name]:>3}" for name in DATABASES if by_database[name]]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Says how many tests of each kind passed."""
    passed = [report.nodeid for report in terminalreporter.stats.get("passed", []) if report.when == "call"]
    terminalreporter.section("tests by kind")
    for line in _counts(passed):
        terminalreporter.write_line(line)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """A run that must be whole (``run.py test``) fails where a test was skipped; what was measured is kept."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter and reporter.stats.get("skipped") and os.environ.get("STORYBOOK_NO_SKIPS"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
    measuring = Coverage.current()
    if measuring and hasattr(session.config, "workerinput"):
        measuring.save()  # now: a worker that is slow to end is killed, and with it what it would save then
