"""The error tree. Expected doubt is data (an issue); inability is an exception.

Messages are Vietnamese and say what to do; `code` never changes. The library knows no exit code and no HTTP status.
"""

from __future__ import annotations

import errno


class ExtractorError(Exception):
    """Base of all. `code` is stable, `message` is for people, `hint` says what to do next."""

    code = "error"

    def __init__(self, message: str, *, hint: str = "", code: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        if code is not None:
            self.code = code

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()

    def __reduce__(self) -> tuple[object, ...]:
        return (_rebuild, (type(self), self.message, self.hint, self.code))


def _rebuild(kind: type[ExtractorError], message: str, hint: str, code: str) -> ExtractorError:
    return kind(message, hint=hint, code=code)


class InputError(ExtractorError):
    """The file itself: unsupported, encrypted, corrupt, empty, too large."""

    code = "input"


class UnsupportedFormatError(InputError):
    """A format that is not read."""

    code = "unsupported-format"


class EncryptedError(InputError):
    """Needs a password, or was given a wrong one."""

    code = "encrypted"


class CorruptError(InputError):
    """Empty, truncated or not what its name says."""

    code = "corrupt"


class TooLargeError(InputError):
    """Over a limit on bytes, pages, pixels or unpacked size."""

    code = "too-large"


class ConfigurationError(ExtractorError):
    """The operator's business: a broken rule file, a missing program or package."""

    code = "configuration"


class ReaderError(ConfigurationError):
    """The process that reads cannot be started on this machine: the fault of no document."""


class ProcessingError(ExtractorError):
    """Failed while working: worth another try (a killed worker, a time limit)."""

    code = "processing"


class StorageError(ProcessingError):
    """No room on a disk, or a storage that is away: the fault of no document, which waits for its next turn."""

    code = "storage"

    @classmethod
    def of(cls, error: OSError) -> StorageError:
        """What to say of a disk that cannot be written or read."""
        if error.errno in FULL:
            return cls(
                "Hết chỗ trên ổ đĩa.",
                hint="Giải phóng chỗ (kho tệp gốc, cơ sở dữ liệu, thư mục tạm) rồi chạy lại đúng lệnh này.",
            )
        return cls(
            f"Không ghi hoặc đọc được nơi lưu tệp ({error.strerror or error}).",
            hint="Kiểm tra ổ đĩa, quyền ghi và đường truyền rồi chạy lại đúng lệnh này.",
        )


FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
"""Numbers of system errors that mean a full disk."""


class LimitError(ProcessingError):
    """A document hit its limit on memory, CPU or wall time."""

    code = "limit"
