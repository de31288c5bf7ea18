"""Throughput of a backfill against the engine alone, one worker against two, and what queue and store cost a document.

    python -m bench.throughput [--born 300] [--scans 60] [--db postgresql://…/empty] [--json OUT]

Everything is measured in one run: the bare engine (pdfium's text, or rendering and one Tesseract pass), the whole
pipeline in one process, then `extractor backfill` with one worker and with two, and `ocrmypdf` under `xargs -P 2` on
the same scans where it is installed. Overhead of a document: from the moment its worker claims it until it claims the
next, less the seconds that the reading itself took.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, select, text
from sqlalchemy.engine import make_url

from bench.archive import unique_pdf
from bench.pages_work import bare_ocr, bare_text
from bench.watch import Watch
from extractor.store import Store
from extractor.store.engine import parse
from extractor.store.schema import documents, jobs, results

BORN = ("ke-hoach-pdf", "bao-cao-pdf", "quyet-dinh-pdf", "to-trinh-pdf", "quyet-dinh-bang-pdf")
SCANS = ("cong-van-scan", "thong-bao-du-thao-scan", "bao-cao-scan", "quyet-dinh-scan")
_OLD = 1_600_000_000


def fill(folder: Path, samples: tuple[str, ...], count: int) -> list[Path]:
    """A folder of copies, each with bytes of its own."""
    folder.mkdir(parents=True)
    paths = [folder / f"{number:05}.pdf" for number in range(count)]
    for number, path in enumerate(paths):
        path.write_bytes(unique_pdf(samples[number % len(samples)], number))
        os.utime(path, (_OLD, _OLD))
    return paths


def alone(paths: list[Path], scanned: bool) -> dict[str, float]:
    """Seconds a page, wall and processor, of the bare engine and of the whole pipeline, in one process."""
    from extractor import pipeline

    bare = bare_ocr if scanned else bare_text
    for path in paths[:5]:
        bare(path)
        pipeline.run(path)
    spent, pages = dict.fromkeys(("engine", "pipeline", "engine, processor", "pipeline, processor"), 0.0), 0
    for path in paths:
        marks = [(time.perf_counter(), time.process_time())]
        pages += bare(path)
        marks.append((time.perf_counter(), time.process_time()))
        pipeline.run(path)
        marks.append((time.perf_counter(), time.process_time()))
        for name, before, after in (("engine", *marks[:2]), ("pipeline", *marks[1:])):
            spent[name] += after[0] - before[0]
            spent[f"{name}, processor"] += after[1] - before[1]
    return {name: value / pages for name, value in spent.items()}


def backfill(folder: Path, place: Path, database: str, workers: int) -> dict[str, Any]:
    """One run into an empty store."""
    command = [sys.executable, "-m", "extractor", "backfill", str(folder), "--db", database]
    command += ["--workers", str(workers), "--data", str(place / f"originals-{workers}")]
    began = time.monotonic()
    run = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    with Watch(run.pid) as watch:
        run.wait()
    took = time.monotonic() - began
    rows = _timeline(database)
    pages = sum(row["pages"] for row in rows)
    steady = max(row["finished"] for row in rows) - min(row["started"] for row in rows)
    return {
        "workers": workers, "documents": len(rows), "pages": pages, "seconds": round(took, 2),
        "seconds from first claim to last result": round(steady, 2), "pages a second": round(pages / steady, 2),
        "pipeline seconds a page": round(sum(row["busy"] for row in rows) / pages, 4), "overhead ms": _overhead(rows),
        "processor seconds": watch.processor(), "memory MiB in quarters": watch.quarters(),
    }  # fmt: skip


def _timeline(database: str) -> list[dict[str, Any]]:
    """Every document read: its worker, begin, end, pages, and the seconds inside the pipeline."""
    store = Store.open(database, fingerprint="bench")
    query = select(jobs.c.worker, jobs.c.started_at, jobs.c.finished_at, documents.c.pages, results.c.engine)
    query = query.join(documents, documents.c.id == jobs.c.document_id)
    query = query.join(results, results.c.id == documents.c.result_id).where(jobs.c.state == "done")
    with store.engine.connect() as connection:
        rows = connection.execute(query).all()
    store.close()
    return [
        {"worker": worker, "started": started.timestamp(), "finished": finished.timestamp(), "pages": pages,
         "busy": sum(engine["seconds"].values())}
        for worker, started, finished, pages, engine in rows
    ]  # fmt: skip


def _overhead(rows: list[dict[str, Any]]) -> dict[str, float]:
    """Mean, median and 95th percentile; not of a worker's first document, which its reader starts up for."""
    own: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: row["started"]):
        own[row["worker"]].append(row)
    spent = [
        1000 * (after["started"] - row["started"] - row["busy"])
        for mine in own.values()
        for row, after in itertools.pairwise(mine[1:])
    ]
    if not spent:
        return {}
    spent.sort()
    middle = statistics.median(spent)
    return {"mean": round(statistics.mean(spent), 1), "median": round(middle, 1),
            "p95": round(spent[int(0.95 * len(spent))], 1)}  # fmt: skip


