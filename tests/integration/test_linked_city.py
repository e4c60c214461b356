"""The synthetic city looks like life, is nobody's, and is the same every time; demand behind lanes comes from it."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
from collections import Counter
from random import Random
from statistics import median_low

import duckdb
import pytest

from storybook.linked.asking.count import count
from storybook.linked.asking.demand import demand
from storybook.linked.asking.ledger import Released
from storybook.linked.audit import audit
from storybook.linked.city.agencies import AGENCIES
from storybook.linked.city.people import PEOPLE, THREE, people
from storybook.linked.city.rows import ABOUT, MAPPING, load_city, make_city
from storybook.linked.dataset.mapping import About, Absence
from storybook.linked.loading.load import load
from storybook.linked.suppression.figures import Count, StructuralZero, Suppressed, Unknown
from storybook.linked.suppression.rules import DFE
from storybook.story.vocabulary_default import default

from .linked_rows import CLOCK, by_hand, loaded, ruled


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    return make_city(tmp_path_factory.mktemp("city") / "city.csv")


@pytest.fixture(scope="module")
def rows(written):
    with written.open(encoding="utf-8", newline="") as file:
        fields = ("person", "date", "agency", "kind", "ward", "needs")
        return [tuple(row[field] for field in fields) for row in csv.DictReader(file)]


@pytest.fixture(scope="module")
def hand(rows):
    return by_hand(rows, ("agency", "quarter"), (), "people")


@pytest.fixture(scope="module")
def city(tmp_path_factory):
    return load_city(tmp_path_factory.mktemp("data"), CLOCK)


def test_the_city_is_as_large_as_the_programmes_estimate(rows, city):
    assert city.people == len({row[0] for row in rows}) == PEOPLE == 6601
    assert city.rows == len(rows)
    assert 110_000 <= len(rows) <= 135_000
    assert {row[2] for row in rows} == {agency.name for agency in AGENCIES}


def test_needs_overlap_as_in_hard_edges(rows):
    needs = {row[0]: set(row[5].split(";")) & set(THREE) for row in rows}

    assert Counter(len(three) for three in needs.values()) == {3: 653, 2: 1848, 1: 4100}


def test_the_busiest_twentieth_make_at_least_three_tenths_of_the_contacts(rows):
    contacts = sorted(Counter(row[0] for row in rows).values(), reverse=True)

    assert sum(contacts[: PEOPLE // 20]) >= 0.3 * len(rows)
    assert contacts[0] < 0.01 * len(rows)


def test_dates_kinds_needs_sectors_and_wards_are_those_of_the_programme(rows):
    vocabulary = default()

    assert all("2014-01-01" <= row[1] <= "2018-12-31" for row in rows)
    assert all(vocabulary.knows("kinds", kind) for kind in {row[3] for row in rows})
    assert all(vocabulary.knows("needs", need) for row in rows for need in row[5].split(";"))
    assert all(vocabulary.knows("sectors", agency.sector) for agency in AGENCIES)
    assert {row[4] for row in rows} == {f"Ward {number}" for number in range(1, 19)}


def test_ages_and_genders_are_those_of_a_city(city, written):
    manifest = city.dataset.manifest
    assert {"under 18", "18 to 29", "30 to 39", "70 to 79"} <= set(manifest.age_bands)
    assert manifest.genders == ("", "man", "non-binary", "woman")

    with written.open(encoding="utf-8", newline="") as file:
        bands = {}
        for row in csv.DictReader(file):
            bands.setdefault(row["person"], []).append((row["age band"], row["gender"]))
    assert all(len({gender for _, gender in each}) == 1 for each in bands.values())
    assert all(len(set(each)) <= 2 for each in bands.values())


def test_a_seed_gives_the_same_bytes_and_another_seed_others(city, written):
    (source,) = city.dataset.manifest.sources
    assert source.sha256 == hashlib.sha256(written.read_bytes()).hexdigest()
    assert city.dataset.manifest.name == "city"
    assert city.dataset.manifest.about == ABOUT
    assert people(Random(6)) == people(Random(6)) != people(Random(7))


def test_at_least_85_in_100_cells_with_twenty_people_are_shown_and_small_ones_are_there_too(hand, city):
    figures = {tuple(value for _, value in cell.keys): cell.figure for cell in count(city.dataset)}

    large = [keys for keys, numbers in hand.items() if numbers[1] >= 20]
    assert len([keys for keys in large if isinstance(figures[keys], Count)]) >= 0.85 * len(large)
    assert {type(figure) for figure in figures.values()} == {Count, Suppressed, StructuralZero, Unknown}


def test_so_many_are_shown_after_the_ledger_too(hand, city):
    """Beside the typical level of every lane, which left first."""
    names = [agency.name for agency in AGENCIES]
    lanes = demand(city.dataset, names)
    typical = [_leaves(city, lane.question(), lane.typical) for lane in lanes.values()]
    cells = {
        (name, quarter): _leaves(city, lane.question(quarter), figure)
        for name, lane in lanes.items()
        for quarter, figure in lane.quarters.items()
    }

    first = audit([], typical, [city.dataset.manifest])
    new = list(cells.values())
    decision = audit(first.adapted(typical), new, [city.dataset.manifest])
    figures = dict(zip(cells, (one.figure for one in decision.adapted(new)), strict=True))
    large = [keys for keys, numbers in hand.items() if numbers[1] >= 20]
    shown = [keys for keys in large if isinstance(figures[keys], Count)]
    assert len(shown) >= 0.85 * len(large), f"{len(shown)} of {len(large)}"
    assert decision.unchecked == ()


def _leaves(city, question, figure):
    manifest = city.dataset.manifest
    return Released(
        dataset=manifest.name,
        version=manifest.version,
        question=question,
        figure=figure,
        rule=manifest.about.rule,
        went_to="edition:a@1",
    )


def test_every_count_of_the_city_is_the_one_made_by_hand(hand, city):
    for cell in count(city.dataset):
        keys = tuple(value for _, value in cell.keys)
        if isinstance(cell.figure, StructuralZero | Unknown):
            assert keys not in hand
        else:
            assert cell.figure == ruled(hand.get(keys, (0, 0, 0)), "people")


def test_the_city_says_everywhere_that_it_is_synthetic(city):
    lane = demand(city.dataset, ["Jobcentre"])["Jobcentre"]

    assert city.dataset.manifest.about.synthetic
    assert "Synthetic data, made by a program: nobody in it is real." in str(lane.note)
    assert "6,601 made-up people facing one or more of homelessness, offending" in str(lane.note)
    assert "Synthetic data" in str(count(city.dataset, ("need",)).note)


def test_the_city_comes_in_as_parquet_just_as_well(tmp_path, city, written):
    duckdb.sql(f"COPY (FROM read_csv('{written}')) TO '{tmp_path / 'city.parquet'}' (FORMAT parquet)")

    report = load(tmp_path / "data", "city", [tmp_path / "city.parquet"], MAPPING, CLOCK, about=ABOUT)

    assert (report.people, report.rows) == (city.people, city.rows)
    assert count(report.dataset).cells == count(city.dataset).cells


def test_demand_is_each_quarters_count_and_the_middle_one(hand, city):
    names = [agency.name for agency in AGENCIES]
    table = {tuple(value for _, value in cell.keys): cell.figure for cell in count(city.dataset)}

    for name, lane in demand(city.dataset, names).items():
        assert lane.quarters == {
            quarter: figure for (agency, quarter), figure in table.items() if agency == name
        }
        told = [
            quarter for quarter, figure in lane.quarters.items() if isinstance(figure, Count | Suppressed)
        ]
        middle = median_low([hand.get((name, quarter), (0, 0, 0))[1] for quarter in told])
        assert lane.typical == ruled((middle, middle, 0), "people")
        assert lane.typical in lane.quarters.values()


def test_demand_at_an_agency_without_rows_is_not_known(city):
    lanes = demand(city.dataset, ["Nowhere", "Jobcentre", "Nowhere"])

    assert list(lanes) == ["Nowhere", "Jobcentre"]
    assert (lanes["Nowhere"].typical, dict(lanes["Nowhere"].quarters)) == (Unknown(), {})
    assert demand(city.dataset, []) == {}
    assert demand(city.dataset, ["Nowhere"])["Nowhere"].typical == Unknown()


def test_an_agency_that_never_could_give_rows_is_not_known_typically(tmp_path):
    rows = [(f"P{number}", "2016-01-05", agency, "", "W", "") for number in range(20) for agency in "AB"]
    about = About(absences=(Absence(agency="B", first=dt.date(2016, 2, 1)),))
    dataset = loaded(tmp_path, [*rows, ("P1", "2016-06-05", "A", "", "W", "")], about)

    lanes = demand(dataset, ["A", "B"], DFE)

    assert lanes["B"].quarters == {"2016-Q1": Count(value=20, base=10), "2016-Q2": Unknown()}
    assert lanes["B"].typical == Count(value=20, base=10)
    assert lanes["A"].typical == Suppressed(below=6)


def test_what_a_lane_shows_can_be_named_for_the_ledger(city):
    lane = demand(city.dataset, ["Jobcentre"])["Jobcentre"]

    assert lane.question().canonical() == (
        '{"definition":"","keys":[["agency","Jobcentre"]],"of":"people","statistic":"typical","where":[]}'
    )
    assert lane.question("2016-Q2").keys == (("agency", "Jobcentre"), ("quarter", "2016-Q2"))
