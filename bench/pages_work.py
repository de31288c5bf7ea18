"""The work that bench.pages measures, and what it measures in processes of their own: two at once, and a long file."""

from __future__ import annotations

import ctypes
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2
import pypdfium2.raw as raw

ROOT = Path(__file__).resolve().parent.parent
DPI = 200
_MARKS = 6  # how often the memory is looked at over the pages of a long file


def ours(path: Path) -> int:
    """The whole pipeline; returns the number of pages."""
    from extractor import pipeline

    return len(pipeline.run(path).source.pages)


def bare_text(path: Path) -> int:
    """Text of all pages by pdfium with the box of every character; returns the number of pages."""
    document = pypdfium2.PdfDocument(path)
    box = raw.FS_RECTF()
    pointer = ctypes.byref(box)
    for page in document:
        text = page.get_textpage()
        text.get_text_range()
        for index in range(text.count_chars()):
            raw.FPDFText_GetLooseCharBox(text.raw, index, pointer)
    pages = len(document)
    document.close()
    return pages


def bare_ocr(path: Path) -> int:
    """All pages as pictures of 200 dpi, read once by the engine, nothing else; returns the number of pages."""
    from extractor.ocr.engine import engine

    pages = 0
    for grey in _pictures(path):
        engine().recognise(grey, DPI)
        pages += 1
    return pages


def _pictures(path: Path) -> Any:
    if path.suffix.lower() != ".pdf":
        from extractor.ingest import image
        from extractor.ingest.source import Source

        source, number = Source.load(path), 1
        for number in range(1, image.count(source) + 1):
            yield np.ascontiguousarray(image.draw(source, number).pixels[:, :, 0])
        return
    document = pypdfium2.PdfDocument(path)
    for page in document:
        yield np.ascontiguousarray(page.render(scale=DPI / 72).to_numpy()[:, :, 2])
    document.close()


def two_processes(paths: Sequence[Path]) -> dict[str, float]:
    """How much more two processes do than one in the same time, both on all files and warm.

    `by_clock` needs two idle cores; `by_cpu` counts only what the processes take from each other (memory, caches) and
    holds on a busy machine: twice the CPU time of one alone through that of two together.
    """
    alone = _gang(paths, 1)
    together = _gang(paths, 2)
    clock = 2 * alone[0][0] / max(wall for wall, _ in together)
    return {"by_clock": round(clock, 2), "by_cpu": round(2 * alone[0][1] / max(cpu for _, cpu in together), 2)}


def _gang(paths: Sequence[Path], count: int) -> list[tuple[float, float]]:
    """Wall and CPU seconds of so many processes that start reading together."""
    crew = [_start("work", *map(str, paths)) for _ in range(count)]
    for worker in crew:
        assert worker.stdout is not None
        worker.stdout.readline()  # warm
    for worker in crew:
        assert worker.stdin is not None
        worker.stdin.write("\n")
        worker.stdin.flush()
    found = []
    for worker in crew:
        wall, cpu = json.loads(worker.communicate()[0])
        found.append((wall, cpu))
    return found


def long_file(page: Path, count: int) -> dict[str, Any]:
    """Memory of a process that reads one page's file as a file of so many pages, at pages over its length."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "long.pdf"
        source, target = pypdfium2.PdfDocument(page), pypdfium2.PdfDocument.new()
        for _ in range(count):
            target.import_pages(source, [0])
        target.save(path)
        return dict(json.loads(_start("long", str(path)).communicate()[0].splitlines()[-1]))


def _start(*command: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "bench.pages_work", *command],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip


def _work(paths: Sequence[Path]) -> None:
    """Warm up, tell so, wait for the word, read all files."""
    for path in paths:
        ours(path)
    print("ready", flush=True)
    sys.stdin.readline()
    wall, cpu = time.perf_counter(), time.process_time()
    for path in paths:
        ours(path)
    print(json.dumps([time.perf_counter() - wall, time.process_time() - cpu]))


def _long(path: Path) -> None:
    """Read a file and look at the memory on the way."""
    from extractor.ingest.listener import listening

    seen: dict[int, int] = {}

    def listener(done: int, total: int) -> None:
        if done % max(1, total // _MARKS) == 0:
            seen[done] = round(memory("VmRSS"))

    with listening(listener):
        pages = ours(path)
    seen[pages] = round(memory("VmRSS"))
    print(json.dumps({"pages": pages, "mib_at_page": seen, "peak_mib": round(memory("VmHWM"))}))


def memory(kind: str) -> float:
    """Memory of this process in MiB: `VmRSS` now, `VmHWM` at most (getrusage would count the parent's at the start)."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(next(line for line in status.splitlines() if line.startswith(kind)).split()[1]) / 1024


if __name__ == "__main__":
    _long(Path(sys.argv[2])) if sys.argv[1] == "long" else _work([Path(name) for name in sys.argv[2:]])
