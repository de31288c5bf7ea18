"""Load on the service: many uploads at once while the workers read scans.

`python -m bench.service [--uploads 200] [--clients 50] [--workers 2] [--watch 60] [--drain]` starts its own service and
prints: uploads kept, time to accept, status calls (median, 95th percentile) during uploads and during OCR, peak
memory of the server process, and whether every upload is accounted for.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

import httpx

ROOT = Path(__file__).parents[1]
SCANS = ("cong-van-scan", "quyet-dinh-scan", "to-trinh-scan", "bao-cao-scan", "thong-bao-du-thao-scan")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--uploads", type=int, default=200)
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--watch", type=float, default=60.0, help="seconds of OCR to watch after the uploads")
    parser.add_argument("--drain", action="store_true", help="wait until everything is read")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        server, url = start(Path(folder), given.workers)
        try:
            print(json.dumps(run(server, url, given), indent=1))
        finally:
            server.terminate()
            server.communicate(timeout=60)


def start(folder: Path, workers: int) -> tuple[subprocess.Popen[str], str]:
    command = [
        sys.executable,
        "-m",
        "extractor",
        "serve",
        "--port",
        "0",
        "--data",
        str(folder),
        "--workers",
        str(workers),
    ]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    server = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True)
    assert server.stderr is not None
    for line in server.stderr:
        if found := re.search(r"http://\S+?:\d+", line):
            return server, found[0]
    raise SystemExit("the service did not start")


def files(count: int) -> list[tuple[str, bytes]]:
    """Scans that differ in a comment behind their end: the same work, other bytes."""
    originals = [(ROOT / "samples" / name / "source.pdf").read_bytes() for name in SCANS]
    return [(f"{n}.pdf", originals[n % len(originals)] + f"\n% {n}\n".encode()) for n in range(count)]


def run(server: subprocess.Popen[str], url: str, given: argparse.Namespace) -> dict[str, Any]:
    waiting, kept, took = files(given.uploads), [], []
    lock, stop = threading.Lock(), threading.Event()
    phases: dict[str, list[float]] = {"uploading": [], "reading": []}
    phase, peak = ["uploading"], [0]

    def client() -> None:
        with httpx.Client(base_url=url, timeout=120) as session:
            while True:
                with lock:
                    if not waiting:
                        return
                    name, content = waiting.pop()
                kept.append(upload(session, name, content, took))

    def probe() -> None:
        with httpx.Client(base_url=url, timeout=120) as session:
            while not stop.wait(0.05):
                known = kept[-1] if kept else None
                started = time.perf_counter()
                session.get(f"/v1/documents/{known}" if known else "/v1/documents?limit=1").raise_for_status()
                phases[phase[0]].append(time.perf_counter() - started)
                peak[0] = max(peak[0], memory(server.pid))

    prober = threading.Thread(target=probe)
    prober.start()
    started = time.perf_counter()
    clients = [threading.Thread(target=client) for _ in range(given.clients)]
    for thread in clients:
        thread.start()
    for thread in clients:
        thread.join()
    uploaded, phase[0] = time.perf_counter() - started, "reading"
    counts = watch(url, given)
    stop.set()
    prober.join()
    return {
        "uploads": given.uploads, "clients": given.clients, "workers": given.workers,
        "kept": len(set(kept)), "seconds to accept all": round(uploaded, 2),
        "upload ms median/p95": [round(1000 * statistics.median(took)), round(1000 * percentile(took))],
        "status ms median/p95": {
            name: [round(1000 * statistics.median(values), 1), round(1000 * percentile(values), 1), len(values)]
            for name, values in phases.items() if values
        },
        "server peak MB": peak[0] // 1024, "documents": counts, "accounted for": sum(counts.values()) == given.uploads,
        "load average": os.getloadavg()[0], "processors": os.cpu_count(),
    }  # fmt: skip


def upload(session: httpx.Client, name: str, content: bytes, took: list[float]) -> str:
    while True:
        started = time.perf_counter()
        answer = session.post("/v1/documents", files={"files": (name, content)})
        if answer.status_code in {429, 503}:
            time.sleep(float(answer.headers["retry-after"]))
            continue
        answer.raise_for_status()
        took.append(time.perf_counter() - started)
        return str(answer.json()["id"])


def watch(url: str, given: argparse.Namespace) -> dict[str, int]:
    end = time.monotonic() + given.watch
    while True:
        counts: dict[str, int] = httpx.get(f"{url}/v1/stats", timeout=60).json()["statuses"]
        left = counts.get("queued", 0) + counts.get("running", 0)
        if not left or (time.monotonic() > end and not given.drain):
            return counts
        time.sleep(1)


def memory(pid: int) -> int:
    """Resident KB of a process."""
    for line in Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1])
    return 0


def percentile(values: list[float], share: float = 0.95) -> float:
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


if __name__ == "__main__":
    main()
