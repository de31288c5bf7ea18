"""The documents of samples/ocop/dev that need no OCR keep the score they reached; the other half is never looked at."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor.evaluate.gold import find_gold
from extractor.evaluate.run import score_document
from extractor.evaluate.tally import tally
from samples.generator import load
from samples.generator.truth import gold as truth_of
from tests.conftest import SAMPLES

OCOP = SAMPLES / "ocop"
FLOORS = {
    "products": 0.99,
    "products.producer": 0.99,
    "products.stars": 0.99,
    "products.status": 0.99,
    "star_counts": 0.99,
    "star_counts.status": 0.99,
    "star_counts.period": 0.97,
    "issues": 0.99,
}


@pytest.fixture(scope="module")
def scores() -> dict[str, float]:
    golds = [gold for gold in find_gold(OCOP / "dev") if "quet" not in gold.name]
    outcomes = [outcome for gold in golds for outcome in score_document(gold)[0].outcomes]
    return {row.name: row.soft.f1 or 0.0 for row in tally(outcomes)}


@pytest.mark.parametrize("field", FLOORS)
def test_development_half_stays_at_its_score(field: str, scores: dict[str, float]) -> None:
    assert scores[field] >= FLOORS[field]


@pytest.mark.parametrize("path", sorted(OCOP.glob("specs/*/*.yaml")), ids=lambda path: path.stem)
def test_gold_is_the_truth_of_its_spec(path: Path) -> None:
    spec = load(path)
    (kept,) = [one for one in find_gold(OCOP / path.parent.name) if one.name == path.stem]
    scanned = spec.renders[0]["kind"] == "scan"
    assert dict(kept.values) == truth_of(spec, str(kept.values["source"]), scanned=scanned)


def test_both_halves_hold_twenty_documents() -> None:
    assert [len(find_gold(OCOP / half)) for half in ("dev", "held-out")] == [20, 20]


def test_they_stay_small() -> None:
    assert sum(path.stat().st_size for path in OCOP.rglob("*.*")) < 6_000_000
