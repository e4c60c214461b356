"""What the ledger holds is the same text for the same question, and survives being stored."""

from __future__ import annotations

import json

import pytest
from pydantic import ValidationError

from storybook.linked.asking.ledger import Question, Released
from storybook.linked.suppression.figures import Count, Suppressed

ASKED = Question(keys=(("quarter", "2016-Q2"), ("agency", "Jobcentre")))


def test_the_same_question_is_the_same_text_in_whatever_order_it_was_asked():
    other = Question(keys=(("agency", "Jobcentre"), ("quarter", "2016-Q2")))

    assert ASKED.canonical() == other.canonical()
    assert ASKED.sha256 == other.sha256


def test_another_question_is_another_text():
    assert ASKED.sha256 != ASKED.model_copy(update={"statistic": "typical"}).sha256


def test_a_question_is_plain_json():
    assert json.loads(ASKED.canonical()) == {
        "definition": "",
        "keys": [["agency", "Jobcentre"], ["quarter", "2016-Q2"]],
        "of": "people",
        "statistic": "count",
        "where": [],
    }


@pytest.mark.parametrize("figure", [Count(value=40, base=5), Suppressed(below=10)])
def test_a_released_figure_comes_back_as_it_went_in(figure):
    entry = Released(
        dataset="city", version="v", question=ASKED, figure=figure, rule="default", went_to="edition:couple@1"
    )

    assert Released.model_validate_json(entry.model_dump_json()) == entry


def test_a_figure_went_somewhere():
    with pytest.raises(ValidationError):
        Released(
            dataset="city",
            version="v",
            question=ASKED,
            figure=Suppressed(below=10),
            rule="default",
            went_to="",
        )
