"""Identifiers planted in every field of a story, found without anybody naming one, are nowhere in what would leave."""

from __future__ import annotations

import html
import json
from base64 import b64encode
from typing import Any
from urllib.parse import quote

import pytest

from storybook.anonymise import Confidence, Names
from storybook.anonymise.candidate import freeze
from storybook.anonymise.detectors import engine
from storybook.anonymise.detectors.findings import Finding, Kind, Tier
from storybook.anonymise.edition import Edition
from storybook.anonymise.release import release
from storybook.anonymise.report import examine
from storybook.publish.export import to_csv, to_json
from storybook.story.model import Story
from tests.planted import Plant, leaks, planted_story, plants
from tests.unit.anonymise.samples import DAY, VOCABULARY, consents, sign_off

PUT = {Kind.PERSON: "somebody", Kind.PLACE: "a town nearby", Kind.DATE: "then", Kind.AGE: "grown up"}
TEXTS = (
    *(
        "title",
        "introduction",
        "about",
        "summary",
        "detail",
        "response",
        "no_response",
        "impact",
        "own_words",
    ),
    *("note", "text", "label", "acknowledgement"),
)
OWN = Names(agencies=("The Shelter",), organisations=("Mostyn Vale Trust",), pseudonyms=("Robin", "Sam"))


def texts_of(part: Any) -> list[str]:
    found = [getattr(part, name) for name in TEXTS if getattr(part, name, "")]
    for name in ("people", "contacts", "gaps", "episodes", "tracks", "points"):
        for inner in getattr(part, name, ()):
            found += [] if isinstance(inner, str) else texts_of(inner)
    return found


def rewritten(part: Any, put: dict[str, str]) -> Any:
    new: dict[str, Any] = {name: put[getattr(part, name)] for name in TEXTS if getattr(part, name, "")}
    for name in ("people", "contacts", "gaps", "episodes", "tracks", "points"):
        inner = getattr(part, name, ())
        if inner and not isinstance(inner[0], str):
            new[name] = tuple(rewritten(one, put) for one in inner)
    return part.model_copy(update=new)


def decided(text: str, found: list[Finding]) -> str:
    """Each finding replaced, and the sentence of what only an adviser could clear left out."""
    for one in reversed([f for f in found if f.tier is not Tier.ADVISER]):
        text = f"{text[: one.start]}{PUT.get(one.kind, 'something')}{text[one.end :]}"
    return text


def anonymised(story: Story, *, fast: bool) -> Story:
    """Every proposal accepted: names found in one text are looked for in all, until nothing new is found."""
    texts = list(dict.fromkeys(texts_of(story)))
    known = OWN
    for text in texts:
        found = engine.find_identifiers(text, known=OWN, fast=fast)
        known = known.with_found(text, [f for f in found if f.confidence is not Confidence.POSSIBLE])
    put = {t: decided(t, engine.find_identifiers(t, known=known, fast=fast)) for t in texts}
    return Story.model_validate(rewritten(story, put).model_dump())


def released(story: Story) -> Edition:
    candidate = freeze(story, VOCABULARY)
    return release(candidate, examine(candidate), consents(candidate), sign_off(candidate), number=1, day=DAY)


def left_over(planted: list[Plant], *, fast: bool) -> set[str]:
    edition = released(anonymised(planted_story(planted), fast=fast))
    return set().union(*leaks({"json": to_json(edition), "csv": to_csv(edition)}, planted).values())


def test_before_anything_is_decided_every_plant_is_there_to_be_found() -> None:
    planted = plants(60)
    everything = "\n".join(texts_of(planted_story(planted)))
    assert leaks({"story": everything}, planted) == {"story": {p.sentence for p in planted}}


WRITTEN = {
    "as it is": str,
    "in capitals": str.upper,
    "as JSON in ASCII": lambda text: json.dumps(text, ensure_ascii=True),
    "as HTML": html.escape,
    "as numbered signs": lambda text: "".join(f"&#{ord(c)};" for c in text),
    "as an address": quote,
    "with a tag after each letter": "<b></b>".join,
    "with signs that can't be seen": "\u200b".join,
    "with marks on its letters": "\u0301".join,
    "inside a picture inside a page": lambda text: (
        f"data:image/svg+xml;base64,{b64encode(text.encode()).decode()}"
    ),
}


@pytest.mark.parametrize("how", WRITTEN)
def test_the_search_finds_each_plant_however_an_output_writes_it(how: str) -> None:
    """Each alone, so that nothing which the search leaves out or folds can hide one."""
    for plant in plants(300):
        assert leaks({"output": WRITTEN[how](plant.sentence)}, [plant]) == {"output": {plant.sentence}}


def test_nothing_but_what_only_a_person_could_see_is_left_of_sixty_identifiers() -> None:
    planted = plants(60, seed=7)
    assert left_over(planted, fast=True) <= {p.sentence for p in planted if p.by_a_person}


@pytest.mark.exam
def test_nothing_but_what_only_a_person_could_see_is_left_of_three_hundred() -> None:
    planted = plants(300)
    mine = {p.sentence for p in planted if p.by_a_person}
    assert left_over(planted, fast=False) <= mine
    assert len(mine) <= 0.05 * len(planted)
