"""The same questions on a server: PostgreSQL holds the rows added up, and gives the same true numbers."""

from __future__ import annotations

import shutil
from random import Random

import psycopg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storybook.linked.asking.finding import added_up, in_files, on_server
from storybook.linked.asking.next_steps import Step, next_steps
from storybook.linked.asking.questions import understand
from storybook.linked.asking.table_query import ask
from storybook.linked.asking.turning import TurningPoint, before_and_after
from storybook.linked.dataset import server, server_rows
from storybook.linked.dataset.datasets import Dataset
from storybook.linked.dataset.mapping import About
from storybook.linked.dataset.tables import parquet
from storybook.linked.suppression.raw import contacts_of, most_of, people_of
from storybook.story.vocabulary_default import default

from .conftest import create_database
from .plain_python import random_enquiry
from .test_linked_answer import FIRST, LAST, LISTS, ROWS, SECTORS, loaded_whole

VOCABULARY = default()
#: What whole quarters do not say.
NOT_IN_QUARTERS = {"kinds": (), "places": (), "age_bands": (), "genders": ()}


@pytest.fixture(scope="module")
def dataset(tmp_path_factory):
    return loaded_whole(tmp_path_factory.mktemp("server"), ROWS, About(sectors=SECTORS))


@pytest.fixture(scope="module")
def connection(postgres_url, dataset):
    with psycopg.connect(create_database(postgres_url, "linked_rows").replace("+psycopg", "")) as opened:
        assert server_rows.put(dataset, opened)
        assert not server_rows.put(dataset, opened)
        yield opened


def numbers(found):
    return {keys: (people_of(raw), contacts_of(raw), most_of(raw)) for keys, raw in found.items()}


def both(dataset, connection, by, where, of):
    asked = understand(dataset, by, where, of, VOCABULARY)
    there = on_server(dataset, connection, asked)
    return numbers(ask(dataset, asked, VOCABULARY.multiple)), numbers(
        ask(dataset, asked, VOCABULARY.multiple, tables=there)
    )


@given(st.integers(0, 10**9))
@settings(max_examples=40)
def test_any_question_has_the_same_true_numbers_on_the_server(dataset, connection, seed):
    chance = Random(seed)
    enquiry = random_enquiry(chance, "rows", LISTS, FIRST, LAST)
    by = ["quarter"] if enquiry.quarterly else []
    by += (
        []
        if enquiry.both
        else chance.sample(("agency", "sector", "kind", "need", "gender"), chance.randrange(3))
    )

    here, there = both(dataset, connection, tuple(by), enquiry.where(), enquiry.of)

    assert there == here


@pytest.mark.exam
def test_a_thousand_questions_have_the_same_true_numbers_on_the_server(dataset, connection):
    inner = test_any_question_has_the_same_true_numbers_on_the_server.hypothesis.inner_test
    for seed in range(1000):
        inner(dataset, connection, seed)


@pytest.mark.parametrize("grain", ["month", "quarter", "year"])
def test_times_are_the_same_from_months_and_from_days(dataset, connection, grain):
    for where in ((), (("from", "2015-05-09"),), (("year", "2016"),)):
        here, there = both(dataset, connection, (grain, "agency"), where, "contacts")
        assert there == here


@pytest.mark.parametrize(
    "where", [(), (("agency", "Jobcentre"),), (("quarter", "2016-Q2"), ("year", "2016")), (("year", "2015"),)]
)
@pytest.mark.parametrize("by", [("agency", "quarter"), ("quarter", "agency")])
def test_what_was_added_up_at_the_load_is_what_the_rows_say(dataset, where, by):
    asked = understand(dataset, by, where, "people", VOCABULARY)

    assert added_up(in_files(dataset, asked, by), dataset, asked, by)
    here = numbers(ask(dataset, asked, VOCABULARY.multiple))
    assert here == numbers(ask(dataset, asked, VOCABULARY.multiple, tables=parquet(dataset))) != {}


def test_a_dataset_without_what_was_added_up_is_asked_by_its_rows(dataset, tmp_path):
    older = Dataset(shutil.copytree(dataset.folder, tmp_path / "older"), dataset.manifest)
    (older.folder / "quarters.parquet").unlink()
    (older.folder / "by_quarter.parquet").unlink()
    asked = understand(dataset, ("agency", "quarter"), (), "people", VOCABULARY)

    assert added_up(in_files(older, asked, asked.by), older, asked, asked.by) is None
    assert numbers(ask(older, asked, VOCABULARY.multiple)) == numbers(
        ask(dataset, asked, VOCABULARY.multiple)
    )


def test_a_question_goes_to_the_rows_that_are_added_up_as_far_as_it_allows(dataset, connection):
    quarters = understand(
        dataset, ("agency",), (("quarter", "2016-Q2"), ("need", "offending")), "people", VOCABULARY
    )
    months = understand(dataset, ("kind",), (("quarter", "2016-Q2"),), "people", VOCABULARY)
    cut = understand(dataset, (), (("to", "2016-04-09"),), "people", VOCABULARY)

    assert on_server(dataset, connection, quarters).contacts.endswith(".quarters")
    assert on_server(dataset, connection, months).contacts.endswith(".months")
    assert on_server(dataset, connection, cut).contacts.endswith(".contacts")
    assert on_server(dataset, connection, None).contacts.endswith(".contacts")


@given(st.integers(0, 10**9))
@settings(max_examples=40)
def test_what_was_added_up_by_quarter_gives_the_numbers_of_the_rows(dataset, seed):
    chance = Random(seed)
    by = [chance.choice(times) for times in (("agency", "sector"), ("need",), ("quarter", "year"))]
    by = tuple(chance.sample(by, chance.randrange(4)))
    enquiry = random_enquiry(chance, "rows", {**LISTS, **NOT_IN_QUARTERS}, FIRST, LAST)
    where = [pair for pair in enquiry.where() if pair[0] not in ("from", "to")]
    where += [("year", "2016")] if chance.random() < 0.3 else []
    asked = understand(dataset, () if enquiry.both else by, where, enquiry.of, VOCABULARY)

    quick = in_files(dataset, asked, asked.by)
    assert quick.made
    assert numbers(ask(dataset, asked, VOCABULARY.multiple, tables=quick)) == numbers(
        ask(dataset, asked, VOCABULARY.multiple, tables=parquet(dataset))
    )


def test_what_came_next_is_the_same_on_the_server(dataset, connection):
    there = on_server(dataset, connection, None)
    for steps in ((Step("Jobcentre"),), (Step("City Police", "arrest"), Step("Jobcentre", "visit"))):
        assert next_steps(dataset, steps, there) == next_steps(dataset, steps)
    for point in (TurningPoint(agency="City Police"), TurningPoint(sector="police", kind="visit")):
        assert before_and_after(dataset, point, 90, "agency", there) == before_and_after(
            dataset, point, 90, "agency"
        )


def test_the_schema_is_a_name_that_needs_no_quotation_marks(dataset):
    assert server.schema_of(dataset).replace("_", "").isalnum()
    assert len(server.schema_of(dataset)) <= 63


def test_rows_are_added_up(dataset, connection):
    with connection.cursor() as cursor:
        schema = server.schema_of(dataset)
        days = cursor.execute(f"SELECT count(*), sum(made) FROM {schema}.contacts").fetchone()
        months = cursor.execute(f"SELECT count(*), sum(made) FROM {schema}.months").fetchone()

    assert days[1] == months[1] == dataset.manifest.rows == len(ROWS)
    assert months[0] < days[0] <= dataset.manifest.rows
