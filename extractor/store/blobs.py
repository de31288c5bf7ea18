"""Originals, byte for byte, named by their SHA-256: in a local folder or on any fsspec URL."""

from __future__ import annotations

import contextlib
import ctypes
import hashlib
import os
import tempfile
import time
import uuid
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import fsspec

from extractor.errors import ConfigurationError, ProcessingError, StorageError

_CHUNK = 1 << 20
_INCOMING = "incoming"
_DAY = 86_400.0
_LIBC = ctypes.CDLL(None, use_errno=True)


Source = bytes | Path | BinaryIO
"""A file as bytes, as a path, or as a seekable stream that is read from its beginning."""


def digest(source: Source) -> tuple[str, int]:
    """SHA-256 and size, read in pieces."""
    sha, size = hashlib.sha256(), 0
    for chunk in _chunks(source):
        sha.update(chunk)
        size += len(chunk)
    return sha.hexdigest(), size


def _chunks(source: Source) -> Iterator[bytes]:
    if isinstance(source, bytes):
        yield source
    elif isinstance(source, Path):
        with source.open("rb") as stream:
            yield from _chunks(stream)
    else:
        source.seek(0)
        while chunk := source.read(_CHUNK):
            yield chunk


@dataclass(frozen=True, slots=True)
class Staged:
    """A copy that waits to be kept: its path, SHA-256 and size in bytes."""

    path: Path
    sha256: str
    size: int

    def drop(self) -> None:
        """Remove what is left of it."""
        self.path.unlink(missing_ok=True)


