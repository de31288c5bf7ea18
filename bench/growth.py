"""How a store grows: bytes and milliseconds a document, queries and exports, at two sizes.

    python -m bench.growth [--sizes 2000,20000] [--server postgresql://…] [--json OUT]

Records are real results of the samples with other numbers, days, agencies and words, so that indexes see what they
would see. Each is taken in, claimed and finished through the store's own functions. On PostgreSQL databases named
bench_growth are made and dropped on the server; without one, SQLite alone is measured.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import json
import os
import random
import re
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from bench.archive import SAMPLES
from extractor.store import Filters, Store, intake, queue, review
from extractor.store.engine import parse

FILES = (
    "ke-hoach-pdf/source.pdf", "bao-cao-pdf/source.pdf", "quyet-dinh-pdf/source.pdf", "to-trinh-pdf/source.pdf",
    "quyet-dinh-bang-pdf/source.pdf", "thong-bao-hoi-dong-pdf/source.pdf", "cong-van-docx/source.docx",
)  # fmt: skip
_BATCH = 250
_SYLLABLES = (
    "an binh chau dong ha hai hoa hung khanh lam long minh nam ninh phu quang son tan thanh thai tien viet".split()
)


Template = tuple[str, str]
"""A result as JSON, and its text."""


def templates() -> list[Template]:
    """Of the samples."""
    from extractor import pipeline

    found = []
    for name in FILES:
        result, words = pipeline.run_with_text(SAMPLES / name)
        found.append((json.dumps(result.to_dict(), ensure_ascii=False), words))
    return found


def another(template: Template, number: int, chooser: random.Random) -> tuple[dict[str, Any], str]:
    """The same kind of document with values of its own."""
    result, words = json.loads(template[0]), template[1]
    record = result["record"]
    place = " ".join(chooser.choices(_SYLLABLES, k=2)).title()
    record["number"], record["identifier"] = str(number), f"{number}/{record.get('symbol') or 'BC-UBND'}"
    record["issued_on"] = f"{2005 + number % 20}-{number % 12 + 1:02}-{number % 28 + 1:02}"
    record["issued_at"] = place
    if record.get("agency"):
        record["agency"]["name"] = f"Ủy ban nhân dân xã {place}"
    for product in record.get("products") or ():
        product["name"] = f"{product['name']} {place}"
    # A tenth of the words is this document's own.
    own = re.sub(r"\w+", lambda found: chooser.choice(_SYLLABLES) + str(number % 977) if chooser.random() < 0.1
                 else found[0], words)  # fmt: skip
    return result, own


def fill(store: Store, first: int, last: int, made: list[Template]) -> tuple[float, float]:
    """Documents `first` to `last`, done; gives wall and processor seconds of this process in the store's part."""
    chooser, wall, busy = random.Random(first), 0.0, 0.0
    for group in _groups(first, last):
        ready = [another(made[number % len(made)], number, chooser) for number in group]
        began, used = time.perf_counter(), time.process_time()
        with store.engine.begin() as connection:
            for number, (result, words) in zip(group, ready, strict=True):
                sha256 = hashlib.sha256(str(number).encode()).hexdigest()
                intake.accept(connection, store.fingerprint, "bench", sha256, 200_000, f"{number}.pdf")
                job = queue.claim(connection, "bench", 60, store.fingerprint)
                assert job is not None
                queue.complete(connection, job)
                review.save_result(connection, job.document_id, job.fingerprint, result, words)
        wall, busy = wall + time.perf_counter() - began, busy + time.process_time() - used
    return wall, busy


def _groups(first: int, last: int) -> list[range]:
    return [range(start, min(last, start + _BATCH)) for start in range(first, last, _BATCH)]


def queries(store: Store) -> dict[str, float]:
    """Median milliseconds of what the service, a backfill and the status ask."""
    asked: dict[str, Callable[[], Any]] = {
        "list, first page": lambda: store.documents(),
        "list, one type": lambda: store.documents(Filters(doc_type="QĐ")),
        "list, one year": lambda: store.documents(Filters(issued_from="2015", issued_to="2015")),
        "list, agency contains": lambda: store.documents(Filters(agency="xã An Bình")),
        "full text, rare words": lambda: store.documents(Filters(search="an13 binh13")),
        "full text, common words": lambda: store.documents(Filters(search="sản phẩm")),
        "products, name contains": lambda: store.products(Filters(product="trà")),
        "count all": lambda: store.count(),
        "statistics": lambda: store.stats(),
        "jobs left (window)": lambda: store.waiting(8),
        "claim and give back": lambda: _claim(store),
    }
    return {name: round(_median(ask), 1) for name, ask in asked.items()}


def _claim(store: Store) -> None:
    assert store.claim("bench") is not None
    store.release("bench")


def _median(ask: Callable[[], Any], rounds: int = 5) -> float:
    ask()
    taken = []
    for _ in range(rounds):
        began = time.perf_counter()
        ask()
        taken.append(1000 * (time.perf_counter() - began))
    return statistics.median(taken)


