"""Every count equals one made by hand and put through the rule; no question makes a small number or a person appear."""

from __future__ import annotations

import datetime as dt
import json
import re
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storybook.linked.asking import grid
from storybook.linked.asking.count import count
from storybook.linked.dataset.mapping import About, Absence
from storybook.linked.suppression.figures import Count, StructuralZero, Suppressed, Unknown
from storybook.linked.suppression.rules import DEFAULT, NHS
from storybook.story.dates import in_words
from storybook.story.problems import Problems

from .linked_rows import by_hand, loaded, quarter, ruled

AGENCIES = ("Jobcentre", "City Police", 'St Mary\'s; "Crisis"', "Small Charity")
KINDS = ("visit", "arrest", "")
WARDS = ("Ward 1", "Ward 2", "Ward 3")
NEEDS = ("homelessness", "offending", "drug-alcohol", "childhood")


def some_rows(number=1500, people=140):
    chance = Random(7)
    ward = {person: chance.choice(WARDS) for person in range(people)}
    needs = {person: ";".join(need for need in NEEDS if chance.random() < 0.45) for person in range(people)}
    rows = []
    for _ in range(number):
        person = min(int(chance.expovariate(1 / 45)), people - 1)
        day = dt.date(2015, 3, 9) + dt.timedelta(days=chance.randrange(700))
        agency = chance.choices(AGENCIES, (60, 30, 20, 2))[0]
        name = "NA" if person == 0 else f"P{person}"
        rows.append((name, day.isoformat(), agency, chance.choice(KINDS), ward[person], needs[person]))
    return rows


ROWS = some_rows()
DAYS = sorted(row[1] for row in ROWS)
CHOICES = {
    "agency": AGENCIES,
    "kind": KINDS,
    "place": WARDS,
    "need": NEEDS,
    "quarter": tuple(sorted({quarter(day) for day in DAYS})),
    "month": tuple(sorted({day[:7] for day in DAYS})),
    "year": ("2015", "2016", "2017"),
    "multiple": ("yes",),
}
TIMES = ("year", "quarter", "month")


@pytest.fixture(scope="module")
def dataset(tmp_path_factory):
    about = About(sectors={"Jobcentre": "benefits-work", "City Police": "police"})
    return loaded(tmp_path_factory.mktemp("linked"), ROWS, about)


@st.composite
def questions(draw):
    times = draw(st.lists(st.sampled_from(TIMES), max_size=1))
    others = draw(st.lists(st.sampled_from(("agency", "kind", "place", "need")), max_size=2, unique=True))
    fields = draw(st.lists(st.sampled_from(sorted(CHOICES)), max_size=3))
    where = tuple((field, draw(st.sampled_from(CHOICES[field]))) for field in fields)
    return tuple(draw(st.permutations(times + others))), where, draw(st.sampled_from(("people", "contacts")))


@given(questions())
def test_any_count_is_the_one_made_by_hand_put_through_the_rule(dataset, question):
    by, where, of = question

    table = count(dataset, by, where, of)

    hand = by_hand(ROWS, by, where, of)
    shown = {tuple(value for _, value in cell.keys): cell.figure for cell in table}
    assert {keys for keys in hand if keys not in shown} == set()
    for keys, figure in shown.items():
        assert isinstance(figure, Unknown) or figure == ruled(hand.get(keys, (0, 0, 0)), of)
        assert not isinstance(figure, Unknown) or keys not in hand


@given(questions())
def test_no_number_from_one_to_nine_is_ever_printed(dataset, question):
    by, where, of = question

    for row in count(dataset, by, where, of).to_json():
        assert row["value"] is None or row["value"] >= 10
        assert not re.search(r"(?<![\d,])[1-9](?![\d,])", row["text"])
        assert (row["value"] is None) == (row["state"] != "shown")


@pytest.mark.exam
@given(questions())
def test_many_more_counts_are_those_made_by_hand(dataset, question):
    test_any_count_is_the_one_made_by_hand_put_through_the_rule.hypothesis.inner_test(dataset, question)


def test_every_combination_is_there_in_order_whether_anybody_was_or_not(dataset):
    table = count(dataset)

    keys = [tuple(value for _, value in cell.keys) for cell in table]
    assert keys == [(agency, one) for agency in sorted(AGENCIES) for one in CHOICES["quarter"]]
    assert len(table) == len(keys)
    assert table[0].keys[0] == ("agency", "City Police")


def test_an_empty_cell_looks_like_one_with_nine_people(dataset):
    rows = count(dataset, ("agency", "month")).to_json()

    small = [row for row in rows if row["agency"] == "Small Charity"]
    assert {(row["value"], row["state"], row["text"]) for row in small} == {
        (None, "suppressed", "fewer than 10 people")
    }
    assert any(
        ("Small Charity", row["month"]) not in by_hand(ROWS, ("agency", "month"), (), "people")
        for row in small
    )


