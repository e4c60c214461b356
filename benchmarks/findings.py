"""How much of what identifies is found: recall by entity, precision by token, near misses, speed; the whole curve.

    python -m benchmarks.findings court PATH/tab.jsonl [--beside SPANS.json] [--fast] [--missed]
    python -m benchmarks.findings notes tests/data/casenotes/tune.jsonl [--beside SPANS.json] [--fast] [--missed]

``court`` scores as the Text Anonymization Benchmark does (Pilán and others 2022): an entity counts as found when all
its mentions are, each without regard to little words and punctuation; precision counts words. ``notes`` counts a span
as found when every letter and digit of it is (little words aside), and a near miss as flagged when any is. ``--beside``
names another engine's spans, as ``benchmarks/presidio_spans.py`` writes them: {document: [[start, end, score], ...]}.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from storybook.anonymise import Confidence, Kind, find_identifiers

Span = tuple[int, int]
LITTLE = (
    r"mr|mrs|ms|and|or|from|until|to|about|after|as|at|before|between|by|during|for|in|into|of|on|over|since|with|the|a|an"
    r"|no|nr"
)
SKIPPED = re.compile(rf"\b(?:{LITTLE})\b|[’']s\b|[\s,.\-;:/&()\[\]–'\" ’“”]", re.IGNORECASE)


@dataclass
class Document:
    """A text, its entities (lists of mentions) by sort, and what looks like one and is none."""

    name: str
    text: str
    entities: dict[str, list[list[Span]]]
    labels: dict[Span, str] = field(default_factory=dict)
    near: list[Span] = field(default_factory=list)


def court(path: Path) -> list[Document]:
    """Documents of the benchmark, one annotator's view each."""
    return [_court(json.loads(line)) for line in path.read_text("utf-8").splitlines()]


def _court(row: dict) -> Document:
    mentions = defaultdict(list)
    for m in row["mentions"]:
        mentions[m["entity_id"]].append(m)
    found: dict[str, list[list[Span]]] = {"direct": [], "quasi": []}
    for entity in mentions.values():
        sorts = {m["identifier"] for m in entity}
        spans = [(m["start"], m["end"]) for m in entity if m["identifier"] != "NO_MASK"]
        if spans:
            found["direct" if "DIRECT" in sorts else "quasi"].append(spans)
    labels = {(m["start"], m["end"]): m["label"] for m in row["mentions"]}
    return Document(row["doc_id"], row["text"], found, labels)


def notes(path: Path) -> list[Document]:
    """Case notes; each span is an entity of its own."""
    return [_note(json.loads(line)) for line in path.read_text("utf-8").splitlines()]


def _note(row: dict) -> Document:
    found: dict[str, list[list[Span]]] = {"direct": [], "quasi": []}
    for s in row["spans"]:
        if s["kind"] != "FACT":  # facts are for find_prompts
            found["direct" if s["direct"] else "quasi"].append([(s["start"], s["end"])])
    labels = {(s["start"], s["end"]): s["kind"] for s in row["spans"]}
    return Document(
        row["id"], row["text"], found, labels, [(n["start"], n["end"]) for n in row["near_misses"]]
    )


def covered(text: str, span: Span, masked: set[int]) -> bool:
    """Whether a mention is masked, little words and punctuation left aside."""
    left = set(range(*span)) - masked
    if left:
        for skip in SKIPPED.finditer(text[span[0] : span[1]]):
            left -= set(range(span[0] + skip.start(), span[0] + skip.end()))
    return not left


