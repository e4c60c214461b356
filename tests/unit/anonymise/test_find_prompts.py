"""What only a person can judge is asked about, the most telling first; the language model adds names."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.findings import notes, scored
from storybook.anonymise import Confidence, Kind, find_identifiers, find_prompts

CASE_NOTES = Path(__file__).parents[2] / "data" / "casenotes" / "tune.jsonl"


@pytest.mark.parametrize(
    ("sort", "text"),
    [
        ("only", "She was the only woman in the lifeboat crew."),
        ("known", "It was in all the papers at the time."),
        ("event", "He was struck by lightning twice."),
        ("family", "They had triplets by then."),
        ("body", "He has a glass eye since."),
        ("work", "His trade was steeplejack."),
        ("place", "They lived above the chip shop."),
        ("thing", "He kept a three-legged greyhound."),
    ],
)
def test_a_rare_fact_is_asked_about(sort: str, text: str) -> None:
    prompts = find_prompts(text)
    assert sort in {p.sort for p in prompts}
    assert all(p.kind is Kind.FACT and 0 <= p.start < p.end <= len(text) for p in prompts)
    assert str(prompts[0].question).endswith("?")


def test_the_most_telling_comes_first_and_no_more_than_asked_for() -> None:
    text = (
        "He had a limp. He was the first man in the town to row home. It was on the telly, filmed by a crew."
    )
    weights = [p.weight for p in find_prompts(text)]
    assert weights == sorted(weights, reverse=True)
    assert [p.sort for p in find_prompts(text, most=1)] == ["known"]


def test_things_that_say_little_alone_are_asked_about_together() -> None:
    text = "A Somali man, aged 34, moved to Nuneaton in March 2016."
    assert "together" in {p.sort for p in find_prompts(text)}
    assert find_prompts("He waited. Nobody rang. It rained.") == []


def test_another_script_is_for_somebody_who_reads_it() -> None:
    assert [p.sort for p in find_prompts("She said спасибо Мария to her.")] == ["script"]


def test_marks_hide_no_rare_fact() -> None:
    text = "She was the **only** woman in the crew."
    prompt = find_prompts(text)[0]
    assert "**only**" in text[prompt.start : prompt.end]


# ---- the language model


def test_the_model_adds_names_and_leaves_ordinary_words_alone() -> None:
    text = "Later Zbigniewa Trachtenholz and the Velmora Initiative wrote to her."
    slow = {(f.start, f.end) for f in find_identifiers(text)}
    assert any(text[start:end].startswith("Zbigniewa") for start, end in slow)
    assert find_identifiers("The Council said no. Nothing came of it. We waited for weeks.") == []


# ---- on case notes that somebody else wrote


def test_most_of_what_identifies_directly_in_case_notes_is_found_and_little_else() -> None:
    documents = notes(CASE_NOTES)
    spans = {d.name: [(f.start, f.end) for f in find_identifiers(d.text, fast=True)] for d in documents}
    score = scored(documents, spans)
    assert score.share("direct found", "direct") >= 0.92
    assert score.share("near flagged", "near") <= 0.15


def test_rare_facts_in_case_notes_are_mostly_asked_about() -> None:
    asked = told = 0
    for line in CASE_NOTES.read_text("utf-8").splitlines():
        note = json.loads(line)
        prompts = find_prompts(note["text"])
        facts = [s for s in note["spans"] if s["kind"] == "FACT"]
        told += len(facts)
        asked += sum(any(p.start < f["end"] and f["start"] < p.end for p in prompts) for f in facts)
    assert asked / told >= 0.8


def test_what_is_surer_is_more_often_right() -> None:
    documents = notes(CASE_NOTES)
    found = {d.name: find_identifiers(d.text, fast=True) for d in documents}
    shares = [
        scored(
            documents, {n: [(f.start, f.end) for f in fs if f.confidence >= tier] for n, fs in found.items()}
        )
        for tier in Confidence
    ]
    precision = [score.share("words right", "words") for score in shares]
    assert precision == sorted(precision)
