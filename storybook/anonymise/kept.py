"""What is kept in memory of texts that were looked through, and forgetting it where words are taken out everywhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Protocol

_FORGETTING: Final[list[Callable[[], object]]] = []


class Keeps(Protocol):
    """A function whose answers of late are kept: ``lru_cache`` makes one."""

    def cache_clear(self) -> object:
        """Forgets all answers."""


def keeps_texts(*functions: Keeps) -> None:
    """Notes functions of which ``forget_texts`` clears what they keep: every one whose keys hold anybody's words."""
    _FORGETTING.extend(function.cache_clear for function in functions)


def forget_texts() -> None:
    """Forgets, in this process, every text and word that was looked at; the next look takes as long as the first."""
    for forget in _FORGETTING:
        forget()
