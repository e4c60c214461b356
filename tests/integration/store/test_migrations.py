"""The schema: what migrations make is what the tables say, and what was there survives."""

import sqlite3
import stat

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from storybook.services.context import Context
from storybook.store import repository
from storybook.store.engine import Store
from storybook.store.migrate import HEAD, MIGRATIONS, migrate, revision
from storybook.store.tables import ContactRow, StoryRow, metadata
from tests.integration.conftest import MOMENT
from tests.strategies import a_story


def test_the_newest_migration_is_the_head():
    assert ScriptDirectory(MIGRATIONS).get_current_head() == HEAD


def test_a_migrated_schema_is_the_models_schema(empty_url, tmp_path):
    store = Store(empty_url)
    assert migrate(store, tmp_path, MOMENT)
    with store.engine.connect() as connection:
        found = compare_metadata(
            MigrationContext.configure(connection, opts={"compare_type": True}), metadata
        )
        assert revision(connection) == HEAD
    store.close()
    assert found == []


def test_enumerated_columns_hold_every_value_of_the_model(empty_url, tmp_path):
    store = Store(empty_url)
    migrate(store, tmp_path, MOMENT)
    wanted = {
        (t.name, c.name): tuple(c.type.enums)
        for t in metadata.sorted_tables
        for c in t.columns
        if isinstance(c.type, sa.Enum)
    }
    inspector = sa.inspect(store.engine)
    if store.embedded:
        stored = {
            (t, c["name"]): getattr(c["type"], "length", None)
            for (t, _) in wanted
            for c in inspector.get_columns(t)
        }
        assert all(stored[k] >= max(map(len, v)) for k, v in wanted.items())
    else:
        stored = {(t, c["name"]): c["type"] for (t, _) in wanted for c in inspector.get_columns(t)}
        assert {k: tuple(stored[k].enums) for k in wanted} == wanted
    store.close()


def test_migrating_twice_does_nothing(empty_url, tmp_path):
    store = Store(empty_url)
    assert migrate(store, tmp_path, MOMENT)
    assert not migrate(store, tmp_path, MOMENT)
    store.close()


def test_an_upgrade_keeps_every_child_and_copies_the_database_first(ctx, database):
    """A batch change of a parent table with foreign keys on would delete its children."""
    story = a_story(0)
    with ctx.store.write() as session:
        repository.save(session, story)
    with ctx.store.write() as session:
        session.execute(sa.text("UPDATE alembic_version SET version_num = '0000'"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("storybook.store.migrate._run", _batch_change_of_stories)
        assert migrate(ctx.store, ctx.home / "backups", MOMENT)
    with ctx.read() as session:
        assert repository.get(session, story.slug) == story
    copies = sorted((ctx.home / "backups").glob("*")) if (ctx.home / "backups").exists() else []
    assert [c.name for c in copies] == (
        ["storybook-0000-20260302T093000Z.db"] if database == "sqlite" else []
    )
    for copy in copies:
        assert stat.S_IMODE(copy.stat().st_mode) == 0o600
        with sqlite3.connect(copy) as connection:
            assert connection.execute("SELECT count(*) FROM contacts").fetchone() == (len(story.contacts),)
        connection.close()


def _batch_change_of_stories(connection):
    from alembic.operations import Operations

    operations = Operations(MigrationContext.configure(connection))
    with operations.batch_alter_table("stories", recreate="auto") as batch:
        batch.alter_column("state", existing_type=sa.String(20), type_=sa.String(30), existing_nullable=False)


def test_after_a_migration_references_are_checked_again(ctx):
    with ctx.store.write() as session:
        session.execute(sa.text("UPDATE alembic_version SET version_num = '0000'"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("storybook.store.migrate._run", lambda connection: None)
        migrate(ctx.store, ctx.home / "backups", MOMENT)
    with pytest.raises(sa.exc.IntegrityError), ctx.store.write() as session:
        session.add(ContactRow(**_a_contact_of_no_story()))


def _a_contact_of_no_story() -> dict:
    contact = a_story(0).contacts[0]
    return {**contact.model_dump(), "story_id": contact.id, "ordinal": 0}


def test_a_failed_migration_changes_nothing(ctx):
    with ctx.store.write() as session:
        session.execute(sa.text("UPDATE alembic_version SET version_num = '0000'"))

    def fails(connection):
        connection.execute(sa.text("DELETE FROM alembic_version"))
        raise RuntimeError("half-way")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("storybook.store.migrate._run", fails)
        with pytest.raises(RuntimeError, match="half-way"):
            migrate(ctx.store, ctx.home / "backups", MOMENT)
    with ctx.store.engine.connect() as connection:
        assert revision(connection) == "0000"


def test_an_empty_home_is_made_and_migrated(empty_url, tmp_path, database):
    ctx = Context.open(
        tmp_path / "new" / "home", database_url=empty_url if database == "postgresql" else None
    )
    with ctx.read() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(StoryRow)) == 0
    assert stat.S_IMODE(ctx.home.stat().st_mode) == 0o700
    if database == "sqlite":
        assert stat.S_IMODE((ctx.home / "storybook.db").stat().st_mode) == 0o600
    ctx.close()


def test_sqlite_keeps_its_promises(ctx, database):
    if database == "postgresql":
        with ctx.read() as session:
            assert session.scalar(sa.text("SHOW server_encoding")) == "UTF8"
        return
    names = ("journal_mode", "synchronous", "busy_timeout", "foreign_keys", "secure_delete")
    with ctx.read() as session:
        found = [session.scalar(sa.text(f"PRAGMA {name}")) for name in names]
    assert found == ["wal", 2, 10_000, 1, 1]
