"""Speed and error beside `ocrmypdf` and `kreuzberg`, on the same scanned pages, in one run.

    python -m venv .cache/peers
    .cache/peers/bin/pip install ocrmypdf==17.13.0 kreuzberg==4.10.4
    apt-get install ghostscript tesseract-ocr tesseract-ocr-script-viet
    python -m bench.compare --json bench/results/compare.json

The others live in an environment of their own and are no part of the project. Each condition (bench/spoil.py) is one
PDF of pictures, the pages of bench/paper.py; each reader is a process of its own that reads it from start to end on one
core, start-up included. The others run with Debian's best stock model (`Vietnamese`), ocrmypdf also with its own
`--rotate-pages --deskew`. Ours is measured twice: reading alone, as they do it, and the whole pipeline with its record.

Error: every block of the truth with at least twelve characters (a paragraph, a table cell) is looked for where it fits
the reader's whole text best; counted is its Levenshtein distance to that place, in per cent of the characters, NFC and
white space folded. So no order of reading costs anybody anything. `found`: numbers with symbols and dates of the truth
that stand in the text letter by letter.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from bench.paper import DPI, Sheet, folded, identifiers, sheets
from bench.spoil import CONDITIONS, Condition, spoiled

ROOT = Path(__file__).resolve().parent.parent
TESSDATA = Path("/usr/share/tesseract-ocr/5/tessdata")
MODEL = "Vietnamese"
SHORTEST = 12
KREUZBERG = """
import sys
from kreuzberg import ExtractionConfig, OcrConfig, extract_file_sync
ocr = OcrConfig(backend="tesseract", language=sys.argv[3])
config = ExtractionConfig(force_ocr=True, ocr=ocr, output_format="plain", use_cache=False)
open(sys.argv[2], "w", encoding="utf-8").write(extract_file_sync(sys.argv[1], config=config).content)
"""
READ = """
import sys
from pathlib import Path
from extractor import ingest
pages = ingest.read(Path(sys.argv[1])).pages
words = [word.text for page in pages for word in page.words]
for cell in (cell for page in pages for table in page.tables for cell in table.cells):
    words += ["\\n", *(word.text for word in cell.words)]
Path(sys.argv[2]).write_text(" ".join(words), encoding="utf-8")
"""


@dataclass(frozen=True, slots=True)
class Row:
    """One reader under one condition: seconds a page, error in per cent, identifiers and dates found of all."""

    condition: str
    reader: str
    cpu_seconds_a_page: float
    wall_seconds_a_page: float
    text: float | None = None
    cells: float | None = None
    found: int | None = None
    of: int | None = None


def commands(peers: Path) -> dict[str, Callable[[Path, Path], list[str | Path]]]:
    """How each reader is called with a PDF and the file its text goes to."""
    python, mine = peers / "bin" / "python", sys.executable
    ocrmypdf: list[str | Path] = [
        peers / "bin" / "ocrmypdf",
        "-q",
        "-l",
        MODEL,
        "-j",
        "1",
        "--force-ocr",
        "--output-type",
        "pdf",
    ]
    return {
        "ours, reading": lambda pdf, text: [mine, "-c", READ, pdf, text],
        "ours, whole": lambda pdf, _: [mine, "-m", "extractor", "extract", pdf],
        "ocrmypdf": lambda pdf, text: [*ocrmypdf, "--sidecar", text, pdf, text.with_suffix(".pdf")],
        "ocrmypdf, deskew": lambda pdf, text: [
            *ocrmypdf, "--rotate-pages", "--deskew", "--sidecar", text, pdf, text.with_suffix(".pdf")
        ],
        "kreuzberg": lambda pdf, text: [python, "-c", KREUZBERG, pdf, text, MODEL],
    }  # fmt: skip


def run(command: Sequence[str | Path], pages: int) -> tuple[float, float]:
    """CPU and wall seconds a page of a process with all its children. Raises CalledProcessError when it fails."""
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1", "OMP_NUM_THREADS": "1", "TESSDATA_PREFIX": str(TESSDATA)}
    environment.pop("EXTRACTOR_READINGS", None)
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    after, wall = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter() - started
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return cpu / pages, wall / pages


def least_errors(wanted: str, text: str) -> int:
    """The smallest Levenshtein distance of `wanted` to any part of `text`.

    >>> least_errors("sản phẩm", "12 sán phẩm OCOP")
    1
    """
    codes = np.array([ord(char) for char in text], dtype=np.int64)
    places = np.arange(len(codes) + 1)
    row = np.zeros(len(codes) + 1, dtype=np.int64)
    for char in wanted:
        best = row + 1
        best[1:] = np.minimum(best[1:], row[:-1] + (codes != ord(char)))
        row = np.minimum.accumulate(best - places) + places
    return int(row.min())


def scored(name: str, reader: str, seconds: tuple[float, float], pages: Sequence[Sheet], text: str) -> Row:
    """A reader's text against the truth."""
    errors, letters = [0, 0], [0, 0]
    for block in (block for sheet in pages for block in sheet.blocks if len(block.text) >= SHORTEST):
        errors[block.cell] += least_errors(block.text, text)
        letters[block.cell] += len(block.text)
    wanted = [one for sheet in pages for block in sheet.blocks for one in identifiers(block.text)]
    rates = [round(100 * wrong / max(1, of), 2) for wrong, of in zip(errors, letters, strict=True)]
    return Row(
        name, reader, *(round(value, 2) for value in seconds), *rates, sum(one in text for one in wanted), len(wanted)
    )


