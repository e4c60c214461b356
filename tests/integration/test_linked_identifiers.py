"""Columns that say who somebody is: named, left out, found nowhere afterwards; kept only for a reason that stays."""

from __future__ import annotations

import csv
import io

import duckdb
import pytest
import sqlalchemy as sa

from storybook.linked.dataset.mapping import ColumnMapping, Wishes
from storybook.linked.loading.load import load
from storybook.services.context import Actor
from storybook.services.data.rows import load_data
from storybook.store.tables import AuditRow, KeptColumnRow
from storybook.story.problems import Problems

from .identifiers_planted import BY_CONTENT, ROWS
from .linked_rows import CLOCK, PLAIN, load_text, stored

BOSS = Actor.operator()
LEFT = "It was left out."


def table(columns, rows=ROWS) -> str:
    """Rows of contacts with these columns (heading -> value in row n) beside."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["who", "when", "where", *columns])
    for n in range(rows):
        writer.writerow(
            [f"S{n % 13}", f"2016-01-{1 + n % 28:02}", "AB"[n % 2], *(value(n) for value in columns.values())]
        )
    return out.getvalue()


PLANTED = {heading: value for heading, (_, value) in BY_CONTENT.items()}


def test_an_identifier_in_each_of_twenty_columns_is_named_and_found_nowhere(ctx, tmp_path, caplog):
    path = tmp_path / "rows.csv"
    path.write_text(table(PLANTED) + "P9,never,A" + "," * 20 + "\n", encoding="utf-8")

    report = load_data(ctx, BOSS, "rows", [path], PLAIN, wishes=Wishes(load_the_rest=True))

    assert [str(said) for said in report.columns_left_out()] == [
        f'The column "{heading}" looks like {kind}. {LEFT}' for heading, (kind, _) in BY_CONTENT.items()
    ]
    assert (report.rows, report.rejected) == (ROWS, 1)
    files = [file for file in ctx.home.rglob("*") if file.is_file()]
    # A Parquet file is packed: what it holds is looked at unpacked too.
    rows = [duckdb.read_parquet(str(file)).fetchall() for file in files if file.suffix == ".parquet"]
    assert len(rows) >= 3
    kept = b"".join(file.read_bytes() for file in files) + caplog.text.encode() + repr(rows).encode()
    with ctx.read() as session:
        kept += repr(
            [session.execute(sa.select(table)).all() for table in AuditRow.metadata.sorted_tables]
        ).encode()
    values = [value(n) for value in PLANTED.values() for n in range(ROWS)]
    assert [
        value for value in values if value.encode() in kept or value.replace(" ", "").encode() in kept
    ] == []


@pytest.mark.parametrize("heading", sorted(BY_CONTENT))
def test_one_taken_for_a_category_is_left_out_too(tmp_path, heading):
    kind, value = BY_CONTENT[heading]
    mapping = ColumnMapping(person="who", date="when", agency="where", kind=heading, needs=(f"{heading}2",))

    report = load_text(tmp_path, table({heading: value, f"{heading}2": value}), mapping)

    assert [str(said) for said in report.columns_left_out()] == [
        f'The column "{heading}" looks like {kind}. {LEFT}', f'The column "{heading}2" looks like {kind}. {LEFT}'
    ]  # fmt: skip
    assert (report.dataset.manifest.kinds, report.dataset.manifest.needs) == (("",), ())


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Surname", "names"),
        ("key_worker", "names"),
        ("NHS No", "NHS numbers"),
        ("ssn", "National Insurance numbers"),
        ("E-mail", "email addresses"),
        ("Mobile", "phone numbers"),
        ("Postcode", "full postcodes"),
        ("UPRN", "addresses"),
        ("DOB", "dates of birth"),
        ("Passport number", "passports or driving licences"),
        ("Vehicle reg", "number plates"),
        ("Sort code", "bank accounts or cards"),
        ("IP address", "addresses of a computer or phone"),
        ("Facebook", "names or pages on the web"),
        ("Easting", "exact places on a map"),
        ("PNC ID", "numbers of a person's records"),
        ("Case notes", "somebody's notes"),
    ],
)
def test_a_heading_is_enough(tmp_path, heading, kind):
    report = load_text(tmp_path, table({heading: lambda n: "x"}), PLAIN.model_copy(update={"place": heading}))

    assert [str(said) for said in report.columns_left_out()] == [
        f'The column "{heading}" looks like {kind}. {LEFT}'
    ]
    assert report.dataset.manifest.places == ("",)


def test_a_log_of_a_hospital_or_of_fines_has_no_identifier_in_it(tmp_path):
    columns = {
        "Activity": lambda n: ("ER Registration", "IV Liquid", "Leucocytes")[n % 3],
        "Variant": lambda n: f"Variant {n % 63}",
        "Age": lambda n: str(20 + 5 * (n % 14)),
        "CRP": lambda n: f"{n}.0",
        "Infusion": lambda n: "true" if n % 2 else "false",
        "org:group": lambda n: "ABCDE"[n % 5],
        "amount": lambda n: f"{n}.5",
        "expense": lambda n: "11.0" if n % 2 else "",
        "vehicleclass": lambda n: "A",
        "activity_instance_id": str,
        "ward": lambda n: ("Binley and Willenhall", "Lower Stoke", "St Michael's", "Holbrook")[n % 4],
        "outcome": lambda n: ("Did not attend", "Housing First", "Referred on")[n % 3],
        "modified": lambda n: f"2016-02-{1 + n % 28:02} 10:00",
    }

    assert load_text(tmp_path, table(columns)).columns_left_out() == ()


def test_a_column_with_a_value_of_its_own_in_most_rows_is_no_category(tmp_path):
    mapping = PLAIN.model_copy(update={"kind": "ref"})

    report = load_text(tmp_path, table({"ref": lambda n: f"R/{n:05}"}, 1500), mapping)

    assert [str(said) for said in report.columns_left_out()] == [
        'The column "ref" looks like notes or marks of their own, not categories. It was left out.'
    ]
    assert report.dataset.manifest.kinds == ("",)


@pytest.mark.counted
def test_a_needed_column_is_kept_for_a_reason_that_stays_in_the_audit_trail(ctx, tmp_path):
    path = tmp_path / "rows.csv"
    path.write_text(
        "NHS number,when,where\n943 476 5919,2016-01-05,A\n943 476 5870,2016-01-05,B\n", encoding="utf-8"
    )
    mapping = ColumnMapping(person="NHS number", date="when", agency="where")
    why = "The two partners have no other mark in common"

    report = load_data(ctx, BOSS, "rows", [path], mapping, wishes=Wishes(keep={"nhs number": why}))

    assert (report.people, report.part.kept) == (2, ("nhs number",))
    assert [row[0] for row in stored(report.dataset)] in ([1, 2], [2, 1])
    with ctx.read() as session:
        (row,) = session.scalars(sa.select(KeptColumnRow)).all()
        actions = session.scalars(sa.select(AuditRow.action).order_by(AuditRow.id)).all()
    assert (row.actor_id, row.dataset, row.heading, row.reason) == (BOSS.id, "rows", "nhs number", why)
    assert actions == ["keep a column that identifies", "load data"]
    everything = b"".join(file.read_bytes() for file in (ctx.home / "data").rglob("*") if file.is_file())
    assert b"943 476" not in everything


@pytest.mark.parametrize(
    ("keep", "said"),
    [
        ({"who": " "}, 'keep:who: there is no reason for keeping "who"; say why it is needed'),
        (
            {"shoe": "because"},
            (
                'keep:shoe: "shoe" is kept for a reason, but it is not among the columns to load; '
                "say what it holds, or do not keep it"
            ),
        ),
    ],
)
def test_a_reason_has_to_be_one(tmp_path, keep, said):
    with pytest.raises(Problems) as caught:
        load_text(tmp_path, table({}), PLAIN, wishes=Wishes(keep=keep))

    assert str(caught.value) == said


@pytest.mark.counted
def test_a_reason_may_not_hold_what_it_is_about(ctx, tmp_path):
    path = tmp_path / "rows.csv"
    path.write_text(table({}), encoding="utf-8")

    with pytest.raises(Problems, match="keep:who: a reason holds something that says who somebody is"):
        load_data(
            ctx, BOSS, "rows", [path], PLAIN, wishes=Wishes(keep={"who": "asked for by jo@example.org"})
        )


def test_free_words_are_never_loaded_whatever_the_reason(tmp_path):
    _, value = BY_CONTENT["t"]
    mapping = PLAIN.model_copy(update={"kind": "said"})

    with pytest.raises(Problems) as caught:
        load_text(tmp_path, table({"said": value}), mapping, wishes=Wishes(keep={"said": "it is vivid"}))

    assert str(caught.value) == (
        'rows.csv:said: the column "said" holds somebody\'s own words, which are never loaded; leave it out'
    )


@pytest.mark.counted
def test_a_file_without_headings_is_told_without_repeating_a_row(tmp_path):
    path = tmp_path / "rows.csv"
    path.write_text("Mary Brown,2016-01-05,Shelter\nAnn Jones,2016-01-06,Shelter\n", encoding="utf-8")

    with pytest.raises(Problems) as caught:
        load(tmp_path / "data", "rows", [path], PLAIN, CLOCK)

    assert str(caught.value) == (
        "rows.csv:1: this file has no line of headings; put the names of the columns in the first line"
    )


def test_ages_become_bands_and_gender_is_kept_as_it_was_given(tmp_path):
    columns = {
        "age": lambda n: ("17", "34", "92", "50 to 59", "41.0", "")[n % 6],
        "sex": lambda n: ("F", "M", "")[n % 3],
    }
    mapping = PLAIN.model_copy(update={"age_band": "age", "gender": "sex"})

    dataset = load_text(tmp_path, table(columns), mapping).dataset

    assert dataset.manifest.age_bands == ("", "30 to 39", "40 to 49", "50 to 59", "90 or over", "under 18")
    assert dataset.manifest.genders == ("", "F", "M")
    assert duckdb.sql(f"SELECT DISTINCT age_band, gender FROM '{dataset.contacts}' ORDER BY ALL").fetchall() == [
        ("", ""), ("30 to 39", "M"), ("40 to 49", "M"), ("50 to 59", "F"), ("90 or over", ""), ("under 18", "F")
    ]  # fmt: skip
