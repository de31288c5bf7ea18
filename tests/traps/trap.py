"""A trap: a file, what must come out of it, and the switch that turns the mechanism off which makes it so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from extractor import pipeline
from extractor.document import Reading
from extractor.ingest import read_bytes


@dataclass(frozen=True)
class Seen:
    """A file as read and understood."""

    reading: Reading
    result: dict[str, Any]

    @property
    def record(self) -> dict[str, Any]:
        """The record."""
        return dict(self.result["record"])

    @property
    def codes(self) -> set[str]:
        """Codes of the issues."""
        return {issue["code"] for issue in self.result["issues"]}

    @property
    def text(self) -> str:
        """All words of all pages, tables included."""
        parts = [word.text for page in self.reading.pages for word in page.words]
        cells = (cell for page in self.reading.pages for table in page.tables for cell in table.cells)
        return " ".join([*parts, *(word.text for cell in cells for word in cell.words)])

    @property
    def sources(self) -> list[str]:
        """Where each page's text comes from."""
        return [page.text_source for page in self.reading.pages]


@dataclass(frozen=True)
class Trap:
    """`holds` says whether a file was read past the trap; `off` turns the mechanism off."""

    name: str
    file: Callable[[], bytes]
    holds: Callable[[Seen], bool]
    off: Callable[[pytest.MonkeyPatch], None]
    filename: str = "bay.pdf"


def see(trap: Trap) -> Seen:
    """The trap's file through the whole pipeline, nothing kept from earlier runs."""
    reading = read_bytes(trap.file(), trap.filename)
    return Seen(reading, pipeline.extract(reading).to_dict())


def check(trap: Trap, off: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Asserts that the trap is passed, or with its mechanism `off` that it is not."""
    monkeypatch.delenv("EXTRACTOR_READINGS", raising=False)
    if off:
        trap.off(monkeypatch)
    seen = see(trap)
    record = {name: seen.record[name] for name in ("identifier", "issued_on", "subject", "signers", "recipients")}
    assert trap.holds(seen) is not off, (record, seen.codes, seen.sources, seen.text[-900:])


def both(traps: list[Trap]) -> list[Any]:
    """Parameters of a test: each trap with its mechanism, and without."""
    found = []
    for trap in traps:
        found += [pytest.param(trap, False, id=trap.name), pytest.param(trap, True, id=f"{trap.name}-off")]
    return found
