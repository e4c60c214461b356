"""Settings, services and site put together; the one file's making; the documents made from tables."""

from __future__ import annotations

import re
import runpy
import sys
from pathlib import Path
from typing import Any

import pytest

from storybook import app as program
from storybook.services.editions.shown import open_edition
from storybook.settings import CLONE, Settings
from storybook.story.clock import FixedClock
from storybook.web.assets import safe_in_style
from storybook.web.compression import KEPT, _Kept
from storybook.web.editions.one_file import OneFile, _safe_in_script
from storybook.web.stories.date_field import as_edtf, as_written
from storybook.web.words import day, say_any
from tests.web.conftest import NOON, SLUG, World


def test_the_program_is_put_together_from_the_settings(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "home", public_url="https://stories.example")
    made = program.create_app(settings, demo=True)
    assert made.config["SESSION_COOKIE_SECURE"] is True
    assert made.config["STORYBOOK_DEMO"] is True
    assert made.test_client().get("/healthz").status_code == 200
    made.extensions["storybook"].close()


def test_sessions_outlive_a_restart(tmp_path: Path) -> None:
    secrets = []
    for _ in range(2):
        made = program.create_app(Settings(home=tmp_path / "home"))
        secrets.append((made.config["SECRET_KEY"], made.config["SECURITY_PASSWORD_SALT"]))
        made.extensions["storybook"].close()
    assert secrets[0] == secrets[1]
    assert secrets[0][0] != secrets[0][1]
    assert len(secrets[0][0]) >= 43


def test_it_is_served_as_the_settings_say(
    tmp_path: Path, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    served: dict[str, Any] = {}
    monkeypatch.setattr(program.waitress, "serve", lambda app, **options: served.update(options, app=app))
    program.serve(Settings(home=tmp_path, port=5099, threads=48), ctx=world.ctx)
    assert (served["host"], served["port"], served["threads"]) == ("127.0.0.1", 5099, 48)
    assert (served["connection_limit"], served["ident"], served["url_scheme"]) == (1000, None, "http")


def test_one_file_holds_the_story_its_last_day_and_no_address_to_fetch(world: World) -> None:
    world.to_published()
    edition = open_edition(world.ctx, SLUG).edition
    assert edition is not None
    page = OneFile(CLONE / "templates", CLONE / "static")(edition).decode()
    assert "Ann’s way home" in page
    assert "Nobody in this story is a real person." in page
    assert 'data-last-day="2027-11-22"' in page
    assert "This file closes itself after 22 November 2027." in page
    assert (
        re.findall(r'(?:src|href)="(?!#)[^"]*"', re.sub(r"<script>.*?</script>", "", page, flags=re.DOTALL))
        == []
    )
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]+)"', page)
    assert "unsafe" not in policy


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ('x="</script>"', r'x="\x3c/script>"'),
        ("a<b", "a<b"),
        ('"<!-- <ScRiPt"', r'"\x3c!-- \x3cScRiPt"'),
        ("", ""),
    ],
)
def test_a_script_can_not_end_its_own_element(text: str, safe: str) -> None:
    assert _safe_in_script(text) == safe


def test_a_style_can_not_end_its_own_element() -> None:
    assert safe_in_style('a::after{content:"</style>"}') == 'a::after{content:"<\\/style>"}'


def test_words_for_nothing_are_empty() -> None:
    assert (day(None), say_any(None), say_any("as it is")) == ("", "", "as it is")
    assert day(FixedClock(NOON).now()) == "22 November 2026"


def test_the_access_document_is_printed(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, "storybook.web.access")
    runpy.run_module("storybook.web.access", run_name="__main__")
    assert capsys.readouterr().out == (CLONE / "docs" / "access.md").read_text("utf-8")


def test_only_so_many_compressed_files_are_kept() -> None:
    kept = _Kept()
    for number in range(KEPT + 1):
        kept.set(f"br;static /static/{number}.js?", b"x")
    kept.set("br;page", b"never kept")
    assert kept.get("br;static /static/0.js?") is None
    assert kept.get(f"br;static /static/{KEPT}.js?") == b"x"
    assert kept.get("br;page") is None


@pytest.mark.parametrize(
    ("edtf", "shown"),
    [
        ("", ""),
        ("..", "ongoing"),
        ("2017-03", "March 2017"),
        ("2016-21", "spring 2016"),
        ("2017-03-12", "12 March 2017"),
        ("rubbish", "rubbish"),
    ],
)
def test_a_stored_date_is_shown_as_it_may_be_typed_again(edtf: str, shown: str) -> None:
    assert as_written(edtf) == shown
    if shown and edtf not in ("..", "rubbish"):
        assert as_edtf(shown, "") == (edtf, "", [])
