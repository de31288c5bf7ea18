"""What read a document: another OCR model is another reading."""

from __future__ import annotations

import pytest

from extractor.store.fingerprint import pipeline_fingerprint


def test_the_ocr_model_that_was_asked_for_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("EXTRACTOR_OCR_MODEL", raising=False)
    default = pipeline_fingerprint()
    assert pipeline_fingerprint() == default
    monkeypatch.setenv("EXTRACTOR_OCR_MODEL", "vie")
    assert pipeline_fingerprint() != default
