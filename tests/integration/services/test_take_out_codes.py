"""Taking an ordinary word out of a story changes words alone: what the program wrote to find its way stays."""

import pytest
import sqlalchemy as sa

from storybook.services.consent.others import name_other, others_of
from storybook.services.consent.settle_others import settle_other
from storybook.services.context import Actor
from storybook.services.findings.real_names import keep_real_name
from storybook.services.governance.assessment import governance_of
from storybook.services.governance.record import Question, record_governance
from storybook.services.rehearsal.record import Outcome
from storybook.services.rehearsal.rehearse import (
    add_try,
    begin_rehearsal,
    end_rehearsal,
    rehearsal_of,
    say_of_part,
)
from storybook.services.stopping.take_out import take_out_everywhere
from storybook.services.stories.get_story import get_story
from storybook.store.sweep import held, swept, worded
from storybook.store.tables.base import Holds
from tests.integration.services.test_life_of_a_story import SLUG, Cast

#: Words that are also the names of outcomes, states, sorts, answers and questions.
WORDS = (
    "nothing",
    "open",
    "controller",
    "web",
    "team",
    "reviewer",
    "author",
    "done",
    "yes",
    "voucher",
)
FREE = (
    "The controller said nothing: voucher, web, open team, recorded and done. Yes, the reviewer is an author."
)


@pytest.fixture
def cast(ctx) -> Cast:
    return Cast(ctx)


def said_of_everything(ctx, cast) -> None:
    """A row in every table that is swept, with the words in all that people wrote."""
    sha256 = cast.send()
    begin_rehearsal(ctx, cast.reviewer, SLUG, sha256)
    for part in rehearsal_of(ctx, cast.reviewer, SLUG).left:
        say_of_part(ctx, cast.reviewer, SLUG, sha256=sha256, part=part.key, who=["nobody"], how="")
    add_try(ctx, cast.reviewer, SLUG, sha256=sha256, tried=FREE, found="nothing")
    end_rehearsal(ctx, cast.reviewer, SLUG, sha256=sha256, outcome=Outcome.NOTHING, note=FREE)
    record = {"understood": "yes", "sober": "yes", "unpressured": "yes", "paid": "voucher", "supporter": FREE}
    with ctx.store.write() as session:
        session.execute(sa.text("UPDATE stories SET introduction = :said"), {"said": FREE})
    name_other(ctx, cast.worker, SLUG, "The author’s neighbour")
    (other,) = others_of(ctx, cast.reviewer, SLUG)
    settle_other(ctx, cast.reviewer, SLUG, other.id, "asked and agreed", FREE)
    cast.agree(sha256, channels=["team", "web"])
    with ctx.store.write() as session:
        consents = sa.table("consents", sa.column("record", sa.JSON))
        session.execute(sa.update(consents).values(record=record))
    for question in Question:
        record_governance(ctx, Actor.operator(), SLUG, question, FREE)
    keep_real_name(ctx, cast.worker, SLUG, "P1", "Quill")


def codes(ctx) -> dict[str, list]:
    """All that columns of codes and the keys of JSON hold, by table and column."""
    found = {}
    with ctx.read() as session:
        for table in swept():
            for column in (c for c in worded(table) if held(c) is Holds.CODES):
                values = session.scalars(sa.select(column).order_by(table.c.id))
                found[f"{table.name}.{column.name}"] = list(values)
    return found


def words_left(ctx, word) -> list[str]:
    with ctx.read() as session:
        return [
            f"{table.name}.{column.name}"
            for table in swept()
            for column in worded(table)
            if held(column) is Holds.WORDS and not column.info["at"]
            for value in session.scalars(sa.select(column))
            if word in str(value).lower()
        ]


def test_codes_stay_and_words_go(ctx, cast):
    said_of_everything(ctx, cast)
    before = codes(ctx)
    assert {"rehearsals.outcome", "governance.question", "others.standing"} <= {
        k for k, v in before.items() if v
    }
    for word in WORDS:
        take_out_everywhere(ctx, cast.worker, SLUG, word)
    assert codes(ctx) == before
    assert [word for word in WORDS if words_left(ctx, word)] == []
    all_is_readable(ctx, cast)


def all_is_readable(ctx, cast) -> None:
    """Every page's reading still works, and says what it said but for the words."""
    story = get_story(ctx, cast.worker, SLUG).story
    assert "voucher" not in story.introduction
    assert len(governance_of(ctx, Actor.operator(), SLUG).recorded) == len(Question)
    cast.send()
    (other,) = others_of(ctx, cast.reviewer, SLUG)
    assert (other.name, other.standing) == ("The [taken out]’s neighbour", "asked and agreed")
    (ended,) = rehearsal_of(ctx, cast.reviewer, SLUG).earlier
    assert ended.outcome is Outcome.NOTHING
    assert ended.record.tries[0].found == "[taken out]"


def test_the_answers_of_a_consent_stay_and_who_was_there_goes(ctx, cast):
    said_of_everything(ctx, cast)
    take_out_everywhere(ctx, cast.worker, SLUG, "voucher")
    with ctx.read() as session:
        (record, *_) = session.scalars(sa.select(sa.table("consents", sa.column("record", sa.JSON)).c.record))
    assert record["paid"] == "voucher"
    assert "voucher" not in record["supporter"]
