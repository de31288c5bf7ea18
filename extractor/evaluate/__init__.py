"""Scores results against gold: match, count, report, compare (contract, section 5)."""

from __future__ import annotations

from extractor.evaluate.gold import Gold, find_gold
from extractor.evaluate.outcome import Outcome
from extractor.evaluate.run import Evaluation, evaluate
from extractor.evaluate.score import score

__all__ = ["Evaluation", "Gold", "Outcome", "evaluate", "find_gold", "score"]
