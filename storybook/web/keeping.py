"""A place in memory for what takes long to make: only so much of it, and nothing that was to be forgotten."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Keeping(Generic[K, V]):
    """Values by key; those not asked for longest go first. Safe to use from several threads."""

    def __init__(self, most: int, heaviest: int, weigh: Callable[[V], int]) -> None:
        """Holds at most ``most`` values which together weigh no more than ``heaviest`` (bytes)."""
        self._most, self._heaviest, self._weigh = most, heaviest, weigh
        self._kept: OrderedDict[K, V] = OrderedDict()
        self._forgotten = 0
        self._lock = Lock()
        self._making = Lock()

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, key: K, make: Callable[[], V], good: Callable[[V], bool] = lambda _: True) -> V:
        """The value of ``key``; made now if there is none that is ``good``. What ``make`` raises is raised.

        What was begun before a ``forget`` is not kept: it may be made of what was to be forgotten.
        """
        with self._lock:
            kept = self._kept.get(key)
        if kept is None or not good(kept):
            with self._making:
                return self._get_or_make(key, make, good)
        with self._lock:
            if self._kept.get(key) is kept:
                self._put(key, kept)
        return kept

    def _get_or_make(self, key: K, make: Callable[[], V], good: Callable[[V], bool]) -> V:
        """The same, by one thread at a time: two are no faster, and the next one finds it made."""
        with self._lock:
            kept, began = self._kept.get(key), self._forgotten
        value = kept if kept is not None and good(kept) else make()
        with self._lock:
            if began == self._forgotten:
                self._put(key, value)
        return value

    def forget(self) -> None:
        """Drops everything."""
        with self._lock:
            self._kept.clear()
            self._forgotten += 1

    def drop(self, which: Callable[[K], bool]) -> None:
        """Drops the values of ``which`` keys."""
        with self._lock:
            for key in [key for key in self._kept if which(key)]:
                del self._kept[key]

    def _put(self, key: K, value: V) -> None:
        self._kept[key] = value
        self._kept.move_to_end(key)
        while self._kept and (len(self._kept) > self._most or self._weight() > self._heaviest):
            self._kept.popitem(last=False)

    def _weight(self) -> int:
        return sum(map(self._weigh, self._kept.values()))
