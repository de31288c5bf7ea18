"""A fast (8-bit integer) LSTM model made trainable again: every weight as the double that its integer stands for.

`lstmtraining --continue_from` refuses integer models. The format is that of Tesseract 5 (network.cpp,
weightmatrix.cpp): a weight matrix is a mode byte, its two dimensions, an unused value, the integers, and one scale a
row; a float matrix has the same layout with doubles and no scales.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

_INT8, _ADAM, _DOUBLE = 1, 4, 128
_LAYER_RATES = 64
_TF_INT_MODE = 1
_PLUMBING = {
    "Series",
    "Parallel",
    "Replicated",
    "ParBidiLSTM",
    "DepParUDLSTM",
    "Par2dLSTM",
    "RTLReversed",
    "TTBReversed",
    "XYTranspose",
}
_FIXED = {"Input": 20, "Convolve": 8, "Maxpool": 8, "Reconfig": 8}
"""Layers without weights: the bytes behind their common head."""
_MATRICES = dict.fromkeys(
    ("Logistic", "LinLogistic", "LinTanh", "Tanh", "Relu", "Linear", "Softmax", "SoftmaxNoCTC"), 1
)
_MATRICES |= {"LSTM": 4, "SummLSTM": 4}
"""Layers with weights: how many matrices (four gates of a one-dimensional LSTM)."""


Change = Callable[[NDArray[np.float64]], NDArray[np.float64] | None]


@dataclass
class Copier:
    """Reads a model from the beginning to the end and writes it again."""

    data: bytes
    at: int = 0
    out: bytearray = field(default_factory=bytearray)

    def take(self, count: int) -> bytes:
        """The next bytes, copied."""
        chunk = self.peek(count)
        self.out += chunk
        return chunk

    def peek(self, count: int) -> bytes:
        """The next bytes, read and not copied."""
        if self.at + count > len(self.data):
            raise ValueError("the model ends too early")
        chunk = self.data[self.at : self.at + count]
        self.at += count
        return chunk

    def integer(self) -> int:
        return int(struct.unpack("<i", self.take(4))[0])

    def string(self) -> str:
        return self.take(self.integer()).decode("utf-8")


def dequantised(lstm: bytes) -> bytes:
    """The `lstm` component of an integer model as a float model's."""
    copier = Copier(lstm)
    walk(copier, lambda weights: weights)
    copier.string()  # network specification
    flags = struct.unpack("<i", copier.peek(4))[0]
    copier.out += struct.pack("<i", flags & ~_TF_INT_MODE)
    copier.take(len(lstm) - copier.at)
    return bytes(copier.out)


def walk(copier: Copier, change: Change) -> None:
    """Copies a network; each weight matrix passes through `change` (None keeps it) and is written as doubles."""
    _network(copier, change)


def _network(copier: Copier, change: Change) -> None:
    copier.take(1)
    kind = copier.string()
    copier.take(2)  # training, needs to backpropagate
    flags = copier.integer()
    for _ in range(3):
        copier.integer()  # inputs, outputs, weights
    copier.string()  # name
    if kind in _PLUMBING:
        _children(copier, flags, change)
    elif kind in _FIXED:
        copier.take(_FIXED[kind])
    elif kind in _MATRICES:
        copier.take(4 if _MATRICES[kind] > 1 else 0)  # an LSTM's number of cells
        for _ in range(_MATRICES[kind]):
            _weights(copier, change)
    else:
        raise ValueError(f"layer {kind} is not known here")


def _children(copier: Copier, flags: int, change: Change) -> None:
    for _ in range(copier.integer()):
        _network(copier, change)
    if flags & _LAYER_RATES:
        copier.take(4 * copier.integer())


def _weights(copier: Copier, change: Change) -> None:
    mode = copier.peek(1)[0]
    if not mode & _DOUBLE:
        raise ValueError("not a model of Tesseract 4.0 or later")
    rows, columns = struct.unpack("<II", copier.peek(8))
    copier.peek(1 if mode & _INT8 else 8)
    if mode & _INT8:
        integers = np.frombuffer(copier.peek(rows * columns), np.int8).reshape(rows, columns)
        count = struct.unpack("<I", copier.peek(4))[0]
        weights = integers.astype(np.float64) * np.frombuffer(copier.peek(8 * count), np.float64)[:rows, None]
    else:
        weights = np.frombuffer(copier.peek(8 * rows * columns), np.float64).reshape(rows, columns)
    changed = change(weights)
    kept = weights if changed is None else changed
    copier.out += bytes([mode & ~_INT8]) + struct.pack("<II", rows, columns) + struct.pack("<d", 0.0) + kept.tobytes()
