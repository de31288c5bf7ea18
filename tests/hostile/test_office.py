"""Word files that hung or bloated reading: styles in circles, cells of a million columns, lists beyond counting."""

from __future__ import annotations

import io
import random
import time

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from bench.mutants import office
from extractor.errors import InputError, TooLargeError
from extractor.ingest import read_bytes
from extractor.ingest.limits import Limits


def _saved(document: docx.document.Document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _circle(document: docx.document.Document, first: str, second: str, kind: WD_STYLE_TYPE) -> None:
    for name, base in ((first, second), (second, first)):
        document.styles.add_style(name, kind)
        element = document.styles[name].element
        based = element.find(qn("w:basedOn"))
        if based is None:
            based = OxmlElement("w:basedOn")
            element.insert(1, based)
        based.set(qn("w:val"), base)


def test_styles_based_on_each_other() -> None:
    document = docx.Document()
    _circle(document, "va", "vb", WD_STYLE_TYPE.PARAGRAPH)
    document.add_paragraph("Số: 12/BC-UBND", style="va")
    table = document.add_table(1, 2)
    _circle(document, "ta", "tb", WD_STYLE_TYPE.TABLE)
    table.style = "ta"
    table.cell(0, 0).text = "Trà sen"
    assert "12/BC-UBND" in (read_bytes(_saved(document), "a.docx").text or "")


def test_cells_of_a_million_columns() -> None:
    document = docx.Document()
    table = document.add_table(3, 2)
    table.style = "Table Grid"
    for row in table.rows:
        for cell in row.cells:
            cell.text = "Trà sen"
            span = OxmlElement("w:gridSpan")
            span.set(qn("w:val"), "2147483647")
            cell._tc.get_or_add_tcPr().insert(0, span)
    reading = read_bytes(_saved(document), "a.docx")
    assert reading.tables[0].columns <= 126
    assert (reading.text or "").count("Trà sen") == 6


@pytest.mark.parametrize("shape", ["upperRoman", "lowerLetter"])
def test_lists_beyond_counting(shape: str) -> None:
    from extractor.ingest.wordtext import _shaped

    assert _shaped(1_000_000_000, shape) == "1000000000"
    assert _shaped(-3, shape) == "-3"


def test_a_table_without_properties() -> None:
    document = docx.Document()
    table = document.add_table(2, 2)
    table._tbl.remove(table._tbl.tblPr)
    table.cell(0, 0).text = "Trà sen"
    assert "Trà sen" in (read_bytes(_saved(document), "a.docx").text or "")


def test_very_many_paragraphs() -> None:
    document = docx.Document()
    for _ in range(1_500):
        document.add_paragraph("Trà sen")
    data = _saved(document)
    began = time.process_time()
    read_bytes(data, "a.docx")
    assert time.process_time() - began < 4, "styles are looked up once, not for each paragraph"


@pytest.mark.parametrize("trick", sorted(office.DOCX))
def test_tricks_end_well(trick: str) -> None:
    """Each of the tricks once: read, or refused with a word on what to do."""
    if trick in ("zip-bomb", "many", "deep"):
        pytest.skip("made of megabytes: python -m bench.mutations")
    data = office.DOCX[trick](random.Random(3))
    said: InputError | None = None
    try:
        read_bytes(data, "thử.docx")
    except InputError as error:
        said = error
    assert said is None or ("thử.docx" in said.message and said.hint)


def test_too_much_text_names_the_file() -> None:
    document = docx.Document()
    document.add_paragraph("a" * 2_000)
    with pytest.raises(TooLargeError, match=r"^a\.docx: "):
        read_bytes(_saved(document), "a.docx", limits=Limits(text_chars=1_000))


@pytest.mark.parametrize("code", ["D800", "-1", "FFFFFFFF", "110000", "0", "x"])
def test_signs_that_are_no_letters(code: str) -> None:
    document = docx.Document()
    run = document.add_paragraph("Trà sen").runs[0]
    sign = OxmlElement("w:sym")
    sign.set(qn("w:char"), code)
    run._r.append(sign)
    assert (read_bytes(_saved(document), "a.docx").text or "").encode("utf-8").strip() == "Trà sen".encode()
