"""Settings come from the environment only, and say in plain words what can't be used."""

from __future__ import annotations

from pathlib import Path

import pytest

from storybook import settings
from storybook.settings import Settings, SettingsError, load


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"STORYBOOK_{name.upper()}", raising=False)


@pytest.fixture
def _installed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(settings, "CLONE", tmp_path)


def test_with_nothing_set_it_listens_on_this_machine_only_and_keeps_things_in_the_home() -> None:
    found = load()
    assert (found.host, found.port, found.database_url, found.public_url) == ("127.0.0.1", 5000, None, None)
    assert found.home == settings.default_home()
    assert (found.keys, found.datasets) == (found.home / "keys", found.home / "data")
    assert not found.behind_https


def test_each_is_read_from_its_variable(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("STORYBOOK_HOME", str(tmp_path))
    monkeypatch.setenv("STORYBOOK_PORT", "5099")
    monkeypatch.setenv("STORYBOOK_PUBLIC_URL", "https://stories.example.org")
    found = load()
    assert (found.home, found.port, found.behind_https) == (tmp_path, 5099, True)


def test_the_names_of_the_site_are_those_that_were_set_and_the_public_address_s(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert load().named_hosts == frozenset()
    monkeypatch.setenv("STORYBOOK_HOSTS", "Stories.internal, stories2.internal,")
    monkeypatch.setenv("STORYBOOK_PUBLIC_URL", "https://stories.example.org:8443")
    assert load().named_hosts == {"stories.internal", "stories2.internal", "stories.example.org"}


def test_the_second_lists_lie_outside_the_home_in_a_folder_of_its_own(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    one, two = Settings(home=tmp_path / "one"), Settings(home=tmp_path / "two")
    assert not one.apart_folder.is_relative_to(one.home)
    assert one.apart_folder != two.apart_folder
    monkeypatch.setenv("STORYBOOK_APART", str(tmp_path / "apart"))
    assert load().apart_folder.parent == tmp_path / "apart"


def test_an_empty_variable_is_as_good_as_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STORYBOOK_PORT", "")
    assert load().port == 5000


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_a_postgresql_address_gets_the_driver_that_we_ship(
    monkeypatch: pytest.MonkeyPatch, scheme: str
) -> None:
    monkeypatch.setenv("STORYBOOK_DATABASE_URL", f"{scheme}://u:p@db/stories")
    assert load().database_url == "postgresql+psycopg://u:p@db/stories"


def test_rows_are_asked_on_postgresql_or_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STORYBOOK_ROWS_URL", "postgres://u:p@db/rows")
    assert load().rows_url == "postgresql+psycopg://u:p@db/rows"
    monkeypatch.setenv("STORYBOOK_ROWS_URL", "sqlite:///rows.db")
    with pytest.raises(SettingsError, match="STORYBOOK_ROWS_URL can't be used as it is"):
        load()


def test_everything_wrong_is_told_at_once_and_no_value_is_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STORYBOOK_PORT", "70000")
    monkeypatch.setenv("STORYBOOK_DATABASE_URL", "mysql://u:secret@db/x")
    with pytest.raises(SettingsError) as caught:
        load()
    database, port = str(caught.value).splitlines()
    assert database == (
        "STORYBOOK_DATABASE_URL can't be used as it is. Where stories are kept, if not in the home: "
        "the address of a PostgreSQL database. For example: postgresql://user:password@host/storybook"
    )
    assert port == (
        "STORYBOOK_PORT can't be used as it is. Port to listen on; 0 takes any free one. "
        "A whole number, 0 to 65535. For example: 5000"
    )


def test_in_a_clone_everything_is_found_in_the_tree() -> None:
    found, root = load(), Path(settings.__file__).resolve().parents[1]
    assert (found.templates, found.static, found.example_stories, found.exports_folder) == (
        root / "templates",
        root / "static",
        root / "stories",
        root / "exports",
    )


@pytest.mark.usefixtures("_installed")
def test_installed_from_a_wheel_everything_is_found_in_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STORYBOOK_HOME", "/srv/stories")
    found, package = load(), Path(settings.__file__).resolve().parent
    assert (found.templates, found.static, found.example_stories, found.exports_folder) == (
        package / "_data" / "templates",
        package / "_data" / "static",
        package / "_data" / "stories",
        Path("/srv/stories").absolute() / "exports",
    )


def test_a_folder_for_exports_of_ones_own_wins(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("STORYBOOK_EXPORTS", str(tmp_path / "out"))
    assert load().exports_folder == tmp_path / "out"


def test_the_reference_names_every_setting() -> None:
    page = settings.reference()
    assert [name for name in Settings.model_fields if f"`STORYBOOK_{name.upper()}`" not in page] == []
    assert "| `STORYBOOK_PORT` | `5000` | Port to listen on; 0 takes any free one. | `5000` |" in page
