"""Long documents shared out: ranges of pages read by whoever is free, joined by one, taken in turns with short ones.

What is read of a range lies in the store until the document is done, so that a killed worker or coordinator costs no
more than the ranges at hand.
"""

from __future__ import annotations

import contextlib
import logging
import tempfile
import time
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

from extractor.errors import ExtractorError, ProcessingError, ReaderError, StorageError
from extractor.ingest.share import may_be_long
from extractor.store import Job, Store
from extractor.store.ranges import Range

PAGES = 20
"""Pages of a range; a file of more than twice as many is shared out."""
_LEAST_BYTES = 400  # a page of a real file holds more than that: shorter files are not even opened to count
_log = logging.getLogger("extractor.sharing")


class PartReader(Protocol):
    """What reads ranges: a limited child process."""

    def count(self, path: Path, filename: str) -> int:
        """How many pages."""
        ...

    def read_part(self, path: Path, filename: str, first: int, last: int) -> str:
        """Some pages as JSON."""
        ...

    def join(self, path: Path, filename: str, folder: Path) -> dict[str, Any]:
        """The result of all parts in a folder, in the order of their names."""
        ...


def is_candidate(job: Job, path: Path, pages: int) -> bool:
    """Whether a document is worth a look at how long it is."""
    return pages > 0 and job.size > 2 * pages * _LEAST_BYTES and may_be_long(path)


def joined(store: Store, job: Job, path: Path, reader: PartReader) -> dict[str, Any] | None:
    """The result of a document whose ranges have been read; None when it was never shared out."""
    with tempfile.TemporaryDirectory(prefix="parts-") as place:
        found = False
        for kept in store.shares.kept(job):  # one at a time: what is read of a long file is not held here
            found = True
            name = f"{kept.first:06}-{kept.last:06}"
            if kept.body is not None:
                (Path(place) / f"{name}.json").write_bytes(zlib.decompress(kept.body))
            else:
                (Path(place) / f"{name}.lost").write_text(_cause(kept.message or "", job.filename), encoding="utf-8")
        return reader.join(path, job.filename, Path(place)) if found else None


def _cause(message: str, filename: str) -> str:
    """The first sentence of an error, without the file's name: its page is named instead."""
    cause = message.removeprefix(f"{filename}: ").removeprefix("tệp ")
    return cause.split(". ")[0].rstrip(".") or "không rõ vì sao"


def share_out(store: Store, job: Job, path: Path, reader: PartReader, pages: int) -> bool:
    """Put a long document aside as ranges; False when it is not long."""
    total = reader.count(path, job.filename)
    if total <= 2 * pages:
        return False
    store.shares.share(job, [(first, min(total, first + pages - 1)) for first in range(1, total + 1, pages)])
    return True


def run_range(store: Store, piece: Range, reader: PartReader) -> bool:
    """Read a claimed range and keep it; True when its failure ended the document."""
    try:
        with store.blobs.path(piece.sha256) as path:
            text = reader.read_part(path, piece.filename, piece.first, piece.last)
    except (ReaderError, StorageError):
        store.release(piece.worker)
        raise
    except OSError as error:
        store.release(piece.worker)
        raise StorageError.of(error) from error
    except ExtractorError as error:
        return store.shares.fail(piece, error, retry=isinstance(error, ProcessingError))
    except Exception:
        _log.exception("unexpected failure on pages %s to %s of %s", piece.first, piece.last, piece.document_id)
        unknown = ProcessingError("Lỗi bất ngờ khi đọc trang.", hint="Báo người phát triển, kèm tệp.")
        return store.shares.fail(piece, unknown, retry=True)
    store.shares.finish(piece, zlib.compress(text.encode("ascii"), 6))
    return False


class Turns:
    """Whole documents and ranges of long ones take turns: who has had less of a worker's time goes first.

    Time is counted only while both wait, so that neither saves up a claim.
    """

    def __init__(self) -> None:
        self._spent = {Job: 0.0, Range: 0.0}

    def claim(self, store: Store, worker: str, lease_seconds: float) -> Job | Range | None:
        """The next piece of work; None when there is none."""
        first = Range if self._spent[Range] < self._spent[Job] else Job
        piece = self._of(first, store, worker, lease_seconds)
        if piece is not None:
            return piece
        other = Job if first is Range else Range
        self._spent[first] = self._spent[other] = 0.0
        return self._of(other, store, worker, lease_seconds)

    def _of(self, kind: type[Job | Range], store: Store, worker: str, lease_seconds: float) -> Job | Range | None:
        if kind is Range:
            return store.shares.claim(worker, lease_seconds)
        return store.claim(worker, lease_seconds)

    @contextlib.contextmanager
    def spending(self, piece: Job | Range) -> Iterator[None]:
        """The time that the block takes is this kind's."""
        began = time.monotonic()
        try:
            yield
        finally:
            self._spent[type(piece)] += time.monotonic() - began
