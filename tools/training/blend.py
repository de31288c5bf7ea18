"""Weights between a stock model's and its fine-tuned self's: keeps what the stock model knew, adds what was learned.

Both are float `lstm` components of one architecture, as `dequantise.dequantised` and `lstmtraining --stop_training`
write them (M. Wortsman et al., Robust fine-tuning of zero-shot models, 2022).
"""

from __future__ import annotations

import numpy as np
from dequantise import Copier, walk


def blended(stock: bytes, tuned: bytes, share: float) -> bytes:
    """The model with `share` of the tuned weights and the rest of the stock ones."""
    found: list[list[np.ndarray]] = []
    for model in (stock, tuned):
        matrices: list[np.ndarray] = []
        walk(Copier(model), matrices.append)
        found.append(matrices)
    mixed = iter([(1 - share) * a + share * b for a, b in zip(*found, strict=True)])
    copier = Copier(tuned)
    walk(copier, lambda _: next(mixed))
    copier.take(len(tuned) - copier.at)
    return bytes(copier.out)
