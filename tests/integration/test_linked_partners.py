"""Whose rows, under which agreement: partners add to a dataset, put their own period right, and leave when it ends."""

from __future__ import annotations

import datetime as dt

import duckdb
import pytest

from storybook.linked.asking.count import count
from storybook.linked.dataset.datasets import dataset_names, known_datasets, open_dataset
from storybook.linked.dataset.mapping import Terms, Wishes
from storybook.services.context import Actor
from storybook.services.data.ask import what_can_be_asked
from storybook.services.data.demand import demand_behind
from storybook.services.data.rows import count_data, list_datasets, load_data
from storybook.story.model import Agency, Story
from storybook.story.problems import Problems

from .linked_rows import ANN_TO_DEE, KEY, MAPPING, contacts, lives, send, write

BOSS = Actor.operator()


def test_another_partners_rows_come_beside_and_the_same_people_are_known_again(tmp_path):
    send(tmp_path, contacts(ANN_TO_DEE, "2016-01-05", "Police", "offending"))

    dataset = send(
        tmp_path, contacts(("cat", "dee", "eve"), "2016-02-05", "Shelter", "homelessness"), "add", "Housing"
    ).dataset

    police, shelter = ("2016-01-05", "Police"), ("2016-02-05", "Shelter")
    assert lives(dataset) == [[police], [police], [police, shelter], [police, shelter], [shelter]]
    manifest = dataset.manifest
    assert (manifest.people, manifest.rows, manifest.agencies) == (5, 7, ("Police", "Shelter"))
    assert manifest.partners == ("Housing", "Police")
    assert [(part.partner, part.rows, str(part.first)) for part in manifest.parts] == [
        ("Police", 4, "2016-01-05"), ("Housing", 3, "2016-02-05")
    ]  # fmt: skip
    needs = duckdb.sql(f"SELECT need, count(*) FROM '{dataset.needs}' GROUP BY need ORDER BY need").fetchall()
    assert needs == [("homelessness", 3), ("offending", 4)]


def test_a_partners_period_is_put_right_and_everything_else_stays(tmp_path):
    send(
        tmp_path,
        [
            *contacts(ANN_TO_DEE, "2016-01-05", "Police", "offending"),
            *contacts(["ann"], "2016-03-01", "Police"),
        ],
    )
    send(tmp_path, contacts(("ann", "eve"), "2016-01-06", "Shelter"), "add", "Housing")

    right = [*contacts(["bob"], "2016-01-05", "Police"), *contacts(["bob"], "2016-01-31", "Court")]
    dataset = send(tmp_path, right, "period").dataset

    assert lives(dataset) == [
        [("2016-01-05", "Police"), ("2016-01-31", "Court")],
        [("2016-01-06", "Shelter")],
        [("2016-01-06", "Shelter"), ("2016-03-01", "Police")],
    ]
    assert [(part.partner, part.rows) for part in dataset.manifest.parts] == [
        ("Police", 1),
        ("Housing", 2),
        ("Police", 2),
    ]
    assert duckdb.sql(f"SELECT count(*) FROM '{dataset.needs}'").fetchall() == [
        (1,)
    ]  # ann's, from a row that stayed


def test_numbers_of_people_are_new_each_time_and_no_mark_is_kept(tmp_path):
    people = [f"secret-{n}" for n in range(300)]
    first = send(tmp_path, contacts(people, "2016-01-05", "Police")).dataset
    again = send(tmp_path, contacts(people, "2016-01-06", "Shelter"), "add", "Housing").dataset

    links = [
        dict(duckdb.sql(f"SELECT token, person FROM '{one.folder}/link/people.parquet'").fetchall())
        for one in (first, again)
    ]
    assert links[0].keys() == links[1].keys()
    assert links[0] != links[1]
    everything = b"".join(file.read_bytes() for file in (tmp_path / "data").rglob("*") if file.is_file())
    assert b"secret" not in everything
    assert KEY.encode() not in everything


def test_nothing_is_added_to_rows_of_nobody_in_particular(tmp_path):
    send(tmp_path, contacts(ANN_TO_DEE, "2016-01-05", "Police"), key="")

    with pytest.raises(Problems) as caught:
        send(tmp_path, contacts(ANN_TO_DEE, "2016-02-05", "Police"), "add")

    assert str(caught.value) == (
        'nothing can be added to "rows": it was loaded without saying which partner gave the rows; load all its files '
        "again, and say which partner gave them"
    )


