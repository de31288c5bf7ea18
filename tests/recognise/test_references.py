"""Cited documents: merging, conflicts, the document itself, evidence, what the picture adds."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from extractor import ruleset
from extractor.document import BBox, Document, Page, Picture, Reading, Span, Word
from extractor.layout import arrange
from extractor.layout.arrange import from_text
from extractor.recognise import citation_handwriting, citation_verify
from extractor.recognise.base import Finding, Found, Leaf
from extractor.recognise.references import find

RULES = ruleset.load()


def _known(**values: str) -> Found:
    return Found([Finding.scalar(name, Leaf(value, (), "test")) for name, value in values.items()])


def _cited(text: str, known: Found | None = None) -> Found:
    return find(from_text(text, RULES, "body"), RULES, known or Found())


def _values(found: Found) -> list[tuple[str | None, str | None]]:
    return [(finding.value["identifier"], finding.value["issued_on"]) for finding in found.findings]


def test_one_document_named_three_times_is_one() -> None:
    found = _cited(
        "Căn cứ Quyết định số 490/QĐ-TTg ngày 07/5/2018 của Thủ tướng Chính phủ;\n\n"
        "Quyết định 490/QĐ-TTg đặt ra mục tiêu. Theo Quyết định số 490/QĐ-TTg, các xã chọn sản phẩm."
    )
    assert _values(found) == [("490/QĐ-TTg", "2018-05-07")]
    assert found.findings[0].value["role"] == "basis"
    assert found.problems == []


def test_two_dates_are_a_conflict() -> None:
    found = _cited(
        "Quyết định số 1048/QĐ-TTg ngày 20/8/2019 của Thủ tướng Chính phủ. "
        "Quyết định số 1048/QĐ-TTg ngày 21/8/2019 của Thủ tướng Chính phủ."
    )
    (problem,) = found.problems
    assert problem.code == "reference-date-conflict"
    assert "20/08/2019" in problem.message
    assert "21/08/2019" in problem.message
    assert len(problem.spans) == 2
    assert problem.about == (found.findings[0],)


def test_numbers_begin_again_each_year() -> None:
    found = _cited(
        "Quyết định số 12/QĐ-UBND ngày 05/01/2022 của UBND tỉnh về giao chỉ tiêu năm 2022; "
        "Quyết định số 12/QĐ-UBND ngày 07/01/2023 của UBND tỉnh về giao chỉ tiêu năm 2023."
    )
    assert _values(found) == [("12/QĐ-UBND", "2022-01-05"), ("12/QĐ-UBND", "2023-01-07")]
    assert found.problems == []


@pytest.mark.parametrize(
    "text",
    [
        "Kế hoạch số 122/KH-UBND này được gửi các xã.",
        "(Kèm theo Kế hoạch số     /KH-UBND ngày 14/4/2021 của UBND tỉnh)",
        "(Kèm theo Kế hoạch số 127/KH-UBND ngày 14/4/2021 của UBND tỉnh)",
    ],
)
def test_never_the_document_itself(text: str) -> None:
    known = _known(identifier="122/KH-UBND", number="122", symbol="KH-UBND", issued_on="2021-04-14")
    assert _cited(text, known).findings == []


def test_the_same_number_of_another_year_is_another_document() -> None:
    known = _known(identifier="11/CT-UBND", number="11", symbol="CT-UBND", issued_on="2024-09-11")
    assert _values(_cited("Chỉ thị số 11/CT-UBND ngày 06/9/2023 của UBND tỉnh", known)) == [
        ("11/CT-UBND", "2023-09-06")
    ]


def test_a_neighbour_number_is_another_document() -> None:
    known = _known(identifier="88/QĐ-UBND", number="88", symbol="QĐ-UBND", issued_on="2025-02-05")
    assert _values(_cited("Căn cứ Quyết định số 87/QĐ-UBND ngày 05/02/2025 của UBND tỉnh", known)) == [
        ("87/QĐ-UBND", "2025-02-05")
    ]


def test_evidence_lies_where_it_says() -> None:
    text = "Căn cứ Nghị định số 30/2O20/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về công tác văn thư;"
    document = from_text(text, RULES, "body")
    (finding,) = find(document, RULES, Found()).findings
    raw = {name: [document.raw(span) for span in leaf.spans] for name, leaf in finding.leaves.items()}
    assert raw == {
        "doc_type": ["Nghị định"],
        "identifier": ["30/2O20/NĐ-CP"],
        "issued_on": ["ngày 05 tháng 3 năm 2020"],
        "agency": ["Chính phủ"],
        "subject": ["về công tác văn thư"],
        "role": ["Căn cứ"],
    }
    assert finding.leaves["identifier"].value == "30/2020/NĐ-CP"
    assert finding.leaves["identifier"].reasons


def test_a_sentence_goes_on_over_a_page_number() -> None:
    document = _pages(["thực hiện nghiêm Quy định số"], ["205-QĐ/TW ngày 23/9/2019 của Bộ Chính trị về kiểm soát"])
    assert _values(find(document, RULES, Found())) == [("205-QĐ/TW", "2019-09-23")]


def _pages(*pages: list[str], confidence: float = 0.95, picture: bool = False) -> Document:
    made = []
    for number, lines in enumerate(pages, 1):
        words = []
        for row, line in enumerate(lines):
            x, top = 90.0, 120.0 + 24 * row
            for text in line.split():
                words.append(Word(text, BBox(x, top, x + 6 * len(text), top + 12), confidence))
                x += 6 * len(text) + 5
        made.append(Page(number, 595.0, 842.0, "ocr", words=tuple(words), mean_confidence=confidence))
    pixels = np.full((1000, 800, 3), 255, np.uint8)
    shot = (lambda _: Picture(pixels, 72.0)) if picture else None
    return arrange(Reading("a.pdf", "0", "application/pdf", tuple(made), picture=shot), RULES)


class _Voice:
    """A second reader that always spells the same."""

    def __init__(self, spelling: str) -> None:
        self.spelling = spelling

    def look(self, line: object) -> str:
        return self.spelling

    def text(self, look: str) -> str:
        return look


@pytest.mark.parametrize(
    ("confidence", "spelling", "identifier", "doubted"),
    [
        (0.5, "54/QD-UBND", "54/QĐ-UBND", True),
        (0.85, "54/QD-UBND", "34/QĐ-UBND", True),
        (0.95, "54/QD-UBND", "34/QĐ-UBND", False),
        (0.5, "34/QD-UBND", "34/QĐ-UBND", False),
        (0.5, "534/QD-UBND", "34/QĐ-UBND", False),
    ],
)
def test_doubtful_digits_are_read_again(
    monkeypatch: pytest.MonkeyPatch, confidence: float, spelling: str, identifier: str, doubted: bool
) -> None:
    monkeypatch.setattr(citation_verify, "broad_reader", lambda: _Voice(spelling))
    document = _pages(["Căn cứ Quyết định số 34/QĐ-UBND của UBND tỉnh"], confidence=confidence, picture=True)
    found = find(document, RULES, Found())
    assert [value for value, _ in _values(found)] == [identifier]
    assert [problem.code for problem in found.problems] == ["low-confidence"] * doubted


def test_the_second_reader_is_not_loaded_for_a_born_digital_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def load() -> None:
        raise AssertionError("loaded")

    monkeypatch.setattr(citation_verify, "broad_reader", load)
    monkeypatch.setattr(citation_handwriting, "broad_reader", load)
    scanned = _pages(["Căn cứ Quyết định số 34/QĐ-UBND của UBND tỉnh"], confidence=0.5, picture=True)
    digital = replace(scanned, pages=tuple(replace(page, text_source="embedded") for page in scanned.pages))
    assert [value for value, _ in _values(find(digital, RULES, Found()))] == ["34/QĐ-UBND"]


def test_a_handwritten_number_needs_certainty_or_an_echo(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = ["Căn cứ Quyết định số ẾT /QĐ-UBND ngày 05/02/2025 của UBND tỉnh;"]
    for share, identifier in ((0.95, "87/QĐ-UBND"), (0.7, None)):
        monkeypatch.setattr(citation_handwriting, "_read", lambda *_, share=share: ("87", share))
        found = find(_pages(lines), RULES, Found())
        assert [value for value, _ in _values(found)] == [identifier]
    assert [problem.code for problem in found.problems] == ["reference-number-unreadable"]
    echoed = find(_pages([*lines, "Quyết định số đ7 /QĐ-UBND ngày 05/02/2025 đã nêu"]), RULES, Found())
    assert [value for value, _ in _values(echoed)] == ["87/QĐ-UBND"]


def test_names_that_ocr_hurt_are_put_right_and_told() -> None:
    document = _pages(["Nghị định số 118/2025/NĐ-CP ngày 09/6/2025 của Chính phi về thủ tục hành chính"])
    (finding,) = find(document, RULES, Found()).findings
    agency = finding.leaves["agency"]
    assert agency.value == "Chính phủ"
    assert agency.reasons
    assert document.raw(agency.spans[0]) == "Chính phi"


def test_names_of_a_text_file_are_left_as_written() -> None:
    (finding,) = _cited("Tờ trình số 12/TTr-SNV ngày 30/12/2024 của Giám độc Sở Nội vụ").findings
    assert finding.value["agency"] == "Giám độc Sở Nội vụ"


def test_digit_strings_of_a_citation() -> None:
    document = _pages(["theo Quyết định số 34/QĐ-UBND ngày 05/02/2025 của UBND tỉnh"])
    start = document.text.index("34/")
    texts = [word.text for word in citation_verify.digit_strings(document, Span(start, len(document.text)))]
    assert texts == ["34/QĐ-UBND", "05/02/2025"]
