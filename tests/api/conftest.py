"""A service in process over an SQLite store, with a reader that needs no OCR."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from extractor.errors import CorruptError, EncryptedError
from extractor.store import Store
from extractor.work import Crew

REGION = {"page": 1, "bbox": [100.0, 100.0, 200.0, 120.0]}


class PlainReader:
    """Reads a JSON file of record values as the document that it describes; stands in for the child process."""

    def __init__(self) -> None:
        self.hold = threading.Event()
        self.hold.set()

    def extract(self, path: Path, password: str | None, filename: str) -> dict[str, Any]:
        assert self.hold.wait(20)
        if path.read_bytes().startswith(b"locked") and password != "mở":
            raise EncryptedError("Tệp có mật khẩu.", hint="Nhập mật khẩu.")
        try:
            record = json.loads(path.read_bytes().removeprefix(b"locked"))
        except ValueError as error:
            raise CorruptError("Tệp hỏng.", hint="Gửi lại.") from error
        return make_result(record, filename)

    def close(self) -> None:
        pass


def make_result(record: dict[str, Any], filename: str = "a.json") -> dict[str, Any]:
    text = json.dumps(record, ensure_ascii=False)
    found: dict[str, Any] = {}
    for name, value in record.items():
        if isinstance(value, str):
            start = text.find(value)
            found[f"/{name}"] = _evidence(value, (start, start + len(value)))
    for number, product in enumerate(record.get("products", ())):
        for part in product:
            found[f"/products/{number}/{part}"] = _evidence(str(product[part]), None)
    page = {"number": 1, "width": 0.0, "height": 0.0, "text_source": "embedded", "rotation": 0, "skew": 0.0,
            "mean_confidence": None}  # fmt: skip
    empty = {name: [] for name in ("addressees", "signers", "recipients", "references", "producers", "star_counts")}
    blank = dict.fromkeys(("doc_type", "number", "symbol", "identifier", "issued_on", "issued_at", "agency", "subject"))
    return {
        "schema": "1.0",
        "source": {"filename": filename, "sha256": "0" * 64, "media_type": "text/plain", "pages": [page]},
        "record": blank | empty | {"products": []} | record,
        "evidence": found,
        "issues": [],
        "engine": {"version": "1", "rules": "r", "ocr": "none", "models": "none", "seconds": {}},
        "text": text,
    }


def _evidence(raw: str, span: tuple[int, int] | None) -> dict[str, Any]:
    return {"confidence": 0.8, "rule": "x.y", "reasons": [], "raw": raw, "regions": [], "span": span and list(span)}


@pytest.fixture
def reader() -> PlainReader:
    return PlainReader()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(cache=tmp_path / "cache", min_free=0)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(f"sqlite:///{tmp_path}/store.sqlite", fingerprint="rules-1")
    yield opened
    opened.close()


@pytest.fixture
def make_client(store: Store, reader: PlainReader, settings: Settings) -> Iterator[Callable[..., TestClient]]:
    opened: list[TestClient] = []

    def make(**changes: Any) -> TestClient:
        crew = Crew(store, lambda: reader, 2)
        app = create_app(store, replace(settings, **changes), crew)
        client = TestClient(app, base_url="http://localhost", raise_server_exceptions=False)
        client.__enter__()
        opened.append(client)
        return client

    yield make
    reader.hold.set()
    for client in opened:
        client.__exit__(None, None, None)


@pytest.fixture
def client(make_client: Callable[..., TestClient]) -> TestClient:
    return make_client()


@pytest.fixture
def send(client: TestClient) -> Callable[..., str]:
    """Uploads a record as a document and waits until it is read; gives its id."""

    def send_it(name: str = "a.json", **record: Any) -> str:
        content = json.dumps(record, ensure_ascii=False).encode()
        answer = client.post("/v1/documents", params={"wait": 20}, files={"files": (name, content)})
        assert answer.status_code == 200, answer.text
        return answer.headers["location"].rsplit("/", 1)[-1]

    return send_it