def test_rows_for_a_dataset_that_is_not_there_yet_make_it(tmp_path):
    assert send(tmp_path, contacts(ANN_TO_DEE, "2016-01-05", "Police"), "add").people == 4


def test_after_the_agreements_last_day_nothing_is_answered_anywhere(ctx, clock, tmp_path):
    rows = [(f"p{n}", "2016-01-05", "Police", "visit", "W", "") for n in range(30)]
    last = clock.now().date() + dt.timedelta(days=2)
    wishes = Wishes(terms=Terms(partner="Police", agreement="DSA 7", ends=last))
    load_data(ctx, BOSS, "rows", [write(tmp_path / "rows.csv", rows)], MAPPING, wishes=wishes)
    story = Story(
        slug="s", title="S", dataset="rows",
        agencies=(Agency(ref="police", name="Police", sector="police", dataset_agency="Police"),),
    )  # fmt: skip

    clock.advance(dt.timedelta(days=2))
    assert count_data(ctx, BOSS, "rows", by=("agency",))[0].figure.value == 30
    assert list(demand_behind(ctx, story).lanes) == ["police"]

    clock.advance(dt.timedelta(days=1))
    for ask in (count_data, what_can_be_asked):
        with pytest.raises(Problems) as caught:
            ask(ctx, BOSS, "rows")
        assert str(caught.value) == (
            f'the agreement for "rows" ended on {last}, so nothing may be asked of it; '
            "load it again under a new agreement"
        )
    assert demand_behind(ctx, story).lanes == {}
    assert [(one.name, one.parts[0].agreement) for one in list_datasets(ctx, BOSS)] == [("rows", "DSA 7")]
    assert dataset_names(ctx.data_root, clock.now().date()) == ()


def test_whoever_opens_a_dataset_without_saying_the_day_is_asked_for_today(tmp_path):
    send(tmp_path, contacts(ANN_TO_DEE, "2016-01-05", "Police"), terms={"ends": dt.date(2020, 1, 1)})

    with pytest.raises(Problems, match="ended on 2020-01-01"):
        open_dataset(tmp_path / "data", "rows")
    assert (
        count(open_dataset(tmp_path / "data", "rows", dt.date(2020, 1, 1)), ())[0].figure.state
        == "suppressed"
    )
    assert [one.name for one in known_datasets(tmp_path / "data")] == ["rows"]


def test_the_earliest_end_among_partners_counts_until_that_partners_rows_are_renewed(tmp_path):
    send(tmp_path, contacts(ANN_TO_DEE, "2016-01-05", "Police"), terms={"ends": dt.date(2027, 1, 1)})
    both = send(
        tmp_path,
        contacts(["eve"], "2016-02-05", "Shelter"),
        "add",
        "Housing",
        terms={"ends": dt.date(2026, 6, 1)},
    )
    assert both.dataset.manifest.agreement_ends == dt.date(2026, 6, 1)

    renewed = send(
        tmp_path,
        contacts(["eve"], "2016-02-05", "Shelter"),
        "period",
        "Housing",
        terms={"ends": dt.date(2028, 6, 1)},
    )
    assert renewed.dataset.manifest.agreement_ends == dt.date(2027, 1, 1)


@pytest.mark.parametrize(
    ("wishes", "said"),
    [
        (
            Wishes(terms=Terms(partner="Police", ends=dt.date(2026, 3, 1))),
            "ends: this agreement has ended already, on 2026-03-01; give a day to come",
        ),
        (Wishes(mode="add"), "partner: it is not said which partner gave these rows; name the partner"),
    ],
)
def test_terms_that_make_no_sense_are_told(ctx, tmp_path, wishes, said):
    with pytest.raises(Problems) as caught:
        load_data(
            ctx,
            BOSS,
            "rows",
            [write(tmp_path / "rows.csv", contacts(["a"], "2016-01-05", "A"))],
            MAPPING,
            wishes=wishes,
        )

    assert str(caught.value) == said


def test_a_check_says_what_would_come_in_and_keeps_nothing(tmp_path):
    report = send(tmp_path, contacts(ANN_TO_DEE, "2016-01-05", "Police"), publish=False)

    assert str(report.sentences()[0]) == "4 people, 4 rows, 1 agency, from 5 January 2016 to 5 January 2016"
    assert list((tmp_path / "data").iterdir()) == []