def test_json_is_a_flat_list_of_plain_values(dataset):
    row = count(dataset, ("agency", "quarter"), {"agency": "Jobcentre", "quarter": "2016-Q2"}).to_json()[0]

    number = ruled(by_hand(ROWS, ("agency", "quarter"), (), "people")["Jobcentre", "2016-Q2"], "people").value
    assert json.loads(json.dumps(row)) == {
        "agency": "Jobcentre",
        "quarter": "2016-Q2",
        "value": number,
        "state": "shown",
        "text": f"about {number} people",
    }


def test_several_agencies_are_any_of_them_and_several_needs_are_all_of_them(dataset):
    where = {"agency": ["Jobcentre", "City Police"], "need": ["homelessness", "offending"]}
    pairs = [
        ("agency", "Jobcentre"),
        ("agency", "City Police"),
        ("need", "homelessness"),
        ("need", "offending"),
    ]

    (cell,) = count(dataset, (), where)

    assert cell.figure == ruled(by_hand(ROWS, (), pairs, "people")[()], "people")


def test_sectors_count_each_person_once(dataset):
    table = count(dataset, ("sector",), {"sector": "police"})
    by_agency = count(dataset, ("sector", "agency"))

    assert table.cells[0].figure == count(dataset, (), {"agency": "City Police"}).cells[0].figure
    assert [cell.keys for cell in by_agency] == [
        (("sector", sector), ("agency", agency))
        for sector, agency in (
            ("", AGENCIES[3]), ("", AGENCIES[2]), ("benefits-work", "Jobcentre"), ("police", "City Police")
        )
    ]  # fmt: skip


def test_every_count_that_depends_on_needs_says_what_they_mean(dataset):
    table = count(dataset, ("need",), {"multiple": "yes"})

    (words,) = {row["definition"] for row in table.to_json()}
    assert words.startswith(
        "Multiple needs means two or more of: homelessness, offending, drug and alcohol use"
    )
    assert "at any time" in words
    assert words in str(table.note)
    both = count(dataset, (), [("need", "offending"), ("need", "childhood")]).definition
    assert str(both).startswith("Only people with all of: Offending, Adverse childhood experiences.")
    assert count(dataset).definition is None


def test_the_note_says_source_period_and_rule(dataset):
    note = str(count(dataset, of="contacts").note)

    assert note == (
        f"rows, contacts from {in_words(DAYS[0])} to {in_words(DAYS[-1])}, loaded on 2 March 2026."
        " Each number is of contacts. "
        "Numbers under 10, none included, are not shown; all others are rounded to the nearest 5."
    )


def test_another_rule_may_be_asked_for(dataset):
    table = count(dataset, ("agency", "month"), rule=NHS)

    values = {cell.figure.value for cell in table if isinstance(cell.figure, Count)}
    assert 0 in values
    assert not values & set(range(1, 10))


@pytest.mark.parametrize("of", ["people", "contacts"])
def test_totals_are_rounded_from_true_numbers_of_their_own(dataset, of):
    table = count(dataset, ("agency", "year"), of=of, total_over="year")

    hand = by_hand(ROWS, ("agency",), (), of)
    totals = {dict(cell.keys)["agency"]: cell.figure for cell in table if dict(cell.keys)["year"] is None}
    assert totals == {agency: ruled(hand[agency,], of) for agency in AGENCIES}


def test_a_cell_that_a_total_would_give_away_is_kept(tmp_path):
    rows = [(f"P{number}", "2016-01-05", "A" if number < 9 else "B", "", "W", "") for number in range(29)]
    dataset = loaded(tmp_path, rows)

    table = count(dataset, ("agency",), total_over="agency")

    assert [cell.figure for cell in table] == [
        Suppressed(below=10),
        Suppressed(below=10, because="protects"),
        Count(value=30, base=5),
    ]


INJECTIONS = [
    "agency; DROP TABLE x", "person", "who", "c.person", "agency'--", '"', "agency, person", "1", "", "*", "__class__"
]  # fmt: skip


@pytest.mark.parametrize("field", INJECTIONS)
def test_no_field_but_those_there_are_can_be_asked_for(dataset, field):
    for by, where in (((field,), ()), ((), {field: "P1"})):
        with pytest.raises(Problems):
            count(dataset, by, where)


@pytest.mark.parametrize(
    "value", ["' OR 1=1 --", "Jobcentre' OR 'a'='a", "%", "P1", "NA", "'; COPY t TO '/tmp/x'; --"]
)
@pytest.mark.parametrize(
    "field", ["agency", "kind", "place", "need", "quarter", "year", "month", "sector", "multiple"]
)
def test_no_value_but_those_there_are_can_be_asked_for(dataset, field, value):
    with pytest.raises(Problems):
        count(dataset, (), {field: value})


def test_names_with_quotation_marks_are_only_names(tmp_path):
    agency = "x'); DROP TABLE contacts; --"
    rows = [(f"P{number}", "2016-01-05", agency, "", 'W"1', "a'b") for number in range(12)]
    dataset = loaded(tmp_path, rows)

    (cell,) = count(dataset, ("agency", "place", "need"), {"agency": agency, "place": 'W"1', "need": "a'b"})

    assert cell.figure == Count(value=10, base=5)


