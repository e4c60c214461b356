"""Analysts ask; the answer is the same card in the service, at the command line and again the next day."""

from __future__ import annotations

import datetime as dt

import pytest

from storybook.linked.asking.enquiry import Enquiry
from storybook.linked.asking.next_steps import Step
from storybook.linked.asking.turning import TurningPoint
from storybook.linked.dataset.mapping import ColumnMapping, Terms, Wishes
from storybook.services.context import Actor
from storybook.services.data.ask import ask, what_can_be_asked
from storybook.services.data.happened_next import around, steps_at, what_came_next
from storybook.services.data.rows import count_data, load_data
from storybook.services.errors import NotAllowed, SignInFirst
from storybook.services.permissions import SiteRole
from storybook.story.ids import new_id
from storybook.story.model import Agency, Contact, Story
from storybook.story.problems import Problems

ANALYST = Actor(new_id(), "Ana", frozenset({SiteRole.ANALYST}))
WORKER = Actor(new_id(), "Wes", frozenset({SiteRole.WORKER}))
ASKED = Enquiry(dataset="trial", agencies=("Shelter", "Surgery"), both=True)


@pytest.fixture
def database():
    return "sqlite"  # asking touches no database: once is enough


@pytest.fixture
def filled(ctx, tmp_path):
    """14 people at the shelter, 12 of them at the surgery too."""

    def fill(surgery=12, ends=None):
        rows = [f"p{n},2017-02-0{n % 9 + 1},Shelter" for n in range(14)]
        rows += [f"p{n},2017-03-0{n % 9 + 1},Surgery" for n in range(surgery)]
        path = tmp_path / "rows.csv"
        path.write_text("\n".join(["client,day,service", *rows]) + "\n")
        mapping = ColumnMapping(person="client", date="day", agency="service")
        wishes = Wishes(terms=Terms(partner="Shelter", agreement="A1", ends=ends)) if ends else None
        load_data(ctx, ANALYST, "trial", [path], mapping, wishes=wishes)
        return ctx

    return fill


def test_the_same_question_has_the_same_answer_until_the_data_change(filled, clock):
    ctx = filled()
    first = ask(ctx, ANALYST, ASKED)
    clock.advance(dt.timedelta(days=1))

    assert ask(ctx, Actor.operator(), ASKED) == first
    assert str(first.words) == "about 10 people"
    where = ASKED.where()
    assert count_data(ctx, ANALYST, "trial", by=(), where=where).cells[0].figure == first.figure

    filled(surgery=3)
    changed = ask(ctx, ANALYST, ASKED)
    assert str(changed.words) == "fewer than 10 people"
    assert changed.version != first.version
    assert changed.as_of == first.as_of + dt.timedelta(days=1)


def test_only_those_who_may_count_may_ask(filled):
    ctx = filled()
    for actor, error in ((WORKER, NotAllowed), (Actor.nobody(), SignInFirst)):
        with pytest.raises(error):
            ask(ctx, actor, ASKED)
        with pytest.raises(error):
            what_can_be_asked(ctx, actor, "trial")


def test_a_dataset_says_what_there_is_to_choose_from(filled):
    lists = what_can_be_asked(filled(), ANALYST, "trial")

    assert lists.agencies == ("Shelter", "Surgery")
    assert (lists.first, lists.last) == (dt.date(2017, 2, 1), dt.date(2017, 3, 9))


def test_a_dataset_that_is_not_there_answers_nothing(ctx):
    with pytest.raises(Problems, match='there is no dataset called "trial"'):
        ask(ctx, ANALYST, ASKED)


def everything(ctx, actor):
    """Every way of asking."""
    return (
        lambda: ask(ctx, actor, ASKED),
        lambda: what_can_be_asked(ctx, actor, "trial"),
        lambda: what_came_next(ctx, actor, "trial", (Step("Shelter"),)),
        lambda: around(ctx, actor, "trial", TurningPoint(agency="Shelter")),
    )


def test_after_its_agreement_a_dataset_answers_nothing(filled, clock):
    ctx = filled(ends=clock.now().date())
    for way in everything(ctx, ANALYST):
        assert way() is not None
    clock.advance(dt.timedelta(days=1))

    for way in everything(ctx, ANALYST):
        with pytest.raises(Problems, match='the agreement for "trial" ended on 2026-03-02'):
            way()


def test_what_came_next_and_what_came_after_are_for_analysts(filled):
    ctx = filled()
    window = what_came_next(ctx, ANALYST, "trial", (Step("Shelter"),)).windows[0]
    assert [str(share.agency) for share in window.agencies if share.figure.state == "shown"] == []
    for way in everything(ctx, WORKER)[2:]:
        with pytest.raises(NotAllowed):
            way()


def test_the_last_steps_of_a_story_are_those_that_the_data_know():
    story = Story(
        slug="ann",
        title="Ann",
        agencies=(
            Agency(ref="a", name="A", sector="housing", dataset_agency="Shelter"),
            Agency(ref="b", name="B", sector="health", dataset_agency="Surgery"),
            Agency(ref="c", name="C", sector="health"),
        ),
        contacts=tuple(
            Contact(date=date, agency=ref)
            for date, ref in (("2016-03", "b"), ("2016-01", "a"), ("2016-05", "c"), ("2016-07", "a"))
        ),
    )

    assert [steps_at(story, contact) for contact in story.contacts] == [
        (Step("Shelter"), Step("Surgery")),
        (Step("Shelter"),),
        (),
        (Step("Shelter"),),
    ]
