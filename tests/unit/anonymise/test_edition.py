"""An edition can't be forged, changed or tampered with, and a draft can't take its place."""

from __future__ import annotations

import copy
import dataclasses
import json
import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storybook.anonymise import edition as module
from storybook.anonymise.candidate import canonical, digest
from storybook.anonymise.edition import Edition, ForgedEdition, TamperedEdition, genuine, load
from tests.unit.anonymise.samples import an_edition

ROOT = Path(__file__).resolve().parents[3]


def test_a_stored_edition_comes_back_through_its_hash() -> None:
    edition = an_edition(number=4)
    back = load(edition.to_json(), edition.sha256)
    assert (back.number, back.shown, back.manifest, back.candidate) == (
        4,
        edition.shown,
        edition.manifest,
        edition.candidate,
    )
    assert back.to_json() == edition.to_json()
    assert back.sha256 == edition.sha256
    assert genuine(back) is back
    assert repr(back) == f"<Edition 4, {edition.sha256[:12]}>"


def test_it_says_nothing_about_who_agreed_or_signed() -> None:
    told = json.loads(an_edition().to_json())
    assert set(told) == {"schema_version", "number", "candidate", "manifest"}
    assert told["manifest"] == {
        "candidate_sha256": told["manifest"]["candidate_sha256"],
        "released_on": "2026-03-02",
        "policy": "relative",
        "grain": "month",
        "rules": [],
        "findings": 0,
        "findings_decided": 0,
        "risk": "not measured",
        "consents": 2,
        "others": 0,
        "channels": [["team", "2027-03-31"], ["web", "2027-03-31"]],
    }
    assert not any(name in an_edition().to_json() for name in ("Rae", "Will", "demo"))


@settings(max_examples=40)
@given(st.integers(0, 10**6), st.characters(exclude_categories=["Cs"]))
def test_one_changed_character_is_tampering(place: int, character: str) -> None:
    edition = an_edition()
    text = edition.to_json()
    at = place % len(text)
    changed = text[:at] + character + text[at + 1 :]
    if changed != text:
        with pytest.raises(TamperedEdition):
            load(changed, edition.sha256)


@pytest.mark.parametrize(
    "change",
    [
        lambda d: d["candidate"]["shown"].update(title="Another"),
        lambda d: d["candidate"]["shown"].update(fictional=False),
        lambda d: d.update(number=0),
        lambda d: d["manifest"].update(channels=[]),
        lambda d: d["manifest"].update(findings=1),
        lambda d: d.update(schema_version=2),
        lambda d: d["manifest"].update(candidate_sha256="0" * 64),
    ],
)
def test_what_does_not_agree_with_itself_is_refused_whatever_its_hash(change: Any) -> None:
    told = json.loads(an_edition().to_json())
    change(told)
    text = canonical(told)
    with pytest.raises(TamperedEdition) as refused:
        load(text, digest(text))
    assert "Ann" not in str(refused.value)
    assert refused.value.__cause__ is None


def test_spaces_are_tampering_too() -> None:
    text = json.dumps(json.loads(an_edition().to_json()))
    with pytest.raises(TamperedEdition, match="agree with itself"):
        load(text, digest(text))


# ---- attacks


def _blank() -> Edition:
    return object.__new__(Edition)


def _filled() -> Edition:
    forged, true = _blank(), an_edition()
    for name in ("_json", "_record"):
        object.__setattr__(forged, name, getattr(true, name))
    return forged


class _LooksLike:
    def __init__(self) -> None:
        self.__dict__.update(shown=an_edition().shown, number=1, slug="s", unchanged=True)


@pytest.mark.parametrize(
    "forge",
    [
        lambda: Edition(object(), None, "{}"),  # type: ignore[arg-type]  # the attack
        lambda: Edition(None, None, ""),  # type: ignore[arg-type]  # the attack
        lambda: genuine(_blank()),
        lambda: genuine(_filled()),
        lambda: genuine(_LooksLike()),  # type: ignore[arg-type]  # the attack
        lambda: genuine(an_edition().shown),  # type: ignore[arg-type]  # the attack
        lambda: pickle.dumps(an_edition()),
        lambda: type("Mine", (Edition,), {}),
        lambda: dataclasses.replace(an_edition(), number=2),  # type: ignore[type-var]  # the attack
        lambda: an_edition().__reduce_ex__(4),
    ],
)
def test_nothing_else_passes_for_an_edition(forge: Any) -> None:
    with pytest.raises((ForgedEdition, TypeError)):
        forge()


def test_it_never_changes() -> None:
    edition = an_edition()
    with pytest.raises(AttributeError):
        edition.number = 2  # type: ignore[misc]  # the attack
    with pytest.raises(AttributeError):
        edition._json = "{}"
    with pytest.raises(AttributeError):
        del edition._record
    with pytest.raises(TypeError):
        edition.channels[next(iter(edition.channels))] = None  # type: ignore[index]  # the attack
    assert copy.copy(edition) is copy.deepcopy(edition) is edition


def test_insides_changed_by_force_are_noticed_at_the_door() -> None:
    other = an_edition(number=2)
    for name in ("_record", "_json"):
        edition = an_edition()
        object.__setattr__(edition, name, getattr(other, name))
        with pytest.raises(ForgedEdition):
            genuine(edition)
    edition = an_edition()
    for name in ("_record", "_json"):
        object.__setattr__(edition, name, getattr(other, name))
    with pytest.raises(ForgedEdition):
        genuine(edition)


def test_an_edition_that_is_gone_leaves_nothing_behind() -> None:
    before = len(module._made)
    edition = an_edition()
    assert len(module._made) == before + 1
    del edition
    assert len(module._made) == before


SNIPPET = """
from storybook.anonymise.candidate import Candidate
from storybook.anonymise.draft import Draft
from storybook.anonymise.edition import Edition
from storybook.publish.export import to_csv, to_json
from storybook.publish.files import EditionPage, write
from storybook.story.model import Story
from pathlib import Path

def outside(draft: Draft, candidate: Candidate, story: Story, edition: Edition, page: EditionPage) -> None:
    to_csv(edition)
    to_csv(draft)
    to_json(candidate)
    write(story, Path("."), {})
    page(draft)
    write(edition, Path("."), {"a.csv": to_csv})
    Edition(draft, candidate, "")
"""


@pytest.mark.late
def test_leaking_is_a_type_error(tmp_path: Path) -> None:
    """mypy refuses everything but an edition at every door, and building one by hand.

    It shares the house's cache: reading pydantic anew takes half a minute.
    """
    code = tmp_path / "snippet.py"
    code.write_text(SNIPPET)
    command = [sys.executable, "-m", "mypy", "--cache-dir", str(ROOT / ".mypy_cache"), str(code)]
    checked = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    errors = [line.split(":")[1] for line in checked.stdout.splitlines() if ": error:" in line]
    assert sorted(set(errors)) == ["12", "13", "14", "15", "17"], checked.stdout
