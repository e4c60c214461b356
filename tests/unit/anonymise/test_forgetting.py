"""What was kept for a reason or cleared by an adviser, once the words that were replaced are gone for good."""

from __future__ import annotations

from storybook.anonymise.deciding.decisions import Choice, Decision, Decisions, Spot
from storybook.anonymise.deciding.forgetting import told_anew
from storybook.anonymise.deciding.story_texts import Place
from tests.unit.anonymise.test_deciding import replace, story

COURT = "Darren was in court on 3 May."


def anew(introduction: str, *made: Decision) -> list[tuple[str, str]]:
    """(words, reason) of what is left of decisions that change nothing."""
    left = told_anew(Decisions(made), story(introduction))
    return [(one.words, one.reason) for _, some in left for one in some]


def clear(words: str, reason: str = "It is over.", **more: object) -> Decision:
    return Decision(words, Choice.CLEAR, reason=reason, adviser="Ms Shah", **more)  # type: ignore[arg-type]  # its fields


def test_a_sentence_that_was_cleared_is_cleared_as_it_reads_then() -> None:
    made = (replace("Darren", "Robin"), replace("3 May", "a day in spring"), clear(COURT))

    assert anew(f"He left. {COURT} He came back.", *made) == [
        ("Robin was in court on a day in spring", "It is over.")
    ]


def test_a_reason_that_names_somebody_names_them_no_more() -> None:
    made = (replace("Darren", "Robin"), Decision("Coventry", Choice.KEEP, reason="Darren said it may stay."))

    assert anew("Darren came to Coventry.", *made) == [("Coventry", "Robin said it may stay.")]


def test_a_sentence_that_reads_in_two_ways_is_cleared_in_both() -> None:
    told = story(f"{COURT} {COURT}")
    here = Spot(Place(told.id, "introduction"), 0)
    made = (replace("Darren", "Robin", spot=here), replace("Darren", "Sam"), clear(COURT))

    ((_, left),) = told_anew(Decisions(made), told)

    assert [one.words for one in left] == ["Robin was in court on 3 May", "Sam was in court on 3 May"]
    assert len({one.id for one in left}) == 2


def test_what_was_kept_in_one_place_is_kept_there_and_counted_anew() -> None:
    told = story("Grace came. Grace left. Grace said grace.")
    place = Place(told.id, "introduction")
    kept = Decision("Grace", Choice.KEEP, reason="A boat.", spot=Spot(place, 1))

    ((_, left),) = told_anew(Decisions((replace("Grace", "Robin"), kept)), told)

    assert [(one.words, one.spot) for one in left] == [("Grace", Spot(place, 0))]


def test_what_stands_in_a_sentence_that_was_dropped_is_gone() -> None:
    made = (Decision("Darren", Choice.DROP), clear(COURT))

    assert anew(f"He left. {COURT}", *made) == []


def test_a_decision_about_words_that_are_gone_already_keeps_nothing_that_was_replaced() -> None:
    made = (replace("Darren", "Robin"), clear(COURT))

    assert anew("Nothing of it.", *made) == [("Robin was in court on 3 May.", "It is over.")]
