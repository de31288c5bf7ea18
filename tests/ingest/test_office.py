"""Old Word files by way of LibreOffice: with one that is not there, one that works, one that fails."""

from __future__ import annotations

import io
import stat
from pathlib import Path

import docx
import pytest

from extractor.errors import ConfigurationError, CorruptError, LimitError, UnsupportedFormatError
from extractor.ingest import office, read_bytes

RTF = b"{\\rtf1 x}"
DOC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "WordDocument".encode("utf-16-le")


def _program(folder: Path, script: str) -> None:
    path = folder / "soffice"
    path.write_text("#!/bin/sh\n" + script)
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


@pytest.mark.parametrize("data", [RTF, DOC])
def test_missing_libreoffice_names_the_package(data: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ConfigurationError, match="cần LibreOffice") as caught:
        read_bytes(data, "cu.doc")
    assert "apt install libreoffice-writer" in caught.value.hint


def test_converted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    document, made = docx.Document(), io.BytesIO()
    document.add_paragraph("Từ tệp cũ")
    document.save(made)
    (tmp_path / "made.docx").write_bytes(made.getvalue())
    _program(
        tmp_path,
        f'while [ "$1" != --outdir ]; do shift; done; mkdir -p "$2"; cp {tmp_path}/made.docx "$2/input.docx"\n',
    )
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    reading = read_bytes(RTF, "cu.rtf")
    assert reading.text == "Từ tệp cũ\n\n"
    assert reading.media_type == "application/rtf"


def test_nothing_written_means_a_broken_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _program(tmp_path, "exit 0\n")
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    with pytest.raises(CorruptError, match="LibreOffice không mở được"):
        read_bytes(DOC, "cut.doc")


def test_hanging_libreoffice_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _program(tmp_path, "exec sleep 30\n")
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setattr(office, "_SECONDS", 0.3)
    with pytest.raises(LimitError):
        read_bytes(RTF, "treo.rtf")


def test_old_spreadsheet_is_not_word(tmp_path: Path) -> None:
    data = DOC.replace("WordDocument".encode("utf-16-le"), "Workbook".encode("utf-16-le"))
    with pytest.raises(UnsupportedFormatError, match="không phải văn bản Word"):
        read_bytes(data, "bang.doc")
