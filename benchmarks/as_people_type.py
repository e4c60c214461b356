"""How long 300 words are looked through while somebody types, beside the language model alone on the same text.

    python -m benchmarks.as_people_type FILE.jsonl [FILE.jsonl ...]

Each file of case notes (``tests/data/casenotes``) is read as one long text and cut after every 300 words. Each piece is
looked at for the first time, and once more with a word added, as ``find_identifiers(text, fast=True)`` is asked on a
page. Milliseconds of the clock; on a machine that has nothing else to do. The model's are spaCy's own, and not asked
for as people type.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

from storybook.anonymise import find_identifiers
from storybook.anonymise.detectors.model import _model

WORDS = 300
#: What somebody writes: every list is read and every pattern is ready before the clock runs.
WARM = "Darren rang 07700 900123 on 3/4/19 from 12 High Street, Leeds. " * 20


def pieces(file: Path) -> Iterator[str]:
    """The texts of ``file`` in pieces of so many words, new lines kept."""
    words = " \n ".join(json.loads(line)["text"] for line in file.read_text("utf-8").splitlines()).split(" ")
    for at in range(0, len(words) - WORDS, WORDS):
        yield " ".join(words[at : at + WORDS])


def milliseconds(do: Callable[[], object]) -> float:
    began = time.perf_counter()
    do()
    return 1000 * (time.perf_counter() - began)


def told(times: list[float]) -> str:
    ordered = sorted(times)
    return f"median {median(ordered):5.1f}  p95 {ordered[int(0.95 * len(ordered))]:5.1f}  most {ordered[-1]:5.1f} ms"


def main(files: list[str]) -> None:
    """Three lines a file."""
    model = _model()
    find_identifiers(WARM, fast=True)
    model(WARM)
    for file in map(Path, files):
        texts = list(pieces(file))
        ways: dict[str, Callable[[str], object]] = {
            "first look": lambda text: find_identifiers(text, fast=True),
            "a word added": lambda text: find_identifiers(f"{text} again", fast=True),
            "the model alone": model,
        }
        for way, look in ways.items():
            times = [milliseconds(lambda: look(text)) for text in texts]  # noqa: B023 - called at once
            print(f"{file.stem}, {len(texts)} pieces, {way:<15} {told(times)}")


if __name__ == "__main__":
    main(sys.argv[1:])
