"""A backfill under random kills: workers, readers and coordinator die, then every file must be accounted for.

    python -m bench.faults --count 2000 --worker-kills 10 --coordinator-kills 2 [--db postgresql://…] [--json OUT]

Workers are the processes that hold jobs, readers their limited children. A coordinator dies alone or with all its
processes, as in a power cut. Prints what was killed and the comparison with the manifest; the exit code is 0 only when
they are equal, each document was read to its end once, and all kills were made.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import platform
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil
from sqlalchemy import func, select

from bench.archive import SHARES, make
from bench.watch import COORDINATOR, READER, WORKER, Watch, family
from extractor.store import Store
from extractor.store.schema import audit

_USAGE = 2


@dataclass(slots=True)
class Trial:
    """What is to be killed, in random order, `pause` seconds apart on average; and what was."""

    kills: dict[str, int]
    seed: int
    pause: float
    workers: int = 2
    killed: Counter[str] = field(default_factory=Counter)
    starts: int = 0
    memory: list[dict[str, list[int]]] = field(default_factory=list)

    def run(self, folder: Path, database: str) -> None:
        """Start the backfill again and again until it ends by itself."""
        chooser = random.Random(self.seed)
        plan = [kind for kind, number in self.kills.items() for _ in range(number)]
        chooser.shuffle(plan)
        while True:
            self.starts += 1
            run = self._start(folder, database)
            with Watch(run.pid) as watch:
                self._disturb(run, plan, chooser)
            self.memory.append(watch.quarters())
            if run.returncode in (0, 1):
                return
            if run.returncode == _USAGE:
                raise SystemExit("backfill refused to start: run it by hand to see why")
            time.sleep(1)

    def _start(self, folder: Path, database: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "extractor", "backfill", str(folder), "--db", database]
        command += ["--workers", str(self.workers), "--memory", "1500", "--data", str(folder.parent / "originals")]
        quiet = subprocess.DEVNULL
        return subprocess.Popen(command, stdout=quiet, stderr=quiet, start_new_session=True)

    def _disturb(self, run: subprocess.Popen[bytes], plan: list[str], chooser: random.Random) -> None:
        """Kill what the plan says next until the run ends."""
        while run.poll() is None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                run.wait(chooser.uniform(0.5, 1.5) * self.pause)
                return
            if plan and self._kill(run.pid, plan[-1], chooser):
                self.killed[plan.pop()] += 1
        run.wait()

    def _kill(self, pid: int, kind: str, chooser: random.Random) -> bool:
        if kind == COORDINATOR:
            if chooser.random() < 0.5:
                self.killed["coordinator with all processes"] += 1
                os.killpg(pid, signal.SIGKILL)
            else:
                os.kill(pid, signal.SIGKILL)
            return True
        found = family(pid)[kind]
        with contextlib.suppress(psutil.Error):
            if found:
                chooser.choice(found).kill()
                return True
        return False


def compare(database: str, folder: Path, fates: dict[str, str]) -> dict[str, tuple[str, str]]:
    """Path → (wanted, found) where they differ; also results that were written twice."""
    store = Store.open(database, fingerprint="compare")
    try:
        found = _found(store, folder)
        wrong = {
            path: (fates.get(path, "nothing"), found.get(path, "nothing"))
            for path in fates.keys() | found.keys()
            if not _same(fates.get(path), found.get(path))
        }
        statuses = store.stats().statuses
        results = sum(1 for _ in store.results())
        if results != statuses.get("done", 0):
            wrong["results"] = (str(statuses.get("done", 0)), str(results))
        for document, times in _read_again(store):
            wrong[f"document {document}"] = ("read once", f"read {times} times")
        return wrong
    finally:
        store.close()


def tally(database: str, folder: Path) -> dict[str, int]:
    """Paths by what became of them."""
    store = Store.open(database, fingerprint="compare")
    try:
        return dict(Counter(_found(store, folder).values()))
    finally:
        store.close()


def _found(store: Store, folder: Path) -> dict[str, str]:
    return {
        seen.path: seen.outcome if seen.outcome in ("duplicate", "unreadable") else str(status)
        for seen, status in store.sources(str(folder))
    }


def _read_again(store: Store) -> list[tuple[str, int]]:
    times = func.count()
    query = select(audit.c.document_id, times).where(audit.c.action == "read").group_by(audit.c.document_id)
    with store.engine.connect() as connection:
        return [(row[0], row[1]) for row in connection.execute(query.having(times > 1))]


def _same(wanted: str | None, found: str | None) -> bool:
    # A bomb may be read within the limits or fail; all else is exact.
    return wanted == found or (wanted == "contained" and found in ("done", "failed"))


def main() -> int:
    """Make an archive, run the trial, compare."""
    options = _options()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place).resolve() / "archive"
        fates = make(folder, options.count, options.seed, options.kinds)
        database = options.db or str(Path(place) / "store.sqlite")
        kills = {WORKER: options.worker_kills, READER: options.reader_kills, COORDINATOR: options.coordinator_kills}
        trial = Trial(kills, options.seed, options.pause, options.workers)
        began = time.monotonic()
        trial.run(folder, database)
        seconds = round(time.monotonic() - began)
        wrong = compare(database, folder, fates)
        unmade = {kind: number for kind, number in kills.items() if trial.killed[kind] < number}
        outcome: dict[str, Any] = {
            "command": "python -m bench.faults " + " ".join(_told()),
            "database": "SQLite" if "://" not in database else database.partition(":")[0],
            "processors": os.cpu_count(), "python": platform.python_version(), "seconds": seconds,
            "files": len(fates), "manifest": dict(Counter(fates.values())), "found": tally(database, folder),
            "killed": dict(trial.killed), "kills not made": unmade, "starts of the coordinator": trial.starts,
            "differences": {path: list(pair) for path, pair in sorted(wrong.items())[:20]},
            "memory MiB in quarters of each start": trial.memory,
        }  # fmt: skip
    print(json.dumps(outcome, ensure_ascii=False, indent=1))
    if options.json:
        options.json.write_text(json.dumps(outcome, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return bool(wrong or unmade)


def _told() -> list[str]:
    """The arguments without where the result goes and how the database is reached."""
    words, kept = sys.argv[1:], []
    for place, word in enumerate(words):
        before = words[place - 1] if place else ""
        if "--json" not in (word, before):
            kept.append(word.partition("@")[0] + "@…" if before == "--db" and "@" in word else word)
    return kept


def _kinds(told: str) -> dict[str, int]:
    shares = {name: int(share) for name, _, share in (part.partition("=") for part in told.split(","))}
    if unknown := shares.keys() - SHARES.keys():
        raise argparse.ArgumentTypeError(f"no such kind: {', '.join(sorted(unknown))}")
    return shares


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--worker-kills", type=int, default=10)
    parser.add_argument("--reader-kills", type=int, default=5)
    parser.add_argument("--coordinator-kills", type=int, default=2)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--pause", type=float, default=8.0, help="mean seconds between kills")
    parser.add_argument("--kinds", type=_kinds, help="shares, for example text=40,pdf=30,scan=6,poison=1")
    parser.add_argument("--db", help="an empty database; SQLite in a temporary folder by default")
    parser.add_argument("--json", type=Path, help="also write the outcome here")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