def compare(name: str, condition: Condition, pages: Sequence[Sheet], peers: Path) -> list[Row]:
    """All readers on the pages under a condition, one after the other."""
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        pdf = Path(folder) / "pages.pdf"
        pictures = [spoiled(sheet, condition, number) for number, sheet in enumerate(pages)]
        pictures[0].save(
            pdf, save_all=True, append_images=pictures[1:], resolution=DPI, quality=condition.recipe.quality or 75
        )
        for reader, command in commands(peers).items():
            heard = Path(folder) / f"{reader.replace(', ', '-')}.txt"
            seconds = run(command(pdf, heard), len(pages))
            if heard.exists():
                rows.append(scored(name, reader, seconds, pages, folded(heard.read_text(encoding="utf-8"))))
            else:
                rows.append(Row(name, reader, *(round(value, 2) for value in seconds)))
    return rows


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--condition", action="append", choices=list(CONDITIONS))
    parser.add_argument("--spec", action="append", default=[], help="only the pages of this one of samples/specs")
    parser.add_argument("--peers", type=Path, default=ROOT / ".cache" / "peers", help="the others' environment")
    parser.add_argument("--json", type=Path, help="write the figures here too")
    given = parser.parse_args()
    if not (given.peers / "bin" / "ocrmypdf").exists():
        raise SystemExit(f"{given.peers}: ocrmypdf and kreuzberg are not installed there\n{__doc__}")
    pages, rows = sheets(given.spec), list[Row]()
    print(f"{'condition':<12}{'reader':<18}{'CPU s':>8}{'wall s':>8}{'text %':>8}{'cells %':>9}{'found':>8}")
    for name in given.condition or ("clean", "light", "office", "copy", "stamped", "skewed"):
        for row in compare(name, CONDITIONS[name], pages, given.peers):
            print(shown(row), flush=True)
            rows.append(row)
    if given.json:
        figures = {
            "command": " ".join(["python -m bench.compare", *sys.argv[1:]]),
            "versions": versions(given.peers),
            "pages": len(pages),
            "rows": [asdict(row) for row in rows],
        }
        given.json.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def shown(row: Row) -> str:
    """A row of the printed table."""
    values = f"{row.condition:<12}{row.reader:<18}{row.cpu_seconds_a_page:>8.2f}{row.wall_seconds_a_page:>8.2f}"
    return values if row.text is None else f"{values}{row.text:>8.2f}{row.cells:>9.2f}{f'{row.found}/{row.of}':>8}"


def versions(peers: Path) -> dict[str, str]:
    """Engine of ours, versions of the others."""
    from extractor.ocr.engine import engine

    listed = subprocess.run([peers / "bin" / "pip", "list", "--format", "json"], capture_output=True, check=True).stdout
    others = {one["name"]: one["version"] for one in json.loads(listed) if one["name"] in ("ocrmypdf", "kreuzberg")}
    return {"ours": engine().name, **others, "model of the others": MODEL}


if __name__ == "__main__":
    main()