@dataclass
class Score:
    """Counts over documents."""

    counts: Counter = field(default_factory=Counter)
    missed: list[str] = field(default_factory=list)
    wrong: Counter = field(default_factory=Counter)

    def add(self, document: Document, spans: list[Span]) -> None:
        """One document's spans."""
        masked = {i for start, end in spans for i in range(start, end)}
        gold = set()
        for sort, entities in document.entities.items():
            for mentions in entities:
                gold.update(i for span in mentions for i in range(*span))
                hidden = [s for s in mentions if not covered(document.text, s, masked)]
                self.counts[sort] += 1
                self.counts[f"{sort} found"] += not hidden
                self.counts[f"{document.labels[mentions[0]]}"] += 1
                self.counts[f"{document.labels[mentions[0]]} found"] += not hidden
                self.missed.extend(self._around(document, span, sort) for span in hidden[:1])
        self._words(document, masked, gold)
        flagged = [n for n in document.near if masked & set(range(*n))]
        self.counts["near"] += len(document.near)
        self.counts["near flagged"] += len(flagged)
        self.wrong.update("NEAR " + document.text[slice(*n)] for n in flagged)

    def _words(self, document: Document, masked: set[int], gold: set[int]) -> None:
        for word in re.finditer(r"\w+", document.text):
            if masked.issuperset(range(*word.span())):
                right = gold.issuperset(range(*word.span()))
                self.counts["words"] += 1
                self.counts["words right"] += right
                if not right:
                    self.wrong[word.group()] += 1

    @staticmethod
    def _around(document: Document, span: Span, sort: str) -> str:
        start, end = span
        before, after = document.text[max(0, start - 30) : start], document.text[end : end + 25]
        return f"{sort:6} {document.labels[span]:8} {before!r} ⟦{document.text[start:end]}⟧ {after!r}"

    def share(self, what: str, of: str) -> float:
        """One count as a share of another; 1 where there are none."""
        return self.counts[what] / self.counts[of] if self.counts[of] else 1.0

    def row(self, name: str) -> str:
        """One line of the table."""
        near = f"  near {self.share('near flagged', 'near'):.3f}" if self.counts["near"] else ""
        return (
            f"{name:34} direct {self.share('direct found', 'direct'):.3f}"
            f"  quasi {self.share('quasi found', 'quasi'):.3f}"
            f"  precision {self.share('words right', 'words'):.3f}{near}"
        )


def ours(documents: list[Document], *, fast: bool) -> dict[str, list[tuple[int, int, int, Kind]]]:
    """Our findings in each document; says how many documents a second."""
    find_identifiers("warm up: Darren", fast=fast)
    began = time.process_time()
    found = {
        d.name: [(f.start, f.end, f.confidence, f.kind) for f in find_identifiers(d.text, fast=fast)]
        for d in documents
    }
    seconds = time.process_time() - began
    print(
        f"storybook{' fast' if fast else ''}: {len(documents) / seconds:.1f} documents a second of processor time"
    )
    return found


def scored(documents: list[Document], spans: dict[str, list[Span]]) -> Score:
    """The score of spans by document."""
    score = Score()
    for document in documents:
        score.add(document, spans.get(document.name, []))
    return score


def main(arguments: list[str]) -> None:
    """The table, by confidence."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sort", choices=("court", "notes"))
    parser.add_argument("file", type=Path)
    parser.add_argument("--beside", type=Path)
    parser.add_argument("--fast", action="store_true")
    parser.add_argument("--missed", action="store_true")
    parser.add_argument("--only", type=int, default=0, help="the first so many documents")
    asked = parser.parse_args(arguments)
    documents = (court if asked.sort == "court" else notes)(asked.file)[: asked.only or None]
    found = ours(documents, fast=asked.fast)
    for tier in Confidence:
        spans = {
            n: [(s, e) for s, e, c, k in f if c >= tier and k is not Kind.LEGAL] for n, f in found.items()
        }
        print(scored(documents, spans).row(f"storybook, {tier.name.lower()} and surer"))
    everything = scored(documents, {n: [(s, e) for s, e, _, _ in f] for n, f in found.items()})
    print(everything.row("storybook, with LEGAL"))
    _beside(asked.beside, documents)
    if asked.missed:
        _told(
            scored(
                documents, {n: [(s, e) for s, e, _, k in f if k is not Kind.LEGAL] for n, f in found.items()}
            )
        )


def _beside(path: Path | None, documents: list[Document]) -> None:
    if path is None:
        return
    given = json.loads(path.read_text("utf-8"))
    for least in (0.0, 0.4, 0.6, 0.85):
        spans = {n: [(s, e) for s, e, score in f if score >= least] for n, f in given["spans"].items()}
        print(scored(documents, spans).row(f"{given['engine']}, score >= {least}"))


def _told(score: Score) -> None:
    print(
        {
            k: f"{score.share(k + ' found', k):.3f} of {score.counts[k]}"
            for k in sorted(score.counts)
            if k.isupper()
        }
    )
    print("\n".join(sorted(score.missed)))
    print("wrong:", score.wrong.most_common(150))


if __name__ == "__main__":
    main(sys.argv[1:])
