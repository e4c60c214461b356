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
    stand in the page. All drawings stand in it too, the one for phones ``narrow_first`` or last: the one that is shown
    can then be seen before the others have come.
    """

    shown: Shown
    picture: PicturePage
    figures: str = ""
    narrow_first: bool = False

    @classmethod
    def made_of(
        cls, edition: Edition, picture: PicturePage, figures: str = "", *, narrow_first: bool = False
    ) -> EditionPage:
        """The page of ``edition``."""
        return cls(edition.shown, picture, figures, narrow_first)
