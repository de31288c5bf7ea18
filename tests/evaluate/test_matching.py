import itertools

import numpy as np
import pytest

from extractor.evaluate.matching import best_pairs


def test_nothing_to_match() -> None:
    assert best_pairs(np.zeros((0, 3))) == []
    assert best_pairs(np.zeros((2, 2))) == []


@pytest.mark.parametrize("shape", [(1, 1), (3, 3), (2, 5), (5, 2), (4, 4)])
def test_is_the_heaviest_of_all(shape: tuple[int, int]) -> None:
    rng = np.random.default_rng(sum(shape))
    for _ in range(20):
        weights = np.where(rng.random(shape) < 0.3, 0.0, rng.random(shape))
        small, large = min(shape), max(shape)
        grid = weights if shape[0] == small else weights.T
        heaviest = max(
            sum(grid[row, column] for row, column in enumerate(columns))
            for columns in itertools.permutations(range(large), small)
        )
        pairs = best_pairs(weights)
        assert sum(weights[pair] for pair in pairs) == pytest.approx(heaviest)
        assert len({row for row, _ in pairs}) == len(pairs) == len({column for _, column in pairs})


def test_is_quick_for_a_long_table() -> None:
    weights = np.random.default_rng(1).random((300, 280))
    assert len(best_pairs(weights)) == 280
