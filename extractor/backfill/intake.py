"""Takes files into the store: each path once, each content once, none while it is still being written."""

from __future__ import annotations

import tempfile
import time
import zipfile
import zlib
from collections.abc import Iterable
from typing import IO, BinaryIO, cast

from extractor.backfill.options import Summary
from extractor.backfill.sources import MAX_MEMBER, Entry
from extractor.errors import ExtractorError
from extractor.store import Store, digest
from extractor.store.ledger import Outcome, Seen

_CHUNK = 1 << 20
_SPOOL = 32 << 20


class Intake:
    """Puts entries into the store and the ledger. Not shared between threads."""

    def __init__(self, store: Store | None, summary: Summary, settle: float, dry_run: bool = False) -> None:
        self.store, self.summary, self.settle, self.dry_run = store, summary, settle, dry_run
        self._waiting: list[Entry] = []

    def take_all(self, entries: Iterable[Entry]) -> None:
        """Every entry; files that are still changing are tried once more at the end."""
        for entry in entries:
            self.take(entry)
        waiting, self._waiting = self._waiting, []
        if not waiting:
            return
        time.sleep(self.settle)
        for entry in waiting:
            self.take(_again(entry))
        self.summary.later += [entry.path for entry in self._waiting]
        self._waiting = []

    def take(self, entry: Entry) -> None:
        """One entry."""
        if entry.skipped:
            self.summary.taken["skipped"] += 1
        elif self._known(entry):
            self.summary.taken["known"] += 1
        elif entry.refusal is not None:
            self._refuse(entry, entry.refusal)
        elif entry.member is None and _is_fresh(entry, self.settle):
            self._waiting.append(entry)
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
            with _opened(entry) as stream:
                digest(stream)
                if entry.member is None and _changed(entry):  # seen while reading: a half-written state is no document
                    self._waiting.append(entry)
                    return
                document, known = self.store.accept(stream, entry.name)
        except (OSError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ExtractorError) as error:
            self._refuse(entry, f"Không đọc được: {error}. Kiểm tra tệp rồi chạy lại.")
            return
        self._note(entry, "duplicate" if known else "accepted", document)
        self.summary.size += entry.size

    def _refuse(self, entry: Entry, why: str) -> None:
        self.summary.problems.append((entry.path, why))
        self._note(entry, "unreadable", None, why)

    def _note(self, entry: Entry, outcome: Outcome, document: str | None, why: str | None = None) -> None:
        self.summary.taken[outcome] += 1
        if self.store is not None and not self.dry_run:
            self.store.note_source(Seen(entry.path, entry.size, entry.modified_ns, document, outcome, why))


def _again(entry: Entry) -> Entry:
    try:
        status = entry.file.stat()
    except OSError:
        return entry
    return Entry(entry.path, entry.file, status.st_size, status.st_mtime_ns, entry.member, entry.refusal)


def _is_fresh(entry: Entry, settle: float) -> bool:
    return 0 <= time.time() - entry.modified_ns / 1e9 < settle


def _changed(entry: Entry) -> bool:
    try:
        status = entry.file.stat()
    except OSError:
        return False
    return (status.st_size, status.st_mtime_ns) != (entry.size, entry.modified_ns)


def _opened(entry: Entry) -> BinaryIO:
    if entry.member is None:
        return entry.file.open("rb")
    copy = cast(BinaryIO, tempfile.SpooledTemporaryFile(max_size=_SPOOL))  # noqa: SIM115 (the caller closes it)
    with zipfile.ZipFile(entry.file) as archive, archive.open(entry.member) as stream:
        _copy_capped(stream, copy)
    copy.seek(0)
    return copy


def _copy_capped(stream: IO[bytes], copy: BinaryIO) -> None:
    total = 0
    while chunk := stream.read(_CHUNK):
        total += len(chunk)
        if total > MAX_MEMBER:  # the directory of an archive may lie about sizes
            raise zipfile.BadZipFile("quá lớn khi giải nén")
        copy.write(chunk)
