"""Changing a story, on both databases: optimistic, whole, audited, and never silently over somebody else's words."""

import pytest
import sqlalchemy as sa

from storybook.services.context import Actor
from storybook.services.errors import EditedMeanwhile, NotAllowed, NotFound, SignInFirst
from storybook.services.stories.edit import PartKind, add_part, change_part, change_story, remove_part
from storybook.services.stories.get_story import get_story
from storybook.services.stories.list_stories import list_stories
from storybook.services.stories.save_story import save_story
from storybook.store.tables import AuditRow, StoryRow
from storybook.story.ids import new_id
from storybook.story.messages import say
from storybook.story.model import Agency, Contact, Episode, Gap, Person, Point, Story, Track
from storybook.story.problems import Problems

ME = Actor.operator()


@pytest.fixture
def story(ctx) -> Story:
    given = Story(
        slug="a-warm-room",
        fictional=True,
        title="A warm room",
        people=(Person(ref="P1", name="Ash"), Person(ref="P2", name="Bo")),
        agencies=(
            Agency(ref="shelter", name="The Night Shelter", sector="voluntary"),
            Agency(ref="library", name="The Library", sector="council"),
        ),
        contacts=(
            Contact(
                date="2016-04-03",
                agency="shelter",
                people=("P1",),
                summary="asked for a bed",
                handoff_to="library",
            ),
            Contact(date="2016-05", agency="library", people=("P1", "P2")),
        ),
        gaps=(Gap(date="2016-04", kind="waiting", agency="shelter", people=("P1",)),),
        episodes=(Episode(position=0, title="The key", voice="P1"),),
        tracks=(
            Track(
                ref="home",
                kind="home",
                title="Home",
                people=("P1",),
                points=(Point(date="2016-04", label="Sofa"),),
            ),
        ),
    )
    return save_story(ctx, ME, given)


def now(ctx) -> Story:
    return get_story(ctx, ME, "a-warm-room").story


def audit(ctx) -> list[tuple[str, object]]:
    with ctx.read() as session:
        return [(r.action, r.target_id) for r in session.scalars(sa.select(AuditRow).order_by(AuditRow.id))]


def set_state(ctx, state):
    with ctx.store.write() as session:
        session.execute(sa.update(StoryRow).values(state=state))


def test_a_changed_part_has_the_next_version_and_an_audit_line_without_content(ctx, story):
    contact = story.contacts[0]
    changed = change_part(ctx, ME, story.slug, PartKind.CONTACT, contact.id, 1, summary="was given a bed")
    assert changed == contact.model_copy(update={"summary": "was given a bed", "version": 2})
    assert now(ctx).contacts == (changed, story.contacts[1])
    assert audit(ctx) == [("import story", story.id), ("change contact", contact.id)]


def test_the_second_of_two_tabs_is_told_and_nothing_is_overwritten(ctx, story):
    contact = story.contacts[0]
    first = change_part(ctx, ME, story.slug, PartKind.CONTACT, contact.id, 1, summary="first")
    with pytest.raises(EditedMeanwhile) as told:
        change_part(ctx, ME, story.slug, PartKind.CONTACT, contact.id, 1, summary="second", kind="contact")
    assert told.value.theirs == first
    assert told.value.yours == {"summary": "second", "kind": "contact"}
    assert told.value.changed == ("summary",)
    assert now(ctx).contacts[0] == first


def test_a_part_that_was_removed_meanwhile_is_told_too(ctx, story):
    gap = story.gaps[0]
    remove_part(ctx, ME, story.slug, PartKind.GAP, gap.id, 1)
    with pytest.raises(EditedMeanwhile) as told:
        change_part(ctx, ME, story.slug, PartKind.GAP, gap.id, 1, note="late")
    assert (told.value.theirs, told.value.yours) == (None, {"note": "late"})
    assert now(ctx).gaps == ()


def test_the_story_s_own_facts_change_with_its_version(ctx, story):
    changed = change_story(ctx, ME, story.slug, 1, title="A warmer room", date_policy="quarter")
    assert (changed.title, changed.date_policy, changed.version) == ("A warmer room", "quarter", 2)
    assert now(ctx) == changed
    with pytest.raises(EditedMeanwhile) as told:
        change_story(ctx, ME, story.slug, 1, title="Mine")
    assert told.value.theirs.title == "A warmer room"


@pytest.mark.parametrize("state", ["in-review", "agreed"])
def test_any_edit_returns_the_story_to_draft(ctx, story, state):
    set_state(ctx, state)
    change_story(ctx, ME, story.slug, 1, title="Other")
    assert get_story(ctx, ME, story.slug).state == "draft"


def test_every_kind_of_part_can_be_added(ctx, story):
    add_part(ctx, ME, story.slug, PartKind.PERSON, ref="P3", name="Cy")
    add_part(ctx, ME, story.slug, PartKind.AGENCY, ref="court", name="The Court", sector="justice")
    add_part(ctx, ME, story.slug, PartKind.CONTACT, date="2016-06", agency="court", people=["P3"])
    add_part(ctx, ME, story.slug, PartKind.GAP, date="2016-07", kind="waiting")
    add_part(ctx, ME, story.slug, PartKind.EPISODE, position=1, title="Court")
    add_part(ctx, ME, story.slug, PartKind.TRACK, ref="mood", kind="feelings", title="Mood")
    point = add_part(ctx, ME, story.slug, PartKind.POINT, track="mood", date="2016-06", label="low")
    after = now(ctx)
    assert [
        len(getattr(after, n)) for n in ("people", "agencies", "contacts", "gaps", "episodes", "tracks")
    ] == [
        3,
        3,
        3,
        2,
        2,
        2,
    ]
    assert after.tracks[1].points == (point,)
    assert after.tracks[0] == story.tracks[0]


