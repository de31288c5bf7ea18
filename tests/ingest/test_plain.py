"""Plain text in the encodings of the last thirty years."""

from __future__ import annotations

import unicodedata

import pytest
from viparse.normalize.tcvn3 import TCVN3

from extractor.errors import CorruptError, TooLargeError
from extractor.ingest import Limits, read_bytes

TEXT = "Số: 12/QĐ-UBND\n\nỦy ban nhân dân tỉnh ban hành quyết định công nhận sản phẩm của các chủ thể trong năm nay.\n"


def _tcvn3(text: str) -> bytes:
    letters = {new: old for old, new in TCVN3.pairs}
    return "".join(letters.get(char, char) for char in text.replace("Ủ", "ñ")).encode("latin-1")


def _cp1258(text: str) -> bytes:
    """Letters whole, tone marks apart, as Windows wrote them."""
    out = []
    for char in text:
        marks = unicodedata.normalize("NFD", char)
        tones = "".join(mark for mark in marks if mark in "\u0300\u0301\u0303\u0309\u0323")
        out.append(unicodedata.normalize("NFC", "".join(m for m in marks if m not in tones)) + tones)
    return "".join(out).encode("cp1258")


@pytest.mark.parametrize("name", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_unicode(name: str) -> None:
    assert read_bytes(TEXT.encode(name), "a.txt").text == TEXT


def test_windows_1258() -> None:
    assert read_bytes(_cp1258(TEXT), "a.txt").text == TEXT


def test_tcvn3() -> None:
    text = read_bytes(_tcvn3(TEXT), "a.txt").text
    assert text is not None
    assert (
        text.split("\n")[2]
        == "ủy ban nhân dân tỉnh ban hành quyết định công nhận sản phẩm của các chủ thể trong năm nay."
    )


def test_decomposed_text_stays_verbatim() -> None:
    text = unicodedata.normalize("NFD", TEXT)
    assert read_bytes(text.encode(), "a.txt").text == text


def test_one_page_without_a_size() -> None:
    (page,) = read_bytes(TEXT.encode(), "a.txt").pages
    assert (page.number, page.width, page.text_source) == (1, 0.0, "embedded")


def test_nothing_but_spaces() -> None:
    with pytest.raises(CorruptError, match="không có chữ"):
        read_bytes(b" \n\t \n", "a.txt")


def test_too_long() -> None:
    with pytest.raises(TooLargeError, match="quá giới hạn"):
        read_bytes(b"a" * 100, "a.txt", limits=Limits(text_chars=99))
