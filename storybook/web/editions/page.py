"""What an edition's page shows, worked out once."""

from __future__ import annotations

from dataclasses import dataclass

from ...anonymise.edition import Edition
from ...anonymise.shown import Shown
from ...services.editions import EditionView
from ...swimlane.page import PicturePage


@dataclass(frozen=True, slots=True)
class EditionPage:
    """An edition: what is shown of it, and its picture."""

    shown: Shown
    picture: PicturePage

    @classmethod
    def of(cls, view: EditionView) -> EditionPage:
        """The page of a live edition."""
        assert view.edition is not None, "open_edition gives a live edition or raises"  # noqa: S101 - narrows the type
        return cls.of_edition(view.edition)

    @classmethod
    def of_edition(cls, edition: Edition) -> EditionPage:
        """The page of ``edition``."""
        return cls(edition.shown, PicturePage.of(edition))
