"""Text layers that lie, each with the mechanism that finds it out and without."""

# ruff: noqa: E501  (a trap is one line of a table)
from __future__ import annotations

import io
import unicodedata
from types import SimpleNamespace

import pikepdf
import pytest
import regex
from PIL import Image
from reportlab.pdfgen.canvas import Canvas
from viparse.normalize.tcvn3 import TCVN3
from viparse.normalize.vni import VNI

from extractor.document import BBox
from extractor.ingest import pdffile, pdfpage, pdfwords, read_bytes, stamps, trust
from extractor.text import legacy, normalise
from extractor.text.normalise import strip_marks
from samples.generator.fonts import register
from tests.ingest.build import add_widget, lines, pdf_of, saved
from tests.traps.make import changed, letter, pdf, pictures
from tests.traps.trap import Seen, Trap, both, check

WORDS = (
    "ỦY BAN NHÂN DÂN TỈNH HÀ GIANG", "SỞ CÔNG THƯƠNG", "Số: 999/KH-SCT", "Hà Giang, ngày 28 tháng 9 năm 2021",
    "KẾ HOẠCH", "Kiểm tra chất lượng nước sinh hoạt tại các xã vùng cao",
    "Sở Công Thương xây dựng kế hoạch kiểm tra chất lượng nước sinh hoạt và báo cáo kết quả trước ngày cuối cùng",
    "của quý để tổng hợp chung, các đơn vị có liên quan phối hợp thực hiện nghiêm túc kế hoạch này.",
)  # fmt: skip


def layered(texts: tuple[str, ...], mode: int, font: str = "serif") -> bytes:
    """The letter as a scan with lines of text set over its picture; render mode 3 is invisible."""
    register("serif")
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842))
    canvas.drawInlineImage(Image.fromarray(pictures(letter(), ink=True)[0]), 0, 0, 595, 842)
    text = canvas.beginText(60, 806)
    text.setFont(font, 9)
    text.setTextRenderMode(mode)
    for line in texts:
        text.textLine(line)
    canvas.drawText(text)
    canvas.save()
    return out.getvalue()


def broken_map() -> bytes:
    """Born digital, but the fonts say other letters than they draw."""

    def shift(document: pikepdf.Pdf) -> None:
        for font in document.pages[0].Resources.Font.values():
            if "/ToUnicode" in font:
                table = font.ToUnicode.read_bytes().decode("latin-1")
                font.ToUnicode = document.make_stream(_SHIFTED.sub(_shift, table).encode("latin-1"))

    return changed(pdf(letter()), shift)


_SHIFTED = regex.compile(r"(?<=<[0-9A-Fa-f]{2}> <[0-9A-Fa-f]{2}>\s)|<(?P<code>[0-9A-Fa-f]{4})>")


def _shift(match: regex.Match[str]) -> str:
    return f"<{int(match['code'], 16) + 29:04X}>" if match["code"] else ""


def old_font(encoding: str) -> bytes:
    """Text typed with the fonts of an old encoding, as one byte a letter."""
    table = {new: old for old, new in reversed((TCVN3 if encoding == "TCVN3" else VNI).pairs)}
    texts = ("Số: 27/QĐ-SCT", "Hà Giang, ngày 17 tháng 6 năm 2003", "Quyết định", "về việc nâng lương thường xuyên",
             "Sở công thương quyết định nâng lương cho các cán bộ, công chức đã có đủ thời gian giữ bậc lương",
             "theo quy định của nhà nước và đề nghị của trưởng phòng tổ chức, kể từ ngày ký.")  # fmt: skip
    return saved(
        pdf_of(lines(*(_typed(text, table) for text in texts)), "/.VnTime" if encoding == "TCVN3" else "/VNI-Times")
    )


def _typed(text: str, table: dict[str, str]) -> bytes:
    letters = (table.get(char) or table.get(char.lower(), char) if ord(char) > 127 else char for char in text)
    return "".join(letters).encode("latin-1")


def plain_text(text: str) -> bytes:
    """A text file of the letter's first page."""
    return text.encode("utf-8")


LETTER = (
    "SỞ CÔNG THƯƠNG\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\nSố: 683/KH-SCT\n\n"
    "Hà Giang, ngày 17 tháng 6 năm 2023\n\nKẾ HOẠCH\nHỗ trợ chủ thể đưa sản phẩm lên sàn thương mại điện tử\n\n"
    "Sở Công Thương xây dựng kế hoạch hỗ trợ các chủ thể như sau.\n"
)
SUBJECT = "Hỗ trợ chủ thể đưa sản phẩm lên sàn thương mại điện tử"


