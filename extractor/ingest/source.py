"""The bytes of one file, checked before anything opens them."""

from __future__ import annotations

import hashlib
import stat
from dataclasses import dataclass, field
from pathlib import Path

from extractor.errors import CorruptError, InputError, TooLargeError
from extractor.ingest.limits import DEFAULT, Limits


@dataclass(frozen=True, slots=True)
class Source:
    """A file's bytes under the name that people know it by."""

    filename: str
    data: bytes = field(repr=False)
    sha256: str = ""
    password: str | None = field(default=None, repr=False)
    limits: Limits = DEFAULT

    @staticmethod
    def of(data: bytes, filename: str, password: str | None = None, limits: Limits = DEFAULT) -> Source:
        """Bytes as a source; raises CorruptError when empty and TooLargeError over the limit."""
        if not data:
            raise CorruptError(
                f"{filename}: tệp rỗng (0 byte).", hint="Tải lại hoặc sao chép lại tệp từ nơi lưu gốc.", code="empty"
            )
        if len(data) > limits.file_bytes:
            raise _too_large(filename, len(data), limits)
        return Source(filename, data, hashlib.sha256(data).hexdigest(), password, limits)

    @staticmethod
    def load(path: Path, filename: str | None = None, password: str | None = None, limits: Limits = DEFAULT) -> Source:
        """The file at a path; InputError for what is missing, a folder, unreadable or no plain file."""
        name = filename or path.name
        try:
            about = path.stat()
            _check_kind(about.st_mode, name)
            if about.st_size > limits.file_bytes:
                raise _too_large(name, about.st_size, limits)
            return Source.of(path.read_bytes(), name, password, limits)
        except FileNotFoundError as error:
            raise InputError(
                f"{name}: không tìm thấy tệp.", hint="Kiểm tra lại đường dẫn và tên tệp.", code="not-found"
            ) from error
        except PermissionError as error:
            raise InputError(
                f"{name}: không có quyền đọc tệp.", hint="Cấp quyền đọc rồi chạy lại.", code="no-permission"
            ) from error
        except OSError as error:
            raise InputError(
                f"{name}: không đọc được tệp ({error.strerror}).", hint="Kiểm tra ổ đĩa hoặc đường truyền."
            ) from error


def _check_kind(mode: int, name: str) -> None:
    if stat.S_ISDIR(mode):
        raise InputError(
            f"{name}: đây là thư mục, không phải tệp.",
            hint="Chỉ ra từng tệp, hoặc dùng: extractor backfill THƯ_MỤC",
            code="is-folder",
        )
    if not stat.S_ISREG(mode):
        raise InputError(f"{name}: không phải tệp thường.", hint="Chỉ ra một tệp trên đĩa.", code="not-a-file")


def _too_large(name: str, size: int, limits: Limits) -> TooLargeError:
    return TooLargeError(
        f"{name}: tệp nặng {size / 2**20:.0f} MB, quá giới hạn {limits.file_bytes / 2**20:.0f} MB.",
        hint="Tách tệp thành nhiều phần rồi gửi từng phần.",
    )
