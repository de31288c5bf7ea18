"""Writes the package: originals first, each hashed as it is copied, then EAD, PREMIS and METS, in constant memory."""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, BinaryIO
from uuid import uuid4

from extractor.errors import InputError
from extractor.export.sip import ead, mets, premis
from extractor.export.sip.fields import Archive, document_fields
from extractor.export.sip.item import CHUNK, Item

_HOURS = dt.timezone(dt.timedelta(hours=7))


Original = Callable[[Mapping[str, Any]], contextlib.AbstractContextManager[BinaryIO]]
"""Opens the original of a result."""


def write_sip(
    out: Path,
    results: Iterable[Mapping[str, Any]],
    original: Original,
    archive: Archive | None = None,
    type_names: Mapping[str, str] | None = None,
) -> int:
    """Write a package into the new folder `out`; gives the number of documents.

    `results` are results of the contract, section 1. Raises `InputError` when `out` exists and is not empty.
    """
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise InputError(f"Thư mục {out} đã có nội dung.", hint="Chọn một thư mục mới cho gói SIP.")
    archive = archive or Archive()
    moment = dt.datetime.now(_HOURS).isoformat(timespec="seconds")
    identity = f"urn:uuid:{uuid4()}"
    writer = _Writer(out, archive, moment, identity)
    with writer:
        for position, result in enumerate(results, 1):
            item = _copy(out, result, original, archive, position, type_names or {}, moment)
            writer.add(item)
    return writer.count


def _copy(
    out: Path,
    result: Mapping[str, Any],
    original: Original,
    archive: Archive,
    position: int,
    type_names: Mapping[str, str],
    moment: str,
) -> Item:
    source = result["source"]
    # The file's own ending tells a reader more than its media type; everything else of the name is ours.
    ending = Path(source["filename"]).suffix.lower()[:8] or ".bin"
    path = f"data/{archive.file_code}.{position:07d}{ending}"
    target = out / "representations" / "rep1" / path
    target.parent.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    with original(result) as stream, target.open("wb") as copy:
        while chunk := stream.read(CHUNK):
            digest.update(chunk)
            size += len(chunk)
            copy.write(chunk)
    if digest.hexdigest() != source["sha256"]:
        raise InputError(f"Tệp gốc {source['filename']} không khớp mã băm.", hint="Khôi phục kho từ bản sao lưu.")
    fields = document_fields(result, archive, position, type_names)
    return Item(position, path, source["filename"], source["sha256"], size, source["media_type"], moment, fields)


class _Writer:
    """The three metadata files of the representation, written as documents come."""

    def __init__(self, out: Path, archive: Archive, moment: str, identity: str) -> None:
        self.out, self.archive, self.moment, self.identity = out, archive, moment, identity
        self.count = 0
        self._stack = contextlib.ExitStack()

    def __enter__(self) -> _Writer:
        descriptive, preservation = self.out / "metadata" / "descriptive", self.out / "metadata" / "preservation"
        for folder in (descriptive, preservation, self.out / "representations" / "rep1" / "data"):
            folder.mkdir(parents=True, exist_ok=True)
        self._ead = self._stack.enter_context(ead.writing(descriptive / "EAD.xml", self.archive, self.moment))
        self._premis = self._stack.enter_context(premis.writing(preservation / "PREMIS.xml", self.moment))
        self._mets = self._stack.enter_context(
            mets.representation(self.out / "representations" / "rep1" / "METS.xml", self.identity, self.moment)
        )
        return self

    def add(self, item: Item) -> None:
        for write in (self._ead, self._premis, self._mets):
            write(item)
        self.count += 1

    def __exit__(self, *error: object) -> None:
        self._stack.close()
        if error[0] is None:
            mets.package(self.out, self.identity, self.moment, self.archive)
            _sync(self.out / "METS.xml")


def _sync(path: Path) -> None:
    with path.open("rb") as stream:
        os.fsync(stream.fileno())
