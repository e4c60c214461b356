"""A request that names a host which this site is not gets nothing, and no address that we write repeats such a name."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from storybook import app as program
from storybook.settings import Settings
from storybook.web.hosts import Hosts
from tests.web.conftest import SLUG, World

EVIL = "http://evil.example/"


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "LOCALHOST:5133",
        "localhost.",
        "a.localhost",
        "127.0.0.1:80",
        "[::1]:5133",
        "[::1]",
        "192.0.2.7",
    ],
)
def test_where_no_name_is_set_this_machine_s_own_and_any_number_will_do(host: str) -> None:
    assert Hosts().known(host)


@pytest.mark.parametrize(
    "host",
    [
        "",
        "evil.example",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "localhost@evil.example",
        "127.1",
        "0x7f.1",
    ],
)
def test_any_other_name_will_not(host: str) -> None:
    assert not Hosts().known(host)


def test_where_a_name_is_set_only_that_and_this_machine_will_do() -> None:
    hosts = Hosts(frozenset({"stories.example"}), numbers=False)
    known = ("stories.example", "Stories.Example:443", "127.0.0.1:5000", "localhost", "[::1]")
    assert [hosts.known(host) for host in known] == [True] * 5
    assert [hosts.known(host) for host in ("192.0.2.7", "a.stories.example", "example")] == [False] * 3


@pytest.mark.parametrize(
    "address",
    [
        "/",
        f"/editions/{SLUG}/",
        f"/editions/{SLUG}",
        f"/oembed?url={EVIL}editions/{SLUG}/",
        "/stop/",
        "/sign-in/",
        "/nowhere",
    ],
)
def test_nothing_is_said_or_sent_elsewhere_under_another_name(world: World, address: str) -> None:
    world.to_published()
    answer = world.client().get(address, base_url=EVIL)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (400, "private, no-store")
    assert "evil.example" not in answer.text + str(answer.headers)
    assert "Ann" not in answer.text


def test_nothing_is_done_under_another_name(world: World) -> None:
    world.to_published()
    assert world.client().post("/stop/", data={"code": "7KQM"}, base_url=EVIL).status_code == 400
    assert world.client("worker").get(f"/stories/{SLUG}/", base_url=EVIL).status_code == 400


def test_whoever_watches_over_the_server_may_use_any_name(world: World) -> None:
    assert world.client().get("/healthz", base_url="http://10-0-0-7.pod/").status_code == 200


def test_the_log_says_once_where_names_are_set_and_never_which_was_asked_for(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING, "storybook.web.hosts"):
        for _ in range(3):
            world.client().get("/", base_url=EVIL)
    said = [record.getMessage() for record in caplog.records]
    assert said == ["a name was asked for that is not this site's: STORYBOOK_HOSTS says which are"]


def test_the_settings_say_which_names(tmp_path: Path) -> None:
    named = program._hosts(Settings(home=tmp_path, public_url="https://stories.example", hosts="b.internal"))
    assert named == Hosts(frozenset({"stories.example", "b.internal"}), numbers=False)
    local = program._hosts(Settings(home=tmp_path, host="stories.lan"))
    assert (local.known("stories.lan"), local.known("10.0.0.7"), local.known("evil.example")) == (
        True,
        True,
        False,
    )
