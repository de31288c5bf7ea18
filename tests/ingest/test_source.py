"""Files that cannot be read: each with its error, in plain words."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from extractor.errors import CorruptError, InputError, TooLargeError, UnsupportedFormatError
from extractor.ingest import Limits, read, read_bytes


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="không tìm thấy") as caught:
        read(tmp_path / "khong-co.pdf")
    assert caught.value.code == "not-found"
    assert caught.value.hint


def test_folder(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="thư mục") as caught:
        read(tmp_path)
    assert "backfill" in caught.value.hint


def test_empty_file(tmp_path: Path) -> None:
    path = tmp_path / "rong.pdf"
    path.touch()
    with pytest.raises(CorruptError, match=r"rong\.pdf: tệp rỗng"):
        read(path)


def test_pipe_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "ong")
    with pytest.raises(InputError, match="không phải tệp thường"):
        read(tmp_path / "ong")


def test_file_over_the_limit_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "to.pdf"
    with path.open("wb") as file:
        file.truncate(3 << 20)
    with pytest.raises(TooLargeError, match="3 MB, quá giới hạn 1 MB"):
        read(path, limits=Limits(file_bytes=1 << 20))


def test_given_name_is_the_one_reported(tmp_path: Path) -> None:
    path = tmp_path / "x1"
    path.touch()
    with pytest.raises(CorruptError, match=r"báo cáo\.pdf"):
        read(path, filename="báo cáo.pdf")


@pytest.mark.parametrize("data", [b"MZ\x90\x00\x03\x00\x00\x00", b"\x7fELF\x02\x01\x01\x00", bytes(range(256)) * 20])
def test_other_formats(data: bytes) -> None:
    with pytest.raises(UnsupportedFormatError, match="không được hỗ trợ"):
        read_bytes(data, "la.pdf")
