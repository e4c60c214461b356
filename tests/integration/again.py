"""What a test begins with, written into its database row by row instead of made anew by the use cases."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from storybook.services.context import Context
from storybook.store.tables import metadata


@dataclass(frozen=True)
class Made:
    """The rows of a home's database, by table, and its keys."""

    rows: dict[str, list[dict[str, Any]]]
    keys: dict[str, bytes]

    def write(self, ctx: Context) -> None:
        """Puts all of it into ``ctx``'s home, in whose database nothing was written yet."""
        ctx.keys.folder.mkdir(mode=0o700, exist_ok=True)
        for name, key in self.keys.items():
            (ctx.keys.folder / name).write_bytes(key)
        with ctx.store.engine.begin() as connection:
            for table in metadata.sorted_tables:
                if self.rows[table.name]:
                    connection.execute(sa.insert(table), self.rows[table.name])


def made_in(ctx: Context) -> Made:
    """All that is in the database and the keys of ``ctx``'s home."""
    with ctx.store.engine.connect() as connection:
        rows = {
            table.name: [dict(row) for row in connection.execute(sa.select(table)).mappings()]
            for table in metadata.sorted_tables
        }
    return Made(rows, {path.name: path.read_bytes() for path in ctx.keys.folder.glob("*.key")})
