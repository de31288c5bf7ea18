"""Word's old DOC, RTF and ODT: turned into DOCX by LibreOffice, when it is installed. Locked DOCX files."""

from __future__ import annotations

import dataclasses
import io
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import msoffcrypto
from msoffcrypto.exceptions import DecryptionError, FileFormatError, InvalidKeyError

from extractor.document import Reading
from extractor.errors import ConfigurationError, CorruptError, EncryptedError, LimitError, UnsupportedFormatError
from extractor.ingest import docx, sniff, unpack
from extractor.ingest.source import Source

_SECONDS = 120
_PROGRAMS = ("soffice", "libreoffice")
_WORD_STREAM = "WordDocument".encode("utf-16-le")
_LOCKED_STREAM = "EncryptedPackage".encode("utf-16-le")
_SUFFIXES = {sniff.DOC: ".doc", sniff.RTF: ".rtf", sniff.ODT: ".odt"}


def read(source: Source) -> Reading:
    """An old office file by way of DOCX. Raises ConfigurationError without LibreOffice."""
    kind = sniff.media_type(source.data, source.filename)
    if kind == sniff.DOC:
        if _LOCKED_STREAM in source.data:
            return docx.read(_unlocked(source))
        if _WORD_STREAM not in source.data:
            raise UnsupportedFormatError(
                f"{source.filename}: không phải văn bản Word (có thể là bảng tính hoặc bản trình chiếu cũ).",
                hint="Xuất sang PDF rồi gửi lại.",
            )
    converted = convert(source, _SUFFIXES[kind])
    result = docx.read(dataclasses.replace(source, data=converted))
    return dataclasses.replace(result, media_type=kind)


def _unlocked(source: Source) -> Source:
    if not source.password:
        raise EncryptedError(
            f"{source.filename}: tệp được bảo vệ bằng mật khẩu.", hint="Chạy lại với --password MẬT_KHẨU."
        )
    out = io.BytesIO()
    try:
        locked = msoffcrypto.OfficeFile(io.BytesIO(source.data))
        locked.load_key(password=source.password)
        locked.decrypt(out)
    except (InvalidKeyError, DecryptionError) as error:
        raise EncryptedError(
            f"{source.filename}: mật khẩu không đúng.", hint="Kiểm tra lại mật khẩu (--password)."
        ) from error
    except (FileFormatError, OSError, ValueError, KeyError) as error:
        raise unpack.broken(source) from error
    return dataclasses.replace(source, data=out.getvalue())


def convert(source: Source, suffix: str) -> bytes:
    """The file as DOCX by LibreOffice, in a profile of its own so that runs side by side do not meet."""
    program = next((found for name in _PROGRAMS if (found := shutil.which(name))), None)
    if program is None:
        raise ConfigurationError(
            f"{source.filename}: cần LibreOffice để đọc tệp {suffix}.",
            hint="Cài bằng: apt install libreoffice-writer-nogui (hoặc lưu lại tệp thành DOCX).",
            code="libreoffice-missing",
        )
    with tempfile.TemporaryDirectory(prefix="doc-") as folder:
        given = Path(folder) / f"input{suffix}"
        given.write_bytes(source.data)
        command = [
            program, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--norestore",
            "--convert-to", "docx", "--outdir", f"{folder}/out", str(given),
        ]  # fmt: skip
        _run(command, source)
        made = Path(folder) / "out" / "input.docx"
        if not made.is_file():
            raise CorruptError(
                f"{source.filename}: LibreOffice không mở được tệp.",
                hint="Lấy lại tệp gốc, hoặc mở và lưu lại bằng Word.",
            )
        return made.read_bytes()


def _run(command: list[str], source: Source) -> None:
    environment = {**os.environ, "HOME": tempfile.gettempdir()}
    try:
        subprocess.run(  # noqa: S603  a program by its full path, our own arguments
            command, capture_output=True, timeout=_SECONDS, check=False, env=environment
        )
    except subprocess.TimeoutExpired as error:
        raise LimitError(
            f"{source.filename}: LibreOffice chạy quá {_SECONDS} giây.", hint="Lưu lại tệp thành DOCX rồi gửi lại."
        ) from error