def test_a_point_is_changed_and_removed_in_its_track(ctx, story):
    point = story.tracks[0].points[0]
    changed = change_part(ctx, ME, story.slug, PartKind.POINT, point.id, 1, label="Shelter")
    assert now(ctx).tracks[0].points == (changed,)
    remove_part(ctx, ME, story.slug, PartKind.POINT, point.id, 2)
    assert now(ctx).tracks[0].points == ()


def test_a_point_of_no_track_is_not_found(ctx, story):
    with pytest.raises(NotFound):
        add_part(ctx, ME, story.slug, PartKind.POINT, date="2016")


def test_a_new_ref_is_followed_everywhere(ctx, story):
    person, agency = story.people[0], story.agencies[1]
    change_part(ctx, ME, story.slug, PartKind.PERSON, person.id, 1, ref="Ash")
    change_part(ctx, ME, story.slug, PartKind.AGENCY, agency.id, 1, ref="books")
    after = now(ctx)
    assert [c.people for c in after.contacts] == [("Ash",), ("Ash", "P2")]
    assert [(c.agency, c.handoff_to) for c in after.contacts] == [("shelter", "books"), ("books", None)]
    assert (after.gaps[0].people, after.episodes[0].voice, after.tracks[0].people) == (
        ("Ash",),
        "Ash",
        ("Ash",),
    )


@pytest.mark.parametrize(
    ("kind", "name", "count"),
    [(PartKind.PERSON, "people", 5), (PartKind.AGENCY, "agencies", 2)],
)
def test_what_others_point_to_is_not_removed(ctx, story, kind, name, count):
    part = getattr(story, name)[0]
    with pytest.raises(Problems) as told:
        remove_part(ctx, ME, story.slug, kind, part.id, 1)
    assert [say(p.what) for p in told.value.problems] == [f"{count} other parts of this story are about it"]
    assert now(ctx) == story


def test_every_wrong_field_is_named_and_nothing_is_written(ctx, story):
    with pytest.raises(Problems) as told:
        add_part(
            ctx, ME, story.slug, PartKind.CONTACT, date="2016-02-30", agency="no agency", cost_quantity="some"
        )
    assert sorted(p.where for p in told.value.problems) == ["agency", "cost_quantity", "date"]
    assert now(ctx) == story
    assert len(audit(ctx)) == 1


@pytest.mark.parametrize(
    "fields",
    [
        {"agency": "nowhere"},
        {"people": ["P9"]},
        {"kind": "teleported"},
        {"date": "2016-05", "end": "2016-04"},
        {"unheard": "of"},
    ],
)
def test_a_part_that_does_not_fit_the_story_is_refused(ctx, story, fields):
    with pytest.raises(Problems):
        add_part(ctx, ME, story.slug, PartKind.CONTACT, **{"date": "2016-05", "agency": "shelter", **fields})
    assert now(ctx) == story


def test_two_stories_can_t_have_one_slug(ctx, story):
    with pytest.raises(Problems) as told:
        save_story(ctx, ME, story)
    assert [p.where for p in told.value.problems] == ["slug"]
    other = save_story(ctx, ME, story.model_copy(update={"slug": "another"}))
    with pytest.raises(Problems):
        change_story(ctx, ME, "another", other.version, slug=story.slug)
    assert {s.slug for s in list_stories(ctx, ME)} == {story.slug, "another"}


def test_a_copy_gets_ids_of_its_own_and_says_the_same(ctx, story):
    copy = save_story(ctx, ME, story.model_copy(update={"slug": "copy"}))
    assert {p.id for p in copy.parts()} & {p.id for p in story.parts()} == set()
    assert get_story(ctx, ME, "copy").story == copy
    assert [c.model_dump(exclude={"id"}) for c in copy.contacts] == [
        c.model_dump(exclude={"id"}) for c in story.contacts
    ]


def test_a_stranger_learns_nothing_of_which_stories_there_are(ctx, story):
    stranger = Actor(new_id())
    for slug in (story.slug, "no-such-story"):
        with pytest.raises(NotAllowed) as told:
            get_story(ctx, stranger, slug)
        assert type(told.value) is NotAllowed
        with pytest.raises(SignInFirst):
            get_story(ctx, Actor.nobody(), slug)
    assert list_stories(ctx, stranger) == ()
    with pytest.raises(NotFound):
        get_story(ctx, ME, "no-such-story")


def test_a_change_without_an_audit_line_is_no_change(ctx, story):
    with pytest.raises(RuntimeError, match="audit line"), ctx.unit(ME) as unit:
        unit.session.execute(sa.update(StoryRow).values(title="silent"))
    assert now(ctx).title == "A warm room"
