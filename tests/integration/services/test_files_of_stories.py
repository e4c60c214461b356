"""Stories in and editions out, beside the command line: uploads, refusals of files, what is wrong on a form."""

import datetime as dt
from uuid import uuid4

import pytest

from storybook.services.accounts import add_account, share_story
from storybook.services.consent.agree import give_consent, sign_off
from storybook.services.context import Actor
from storybook.services.editions.export_edition import export_edition
from storybook.services.editions.publish_edition import publish_edition
from storybook.services.errors import NotAllowed, NotFound, SignInFirst
from storybook.services.permissions import StoryRole
from storybook.services.review.candidate import send_for_review
from storybook.services.stories.edit import PartKind, add_part, change_story
from storybook.services.stories.get_story import get_story
from storybook.services.stories.import_story import check_upload
from storybook.services.stories.save_story import save_story
from storybook.store.tables import StoryRow
from storybook.story.messages import say
from storybook.story.model import Agency, Contact, Episode, Person, Story
from storybook.story.problems import Problems

BOSS = Actor.operator()
STORY = Story(
    slug="room",
    title="Room",
    fictional=True,
    people=(Person(ref="P1", name="Ash"),),
    agencies=(Agency(ref="shelter", name="Shelter", sector="voluntary"),),
    contacts=(Contact(date="2016-04", agency="shelter", people=("P1",)),),
)


def publish(ctx, *channels) -> None:
    save_story(ctx, BOSS, STORY)
    ash, rae = (add_account(ctx, BOSS, f"{name}@example.org").actor for name in ("ash", "rae"))
    share_story(ctx, BOSS, "room", "ash@example.org", StoryRole.EXPERT, person="P1")
    share_story(ctx, BOSS, "room", "rae@example.org", StoryRole.REVIEWER)
    sha256 = send_for_review(ctx, BOSS, "room").sha256
    give_consent(ctx, ash, "room", person="P1", sha256=sha256, channels=channels, until=dt.date(2027, 1, 1))
    sign_off(ctx, rae, "room", sha256=sha256)
    publish_edition(ctx, BOSS, "room")


def test_an_upload_shows_what_would_come_in_and_stores_nothing(ctx):
    found = check_upload(ctx, BOSS, b"Date,Agency,Significant event\n03/04/2016,Police,came\n", "records.csv")
    assert [c.date for c in found.story.contacts] == ["2016-04-03"]
    assert len(found.guesses) >= 3
    with pytest.raises(NotFound):
        get_story(ctx, BOSS, found.story.slug)
    with pytest.raises(SignInFirst):
        check_upload(ctx, Actor.nobody(), b"", "x.csv")


def test_an_uploaded_story_with_an_unknown_word_is_refused(ctx, tmp_path):
    from storybook.story.formats import write_zip

    packed = write_zip(
        STORY.model_copy(update={"agencies": (STORY.agencies[0].model_copy(update={"sector": "piracy"}),)})
    )
    with pytest.raises(Problems, match="piracy"):
        check_upload(ctx, BOSS, packed, "room.zip")


def test_a_story_with_an_unknown_word_is_not_stored(ctx):
    with pytest.raises(Problems, match="teleported"):
        save_story(
            ctx,
            BOSS,
            STORY.model_copy(
                update={"contacts": (STORY.contacts[0].model_copy(update={"kind": "teleported"}),)}
            ),
        )


def test_two_imports_at_once_of_one_slug_are_one_story(ctx, monkeypatch):
    """The second looked before the first had written."""
    save_story(ctx, BOSS, STORY)
    monkeypatch.setattr("storybook.store.repository.find", lambda *_args, **_kwargs: None)
    other = STORY.model_copy(update={"id": uuid4(), "people": (), "agencies": (), "contacts": ()})
    with pytest.raises(Problems, match="already"):
        save_story(ctx, BOSS, other)


def test_what_only_the_team_may_see_leaves_as_no_file(ctx, tmp_path):
    publish(ctx, "team")
    with pytest.raises(NotAllowed, match="only for the team"):
        export_edition(ctx, BOSS, "room", None, tmp_path / "room.csv")
    assert not (tmp_path / "room.csv").exists()


def test_a_file_that_can_t_be_written_is_a_problem_and_leaves_nothing(ctx, tmp_path):
    publish(ctx, "web")
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(Problems, match=r"we can't write to room\.csv"):
        export_edition(ctx, BOSS, "room", None, tmp_path / "file" / "room.csv")
    assert [p.name for p in tmp_path.iterdir() if p.name != "home"] == ["file"]


def test_a_picture_without_the_program_s_own_files_is_refused(ctx, tmp_path):
    publish(ctx, "web")
    with pytest.raises(Problems, match="install storybook again"):
        export_edition(ctx, BOSS, "room", None, tmp_path / "room.svg")


def test_a_stored_candidate_that_was_changed_is_refused(ctx):
    publish(ctx, "web")
    import sqlalchemy as sa

    from storybook.services.review.candidate import get_candidate

    with ctx.store.write() as session:
        session.execute(sa.text("UPDATE candidates SET sha256 = :other"), {"other": "0" * 64})
    with pytest.raises(ValueError, match="not what was frozen"):
        get_candidate(ctx, BOSS, "room")


@pytest.mark.parametrize(
    ("kind", "fields", "said"),
    [
        (PartKind.PERSON, {"ref": "P 1", "name": "x"}, "that can't be a short name"),
        (PartKind.PERSON, {"ref": "P9", "name": "a\nb"}, "that goes over more than one line"),
        (PartKind.PERSON, {"ref": "P9", "name": "x" * 501}, "that is too long"),
        (PartKind.PERSON, {"ref": "P9"}, "this is empty"),
        (PartKind.EPISODE, {"title": "x", "position": -1}, "that number can't be right"),
        (PartKind.EPISODE, {"title": "x", "position": "first"}, "that is not a whole number"),
        (
            PartKind.EPISODE,
            {"title": "x", "position": 1, "date": "2016-05", "end": "2016-04"},
            "the end, 2016-04, comes before",
        ),
        (PartKind.TRACK, {"ref": "t", "kind": "weather", "title": "x"}, "that is not one of the choices"),
        (PartKind.GAP, {"date": "soon", "kind": "waiting"}, '"soon" is not a date we can read'),
    ],
)
def test_what_is_wrong_on_a_form_is_said_beside_its_field(ctx, kind, fields, said):
    save_story(ctx, BOSS, STORY)
    with pytest.raises(Problems) as told:
        add_part(ctx, BOSS, "room", kind, **fields)
    assert say(told.value.problems[0].what).startswith(said)
    assert str(told.value.problems[0].instead)


def test_a_slug_that_is_no_address_is_said(ctx):
    save_story(ctx, BOSS, STORY)
    with pytest.raises(Problems, match="that can't be an address"):
        change_story(ctx, BOSS, "room", 1, slug="../etc")


def test_a_table_class_checks_nothing_so_the_fields_must(ctx):
    """Why rows are only ever made from a Story: SQLModel leaves table classes alone."""
    assert StoryRow(slug="../etc", title=1, version="x").slug == "../etc"
    with pytest.raises(ValueError, match="slug"):
        Story(slug="../etc", title="x")


def test_an_episode_s_own_place_and_its_order_in_the_story_are_kept_apart(ctx):
    episodes = (Episode(position=2, title="second"), Episode(position=1, title="first"))
    story = save_story(ctx, BOSS, STORY.model_copy(update={"episodes": episodes}))
    assert get_story(ctx, BOSS, "room").story == story
