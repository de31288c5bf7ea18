"""Takes files into the store: each path once, each content once, none while it is still being written."""

from __future__ import annotations

import tempfile
import time
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import IO, BinaryIO, cast

from extractor.backfill.options import Summary
from extractor.backfill.sources import BROKEN_ZIP, MAX_MEMBER, Entry, look
from extractor.errors import FULL, ExtractorError, StorageError
from extractor.store import Store
from extractor.store.blobs import Staged
from extractor.store.intake import Delivery
from extractor.store.ledger import Seen

_CHUNK = 1 << 20
_SPOOL = 32 << 20
_BATCH = 32
_PATIENCE = 0.5
"""Seconds after which a batch is kept though it is not full."""


class Intake:
    """Puts entries into the store and the ledger. Not shared between threads."""

    def __init__(self, store: Store | None, summary: Summary, settle: float, dry_run: bool = False) -> None:
        self.store, self.summary, self.settle, self.dry_run = store, summary, settle, dry_run
        self._waiting: list[Entry] = []
        self._archives = _Archives()
        self._batch: list[tuple[Entry, Staged]] = []
        self._since = 0.0

    def take_all(self, entries: Iterable[Entry]) -> None:
        """Every entry; files that are still changing are tried once more at the end."""
        self._take_each(entries)
        waiting, self._waiting = self._waiting, []
        if not waiting:
            return
        time.sleep(self.settle)
        self._take_each(again for entry in waiting for again in _again(entry))
        self.summary.later += [entry.path for entry in self._waiting]
        self._waiting = []

    def _take_each(self, entries: Iterable[Entry]) -> None:
        try:
            for entry in entries:
                self._take(entry)
        finally:
            self._archives.close()
            self._flush()

    def _take(self, entry: Entry) -> None:
        if entry.skipped:
            self.summary.taken["skipped"] += 1
        elif self._known(entry):
            self.summary.taken["known"] += 1
        elif entry.member is None and _is_fresh(entry, self.settle):
            self._waiting.append(entry)
        elif entry.refusal is not None:
            self._refuse(entry, entry.refusal)
        else:
            self._accept(entry)

    def _known(self, entry: Entry) -> bool:
        if self.store is None:
            return False
        seen = self.store.source(entry.path)
        known = seen is not None and seen.outcome != "unreadable" and seen.same(entry.size, entry.modified_ns)
        return known and seen is not None and seen.document_id is not None

    def _accept(self, entry: Entry) -> None:
        if self.dry_run or self.store is None:
            self.summary.taken["new"] += 1
            self.summary.size += entry.size
            return
        try:
            with self._archives.stream(entry) as stream:
                staged = self.store.blobs.stage(stream)
        except StorageError:
            raise  # no room left: not this file's fault, and no other would fare better
        except BROKEN_ZIP as error:
            if isinstance(error, OSError) and error.errno in FULL:
                raise StorageError.of(error) from error
            self._refuse(entry, f"Không đọc được: {error}. Kiểm tra tệp rồi chạy lại.")
            return
        if entry.member is None and _changed(entry):  # seen while reading: a half-written state is no document
            staged.drop()
            self._waiting.append(entry)
            return
        self._since = self._since if self._batch else time.monotonic()
        self._batch.append((entry, staged))
        if len(self._batch) >= _BATCH or time.monotonic() - self._since > _PATIENCE:
            self._flush()

    def _flush(self) -> None:
        """Keep what was staged: one wait for the disk and one transaction for all of it."""
        batch, self._batch = self._batch, []
        if not batch or self.store is None:
            return
        try:
            outcomes = self.store.accept_many([_delivery(*item) for item in batch])
        except StorageError:
            raise
        except ExtractorError as error:
            for entry, _ in batch:
                self._refuse(entry, str(error))
            return
        finally:
            for _, staged in batch:
                staged.drop()
        self.summary.taken.update(outcomes)
        self.summary.size += sum(staged.size for _, staged in batch)

    def _refuse(self, entry: Entry, why: str) -> None:
        self.summary.problems.append((entry.path, why))
        self.summary.taken["unreadable"] += 1
        if self.store is not None and not self.dry_run:
            self.store.note_source(Seen(entry.path, entry.size, entry.modified_ns, None, "unreadable", why))


def _delivery(entry: Entry, staged: Staged) -> Delivery:
    seen = Seen(entry.path, entry.size, entry.modified_ns, None, "accepted")
    return Delivery(staged, entry.name, seen)


def _again(entry: Entry) -> Iterable[Entry]:
    """What stands at an entry's path now: an archive that was still being copied has its members by then."""
    return look(entry.file)


def _is_fresh(entry: Entry, settle: float) -> bool:
    return 0 <= time.time() - entry.modified_ns / 1e9 < settle


def _changed(entry: Entry) -> bool:
    try:
        status = entry.file.stat()
    except OSError:
        return False
    return (status.st_size, status.st_mtime_ns) != (entry.size, entry.modified_ns)


class _Archives:
    """Opens entries; an archive stays open over its members, whose list is long to read."""

    def __init__(self) -> None:
        self._open: tuple[tuple[Path, int], zipfile.ZipFile] | None = None

    def stream(self, entry: Entry) -> BinaryIO:
        """The bytes of a file, or of a member as a copy of its own; the caller closes it."""
        if entry.member is None:
            return entry.file.open("rb")
        copy = cast(BinaryIO, tempfile.SpooledTemporaryFile(max_size=_SPOOL))  # noqa: SIM115
        with self._archive(entry).open(entry.member) as stream:
            _copy_capped(stream, copy)
        copy.seek(0)
        return copy

    def _archive(self, entry: Entry) -> zipfile.ZipFile:
        key = (entry.file, entry.modified_ns)
        if self._open is None or self._open[0] != key:
            self.close()
            self._open = (key, zipfile.ZipFile(entry.file))
        return self._open[1]

    def close(self) -> None:
        """Close the archive that is open."""
        if self._open is not None:
            self._open[1].close()
            self._open = None


def _copy_capped(stream: IO[bytes], copy: BinaryIO) -> None:
    total = 0
    while chunk := stream.read(_CHUNK):
        total += len(chunk)
        if total > MAX_MEMBER:  # the directory of an archive may lie about sizes
            raise zipfile.BadZipFile("quá lớn khi giải nén")
        copy.write(chunk)