def size(store: Store, place: Path) -> int:
    """Bytes of the database."""
    if store.engine.dialect.name == "sqlite":
        with contextlib.closing(sqlite3.connect(place / "store.sqlite")) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return sum(path.stat().st_size for path in place.glob("store.sqlite*"))
    with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as session:
        session.execute(text("VACUUM ANALYZE"))
        return int(session.execute(text("SELECT pg_database_size(current_database())")).scalar_one())


def tables(store: Store) -> dict[str, int]:
    """Bytes by table, its indexes included (SQLite: by name of table or index)."""
    if store.engine.dialect.name == "sqlite":
        query = "SELECT name, sum(pgsize) FROM dbstat GROUP BY name ORDER BY 2 DESC LIMIT 8"
    else:
        query = (
            "SELECT relname, pg_total_relation_size(oid) FROM pg_class WHERE relkind = 'r' AND relnamespace ="
            " 'public'::regnamespace ORDER BY 2 DESC LIMIT 8"
        )
    with store.engine.connect() as connection:
        try:
            return {str(name): int(number) for name, number in connection.execute(text(query))}
        except Exception:  # an SQLite without dbstat
            return {}


def export(database: str, kind: str, place: Path) -> dict[str, float]:
    """Seconds and peak MiB of `extractor export` in a process of its own."""
    target = place / f"out.{kind}"
    code = (
        "import sys; from extractor.cli import main\n"
        "assert main(sys.argv[1:]) == 0\n"
        "print(next(l for l in open('/proc/self/status') if l.startswith('VmHWM')).split()[1])"
    )
    began = time.perf_counter()
    command = [sys.executable, "-c", code, "export", "--db", database, "--format", kind, "--out", str(target)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    took = time.perf_counter() - began
    return {"seconds": round(took, 1), "peak MiB": round(int(done.stdout.split()[-1]) / 1024),
            "MB": round(target.stat().st_size / 1e6, 1)}  # fmt: skip


def measure(database: str, place: Path, sizes: list[int], made: list[Template]) -> list[dict[str, Any]]:
    """Fill to each size and look."""
    store = Store.open(database, place / "originals", "bench-growth")
    empty, known, rows = size(store, place), 0, []
    for wanted in sizes:
        wall, busy = fill(store, known, wanted, made)
        held = size(store, place)
        _queue_more(store, wanted)
        row = {
            "documents": wanted, "store ms a document": round(1000 * wall / (wanted - known), 2),
            "of these processor ms": round(1000 * busy / (wanted - known), 2),
            "bytes a document": round((held - empty) / wanted), "tables": tables(store), "query ms": queries(store),
            "export": {kind: export(database, kind, place) for kind in ("jsonl", "xlsx")},
        }  # fmt: skip
        rows.append(row)
        _forget_queued(store)
        known = wanted
    store.close()
    return rows


def _queue_more(store: Store, number: int) -> None:
    """A queue to claim from."""
    with store.engine.begin() as connection:
        for place in range(number):
            sha256 = hashlib.sha256(f"queued {number} {place}".encode()).hexdigest()
            intake.accept(connection, store.fingerprint, "bench", sha256, 1, "x.pdf")


def _forget_queued(store: Store) -> None:
    queued = "(SELECT id FROM documents WHERE status = 'queued')"
    with store.engine.begin() as connection:
        for table, column in (("jobs", "document_id"), ("audit", "document_id"), ("documents", "id")):
            connection.execute(text(f"DELETE FROM {table} WHERE {column} IN {queued}"))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="2000,20000", type=lambda told: [int(part) for part in told.split(",")])
    parser.add_argument(
        "--server", help="a PostgreSQL server, for example postgresql://postgres@127.0.0.1:5432/postgres"
    )
    parser.add_argument("--no-sqlite", action="store_true", help="the server alone")
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    made = templates()
    pages = [len(json.loads(result)["source"]["pages"]) for result, _ in made]
    found: dict[str, Any] = {
        "command": f"python -m bench.growth --sizes {','.join(map(str, given.sizes))}",
        "processors": os.cpu_count(), "text bytes a document": _mean_bytes([words for _, words in made]),
        "json bytes a document": _mean_bytes([result for result, _ in made]),
        "pages a document": round(statistics.mean(pages), 2),
    }  # fmt: skip
    if not given.no_sqlite:
        with tempfile.TemporaryDirectory() as folder:
            found["sqlite"] = measure(str(Path(folder) / "store.sqlite"), Path(folder), given.sizes, made)
    if given.server:
        with tempfile.TemporaryDirectory() as folder:
            found["postgresql"] = measure(_fresh(given.server), Path(folder), given.sizes, made)
    print(json.dumps(found, ensure_ascii=False, indent=1))
    if given.json:
        given.json.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _mean_bytes(texts: list[str]) -> int:
    return round(statistics.mean(len(one.encode()) for one in texts))


def _fresh(server: str) -> str:
    with create_engine(parse(server), isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(text("DROP DATABASE IF EXISTS bench_growth"))
        connection.execute(text("CREATE DATABASE bench_growth"))
    return make_url(server).set(database="bench_growth").render_as_string(hide_password=False)


if __name__ == "__main__":
    main()
