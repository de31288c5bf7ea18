"""The same suite on SQLite and on a PostgreSQL that is started here, as a user who may run it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from extractor.store import Store
from tests.postgres import new_database, serve


@pytest.fixture(scope="session")
def postgresql() -> Iterator[int]:
    """Port of a running server."""
    with serve() as port:
        yield port


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/store.sqlite"
    port = request.getfixturevalue("postgresql")
    return f"postgresql://postgres@127.0.0.1:{port}/{new_database(port)}"


@pytest.fixture
def open_store(url: str, tmp_path: Path) -> Iterator[Callable[..., Store]]:
    """Opens the same store again and again, as several processes would."""
    opened: list[Store] = []

    def open_it(fingerprint: str = "rules-1") -> Store:
        opened.append(Store.open(url, tmp_path / "originals", fingerprint))
        return opened[-1]

    yield open_it
    for store in opened:
        store.close()


@pytest.fixture
def store(open_store: Callable[..., Store]) -> Store:
    return open_store()


@pytest.fixture
def result() -> Callable[..., dict[str, Any]]:
    return make_result


def make_result(**record: Any) -> dict[str, Any]:
    """A result of the contract around a record; the evidence of `subject` and of products points at page 1."""
    found = {"/subject": _evidence("V/v phân hạng")} if record.get("subject") else {}
    found |= {f"/products/{n}/name": _evidence(item["name"]) for n, item in enumerate(record.get("products", ()))}
    page = {"number": 1, "width": 595.0, "height": 842.0, "text_source": "ocr", "rotation": 0, "mean_confidence": 0.9}
    return {
        "schema": "1.0",
        "source": {"filename": "a.pdf", "sha256": "0" * 64, "media_type": "application/pdf", "pages": [page]},
        "record": record,
        "evidence": found,
        "issues": [],
        "engine": {"version": "1", "rules": "r", "ocr": "o", "models": "m", "seconds": {}},
    }


def _evidence(raw: str) -> dict[str, Any]:
    region = {"page": 1, "bbox": [10.0, 20.0, 30.0, 40.0]}
    return {"confidence": 0.8, "rule": "x.y", "reasons": [], "raw": raw, "regions": [region], "span": None}
