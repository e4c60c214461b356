"""What an edition's page shows."""

from __future__ import annotations

from dataclasses import dataclass

from ...anonymise.edition import Edition
from ...anonymise.shown import Shown
from ...swimlane.page import PicturePage


@dataclass(frozen=True, slots=True)
class EditionPage:
    """An edition's content, and its picture. ``made_of`` takes an edition, so no draft has such a page.

    ``figures`` is where the script fetches the one figure it needs (``WIDTH`` stands for the width); empty where all
    stand in the page.
    """

    shown: Shown
    picture: PicturePage
    figures: str = ""

    @classmethod
    def made_of(cls, edition: Edition, picture: PicturePage, figures: str = "") -> EditionPage:
        """The page of ``edition``."""
        return cls(edition.shown, picture, figures)
