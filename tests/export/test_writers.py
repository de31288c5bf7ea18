from __future__ import annotations

import copy
import csv
import datetime
import io
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from extractor.export import FORMATS, TABLES, open_writer, rows

RESULT: dict[str, Any] = {
    "schema": "1.0",
    "source": {"filename": "a.pdf", "sha256": "ab" * 32, "media_type": "application/pdf", "pages": [{"number": 1}]},
    "record": {
        "doc_type": "QĐ",
        "number": "08",
        "symbol": "QĐ-UBND",
        "identifier": "08/QĐ-UBND",
        "issued_on": "2022-12-09",
        "agency": {"name": "Ủy ban nhân dân huyện An Sơn", "parent": None, "place": None},
        "subject": "=1+1",
        "recipients": ["Như trên", "Lưu: VT."],
        "signers": [{"name": "Vi Đình Khoát", "position": "Chủ tịch"}],
        "references": [{"doc_type": "NĐ", "identifier": "30/2020/NĐ-CP", "issued_on": "2020-03", "role": "basis"}],
        "products": [{"name": "Mật ong", "producer": "HTX Suối Mây", "stars": 4, "points": 72.5}],
        "producers": [{"name": "HTX Suối Mây", "kind": "cooperative"}],
        "star_counts": [{"stars": [3, 4], "count": 9, "comparison": "=", "unit": "product"}],
    },
    "evidence": {"/number": {"confidence": 0.7}, "/symbol": {"confidence": 0.9}},
    "issues": [
        {"code": "sum-mismatch", "severity": "warning", "pointers": ["/star_counts/0"], "message": "x", "regions": []}
    ],
}


def write(kind: str, target: Path | io.BytesIO, count: int = 1) -> None:
    with open_writer(kind, target) as writer:
        for _ in range(count):
            writer.write(copy.deepcopy(RESULT))


@pytest.mark.parametrize("kind", FORMATS)
def test_every_format_takes_no_result_at_all(kind: str) -> None:
    write(kind, io.BytesIO(), 0)


def test_json_object_or_array() -> None:
    for count, shape in ((1, dict), (3, list)):
        stream = io.BytesIO()
        write("json", stream, count)
        assert isinstance(json.loads(stream.getvalue()), shape)


def test_tables_cover_the_columns_that_they_promise() -> None:
    for table in TABLES:
        for row in rows(table, RESULT):
            assert set(row) == set(table.columns), table.name


def test_csv_folder_has_a_file_a_table(tmp_path: Path) -> None:
    write("csv", tmp_path / "out", 2)
    assert sorted(path.stem for path in (tmp_path / "out").iterdir()) == sorted(table.name for table in TABLES)
    text = (tmp_path / "out" / "products.csv").read_text(encoding="utf-8-sig")
    assert [row["producer"] for row in csv.DictReader(io.StringIO(text))] == ["HTX Suối Mây"] * 2


def test_csv_runs_no_formula(tmp_path: Path) -> None:
    write("csv", tmp_path / "out")
    text = (tmp_path / "out" / "documents.csv").read_text(encoding="utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text))
    assert row["subject"] == "'=1+1"
    assert row["number"] == "08"
    assert row["recipients"] == "Như trên; Lưu: VT."
    assert row["lowest_confidence"] == "0.7"


def test_xlsx_has_real_dates_numbers_and_text(tmp_path: Path) -> None:
    write("xlsx", tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    sheets = {table.name: list(book[table.title].iter_rows(values_only=True)) for table in TABLES}
    tables = {table.name: table for table in TABLES}

    def cell(name: str, column: str) -> Any:
        return sheets[name][1][list(tables[name].columns).index(column)]

    assert cell("documents", "issued_on") == datetime.datetime(2022, 12, 9)
    assert cell("references", "issued_on") == "2020-03", "a partial date stays as it is"
    assert cell("documents", "number") == "08"
    assert cell("documents", "subject") == "=1+1"
    assert cell("products", "points") == 72.5
    assert cell("star_counts", "stars") == "3, 4"
    titled = book["Văn bản"]
    column = list(tables["documents"].columns).index("subject") + 1
    assert titled.cell(2, column).data_type == "s", "text, not a formula"


def test_xlsx_goes_on_in_another_sheet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extractor.export.xlsx._MOST_ROWS", 3)
    target = io.BytesIO()
    write("xlsx", target, count=5)
    book = openpyxl.load_workbook(target)
    sheets = [name for name in book.sheetnames if name.startswith("Văn bản") and "viện dẫn" not in name]
    assert sheets == ["Văn bản", "Văn bản 2", "Văn bản 3"]
    assert [book[name].max_row for name in sheets] == [3, 3, 2]
    assert len({book[name]["A1"].value for name in sheets}) == 1
