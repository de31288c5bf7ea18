"""Milliseconds a page of the understanding pass: `python -m bench.understanding [--profile] [FILE…]`.

The pass is everything from a document that is read and laid out to its products, producers, counts and audit. Without
files: all samples. A page of a text format is 3,000 characters. Set EXTRACTOR_READINGS so that OCR is done once.
"""

from __future__ import annotations

import argparse
import cProfile
import math
import pstats
import statistics
import time
from pathlib import Path

from extractor import audit, ingest, ruleset
from extractor.document import Document
from extractor.layout import arrange
from extractor.programme.understanding import forget
from extractor.recognise import producers, products, star_counts
from extractor.recognise.base import Found
from extractor.ruleset import RuleSet

ROOT = Path(__file__).resolve().parent.parent / "samples"
_PAGE = 3_000


def understand(document: Document, rules: RuleSet) -> Found:
    """The pass itself; what was kept of the last document is forgotten first."""
    forget()
    found = Found()
    for recogniser in (star_counts, products, producers):
        found.findings += recogniser.find(document, rules, found).findings
    found.problems += audit.check(document, rules, found)
    return found


def pages(document: Document) -> int:
    """Printed pages; of a text format its length tells."""
    return len(document.pages) if document.lines else max(1, math.ceil(len(document.text) / _PAGE))


def measure(document: Document, rules: RuleSet, rounds: int) -> float:
    """CPU milliseconds a page, the median of the rounds."""
    taken = []
    for _ in range(rounds):
        start = time.process_time()
        understand(document, rules)
        taken.append(1000 * (time.process_time() - start))
    return statistics.median(taken) / pages(document)


def files(given: list[Path]) -> list[Path]:
    """The files named, or the source of every sample."""
    if given:
        return given
    golds = sorted(ROOT.rglob("*.gold.json"))
    return [p for g in golds for p in g.parent.glob(g.name.removesuffix(".gold.json") + ".*") if p.suffix != ".json"]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--profile", action="store_true", help="print where the time goes")
    given = parser.parse_args()
    rules = ruleset.load()
    documents = [arrange(ingest.read(path), rules) for path in files(given.files)]
    understand(documents[0], rules)
    profile = cProfile.Profile()
    if given.profile:
        profile.enable()
    rows = sorted(
        (measure(document, rules, given.rounds), document.filename, pages(document)) for document in documents
    )
    profile.disable()
    total = sum(each * count for each, _, count in rows) / sum(count for _, _, count in rows)
    median, last = statistics.median(each for each, _, _ in rows), rows[-1]
    print(f"{len(rows)} documents, {sum(count for _, _, count in rows)} pages: {total:.1f} ms a page")
    print(f"median document {median:.1f}, slowest {last[0]:.1f} ({last[1]}, {last[2]} pages)")
    if given.profile:
        pstats.Stats(profile).sort_stats("tottime").print_stats(25)


if __name__ == "__main__":
    main()
