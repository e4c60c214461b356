"""What an edition's page shows."""

from __future__ import annotations

from dataclasses import dataclass

from ...anonymise.edition import Edition
from ...anonymise.shown import Shown
from ...swimlane.page import PicturePage


@dataclass(frozen=True, slots=True)
class EditionPage:
    """An edition's content, and its picture. ``made_of`` takes an edition, so no draft has such a page."""

    shown: Shown
    picture: PicturePage

    @classmethod
    def made_of(cls, edition: Edition, picture: PicturePage) -> EditionPage:
        """The page of ``edition``."""
        return cls(edition.shown, picture)
