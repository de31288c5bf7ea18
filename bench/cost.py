"""What an archive costs: machines, time and storage up to ten million documents, worked out from what was measured.

    python -m bench.cost [--out docs/cost.md]

Reads bench/results/throughput.json and the files growth-*.json beside it; measures nothing. A test keeps the page as
this program writes it.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "bench" / "results"
AMOUNTS = (20_000, 100_000, 1_000_000, 10_000_000)
FLEETS = ((1, 2), (1, 8), (4, 8), (10, 16))
"""Machines, cores of each."""
_DAY = 86_400
SCAN_BYTES_A_PAGE = 150_000
"""Of a 200 dpi grey or bitonal office scan; archives differ: multiply by your own."""


def page() -> str:
    """The page in Markdown."""
    speed = _read("throughput.json")
    growth = [_read(path.name) for path in sorted(RESULTS.glob("growth-*.json"))]
    measured = {kind: body for one in growth for kind, body in one.items() if kind in _NAMES}
    return "\n".join(
        [
            _HEAD,
            *_time(speed, _read("growth-sqlite.json")),
            "",
            *_space(growth[0], measured),
            "",
            *_queries(measured),
            "",
            _FOOT,
            "",
        ]
    )


_NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
_HEAD = """# Chi phí · What an archive costs

Written by `python -m bench.cost` from `bench/results/*.json`; do not edit. What is measured is said; all else is
multiplication: documents are independent, and workers meet only in the queue.
"""
_FOOT = """## What is not in it

- Above the sizes named nothing was measured: bytes and milliseconds a document are taken to stay as they are,
  which two sizes show for bytes, for the store's time and for lookups by index. Searches by part of a name and the
  statistics page read whole tables and grow with them.
- SQLite is for one machine. Above about a million documents, or with more than one machine, take PostgreSQL."""


def _read(name: str) -> dict[str, Any]:
    body: dict[str, Any] = json.loads((RESULTS / name).read_text(encoding="utf-8"))
    return body


def _time(speed: dict[str, Any], growth: dict[str, Any]) -> list[str]:
    """Documents a day by fleet."""
    store = growth["sqlite"][-1]["of these processor ms"] / 1000
    each, said = {}, []
    for kind, name in (("scans", "scanned"), ("born", "born-digital")):
        run = speed[kind]["runs"][1]
        a_page = speed[kind]["seconds a page alone"]["pipeline, processor"]
        each[kind] = a_page * run["pages"] / run["documents"] + store
        said.append(
            f"{a_page:.3f} s of processor a {name} page ({run['pages'] / run['documents']:.1f} pages a document)"
        )
    lines = [
        "## Time", "",
        f"Measured: {said[0]} and {said[1]} in one process (`{speed['command']}`), and {1000 * store:.1f} ms a "
        "document for queue and store. A core of its own is taken to do one second of that a second; "
        f"{_loaded(speed)}", "",
        "| machines × cores | scanned documents a day | born-digital documents a day | ten million scans |",
        "|---|---|---|---|",
    ]  # fmt: skip
    for machines, cores in FLEETS:
        scans, born = (machines * cores / each[kind] * _DAY for kind in ("scans", "born"))
        lines.append(f"| {machines} × {cores} | {_round(scans)} | {_round(born)} | {10_000_000 / scans:,.0f} days |")
    return lines


def _loaded(speed: dict[str, Any]) -> str:
    """What whole runs reached on the machine as it was."""
    load = f"load average {speed['load before']:.0f} to {speed['load after']:.0f} on {speed['processors']} cores"
    rates = [f"{run['pages a second']} ({run['workers']})" for run in speed["scans"]["runs"]]
    return (
        f"whole runs on a machine that other work kept busy ({load}) reached {' and '.join(rates)} scanned pages a "
        "second (workers), so that they say little of a machine of its own: repeat the command on yours."
    )


def _space(growth: dict[str, Any], measured: dict[str, Any]) -> list[str]:
    """Bytes by number of documents."""
    lines = [
        "## Storage", "",
        f"Measured with `python -m bench.growth`: results of {growth['json bytes a document'] / 1000:.1f} kB JSON and "
        f"{growth['text bytes a document'] / 1000:.1f} kB of text a document ({growth['pages a document']} pages). "
        f"Originals are kept byte for byte; {SCAN_BYTES_A_PAGE // 1000} kB a page is assumed.", "",
        "| documents | originals |" + "".join(f" {_NAMES[kind]} database |" for kind in measured),
        "|---|---|" + "---|" * len(measured),
    ]  # fmt: skip
    for amount in AMOUNTS:
        cells = [_bytes(amount * growth["pages a document"] * SCAN_BYTES_A_PAGE)]
        cells += [_bytes(amount * rows[-1]["bytes a document"]) for rows in measured.values()]
        lines.append(f"| {amount:,} | " + " | ".join(cells) + " |")
    return lines


def _queries(measured: dict[str, Any]) -> list[str]:
    """What was measured at two sizes."""
    heads = [(f"{_NAMES[kind]}, {row['documents']:,}", row) for kind, rows in measured.items() for row in rows]
    lines = ["## Measured at two sizes", "", "| | " + " | ".join(name for name, _ in heads) + " |"]
    lines.append("|---|" + "---|" * len(heads))
    for label, key in (
        ("database bytes a document", "bytes a document"),
        ("store, ms a document, wall", "store ms a document"),
        ("of these, ms of processor", "of these processor ms"),
    ):
        lines.append(f"| {label} | " + " | ".join(f"{row[key]:,}" for _, row in heads) + " |")
    for name in heads[0][1]["query ms"]:
        lines.append(f"| {name}, ms | " + " | ".join(str(row["query ms"][name]) for _, row in heads) + " |")
    for kind in heads[0][1]["export"]:
        cells = [f"{row['export'][kind]['seconds']} s, {row['export'][kind]['peak MiB']} MiB" for _, row in heads]
        lines.append(f"| export {kind}: time, peak memory | " + " | ".join(cells) + " |")
    return lines


def _round(number: float) -> str:
    step = 10 ** max(0, len(str(int(number))) - 2)
    return f"{int(number / step) * step:,}"


def _bytes(number: float) -> str:
    return f"{number / 1e12:.1f} TB" if number >= 1e12 else f"{number / 1e9:.1f} GB"


def main() -> None:
    """Write the page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "cost.md")
    given = parser.parse_args()
    given.out.write_text(page(), encoding="utf-8")
    print(given.out)


if __name__ == "__main__":
    main()
