"""What a use case works with: the database, the clock, the home folder, the keys, the words.

Made once by the program (``Context.open``) and handed to every service. ``unit`` is one transaction: it commits when
the block ends, and refuses to if nothing was audited; ``read`` never commits.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final
from uuid import UUID

from sqlalchemy.orm import Session, scoped_session

from ..anonymise.consent import COOLING_OFF
from ..store.apart import Apart
from ..store.engine import Store
from ..store.keys import Keys
from ..store.migrate import migrate
from ..store.rows_server import RowsServer
from ..store.tables import AuditRow
from ..story.clock import Clock, SystemClock
from ..story.ids import new_id
from ..story.vocabulary import Vocabulary, default
from .permissions import Actor

__all__ = ["Actor", "Context", "Unit"]
#: The key under which is marked what was taken out everywhere.
PURGES_KEY: Final = "purges"


@dataclass(slots=True)
class Unit:
    """One transaction of one actor."""

    session: Session
    actor: Actor
    clock: Clock
    audited: int = field(default=0, init=False)

    def audit(self, action: str, target: UUID | None = None) -> None:
        """Adds the line that says who did what to which row, and nothing about its content."""
        self.session.add(
            AuditRow(
                id=new_id(),
                at=self.clock.now(),
                actor_id=self.actor.id,
                demo=self.actor.demo,
                action=action,
                target_id=target,
            )
        )
        self.audited += 1


@dataclass(frozen=True)
class Context:
    """``assets`` is where the program's own files (fonts, scripts for one-file exports) lie, if anywhere."""

    store: Store
    clock: Clock
    home: Path
    keys: Keys
    vocabulary: Vocabulary
    exports_root: Path
    assets: Path | None = None
    #: Where agencies' rows are asked, if a server is set for them.
    rows: RowsServer | None = None
    #: How long a person thinks before they can say yes a second time.
    cooling_off: dt.timedelta = COOLING_OFF
    #: Where second copies of the lists of what was taken back lie, outside the home; None for nowhere.
    apart: Path | None = None

    @classmethod
    def open(  # noqa: PLR0913 - each is a part of the machine that a program may choose, and all are said by name
        cls,
        home: Path,
        *,
        database_url: str | None = None,
        exports: Path | None = None,
        assets: Path | None = None,
        clock: Clock | None = None,
        vocabulary: Vocabulary | None = None,
        prepare: bool = True,
        cooling_off: dt.timedelta = COOLING_OFF,
        apart: Path | None = None,
    ) -> Context:
        """Opens a home, made if need be; ``prepare`` migrates and applies kept withdrawals again."""
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        ctx = cls(
            store=Store(database_url or _embedded(home)),
            clock=clock or SystemClock(),
            home=home,
            keys=Keys(home / "keys"),
            vocabulary=vocabulary or default(),
            exports_root=exports or home / "exports",
            assets=assets,
            cooling_off=cooling_off,
            apart=apart,
        )
        if prepare:
            ctx._prepare_or_close()
        return ctx

    def _prepare_or_close(self) -> None:
        try:
            self.prepare()
        except BaseException:
            self.close()
            raise

    def with_rows(self, url: str | None) -> Context:
        """The same with a server that agencies' rows are asked on, if one is set."""
        return replace(self, rows=RowsServer(url, _mark(self.keys))) if url else self

    def prepare(self) -> bool:
        """Brings the schema up to date and what was withdrawn down again; says whether the schema changed."""
        from .stopping.reapply import reapply_withdrawals  # noqa: PLC0415 - that use case needs this module
        from .stopping.take_out import reapply_purges  # noqa: PLC0415 - likewise

        self.keys.text(PURGES_KEY)  # made now, so that every copy of the home has it
        self.withdrawals.make_whole()
        self.purges.make_whole()
        changed = migrate(self.store, self.backups, self.clock.now())
        reapply_withdrawals(self)
        reapply_purges(self)
        return changed

    @property
    def data_root(self) -> Path:
        """Where linked datasets lie, ``NAME/VERSION/*.parquet``."""
        return self.home / "data"

    @property
    def withdrawals(self) -> Apart:
        """The list of what must never come back, apart from the database."""
        return self._list("withdrawals")

    @property
    def purges(self) -> Apart:
        """The list of what was taken out everywhere, apart from the database."""
        return self._list("purges")

    def _list(self, name: str) -> Apart:
        file, seal = self.home / f"{name}.jsonl", self.keys.folder / f"{name}.seal"
        return Apart(file, seal, self.apart / file.name if self.apart else None)

    @property
    def backups(self) -> Path:
        """Where copies of the database lie."""
        return self.home / "backups"

    def read(self) -> AbstractContextManager[Session]:
        """A session for reading."""
        return self.store.read()

    @contextmanager
    def unit(self, actor: Actor) -> Iterator[Unit]:
        """One transaction; everything in it happens or nothing does."""
        with self.store.write() as session:
            unit = Unit(session, actor, self.clock)
            yield unit
            if not unit.audited:
                raise RuntimeError("a change needs its audit line")

    def account_session(self) -> scoped_session[Session]:
        """A session a thread for Flask-Security; ``remove()`` it after each request."""
        return self.store.scoped()

    def close(self) -> None:
        """Ends every connection."""
        self.store.close()
        if self.rows is not None:
            self.rows.close()


def _embedded(home: Path) -> str:
    """SQLite's file in ``home``; made here so that nobody else on the machine can read it."""
    path = home / "storybook.db"
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    return f"sqlite:///{path}"


def _mark(keys: Keys) -> str:
    """What tells this home's rows on a server from another's; nothing else can be told by it."""
    return hashlib.sha256(keys.text("rows-on-server").encode()).hexdigest()[:16]
