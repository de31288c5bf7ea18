"""Shared by all tests: kept OCR readings, samples, the development corpus where there is one."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "samples"
CORPUS = ROOT.parent / "shared" / "corpus"

os.environ.setdefault("OMP_THREAD_LIMIT", "1")
os.environ.setdefault("EXTRACTOR_READINGS", str(ROOT / ".cache" / "readings"))


def sample_sources() -> list[Path]:
    """The source files of all shipped samples."""
    return sorted(path for path in SAMPLES.glob("*/source.*") if not path.name.endswith(".gold.json"))


def seed_sources() -> list[Path]:
    """The texts of the development corpus; none where it does not lie beside the checkout."""
    return sorted((CORPUS / "seeds").glob("*.txt"))


@pytest.fixture(scope="session")
def result_of() -> Callable[[Path], dict[str, Any]]:
    """A file's result as plain JSON values, read once a session."""
    from extractor import pipeline

    known: dict[Path, dict[str, Any]] = {}

    def read(path: Path) -> dict[str, Any]:
        if path not in known:
            known[path] = pipeline.run(path).to_dict()
        return known[path]

    return read


@pytest.fixture(scope="session")
def samples() -> Path:
    """The folder of samples."""
    return SAMPLES