def with_widgets(number: str | None, day: str | None, stamp: str | None) -> bytes:
    """The letter with room for number and day that only signature widgets fill; `stamp` tells the signing time."""
    data = pdf(letter(number=None if number else "683", date="2023-06" if day else "2023-06-17"))
    words = read_bytes(data, "a.pdf").pages[0].words
    document = pikepdf.open(io.BytesIO(data))
    for label, text in (("Số:", number), ("ngày", day)):
        if text:
            box = next(word.bbox for word in words if word.text == label)
            add_widget(document, text, _beside(box))
    if stamp:
        add_widget(document, stamp, (330, 790, 590, 830))
    return saved(document)


def _beside(box: BBox) -> tuple[float, float, float, float]:
    return (box.x1 + 1, 842 - box.bottom - 1, box.x1 + 22, 842 - box.top + 1)


def right(seen: Seen) -> bool:
    """Number and date are the printed ones."""
    return seen.record["identifier"] == "683/KH-SCT" and seen.record["issued_on"] == "2023-06-17"


def visible(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(pdfwords, "_INVISIBLE", -1)


def believed(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(trust, "believable", lambda *_: True)


def unmarked(patch: pytest.MonkeyPatch) -> None:
    visible(patch)
    believed(patch)


def stamps_count(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(trust, "_OVERLAY_WORDS", 0)


def undecoded(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(pdfpage, "decode", lambda found: (list(found), None))


def hyphens_stay(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(legacy, "_lost_u", lambda match: match[0])


def no_nfc(patch: pytest.MonkeyPatch) -> None:
    def leave(_form: str, text: str) -> str:
        return text

    patch.setattr(normalise, "unicodedata", SimpleNamespace(normalize=leave, category=unicodedata.category))


def soft_hyphens_stay(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(normalise, "_TABLE", {code: to for code, to in normalise._TABLE.items() if code != 0xAD})


def widgets_stay_out(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(pdffile.PdfFile, "_cleaned", lambda _self, page, _index: page)


def stamps_are_text(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(stamps, "is_stamp", lambda _text: False)
    patch.setattr(stamps, "without_stamps", lambda words: (list(words), []))


def decoded(seen: Seen) -> bool:
    return (
        "lương thường xuyên" in seen.text and seen.record["identifier"] == "27/QĐ-SCT" and "legacy-font" in seen.codes
    )


def garbled(seen: Seen) -> bool:
    return right(seen) and seen.sources == ["ocr"] and "text-layer-garbled" in seen.codes


SIGNED = ("Signed by: So Cong Thuong", "20.06.2023 09:12:44 +07:00")
TRAPS = [
    Trap("broken-map", broken_map, garbled, believed),
    Trap("unmarked-layer", lambda: layered(tuple(map(strip_marks, WORDS)), 3), garbled, unmarked),
    Trap("stamp-only-layer", lambda: layered(SIGNED, 0), lambda seen: right(seen) and seen.sources == ["ocr"], stamps_count),
    Trap("hidden-text-disagrees", lambda: layered(WORDS, 3), garbled, visible),
    Trap("tcvn3", lambda: old_font("TCVN3"), decoded, undecoded),
    Trap("vni", lambda: old_font("VNI"), decoded, undecoded),
    Trap("lost-u", lambda: old_font("TCVN3"), decoded, hyphens_stay),
    Trap("nfd", lambda: plain_text(unicodedata.normalize("NFD", LETTER)),
         lambda seen: right(seen) and seen.record["subject"] == SUBJECT, no_nfc, "bay.txt"),
    Trap("soft-hyphens", lambda: plain_text(LETTER.replace("thương mại", "thư\u00adơng mại").replace("KH-S", "KH-\u00adS")),
         lambda seen: right(seen) and seen.record["subject"] == SUBJECT, soft_hyphens_stay, "bay.txt"),
    Trap("widgets", lambda: with_widgets("683", "17", None), right, widgets_stay_out),
    Trap("signing-time", lambda: with_widgets(None, None, f"{SIGNED[0]} {SIGNED[1]}"),
         lambda seen: right(seen) and "09:12:44" not in seen.text and "signature-present" in seen.codes, stamps_are_text),
]  # fmt: skip


@pytest.mark.parametrize(("trap", "off"), both(TRAPS))
def test_text_layer(trap: Trap, off: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    check(trap, off, monkeypatch)
