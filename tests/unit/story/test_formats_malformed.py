"""Every wrong file is told in the words of the table, all at once, and leaves nothing behind."""

from __future__ import annotations

import resource
from pathlib import Path

import pytest

from storybook.story.formats import read
from storybook.story.problems import Problems
from tests.malformed import MALFORMED, Malformed, page

DOCS = Path(__file__).parents[3] / "docs"


@pytest.mark.parametrize("case", MALFORMED, ids=lambda case: case.name)
def test_a_wrong_file_is_told_in_these_words(tmp_path: Path, case: Malformed) -> None:
    path = case.make(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(Problems) as caught:
        read(path, **case.options)
    assert tuple(str(problem) for problem in caught.value.problems) == case.said
    assert sorted(tmp_path.rglob("*")) == before


def test_the_table_is_long_and_every_case_has_its_name() -> None:
    assert len(MALFORMED) == len({case.name for case in MALFORMED}) >= 30


def test_the_page_of_errors_is_made_from_the_table() -> None:
    assert (DOCS / "errors.md").read_text() == page()


def test_a_line_of_200_mb_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = next(case for case in MALFORMED if case.name == "A line of 200 MB").make(tmp_path)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(Problems):
        read(path)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50 * 1024
