"""What happens to paper on its way to the scanner, each with the mechanism that copes with it and without."""

# ruff: noqa: E501  (a trap is one line of a table)
from __future__ import annotations

import io
from collections.abc import Callable

import cv2
import numpy as np
import pikepdf
import pytest
from reportlab.pdfgen.canvas import Canvas

from extractor import pipeline
from extractor.ingest import pdfwords
from extractor.layout import compose, head
from extractor.ocr import page as ocr_page
from extractor.ocr import prepare, redink, straighten
from extractor.recognise import bundle, second_look, stamps
from extractor.recognise.base import Recogniser
from samples.generator.fonts import register
from tests.traps.make import Pixels, changed, letter, pdf, pictures, scanned, stamp, through, tilted, uneven
from tests.traps.trap import Seen, Trap, both, check

BODY = "Giúp người dân tiêu thụ nông sản thuận lợi hơn, giảm khâu trung gian, nâng cao thu nhập."
RED = (205, 40, 50)


def sheet() -> Pixels:
    return pictures(letter(), ink=True)[0]


def right(seen: Seen) -> bool:
    record = seen.record
    return (record["identifier"], record["issued_on"]) == ("683/KH-SCT", "2023-06-17") and BODY in seen.text


def turned(quarters: int) -> bytes:
    return scanned([np.ascontiguousarray(np.rot90(sheet(), quarters))])


def level(seen: Seen) -> bool:
    """Read, and the motto's first and last word stand equally high."""
    words = seen.reading.pages[0].words
    heights = [word.bbox.middle for word in words if word.text in ("CỘNG", "NAM")]
    return right(seen) and len(heights) == 2 and abs(heights[0] - heights[1]) < 3


def sealed() -> bytes:
    """Red rings over number and text."""
    page = sheet()
    drawn = np.full_like(page, 255)
    for x, y in ((480, 360), (900, 830)):
        for radius, width in ((150, 7), (110, 3), (60, 22)):
            cv2.circle(drawn, (x, y), radius, (222, 60, 70), width)
    return scanned([np.minimum(page, drawn)])


def watermarked() -> bytes:
    """A word in big pink letters across the page."""
    mark = np.full_like(sheet(), 255)
    cv2.putText(mark, "BAN SAO", (120, 1250), cv2.FONT_HERSHEY_SIMPLEX, 11, (238, 120, 120), 60)
    matrix = cv2.getRotationMatrix2D((827, 1170), 40, 1.0)
    slanted = cv2.warpAffine(mark, matrix, (mark.shape[1], mark.shape[0]), borderValue=(255, 255, 255))
    return scanned([np.minimum(sheet(), np.asarray(slanted, np.uint8))])


def watermarked_text() -> bytes:
    """The same as text of a born-digital file."""
    register("sans")
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842))
    canvas.translate(297, 560)
    canvas.rotate(40)
    canvas.setFont("sans-bold", 70)
    canvas.setFillGray(0.85)
    canvas.drawCentredString(0, 0, "BẢN SAO Y")
    canvas.save()

    def overlay(document: pikepdf.Pdf) -> None:
        mark = pikepdf.open(out)
        document.pages[0].add_overlay(mark.pages[0])

    return changed(pdf(letter()), overlay)


def incoming() -> bytes:
    """The stamp of the office that received the letter, between its sender and its own number."""
    return (
        "SỞ CÔNG THƯƠNG\nCV ĐẾN\nSố: 2352/VP-VT\nNgày 21 tháng 6 năm 2023\nSố: 683/KH-SCT\n\nCỘNG HÒA XÃ HỘI "
        "CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\nHà Giang, ngày 17 tháng 6 năm 2023\n\nKẾ HOẠCH\nHỗ trợ chủ thể\n\n"
        f"Sở lập kế hoạch như sau. {BODY}\n"
    ).encode()


def urgent() -> bytes:
    page = sheet()
    stamp(page, ["HỎA TỐC"], (180, 385), ink=RED)
    stamp(page, ["MẬT"], (60, 30), ink=RED)
    return scanned([page])


def spread() -> bytes:
    """The letter over both halves of an A3 sheet: foot and signature stand at the top of the right one."""
    left, right_half = pictures(letter(recipients=[], signature=[], signer=None))[0], sheet()
    right_half[:820] = 255
    return scanned([np.concatenate([left, np.roll(right_half, -620, axis=0)], axis=1)])


def appendix() -> bytes:
    """A landscape appendix that went through the feeder upright."""
    table = {"columns": [{"title": "Việc phải làm"}, {"title": "Đơn vị chủ trì"}, {"title": "Thời hạn"}],
             "rows": [["Khảo sát nhu cầu", "Phòng Quản lý thương mại", "Tháng 7"], ["Tập huấn", "Văn phòng Sở", "Tháng 8"],
                      ["Tổng kết", "Văn phòng Sở", "Tháng 12"]]}  # fmt: skip
    spec = letter(appendices=[{"title": "PHỤ LỤC\nPHÂN CÔNG THỰC HIỆN", "landscape": True, "body": [{"table": table}]}])
    first, second = pictures(spec, ink=True)
    return scanned([first, np.ascontiguousarray(np.rot90(second, 1))])


