"""Word documents: what Word shows is what is read."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from extractor.document import Reading
from extractor.errors import CorruptError, EncryptedError, TooLargeError
from extractor.ingest import Limits, read_bytes


def _bytes(document: Document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _read(document: Document) -> Reading:
    return read_bytes(_bytes(document), "a.docx")


def test_paragraphs_and_tables_in_order() -> None:
    document = docx.Document()
    document.add_paragraph("Trước bảng")
    table = document.add_table(2, 3, style="Table Grid")
    for index, cell in enumerate(table._cells):
        cell.text = f"ô {index}"
    table.cell(0, 2).merge(table.cell(1, 2))
    document.add_paragraph("Sau bảng")
    reading = _read(document)
    assert reading.text is not None
    (found,) = reading.tables
    assert (found.rows, found.columns) == (2, 3)
    merged = found.at(1, 2)
    assert merged is not None
    assert (merged.row, merged.rowspan) == (0, 2)
    assert reading.text.index("Trước") < found.cells[0].span.start < reading.text.index("Sau bảng")
    for cell in found.cells:
        assert reading.text[cell.span.start : cell.span.end] == cell.text


def test_columns_merged_across() -> None:
    document = docx.Document()
    table = document.add_table(2, 3, style="Table Grid")
    table.cell(0, 0).merge(table.cell(0, 2)).text = "Tiêu đề"
    found = _read(document).tables[0]
    head = found.at(0, 2)
    assert head is not None
    assert (head.column, head.colspan, head.text) == (0, 3, "Tiêu đề")


def test_unruled_table_only_sets_columns() -> None:
    document = docx.Document()
    table = document.add_table(1, 2)
    table.cell(0, 0).text = "TỈNH X"
    table.cell(0, 1).text = "Mẫu 1"
    reading = _read(document)
    assert reading.tables == ()
    assert reading.text == "TỈNH X\n\nMẫu 1\n\n"


def test_header_columns_are_read_one_after_the_other() -> None:
    document = docx.Document()
    table = document.add_table(2, 2, style="Table Grid")
    for place, text in {
        (0, 0): "UBND XÃ A",
        (0, 1): "CỘNG HÒA XÃ HỘI",
        (1, 0): "Số: 1/BC",
        (1, 1): "A, ngày 1",
    }.items():
        table.cell(*place).text = text
    reading = _read(document)
    assert reading.tables == ()
    assert reading.text == "UBND XÃ A\n\nSố: 1/BC\n\nCỘNG HÒA XÃ HỘI\n\nA, ngày 1\n\n"


def test_list_numbers_are_counted() -> None:
    document = docx.Document()
    for text in ("một", "hai"):
        document.add_paragraph(text, style="List Number")
    document.add_paragraph("ba", style="List Bullet")
    assert _read(document).text == "1. một\n\n2. hai\n\n- ba\n\n"


def test_insertions_are_read_deletions_and_hidden_text_are_not() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Số ")
    paragraph._p.append(parse_xml(f"<w:ins {nsdecls('w')}><w:r><w:t>12</w:t></w:r></w:ins>"))
    paragraph._p.append(parse_xml(f"<w:del {nsdecls('w')}><w:r><w:delText>34</w:delText></w:r></w:del>"))
    paragraph._p.append(parse_xml(f"<w:r {nsdecls('w')}><w:rPr><w:vanish/></w:rPr><w:t>56</w:t></w:r>"))
    assert _read(document).text == "Số 12\n\n"


def test_capitals_by_style_and_line_breaks() -> None:
    document = docx.Document()
    run = document.add_paragraph().add_run("Quyết định")
    run.font.all_caps = True
    run.add_break()
    assert _read(document).text == "QUYẾT ĐỊNH\n\n"


def test_runs_in_old_fonts() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph()
    for text, font in (("QuyÕt ®Þnh ", ".VnTime"), ("chñ tÞch", ".VnTimeH"), (" số 5", "Times New Roman")):
        paragraph.add_run(text).font.name = font
    assert _read(document).text == "Quyết định CHỦ TỊCH số 5\n\n"


def test_text_boxes_running_heads_and_notes() -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Mẫu số 03"
    document.sections[0].footer.paragraphs[0].text = "7"
    inner = "<w:txbxContent><w:p><w:r><w:t>HỎA TỐC</w:t></w:r></w:p></w:txbxContent>"
    box = f"<w:r {nsdecls('w')}><w:pict>{inner}</w:pict></w:r>"
    document.add_paragraph("Thân văn bản")._p.append(parse_xml(box))
    assert _read(document).text == "Mẫu số 03\n\nHỎA TỐC\n\nThân văn bản\n\n"


def test_unpack_bomb_is_refused_unopened() -> None:
    data = io.BytesIO(_bytes(docx.Document()))
    with zipfile.ZipFile(data, "a", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/media/big.bin", bytes(60 << 20))
    with pytest.raises(TooLargeError, match=r"bung ra 6\d MB"):
        read_bytes(data.getvalue(), "bom.docx")
    with pytest.raises(TooLargeError):
        read_bytes(data.getvalue(), "bom.docx", limits=Limits(unpacked_bytes=1 << 20, unpacked_ratio=10_000))


def test_member_that_lies_about_its_size() -> None:
    data = _bytes(docx.Document())
    true_size = len(zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml"))
    lying = data.replace(true_size.to_bytes(4, "little"), (1).to_bytes(4, "little"))
    assert lying != data
    with pytest.raises(CorruptError):
        read_bytes(lying, "gian.docx")


def test_entity_bomb_does_not_expand() -> None:
    data, out = _bytes(docx.Document()), io.BytesIO()
    entities = '<!DOCTYPE x [<!ENTITY a "%s">' % ("A" * 1000) + "".join(
        f'<!ENTITY {chr(98 + i)} "{(f"&{chr(97 + i)};") * 10}">' for i in range(8)
    )
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            body = old.read(name)
            if name == "word/document.xml":
                head, rest = body.split(b"?>", 1)
                body = (
                    head
                    + b"?>"
                    + entities.encode()
                    + b"]>"
                    + rest.replace(b"<w:body>", b"<w:body><w:p><w:r><w:t>&i;x</w:t></w:r></w:p>")
                )
            new.writestr(name, body)
    try:
        text = read_bytes(out.getvalue(), "thuc-the.docx").text or ""
    except CorruptError:
        text = ""
    assert len(text) < 10_000


@pytest.mark.parametrize("share", [0.3, 0.9])
def test_truncated(share: float) -> None:
    data = _bytes(docx.Document())
    with pytest.raises(CorruptError, match="bị hỏng"):
        read_bytes(data[: int(len(data) * share)], "cut.docx")


def test_empty_document() -> None:
    with pytest.raises(CorruptError, match="không có chữ"):
        _read(docx.Document())


def test_locked_document() -> None:
    import msoffcrypto.format.ooxml as ooxml

    document = docx.Document()
    document.add_paragraph("Mật")
    out = io.BytesIO()
    ooxml.OOXMLFile(io.BytesIO(_bytes(document))).encrypt("khoa", out)
    with pytest.raises(EncryptedError) as caught:
        read_bytes(out.getvalue(), "khoa.docx")
    assert "--password" in caught.value.hint
    with pytest.raises(EncryptedError, match="không đúng"):
        read_bytes(out.getvalue(), "khoa.docx", password="sai")
    assert read_bytes(out.getvalue(), "khoa.docx", password="khoa").text == "Mật\n\n"
