"""Text layers: what is believed, decoded, dropped."""

from __future__ import annotations

import pikepdf
import pytest

from extractor.document import Word
from extractor.ingest import page_picture, read
from extractor.ingest.pdfpage import compose
from extractor.ingest.pdfwords import _joined
from extractor.ingest.trust import believable
from tests.ingest.build import SAMPLES, add_widget, codes, lines, pdf_of, read_pdf, sample, saved, text_of


def _word(words: tuple[Word, ...], text: str) -> Word:
    return next(word for word in words if word.text == text)


def test_born_digital_page() -> None:
    reading = read(SAMPLES / "ke-hoach-pdf" / "source.pdf")
    page = reading.pages[0]
    assert page.text_source == "embedded"
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text_of(page)
    assert all(
        0 <= w.bbox.x0 < w.bbox.x1 <= page.width and 0 <= w.bbox.top < w.bbox.bottom <= page.height for w in page.words
    )
    assert _word(page.words, "HÒA").bbox.x0 > page.width / 3, "the motto stands on the right"
    assert {word.bold for word in page.words} == {True, False}
    assert not reading.notices


@pytest.mark.parametrize("quarter", [90, 180, 270])
def test_page_turned_by_its_own_entry_reads_upright(quarter: int) -> None:
    pdf = sample("to-trinh-pdf")
    plain = read_pdf(pdf).pages[0]
    pdf.pages[0].Rotate = quarter
    turned = read_pdf(pdf).pages[0]
    assert turned.rotation == (360 - quarter) % 360
    assert (turned.width, turned.height) == pytest.approx((plain.width, plain.height))
    before, after = _word(plain.words, "HÒA").bbox, _word(turned.words, "HÒA").bbox
    assert (after.x0, after.top) == pytest.approx((before.x0, before.top), abs=1.5)
    assert [t.rows for t in turned.tables] == [t.rows for t in plain.tables]


def test_number_and_day_in_widgets_are_read_and_the_stamp_is_not() -> None:
    pdf = sample("ke-hoach-pdf")
    add_widget(pdf, "542", (150, 700, 190, 720))
    add_widget(pdf, "Signed by: So Noi vu 06.11.2024 09:27:05 +07:00", (330, 790, 590, 830))
    reading = read_pdf(pdf)
    words = [word.text for word in reading.pages[0].words]
    assert "542" in words
    assert not {"Signed", "09:27:05"} & set(words)
    assert "signature-present" in codes(reading)
    assert reading.picture is not None
    stamp = reading.picture(1).pixels[30:140, 950:1600]
    assert stamp.min() > 200, "the stamp is not drawn either"


def test_widget_text_stands_where_it_is_drawn() -> None:
    pdf = sample("ke-hoach-pdf")
    add_widget(pdf, "542", (150, 700, 190, 720))
    box = _word(read_pdf(pdf).pages[0].words, "542").bbox
    assert 150 <= box.x0 < box.x1 <= 190
    assert 842 - 722 <= box.top < box.bottom <= 842 - 698


def test_stamp_in_the_page_itself_is_left_out() -> None:
    body = [b"Signed by: Van thu co quan", b"Time 18/03/2024 08:41:42 +07:00"]
    pdf = pdf_of(
        lines(*body, size=7, x=420, top=820) + b" " + lines(*[b"Ban hanh theo so lieu 12 san pham nam 2024"] * 2)
    )
    words = text_of(read_pdf(pdf).pages[0])
    assert "Signed" not in words
    assert "08:41:42" not in words
    assert words.count("Ban hanh") == 2


TCVN3 = "Céng hoµ x· héi chñ nghÜa ViÖt Nam §éc lËp Tù do H¹nh phóc nh©n d©n tØnh n\u00adíc quyÕt ®Þnh".encode(
    "latin-1"
)
VNI = "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam Ñoäc laäp Töï do Haïnh phuùc nhaân daân tænh nöôùc quyeát ñònh".encode(
    "latin-1"
)


@pytest.mark.parametrize(
    ("font", "data", "encoding"), [("/.VnTime", TCVN3, "TCVN3"), ("/VNI-Times", VNI, "VNI"), ("/Arial", TCVN3, "TCVN3")]
)
def test_old_fonts_are_decoded_by_name_or_by_content(font: str, data: bytes, encoding: str) -> None:
    middle = data.index(b" ", 45)
    reading = read_pdf(pdf_of(lines(data[:middle], data[middle + 1 :]), font))
    assert reading.pages[0].text_source == "embedded"
    words = text_of(reading.pages[0]).lower().replace("hoà", "hòa")
    assert words.startswith("cộng hòa xã hội chủ nghĩa việt nam độc lập tự do hạnh phúc")
    assert words.endswith("nhân dân tỉnh nước quyết định")
    assert encoding in next(n.message for n in reading.notices if n.code == "legacy-font")


def test_capital_fonts_give_capitals() -> None:
    pdf = pdf_of(lines("quyÕt ®Þnh".encode("latin-1")), "/.VnTimeH")
    assert text_of(read_pdf(pdf).pages[0]) == "QUYẾT ĐỊNH"


