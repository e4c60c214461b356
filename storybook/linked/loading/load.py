"""Agencies' files become a dataset: read as text, checked, all or nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from ...story.clock import Clock, today
from ...story.messages import message
from ...story.messages import say as said
from ...story.problems import Problem, Problems
from ..dataset.changes import changes
from ..dataset.datasets import Dataset, NewVersion, check_name, new_version, stored_dataset, stored_manifests
from ..dataset.engine import engine
from ..dataset.kin import related
from ..dataset.manifest import Manifest, Part
from ..dataset.mapping import About, ColumnMapping, Wishes
from ..suppression.rules import rule_called
from .byte_looks import digests_of
from .incoming import Incoming, Progress, Report
from .load_report import LoadReport
from .parts import Past
from .same_rows import same_people
from .writing import Written, write

__all__ = ["LoadReport", "Progress", "Report", "load"]


def load(
    root: Path,
    name: str,
    files: Sequence[Path],
    mapping: ColumnMapping,
    clock: Clock,
    progress: Report | None = None,
    about: About | None = None,
    wishes: Wishes | None = None,
) -> LoadReport:
    """Loads ``files`` (CSV of any dialect, XLSX, Parquet, packed by gzip or not) as a new version of ``name``.

    Only mapped columns are read. Whatever is wrong raises Problems, all of it at once, and leaves what was
    there; so does an exception out of ``progress``, which is how a load is cancelled.
    """
    check_name(name)
    if about is not None:
        rule_called(about.rule)
    if not files:
        raise Problems([Problem(message("there is no file to load"), message("name at least one file"))])
    under_way = _Load(root, name, mapping, clock, about, wishes or Wishes(), progress or (lambda _: None))
    with new_version(root, name, clock.now()) as new:
        return under_way.run(new, files)


@dataclass(frozen=True)
class _Load:
    root: Path
    name: str
    mapping: ColumnMapping
    clock: Clock
    about: About | None
    wishes: Wishes
    report: Report

    def run(self, new: NewVersion, files: Sequence[Path]) -> LoadReport:
        with engine(new.work / "spill") as connection, digests_of(files) as digests:
            incoming = Incoming(connection, new.work, self.mapping, self.wishes, self.report)
            incoming.read(files)
            incoming.check()
            noticed = incoming.noticed(today(self.clock))
            old = stored_dataset(self.root, self.name)
            past = Past.of(connection, old, self.wishes)
            about = self._about(past)
            written = self._write(incoming, new.files, past, about)
            rejected = incoming.write_rejects(new.files / "rejects.csv")
            part = self._part(incoming, past, written, rejected, digests())
            manifest = self._manifest(new, past.parts(new.files, part), about, written)
            manifest = self._with_kin(connection, new.files, old, manifest)
        dataset = new.publish(manifest) if self.wishes.publish else Dataset(new.files, manifest)
        return LoadReport(
            dataset,
            month_first=self.mapping.date_style == "month-first",
            kin=self._kin(manifest),
            dropped=tuple(incoming.dropped),
            **noticed,
        )

    def _with_kin(
        self,
        connection: duckdb.DuckDBPyConnection,
        folder: Path,
        old: Dataset | None,
        manifest: Manifest,
    ) -> Manifest:
        """``manifest`` with all that was ever brought in, and the datasets that hold the same people's rows."""
        before = old.manifest.given if old else ()
        known = old.manifest.same_people if old else ()
        told = manifest.model_copy(update={"ever": before, "same_people": known})
        found = same_people(connection, self.root, folder, told, self._others())
        return told.model_copy(
            update={
                "same_people": tuple(sorted({*known, *found})),
                "changes": changes(old.manifest if old else None, told),
            }
        )

    def _others(self) -> tuple[Manifest, ...]:
        return tuple(one for one in stored_manifests(self.root) if one.name != self.name)

    def _kin(self, manifest: Manifest) -> tuple[str, ...]:
        return related([manifest, *self._others()])[0].kin

    def _about(self, past: Past) -> About:
        if self.about is not None:
            return self.about
        return past.dataset.manifest.about if past.dataset else About()

    def _write(self, incoming: Incoming, folder: Path, past: Past, about: About) -> Written:
        self.report(Progress("writing", 0, 100))
        written = write(
            incoming.connection,
            folder,
            self.mapping,
            incoming.coded,
            about,
            past,
            lambda share: self.report(Progress("writing", int(100 * share), 100)),
        )
        self.report(Progress("writing", 100, 100))
        return written

    def _part(
        self, incoming: Incoming, past: Past, written: Written, rejected: int, digests: Sequence[str]
    ) -> Part:
        return Part(
            number=past.number,
            load=self.wishes.load,
            partner=self.wishes.terms.partner,
            agreement=self.wishes.terms.agreement,
            agreement_ends=self.wishes.terms.ends,
            loaded_at=self.clock.now(),
            first=written.first,
            last=written.last,
            rows=written.rows,
            rejected=rejected,
            sources=incoming.given(digests),
            mapping=self.mapping,
            kept=tuple(self.wishes.keep),
            dropped=tuple((one.heading, said(one.kind)) for one in incoming.dropped),
        )

    def _manifest(self, new: NewVersion, parts: tuple[Part, ...], about: About, written: Written) -> Manifest:
        fields: Mapping[str, Any] = vars(written)
        return Manifest(
            name=self.name,
            version=new.name,
            loaded_at=self.clock.now(),
            sources=parts[-1].sources,
            mapping=self.mapping,
            about=about,
            parts=parts,
            **fields,
        )
