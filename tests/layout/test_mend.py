"""Mended text keeps places and says what was read."""

from extractor import ruleset
from extractor.document import BBox, Page, Reading, Span, Word
from extractor.layout import arrange
from extractor.recognise.base import Finding, Found, Leaf
from extractor.resolve import resolve


def _reading(*rows: str, source: str = "ocr") -> Reading:
    words = tuple(
        Word(text, BBox(100 + 60 * column, 100 + 20 * row, 150 + 60 * column, 112 + 20 * row), 0.95)
        for row, line in enumerate(rows)
        for column, text in enumerate(line.split())
    )
    page = Page(1, 595, 842, source, mean_confidence=0.95, words=words)  # type: ignore[arg-type]
    return Reading("a.pdf", "0" * 64, "application/pdf", (page,))


def test_the_text_is_mended_and_the_print_kept() -> None:
    document = arrange(_reading("Quy định bồ sung về thị", "trần và đề thực hiện"), ruleset.load())
    assert "bổ sung" in document.text
    assert "thị\ntrấn" in document.text
    assert "để thực" in document.text
    assert document.printed is not None
    assert len(document.printed) == len(document.text)
    place = document.text.index("bổ")
    assert document.raw(Span(place, place + 7)) == "bồ sung"


def test_embedded_text_is_never_mended() -> None:
    document = arrange(_reading("Quy định bồ sung", source="embedded"), ruleset.load())
    assert "bồ sung" in document.text
    assert document.printed is None


def test_a_function_word_that_belongs_to_a_misread_neighbour_stays() -> None:
    document = arrange(_reading("những đề xuât của xã"), ruleset.load())
    assert "đề xuất" in document.text


def test_evidence_names_the_mending() -> None:
    document = arrange(_reading("Quy định bồ sung"), ruleset.load())
    start = document.text.index("bổ")
    found = Found([Finding.scalar("subject", Leaf("bổ sung", (Span(start, start + 7),), "test"))])
    _, evidence, _ = resolve(document, found, ruleset.load())
    assert evidence["/subject"].raw == "bồ sung"
    assert evidence["/subject"].reasons == ["Đọc được “bồ”, hiểu là “bổ” theo từ điển."]


def test_a_name_at_the_start_of_a_line_is_no_dictionary_word() -> None:
    document = arrange(_reading("Nguyễn Văn Mẫu"), ruleset.load())
    assert document.text == "Nguyễn Văn Mẫu"
