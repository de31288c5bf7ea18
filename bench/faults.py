"""A backfill under random kills: workers and coordinator die, then every file must be accounted for.

    python -m bench.faults --count 2000 --worker-kills 10 --coordinator-kills 2 [--db postgresql://…]

Prints what was killed and the comparison with the manifest; the exit code is 0 only when they are equal.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import psutil

from bench.archive import make
from extractor.store import Store

_READERS = "extractor.sandbox.child"
_WORKERS = "spawn_main"
_USAGE = 2


def trial(
    folder: Path, database: str, worker_kills: int, coordinator_kills: int, workers: int, seed: int, pause: float
) -> dict[str, int]:
    """Run until done, killing on the way; gives how often what was killed."""
    chooser = random.Random(seed)
    killed: Counter[str] = Counter()
    while True:
        command = [sys.executable, "-m", "extractor", "backfill", str(folder), "--db", database]
        command += ["--workers", str(workers), "--memory", "1500", "--data", str(folder.parent / "originals")]
        run = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
        while run.poll() is None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                run.wait(chooser.uniform(0.5, 1.5) * pause)
                break
            if killed["worker"] < worker_kills and _kill_one(run.pid, chooser, killed):
                continue
            if killed["worker"] >= worker_kills and killed["coordinator"] < coordinator_kills:
                os.killpg(run.pid, signal.SIGKILL)
                killed["coordinator"] += 1
        run.wait()
        if run.returncode in (0, 1):
            return dict(killed)
        if run.returncode == _USAGE:
            raise SystemExit("backfill refused to start: run it by hand to see why")
        time.sleep(1)


def _kill_one(pid: int, chooser: random.Random, killed: Counter[str]) -> bool:
    with contextlib.suppress(psutil.Error):
        family = psutil.Process(pid).children(recursive=True)
        targets = [p for p in family if any(mark in " ".join(p.cmdline()) for mark in (_READERS, _WORKERS))]
        if targets:
            target = chooser.choice(targets)
            kind = "reader" if _READERS in " ".join(target.cmdline()) else "worker"
            target.kill()
            killed["worker"] += 1
            killed[f"of these {kind}s"] += 1
            return True
    return False


def compare(database: str, folder: Path, fates: dict[str, str]) -> dict[str, tuple[str, str]]:
    """Path → (wanted, found) where they differ; also results that were written twice."""
    store = Store.open(database)
    try:
        found = {}
        for seen, status in store.sources(str(folder)):
            found[seen.path] = seen.outcome if seen.outcome in ("duplicate", "unreadable") else str(status)
        wrong = {
            path: (fates.get(path, "nothing"), found.get(path, "nothing"))
            for path in fates.keys() | found.keys()
            if not _same(fates.get(path), found.get(path))
        }
        statuses = store.stats().statuses
        results = sum(1 for _ in store.results())
        if results != statuses.get("done", 0):
            wrong["results"] = (str(statuses.get("done", 0)), str(results))
        return wrong
    finally:
        store.close()


def _same(wanted: str | None, found: str | None) -> bool:
    # Of two files with the same bytes either may be the first; a bomb may be read within the limits or fail.
    return (
        wanted == found
        or (wanted == "contained" and found in ("done", "failed"))
        or {wanted, found} <= {"done", "duplicate"}
        or {wanted, found} <= {"failed", "duplicate"}
    )


def main() -> int:
    """Make an archive, run the trial, compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--worker-kills", type=int, default=10)
    parser.add_argument("--coordinator-kills", type=int, default=2)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--pause", type=float, default=8.0, help="mean seconds between kills")
    parser.add_argument("--db", help="an empty database; SQLite in a temporary folder by default")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place).resolve() / "archive"
        fates = make(folder, options.count, options.seed)
        database = options.db or str(Path(place) / "store.sqlite")
        began = time.monotonic()
        killed = trial(
            folder,
            database,
            options.worker_kills,
            options.coordinator_kills,
            options.workers,
            options.seed,
            options.pause,
        )
        wrong = compare(database, folder, fates)
        print(f"{len(fates)} files {dict(Counter(fates.values()))}; {time.monotonic() - began:.0f} s; killed {killed}")
        for path, (wanted, found) in sorted(wrong.items())[:20]:
            print(f"  {path}: wanted {wanted}, found {found}")
        print("all accounted for" if not wrong else f"{len(wrong)} differences")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
