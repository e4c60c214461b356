"""What the ledger and new numbers give away together is found before anybody sees them."""

from __future__ import annotations

import pytest

from storybook.linked.asking.ledger import Question, Released
from storybook.linked.audit import audit, not_shown
from storybook.linked.suppression.figures import Count, StructuralZero, Suppressed, Unknown
from storybook.story.messages import say
from tests.unit.linked.ledgers import LATER, asked, manifest, released

DATA = manifest()
TWO_WARDS = (("place", "W1"), ("place", "W2"))
TWO_AGENCIES = (("agency", "A"), ("agency", "B"))


def decide(new, ledger=(), data=DATA, **more):
    return audit(list(ledger), list(new), [data], **more)


# ---- one number by itself


@pytest.mark.parametrize("number", [0, 3, 9, 10, 2500])
def test_a_number_that_stands_alone_is_released(number):
    decision = decide([released(asked(agency="A"), number)])

    assert (decision.released, decision.leave_out) == (True, ())
    assert say(decision.words) == "These numbers can be released."


@pytest.mark.parametrize("figure", [Unknown(), StructuralZero(), Suppressed(below=10, because="beside")])
def test_what_tells_nothing_is_released(figure):
    assert decide([released(asked(agency="A"), figure), released(asked(agency="B"), 40)]).released


def test_nothing_new_is_nothing_to_ask():
    assert decide([]).released


def test_what_stands_in_the_ledger_can_be_shown_again():
    told = [
        released(asked(place="W1"), 9),
        released(asked(where=TWO_WARDS), 30),
        released(asked(place="W2"), 20),
    ]

    assert decide(told, told).released


# ---- a total minus what is shown


WARDS = [
    released(asked(place="W1"), 9),
    released(asked(where=TWO_WARDS), 30),
    released(asked(place="W2"), 20),
]


def test_a_total_that_gives_a_hidden_ward_away_is_not_released():
    decision = decide(WARDS)

    assert not decision.released
    assert [(say(f.hidden), f.left, f.places) for f in decision.given_away] == [("people, W1", 4, (0, 1, 2))]
    assert (decision.leave_out, decision.smallest) == ((0,), True)
    assert say(decision.offer) == "If these are not shown, the rest can be. No smaller choice would do."
    assert say(decision.words) == (
        "These numbers can't be released safely beside earlier figures: people, W1."
    )


def test_what_is_offered_can_be_released():
    decision = decide(WARDS)
    instead = decision.adapted(WARDS)

    assert instead[0] == not_shown(WARDS[0])
    assert instead[0].figure == Suppressed(below=10, because="beside")
    assert instead[1:] == tuple(WARDS[1:])
    assert decide(instead).released


def test_it_makes_no_difference_in_which_order_numbers_leave():
    for place in range(3):
        earlier = [one for other, one in enumerate(WARDS) if other != place]
        assert not decide([WARDS[place]], earlier).released


def test_a_total_over_more_wards_leaves_enough_room():
    wards = [released(asked(place="W1"), 3), released(asked(place="W2"), 40), released(asked(place="W3"), 22)]
    total = released(asked(where=(*TWO_WARDS, ("place", "W3"))), 65)

    assert decide([*wards, total]).released


def test_the_size_of_the_dataset_is_known_to_everybody():
    small = manifest(places=("W1", "W2"), people=30)

    assert not decide([released(asked(place="W1"), 9), released(asked(place="W2"), 21)], data=small).released
    assert decide([released(asked(place="W1"), 9), released(asked(place="W2"), 21)]).released


# ---- people overlap, contacts add up


def test_people_of_two_agencies_may_be_the_same():
    some = [released(asked(agency="A"), 9), released(asked(agency="B"), 20)]

    assert decide([*some, released(asked(where=TWO_AGENCIES), 20)]).released
    assert not decide(
        [*some[:1], released(asked(agency="B"), 11), released(asked(where=TWO_AGENCIES), 20)]
    ).released


def test_contacts_with_two_agencies_add_up():
    some = [released(asked("contacts", agency="A"), 9), released(asked("contacts", agency="B"), 20)]

    assert decide([*some, released(asked("contacts", where=TWO_AGENCIES), 30)]).released
    assert not decide(
        [
            some[0],
            released(asked("contacts", agency="B"), 11),
            released(asked("contacts", where=TWO_AGENCIES), 11),
        ]
    ).released


