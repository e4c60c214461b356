"""Where a number comes from, in words: said beside every number, wherever it goes."""

from __future__ import annotations

from ...story.dates import in_words
from ...story.messages import Message, message
from ...story.terms import Vocabulary
from ..dataset.datasets import Manifest
from ..suppression.rules import Rule
from .questions import Asked


def source(manifest: Manifest) -> Message:
    """Whose rows, of when, loaded when; and, first of all, whether they are made up."""
    title = manifest.about.title or manifest.name
    said = message(
        "{title}, contacts from {first} to {last}, loaded on {day}.",
        title=title,
        first=in_words(manifest.first.isoformat()),
        last=in_words(manifest.last.isoformat()),
        day=in_words(f"{manifest.loaded_at:%Y-%m-%d}"),
    )
    if manifest.about.definition:
        said = message("{source} It holds {people}.", source=said, people=manifest.about.definition)
    if manifest.about.synthetic:
        return message("Synthetic data, made by a program: nobody in it is real. {source}", source=said)
    return said


def definition(asked: Asked, vocabulary: Vocabulary) -> Message | None:
    """Whom "with needs" means, for every count that depends on it."""
    if not asked.about_needs:
        return None
    whole = message("Needs are those that any agency in the data recorded for a person, at any time.")
    if asked.multiple:
        whole = message("Multiple needs means {words}. {whole}", words=vocabulary.definition, whole=whole)
    if len(asked.needs) > 1:
        needs = ", ".join(vocabulary.label("needs", code) for code in asked.needs)
        whole = message("Only people with all of: {needs}. {whole}", needs=needs, whole=whole)
    return whole


def counted(asked: Asked) -> Message:
    """What one number is."""
    if asked.of == "people":
        return message(
            "Each number is of different people; somebody seen by two agencies is in both numbers."
        )
    return message("Each number is of contacts.")


def note(manifest: Manifest, asked: Asked, rule: Rule, vocabulary: Vocabulary) -> Message:
    """All of it as one paragraph."""
    meant = definition(asked, vocabulary)
    said = message(
        "{source} {counted} {rule}", source=source(manifest), counted=counted(asked), rule=rule.words
    )
    return said if meant is None else message("{said} {meant}", said=said, meant=meant)
