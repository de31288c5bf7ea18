from __future__ import annotations

from pathlib import Path

import pytest

from extractor.sandbox import Worker


def test_pages_are_told_as_they_are_read(samples: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("EXTRACTOR_READINGS", raising=False)  # a kept reading has no pages to tell
    told: list[tuple[int, int]] = []
    with Worker() as worker:
        path = samples / "ke-hoach-pdf" / "source.pdf"
        result = worker.extract(path, pages=lambda done, total: told.append((done, total)))
        assert told == [(1, 2), (2, 2)]
        assert worker.extract(path)["record"] == result["record"], "nobody listens the second time"
