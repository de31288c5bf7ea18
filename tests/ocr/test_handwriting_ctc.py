"""Digit strings out of a recogniser's scores."""

from __future__ import annotations

import numpy as np
import pytest

from extractor.ocr.handwriting_ctc import Step, best_path, digit_strings


def table(*steps: dict[int, float]) -> np.ndarray:
    """Rows of (paper, digits 0–9); what is left over is paper."""
    rows = np.zeros((len(steps), 11))
    for row, step in zip(rows, steps, strict=True):
        for digit, share in step.items():
            row[1 + digit] = share
        row[0] = max(0.0, 1 - sum(step.values()))
    return rows


def test_best_path_joins_repeats_and_drops_blanks() -> None:
    scores = np.eye(4)[[0, 2, 2, 0, 2, 3]]
    assert best_path(scores) == [Step(2, 1, 2), Step(2, 4, 4), Step(3, 5, 5)]


def test_a_repeated_digit_needs_paper_between() -> None:
    together = digit_strings(table({1: 1.0}, {1: 1.0}), 5)
    apart = digit_strings(table({1: 1.0}, {}, {1: 1.0}), 5)
    assert max(together, key=together.__getitem__) == "1"
    assert max(apart, key=apart.__getitem__) == "11"


def test_probabilities_follow_the_steps_and_sum_to_one() -> None:
    found = digit_strings(table({2: 0.9, 7: 0.1}, {}, {3: 0.6, 8: 0.4}), 5)
    assert found["23"] == pytest.approx(0.54, abs=0.01)
    assert found["28"] == pytest.approx(0.36, abs=0.01)
    assert sum(found.values()) == pytest.approx(1.0)


def test_no_string_is_longer_than_the_slot() -> None:
    found = digit_strings(table({1: 1.0}, {}, {2: 1.0}, {}, {3: 1.0}), 2)
    assert max(map(len, found)) == 2


def test_an_empty_slot_is_the_empty_string() -> None:
    assert digit_strings(table({}, {}, {}), 2)[""] > 0.99
    assert digit_strings(np.zeros((0, 11)), 2) == {"": 1.0}
