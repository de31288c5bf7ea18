"""From a recogniser's scores a step (CTC) to digit strings with probabilities."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

DIGITS = "0123456789"
Ballot = Mapping[str, float]
_FLOOR = 1e-6
_BEAM = 24


@dataclass(frozen=True, slots=True)
class Step:
    """A symbol of the best path and the steps (columns) that it covers."""

    symbol: int
    first: int
    last: int


def best_path(scores: NDArray[np.float64]) -> list[Step]:
    """The likeliest symbol of each step, repeats joined, blanks (0) dropped; scores of shape (steps, symbols)."""
    path: list[Step] = []
    before = 0
    for index, symbol in enumerate(scores.argmax(axis=1).tolist()):
        if symbol and symbol == before:
            path[-1] = Step(symbol, path[-1].first, index)
        elif symbol:
            path.append(Step(symbol, index, index))
        before = symbol
    return path


def digit_strings(table: NDArray[np.float64], longest: int) -> dict[str, float]:
    """Digit strings and their probabilities, likeliest first, given that nothing else is there.

    `table`: shape (steps, 11), paper and the ten digits; each step is scaled to sum to one. Prefix beam search over all
    alignments (A. Graves, Supervised Sequence Labelling, 2012, ch. 7).

    >>> import numpy as np
    >>> rows = np.full((3, 11), 0.01); rows[0, 2] = rows[1, 0] = rows[2, 2] = 0.9
    >>> next(iter(digit_strings(rows, 2)))
    '11'
    """
    steps = (table + _FLOOR) / (table + _FLOOR).sum(axis=1, keepdims=True)
    beams: dict[str, tuple[float, float]] = {"": (1.0, 0.0)}  # ending in paper, ending in the last digit
    for row in steps:
        grown: dict[str, tuple[float, float]] = {}
        for prefix, (paper, digit) in beams.items():
            _add(grown, prefix, (paper + digit) * row[0], digit * row[1 + int(prefix[-1])] if prefix else 0.0)
            if len(prefix) < longest:
                for value in np.flatnonzero(row[1:] > 1e-4):
                    same = prefix[-1:] == DIGITS[value]
                    _add(grown, prefix + DIGITS[value], 0.0, (paper if same else paper + digit) * row[1 + value])
        kept = sorted(grown.items(), key=lambda item: -sum(item[1]))[:_BEAM]
        beams = dict(kept)
    total = sum(sum(mass) for mass in beams.values()) or 1.0
    return {text: float(sum(mass) / total) for text, mass in sorted(beams.items(), key=lambda item: -sum(item[1]))}


def _add(beams: dict[str, tuple[float, float]], text: str, paper: float, digit: float) -> None:
    before = beams.get(text, (0.0, 0.0))
    beams[text] = (before[0] + paper, before[1] + digit)
