"""One-to-one matching of the greatest total weight (the Hungarian method)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def best_pairs(weights: NDArray[np.float64]) -> list[tuple[int, int]]:
    """Pairs (row, column) of the heaviest one-to-one matching; pairs of weight zero are left out.

    `weights` has shape (rows, columns) and no negative values. Source: H. W. Kuhn, The Hungarian Method for the
    Assignment Problem, 1955, in the form with potentials.

    >>> best_pairs(np.array([[1.0, 0.9], [0.9, 0.0]]))
    [(0, 1), (1, 0)]
    """
    if 0 in weights.shape:
        return []
    if weights.shape[0] > weights.shape[1]:
        return sorted((row, column) for column, row in best_pairs(weights.T))
    rows_of = _assign(weights.max() - weights)
    return sorted((int(row), column) for column, row in enumerate(rows_of) if row >= 0 and weights[row, column] > 0)


def _assign(cost: NDArray[np.float64]) -> NDArray[np.int64]:
    """For each column the row that takes it at the least total cost, -1 for none; rows ≤ columns."""
    rows, columns = cost.shape
    row_potential, column_potential = np.zeros(rows), np.zeros(columns + 1)
    owner = np.full(columns + 1, -1)
    for row in range(rows):
        owner[columns] = row
        _augment(cost, row_potential, column_potential, owner)
    return owner[:columns]


def _augment(
    cost: NDArray[np.float64],
    row_potential: NDArray[np.float64],
    column_potential: NDArray[np.float64],
    owner: NDArray[np.int64],
) -> None:
    """Find room for the row that waits in the last, imaginary column along the cheapest path."""
    columns = cost.shape[1]
    slack = np.full(columns, np.inf)
    came_from = np.full(columns, columns)
    used = np.zeros(columns + 1, dtype=bool)
    current = columns
    while owner[current] >= 0:
        used[current] = True
        row = owner[current]
        reduced = cost[row] - row_potential[row] - column_potential[:columns]
        better = ~used[:columns] & (reduced < slack)
        slack[better], came_from[better] = reduced[better], current
        nearest = int(np.argmin(np.where(used[:columns], np.inf, slack)))
        step = slack[nearest]
        row_potential[owner[used]] += step
        column_potential[used] -= step
        slack[~used[:columns]] -= step
        current = nearest
    while current != columns:
        owner[current] = owner[came_from[current]]
        current = int(came_from[current])
    owner[columns] = -1