class Blobs:
    """A folder of originals. Names come from content alone, never from a user."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._local = Path(url.removeprefix("file://")).absolute() if _is_local(url) else None
        if self._local is not None:
            (self._local / _INCOMING).mkdir(parents=True, exist_ok=True)
            return
        try:
            self._system, self._root = fsspec.core.url_to_fs(url)
        except (ImportError, ValueError) as error:
            raise ConfigurationError(
                f"Không dùng được nơi chứa tệp {url}: {error}", hint="Cài gói fsspec cần thiết hoặc sửa địa chỉ."
            ) from error

    def _name(self, sha256: str) -> str:
        return f"{sha256[:2]}/{sha256[2:4]}/{sha256}"

    def put(self, source: Source, sha256: str) -> None:
        """Keep bytes under their hash; durable on return. Bytes already kept are left alone."""
        if self._local is not None:
            self._put_local(source, self._local, sha256)
        elif not self.has(sha256):
            target = f"{self._root}/{self._name(sha256)}"
            partial = f"{target}.{uuid.uuid4().hex}.part"
            self._system.makedirs(target.rsplit("/", 1)[0], exist_ok=True)
            with self._system.open(partial, "wb") as stream:
                _copy(source, stream)
            self._system.mv(partial, target)

    def stage(self, source: Source) -> Staged:
        """A copy of a file on this machine, hashed in the same reading; `keep` or `drop` it."""
        folder = Path(tempfile.gettempdir()) if self._local is None else self._local / _INCOMING
        path, sha, size = folder / uuid.uuid4().hex, hashlib.sha256(), 0
        try:
            with _writing(path) as write:
                for chunk in _chunks(source):  # an error here is the source's own
                    sha.update(chunk)
                    size += len(chunk)
                    write(chunk)
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        return Staged(path, sha.hexdigest(), size)

    def keep(self, staged: Iterable[Staged]) -> None:
        """Keep staged files under their hashes; all durable on return, for the price of about one."""
        fresh = {item.sha256: item for item in staged if not self.has(item.sha256)}
        if self._local is None or not hasattr(_LIBC, "syncfs"):
            for item in fresh.values():
                self.put(item.path, item.sha256)
        elif fresh:
            self._keep_local(fresh.values(), self._local)

    def _keep_local(self, fresh: Iterable[Staged], folder: Path) -> None:
        try:
            _sync_all(folder)
            for item in fresh:
                target = folder / self._name(item.sha256)
                target.parent.mkdir(parents=True, exist_ok=True)
                item.path.replace(target)
            _sync_all(folder)
        except OSError as error:
            raise _unwritten(error) from error

    def _put_local(self, source: Source, folder: Path, sha256: str) -> None:
        target = folder / self._name(sha256)
        if target.exists():
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        partial = folder / _INCOMING / uuid.uuid4().hex
        try:
            with partial.open("wb") as stream:
                _copy(source, stream)
                stream.flush()
                os.fsync(stream.fileno())
            partial.replace(target)
        except OSError as error:
            partial.unlink(missing_ok=True)
            raise _unwritten(error) from error
        _sync_folder(target.parent)

    def tidy(self, older: float = _DAY) -> int:
        """Remove what a killed process had begun to write; seconds since it was touched. Local folders only."""
        if self._local is None:
            return 0
        stale = [path for path in (self._local / _INCOMING).iterdir() if path.stat().st_mtime < time.time() - older]
        for path in stale:
            path.unlink(missing_ok=True)
        return len(stale)

    def has(self, sha256: str) -> bool:
        """Whether these bytes are kept."""
        if self._local is not None:
            return (self._local / self._name(sha256)).is_file()
        return bool(self._system.isfile(f"{self._root}/{self._name(sha256)}"))

    def open(self, sha256: str) -> BinaryIO:
        """The bytes as a stream; raises `ProcessingError` when they are gone."""
        try:
            if self._local is not None:
                return (self._local / self._name(sha256)).open("rb")
            return self._system.open(f"{self._root}/{self._name(sha256)}", "rb")  # type: ignore[no-any-return]
        except FileNotFoundError as error:
            raise _gone(sha256) from error

    @contextlib.contextmanager
    def path(self, sha256: str) -> Iterator[Path]:
        """A local path to the bytes while the block runs; read only."""
        if self._local is not None:
            path = self._local / self._name(sha256)
            if not path.is_file():
                raise _gone(sha256) if (self._local / _INCOMING).is_dir() else _away(self._local)
            yield path
            return
        with tempfile.NamedTemporaryFile(prefix="original-") as copy, self.open(sha256) as stream:
            while chunk := stream.read(_CHUNK):
                copy.write(chunk)
            copy.flush()
            yield Path(copy.name)


def _sync_all(folder: Path) -> None:
    """All that was written to the folder's file system is on disk on return (Linux)."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        if _LIBC.syncfs(handle) != 0:
            raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    finally:
        os.close(handle)


@contextlib.contextmanager
def _writing(path: Path) -> Iterator[Callable[[bytes], None]]:
    """Writes to a new file; what goes wrong with that is a `StorageError`."""

    def write(chunk: bytes) -> None:
        try:
            copy.write(chunk)
        except OSError as error:
            raise _unwritten(error) from error

    try:
        copy = path.open("wb", buffering=0)
    except OSError as error:
        raise _unwritten(error) from error
    with copy:
        yield write


def _unwritten(error: OSError) -> StorageError:
    return StorageError.of(error)


def _is_local(url: str) -> bool:
    return "://" not in url or url.startswith("file://")


def _away(folder: Path) -> StorageError:
    return StorageError(f"Không thấy kho tệp gốc {folder.name}.", hint="Gắn lại ổ đĩa hoặc thư mục chung rồi chạy lại.")


def _gone(sha256: str) -> ProcessingError:
    return ProcessingError(f"Tệp gốc {sha256[:12]}… không còn trong kho.", hint="Khôi phục từ bản sao lưu.")


def _copy(source: Source, stream: BinaryIO) -> None:
    for chunk in _chunks(source):
        stream.write(chunk)


def _sync_folder(folder: Path) -> None:
    for place in (folder, folder.parent, folder.parent.parent):
        handle = os.open(place, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
