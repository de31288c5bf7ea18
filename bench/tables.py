"""Table cells read exactly, born digital and scanned: `python -m bench.tables [--wrong] [--json]`.

Every sample with a ruled table is read and its cells are compared with those of its spec: a cell is exact when its text
is the same, white space aside, in its row and column; a merged cell counts once. Heading rows that a page
repeats are no rows. Set EXTRACTOR_READINGS to keep the OCR between runs.
"""

from __future__ import annotations

import argparse
import json
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from extractor import ingest, ruleset
from extractor.document import Document, Table
from extractor.layout import arrange
from samples.generator.spec import LEFT, Spec, heads, load, rows

ROOT = Path(__file__).resolve().parent.parent / "samples"
Grid = list[list[str | None]]
"""Rows of cells; None where a merged cell goes on."""


@dataclass(frozen=True)
class Wrong:
    """A cell that was not read exactly."""

    file: str
    expected: str
    found: str


def clean(text: str) -> str:
    """One line, composed."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def wanted(spec: Spec) -> Iterator[Grid]:
    """The tables of a spec, body first."""
    blocks = [*spec.body, *(block for appendix in spec.appendices for block in appendix["body"])]
    for block in blocks:
        if isinstance(block, dict) and "table" in block:
            lines = [*heads(block["table"]), *rows(block["table"])]
            yield [[None if cell in (None, LEFT) else clean(str(cell)) for cell in line] for line in lines]


def read(document: Document, table: Table) -> Grid:
    """The cells of a table that was read."""
    grid: Grid = [[None] * table.columns for _ in range(table.rows)]
    for cell in table.cells:
        grid[cell.row][cell.column] = clean(document.text[cell.span.start : cell.span.end])
    return grid


def exact(want: Grid, found: Grid) -> Iterator[tuple[str, str]]:
    """(expected, found) of every cell; rows are matched in order, repeated headings left out."""
    position = 0
    for line in want:
        while position < len(found) and position > 0 and alike(found[position], want[0]) and not alike(line, want[0]):
            position += 1
        got = found[position] if position < len(found) else []
        position += 1
        for column, text in enumerate(line):
            if text is not None:
                yield text, (got[column] if column < len(got) else None) or ""


def alike(one: Sequence[str | None], other: Sequence[str | None]) -> bool:
    """Whether two rows agree in most cells."""
    return len(one) == len(other) and sum(a == b for a, b in zip(one, other, strict=True)) > 0.6 * len(one)


def compare(path: Path, spec: Spec) -> tuple[int, list[Wrong]]:
    """Cells compared, and those that differ."""
    document = arrange(ingest.read(path), ruleset.load())
    tables = [read(document, table) for table in document.tables]
    count, wrong = 0, []
    for want in wanted(spec):
        cells = [list(exact(want, found)) for found in tables] or [[(t, "") for line in want for t in line if t]]
        best = max(cells, key=lambda pairs: sum(a == b for a, b in pairs))
        count += len(best)
        wrong += [Wrong(path.name, a, b) for a, b in best if a != b]
    return count, wrong


def samples() -> Iterator[tuple[Path, Spec, str]]:
    """(file, spec, "born digital" or "scanned") of every rendering with a table that keeps its form."""
    for place in sorted(ROOT.rglob("specs/**/*.yaml")):
        spec = load(place)
        for render in spec.renders if next(wanted(spec), None) else ():
            path = _file(place, str(render.get("id", spec.id)))
            if render["kind"] != "text" and path is not None:
                yield path, spec, "scanned" if render["kind"] == "scan" else "born digital"


def _file(place: Path, name: str) -> Path | None:
    """The rendering's file: samples/NAME/source.* or, of the OCOP documents, samples/ocop/HALF/NAME.*."""
    folders = [ROOT / name, ROOT / "ocop" / place.parent.name]
    found = [p for folder in folders for stem in ("source", name) for p in folder.glob(f"{stem}.*")]
    return next((path for path in found if path.suffix != ".json"), None)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wrong", action="store_true", help="list the cells that differ")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    totals: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    differing: list[Wrong] = []
    for path, spec, kind in samples():
        count, wrong = compare(path, spec)
        differing += wrong
        totals[kind] = [a + b for a, b in zip(totals[kind], (1, count, len(wrong)), strict=True)]
    result = {
        kind: {"documents": documents, "cells": cells, "exact": round(1 - bad / cells, 4)}
        for kind, (documents, cells, bad) in totals.items()
    }
    if given.json:
        print(json.dumps(result, indent=1))
        return
    for kind, values in result.items():
        print("{:13} {documents:>3} documents  {cells:>5} cells  exact {exact:.4f}".format(kind, **values))
    for one in differing if given.wrong else ():
        print(f"  {one.file}: {one.expected!r} read as {one.found!r}")


if __name__ == "__main__":
    main()