def ocrmypdf(folder: Path, place: Path, pages: int) -> dict[str, Any] | None:
    """The same scans through ocrmypdf, two at a time; None where it is not installed."""
    if shutil.which("ocrmypdf") is None:
        return None
    out = place / "ocrmypdf"
    out.mkdir()
    each = f'ocrmypdf -l vie --jobs 1 --output-type pdf "$1" "{out}/$(basename "$1")" 2>/dev/null'
    command = f"find {folder} -name '*.pdf' -print0 | xargs -0 -P 2 -n 1 sh -c '{each}' read"
    began = time.monotonic()
    subprocess.run(["sh", "-c", command], check=False, env=os.environ | {"OMP_THREAD_LIMIT": "1"})
    took = time.monotonic() - began
    made = len(list(out.glob("*.pdf")))
    version = subprocess.run(["ocrmypdf", "--version"], capture_output=True, text=True, check=True).stdout.strip()
    return {"version": version, "documents": made, "seconds": round(took, 1), "pages a second": round(pages / took, 2)}


def measure(name: str, samples: tuple[str, ...], count: int, place: Path, server: str | None) -> dict[str, Any]:
    """One folder: alone, with one worker, with two, and the peer."""
    paths = fill(place / name, samples, count)
    scanned = name == "scans"
    before = alone(paths[: 8 if scanned else 40], scanned)
    runs = [backfill(place / name, place / name[:1], _database(server, place, f"{name}{n}"), n) for n in (1, 2)]
    after = alone(paths[: 8 if scanned else 40], scanned)
    one = {kind: (before[kind] + after[kind]) / 2 for kind in before}
    rates = [run["pages a second"] for run in runs]
    found: dict[str, Any] = {
        "seconds a page alone": {kind: round(seconds, 4) for kind, seconds in one.items()},
        "runs": runs,
        "two workers against one": round(rates[1] / rates[0], 2),
        "share of cores / seconds a page": {
            kind: round(rates[1] * one[kind] / min(2, os.cpu_count() or 1), 3) for kind in ("engine", "pipeline")
        },
        "share of the processor's time": {
            kind: round(one[f"{kind}, processor"] / _processor(runs[1]), 3) for kind in ("engine", "pipeline")
        },
    }
    if scanned:
        found["ocrmypdf, xargs -P 2"] = ocrmypdf(place / name, place, runs[1]["pages"])
    return found


def _processor(run: dict[str, Any]) -> float:
    """Processor seconds a page of all processes together, which other work on the machine does not change."""
    return float(sum(run["processor seconds"].values())) / float(run["pages"])


def _database(server: str | None, place: Path, name: str) -> str:
    if server is None:
        return str(place / f"{name}.sqlite")
    url = parse(server)
    with create_engine(url, isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS bench_{name}"))
        connection.execute(text(f"CREATE DATABASE bench_{name}"))
    return make_url(server).set(database=f"bench_{name}").render_as_string(hide_password=False)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--born", type=int, default=300)
    parser.add_argument("--scans", type=int, default=60)
    parser.add_argument("--db", help="a PostgreSQL server on which databases bench_… are made; SQLite by default")
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    os.environ.pop("EXTRACTOR_READINGS", None)
    os.environ["OMP_THREAD_LIMIT"] = "1"
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        found: dict[str, Any] = {
            "command": f"python -m bench.throughput --born {given.born} --scans {given.scans}",
            "database": "PostgreSQL" if given.db else "SQLite", "processors": os.cpu_count(),
            "python": platform.python_version(), "load before": os.getloadavg()[0],
        }  # fmt: skip
        if given.born:
            found["born"] = measure("born", BORN, given.born, place, given.db)
        if given.scans:
            found["scans"] = measure("scans", SCANS, given.scans, place, given.db)
        found["load after"] = os.getloadavg()[0]
    print(json.dumps(found, ensure_ascii=False, indent=1))
    if given.json:
        given.json.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