def test_contacts_that_leave_hardly_any_people_give_the_people_away():
    """Nobody was seen without a contact: 0 to 2 contacts with B are 0 to 2 people."""
    contacts = [
        released(asked("contacts", agency="A"), 11),
        released(asked("contacts", where=TWO_AGENCIES), 11),
    ]
    wide = [Count(value=10, base=5, unit="contacts"), Count(value=15, base=5, unit="contacts")]

    assert not decide([released(asked(agency="B"), 1), *contacts]).released
    assert decide(
        [
            released(asked("contacts", agency="A"), wide[0]),
            released(asked("contacts", where=TWO_AGENCIES), wide[1]),
        ]
    ).released


def test_people_seen_by_both_are_some_of_those_seen_by_each():
    both = (*TWO_AGENCIES, ("both", "yes"))

    assert decide([released(asked(where=both), 5), released(asked(agency="A"), 30)]).released
    assert not decide(
        [
            released(asked(where=both), 9),
            released(asked(agency="A"), 11),
            released(asked(where=both, quarter="2016-Q1"), 11),
        ]
    ).released


# ---- filters that differ by one thing


@pytest.mark.parametrize(
    ("narrow", "wide"),
    [
        (asked(place="W1"), asked(where=TWO_WARDS)),
        (asked(agency="A", need="homelessness"), asked(agency="A")),
        (asked("contacts", kind="visit"), asked("contacts", where=[("kind", "visit"), ("kind", "call")])),
        (asked("contacts", where=[("to", "2016-03-30")]), asked("contacts", where=[("to", "2016-03-31")])),
        (asked("contacts", agency="A"), asked("contacts", sector="housing")),
    ],
    ids=["one ward", "one need", "one kind", "one day", "one agency of a sector"],
)
def test_two_shown_numbers_that_differ_by_hardly_anybody_are_not_released(narrow, wide):
    data = manifest(kinds=("call", "visit", "letter"), sectors={"A": "housing", "B": "housing"})
    first, second = released(narrow, 11), released(wide, 12)

    assert not decide([second], [first], data).released
    assert not decide([first], [second], data).released
    assert decide([released(wide, 17)], [first], data).released


def test_what_several_shown_wards_leave_of_a_total_is_looked_at_too():
    wards = ("W1", "W2", "W3")
    told = [released(asked(place=ward), Count(value=10, base=1)) for ward in wards]
    total = asked(where=[("place", ward) for ward in (*wards, "W4")])
    data = manifest(places=(*wards, "W4", "W5"))

    assert not decide([released(total, Count(value=33, base=1))], told, data).released
    assert decide([released(total, Count(value=35, base=5))], told, data).released


def test_a_group_of_which_all_have_a_need_is_not_said_to():
    everybody = [released(asked(place="W1"), 10), released(asked(place="W1", need="offending"), 10)]

    assert not decide(everybody).released


# ---- periods, and the typical level


def test_a_month_is_part_of_its_quarter():
    some = [
        released(asked(agency="A", month=f"2016-0{month}"), number)
        for month, number in ((1, 9), (2, 12), (3, 12))
    ]

    assert not decide([*some, released(asked(agency="A", quarter="2016-Q1"), 33)]).released
    assert decide([*some, released(asked(agency="A", quarter="2016-Q1"), 22)]).released


QUARTERS = [f"{year}-Q{quarter}" for year in (2016, 2017) for quarter in (1, 2, 3, 4)]


def lane(numbers, **more):
    return [released(asked(agency="A", quarter=q), n, **more) for q, n in zip(QUARTERS, numbers, strict=True)]


def test_a_typical_quarter_may_stand_beside_its_quarters():
    assert decide(
        [released(asked(statistic="typical", agency="A"), 40)], lane([5, 8, 39, 40, 41, 42, 60, 9])
    ).released


def test_a_typical_quarter_that_gives_a_hidden_one_away_is_not_released():
    """Four of eight are surely below ten; of the middle one, the fourth, it is said that it is small and above 7."""
    nhs = manifest(rule="nhs")
    shown = Count(value=5, base=1)
    quarters = (
        lane([1, 2, 3, 60, 60, 60, 60], rule="nhs")
        if False
        else lane([1, 2, 3, 4, 60, 60, 60, 60], rule="nhs")
    )

    assert not decide(
        [released(asked(statistic="typical", agency="A"), shown, "nhs")], quarters, nhs
    ).released


# ---- the same question of another version of the data


def test_the_same_answer_after_an_update_is_released():
    later = manifest(version=LATER)

    assert decide(
        [released(asked(agency="A"), 8, version=LATER)], [released(asked(agency="A"), 5)], later
    ).released


