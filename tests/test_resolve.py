"""Evidence or a reason for every value."""

from extractor import ruleset
from extractor.document import Document, Span
from extractor.recognise.base import Finding, Found, Leaf, Problem
from extractor.resolve import resolve

TEXT = "Số: 122/KH-UBND\n34 sản phẩm đạt 4 sao\n"
DOCUMENT = Document("a.txt", "0" * 64, "text/plain", (), TEXT, original=TEXT)


def _leaf(value: object, start: int, end: int) -> Leaf:
    return Leaf(value, (Span(start, end),), "test.rule")


def test_the_best_score_wins() -> None:
    found = Found([Finding.scalar("number", _leaf("1", 4, 5), 0.2), Finding.scalar("number", _leaf("122", 4, 7), 0.9)])
    record, evidence, _ = resolve(DOCUMENT, found, ruleset.load())
    assert record.number == "122"
    assert evidence["/number"].raw == "122"
    assert evidence["/number"].span == (4, 7)


def test_each_star_has_its_evidence() -> None:
    count = Finding("star_counts", {"stars": _leaf([3, 4], 32, 37), "count": _leaf(34, 16, 18)})
    record, evidence, _ = resolve(DOCUMENT, Found([count]), ruleset.load())
    assert record.star_counts[0].stars == [3, 4]
    assert set(evidence) == {"/star_counts/0/stars/0", "/star_counts/0/stars/1", "/star_counts/0/count"}


def test_a_null_field_is_explained_once() -> None:
    blank = Problem("number-blank", "warning", "Số văn bản để trống.", ("/number",), (Span(0, 3),))
    _, _, issues = resolve(DOCUMENT, Found([], [blank]), ruleset.load())
    by_pointer = [pointer for issue in issues for pointer in issue.pointers]
    assert sorted(by_pointer) == sorted(
        f"/{name}"
        for name in ("agency", "doc_type", "identifier", "issued_at", "issued_on", "number", "subject", "symbol")
    )
    assert issues[0].span == (0, 3)


def test_a_problem_points_at_its_finding() -> None:
    first = Finding.scalar("recipients", _leaf("VT", 0, 2))
    second = Finding.scalar("recipients", _leaf("NN", 0, 2))
    problem = Problem("low-confidence", "warning", "Kiểm tra lại.", about=(second,))
    _, _, issues = resolve(DOCUMENT, Found([first, second], [problem]), ruleset.load())
    assert issues[0].pointers == ["/recipients/1"]