def tabled(seen: Seen) -> bool:
    pages = seen.reading.pages
    cells = [" ".join(w.text for w in cell.words) for table in pages[1].tables for cell in table.cells]
    return right(seen) and pages[1].width > pages[1].height and cells[5:7] == ["Tháng 7", "Tập huấn"]


def several() -> bytes:
    other = letter(number="71", type_word="THÔNG BÁO", symbol="TB-SCT", subject="Lịch kiểm tra các cơ sở bán hàng")
    return scanned([sheet(), pictures(other, ink=True)[0]])


def penned() -> bytes:
    """A blue pen and the seal's ring over the signer's name."""
    page = sheet()
    y = int(np.flatnonzero((page[1000:, 900:].min(axis=2) < 90).any(axis=1))[-1]) + 988
    drawn = np.full_like(page, 255)
    cv2.circle(drawn, (1110, y - 60), 150, (150, 50, 70), 20)
    cv2.circle(drawn, (1110, y - 60), 104, (150, 50, 70), 3)
    stroke = np.array([(940 + 9 * step, int(y - 40 + 1.4 * step)) for step in range(50)], np.int32)
    cv2.polylines(drawn, [stroke], False, (90, 120, 215), 3, cv2.LINE_AA)
    return scanned([np.minimum(page, drawn)])


def told(seen: Seen) -> bool:
    """The office is there, and that the name under the ink cannot be read is said, not guessed."""
    signers = [(signer["position"], signer["name"]) for signer in seen.record["signers"]]
    return signers == [("Giám đốc", None)] and "signers-unreadable" in seen.codes


def unturned(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(ocr_page, "_turns", lambda *_: iter((0,)))


def unstraightened(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(straighten, "skew", lambda *_: 0.0)


def unprepared(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(prepare, "prepare", lambda grey, *_: grey)


def all_colours(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(prepare, "red", lambda pixels: cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY))


def backs_are_read(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(ocr_page, "is_blank", lambda _grey: False)


def stamps_are_header(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(head, "_of_stamp", lambda *_: False)


def red_is_lost(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(redink, "words", lambda *_: [])
    patch.setattr(stamps, "red_texts", lambda _document: ())


def one_sheet(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(compose, "halves", lambda _page: None)


def without(recogniser: Recogniser) -> Callable[[pytest.MonkeyPatch], None]:
    def off(patch: pytest.MonkeyPatch) -> None:
        patch.setattr(pipeline, "RECOGNISERS", tuple(one for one in pipeline.RECOGNISERS if one is not recogniser))

    return off


def shone_through() -> bytes:
    """Print of the back shows on grey paper."""
    back = pictures(letter(number="99", agency=["SỞ TÀI CHÍNH"]))[0]
    return scanned([uneven(through(sheet(), back, 0.25), 0.4)])


def blank_back() -> bytes:
    """An empty back on which the print of the front shows."""
    front = sheet()
    return scanned([front, through(np.full_like(front, 250), front, 0.33)])


def looked_once(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(second_look, "blocks", lambda *_: iter(()))


def level_only(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(pdfwords, "_ASLANT", 1.0)


SUBJECT = "Hỗ trợ chủ thể đưa sản phẩm lên sàn thương mại điện tử năm 2023"
TRAPS = [
    Trap("turned-90", lambda: turned(1), right, unturned),
    Trap("turned-180", lambda: turned(2), right, unturned),
    Trap("turned-270", lambda: turned(3), right, unturned),
    Trap("skewed", lambda: scanned([tilted(sheet(), 3.0)]), level, unstraightened),
    Trap("uneven-light", lambda: scanned([uneven(sheet())]), right, unprepared),
    Trap("seal", sealed, right, all_colours),
    Trap("bleed-through", shone_through, right, unprepared),
    Trap("watermark", watermarked, right, all_colours),
    Trap("watermark-in-text", watermarked_text, lambda seen: seen.record["subject"] == SUBJECT, level_only),
    Trap("incoming-stamp", incoming, lambda seen: seen.record["identifier"] == "683/KH-SCT", stamps_are_header, "bay.txt"),
    Trap("urgency-and-secrecy", urgent,
         lambda seen: right(seen) and (seen.record["urgency"], seen.record["secrecy"]) == ("Hỏa tốc", "Mật"), red_is_lost),
    Trap("blank-back", blank_back,
         lambda seen: right(seen) and seen.sources == ["ocr", "none"] and "page-blank" in seen.codes, backs_are_read),
    Trap("spread", spread,
         lambda seen: right(seen) and seen.record["subject"] == SUBJECT and len(seen.record["recipients"]) == 3, one_sheet),
    Trap("landscape-appendix", appendix, tabled, unturned),
    Trap("several-documents", several,
         lambda seen: right(seen) and "several-documents" in seen.codes, without(bundle.find)),
    Trap("ink-over-name", penned, told, looked_once),
]  # fmt: skip


@pytest.mark.parametrize(("trap", "off"), both(TRAPS))
def test_page(trap: Trap, off: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    check(trap, off, monkeypatch)
