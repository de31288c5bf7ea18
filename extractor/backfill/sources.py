"""Walks a folder: files, symbolic links, members of ZIP archives. Reads nothing but names and sizes.

Order is by name, so that two walks of the same folder meet the same files in the same order.
"""

from __future__ import annotations

import lzma
import os
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SEPARATOR = "!/"
"""Between the path of an archive and the name inside."""
JUNK = frozenset({"thumbs.db", "desktop.ini", ".ds_store", "__macosx", "ehthumbs.db"})
MAX_MEMBER = 512 << 20
MAX_RATIO = 200
MAX_MEMBERS = 100_000

BROKEN_ZIP: tuple[type[Exception], ...] = (
    OSError,
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    NotImplementedError,
    ValueError,
    RuntimeError,
    LookupError,
    OverflowError,
)
"""What reading a damaged archive raises."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A file to take in; `member` is its name inside the archive at `file`. `refusal`: why it cannot be read."""

    path: str
    file: Path
    size: int
    modified_ns: int
    member: str | None = None
    refusal: str | None = None
    skipped: bool = False

    @property
    def name(self) -> str:
        """The file name to show."""
        return Path(self.member or self.file.name).name


def walk(root: Path) -> Iterator[Entry]:
    """Every file below a folder, once: a folder or file reached by two links is met the first time only."""
    yield from _folder(root, set())


def look(path: Path) -> Iterator[Entry]:
    """The entries of one path as it is now."""
    yield from _item(path, set())


def _folder(folder: Path, seen: set[tuple[int, int]]) -> Iterator[Entry]:
    try:
        status = folder.stat()
        paths = sorted(folder.iterdir())
    except OSError as error:
        yield _refused(folder, f"Không mở được thư mục: {error.strerror}. Kiểm tra quyền đọc.")
        return
    if (status.st_dev, status.st_ino) in seen:
        return  # a link that leads back
    seen.add((status.st_dev, status.st_ino))
    for path in paths:
        yield from _item(path, seen)


def _item(path: Path, seen: set[tuple[int, int]]) -> Iterator[Entry]:
    try:
        status = path.stat()
    except OSError as error:
        cause = "Liên kết gãy" if path.is_symlink() else f"Không đọc được: {error.strerror}"
        yield _refused(path, f"{cause}. Sửa hoặc xóa rồi chạy lại.")
        return
    if stat.S_ISDIR(status.st_mode):
        if path.name.lower() not in JUNK:
            yield from _folder(path, seen)
    elif not stat.S_ISREG(status.st_mode):
        yield Entry(str(path), path, 0, 0, skipped=True)  # a pipe or device would hang a reader
    elif path.name.lower() in JUNK or path.name.startswith("~$"):
        yield Entry(str(path), path, status.st_size, status.st_mtime_ns, skipped=True)
    elif path.suffix.lower() == ".zip":
        yield from _archive(path, status)
    else:
        yield Entry(str(path), path, status.st_size, status.st_mtime_ns)


def _archive(path: Path, status: os.stat_result) -> Iterator[Entry]:
    try:
        with zipfile.ZipFile(path) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
    except BROKEN_ZIP as error:
        yield _refused(path, f"Tệp ZIP hỏng ({error}). Nén lại hoặc giải nén rồi chạy lại.", status)
        return
    if len(members) > MAX_MEMBERS:
        yield _refused(path, f"Tệp ZIP có hơn {MAX_MEMBERS} tệp. Giải nén rồi chạy lại trên thư mục.", status)
        return
    for member in sorted(members, key=lambda item: item.filename):
        yield _member(path, status, member)


def _member(path: Path, status: os.stat_result, member: zipfile.ZipInfo) -> Entry:
    refusal = None
    if member.flag_bits & 1:
        refusal = "Tệp trong ZIP có mật khẩu. Giải nén rồi chạy lại."
    elif member.file_size > MAX_MEMBER or member.file_size > max(1, member.compress_size) * MAX_RATIO + (1 << 20):
        refusal = "Tệp trong ZIP quá lớn khi giải nén. Giải nén bằng tay rồi kiểm tra."
    parts = {part.lower() for part in member.filename.split("/")}
    where = f"{path}{SEPARATOR}{member.filename}"
    junk = bool(parts & JUNK)
    return Entry(where, path, member.file_size, status.st_mtime_ns, member.filename, refusal, junk)


def _refused(path: Path, why: str, status: os.stat_result | None = None) -> Entry:
    size, modified = (status.st_size, status.st_mtime_ns) if status else (0, 0)
    return Entry(str(path), path, size, modified, refusal=why)
