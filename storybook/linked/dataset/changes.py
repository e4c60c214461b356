"""Which names went and which came with each version of a dataset: one may be another under a new name."""

from __future__ import annotations

from typing import Final

from .manifest import Change, Manifest

#: What a question calls a list of names -> what the manifest calls it.
LISTS: Final = {
    "agency": "agencies",
    "kind": "kinds",
    "place": "places",
    "age_band": "age_bands",
    "gender": "genders",
    "need": "needs",
}


def changes(old: Manifest | None, new: Manifest) -> tuple[Change, ...]:
    """Those of ``old``, and what ``new`` lists in the place of something else."""
    if old is None:
        return ()
    found = (_change(field, _listed(old, field), new) for field in LISTS)
    return (*old.changes, *(one for one in found if one is not None))


def _change(field: str, before: set[str], new: Manifest) -> Change | None:
    now = _listed(new, field)
    gone, came = before - now, now - before
    if not (gone and came):
        return None
    return Change(version=new.version, field=field, gone=tuple(sorted(gone)), new=tuple(sorted(came)))


def _listed(manifest: Manifest, field: str) -> set[str]:
    return set(getattr(manifest, LISTS[field])) - {""}
