"""Pictures for pages. An edition never changes, so its picture is laid out once and kept; a draft's is always new."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from flask import Flask, current_app

from ..anonymise.draft import Draft
from ..anonymise.edition import Edition
from ..swimlane.metrics import Metrics
from ..swimlane.page import PicturePage, picture_page
from .keeping import Keeping

KEY = "storybook-pictures"
#: Pictures kept at once; each is a few hundred kilobytes.
KEPT = 64
#: All of them together, in letters of their drawings and figures.
HEAVIEST = 32_000_000


class Pictures:
    """Makes pictures with the served font's measures, and keeps those of editions by their hash."""

    def __init__(self, metrics: Metrics) -> None:
        self._metrics = metrics
        self._kept: Keeping[str, PicturePage] = Keeping(KEPT, HEAVIEST, _weight)

    def of_draft(self, draft: Draft) -> PicturePage:
        """A draft's picture, watermarked."""
        return picture_page(draft, self._metrics)

    def of_edition(self, edition: Edition) -> PicturePage:
        """An edition's picture."""
        return self._kept.get(edition.sha256, lambda: picture_page(edition, self._metrics))

    def forget(self) -> None:
        """Drops every picture that is kept: some of their words are wanted nowhere any more."""
        self._kept.forget()


def _weight(picture: PicturePage) -> int:
    drawings = sum(len(drawing) for _, drawing in picture.drawings)
    return drawings + 2 * len(picture.figures)


def init_pictures(app: Flask) -> None:
    """Reads the font's measures from the built assets; raises OSError where the front end was not built."""
    app.extensions[KEY] = Pictures(
        Metrics.load(Path(str(app.static_folder)) / "vendor" / "font-metrics.json")
    )


def pictures() -> Pictures:
    """The running app's pictures."""
    return cast(Pictures, current_app.extensions[KEY])
