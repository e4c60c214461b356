"""What the calendar can't be read back from, spans that lie on their axis, and ticks."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storybook.anonymise.candidate import Candidate
from storybook.anonymise.dates.policy import DRAFT, RULES
from storybook.anonymise.draft import draft
from storybook.anonymise.shown import Shown
from storybook.story.model import Contact, DatePolicy, Gap, Story
from tests.strategies import a_story as generated
from tests.unit.anonymise.samples import VOCABULARY, a_story, contact, under

P = DatePolicy
#: Stories are generated from a seed: whole ones are too large for Hypothesis to print.
SEEDS = st.integers(0, 2**32 - 1)


def texts(shown: Shown) -> list[str]:
    return [c.when.text for c in shown.contacts]


def steps(shown: Shown) -> list[tuple[int, int]]:
    return [(c.when.first, c.when.last) for c in shown.contacts]


# ---- what the calendar can't be read back from


def _replaced(story: Story, date_of: Any, parts: Any = ("contacts", "gaps")) -> Story:
    changed = {
        name: tuple(
            p.model_copy(update=dict(zip(("date", "end"), date_of(p), strict=True)))
            for p in getattr(story, name)
        )
        for name in parts
    }
    return story.model_copy(update=changed)


def _other_days(seed: int) -> Any:
    """Every whole day replaced by another of the same month; a start stays before its end."""

    def other(date: str, at_least: int) -> str:
        whole = re.fullmatch(r"(\d{4}-\d\d)-\d\d", date)
        return f"{whole[1]}-{at_least + seed % 14:02d}" if whole else date

    def moved(part: Contact | Gap) -> tuple[str, str]:
        return other(part.date, 1), other(part.end, 1 if part.end == part.date else 15)

    return moved


@settings(max_examples=15)
@given(SEEDS, st.integers(0, 13))
def test_under_relative_dates_nothing_depends_on_the_day(seed: int, day: int) -> None:
    story = generated(seed)
    assert under(_replaced(story, _other_days(day)), P.RELATIVE).sha256 == under(story, P.RELATIVE).sha256


def _months_later(months: int) -> Any:
    def later(date: str) -> str:
        if not date or date == "..":
            return date
        year, month = (int(n) for n in date.split("-")[:2])
        number = year * 12 + month - 1 + months
        return f"{number // 12:04d}-{number % 12 + 1:02d}"

    def moved(part: Contact | Gap) -> tuple[str, str]:
        return later(part.date), later(part.end)

    return moved


fine = st.tuples(st.integers(2010, 2018), st.integers(1, 12), st.integers(0, 9)).map(
    lambda t: (
        f"{t[0]}-{t[1]:02d}",
        f"{t[0] + (t[1] + t[2] - 1) // 12}-{(t[1] + t[2] - 1) % 12 + 1:02d}" if t[2] else "",
    )
)


@given(st.lists(fine, min_size=1, max_size=12), st.integers(-60, 600))
def test_the_same_life_at_another_time_is_the_same_relative_candidate(
    dates: list[tuple[str, str]], months: int
) -> None:
    story = a_story(*(contact(date, end=end, summary=f"s{n}") for n, (date, end) in enumerate(dates)))
    assert under(_replaced(story, _months_later(months)), P.RELATIVE) == under(story, P.RELATIVE)


@given(
    st.integers(0, 11),
    st.integers(2012, 2019),
    st.sampled_from(["{year}", "{year}-21", "{year}-22", "{year}-23", "{year}-24"]),
)
def test_a_coarse_date_does_not_tell_which_month_the_first_is(first: int, year: int, pattern: str) -> None:
    """Whatever month the story begins in, "some time in 2016" is one of the same few ranges, whole blocks long."""
    story = a_story(contact(f"2014-{first + 1:02d}"), contact(pattern.format(year=year)), contact("2021-03"))
    shown = under(story, P.RELATIVE).shown
    block = 12 if "-" not in pattern else 3
    anchor = next(c.when.first for c in shown.contacts if c.when.first == c.when.last)
    coarse = next(c.when for c in shown.contacts if c.when.first != c.when.last)
    assert coarse.first % block == anchor % block == 0
    assert coarse.last - coarse.first + 1 == 2 * block


@settings(max_examples=15)
@given(SEEDS)
def test_a_coarse_date_is_widened_and_never_narrowed(seed: int) -> None:
    story = generated(seed)
    shown = under(story, P.RELATIVE).shown
    month = under(story, P.MONTH).shown
    lengths = sorted(c.when.last - c.when.first for c in shown.contacts if not c.when.ongoing)
    true = sorted(c.when.last - c.when.first for c in month.contacts if not c.when.ongoing)
    assert all(wide >= narrow for wide, narrow in zip(lengths, true, strict=True))


@settings(max_examples=25)
@given(SEEDS, st.sampled_from(list(P)))
def test_every_span_lies_on_its_axis_and_in_order(seed: int, policy: P) -> None:
    _lies_well(under(generated(seed), policy))


def _lies_well(candidate: Candidate) -> None:
    shown, end = candidate.shown, candidate.shown.axis.steps - 1
    spans = [c.when for c in (*shown.contacts, *shown.gaps)] + [e.when for e in shown.episodes if e.when]
    assert all(0 <= s.fuzzy_first <= s.first <= s.last <= s.fuzzy_last <= end for s in spans)
    assert steps(shown) == sorted(steps(shown))
    assert all(0 <= tick.step <= end for tick in shown.axis.ticks)


@settings(max_examples=15)
@given(SEEDS)
def test_a_draft_s_spans_lie_on_its_axis(seed: int) -> None:
    shown = draft(generated(seed), VOCABULARY).shown
    spans = [c.when for c in shown.contacts]
    assert all(0 <= s.fuzzy_first <= s.first <= s.last <= s.fuzzy_last < shown.axis.steps for s in spans)


# ---- ticks


@pytest.mark.parametrize(
    "end", ["2014-03-02", "2014-09", "2016-02", "2019-01", "2060-05", "3000", "9999-12-31"]
)
@pytest.mark.parametrize("policy", [None, *P])
def test_ticks_are_few_round_and_true(end: str, policy: P | None) -> None:
    story = a_story(contact("2014-03-01"), contact(end))
    shown = draft(story, VOCABULARY).shown if policy is None else under(story, policy).shown
    ticks = shown.axis.ticks
    assert 1 <= len(ticks) <= 37
    assert 1 <= sum(tick.major for tick in ticks) <= 13
    assert len({tick.step for tick in ticks}) == len(ticks)
    assert len({tick.label for tick in ticks if tick.major}) == sum(tick.major for tick in ticks)


def test_ticks_of_two_years_are_months_with_the_year_where_it_must_stand_alone() -> None:
    shown = under(a_story(contact("2014-11"), contact("2016-01")), P.MONTH).shown
    labels = [(tick.step, tick.label, tick.major) for tick in shown.axis.ticks]
    assert labels[:4] == [(0, "Nov", False), (1, "Dec", False), (2, "Jan 2015", True), (3, "Feb", False)]


def test_every_policy_has_its_rule() -> None:
    assert {policy: rule.name for policy, rule in RULES.items()} == {policy: policy.value for policy in P}
    assert DRAFT.calendar
