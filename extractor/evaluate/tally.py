"""Outcomes → precision, recall, F1, support, calibration."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from extractor.evaluate.lists import LISTS
from extractor.evaluate.outcome import Outcome
from extractor.evaluate.score import HEADER

BINS = 10
SURE = 0.9
SPLITS = ("printed", "hand", "overprinted")


@dataclass(frozen=True, slots=True)
class Counts:
    """True positives, false positives, false negatives."""

    right: int = 0
    spurious: int = 0
    missed: int = 0

    @property
    def precision(self) -> float | None:
        """Share of what was found that is right; None when nothing was found."""
        found = self.right + self.spurious
        return self.right / found if found else None

    @property
    def recall(self) -> float | None:
        """Share of what was expected that was found right; None when nothing was expected."""
        return self.right / self.support if self.support else None

    @property
    def f1(self) -> float | None:
        """Harmonic mean of the two; None when nothing was expected and nothing found."""
        total = 2 * self.right + self.spurious + self.missed
        return 2 * self.right / total if total else None

    @property
    def support(self) -> int:
        """How many values were expected."""
        return self.right + self.missed

    def to_dict(self) -> dict[str, Any]:
        """Counts and scores as plain values."""
        return {
            "precision": _rounded(self.precision),
            "recall": _rounded(self.recall),
            "f1": _rounded(self.f1),
            "right": self.right,
            "spurious": self.spurious,
            "missed": self.missed,
        }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: a field (or its part by split), strict and soft."""

    name: str
    strict: Counts
    soft: Counts


def count(outcomes: Iterable[Outcome], soft: bool) -> Counts:
    """Counts of outcomes of one field. A wrong value is spurious and leaves the expected one missed."""
    right = spurious = missed = 0
    for outcome in outcomes:
        if outcome.soft if soft else outcome.strict:
            right += 1
            continue
        spurious += outcome.found is not None
        missed += outcome.expected is not None
    return Counts(right, spurious, missed)


def field_order() -> list[str]:
    """Every field that is scored, in the order of the table."""
    names = list(HEADER)
    for field in LISTS:
        names += [field.name] + ([field.key_name] if field.whole else [])
        names += [f"{field.name}.{attribute}" for attribute in field.attributes]
    return [*names, "issues"]


def tally(outcomes: Sequence[Outcome]) -> list[Row]:
    """A row for each field that has outcomes; where some are handwritten or overprinted, a row for each split too."""
    rows = []
    for name in field_order():
        mine = [outcome for outcome in outcomes if outcome.field == name]
        if not mine:
            continue
        rows.append(_row(name, mine))
        if {outcome.split for outcome in mine} & {"hand", "overprinted"}:
            parts = {split: [outcome for outcome in mine if outcome.split == split] for split in SPLITS}
            rows += [_row(f"{name} [{split}]", part) for split, part in parts.items() if part]
    return rows


def _row(name: str, outcomes: Sequence[Outcome]) -> Row:
    return Row(name, count(outcomes, soft=False), count(outcomes, soft=True))


@dataclass(frozen=True, slots=True)
class Bin:
    """Values whose confidence lies in one tenth: how many, how sure on average, how often right."""

    low: float
    values: int
    confidence: float
    accuracy: float


def calibration(outcomes: Iterable[Outcome]) -> tuple[float | None, list[Bin]]:
    """Expected calibration error over 10 bins of equal width, and the bins that hold values.

    Source: Naeini, Cooper, Hauskrecht, Obtaining Well Calibrated Probabilities Using Bayesian Binning, 2015. A value
    is right when it is right softly.
    """
    sure = [(outcome.confidence, outcome.soft) for outcome in outcomes if outcome.confidence is not None]
    bins = []
    for index in range(BINS):
        mine = [pair for pair in sure if min(int(pair[0] * BINS), BINS - 1) == index]
        if mine:
            confidence = sum(pair[0] for pair in mine) / len(mine)
            accuracy = sum(pair[1] for pair in mine) / len(mine)
            bins.append(Bin(index / BINS, len(mine), round(confidence, 4), round(accuracy, 4)))
    if not sure:
        return None, []
    return round(sum(one.values * abs(one.confidence - one.accuracy) for one in bins) / len(sure), 4), bins
