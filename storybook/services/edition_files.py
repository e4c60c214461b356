"""What each kind of file is made by; the ending of its name says which."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ..anonymise.edition import Edition
from ..publish.export import to_csv, to_json
from .context import Context

Maker = Callable[[Context, Edition], bytes]

#: Ending -> maker. Each takes an edition, and nothing else makes a file for the outside.
MAKERS: Mapping[str, Maker] = {
    ".csv": lambda _ctx, edition: to_csv(edition),
    ".json": lambda _ctx, edition: to_json(edition),
}
