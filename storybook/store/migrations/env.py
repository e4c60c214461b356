"""Runs migrations on the connection that ``store.migrate`` gives; it has begun the transaction already."""

from alembic import context

from storybook.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"], target_metadata=metadata, render_as_batch=True
)
context.run_migrations()
