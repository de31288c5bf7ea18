"""Digits that were written, stamped or overprinted into the header: two readers of the line's picture.

`broad` is PP-OCRv6 small (package rapidocr, Apache-2.0) used as a recogniser only: it reads digits well and Vietnamese
badly, so its letters serve to find the slot and its digits to fill it. `own` is the project's small head
(models/digits.onnx, tools/training/train_digits.py) on the same network's features, which also tells handwriting from
print. Both run on one thread.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import ClassVar, Literal

import cv2
import numpy as np
import onnxruntime
import regex
from numpy.typing import NDArray

from extractor.ocr.handwriting_ctc import DIGITS, Ballot, best_path, digit_strings
from extractor.ocr.handwriting_features import with_output
from extractor.resources import models_dir

Grey = NDArray[np.uint8]
Scores = NDArray[np.float64]
Kind = Literal["number", "date"]

#: Printed anchors as the broad reader spells them: what ends before a slot and what begins behind it.
_ANCHORS: dict[Kind, tuple[tuple[str, regex.Pattern[str], regex.Pattern[str]], ...]] = {
    "number": (
        (
            "number",
            regex.compile(r"(?i)s[\p{L}06]{0,2}[:;.]+|^\W?[06óőö][:;.]+|s\p{L}{0,2}(?=\W?[\d\p{L}]|\s)"),
            regex.compile(r"\s?[/⁄|]\s?(?=\w)|\s?[-–—]\s?(?=\p{Lu})|\s?[iIl1](?=\p{Lu}{2})|(?=\p{Lu}{2})"),
        ),
    ),
    "date": (
        ("day", regex.compile(r"(?i)ng\p{L}{1,2}y"), regex.compile(r"(?i)\s?t\p{L}?h?\p{L}?ng|\s?th")),
        ("month", regex.compile(r"(?i)th\p{L}{1,2}ng|\bt\p{L}{1,3}ng"), regex.compile(r"(?i)\s?n\p{L}m\b|\s?n\p{L}m")),
        ("year", regex.compile(r"(?i)n\p{L}m(?=\W*\d)"), regex.compile(r"(?<=\d)(?!\d)")),
    ),
}  # fmt: skip
_LENGTHS = {"number": 6, "day": 2, "month": 2, "year": 4}


@dataclass(frozen=True, slots=True)
class Reading:
    """What one reader makes of a slot: digit strings with probabilities ("" for an empty slot).

    `written` is the share of the ink's probability that is handwriting, None where the reader cannot tell; `sure` the
    share of the slot that reads as digits or paper at all; `place` the slot's part of the line's width, 0–1.
    """

    ballot: Ballot
    sure: float
    place: tuple[float, float]
    written: float | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """What the network gives for a line: scores, shape (steps, letters), and features, shape (steps, 120)."""

    scores: Scores
    features: NDArray[np.float32]


class BroadReader:
    """PP-OCRv6 small as a line recogniser."""

    _HEIGHT = 48
    _FEATURES = "p2o.pd_op.transpose.8.0"  # before the last layer: 120 numbers a step

    def __init__(self) -> None:
        self._session = _session(with_output(_packaged().read_bytes(), self._FEATURES))
        self._input = self._session.get_inputs()[0].name
        letters = self._session.get_modelmeta().custom_metadata_map["character"].splitlines()
        self._letters = ["", *letters, " "]
        self._digits = [self._letters.index(digit) for digit in DIGITS]
        self._spaces = [index for index, letter in enumerate(self._letters) if letter in (" ", "\u3000")]

    def look(self, line: Grey) -> Look:
        """A line through the network: its scores and the features that they come from."""
        width = max(8, round(self._HEIGHT * line.shape[1] / line.shape[0]))
        small = cv2.resize(line, (width, self._HEIGHT)).astype(np.float32) / 127.5 - 1
        batch = np.ascontiguousarray(np.broadcast_to(small, (1, 3, *small.shape)))
        scores, features = self._session.run(None, {self._input: batch})
        return Look(np.asarray(scores[0], np.float64), np.asarray(features[0], np.float32))

    def features(self, line: Grey) -> NDArray[np.float32]:
        """A line's features, shape (steps, 120)."""
        return self.look(line).features

    def text(self, look: Look) -> str:
        """The line as the network spells it, without regard to slots (references read their digits again with it)."""
        return "".join(self._letters[step.symbol] for step in best_path(look.scores))

    def read(self, look: Look, kind: Kind) -> dict[str, Reading]:
        """The slots of a header line that could be found in it."""
        path = best_path(look.scores)
        text = "".join(self._letters[step.symbol] for step in path)
        table = self._table(look.scores)
        found: dict[str, Reading] = {}
        start = 0
        for name, before, after in _ANCHORS[kind]:
            opening = before.search(text, start)
            closing = after.search(text, opening.end()) if opening else None
            if opening is None or closing is None:
                continue
            first = path[opening.end() - 1].last + 1
            last = path[closing.start()].first if closing.start() < len(path) else len(table)
            found[name] = _reading(table[first:last], (first, last, len(table)), _LENGTHS[name])
            start = closing.start()
        return found

    def _table(self, scores: Scores) -> Scores:
        paper = scores[:, 0] + scores[:, self._spaces].sum(axis=1)
        return np.column_stack([paper, scores[:, self._digits]])


