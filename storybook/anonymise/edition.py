"""An edition: the only thing that may leave.

There are two ways to one: ``release`` (in a module of its own, which one service may import) and ``load``,
for a stored one, through its hash. An ``Edition`` built in any other way raises, and whatever hands one to
the outside asks ``genuine`` first: a copy, an unpickled one, a subclass or one whose insides were changed is
refused there.
"""

from __future__ import annotations

import datetime as dt
import weakref
from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final, Literal, Never, NoReturn, final

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from ..story.model import DatePolicy
from ..story.problems import StorybookError
from .candidate import Candidate, canonical, digest
from .consent import Channel, Sha256
from .shown import Grain, Shown


class TamperedEdition(StorybookError):
    """A stored edition is not, byte for byte, what was released; nothing of it may be shown."""


class ForgedEdition(StorybookError, TypeError):
    """Something was passed off as an edition that was never released."""


class Risk(StrEnum):
    """What the manifest says of the risk that the trajectory is recognised. It never says how large it is."""

    MET = "met"
    OVERRIDDEN = "overridden with reasons"
    NOT_MEASURED = "not measured"


class Applied(BaseModel):
    """What only the service knows of what was done before a release; all of it is printed in the manifest.

    ``rules``: the disclosure rules of the counts it shows. ``findings_decided``: findings that a person decided.
    ``others``: people named beside those whose story it is, each of whom was asked or can't be recognised.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    rules: tuple[str, ...] = ()
    findings_decided: int = Field(default=0, ge=0)
    risk: Risk = Risk.NOT_MEASURED
    others: int = Field(default=0, ge=0)


NOTHING_MORE: Final = Applied()


class EditionManifest(Applied):
    """What was done before it was released; nothing about who.

    ``policy`` and ``grain``: how dates are shown. ``findings`` is what was left open: none. ``consents``: how many
    people agreed, each to every channel. ``channels`` holds the last London day of each channel: the least over
    everybody whose story it is.
    """

    candidate_sha256: Sha256
    released_on: dt.date
    policy: DatePolicy
    grain: Grain
    findings: Literal[0] = 0
    consents: int = Field(ge=0)
    channels: tuple[tuple[Channel, dt.date], ...] = Field(min_length=1)


class _Record(BaseModel):
    """An edition as it is stored."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    schema_version: Literal[1] = 1
    number: int = Field(ge=1)
    candidate: Candidate
    manifest: EditionManifest


class _Seal:
    """The token without which no edition is made."""


_SEAL: Final = _Seal()


@final
class Edition:
    """A released story: immutable, and what the world sees. Made by ``release`` and ``load`` only."""

    __slots__ = ("__weakref__", "_json", "_record")
    _json: str
    _record: _Record

    def __init__(self, seal: _Seal, record: _Record, json: str) -> None:
        if seal is not _SEAL:
            raise ForgedEdition("an edition is made by releasing a candidate, and in no other way")
        object.__setattr__(self, "_record", record)
        object.__setattr__(self, "_json", json)
        _made[id(self)] = self
        _hashes[self] = digest(json)

    def __init_subclass__(cls) -> NoReturn:
        raise ForgedEdition("there is one kind of edition")

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError("an edition never changes")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError("an edition never changes")

    def __reduce__(self) -> Never:
        raise ForgedEdition("an edition is stored as its JSON and loaded through its hash")

    def __copy__(self) -> Edition:
        return self

    def __deepcopy__(self, memo: object) -> Edition:
        return self

    def __repr__(self) -> str:
        return f"<Edition {self.number}, {self.sha256[:12]}>"

    @property
    def number(self) -> int:
        """1, 2, 3… within its story."""
        return self._record.number

    @property
    def slug(self) -> str:
        """The story's slug."""
        return self._record.candidate.slug

    @property
    def shown(self) -> Shown:
        """What may be seen."""
        return self._record.candidate.shown

    @property
    def candidate(self) -> Candidate:
        """The candidate that was agreed to."""
        return self._record.candidate

    @property
    def manifest(self) -> EditionManifest:
        """What was done before it was released."""
        return self._record.manifest

    @property
    def sha256(self) -> str:
        """Hash of the stored JSON; ``load`` asks for it."""
        return digest(self._json)

    @property
    def channels(self) -> Mapping[Channel, dt.date]:
        """The channels it is open to, each with its last London day."""
        return MappingProxyType(dict(self._record.manifest.channels))

    @property
    def expires(self) -> dt.date:
        """The least of those days: what a file that may go anywhere carries."""
        return min(self.channels.values())

    def open_to(self, channel: Channel, day: dt.date) -> bool:
        """Whether it may be seen through ``channel`` on a London day."""
        until = self.channels.get(channel)
        return until is not None and day <= until

    @property
    def unchanged(self) -> bool:
        """Whether its insides are still what was released."""
        return _json_of(self._record) == self._json and _hashes[self] == self.sha256

    def to_json(self) -> str:
        """The canonical JSON, for storage and for the world."""
        return self._json


_made: weakref.WeakValueDictionary[int, Edition] = weakref.WeakValueDictionary()
_hashes: weakref.WeakKeyDictionary[Edition, str] = weakref.WeakKeyDictionary()


def genuine(edition: Edition) -> Edition:
    """``edition``, if it was released or loaded and has not changed; ``ForgedEdition`` for anything else."""
    made = _made.get(id(edition))
    if made is None or made is not edition or not made.unchanged:
        raise ForgedEdition("this was never released")
    return edition


def _json_of(record: _Record) -> str:
    return canonical(record.model_dump(mode="json"))


def _sealed(number: int, candidate: Candidate, manifest: EditionManifest) -> Edition:
    """A new edition; for ``release`` alone."""
    record = _Record(number=number, candidate=candidate, manifest=manifest)
    return Edition(_SEAL, record, _json_of(record))


def load(stored: str, sha256: str) -> Edition:
    """A stored edition, if ``stored`` still has the hash it was released with; ``TamperedEdition`` if not."""
    if digest(stored) != sha256:
        raise TamperedEdition("a stored edition is not what was released")
    try:
        record = _Record.model_validate_json(stored)
    except ValidationError:
        # The cause would quote the text.
        raise TamperedEdition("a stored edition can't be read") from None
    if _json_of(record) != stored or record.candidate.sha256 != record.manifest.candidate_sha256:
        raise TamperedEdition("a stored edition does not agree with itself")
    return Edition(_SEAL, record, stored)
