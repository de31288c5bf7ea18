"""Readings kept between runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor.ingest import Limits, cache, read
from tests.ingest.build import SAMPLES

PDF = SAMPLES / "ke-hoach-pdf" / "source.pdf"


def test_kept_reading_is_the_same_and_can_draw(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXTRACTOR_READINGS", str(tmp_path))
    first = read(PDF)
    assert len(list(tmp_path.glob("*.pkl"))) == 1
    copy = tmp_path / "khac.pdf"
    copy.write_bytes(PDF.read_bytes())
    monkeypatch.setattr("extractor.ingest.pdf.PdfFile", None)
    again = read(copy)
    assert again.filename == "khac.pdf"
    assert again.pages == first.pages
    monkeypatch.undo()
    assert again.picture is not None
    assert again.picture(1).pixels.shape[0] > 2000


def test_kept_under_everything_that_shapes_a_reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXTRACTOR_READINGS", str(tmp_path))
    read(PDF)
    monkeypatch.setattr(cache, "VERSION", "other")
    read(PDF)
    assert len(list(tmp_path.glob("*.pkl"))) == 2


def test_spoiled_entry_is_read_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXTRACTOR_READINGS", str(tmp_path))
    pages = read(PDF).pages
    (kept,) = tmp_path.glob("*.pkl")
    kept.write_bytes(b"rubbish")
    assert read(PDF).pages == pages


def test_nothing_is_kept_without_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    read(PDF)
    assert list(tmp_path.iterdir()) == []


def test_locked_files_and_own_limits_are_asked_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXTRACTOR_READINGS", str(tmp_path))
    read(PDF, password="khoa")
    read(PDF, limits=Limits(pages=100))
    assert list(tmp_path.iterdir()) == []