class OwnReader:
    """The project's head on the broad reader's features; see tools/training/headers.py for what it was shown."""

    _SYMBOLS = "0123456789ABCDEFGHIJ/tn"  # printed digits, written digits, the print behind number, day and month
    _MARKS: ClassVar[Mapping[Kind, str]] = {"number": "/", "date": "tn"}
    _SLOTS: ClassVar[Mapping[Kind, tuple[str, ...]]] = {"number": ("number",), "date": ("day", "month")}

    def __init__(self, model: Path) -> None:
        self._session = _session(model.read_bytes())

    def read(self, look: Look, kind: Kind) -> dict[str, Reading]:
        """The slots of a header line, those whose closing mark was seen."""
        scores = self._scores(look)
        path = [step for step in best_path(scores) if self._SYMBOLS[step.symbol - 1] in self._MARKS[kind]]
        found: dict[str, Reading] = {}
        first = 0
        for name, mark in zip(self._SLOTS[kind], self._MARKS[kind], strict=True):
            closing = next((s for s in path if self._SYMBOLS[s.symbol - 1] == mark and s.first >= first), None)
            if closing is None:
                break
            window = scores[first : closing.first]
            printed, written = window[:, 1:11], window[:, 11:21]
            table = np.column_stack([window[:, 0], printed + written])
            share = float(written.sum() / max(1e-9, printed.sum() + written.sum()))
            found[name] = _reading(table, (first, closing.first, len(scores)), _LENGTHS[name], share)
            first = closing.last + 1
        return found

    def _scores(self, look: Look) -> Scores:
        batch = np.ascontiguousarray(look.features.T[None])
        return np.exp(np.asarray(self._session.run(None, {"features": batch})[0][0], np.float64))


def _packaged() -> Path:
    """The model's file in its package, which need not be imported for that."""
    package = find_spec("rapidocr")
    if package is None or not package.submodule_search_locations:
        raise FileNotFoundError("rapidocr")
    return Path(package.submodule_search_locations[0]) / "models" / "PP-OCRv6_rec_small.onnx"


@functools.cache
def broad_reader() -> BroadReader | None:
    """The broad reader of this process, None where its package is not installed."""
    try:
        return BroadReader()
    except FileNotFoundError:
        return None


@functools.cache
def own_reader() -> OwnReader | None:
    """The project's own reader of this process, None without its model."""
    model = models_dir() / "digits.onnx"
    return OwnReader(model) if model.is_file() else None


def _reading(window: Scores, place: tuple[int, int, int], longest: int, written: float | None = None) -> Reading:
    """A slot's steps as a reading; `place`: first step, the one behind the last, and how many the line has."""
    first, last, steps = place
    sure = float(window.sum(axis=1).min()) if len(window) else 0.0
    return Reading(digit_strings(window, longest), min(1.0, sure), (first / steps, last / steps), written)


def _session(model: bytes) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def line_variants(pixels: NDArray[np.uint8]) -> Sequence[Grey]:
    """One line in colour, as the pictures that are read in turn: red channel, wider, tighter, darkest channel."""
    red = np.ascontiguousarray(pixels[:, :, 0])
    tight = red[round(0.07 * len(red)) : round(0.93 * len(red))]
    wide = np.asarray(cv2.resize(red, None, fx=1.5, fy=1.0, interpolation=cv2.INTER_LINEAR), np.uint8)
    return red, wide, tight, np.ascontiguousarray(pixels.min(axis=2))
