"""What a question may split by and narrow by, and every value that a dataset has there."""

from __future__ import annotations

from typing import Final

from ..dataset import periods
from ..dataset.datasets import Manifest
from ..dataset.periods import Grain

TIMES: Final[tuple[Grain, ...]] = ("year", "quarter", "month")
CATEGORIES: Final = ("agency", "sector", "kind", "place", "age_band", "gender", "need")
#: Only narrows: people with multiple needs, by the vocabulary's definition.
MULTIPLE: Final = "multiple"
#: Only narrows: people seen by every agency and sector that is named, and not by one of them only.
BOTH: Final = "both"
#: Only narrow: the first and the last day, both counted.
DAYS: Final = ("from", "to")
FIELDS: Final = (*CATEGORIES, *TIMES)


def domain(field: str, manifest: Manifest) -> tuple[str, ...]:
    """Every value that a category has in the data, in order."""
    if field == "sector":
        return tuple(sorted({sector_of(agency, manifest) for agency in manifest.agencies}))
    lists = {
        "agency": manifest.agencies,
        "kind": manifest.kinds,
        "place": manifest.places,
        "age_band": manifest.age_bands,
        "gender": manifest.genders,
        "need": manifest.needs,
    }
    return lists[field]


def known(field: str, manifest: Manifest) -> bool:
    """Whether the dataset says anything about ``field``."""
    return any(domain(field, manifest))


def sector_of(agency: str, manifest: Manifest) -> str:
    """The sector that an agency was said to belong to, or ""."""
    return manifest.about.sectors.get(agency, "")


def agencies_of(sector: str, manifest: Manifest) -> tuple[str, ...]:
    """The agencies of a sector."""
    return tuple(agency for agency in manifest.agencies if sector_of(agency, manifest) == sector)


def span(manifest: Manifest) -> range:
    """The months of the dataset."""
    return range(periods.month_of(manifest.first), periods.month_of(manifest.last) + 1)
