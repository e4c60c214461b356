"""Cards: every number is the one made by plain Python put through the rule; what stands beside it is true."""

from __future__ import annotations

import datetime as dt
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storybook.linked.asking.answer import answer
from storybook.linked.asking.count import count
from storybook.linked.asking.demand import demand
from storybook.linked.asking.enquiry import Enquiry
from storybook.linked.asking.enquiry_text import read
from storybook.linked.asking.enquiry_text import write as in_words
from storybook.linked.dataset.mapping import About, Absence, ColumnMapping, Terms, Wishes
from storybook.linked.loading.load import load
from storybook.linked.suppression.figures import Count, StructuralZero, Suppressed, Unknown
from storybook.story.problems import Problems

from .linked_rows import CLOCK, loaded, ruled, write
from .plain_python import Row, needs_of, plain, quarter_of, random_enquiry

AGENCIES = ("Jobcentre", "City Police", 'St Mary\'s; "Crisis"', "Small Charity")
SECTORS = {"Jobcentre": "benefits-work", "City Police": "police", "Small Charity": "police"}
BANDS = ("under 18", "18 to 29", "30 to 39")
NEEDS = ("homelessness", "offending", "drug-alcohol", "childhood")
FIRST, LAST = dt.date(2015, 3, 9), dt.date(2017, 2, 5)


def some_rows(number=1800, people=150):
    chance = Random(11)
    needs = {one: frozenset(need for need in NEEDS if chance.random() < 0.5) for one in range(people)}
    ward = {one: chance.choice(("Ward 1", "Ward 2")) for one in range(people)}
    gender = {one: chance.choice(("woman", "man", "")) for one in range(people)}
    rows = []
    for _ in range(number):
        who = min(int(chance.expovariate(1 / 50)), people - 1)
        day = FIRST + dt.timedelta(days=chance.randrange((LAST - FIRST).days + 1))
        agency = chance.choices(AGENCIES, (60, 30, 20, 2))[0]
        kind = chance.choice(("visit", "arrest", ""))
        band = chance.choice(BANDS)
        rows.append(Row(f"P{who}", day, agency, kind, ward[who], band, gender[who], needs[who]))
    return [
        *rows,
        Row("P1", FIRST, AGENCIES[0], "visit", ward[1]),
        Row("P1", LAST, AGENCIES[0], "visit", ward[1]),
    ]


ROWS = some_rows()
NEEDED = needs_of(ROWS)
LISTS = {
    "agencies": AGENCIES,
    "sectors": ("benefits-work", "police"),
    "kinds": ("visit", "arrest", ""),
    "needs": NEEDS,
    "places": ("Ward 1", "Ward 2"),
    "age_bands": (*BANDS, ""),
    "genders": ("woman", "man", ""),
}
MAPPING = ColumnMapping(
    person="who",
    date="when",
    agency="where",
    kind="what",
    place="ward",
    needs=("needs",),
    age_band="age band",
    gender="gender",
)
HEADINGS = ("who", "when", "where", "what", "ward", "needs", "age band", "gender")


def as_loaded(rows):
    return [(r.person, r.day.isoformat(), r.agency, r.kind, r.place, ";".join(sorted(r.needs))) for r in rows]


def loaded_whole(folder, rows, about):
    more = [(r.age_band, r.gender) for r in rows]
    path = write(
        folder / "rows.csv", [(*one, *two) for one, two in zip(as_loaded(rows), more, strict=True)], HEADINGS
    )
    return load(folder / "data", "rows", [path], MAPPING, CLOCK, about=about).dataset


@pytest.fixture(scope="module")
def dataset(tmp_path_factory):
    return loaded_whole(tmp_path_factory.mktemp("asked"), ROWS, About(sectors=SECTORS))


def agrees(dataset, enquiry):
    """The card's numbers are those made by hand; a hidden quarter may be hidden for the sake of another."""
    card = answer(dataset, enquiry)
    hand = ruled(plain(ROWS, enquiry, SECTORS, needs=NEEDED), enquiry.of)
    protects = {Suppressed(unit=enquiry.of, below=10, because="protects")} if enquiry.quarterly else set()
    assert card.figure in {hand, *protects}
    for one in card.quarters:
        numbers = plain(ROWS, enquiry, SECTORS, one.label, NEEDED)
        assert one.figure in {ruled(numbers, enquiry.of), *protects}
    if card.out_of is not None:
        everybody = Enquiry(dataset="rows", of=enquiry.of, first=enquiry.first, last=enquiry.last)
        assert card.out_of == ruled(plain(ROWS, everybody, SECTORS, needs=NEEDED), enquiry.of)
    hidden = [one.figure.because for one in (card, *card.quarters) if isinstance(one.figure, Suppressed)]
    assert "protects" not in hidden or set(hidden) != {"protects"}, (
        "nothing is hidden for the sake of nothing"
    )
    return card


@given(st.integers(0, 10**9))
@settings(max_examples=60)
def test_any_card_holds_the_numbers_made_by_plain_python_put_through_the_rule(dataset, seed):
    agrees(dataset, random_enquiry(Random(seed), "rows", LISTS, FIRST, LAST))


