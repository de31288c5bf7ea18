"""The package holds every original, and its metadata name each file with the right fixity."""

import contextlib
import hashlib
import io
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO

import pytest
from lxml import etree

from extractor.errors import InputError
from extractor.export.sip import Archive, document_fields, write_sip
from extractor.export.sip.fields import LENGTHS, REQUIRED, shortened

NAMES = {
    "m": "http://www.loc.gov/METS/",
    "e": "http://ead3.archivists.org/schema/",
    "p": "http://www.loc.gov/premis/v3",
}
HREF = "{http://www.w3.org/1999/xlink}href"
BYTES = {"a.pdf": b"%PDF one", "Bao cao <2>.docx": b"PK two"}


def _result(name: str, **record: Any) -> dict[str, Any]:
    sha256 = hashlib.sha256(BYTES[name]).hexdigest()
    page = {"number": 1, "width": 1, "height": 1, "text_source": "ocr", "rotation": 0, "mean_confidence": 0.9}
    base = {"doc_type": "BC", "number": "08", "symbol": "BC-UBND", "issued_on": "2024-02", "subject": "Kết quả"}
    base["agency"] = {"name": "Ủy ban nhân dân xã Đông Hà", "parent": None, "place": None}
    source = {"filename": name, "sha256": sha256, "media_type": "application/pdf", "pages": [page]}
    issue = {"code": "date-incomplete", "message": "Ngày để trống."}
    return {"source": source, "record": base | record, "issues": [issue]}


@contextlib.contextmanager
def _original(result: Mapping[str, Any]) -> Iterator[BinaryIO]:
    yield io.BytesIO(BYTES[result["source"]["filename"]])


@pytest.fixture
def package(tmp_path: Path) -> Path:
    out = tmp_path / "sip"
    assert write_sip(out, [_result(name) for name in BYTES], _original, Archive("H49.12"), {"BC": "Báo cáo"}) == 2
    return out


def test_each_file_is_named_with_its_fixity(package: Path) -> None:
    for mets in (package / "METS.xml", package / "representations" / "rep1" / "METS.xml"):
        found = etree.parse(mets).xpath("//m:file | //m:mdRef", namespaces=NAMES)
        assert len(found) >= 2
        for element in found:
            place = element if element.get(HREF) else element[0]
            data = (mets.parent / place.get(HREF)).read_bytes()
            assert element.get("CHECKSUM") == hashlib.sha256(data).hexdigest()
            assert element.get("SIZE") == str(len(data))


def test_every_file_of_the_package_is_reached(package: Path) -> None:
    reached = set()
    for mets in (package / "METS.xml", package / "representations" / "rep1" / "METS.xml"):
        reached |= {(mets.parent / href).resolve() for href in etree.parse(mets).xpath("//@*[name()='xlink:href']")}
    on_disk = {path.resolve() for path in package.rglob("*") if path.is_file()}
    assert on_disk - reached == {(package / "METS.xml").resolve()}


def test_names_come_from_the_file_code(package: Path) -> None:
    names = sorted(path.name for path in (package / "representations" / "rep1" / "data").iterdir())
    assert names == ["H49.12.0000001.pdf", "H49.12.0000002.docx"]


def test_the_description_tells_a_partial_date(package: Path) -> None:
    ead = etree.parse(package / "metadata" / "descriptive" / "EAD.xml")
    assert ead.xpath("//e:c//e:unitdate/text()", namespaces=NAMES) == ["__/02/2024"] * 2
    assert ead.xpath("//e:didnote[@label='description']/text()", namespaces=NAMES) == ["Ngày để trống."] * 2
    assert ead.xpath("//e:didnote[@label='typeName']/text()", namespaces=NAMES) == ["Báo cáo"] * 2


def test_preservation_keeps_the_original_name(package: Path) -> None:
    premis = etree.parse(package / "metadata" / "preservation" / "PREMIS.xml")
    assert premis.xpath("//p:originalName/text()", namespaces=NAMES) == list(BYTES)


def test_required_fields_are_there_even_for_an_empty_record() -> None:
    nothing = dict.fromkeys(("doc_type", "number", "symbol", "issued_on", "subject", "agency"))
    fields = document_fields(_result("a.pdf", **nothing), Archive(), 1, {})
    assert all(fields[name] for name in REQUIRED)
    assert "codeNumber" not in fields


def test_long_values_are_cut_and_named() -> None:
    result = _result("a.pdf", subject="x" * 600)
    fields = document_fields(result, Archive(), 1, {})
    assert len(fields["subject"]) == LENGTHS["subject"]
    assert "subject" in fields["description"]
    assert shortened(result["record"]) == ["subject"]


def test_a_full_folder_is_refused(package: Path) -> None:
    with pytest.raises(InputError, match="đã có nội dung"):
        write_sip(package, [], _original)


def test_a_damaged_original_is_refused(tmp_path: Path) -> None:
    result = _result("a.pdf")
    result["source"]["sha256"] = "0" * 64
    with pytest.raises(InputError, match="không khớp mã băm"):
        write_sip(tmp_path / "sip", [result], _original)