def test_one_person_who_joined_does_not_give_the_number_before_away():
    later = manifest(version=LATER)
    before, after = released(asked(agency="A"), 9), released(asked(agency="A"), 10, version=LATER)
    decision = decide([after], [before], later)

    assert [(say(f.hidden), f.left) for f in decision.given_away] == [("people, A", 1)]
    assert decision.leave_out == (0,)
    assert not decide(
        [released(asked(agency="A"), 9, version=LATER)], [released(asked(agency="A"), 10)], later
    ).released


def test_a_large_change_is_another_number():
    later = manifest(version=LATER)

    assert decide(
        [released(asked(agency="A"), 60, version=LATER)], [released(asked(agency="A"), 8)], later
    ).released


def test_numbers_of_an_older_version_that_can_not_be_true_any_more_are_left_aside():
    later = manifest(version=LATER)
    old = [released(asked(place="W1"), 60), released(asked(where=TWO_WARDS), 90)]
    new = [released(asked(place="W2"), 200, version=LATER), released(asked(place="W3"), 5, version=LATER)]

    assert decide(new, old, later).released


# ---- whose story it is


def test_the_people_of_the_story_are_known_to_be_counted():
    beside = released(asked(agency="A", quarter="2016-Q1"), 7, known=6)

    assert not decide([beside]).released
    assert decide([released(asked(agency="A", quarter="2016-Q1"), 7, known=2)]).released


# ---- rules, other datasets, what can't be read


def test_numbers_of_two_datasets_are_looked_at_apart():
    other = [one.model_copy(update={"dataset": "town"}) for one in WARDS]
    town = manifest().model_copy(update={"name": "town"})
    decision = audit([], [*other, released(asked(agency="A"), 40)], [DATA, town])

    assert decision.leave_out == (0,)


def test_a_number_of_a_dataset_that_is_not_here_is_not_released():
    assert audit([], [WARDS[0]], []).leave_out == (0,)


@pytest.mark.parametrize(
    "question",
    [
        asked(shoe="42"),
        asked(where=[("from", "spring")]),
        asked(statistic="mean", agency="A"),
        Question(keys=(("place", "W1"), ("place", "W2"))),
        asked(statistic="typical", quarter="2031-Q1"),
        asked(statistic="typical", where=[("both", "yes"), ("agency", "A"), ("agency", "B")]),
    ],
    ids=["field", "day", "statistic", "keys", "typical of two quarters", "typical of both"],
)
def test_a_kind_of_number_that_can_not_be_attacked_is_not_released(question):
    strange = released(question, 40)

    assert decide([strange, released(asked(agency="B"), 40)]).leave_out == (0,)
    assert decide([released(asked(agency="B"), 40)], [strange]).leave_out == (0,)


def test_a_rule_that_nobody_knows_is_no_rule():
    unknown = released(asked(agency="A"), 40).model_copy(update={"rule": "none"})

    assert decide([unknown]).leave_out == (0,)


# ---- what the ledger gives away by itself


def test_numbers_that_were_given_away_before_stop_nobody():
    assert decide([released(asked(agency="B", quarter="2016-Q1"), 40)], WARDS).released


def test_a_number_that_makes_it_worse_is_still_refused():
    ledger = [
        released(asked(place="W1"), 9),
        released(asked(place="W2"), 20),
        released(asked(where=TWO_WARDS), 30),
    ]
    sharper = Released(**{**ledger[2].model_dump(), "figure": Count(value=30, base=2)})

    assert not decide([sharper], ledger).released


# ---- the search


def test_with_no_time_left_a_choice_is_still_offered_and_says_so():
    decision = decide(WARDS, seconds=0.0)

    assert decision.smallest is False
    assert decide(decision.adapted(WARDS)).released
    assert say(decision.offer).startswith("If these are not shown, the rest can be. There may be")


# ---- contacts beside people


def test_a_number_of_contacts_that_is_shown_says_that_enough_people_made_them():
    """8 to 12 people in two wards, ten at least in the first: one or two in the second."""
    nhs = manifest(rule="nhs")
    both = released(asked(where=TWO_WARDS), Count(value=10, base=5), "nhs")
    second = released(asked(place="W2"), 2, "nhs")
    contacts = released(asked("contacts", place="W1"), Count(value=60, base=5, unit="contacts"), "nhs")

    assert decide([both, second], data=nhs).released
    assert not decide([contacts], [both, second], nhs).released
    assert not decide([second], [both, contacts], nhs).released
    assert decide([contacts], [second], nhs).released