@pytest.mark.exam
def test_a_thousand_cards_hold_the_numbers_made_by_plain_python(dataset):
    chance = Random(1000)
    asked = [random_enquiry(chance, "rows", LISTS, FIRST, LAST) for _ in range(1000)]
    cards = [agrees(dataset, enquiry) for enquiry in asked]

    assert len(cards) == 1000
    assert sum(isinstance(card.figure, Count) for card in cards) >= 300


@given(st.integers(0, 10**9))
@settings(max_examples=20)
def test_the_same_question_has_the_same_answer_however_it_is_asked(dataset, seed):
    enquiry = random_enquiry(Random(seed), "rows", LISTS, FIRST, LAST)
    card = answer(dataset, enquiry)

    assert answer(dataset, read(in_words(enquiry))) == card
    assert answer(dataset, Enquiry.model_validate_json(enquiry.canonical())) == card
    if not enquiry.quarterly:
        table = count(dataset, (), tuple(reversed(enquiry.where())), enquiry.of)
        assert table.cells[0].figure == card.figure


def test_a_quarter_asked_by_its_days_is_the_demand_behind_the_lane(dataset):
    lane = demand(dataset, ["Jobcentre"])["Jobcentre"]
    enquiry = Enquiry(dataset="rows", agencies=("Jobcentre",)).during(
        dt.date(2016, 4, 1), dt.date(2016, 6, 30)
    )

    assert answer(dataset, enquiry).figure == lane.quarters["2016-Q2"]


def test_a_card_says_everything_that_belongs_beside_the_number(dataset):
    enquiry = Enquiry(
        dataset="rows",
        agencies=("Jobcentre",),
        needs=("homelessness", "offending"),
        places=("Ward 1",),
        first=dt.date(2016, 1, 1),
        last=dt.date(2016, 12, 31),
    )
    told = agrees(dataset, enquiry).to_json()

    number = ruled(plain(ROWS, enquiry, SECTORS), "people").value
    assert told["asked"] == (
        "How many people were in contact with Jobcentre, with homelessness and offending, in Ward 1,"
        " 1 January to 31 December 2016?"
    )
    assert (told["answer"], told["value"], told["state"]) == (f"about {number} people", number, "shown")
    assert told["out_of"].startswith("out of about ")
    assert told["definition"].startswith("Only people with all of: Homelessness, Offending.")
    assert told["source"] == "rows, contacts from 9 March 2015 to 5 February 2017, loaded on 2 March 2026."
    assert told["as_of"] == "2026-03-02"
    assert told["synthetic"] is False
    assert told["missing"] == []
    assert "We kept those with Jobcentre." in told["worked_out"]
    assert "We counted each person once, however many contacts they had." in told["worked_out"]
    assert told["worked_out"][-1].startswith("Then the rule: Numbers under 10")


def test_a_question_about_everybody_is_out_of_nobody_else(dataset):
    card = answer(dataset, Enquiry(dataset="rows"))

    assert (card.out_of, card.out_of_words, card.percent) == (None, None, None)
    assert str(card.asked) == "How many people were in contact with any agency?"


def test_quarters_outside_the_data_are_not_listed(dataset):
    enquiry = Enquiry(dataset="rows", first=dt.date(2014, 1, 1), last=dt.date(2019, 1, 1), quarterly=True)
    card = agrees(dataset, enquiry)

    quarters = [quarter_of(dt.date(year, month, 1)) for year in (2015, 2016, 2017) for month in (1, 4, 7, 10)]
    assert [one.label for one in card.quarters] == quarters[: quarters.index("2017-Q1") + 1]
    assert str(card.period).endswith("2017: the data reach no further.")


def test_a_time_that_the_data_do_not_reach_is_not_known(dataset):
    enquiry = Enquiry(dataset="rows", first=dt.date(2030, 1, 1), quarterly=True)
    card = answer(dataset, enquiry)

    assert (card.figure, card.quarters) == (Unknown(), ())
    assert str(card.period) == "The data have no days in that time."
    assert answer(dataset, Enquiry(dataset="rows", last=dt.date(2010, 1, 1))).figure == Unknown()


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        (
            {"both": True, "agencies": ("Jobcentre",)},
            "where both: people seen by both need two agencies or sectors",
        ),
        ({"both": True, "of": "contacts", "agencies": AGENCIES[:2]}, "of: contacts can't be with both"),
        ({"first": "2016-02-01", "last": "2016-01-01"}, "where to: the last day comes before the first"),
        ({"agencies": ("Jobcenter",)}, 'where agency: "Jobcenter" is not an agency of this dataset'),
        (
            {"age_bands": ("30-39",)},
            'where age_band: "30-39" is not an age band in this dataset; use one of: 30 to 39',
        ),
        (
            {"genders": ("both",)},
            'where gender: "both" is not a gender in this dataset; use one of: man, woman',
        ),
        ({"first": "1850-01-01"}, 'where from: "1850-01-01" is not a day from 1900 to 2100'),
        ({"episode": True}, "from: this question is about an episode, and does not say which"),
        (
            {"agencies": ("Jobcentre",), "sectors": ("police",)},
            "agency: agencies and sectors are chosen together",
        ),
    ],
)
def test_a_question_that_makes_no_sense_says_what_would_be_right(dataset, fields, said):
    with pytest.raises(Problems) as caught:
        answer(dataset, Enquiry.model_validate({"dataset": "rows", **fields}))
    assert str(caught.value).startswith(said)


