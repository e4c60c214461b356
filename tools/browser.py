"""Finds a browser for the tests, or gets Debian's. Standard library only."""

from __future__ import annotations

from tests.chromium import find_chromium
from tools.machine import CannotGoOn, apt_install


def chromium() -> str:
    """The path of Chromium, Chrome or Edge. Raises CannotGoOn where there is none and none to be had."""
    found = find_chromium()
    if found is None and (apt_install("chromium-headless-shell") or apt_install("chromium")):
        found = find_chromium()
    if found is None:
        raise CannotGoOn(
            "The tests drive a browser. Install Chromium, Chrome or Edge, "
            "or set STORYBOOK_CHROMIUM to its path."
        )
    return found
