"""One writer a format: open it, write results one at a time, close it."""

from __future__ import annotations

import contextlib
import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from extractor.errors import ConfigurationError
from extractor.export.tables import DOCUMENTS, TABLES, Table, Value, rows
from extractor.export.xlsx import XlsxWriter

FORMATS = ("json", "jsonl", "csv", "xlsx")
_FORMULA = ("=", "+", "@", "\t", "\r")


class Writer(Protocol):
    """Takes results (plain JSON values, contract section 1) one at a time."""

    def write(self, result: Mapping[str, Any]) -> None:
        """Add one result."""
        ...

    def close(self) -> None:
        """Finish the file."""
        ...


@contextlib.contextmanager
def open_writer(kind: str, target: Path | BinaryIO) -> Iterator[Writer]:
    """A writer of one of FORMATS, closed at the end.

    `target` is a binary stream, a file, or for CSV a folder, which then gets a file for each table; CSV to a
    stream or a file holds the table of documents alone. JSON is one result, or an array of several. Raises
    ConfigurationError where the target cannot be written.
    """
    with _stream(kind, target) as stream:
        writer = _make(kind, stream)
        yield writer
        writer.close()


@contextlib.contextmanager
def _stream(kind: str, target: Path | BinaryIO) -> Iterator[Path | BinaryIO]:
    if not isinstance(target, Path):
        yield target
        return
    folder = target if kind == "csv" and not target.suffix else target.parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if folder is target:
            yield target
            return
        with target.open("wb") as stream:
            yield stream
    except OSError as error:
        raise ConfigurationError(f"Không ghi được {target}: {error.strerror}.", hint="Chọn nơi ghi khác.") from error


def _make(kind: str, target: Path | BinaryIO) -> Writer:
    if kind == "csv":
        return CsvFolder(target) if isinstance(target, Path) else CsvWriter(target, DOCUMENTS)
    assert not isinstance(target, Path)
    makers: dict[str, Callable[[BinaryIO], Writer]] = {"json": JsonWriter, "jsonl": JsonLinesWriter, "xlsx": XlsxWriter}
    return makers[kind](target)


class JsonWriter:
    """One result as an object, several as an array."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._waiting: str | None = None
        self._several = False

    def write(self, result: Mapping[str, Any]) -> None:
        """Add one result."""
        if self._waiting is not None:
            self._put(("," if self._several else "[") + "\n" + self._waiting)
            self._several = True
        self._waiting = json.dumps(result, ensure_ascii=False, indent=1)

    def close(self) -> None:
        """Write what waits and close the array."""
        if self._waiting is not None:
            self._put((",\n" + self._waiting + "\n]" if self._several else self._waiting) + "\n")

    def _put(self, text: str) -> None:
        self._stream.write(text.encode())


class JsonLinesWriter:
    """One result a line."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def write(self, result: Mapping[str, Any]) -> None:
        """Add one result."""
        self._stream.write((json.dumps(result, ensure_ascii=False) + "\n").encode())

    def close(self) -> None:
        """Nothing waits."""


class CsvWriter:
    """One table; UTF-8 with a byte order mark, so that Excel opens it right."""

    def __init__(self, stream: BinaryIO, table: Table) -> None:
        self._text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="", write_through=True)
        self._table = table
        self._csv = csv.DictWriter(self._text, list(table.columns), extrasaction="ignore")
        self._csv.writeheader()

    def write(self, result: Mapping[str, Any]) -> None:
        """Add the rows of one result."""
        for row in rows(self._table, result):
            self._csv.writerow({name: _harmless(value) for name, value in row.items()})

    def close(self) -> None:
        """Leave the stream to its owner."""
        self._text.detach()


def _harmless(value: Value) -> Value:
    """Text that a spreadsheet would run as a formula gets an apostrophe."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


class CsvFolder:
    """A file for each table."""

    def __init__(self, folder: Path) -> None:
        self._files = contextlib.ExitStack()
        self._writers = [
            CsvWriter(self._files.enter_context((folder / f"{table.name}.csv").open("wb")), table) for table in TABLES
        ]

    def write(self, result: Mapping[str, Any]) -> None:
        """Add the rows of one result to every table."""
        for writer in self._writers:
            writer.write(result)

    def close(self) -> None:
        """Finish all files."""
        for writer in self._writers:
            writer.close()
        self._files.close()
