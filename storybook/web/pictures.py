"""Pictures for pages. An edition never changes, so its picture is laid out once and kept; a draft's is always new."""

from __future__ import annotations

from collections import OrderedDict
from pathlib import Path
from threading import Lock
from typing import cast

from flask import Flask, current_app

from ..anonymise.draft import Draft
from ..anonymise.edition import Edition
from ..swimlane.metrics import Metrics
from ..swimlane.page import PicturePage, picture_page

KEY = "storybook-pictures"
#: Pictures kept at once; each is a few hundred kilobytes.
KEPT = 64


class Pictures:
    """Makes pictures with the served font's measures, and keeps those of editions by their hash."""

    def __init__(self, metrics: Metrics) -> None:
        self._metrics = metrics
        self._kept: OrderedDict[str, PicturePage] = OrderedDict()
        self._lock = Lock()

    def of_draft(self, draft: Draft) -> PicturePage:
        """A draft's picture, watermarked."""
        return picture_page(draft, self._metrics)

    def of_edition(self, edition: Edition) -> PicturePage:
        """An edition's picture."""
        with self._lock:
            kept = self._kept.get(edition.sha256)
        if kept is None:
            kept = picture_page(edition, self._metrics)
        with self._lock:
            self._kept[edition.sha256] = kept
            self._kept.move_to_end(edition.sha256)
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return kept

    def forget(self) -> None:
        """Drops every picture that is kept: some of their words are wanted nowhere any more."""
        with self._lock:
            self._kept.clear()


def init_pictures(app: Flask) -> None:
    """Reads the font's measures from the built assets; raises OSError where the front end was not built."""
    app.extensions[KEY] = Pictures(
        Metrics.load(Path(str(app.static_folder)) / "vendor" / "font-metrics.json")
    )


def pictures() -> Pictures:
    """The running app's pictures."""
    return cast(Pictures, current_app.extensions[KEY])
