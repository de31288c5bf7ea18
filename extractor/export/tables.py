"""A result as rows of flat tables: documents, references, products, producers, star counts, issues."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Value = str | int | float | None


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its name, its Vietnamese title, and its columns as name → Vietnamese label.

    `dates` names the columns that hold EDTF dates: full ones become real dates in a spreadsheet.
    """

    name: str
    title: str
    columns: Mapping[str, str]
    dates: frozenset[str] = frozenset()


_SOURCE = {"sha256": "SHA-256", "filename": "Tệp"}
_PLACE = {"identifier": "Số, ký hiệu"}

DOCUMENTS = Table(
    "documents",
    "Văn bản",
    {
        **_SOURCE,
        "media_type": "Định dạng",
        "pages": "Số trang",
        "doc_type": "Loại văn bản",
        "number": "Số",
        "symbol": "Ký hiệu",
        "identifier": "Số, ký hiệu",
        "issued_on": "Ngày ban hành",
        "issued_at": "Địa danh",
        "agency": "Cơ quan ban hành",
        "agency_parent": "Cơ quan cấp trên",
        "agency_place": "Mã địa bàn",
        "subject": "Trích yếu",
        "addressees": "Kính gửi",
        "urgency": "Độ khẩn",
        "secrecy": "Độ mật",
        "signers": "Người ký",
        "positions": "Chức vụ",
        "recipients": "Nơi nhận",
        "issues": "Vấn đề",
        "lowest_confidence": "Độ tin cậy thấp nhất",
    },
    frozenset({"issued_on"}),
)
REFERENCES = Table(
    "references",
    "Văn bản viện dẫn",
    {
        **_SOURCE,
        **_PLACE,
        "doc_type": "Loại văn bản viện dẫn",
        "reference": "Số, ký hiệu viện dẫn",
        "issued_on": "Ngày ban hành",
        "agency": "Cơ quan",
        "subject": "Trích yếu",
        "role": "Vai trò",
    },
    frozenset({"issued_on"}),
)
PRODUCTS = Table(
    "products",
    "Sản phẩm",
    {
        **_SOURCE,
        **_PLACE,
        "name": "Tên sản phẩm",
        "producer": "Chủ thể",
        "stars": "Số sao",
        "status": "Tình trạng",
        "points": "Điểm",
        "group": "Nhóm",
        "locality": "Địa bàn",
        "year": "Năm",
    },
)
PRODUCERS = Table(
    "producers",
    "Chủ thể",
    {
        **_SOURCE,
        **_PLACE,
        "name": "Tên chủ thể",
        "kind": "Loại hình",
        "locality": "Địa bàn",
        "product_count": "Số sản phẩm",
    },
)
STAR_COUNTS = Table(
    "star_counts",
    "Số lượng theo sao",
    {
        **_SOURCE,
        **_PLACE,
        "stars": "Hạng sao",
        "comparison": "So sánh",
        "count": "Số lượng",
        "unit": "Đơn vị",
        "status": "Tình trạng",
        "period": "Thời gian",
        "scope": "Phạm vi",
    },
)
ISSUES = Table(
    "issues",
    "Vấn đề cần xem",
    {
        **_SOURCE,
        **_PLACE,
        "code": "Mã",
        "severity": "Mức độ",
        "fields": "Trường",
        "page": "Trang",
        "message": "Nội dung",
    },
)
TABLES: tuple[Table, ...] = (DOCUMENTS, REFERENCES, PRODUCTS, PRODUCERS, STAR_COUNTS, ISSUES)


def rows(table: Table, result: Mapping[str, Any]) -> Iterator[dict[str, Value]]:
    """The rows that one result (plain JSON values, contract section 1) adds to a table."""
    source, record = result["source"], result["record"]
    own: dict[str, Value] = {
        "sha256": source["sha256"],
        "filename": source["filename"],
        "identifier": record.get("identifier"),
    }
    if table is DOCUMENTS:
        yield {**own, **_document(result)}
    elif table is ISSUES:
        for issue in result["issues"]:
            yield {**own, **_issue(issue)}
    else:
        for entry in record.get(table.name) or ():
            yield {**own, **_entry(table, entry)}


def _entry(table: Table, entry: Mapping[str, Any]) -> dict[str, Value]:
    values = {name: entry.get(name) for name in table.columns if name not in ("sha256", "filename", "identifier")}
    if table is REFERENCES:
        values["reference"] = entry.get("identifier")
    if table is STAR_COUNTS and entry.get("stars") is not None:
        values["stars"] = ", ".join(map(str, entry["stars"]))
    return values


def _document(result: Mapping[str, Any]) -> dict[str, Value]:
    source, record = result["source"], result["record"]
    agency, signers = record.get("agency") or {}, record.get("signers") or []
    plain = ("doc_type", "number", "symbol", "issued_on", "issued_at", "subject", "urgency", "secrecy")
    confidences = [proof["confidence"] for proof in result["evidence"].values()]
    return {
        **{name: record.get(name) for name in plain},
        "media_type": source["media_type"],
        "pages": len(source["pages"]),
        "agency": agency.get("name"),
        "agency_parent": agency.get("parent"),
        "agency_place": agency.get("place"),
        "addressees": _joined(record.get("addressees") or ()),
        "signers": _joined([signer.get("name") for signer in signers]),
        "positions": _joined([signer.get("position") for signer in signers]),
        "recipients": _joined(record.get("recipients") or ()),
        "issues": _joined(list(dict.fromkeys(issue["code"] for issue in result["issues"]))),
        "lowest_confidence": min(confidences, default=None),
    }


def _joined(values: Sequence[str | None]) -> str | None:
    return "; ".join(value for value in values if value) or None


def _issue(issue: Mapping[str, Any]) -> dict[str, Value]:
    regions = issue["regions"]
    return {
        "code": issue["code"],
        "severity": issue["severity"],
        "fields": _joined(issue["pointers"]),
        "page": regions[0]["page"] if regions else None,
        "message": issue["message"],
    }
