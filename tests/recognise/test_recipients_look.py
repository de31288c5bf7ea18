"""Lines of the recipients' block that the page's reading lost, read again in the block alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from extractor.document import BBox, Document
from extractor.recognise import recipients, second_look
from extractor.recognise.base import Found
from extractor.recognise.segments import Segment, from_words
from tests.recognise.signing import RULES, Row, page_document, words_of

LABEL: Row = (70, 300, "Nơi nhận:")
FIRST: Row = (70, 316, "- Như Điều 3;")
SECOND: Row = (70, 332, "- Sở Mẫu và các đơn vị;")
FILE: Row = (70, 348, "- Lưu: VT.")
RIGHT: tuple[Row, ...] = ((380, 300, "CHỦ TỊCH"), (370, 400, "Trần Văn Bình"))


class Looks:
    """Stands for the picture: gives one reading and counts how often it is asked."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *rows: Row) -> None:
        self.rows, self.asked = rows, 0
        monkeypatch.setattr(second_look, "column", self.column)
        monkeypatch.setattr(second_look, "line", lambda document, segment: None)

    def column(self, document: Document, page: int, box: BBox) -> Iterator[list[Segment]]:
        self.asked += 1
        yield from_words(words_of(self.rows), page)


def values(*rows: Row) -> list[str]:
    document = replace(page_document((*rows, *RIGHT)), picture=lambda page: None)  # type: ignore[arg-type, return-value]
    return [str(f.value) for f in recipients.find(document, RULES, Found()).findings]


def test_a_gap_below_the_label_is_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    looks = Looks(monkeypatch, LABEL, FIRST, SECOND, FILE)
    assert values(LABEL, SECOND, FILE) == ["Như Điều 3", "Sở Mẫu và các đơn vị", "Lưu: VT."]
    assert looks.asked == 1


def test_the_copy_for_the_file_is_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    Looks(monkeypatch, LABEL, FIRST, SECOND, FILE)
    assert values(LABEL, FIRST, SECOND)[-1] == "Lưu: VT."


def test_a_whole_block_is_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    looks = Looks(monkeypatch)
    assert values(LABEL, FIRST, SECOND, FILE) == ["Như Điều 3", "Sở Mẫu và các đơn vị", "Lưu: VT."]
    assert looks.asked == 0


def test_a_scrap_gives_way_to_the_line_it_came_from(monkeypatch: pytest.MonkeyPatch) -> None:
    Looks(monkeypatch, LABEL, FIRST, SECOND, FILE)
    assert values(LABEL, (82, 316, "sử", 0.3), SECOND, FILE)[0] == "Như Điều 3"


def test_what_hardly_anyone_is_sure_of_is_not_put_in(monkeypatch: pytest.MonkeyPatch) -> None:
    Looks(monkeypatch, LABEL, (70, 316, "- Nhr Dieu;", 0.3), SECOND, FILE)
    assert values(LABEL, SECOND, FILE) == ["Sở Mẫu và các đơn vị", "Lưu: VT."]