@pytest.mark.parametrize(
    ("by", "where", "of", "said"),
    [
        (("agancy",), (), "people", 'by: "agancy" is not something to split a count by; use one of: agency, age_band'),
        (("agency", "agency"), (), "people", "by: a count is split by the same thing twice; name each once"),
        (("year", "month"), (), "people",
         "by: a count is split by more than one of year, quarter and month; choose one of them"),
        ((), {"agency": "Jobcenter"}, "people",
         'where agency: "Jobcenter" is not an agency of this dataset; use one of: Jobcentre'),
        ((), {"quarter": "2016 Q2"}, "people", 'where quarter: "2016 Q2" is not a quarter; write it like 2016-Q2'),
        ((), (), "rows", 'of: "rows" is not something to count; use one of: people, contacts'),
        ((), {"multiple": "no"}, "people",
         'where multiple: "no" is not something to say about multiple needs; use one of: yes'),
    ],
)  # fmt: skip
def test_a_question_that_can_not_be_answered_says_what_would_be_right(dataset, by, where, of, said):
    with pytest.raises(Problems) as caught:
        count(dataset, by, where, of)

    assert str(caught.value) == said


def test_all_that_is_wrong_is_told_at_once(dataset):
    with pytest.raises(Problems) as caught:
        count(dataset, ("x", "y"), {"agency": "?", "year": "?"}, "rows")

    assert len(caught.value.problems) == 5


def test_a_total_is_over_something_that_the_table_has(dataset):
    with pytest.raises(
        Problems, match='there is nothing called "year" to add up; use one of: agency, quarter'
    ):
        count(dataset, total_over="year")


def test_what_a_dataset_does_not_hold_can_not_be_asked_of_it(tmp_path):
    rows = [(f"P{number}", "2016-01-05", "A", "", "", "") for number in range(12)]
    dataset = loaded(tmp_path, rows)

    for by, where in (
        (("need",), ()),
        (("place",), ()),
        ((), {"kind": ""}),
        ((), {"sector": ""}),
        ((), {"multiple": "yes"}),
    ):
        with pytest.raises(Problems):
            count(dataset, by, where)


def test_a_table_that_is_too_large_is_refused(dataset, monkeypatch):
    monkeypatch.setattr(grid, "LARGEST", 10)

    with pytest.raises(Problems, match="more than 10 numbers"):
        count(dataset)


def test_a_time_outside_the_data_is_not_known(dataset):
    (cell,) = count(dataset, (), {"quarter": "2031-Q1"})
    (nothing,) = count(dataset, (), {"quarter": "2016-Q1", "year": "2015"})

    assert cell.figure == nothing.figure == Unknown()


@pytest.fixture(scope="module")
def with_absences(tmp_path_factory):
    rows = [
        (f"P{number}", f"2016-{month:02}-15", agency, "", "W", "")
        for number in range(20)
        for month in range(1, 13)
        for agency in ("A", "B", "C")
        if not (agency == "B" and month < 7) and not (agency == "C" and month > 3)
    ]
    absences = (
        Absence(agency="B", last=dt.date(2016, 6, 30), state="structural_zero"),
        Absence(agency="C", first=dt.date(2016, 4, 1)),
    )
    about = About(
        sectors={"A": "one", "B": "two", "C": "two"}, absences=absences, synthetic=True, title="Made up"
    )
    return loaded(tmp_path_factory.mktemp("absences"), rows, about)


def test_what_an_agency_said_about_its_rows_is_told_from_nobody(with_absences):
    table = {tuple(value for _, value in cell.keys): cell.figure for cell in count(with_absences)}

    assert [table["B", f"2016-Q{number}"] for number in range(1, 5)] == [StructuralZero()] * 2 + [
        Count(value=20, base=5)
    ] * 2
    assert [table["C", f"2016-Q{number}"] for number in range(1, 5)] == [Count(value=20, base=5)] + [
        Unknown()
    ] * 3


def test_a_sector_is_absent_only_if_all_its_agencies_are(with_absences):
    table = {
        tuple(value for _, value in cell.keys): cell.figure.state
        for cell in count(with_absences, ("sector", "month"))
    }

    assert [table["two", f"2016-{month:02}"] for month in (3, 4, 6, 7)] == [
        "shown",
        "unknown",
        "unknown",
        "shown",
    ]


def test_absences_hold_for_narrowed_counts_too(with_absences):
    (cell,) = count(with_absences, (), {"agency": "B", "quarter": "2016-Q1"}, "contacts")

    assert cell.figure == StructuralZero(unit="contacts")


def test_synthetic_rows_say_so_beside_every_number(with_absences):
    table = count(with_absences)

    assert all(row["synthetic"] is True for row in table.to_json())
    assert str(table.note).startswith(
        "Synthetic data, made by a program: nobody in it is real. Made up, contacts from"
    )


def test_the_rule_of_a_dataset_is_its_own(tmp_path):
    rows = [("P1", "2016-01-05", "A", "", "W", "")]

    (cell,) = count(loaded(tmp_path, rows, About(rule="dfe")), ())

    assert cell.figure == Suppressed(below=6)
    assert DEFAULT.below == 10
