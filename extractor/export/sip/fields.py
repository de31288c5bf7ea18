"""The law's fields of an archived document, from a result and what the archivist decides.

Source: Thông tư 05/2025/TT-BNV and Nghị định 30/2020/NĐ-CP, Phụ lục VI (names and lengths).
`confidenceLevel` is how the file came to be (01 born digital, 02 digitised, 03 mixed), not an OCR score.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

LENGTHS = {"codeNumber": 11, "codeNotation": 30, "organName": 200, "subject": 500}
REQUIRED = (
    "docId",
    "docCode",
    "maintenance",
    "typeName",
    "issuedDate",
    "organName",
    "subject",
    "language",
    "numberOfPage",
    "mode",
    "riskRecovery",
    "riskRecoveryStatus",
)
UNKNOWN = "Không xác định"
_BORN, _DIGITISED, _MIXED = "01", "02", "03"
_TEXT_PAGE = "01"


@dataclass(frozen=True, slots=True)
class Archive:
    """What no document says: the file's code and title, and the codes the archivist chose.

    `maintenance`: 01 permanent, 02–06 = 70/50/30/20/10 years, 07 other. `mode`: 01 open, 02 conditional, 03 secret.
    `risk_recovery`, `risk_recovery_status`: 0 no back-up copy for preservation, 1 one has been made.
    """

    file_code: str = "HS01"
    title: str = "Hồ sơ xuất từ kho"
    organisation: str = UNKNOWN
    maintenance: str = "07"
    mode: str = "01"
    language: str = "01"
    risk_recovery: str = "0"
    risk_recovery_status: str = "0"


def document_fields(
    result: Mapping[str, Any], archive: Archive, position: int, type_names: Mapping[str, str]
) -> dict[str, str]:
    """Field name → value, in the law's order; fields that are unknown and may be empty are left out.

    `position` counts from 1 inside the package. A date that the form left incomplete is given as far as it goes.
    """
    record, source = result["record"], result["source"]
    agency = (record.get("agency") or {}).get("name")
    code = record.get("doc_type")
    fields = {
        "docId": f"{archive.file_code}.{position:07d}",
        "docCode": f"{archive.file_code}.{position:07d}",
        "maintenance": archive.maintenance,
        "typeName": type_names.get(code, code) if code else "Tài liệu khác",
        "codeNumber": record.get("number"),
        "codeNotation": record.get("symbol"),
        "issuedDate": _date(record.get("issued_on")),
        "organName": agency or UNKNOWN,
        "subject": record.get("subject") or UNKNOWN,
        "language": archive.language,
        "numberOfPage": str(max(1, len(source["pages"]))),
        "mode": archive.mode,
        "confidenceLevel": _origin(source["pages"]),
        "format": source["media_type"],
        "riskRecovery": archive.risk_recovery,
        "riskRecoveryStatus": archive.risk_recovery_status,
        "description": _description(result),
    }
    return {name: _cut(name, value) for name, value in fields.items() if value is not None}


def shortened(record: Mapping[str, Any]) -> list[str]:
    """Fields whose value had to be cut to the law's length."""
    agency = (record.get("agency") or {}).get("name")
    whole = {
        "codeNumber": record.get("number"),
        "codeNotation": record.get("symbol"),
        "organName": agency,
        "subject": record.get("subject"),
    }
    return [name for name, value in whole.items() if value and len(value) > LENGTHS[name]]


def _date(issued_on: str | None) -> str:
    """`DD/MM/YYYY`; what the form left blank stays blank: `__/02/2024`.

    >>> _date("2024-02-09"), _date("2024-02"), _date("2021"), _date(None)
    ('09/02/2024', '__/02/2024', '__/__/2021', '__/__/____')
    """
    year, month, day = [*(issued_on or "").split("-"), "", ""][:3]
    return f"{day or '__'}/{month or '__'}/{year or '____'}"


def _origin(pages: list[Mapping[str, Any]]) -> str:
    sources = {page["text_source"] for page in pages} - {"none"}
    if sources == {"embedded"} or not pages:
        return _BORN
    return _DIGITISED if sources <= {"ocr"} else _MIXED


def _description(result: Mapping[str, Any]) -> str | None:
    notes = [issue["message"] for issue in result["issues"] if issue["code"] in {"date-incomplete", "number-blank"}]
    notes += [f"Đã rút gọn trường {name} theo độ dài cho phép." for name in shortened(result["record"])]
    return " ".join(notes) or None


def _cut(name: str, value: str) -> str:
    limit = LENGTHS.get(name)
    return value if limit is None or len(value) <= limit else value[: limit - 1] + "…"
