"""``storybook consent``: one last day for every channel, or one for each, and nothing is guessed."""

from __future__ import annotations

import datetime as dt

import pytest
from click import BadParameter, Option

from storybook.cli.common import last_days
from storybook.cli.main import main
from tests.integration.cli_fixtures import run

WHO = ("consent", "ann", "--person", "P1", "--as", "ann@example.org", "--hash", "0" * 12)


def days(*said: str) -> dict[str, dt.date]:
    with main.make_context("storybook", ["consent"], resilient_parsing=True) as ctx:
        return last_days(ctx, Option(["--until"]), said)


def test_a_day_by_itself_is_for_all_and_one_with_a_channel_for_that_one() -> None:
    assert days("2028-03-31", "web=2027-01-02", "team = 2029-05-06") == {
        "": dt.date(2028, 3, 31),
        "web": dt.date(2027, 1, 2),
        "team": dt.date(2029, 5, 6),
    }


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (("soon",), "'soon' is no day: write it as 2028-03-31"),
        (("web=2028-02-30",), "'2028-02-30' is no day"),
        (("web=2028-03-31", "web=2028-04-30"), "'web=2028-04-30' comes second"),
    ],
)
def test_what_is_no_day_or_comes_twice_is_told(said: tuple[str, ...], why: str) -> None:
    with pytest.raises(BadParameter, match=why):
        days(*said)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (("--until", "web=2028-03-31"), "say the last day for team: --until team=YYYY-MM-DD"),
        (
            ("--until", "2028-03-31", "--until", "wbe=2027-01-01"),
            "--until names wbe, but --channel does not.",
        ),
    ],
)
def test_a_channel_without_a_day_and_a_day_without_a_channel_are_told(
    said: tuple[str, ...], why: str
) -> None:
    ran = run(*WHO, "--channel", "web", "--channel", "team", *said)
    assert ran.code == 2
    assert why in ran.err
