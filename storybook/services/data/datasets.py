"""A dataset as every use case opens it: today's, in its files and, if there is one, on the server."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID, uuid5

from ...linked.dataset.datasets import Dataset, open_dataset
from ...story.clock import today
from ..context import Context

#: Datasets have names, not ids; an audit line gets the name's UUIDv5 under this one.
_NAMES = UUID("0192f0c4-7e5c-7cc0-9d0b-2f1f5a6f7a10")


def opened(ctx: Context, name: str) -> Dataset:
    """The current version of the dataset ``name``; raises Problems if there is none, or its agreement has ended."""
    return replace(open_dataset(ctx.data_root, name, today(ctx.clock)), server=ctx.rows)


def link_key(ctx: Context, name: str) -> str:
    """The key by which the marks of a dataset's people are hashed, so that the same person is known again."""
    return ctx.keys.text(f"link-{name}")


def dataset_id(name: str) -> UUID:
    """What an audit line calls a dataset."""
    return uuid5(_NAMES, name)
