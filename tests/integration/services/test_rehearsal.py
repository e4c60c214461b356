"""The rehearsal on both databases: what is kept and who reads it, how time is counted, what it leads to."""

import datetime as dt
import json

import pytest
import sqlalchemy as sa

from storybook.anonymise.rehearsal import Viewer
from storybook.services.accounts import share_story
from storybook.services.context import Actor
from storybook.services.errors import NotAllowed, NotFound, NotNow
from storybook.services.permissions import SiteRole, StoryRole
from storybook.services.rehearsal.record import Outcome
from storybook.services.rehearsal.rehearse import (
    add_try,
    begin_rehearsal,
    end_rehearsal,
    rehearsal_of,
    remove_try,
    say_of_part,
)
from storybook.services.rehearsal.rehearsed import Rehearsed, rehearsed_of, sent_back_with
from storybook.services.stopping.take_out import take_out_everywhere
from storybook.services.stories.edit import change_story
from storybook.store.tables import AuditRow, RehearsalRow, StoryRow
from storybook.story.problems import Problems
from tests.integration.services.test_life_of_a_story import SLUG, Cast
from tests.integration.services.test_take_out import bytes_left

MINUTE = dt.timedelta(minutes=1)
FOUND = "the Quillfeather fire was in the paper"


@pytest.fixture
def cast(ctx) -> Cast:
    return Cast(ctx)


class Reviewer:
    """A reviewer at work on the version in review."""

    def __init__(self, ctx, cast, actor=None):
        self.ctx, self.actor, self.sha256 = ctx, actor or cast.reviewer, cast.send()

    def begin(self):
        return begin_rehearsal(self.ctx, self.actor, SLUG, self.sha256)

    def says(self, part, *who, how="the name of the ship", version=0):
        how = {"sha256": self.sha256, "part": part, "who": who, "how": how, "version": version}
        return say_of_part(self.ctx, self.actor, SLUG, **how)

    def tries(self, tried, found="nothing"):
        return add_try(self.ctx, self.actor, SLUG, sha256=self.sha256, tried=tried, found=found)

    def ends(self, outcome, note=""):
        return end_rehearsal(self.ctx, self.actor, SLUG, sha256=self.sha256, outcome=outcome, note=note)

    def reads_all(self):
        for part in rehearsal_of(self.ctx, self.actor, SLUG).left:
            self.says(part.key, "nobody", how="")

    def sees(self):
        return rehearsal_of(self.ctx, self.actor, SLUG)


def reasons(error) -> list[tuple[str, str]]:
    return [(p.where, str(p.what)) for p in error.value.problems]


def test_what_was_said_is_kept_part_by_part_and_can_be_said_anew(ctx, cast):
    rae = Reviewer(ctx, cast)
    assert rae.sees().mine is None
    rae.begin()
    rae.says("start", "relative", "friend")
    rae.says("start", "nobody", how="", version=1)
    rae.tries("three words in a search")
    rae.tries("the local paper", "a report like it")
    remove_try(ctx, rae.actor, SLUG, sha256=rae.sha256, at=0)
    seen = rae.sees()
    assert [(key, said.who, said.version) for key, said in seen.mine.record.parts.items()] == [
        ("start", (), 2)
    ]
    assert [(t.tried, t.found) for t in seen.mine.record.tries] == [("the local paper", "a report like it")]
    assert [part.key for part in seen.left] == [part.key for part in seen.parts[1:]]


def test_viewers_are_kept_in_one_order(ctx, cast):
    rae = Reviewer(ctx, cast)
    rae.begin()
    kept = rae.says("contacts", "journalist", "friend").record
    assert kept.parts["contacts"].who == (Viewer.FRIEND, Viewer.JOURNALIST)
    assert kept.recognised == ("contacts",)


@pytest.mark.parametrize(
    ("who", "how", "where"),
    [
        ((), "", "who"),
        (("nobody", "friend"), "x", "who"),
        (("everybody",), "x", "who"),
        (("friend",), "  ", "how"),
        (("friend",), "x" * 4001, "how"),
        (("nobody",), "x" * 4001, "how"),
    ],
)
def test_an_answer_that_is_none_is_told_beside_its_field(ctx, cast, who, how, where):
    rae = Reviewer(ctx, cast)
    rae.begin()
    with pytest.raises(Problems) as error:
        rae.says("start", *who, how=how)
    assert [place for place, _ in reasons(error)] == [where]
    assert rae.sees().mine.record.parts == {}


def test_a_part_that_is_not_there_and_a_try_that_is_not_there(ctx, cast):
    rae = Reviewer(ctx, cast)
    rae.begin()
    with pytest.raises(NotFound):
        rae.says("e99", "nobody", how="")
    with pytest.raises(NotFound):
        remove_try(ctx, rae.actor, SLUG, sha256=rae.sha256, at=0)
    with pytest.raises(Problems) as error:
        rae.tries(" ", " ")
    assert [place for place, _ in reasons(error)] == ["tried", "found"]


def test_two_windows_do_not_overwrite_each_other(ctx, cast):
    rae = Reviewer(ctx, cast)
    rae.begin()
    rae.says("start", "friend")
    with pytest.raises(Problems, match="changed in another window"):
        rae.says("start", "nobody", how="")
    assert rae.sees().mine.record.parts["start"].who == (Viewer.FRIEND,)


def test_time_at_work_is_counted_and_time_away_is_not(ctx, cast):
    rae = Reviewer(ctx, cast)
    rae.begin()
    ctx.clock.advance(4 * MINUTE)
    rae.says("start", "nobody", how="")
    ctx.clock.advance(dt.timedelta(days=3))
    rae.tries("after a break")
    ctx.clock.advance(15 * MINUTE)
    assert rae.tries("once more").minutes == 19
    assert rae.begin().minutes == 19  # beginning again goes on with it


