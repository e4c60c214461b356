"""What a reviewer reads in a rehearsal: every word that readers would see, part by part, and what to look twice at."""

import pytest

from storybook.anonymise.candidate import freeze
from storybook.anonymise.rehearsal import CONTACTS, PROMPTS, START, VIEWERS, Part, Viewer, parts_of
from storybook.anonymise.shown import Shown
from storybook.story.messages import say
from tests.strategies import a_story
from tests.unit.anonymise.samples import VOCABULARY

NAME = "\u0633\u0627\u0631\u0629"


def shown_of(seed: int) -> Shown:
    return freeze(a_story(seed), VOCABULARY).shown


def said(part: Part) -> list[tuple[str, str]]:
    return [(it.passage, say(it.question)) for it in part.asked]


def test_the_parts_are_the_start_each_episode_and_the_contacts():
    shown = shown_of(0)
    parts = parts_of(shown)
    assert [part.key for part in parts] == [START, *(e.key for e in shown.episodes), CONTACTS]
    assert [part.title for part in parts[1:-1]] == [e.title for e in shown.episodes]


def test_a_name_that_runs_from_right_to_left_turns_the_age_beside_it_nowhere():
    shown = shown_of(0)
    people = tuple(one.model_copy(update={"name": NAME, "age_band": "25 to 34"}) for one in shown.people[:1])
    start, *_ = parts_of(shown.model_copy(update={"people": people}))
    assert f"\u2068{NAME}\u2069 25 to 34" in start.texts


@pytest.mark.parametrize("seed", range(5))
def test_every_text_of_what_is_shown_stands_in_a_part(seed):
    shown = shown_of(seed)
    read = "\n".join(text for part in parts_of(shown) for text in (part.title, part.when, *part.texts))
    words = [
        shown.title,
        shown.introduction,
        *(p.name for p in shown.people),
        *(p.about for p in shown.people),
    ]
    words += [text for e in shown.episodes for text in (e.title, e.text)]
    for c in shown.contacts:
        words += [
            c.label,
            c.detail,
            c.response,
            c.no_response,
            c.impact,
            c.own_words,
            c.kind_label,
            c.when.text,
        ]
    words += [g.note for g in shown.gaps] + [p.label for t in shown.tracks for p in t.points]
    assert [text for text in words if text not in read] == []


def test_a_story_without_contacts_or_people_has_no_such_part():
    shown = shown_of(0).model_copy(update={"contacts": (), "gaps": (), "tracks": ()})
    assert CONTACTS not in {part.key for part in parts_of(shown)}


def test_a_rare_fact_is_quoted_with_its_question():
    part = Part(
        "e1", "The boat", "", ("It was warm. She was the only woman in the lifeboat crew. Then we left.",)
    )
    ((passage, question),) = said(part)
    assert "the only woman in the lifeboat crew" in passage
    assert question == "Is there only one person of whom this is true?"


def test_a_passage_from_the_middle_of_a_long_text_is_quoted_with_a_few_words_around_it():
    filler = "and so it went on and on and on for us and for them " * 6
    ((passage, _),) = said(Part("e1", "", "", (f"{filler}. He was the only man there. {filler}",)))
    assert passage.startswith("… ")
    assert passage.endswith(" …")
    assert "the only man" in passage
    assert len(passage) < 200


def test_no_more_is_asked_than_a_person_can_look_at_and_it_stays_in_reading_order():
    texts = tuple(f"Number {n}. She was the only woman in the crew." for n in range(30))
    asked = said(Part("e1", "", "", texts))
    assert len(asked) == PROMPTS
    numbers = [int(passage.split("Number ")[1].split(".")[0]) for passage, _ in asked]
    assert numbers == sorted(numbers)


@pytest.mark.parametrize("viewer", Viewer)
def test_every_viewer_has_a_name_and_says_what_they_know(viewer):
    name, knows = VIEWERS[viewer]
    assert name.id
    assert knows.id.startswith("They know")
