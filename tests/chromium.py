"""Where the browser is that tests drive: the one that run.py found, or the first that this machine has."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

NAMES = (
    "chromium-headless-shell",  # the same engine without the parts of a window: half the time
    "chromium",
    "chromium-browser",
    "google-chrome-stable",
    "google-chrome",
    "microsoft-edge-stable",
    "microsoft-edge",
)
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
    r"C:\Program Files\Microsoft\Edge\Application\msedge.exe",
)
ARGUMENTS = ("--no-sandbox", "--disable-dev-shm-usage")


def find_chromium() -> str | None:
    """The path of Chromium, Chrome or Edge; None where there is none. ``STORYBOOK_CHROMIUM`` wins."""
    named = os.environ.get("STORYBOOK_CHROMIUM")
    on_path = (shutil.which(name) for name in NAMES)
    places = (place for place in PLACES if Path(place).is_file())
    return next((path for path in (named, *on_path, *places) if path), None)
