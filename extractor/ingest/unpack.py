"""Zip containers measured before anything unpacks them."""

from __future__ import annotations

import io
import zipfile

from extractor.errors import CorruptError, EncryptedError, TooLargeError
from extractor.ingest.source import Source

_SMALL = 1 << 20


def check(source: Source) -> None:
    """Raises TooLargeError for a bomb, EncryptedError for locked members and CorruptError for a broken container.

    A member that lies about its size is cut off at that size by the unpacker and then fails its checksum.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(source.data)) as packed:
            members = packed.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise broken(source) from error
    if any(member.flag_bits & 1 for member in members):
        raise EncryptedError(
            f"{source.filename}: nội dung nén bên trong có mật khẩu.",
            hint="Mở bằng Word, lưu lại không mật khẩu rồi gửi lại.",
        )
    total = sum(member.file_size for member in members)
    packed_size = max(1, sum(member.compress_size for member in members))
    bomb = total > _SMALL * 20 and total > source.limits.unpacked_ratio * packed_size
    if total > source.limits.unpacked_bytes or bomb or len(members) > 20_000:
        raise TooLargeError(
            f"{source.filename}: nội dung nén bung ra {total / 2**20:.0f} MB, quá giới hạn.",
            hint="Tệp bất thường; hãy mở và lưu lại bằng Word, hoặc xuất sang PDF.",
        )


def broken(source: Source) -> CorruptError:
    """What to say about a damaged office file."""
    return CorruptError(
        f"{source.filename}: tệp bị hỏng hoặc tải chưa hết.",
        hint="Lấy lại tệp từ nơi lưu gốc, hoặc mở và lưu lại bằng Word.",
    )
