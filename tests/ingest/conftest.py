"""Reading is tested without kept readings."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def _no_kept_readings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("EXTRACTOR_READINGS", raising=False)
