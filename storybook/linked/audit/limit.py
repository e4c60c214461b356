"""How long the audit may take: so long for the best answer, then so much more for a good one, then it is over.

Everything that may take long asks ``left`` first, the searches of HiGHS included: nobody waits longer than was said.
"""

from __future__ import annotations

import time


class OutOfTime(Exception):
    """No time is left: what was asked is not known, which is never taken for safe."""


class Limit:
    """``seconds`` for the best answer, ``further`` seconds after those for a good one."""

    def __init__(self, seconds: float, further: float) -> None:
        now = time.monotonic()
        self._ends, self._last = now + seconds, now + seconds + further
        self.hurried = False

    def left(self) -> float:
        """Seconds; raises OutOfTime where there are none."""
        left = self._ends - time.monotonic()
        if left <= 0:
            raise OutOfTime
        return left

    def check(self) -> None:
        """Raises OutOfTime once all the time is over: for what any answer needs."""
        if time.monotonic() >= self._last:
            raise OutOfTime

    def hurry(self) -> None:
        """From here on for a good answer instead of the best one."""
        self.hurried, self._ends = True, self._last