def test_hyphen_at_the_end_of_a_line_is_kept() -> None:
    words = text_of(read_pdf(pdf_of(lines(b"Cong dien so 131/CD-", b"/TTg ngay 9"))).pages[0]).split()
    assert words[3:5] == ["131/CD-", "/TTg"]


def test_layer_without_marks_is_read_from_the_picture() -> None:
    pdf = sample("cong-van-scan")
    page = pdf.pages[0]
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    page.Resources.Font = pikepdf.Dictionary(F1=pdf.make_indirect(font))
    hidden = lines(*[b"UY BAN NHAN DAN TINH CONG HOA XA HQI CHU NGHiA VIVT NAM S6: 463Y/SNN"] * 6)
    page.contents_add(b"BT 3 Tr ET " + hidden)
    reading = read_pdf(pdf)
    assert reading.pages[0].text_source == "ocr"
    assert "S6:" not in text_of(reading.pages[0])
    assert "CỘNG HÒA XÃ HỘI" in text_of(reading.pages[0])
    assert "text-layer-garbled" in codes(reading)


def test_words_set_on_a_scan_replace_what_ocr_made_of_them() -> None:
    pdf = sample("cong-van-scan")
    page = pdf.pages[0]
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    page.Resources.Font = pikepdf.Dictionary(F1=pdf.make_indirect(font))
    page.contents_add(lines(b"77418", size=14, x=60, top=800))
    found = [word for word in read_pdf(pdf).pages[0].words if word.text == "77418"]
    assert len(found) == 1
    assert found[0].confidence == 1.0


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ủy ban nhân dân tỉnh ban hành quyết định công nhận sản phẩm của các chủ thể trong năm nay", True),
        ("Uy ban nhan dan tinh ban hanh quyet dinh cong nhan san pham cua cac chu the trong nam nay", False),
        ("6Ӣ CÔNG 7+ѬѪ1* 7ӌNH 6Ӣ CÔNG 7+ѬѪ1* 7ӌNH BҦN ĐӖ QUҦN /Ý 7ӘNG HӦP NHÂN DÂN 6Ӣ CÔNG 7+ѬѪ1*", False),
        ("2471036.0856 434319.8296 2471077.0573 434340.1578", True),
        ("", False),
    ],
)
def test_believable(text: str, expected: bool) -> None:
    assert believable(text.split()) is expected


def test_unmapped_characters_are_not_believed() -> None:
    words = ["Ủy", "ban", "nhân", "dân", "tỉnh", "Hà", "Nam"] * 3
    assert believable(words)
    assert not believable(words, unmapped=10)


def test_words_outside_the_page_and_empty_pages_are_nothing() -> None:
    page = compose(1, (100.0, 100.0), [], list).page
    assert page.words == ()
    reading = read_pdf(pdf_of(lines(b"ngoai trang", x=900) + b" " + lines(b"trong trang giay nay")))
    assert text_of(reading.pages[0]) == "trong trang giay nay"


def test_the_file_is_not_touched() -> None:
    pdf = sample("ke-hoach-pdf")
    add_widget(pdf, "542", (150, 700, 190, 720))
    data = saved(pdf)
    copy = bytes(data)
    from extractor.ingest import read_bytes

    read_bytes(data, "a.pdf")
    assert data == copy


def test_picture_fits_the_boxes() -> None:
    path = SAMPLES / "ke-hoach-pdf" / "source.pdf"
    page = read(path).pages[0]
    picture = page_picture(path, 1)
    assert picture.pixels.shape[1] == pytest.approx(page.width * picture.dpi / 72, abs=2)
    ink = picture.crop(_word(page.words, "HÒA").bbox)
    assert ink.min() < 80


@pytest.mark.parametrize(
    ("drawn", "read"), [("\uf0b7", "•"), ("\uf02d", "-"), ("\uf0ab", "★"), ("\ud83d\ude00", "😀"), ("Sở", "Sở")]
)
def test_signs_of_symbol_fonts(drawn: str, read: str) -> None:
    assert _joined(list(drawn)) == read


def test_mixed_file_is_decided_page_by_page() -> None:
    pdf = sample("ke-hoach-pdf")
    pdf.pages.extend(sample("cong-van-scan").pages)
    reading = read_pdf(pdf)
    assert [page.text_source for page in reading.pages] == ["embedded", "embedded", "ocr"]
    assert [page.mean_confidence is None for page in reading.pages] == [True, True, False]
    assert dict(reading.engines)["ocr"].split()[0] in ("tesserocr", "pytesseract")


def test_other_languages_are_believed_when_the_picture_bears_them_out() -> None:
    text = [
        b"The committee examined every application carefully",
        b"before publishing complete results online yesterday",
    ]
    pdf = pdf_of(lines(*text, *text, size=14))
    for key in ("/Widths", "/FirstChar", "/LastChar", "/FontDescriptor"):
        del pdf.pages[0].Resources.Font.F1[key]
    reading = read_pdf(pdf)
    assert reading.pages[0].text_source == "embedded"
    assert text_of(reading.pages[0]).startswith("The committee examined")
    assert codes(reading) == []