def test_it_ends_only_when_every_part_was_read(ctx, cast):
    rae = Reviewer(ctx, cast)
    rae.begin()
    with pytest.raises(Problems) as error:
        rae.ends(Outcome.NOTHING)
    assert reasons(error) == [("outcome", f"{len(rae.sees().parts)} parts are not read yet")]
    rae.reads_all()
    rae.says("start", "friend", version=1)
    with pytest.raises(Problems) as error:
        rae.ends(Outcome.NOTHING)
    assert reasons(error) == [("outcome", "you said that somebody would recognise a part")]
    with pytest.raises(Problems) as error:
        rae.ends(Outcome.ACCEPTED, " ")
    assert [place for place, _ in reasons(error)] == ["note"]
    with pytest.raises(Problems):
        rae.ends("everything is fine", "so it is")
    assert rae.ends(Outcome.ACCEPTED, "They want to be known by it.").outcome is Outcome.ACCEPTED
    with pytest.raises(NotNow):
        rae.tries("after the end")


def test_that_it_was_done_is_seen_by_all_and_what_was_found_by_reviewers_alone(ctx, cast):
    rae = Reviewer(ctx, cast)
    assert rehearsed_of(ctx, cast.worker, SLUG) is None
    rae.begin()
    ctx.clock.advance(10 * MINUTE)
    rae.reads_all()
    rae.ends(Outcome.NOTHING)
    for actor in (cast.worker, cast.ash, cast.reviewer):
        assert rehearsed_of(ctx, actor, SLUG) == Rehearsed(ctx.clock.now(), 10)
    for actor in (cast.worker, cast.ash, Actor.operator(), cast.add("stranger", SiteRole.REVIEWER)):
        with pytest.raises(NotAllowed):
            rehearsal_of(ctx, actor, SLUG)
        with pytest.raises(NotAllowed):
            begin_rehearsal(ctx, actor, SLUG, rae.sha256)
    sam = cast.add("sam", SiteRole.REVIEWER)
    share_story(ctx, Actor.operator(), SLUG, "sam@example.org", StoryRole.REVIEWER)
    seen = rehearsal_of(ctx, sam, SLUG)
    assert (seen.mine, [one.outcome for one in seen.others]) == (None, [Outcome.NOTHING])


def test_a_reviewer_who_wrote_any_of_it_does_not_rehearse_it(ctx, cast):
    rae = Reviewer(ctx, cast)
    share_story(ctx, Actor.operator(), SLUG, "reviewer@example.org", StoryRole.AUTHOR)
    with pytest.raises(NotAllowed, match="someone else"):
        rae.begin()


def test_what_is_sent_back_is_a_draft_again_and_its_writers_read_the_note(ctx, cast):
    rae = Reviewer(ctx, cast)
    rae.begin()
    rae.says("start", "friend", how=FOUND)
    rae.ends(Outcome.BACK, "Say it without the ship.")
    assert cast.state() == "draft"
    assert sent_back_with(ctx, cast.worker, SLUG) == "Say it without the ship."
    assert sent_back_with(ctx, cast.ash, SLUG) == "Say it without the ship."
    assert sent_back_with(ctx, cast.reviewer, SLUG) == ""
    with pytest.raises(NotNow):
        rae.sees()
    change_story(ctx, cast.worker, SLUG, 1, title="Another title")
    again = Reviewer(ctx, cast)
    assert (sent_back_with(ctx, cast.worker, SLUG), rehearsed_of(ctx, cast.worker, SLUG)) == ("", None)
    (earlier,) = again.sees().earlier
    assert earlier.record.parts["start"].how == FOUND
    with pytest.raises(NotNow, match="changed since you read it"):
        rae.begin()


def test_sent_back_and_sent_again_unchanged_it_was_not_rehearsed(ctx, cast):
    rae = Reviewer(ctx, cast)
    rae.begin()
    rae.ends(Outcome.BACK, "Say it without the ship.")
    again = Reviewer(ctx, cast)
    assert again.sha256 == rae.sha256
    assert rehearsed_of(ctx, cast.worker, SLUG) is None
    assert again.begin().outcome is None


def test_the_database_and_the_audit_trail_hold_nothing_of_it_that_can_be_read(ctx, cast, home):
    rae = Reviewer(ctx, cast)
    rae.begin()
    rae.says("start", "friend", how=FOUND)
    rae.tries(FOUND, FOUND)
    assert bytes_left(home) == []
    with ctx.read() as session:
        lines = session.scalars(sa.select(AuditRow).order_by(AuditRow.id)).all()
        (row,) = session.scalars(sa.select(RehearsalRow))
    assert [line.action for line in lines if "rehears" in line.action] == [
        "begin rehearsal",
        "rehearse",
        "rehearse",
    ]
    assert FOUND not in json.dumps([line.model_dump(mode="json") for line in lines])
    assert (row.version, FOUND.encode() in row.token) == (3, False)


@pytest.mark.counted
def test_words_that_are_taken_out_go_from_it_too(ctx, cast):
    rae = Reviewer(ctx, cast)
    rae.begin()
    rae.says("start", "friend", how=FOUND)
    rae.tries("Quillfeather fire", "Quillfeather again")
    take_out_everywhere(ctx, cast.ash, SLUG, "Quillfeather")
    kept = rae.sees().mine.record.model_dump_json()
    assert "quillfeather" not in kept.lower()
    assert "fire was in the paper" in kept


def test_it_goes_with_its_story(ctx, cast):
    Reviewer(ctx, cast).begin()
    with ctx.store.write() as session:
        session.execute(sa.delete(StoryRow))
    with ctx.read() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(RehearsalRow)) == 0
