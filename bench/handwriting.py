"""How well the header's number and date are read where they are written by hand or set in later.

    python -m bench.handwriting FOLDER

FOLDER holds documents with NAME.gold.json beside them. Prints, by field and kind (`hand`, `overprinted`, `printed`):
values in the gold, right, withheld (null with its box), wrong, and wrong with a confidence of 0.9 or more; and the CPU
seconds of the second reading.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from extractor import ingest, ruleset
from extractor.layout import arrange
from extractor.recognise import handwritten, issued, number
from extractor.recognise.base import Found

FIELDS = ("number", "issued_on")
HEADS = ("gold", "right", "withheld", "wrong", "wrong, sure")


def main() -> None:
    """Prints the table."""
    rules, table = ruleset.load(), defaultdict[tuple[str, str], Counter[str]](Counter)
    seconds = 0.0
    paths = sorted(Path(sys.argv[1]).glob("*.gold.json"))
    for path in paths:
        gold = json.loads(path.read_text(encoding="utf-8"))
        document = arrange(ingest.read(path.with_name(gold["source"])), rules)
        known = Found()
        for recogniser in (number.find, issued.find):
            known.extend(recogniser(document, rules, known))
        started = time.process_time()
        known.extend(handwritten.find(document, rules, known))
        seconds += time.process_time() - started
        for field in FIELDS:
            _count(table[field, _kind(gold, field)], gold[field], known, field)
    print(f"{'field':<12}{'kind':<14}" + "".join(f"{head:>13}" for head in HEADS))
    for (field, kind), counts in sorted(table.items()):
        print(f"{field:<12}{kind:<14}" + "".join(f"{counts[head]:>13}" for head in HEADS))
    print(f"second reading: {1000 * seconds / max(1, len(paths)):.0f} ms CPU a document")


def _kind(gold: dict[str, Any], field: str) -> str:
    return next((kind for kind in ("hand", "overprinted") if field in (gold.get(kind) or ())), "printed")


def _count(counts: Counter[str], wanted: Any, known: Found, field: str) -> None:
    right = wanted.get("value") if isinstance(wanted, dict) else wanted
    best = known.best(field)
    value = None if best is None else best.value
    counts["gold"] += right is not None
    if value is None:
        counts["withheld"] += right is not None
        return
    counts["right" if value == right else "wrong"] += 1
    if value != right and best is not None and best.leaves[""].confidence >= 0.9:
        counts["wrong, sure"] += 1


if __name__ == "__main__":
    main()
