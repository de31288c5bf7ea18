"""`extractor export` and `extractor status`."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from extractor.cli import main
from extractor.errors import CorruptError
from extractor.store import Store


def result(number: str) -> dict[str, Any]:
    return {
        "schema": "1.0",
        "source": {"filename": f"{number}.txt", "sha256": number * 64, "media_type": "text/plain", "pages": []},
        "record": {"number": number, "issued_on": "2021-04-14", "products": [{"name": "Gạo", "stars": 4}]},
        "evidence": {},
        "issues": [],
        "engine": {"version": "1", "rules": "r", "ocr": "o", "models": "m", "seconds": {}},
    }


@pytest.fixture
def url(tmp_path: Path) -> str:
    address = f"sqlite:///{tmp_path}/s.sqlite"
    store = Store.open(address, fingerprint="f")
    for number in "123":
        store.accept(number.encode(), f"{number}.txt")
        job = store.claim("w")
        assert job is not None
        if number == "3":
            store.fail(job, CorruptError("Tệp hỏng.", hint="Quét lại."))
        else:
            store.finish(job, result(number))
    store.correct(store.documents().items[1].id, [{"op": "replace", "path": "/number", "value": "20"}], "an")
    store.close()
    return address


def test_json_lines_are_as_read_unless_asked(url: str, tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"
    assert main(["export", "--db", url, "--out", str(target)]) == 0
    assert [json.loads(line) for line in target.read_text("utf-8").splitlines()] == [result("1"), result("2")]
    assert main(["export", "--db", url, "--out", str(target), "--corrected", "--stars", "4"]) == 0
    numbers = [json.loads(line)["record"]["number"] for line in target.read_text("utf-8").splitlines()]
    assert numbers == ["1", "20"]


def test_tables_are_as_corrected(url: str, tmp_path: Path) -> None:
    assert main(["export", "--db", url, "--format", "csv", "--out", str(tmp_path / "csv")]) == 0
    text = (tmp_path / "csv/documents.csv").read_bytes()
    assert text.startswith(b"\xef\xbb\xbf")
    assert [row["number"] for row in csv.DictReader(text.decode("utf-8-sig").splitlines())] == ["1", "20"]
    assert main(["export", "--db", url, "--format", "xlsx", "--out", str(tmp_path / "a.xlsx")]) == 0
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert len(book.sheetnames) == 6


def test_status_names_what_failed(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["status", "--db", url, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["statuses"] == {"queued": 0, "running": 0, "done": 2, "failed": 1}
    assert told["failed"][0]["message"] == "Tệp hỏng. Quét lại."
    assert main(["status", "--db", url]) == 0
    assert "3.txt" in capsys.readouterr().out
