"""The samples: what their specs say is what comes out, and the generator makes more of them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from extractor.evaluate.gold import read_gold
from extractor.evaluate.score import score
from samples.generator import Spec, load, produce
from samples.generator.truth import kind_of, stars
from tests.conftest import SAMPLES, sample_sources

EXACT = ("doc_type", "number", "symbol", "identifier", "issued_on", "issued_at", "subject", "recipients")
BORN_DIGITAL = [path for path in sample_sources() if path.parent.name.endswith(("-pdf", "-docx"))]


def small_spec() -> Spec:
    return Spec.from_dict(
        {
            "id": "x",
            "agency": ["ỦY BAN NHÂN DÂN", "HUYỆN HỮU LŨNG"],
            "symbol": "KH-UBND",
            "place": "Hữu Lũng",
            "date": "2023-07",
            "type_word": "KẾ HOẠCH",
            "subject": "Kiểm tra sản phẩm",
            "signature": ["CHỦ TỊCH"],
            "signer": "Vi Đình Khoát",
            "truth": {},
            "body": [
                {
                    "table": {
                        "products": {"status": "recognized"},
                        "columns": [{"title": "Tên", "key": "name"}, {"title": "Chủ thể", "key": "producer"}],
                        "rows": [["Mật ong", "HTX Suối Mây"], ["Sáp ong", None]],
                    }
                }
            ],
        }
    )


@pytest.mark.parametrize("path", BORN_DIGITAL, ids=lambda path: path.parent.name)
def test_a_born_digital_sample_is_read_without_fault(path: Path, result_of: Callable[[Path], dict[str, Any]]) -> None:
    gold = read_gold(path.parent / "source.gold.json", path.parent)
    result = result_of(path)
    codes = [issue["code"] for issue in result["issues"]]
    wrong = [one for one in score(gold, result["record"], {}, codes) if not one.soft]
    assert not wrong
    expected = json.loads((path.parent / "expected.json").read_text(encoding="utf-8"))
    assert {name: result["record"][name] for name in EXACT} == {name: expected["record"][name] for name in EXACT}


def test_every_sample_is_listed_with_its_purpose() -> None:
    text = (SAMPLES / "README.md").read_text(encoding="utf-8")
    assert [path.parent.name for path in sample_sources() if f"`{path.parent.name}`" not in text] == []


def test_samples_stay_small() -> None:
    assert sum(path.stat().st_size for path in SAMPLES.glob("*/source.*")) < 8_000_000


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("specs/*.yaml")), ids=lambda path: path.stem)
def test_truth_on_disk_is_the_truth_of_the_spec(path: Path) -> None:
    from samples.generator.truth import gold

    for render in load(path).renders:
        folder = SAMPLES / render["id"]
        kept = json.loads((folder / "source.gold.json").read_text(encoding="utf-8"))
        assert kept == gold(load(path), kept["source"], scanned=render["kind"] == "scan")


def test_blank_parts_of_a_form_are_true_as_blank() -> None:
    spec = small_spec()
    assert spec.identifier == "/KH-UBND"
    assert spec.date_parts == ("      ", "7", "2023")


def test_truth_of_a_table_inherits_merged_cells(tmp_path: Path) -> None:
    produce(small_spec(), tmp_path, "docx")
    gold = json.loads((tmp_path / "source.gold.json").read_text(encoding="utf-8"))
    assert [product["producer"] for product in gold["products"]] == ["HTX Suối Mây"] * 2
    assert gold["producers"] == [{"name": "HTX Suối Mây", "kind": "cooperative"}]
    assert gold["warnings"] == ["number-blank", "date-incomplete"]


@pytest.mark.parametrize("degrade", ["clean", "copy"])
def test_a_scan_has_pictures_and_no_text(degrade: str, tmp_path: Path) -> None:
    path = produce(small_spec(), tmp_path, "scan", degrade=degrade)
    document = pypdfium2.PdfDocument(path)
    assert len(document) == 1
    assert document[0].get_textpage().count_chars() == 0
    document.close()


def test_a_scan_is_the_same_for_the_same_seed(tmp_path: Path) -> None:
    first = produce(small_spec(), tmp_path / "a", "scan", seed=4, suffix=".png").read_bytes()
    assert first == produce(small_spec(), tmp_path / "b", "scan", seed=4, suffix=".png").read_bytes()
    assert first != produce(small_spec(), tmp_path / "c", "scan", seed=5, suffix=".png").read_bytes()


def test_cells_as_printed() -> None:
    assert [stars(text) for text in ("4", "Hạng 4 sao", "★★★", "Ba sao", "3*")] == [4, 4, 3, 3, 3]
    assert kind_of("HTX Nông nghiệp A") == "cooperative"
    assert kind_of("Trường học B") == "other"
