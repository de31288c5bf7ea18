"""What holds of every result: evidence proves what it says, and nothing is missing without a reason."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractor import ingest, pipeline
from extractor.document import BBox, Page, Word
from extractor.errors import InputError
from tests.conftest import sample_sources, seed_sources

EXPLAINED = ("doc_type", "number", "symbol", "identifier", "issued_on", "issued_at", "agency", "subject")
SOURCES = [*sample_sources(), *seed_sources()]
Result = dict[str, Any]


def leaves(value: Any, pointer: str = "") -> Iterator[str]:
    """The JSON Pointers of all non-null leaves."""
    if isinstance(value, dict):
        for name, item in value.items():
            yield from leaves(item, f"{pointer}/{name}")
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from leaves(item, f"{pointer}/{index}")
    elif value is not None:
        yield pointer


def implied(pointer: str) -> bool:
    """Attributes with a default that needs no words on the page (a reference is a mention unless it is a basis)."""
    return pointer.startswith("/references/") and pointer.endswith("/role")


def check_complete(result: Result) -> None:
    pointers = [pointer for pointer in leaves(result["record"]) if not implied(pointer)]
    assert [pointer for pointer in pointers if pointer not in result["evidence"]] == []
    spoken = {pointer for issue in result["issues"] for pointer in issue["pointers"]}
    silent = [name for name in EXPLAINED if result["record"][name] is None and f"/{name}" not in spoken]
    assert silent == [], "a null header field has an issue"
    for proof in result["evidence"].values():
        assert 0 <= proof["confidence"] <= 1
        assert proof["raw"]
        assert proof["rule"]


def compact(text: str) -> str:
    """Letters, digits and slashes: specks that layout leaves out of the text stand in the boxes too."""
    return "".join(sign for sign in unicodedata.normalize("NFC", text) if sign.isalnum() or sign == "/")


def inside(page: Page, box: tuple[float, float, float, float]) -> list[Word]:
    cells = [word for table in page.tables for cell in table.cells for word in cell.words]
    words = {word for word in (*page.words, *cells) if BBox(*box).contains(word.bbox)}
    return sorted(words, key=lambda word: word.bbox.x0)


def check_boxes(result: Result, pages: dict[int, Page]) -> None:
    """The words inside the boxes say what `raw` says, unless a reason says that the picture was read again."""
    for pointer, proof in result["evidence"].items():
        assert proof["regions"], f"{pointer} stands nowhere"
        for region in proof["regions"]:
            page, (x0, top, x1, bottom) = pages[region["page"]], region["bbox"]
            assert -1 <= x0 <= x1 <= page.width + 1
            assert -1 <= top <= bottom <= page.height + 1
        if any("ảnh" in reason for reason in proof["reasons"]):
            continue
        said = compact("".join(w.text for r in proof["regions"] for w in inside(pages[r["page"]], r["bbox"])))
        for part in proof["raw"].split(" … "):
            assert compact(part) in said, f"{pointer}: {part!r} is not in its boxes"


def check_spans(result: Result, text: str) -> None:
    """The text at the span is `raw`, or opens and closes with its parts."""
    for pointer, proof in result["evidence"].items():
        assert proof["regions"] == []
        assert proof["span"] is not None, pointer
        start, end = proof["span"]
        parts = proof["raw"].split(" … ")
        said = text[start:end]
        if len(parts) == 1:
            assert said == proof["raw"], pointer
        for part in parts:
            assert part in said, pointer


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_invariants(path: Path, result_of: Callable[[Path], Result]) -> None:
    result = result_of(path)
    reading = ingest.read(path)
    check_complete(result)
    if reading.text is None:
        check_boxes(result, {page.number: page for page in reading.pages})
    else:
        check_spans(result, reading.text)


PHRASES = st.sampled_from(
    [
        "ỦY BAN NHÂN DÂN\nTỈNH AN SƠN",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Số: 12/BC-UBND",
        "Số:     /QĐ-UBND",
        "An Sơn, ngày 5 tháng 3 năm 2022",
        "An Sơn, ngày    tháng    năm 2021",
        "BÁO CÁO\nKết quả năm 2021",
        "Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ;",
        "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n\nVi Đình Khoát",
        "Nơi nhận:\n- Như trên;\n- Lưu: VT.",
        "có 12 sản phẩm OCOP đạt 3 sao, 5 sản phẩm 4 sao",
        "phấn đấu có ít nhất 3 sản phẩm 5 sao",
        "Mật ong Đèo Sương của HTX Suối Mây đạt 4 sao",
        *("sao2", "Ho\u0301a", "\u00a0", "\r\n", "\u00ad", "(1) … (2)", "./."),
    ]
)
TEXTS = st.lists(st.one_of(PHRASES, st.text(max_size=30)), min_size=1, max_size=14).map("\n".join)


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(text=TEXTS)
def test_any_text_has_a_proven_result(text: str) -> None:
    data = text.encode("utf-8", "surrogatepass")
    try:
        reading = ingest.read_bytes(data, "x.txt")
    except InputError:
        return
    result = pipeline.extract(reading).to_dict()
    check_complete(result)
    if reading.text is not None:
        check_spans(result, reading.text)
