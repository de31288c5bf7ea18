"""Seconds and peak memory a page, beside the bare engine on the same pages: `python -m bench.pages [FILE…]`.

Without files: a born-digital and a scanned sample. The bare engine of a page with text is pdfium's text extraction, of
a scanned page rendering it and one Tesseract pass. Both run in one process in turns, so that a busy machine slows both;
memory is the peak of a process that does only the one.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pypdfium2

ROOT = Path(__file__).resolve().parent.parent
DEFAULT = ("samples/quyet-dinh-pdf/source.pdf", "samples/quyet-dinh-scan/source.pdf")
DPI = 200


def bare_text(path: Path) -> int:
    """Text of all pages by pdfium; returns the number of pages."""
    document = pypdfium2.PdfDocument(path)
    for page in document:
        page.get_textpage().get_text_range()
    pages = len(document)
    document.close()
    return pages


def bare_ocr(path: Path) -> int:
    """All pages rendered and read once by the engine, nothing else; returns the number of pages."""
    from extractor.ocr.engine import engine

    document = pypdfium2.PdfDocument(path)
    for page in document:
        grey = np.ascontiguousarray(page.render(scale=DPI / 72).to_numpy()[:, :, 2])
        engine().recognise(grey, DPI)
    pages = len(document)
    document.close()
    return pages


def ours(path: Path) -> int:
    """The whole pipeline; returns the number of pages."""
    from extractor import pipeline

    return len(pipeline.run(path).source.pages)


def is_scan(path: Path) -> bool:
    """Whether the pages have no text layer."""
    document = pypdfium2.PdfDocument(path)
    chars = sum(page.get_textpage().count_chars() for page in document)
    document.close()
    return bool(chars == 0)


def timed(work: Callable[[Path], int], path: Path) -> tuple[float, float]:
    """CPU and wall seconds a page."""
    cpu, wall = time.process_time(), time.perf_counter()
    pages = work(path)
    return (time.process_time() - cpu) / pages, (time.perf_counter() - wall) / pages


def peak(work: str, path: Path) -> float:
    """Peak memory in MiB of a fresh process that does the work once."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.pages", "--peak", work, str(path)],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return float(done.stdout)


def high_water() -> float:
    """Peak memory of this process in MiB (getrusage would count the parent's before the program was loaded)."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) / 1024


def measure(path: Path, rounds: int) -> dict[str, object]:
    """Both sides of one file, in turns; the median of the rounds."""
    bare = bare_ocr if is_scan(path) else bare_text
    for work in (ours, bare):
        work(path)
    rows = [(timed(ours, path), timed(bare, path)) for _ in range(rounds)]
    cpu = [statistics.median(row[side][0] for row in rows) for side in (0, 1)]
    wall = [statistics.median(row[side][1] for row in rows) for side in (0, 1)]
    return {
        "file": str(path.relative_to(ROOT) if path.is_relative_to(ROOT) else path.name),
        "kind": "scan" if bare is bare_ocr else "born digital",
        "cpu_seconds_a_page": [round(value, 4) for value in cpu],
        "wall_seconds_a_page": [round(value, 4) for value in wall],
        "ratio_cpu": round(cpu[0] / cpu[1], 2),
        "extra_ms_a_page": round(1000 * (cpu[0] - cpu[1]), 1),
        "peak_mib": [round(peak("ours", path)), round(peak(bare.__name__, path))],
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--peak", choices=["ours", "bare_text", "bare_ocr"], help=argparse.SUPPRESS)
    given = parser.parse_args()
    os.environ.pop("EXTRACTOR_READINGS", None)
    os.environ["OMP_THREAD_LIMIT"] = "1"
    if given.peak:
        globals()[given.peak](given.files[0])
        print(high_water())
        return
    rows = [measure(path.resolve(), given.rounds) for path in given.files or [ROOT / name for name in DEFAULT]]
    if given.json:
        print(json.dumps(rows, indent=1))
        return
    for row in rows:
        print("{file} ({kind})".format(**row))
        for name in ("cpu_seconds_a_page", "wall_seconds_a_page", "peak_mib"):
            print("  {:22} ours {:>8}   bare {:>8}".format(name, *row[name]))
        print("  ratio of CPU {ratio_cpu}, extra {extra_ms_a_page} ms a page".format(**row))


if __name__ == "__main__":
    main()
