"""A story in and out of the tables, on both databases."""

import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storybook.store import repository
from storybook.store.tables import ContactRow
from tests.strategies import a_story, lines, texts


# The story is made inside the test: a whole one as an argument would be printed.
@given(seed=st.integers(0, 2**32), some=st.lists(lines(), max_size=4), more=st.lists(texts(), max_size=4))
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_stored_story_is_the_same_story(ctx, seed, some, more):
    story = a_story(seed, some, more)
    with ctx.store.write() as session:
        repository.save(session, story)
        session.flush()
        session.expire_all()
        read = repository.get(session, story.slug)
        session.rollback()
    assert read == story


def test_saving_again_writes_only_what_differs(ctx):
    before = a_story(0)
    after = before.model_copy(update={"contacts": tuple(reversed(before.contacts[1:])), "title": "Another"})
    with ctx.store.write() as session:
        repository.save(session, before)
    with ctx.store.write() as session:
        repository.save(session, after, before=before)
    with ctx.read() as session:
        assert repository.get(session, after.slug) == after


def test_a_story_that_is_not_there_is_none(ctx):
    with ctx.read() as session:
        assert repository.get(session, "nothing") is None


def test_removing_a_story_removes_every_part(ctx):
    story = a_story(0)
    with ctx.store.write() as session:
        repository.save(session, story)
    with ctx.store.write() as session:
        repository.remove(session, story.id)
    with ctx.read() as session:
        assert repository.get(session, story.slug) is None
        assert session.scalar(sa.select(sa.func.count()).select_from(ContactRow)) == 0
