"""A candidate is named by its hash, and holds nothing that is not to be seen."""

from __future__ import annotations

import json
import re
import unicodedata
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from storybook.anonymise.candidate import Candidate, NotCanonical, canonical, digest, manifest_of
from storybook.anonymise.draft import draft
from storybook.story.model import DatePolicy, Story
from tests.strategies import a_story as generated
from tests.unit.anonymise.samples import VOCABULARY, a_story, contact, under

SEEDS = st.integers(0, 2**32 - 1)
#: Anything JSON can hold without floats.
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=12,
)


@given(json_values)
def test_canonical_json_is_one_text_however_it_was_built(value: Any) -> None:
    text = canonical(value)
    assert canonical(json.loads(text)) == text
    assert unicodedata.is_normalized("NFC", text)


@given(
    st.dictionaries(
        st.text(max_size=5).map(lambda s: unicodedata.normalize("NFC", s)), st.integers(), max_size=6
    )
)
def test_the_order_of_keys_does_not_matter(value: dict[str, int]) -> None:
    assert canonical(dict(reversed(list(value.items())))) == canonical(value)


def test_canonical_json_holds_no_floats_no_spaces_and_one_form_of_each_letter() -> None:
    with pytest.raises(TypeError):
        canonical({"a": [1.5]})
    assert canonical({"b": "e\u0301", "a": (1, None)}) == '{"a":[1,null],"b":"é"}'


@settings(max_examples=15)
@given(SEEDS, st.sampled_from(list(DatePolicy)))
def test_a_candidate_comes_back_from_its_json(seed: int, policy: DatePolicy) -> None:
    candidate = under(generated(seed), policy)
    back = Candidate.from_json(candidate.to_json())
    assert back == candidate
    assert back.sha256 == candidate.sha256 == digest(candidate.to_json())


@given(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n\x00"), max_size=20),
    st.integers(0, 20),
    st.characters(exclude_categories=["Cs", "Cc"]),
)
def test_one_changed_character_is_another_candidate(text: str, place: int, character: str) -> None:
    changed = text[:place] + character + text[place:]
    one, other = (under(a_story(contact("2014-04", summary=s)), DatePolicy.RELATIVE) for s in (text, changed))
    same = unicodedata.normalize("NFC", text) == unicodedata.normalize("NFC", changed)
    assert (one.sha256 == other.sha256) is same


@pytest.mark.parametrize(
    "damage",
    [
        lambda t: t.replace('"fictional":true', '"fictional": true'),
        lambda t: t[:-1],
        lambda t: t.replace('"schema_version":1', '"schema_version":2'),
        lambda t: t.replace('"contacts":1,', '"contacts":2,'),
        lambda t: t.replace('"slug":"ann-and-bo"', '"slug":"another"', 1),
        lambda t: t[:-1] + ',"extra":1}',
        lambda t: "",
        lambda t: "[]",
    ],
)
def test_what_is_not_the_canonical_json_of_a_candidate_is_refused(damage: Any) -> None:
    text = under(a_story(contact("2014-04")), DatePolicy.RELATIVE).to_json()
    with pytest.raises(NotCanonical) as refused:
        Candidate.from_json(damage(text))
    assert "ann" not in str(refused.value).lower()
    assert refused.value.__cause__ is None


def test_a_draft_can_t_be_made_a_candidate() -> None:
    shown = draft(a_story(contact("2014-04")), VOCABULARY).shown
    with pytest.raises(ValueError, match="draft"):
        manifest_of(shown)
    with pytest.raises(ValidationError):
        Candidate.model_validate(
            {
                "slug": shown.slug,
                "shown": shown,
                "manifest": under(a_story(contact("2014-04")), DatePolicy.MONTH).manifest,
            }
        )


# ---- nothing real comes along

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


def _without_words(story: Story) -> Story:
    """The story with every free text replaced, so that what is found came from dates, ids or hidden fields."""
    contacts = tuple(
        c.model_copy(
            update={
                "summary": "s",
                "detail": "",
                "response": "",
                "no_response": "",
                "impact": "",
                "own_words": "",
                "source": "SECRET-SOURCE",
                "cost_item": "SECRET-COST",
                "links": ("https://secret.example/",),
            }
        )
        for c in story.contacts
    )
    return story.model_copy(
        update={
            "slug": "s",
            "title": "t",
            "introduction": "",
            "contacts": contacts,
            "people": tuple(p.model_copy(update={"about": "", "name": "n"}) for p in story.people),
            "agencies": tuple(
                a.model_copy(update={"name": f"Agency {chr(97 + n % 26)}"})
                for n, a in enumerate(story.agencies)
            ),
            "gaps": tuple(g.model_copy(update={"note": ""}) for g in story.gaps),
            "episodes": tuple(e.model_copy(update={"title": "e", "text": ""}) for e in story.episodes),
            "tracks": tuple(
                t.model_copy(
                    update={
                        "title": "t",
                        "acknowledgement": "",
                        "ref": f"SECRET-{n}",
                        "points": tuple(p.model_copy(update={"label": ""}) for p in t.points),
                    }
                )
                for n, t in enumerate(story.tracks)
            ),
        }
    )


@settings(max_examples=20)
@given(SEEDS)
def test_a_relative_candidate_holds_no_year_no_id_no_source_and_no_agency_ref(seed: int) -> None:
    story = _without_words(generated(seed))
    text = under(story, DatePolicy.RELATIVE).to_json()
    assert re.findall(r"(?:19|20)\d\d", text) == []
    assert UUID.findall(text) == []
    assert not any(str(part.id) in text or part.id.hex in text for part in story.parts())
    assert "SECRET" not in text
    assert "secret" not in text
    assert "agency-" not in text


@settings(max_examples=10)
@given(SEEDS, st.sampled_from(list(DatePolicy)))
def test_no_candidate_holds_a_whole_date_or_an_id(seed: int, policy: DatePolicy) -> None:
    text = under(_without_words(generated(seed)), policy).to_json()
    assert re.findall(r"\d{4}-\d\d", text) == []
    assert UUID.findall(text) == []
    assert "SECRET" not in text
    assert "secret" not in text


def test_the_shift_is_not_in_the_candidate_and_no_weekday_is() -> None:
    text = under(
        a_story(contact("2014-04-02"), contact("2014-05-06")), DatePolicy.SHIFTED, shift=-3777
    ).to_json()
    assert "3777" not in text
    assert "2014" not in text
    days = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    assert not any(day in text.lower() for day in days)