def test_a_day_is_given_once_and_both_is_said_with_yes(dataset):
    for where in ([("from", "2016-01-01"), ("from", "2016-01-02")], [("both", "no")], [("to", "soon")]):
        with pytest.raises(Problems):
            count(dataset, (), where)
    with pytest.raises(Problems, match="can't be split by agency or sector"):
        count(dataset, ("agency",), [("agency", "Jobcentre"), ("agency", "City Police"), ("both", "yes")])


@pytest.fixture(scope="module")
def with_absences(tmp_path_factory):
    rows = [
        Row(f"P{number}", dt.date(2016, month, 15), agency, place="W", needs=frozenset({"offending"}))
        for number in range(20)
        for month in range(1, 13)
        for agency in ("A", "B", "C")
        if not (agency == "B" and month < 7) and not (agency == "C" and month > 3)
    ]
    absences = (
        Absence(agency="B", last=dt.date(2016, 6, 30), state="structural_zero"),
        Absence(agency="C", first=dt.date(2016, 4, 1)),
    )
    about = About(absences=absences, synthetic=True, title="Made up")
    return loaded(tmp_path_factory.mktemp("gaps"), as_loaded(rows), about)


def test_partners_whose_rows_are_missing_are_named_with_the_time(with_absences):
    year = Enquiry(dataset="rows").during(dt.date(2016, 1, 1), dt.date(2016, 12, 31))
    spring = year.during(dt.date(2016, 4, 1), dt.date(2016, 6, 30))

    assert [str(one) for one in answer(with_absences, year).missing] == [
        "B could have no contacts in: 15 January to 30 June 2016.",
        "C gave no rows for: 1 April to 15 December 2016.",
    ]
    told = {
        agency: [
            str(one)
            for one in answer(with_absences, spring.model_copy(update={"agencies": (agency,)})).missing
        ]
        for agency in ("A", "C")
    }
    assert told == {"A": [], "C": ["C gave no rows for: 1 April to 30 June 2016."]}


def test_a_partner_who_gave_rows_for_a_part_of_the_time_is_named(tmp_path):
    def bring(partner, months, mode="add"):
        rows = [("P1", f"2016-{month:02}-15", partner, "", "W", "") for month in months]
        path = write(tmp_path / "rows.csv", rows)
        wishes = Wishes(mode=mode, terms=Terms(partner=partner), link_key="k")
        mapping = ColumnMapping(person="who", date="when", agency="where")
        return load(tmp_path / "data", "rows", [path], mapping, CLOCK, wishes=wishes).dataset

    bring("Police", range(1, 13), "replace")
    dataset = bring("Housing", range(4, 7))
    year = Enquiry(dataset="rows")
    spring = year.during(dt.date(2016, 4, 1), dt.date(2016, 6, 30))

    assert [str(one) for one in answer(dataset, year).missing] == [
        "Housing gave rows only for: 15 April to 15 June 2016."
    ]
    assert answer(dataset, spring).missing == ()


def test_nobody_was_seen_by_both_where_one_could_see_nobody_and_nobody_knows_where_one_did_not_say(
    with_absences,
):
    def seen(*agencies, month):
        days = dt.date(2016, month, 1), dt.date(2016, month, 28)
        enquiry = Enquiry(dataset="rows", agencies=agencies, both=True).during(*days)
        return answer(with_absences, enquiry).figure

    assert seen("A", "C", month=2) == Count(value=20, base=5)
    assert seen("A", "B", month=2) == StructuralZero()
    assert seen("A", "C", month=5) == Unknown()
    assert seen("B", "C", month=5) == StructuralZero()


def test_synthetic_rows_say_so_on_the_card(with_absences):
    card = answer(with_absences, Enquiry(dataset="rows"))

    assert card.synthetic
    assert str(card.source).startswith("Synthetic data")


def test_what_the_ledger_gets_is_every_number_with_its_question(dataset):
    enquiry = Enquiry(
        dataset="rows", agencies=("Jobcentre",), multiple=True, first=dt.date(2016, 1, 1), quarterly=True
    )
    card = answer(dataset, enquiry)
    released = card.released("draft:ann")

    assert len(released) == 1 + len(card.quarters) + 1
    assert {one.went_to for one in released} == {"draft:ann"}
    assert [one.figure for one in released] == [card.figure, *(q.figure for q in card.quarters), card.out_of]
    assert released[0].question.definition.startswith("two or more of: homelessness")
    assert released[1].question.keys == (("quarter", "2016-Q1"),)
    assert released[-1].question.where == (("from", "2016-01-01"),)
    assert len({one.question.sha256 for one in released}) == len(released)
