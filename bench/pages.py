"""What reading costs, beside the bare engines on the same pages: `python -m bench.pages [FOLDER | FILE…]`.

Scans: the whole pipeline against one Tesseract pass with the same model over the pages as pictures of 200 dpi, nothing
else. Born digital: the pipeline against pdfium's text with the box of every character. Both sides run in one process in
turns, so that a busy machine slows both; the figure is CPU time (user and system), the median of the rounds, after one
warm-up round of all files (what the first documents of a process cost more is told apart as its start-up).

Then two processes against one on the same files, and the memory of a process while it reads a file of 300 pages
(`--pages`). Without files: the project's samples. The figures go to bench/results/pages.json (`--json FILE`).
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench import pages_work

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "bench" / "results" / "pages.json"
LONG = "samples/thong-bao-du-thao-scan/source.pdf"


@dataclass(frozen=True)
class Cost:
    """CPU seconds of one file: ours and the bare engine's, all its pages."""

    name: str
    scan: bool
    pages: int
    ours: float
    bare: float

    def to_dict(self) -> dict[str, Any]:
        """Figures a page."""
        return {
            "file": self.name,
            "pages": self.pages,
            "cpu_ms_a_page": [round(1000 * side / self.pages, 1) for side in (self.ours, self.bare)],
            "ratio": round(self.ours / self.bare, 2),
            "extra_ms_a_page": round(1000 * (self.ours - self.bare) / self.pages, 1),
        }


def files(given: Sequence[Path]) -> list[Path]:
    """The PDF files and pictures that are meant: of folders all, by default the samples."""
    found: list[Path] = []
    for path in given or sorted((ROOT / "samples").glob("*/source.*")):
        found += sorted(path.rglob("*")) if path.is_dir() else [path]
    return [path.resolve() for path in found if path.suffix.lower() in (".pdf", ".tif", ".tiff", ".png", ".jpg")]


def name_of(path: Path) -> str:
    """A sample's folder, any other file's own name."""
    return path.parent.name if path.stem == "source" else path.name


def measure(paths: Sequence[Path], rounds: int) -> tuple[list[Cost], dict[str, float]]:
    """Each file's cost, and the seconds that a fresh process needs before it runs warm."""
    started = time.process_time()
    from extractor import pipeline

    imported = time.process_time() - started
    first: dict[Path, float] = {}
    kinds: dict[Path, tuple[bool, int]] = {}
    for path in paths:
        began = time.process_time()
        pages = pipeline.run(path).source.pages
        first[path] = time.process_time() - began
        sources = [page.text_source for page in pages]  # a blank back has none
        kinds[path] = (sources.count("ocr") > sources.count("embedded"), len(pages))
    costs = [_cost(path, *kinds[path], rounds) for path in paths]
    later = sum(first[path] - cost.ours for path, cost in zip(paths, costs, strict=True))
    return costs, {"import": round(imported, 2), "first_documents": round(later, 2)}


def _cost(path: Path, scan: bool, pages: int, rounds: int) -> Cost:
    bare = pages_work.bare_ocr if scan else pages_work.bare_text
    bare(path)
    turns = [(timed(pages_work.ours, path), timed(bare, path)) for _ in range(rounds)]
    ours, alone = (statistics.median(turn[side] for turn in turns) for side in (0, 1))
    return Cost(name_of(path), scan, pages, ours, alone)


def timed(work: Callable[[Path], int], path: Path) -> float:
    """CPU seconds."""
    began = time.process_time()
    work(path)
    return time.process_time() - began


def total(costs: Sequence[Cost]) -> dict[str, Any] | None:
    """All files as one; None without files."""
    if not costs:
        return None
    sums = (sum(cost.pages for cost in costs), sum(cost.ours for cost in costs), sum(cost.bare for cost in costs))
    return {"documents": len(costs), **Cost("", True, *sums).to_dict()}


def report(found: dict[str, Any]) -> None:
    """The figures in words."""
    for kind, title in (("scans", "Scans, against the bare engine"), ("born_digital", "Born digital, against pdfium")):
        if not found[kind]["total"]:
            continue
        print(f"{title} (CPU ms a page)")
        for row in (*found[kind]["documents"], {**found[kind]["total"], "file": "TOTAL"}):
            ours, bare = row["cpu_ms_a_page"]
            print(
                f"  {row['file']:30} {row['pages']:4} pages {ours:8.1f} {bare:8.1f}"
                f"   ratio {row['ratio']:.2f}   extra {row['extra_ms_a_page']:.1f} ms"
            )
    start = found["start_up_seconds"]
    print(f"Start-up: imports {start['import']} s, first documents {start['first_documents']} s more")
    if found["two_processes"]:
        two = found["two_processes"]
        print(f"Two processes: {two['by_clock']:.2f} times one by the clock, {two['by_cpu']:.2f} by CPU time")
    if found["memory"]:
        memory = found["memory"]
        print(f"Memory over {memory['pages']} pages: MiB by page {memory['mib_at_page']}, peak {memory['peak_mib']}")


def main() -> None:
    """Measure, print and keep."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--pages", type=int, default=300, help="pages of the long file; 0 leaves it out")
    parser.add_argument("--no-processes", action="store_true", help="leave out the run with two processes")
    parser.add_argument("--json", type=Path, default=RESULTS)
    given = parser.parse_args()
    os.environ.pop("EXTRACTOR_READINGS", None)
    os.environ["OMP_THREAD_LIMIT"] = "1"
    paths = files(given.files)
    costs, start = measure(paths, given.rounds)
    scans, digital = [cost for cost in costs if cost.scan], [cost for cost in costs if not cost.scan]
    found = {
        "scans": {"documents": [cost.to_dict() for cost in scans], "total": total(scans)},
        "born_digital": {"documents": [cost.to_dict() for cost in digital], "total": total(digital)},
        "start_up_seconds": start,
        "two_processes": None if given.no_processes else pages_work.two_processes(paths),
        "memory": pages_work.long_file(ROOT / LONG, given.pages) if given.pages else None,
    }
    report(found)
    given.json.parent.mkdir(parents=True, exist_ok=True)
    given.json.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
