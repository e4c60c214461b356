"""Whose voice counts: nobody speaks for a person but themselves, and nobody is left out by being written out."""

import pytest

from storybook.services.accounts import share_story
from storybook.services.consent.others import others_of
from storybook.services.consent.second_look import second_look
from storybook.services.context import Actor
from storybook.services.editions.publish_edition import publish_edition
from storybook.services.editions.shown import open_edition
from storybook.services.errors import Gone, NotAllowed, NotFound, NotNow, NotReady
from storybook.services.permissions import SiteRole, StoryRole
from storybook.services.stopping.mine import shared_with_my_yes, stop_mine
from storybook.services.stopping.withdraw import withdraw
from storybook.services.stories.edit import PartKind, change_story, remove_part
from storybook.services.stories.save_story import save_story
from storybook.store.tables import AuditRow, StoryRoleRow
from storybook.story.ids import new_id
from tests.integration.services.test_life_of_a_story import COOLING_OFF, SLUG, Cast, a_story


@pytest.fixture
def cast(ctx) -> Cast:
    return Cast(ctx)


def give(cast, who, name, role, person=None, slug=SLUG):
    share_story(cast.ctx, who, slug, f"{name}@example.org", role, person=person)


@pytest.mark.parametrize("giver", ["author", "operator"])
def test_no_worker_and_no_author_gets_a_person_s_voice(ctx, cast, giver):
    who = cast.worker if giver == "author" else Actor.operator()
    cast.add("colleague", SiteRole.WORKER)
    cast.add("writer", SiteRole.EXPERT)
    give(cast, cast.worker, "writer", StoryRole.AUTHOR)
    for name in ("colleague", "writer"):
        with pytest.raises(NotAllowed, match="can't say yes in a person's name"):
            give(cast, who, name, StoryRole.EXPERT, "P1")
    with pytest.raises(NotAllowed, match="can't say yes in a person's name"):
        give(cast, who, "ash", StoryRole.AUTHOR)


def test_each_person_of_a_real_story_has_a_voice_of_their_own(ctx, cast):
    cast.add("another", SiteRole.EXPERT)
    with pytest.raises(NotAllowed, match="speaks for somebody else"):
        give(cast, Actor.operator(), "ash", StoryRole.EXPERT, "P2")
    with pytest.raises(NotAllowed, match="have an account already"):
        give(cast, cast.worker, "another", StoryRole.EXPERT, "P1")
    give(cast, cast.worker, "ash", StoryRole.EXPERT, "P1")
    give(cast, Actor.operator(), "another", StoryRole.EXPERT, "P1")
    save_story(ctx, cast.worker, a_story().model_copy(update={"slug": "made-up", "fictional": True}))
    for person in ("P1", "P2"):
        give(cast, cast.worker, "ash", StoryRole.EXPERT, person, slug="made-up")


def test_a_voice_that_was_given_to_a_worker_before_says_nothing(ctx, cast):
    sha256, colleague = cast.send(), cast.add("colleague", SiteRole.WORKER)
    with ctx.store.write() as session:
        person_id = cast.story.people[0].id
        row = {
            "story_id": cast.story.id,
            "account_id": colleague.id,
            "role": "expert",
            "person_id": person_id,
        }
        session.add(StoryRoleRow(id=new_id(), **row))
    for says in (
        lambda: cast.says(colleague, "P1", sha256=sha256),
        lambda: second_look(ctx, colleague, SLUG, person="P1", sha256=sha256),
    ):
        with pytest.raises(NotAllowed, match="can't say yes in a person's name"):
            says()


def test_a_story_that_somebody_said_yes_to_is_never_called_made_up(ctx, cast):
    with pytest.raises(NotNow, match="can't be called made up"):
        change_story(ctx, cast.worker, SLUG, 1, fictional=True)


def write_bo_out(ctx, cast) -> None:
    remove_part(ctx, cast.worker, SLUG, PartKind.CONTACT, cast.story.contacts[0].id, 1)
    remove_part(ctx, cast.worker, SLUG, PartKind.PERSON, cast.story.people[1].id, 1)


def test_whoever_is_written_out_may_still_be_told_of_so_the_reviewer_is_asked(ctx, cast):
    write_bo_out(ctx, cast)
    assert [(o.name, o.standing) for o in others_of(ctx, cast.reviewer, SLUG)] == [("Bo", "open")]
    sha256 = cast.send()
    cast.says(cast.ash, "P1", sha256=sha256)
    ctx.clock.advance(COOLING_OFF)
    second_look(ctx, cast.ash, SLUG, person="P1", sha256=sha256)
    cast.sign(sha256)
    with pytest.raises(NotReady, match="1 other person is named"):
        publish_edition(ctx, cast.worker, SLUG)


def test_whoever_is_written_out_stops_what_they_said_yes_to_alone(ctx, cast):
    cast.publish()
    write_bo_out(ctx, cast)
    with pytest.raises(NotAllowed):
        withdraw(ctx, cast.bo, SLUG, "P2")
    assert [view.slug for view in shared_with_my_yes(ctx, cast.bo)] == [SLUG]
    for nobody in (cast.worker, cast.reviewer, Actor.nobody()):
        assert shared_with_my_yes(ctx, nobody) == ()
        with pytest.raises(NotFound):
            stop_mine(ctx, nobody, SLUG)
    assert stop_mine(ctx, cast.bo, SLUG).numbers == (1,)
    with pytest.raises(Gone):
        open_edition(ctx, SLUG)
    assert shared_with_my_yes(ctx, cast.ash) == shared_with_my_yes(ctx, cast.bo) == ()
    with ctx.read() as session:
        last = session.query(AuditRow).order_by(AuditRow.id.desc()).first()
    assert last.actor_id == Actor.system().id
