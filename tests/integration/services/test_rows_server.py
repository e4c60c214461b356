"""Agencies' rows on a server: the same answers from there, a whole version or none, gone with their agreement."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from itertools import count as numbers

import psycopg
import pytest

from storybook.linked.asking.enquiry import Enquiry
from storybook.linked.asking.next_steps import Step
from storybook.linked.asking.turning import TurningPoint
from storybook.linked.dataset.mapping import ColumnMapping, Terms, Wishes
from storybook.linked.dataset.server_rows import put, there
from storybook.services.context import Actor, Context
from storybook.services.data.ask import ask
from storybook.services.data.datasets import opened
from storybook.services.data.demand import demand_behind
from storybook.services.data.happened_next import around, what_came_next
from storybook.services.data.rows import count_data, load_data
from storybook.services.data.rows_server import (
    on_server,
    put_on_server,
    sweep_server,
    take_off_server,
    where_counted,
)
from storybook.services.errors import NotAllowed
from storybook.services.permissions import SiteRole
from storybook.services.worker import work
from storybook.story.ids import new_id
from storybook.story.model import Agency, Story
from storybook.story.problems import Problems
from tests.integration.conftest import create_database

ANALYST = Actor(new_id(), "Ana", frozenset({SiteRole.ANALYST}))
WORKER = Actor(new_id(), "Wes", frozenset({SiteRole.WORKER}))
CARD = Enquiry(dataset="trial", agencies=("Shelter",), quarterly=True)
STORY = Story(
    slug="ann",
    title="Ann",
    fictional=True,
    dataset="trial",
    agencies=(Agency(ref="a", name="A", sector="housing", dataset_agency="Shelter", question=""),),
)
NOBODY_THERE = "postgresql://nobody@127.0.0.1:1/rows"
_NUMBERS = numbers(1)


@pytest.fixture
def database():
    return "sqlite"  # where stories are has nothing to do with it


@pytest.fixture
def rows_url(postgres_url):
    return create_database(postgres_url, f"rows_{next(_NUMBERS)}").replace("+psycopg", "")


@pytest.fixture
def served(ctx, rows_url):
    found = ctx.with_rows(rows_url)
    yield found
    found.rows.close()


def fill(ctx, tmp_path, *, people=30, ends=None, name="trial"):
    rows = [f"p{n},201{6 + n % 2}-0{n % 9 + 1}-03,Shelter,visit" for n in range(people)]
    rows += [f"p{n},2017-1{n % 3}-09,Surgery,call" for n in range(people - 5)]
    path = tmp_path / f"rows{people}.csv"
    path.write_text("\n".join(["client,day,service,what", *rows]) + "\n")
    mapping = ColumnMapping(person="client", date="day", agency="service", kind="what")
    terms = Terms(partner="Shelter", agreement="A1", ends=ends)
    load_data(ctx, ANALYST, name, [path], mapping, wishes=Wishes(terms=terms))
    return ctx


def send(ctx, name="trial", told=lambda _done, _of: None):
    return put_on_server(ctx, ANALYST, name, told)


def said(ctx):
    return str(where_counted(ctx, ANALYST, "trial"))


def answers(ctx):
    """Everything that is ever asked: a card, a table, lanes, what came next, before and after."""
    return (
        ask(ctx, ANALYST, CARD).to_json(),
        ask(ctx, ANALYST, Enquiry(dataset="trial", of="contacts", first=dt.date(2016, 3, 3))).to_json(),
        count_data(ctx, ANALYST, "trial", by=("kind", "month")).to_json(),
        demand_behind(ctx, STORY).agencies["a"],
        what_came_next(ctx, ANALYST, "trial", (Step("Shelter"),)),
        around(ctx, ANALYST, "trial", TurningPoint(agency="Shelter"), days=90, by="agency"),
    )


def schemas(url):
    with psycopg.connect(url) as connection:
        found = connection.execute(
            "SELECT schema_name FROM information_schema.schemata WHERE schema_name LIKE 'storybook%' ORDER BY 1"
        )
        return [name for (name,) in found]


def test_what_is_on_the_server_answers_everything_without_the_files(served, tmp_path):
    fill(served, tmp_path)
    by_files = answers(served)
    assert said(served) == (
        "Counted from the files here: the server does not have these rows yet. The numbers are the same."
    )

    assert send(served)
    for path in opened(served, "trial").folder.glob("*.parquet"):
        path.unlink()

    assert said(served) == "Counted on the server, which has the same rows."
    assert answers(served) == by_files
    assert not send(served)


def test_without_a_server_nothing_is_said_of_one(ctx, tmp_path):
    fill(ctx, tmp_path)

    assert where_counted(ctx, ANALYST, "trial") is None
    assert sweep_server(ctx) == 0
    with pytest.raises(Problems, match="no server is set for agencies' rows; set STORYBOOK_ROWS_URL"):
        send(ctx)


def test_rows_that_come_in_take_the_older_ones_off_the_server_until_they_are_put_there(
    served, rows_url, tmp_path
):
    fill(served, tmp_path)
    send(served)
    before = schemas(rows_url)

    fill(served, tmp_path, people=40)

    assert schemas(rows_url) == ["storybook_rows"]
    assert "does not have these rows yet" in said(served)
    by_files = answers(served)
    send(served)
    assert len(schemas(rows_url)) == len(before) == 2
    assert schemas(rows_url) != before
    assert answers(served) == by_files


def test_stopped_at_any_step_the_server_has_what_it_had(served, rows_url, tmp_path):
    fill(served, tmp_path)
    send(served)
    # As it is where the older version could not be taken off: the server was away while the rows came in.
    fill(replace(served, rows=None), tmp_path, people=40)
    before, steps = schemas(rows_url), []

    for stop in (0, 1, 7, 13):
        with pytest.raises(InterruptedError):
            send(served, told=lambda done, _of, stop=stop: _stop() if done == stop else None)
        assert schemas(rows_url) == before
        assert [one.current for one in on_server(served, ANALYST)] == [False]

    send(served, told=lambda done, of: steps.append((done, of)))
    assert steps == [(done, len(steps)) for done in range(len(steps))]
    assert [one.current for one in on_server(served, ANALYST)] == [True]


def _stop():
    raise InterruptedError


def test_from_the_day_after_an_agreement_ends_its_rows_are_on_no_server(served, rows_url, tmp_path, clock):
    fill(served, tmp_path, ends=clock.now().date() + dt.timedelta(days=1))
    send(served)
    (one,) = on_server(served, ANALYST)
    assert one.there.agreement_ends == clock.now().date() + dt.timedelta(days=1)
    clock.advance(dt.timedelta(days=1))
    work(served, over=_Over(), once=True)
    assert len(schemas(rows_url)) == 2

    clock.advance(dt.timedelta(days=1))
    with pytest.raises(Problems, match="nothing may be asked"):
        ask(served, ANALYST, CARD)
    with pytest.raises(Problems, match="nothing may be asked"):
        send(served)
    work(served, over=_Over(), once=True)

    assert schemas(rows_url) == ["storybook_rows"]
    assert on_server(served, ANALYST) == ()


class _Over:
    def is_set(self):
        return False


def test_the_server_says_where_its_rows_come_from(served, tmp_path, clock):
    fill(served, tmp_path)
    send(served)

    (one,) = on_server(served, ANALYST)
    manifest = opened(served, "trial").manifest
    (part,) = one.there.provenance
    assert (one.there.dataset, one.there.version, one.there.rows) == ("trial", manifest.version, 55)
    assert one.there.put_at == clock.now()
    assert (part["partner"], part["agreement"], part["rows"]) == ("Shelter", "A1", 55)
    assert part["sources"][0]["sha256"] == manifest.sources[0].sha256


@pytest.mark.exam
def test_rows_are_taken_off_on_request_and_the_files_answer(served, rows_url, tmp_path):
    fill(served, tmp_path)
    by_files = answers(served)
    send(served)

    assert take_off_server(served, ANALYST, "trial")
    assert not take_off_server(served, ANALYST, "trial")
    assert schemas(rows_url) == ["storybook_rows"]
    assert answers(served) == by_files


@pytest.mark.exam
def test_another_home_on_the_same_server_is_left_alone(served, rows_url, tmp_path, clock):
    fill(served, tmp_path)
    send(served)
    other = Context.open(tmp_path / "other", clock=clock).with_rows(rows_url)

    assert on_server(other, ANALYST) == ()
    assert sweep_server(other) == 0
    fill(other, tmp_path, people=20)
    send(other)
    assert take_off_server(other, ANALYST, "trial")
    other.rows.close()
    other.close()

    assert said(served) == "Counted on the server, which has the same rows."


def test_a_server_that_is_away_is_said_and_the_files_answer(ctx, tmp_path):
    fill(ctx, tmp_path)
    by_files, away = answers(ctx), ctx.with_rows(NOBODY_THERE)

    assert answers(away) == by_files
    assert said(away) == "Counted from the files here: the server can't be reached. The numbers are the same."
    assert sweep_server(away) == 0
    with pytest.raises(Problems, match="see that it runs, and that STORYBOOK_ROWS_URL is its address"):
        send(away)


@pytest.mark.exam
def test_rows_that_go_while_somebody_asks_are_asked_of_the_files(served, rows_url, tmp_path):
    fill(served, tmp_path)
    by_files = answers(served)
    send(served)
    (schema, _) = schemas(rows_url)
    with psycopg.connect(rows_url) as connection:
        connection.execute(f"DROP SCHEMA {schema} CASCADE")

    assert answers(served) == by_files


@pytest.mark.exam
def test_a_connection_that_was_cut_is_opened_again(served, rows_url, tmp_path):
    fill(served, tmp_path)
    send(served)
    with psycopg.connect(rows_url, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )

    assert said(served) == "Counted on the server, which has the same rows."


def test_two_who_put_rows_at_once_are_told(served, tmp_path):
    fill(served, tmp_path)
    with served.rows.lend() as connection:

        def told(done, _of):
            if done == 1:
                with pytest.raises(Problems, match="somebody else puts rows on the server"):
                    send(served)

        put(opened(served, "trial"), connection, told)
        assert len(there(connection, served.rows.home)) == 1


def test_only_who_may_load_rows_puts_them_on_a_server(served, tmp_path):
    fill(served, tmp_path)
    for forbidden in (
        lambda: put_on_server(served, WORKER, "trial", lambda _done, _of: None),
        lambda: take_off_server(served, WORKER, "trial"),
        lambda: on_server(served, WORKER),
        lambda: where_counted(served, WORKER, "trial"),
    ):
        with pytest.raises(NotAllowed):
            forbidden()
