"""What a dataset says about trajectories is a band; a lock is held by one."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from storybook.linked.cohort.protocol import Cohort, MatchBand
from storybook.linked.dataset.locking import Busy, locked
from storybook.linked.dataset.mapping import Absence, ColumnMapping


class NobodyMatches:
    """The smallest thing that is a cohort."""

    size_in_words = "about 6,600 people"

    def matching(self, points, *, grain="month", at_any_shift=False, by="agency"):
        return MatchBand.NONE if points else MatchBand.NOT_MEASURED


def test_a_cohort_answers_in_bands_and_never_in_numbers():
    cohort: Cohort = NobodyMatches()

    assert cohort.matching([("Jobcentre", "2016-04")], grain="month") == "0"
    assert cohort.matching([]) == "not measured"
    assert {str(band) for band in MatchBand} == {"0", "1", "2-4", "5-9", "10+", "not measured"}


def test_an_absence_ends_after_it_begins():
    with pytest.raises(ValidationError, match="an absence ends before it begins"):
        Absence(agency="A", first="2016-02-01", last="2016-01-01")


def test_a_mapping_takes_no_unknown_field():
    with pytest.raises(ValidationError):
        ColumnMapping(person="a", date="b", agency="c", name="d")


def test_a_lock_is_held_by_one_and_given_back(tmp_path):
    with locked(tmp_path / "lock"), pytest.raises(Busy), locked(tmp_path / "lock"):
        pass
    with locked(tmp_path / "lock"):
        assert (tmp_path / "lock").exists()
