"""A result as a page that a person can read at a terminal: values, where they stand, what to check."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from rich.console import Group, RenderableType
from rich.markup import escape
from rich.table import Table

from extractor.export.tables import PRODUCERS, PRODUCTS, REFERENCES, STAR_COUNTS, rows
from extractor.export.tables import Table as Sheet

_HEADER = {
    "/doc_type": "Loại văn bản",
    "/identifier": "Số, ký hiệu",
    "/symbol": "Ký hiệu",
    "/issued_on": "Ngày ban hành",
    "/issued_at": "Địa danh",
    "/agency/name": "Cơ quan ban hành",
    "/agency/parent": "Cơ quan cấp trên",
    "/subject": "Trích yếu",
    "/urgency": "Độ khẩn",
    "/secrecy": "Độ mật",
}
_LISTS = {"addressees": "Kính gửi", "recipients": "Nơi nhận"}
_MARKS = {"error": "[red]✗[/]", "warning": "[yellow]![/]", "info": "[blue]i[/]"}
_WORDS = {
    "registered": "đăng ký",
    "assessed": "đã đánh giá",
    "proposed": "đề nghị",
    "recognized": "được công nhận",
    "target": "mục tiêu",
    "potential": "tiềm năng",
    "revoked": "thu hồi",
    "product": "sản phẩm",
    "producer": "chủ thể",
    "basis": "căn cứ",
    "mention": "nhắc đến",
    "cooperative": "hợp tác xã",
    "cooperative_group": "tổ hợp tác",
    "limited_company": "công ty TNHH",
    "joint_stock_company": "công ty cổ phần",
    "private_enterprise": "doanh nghiệp tư nhân",
    "household": "hộ kinh doanh",
    "establishment": "cơ sở",
    "farm": "trang trại",
    "association": "hội",
    "other": "khác",
}
_CODED = ("status", "unit", "role", "kind")
_HIDDEN = ("sha256", "filename", "identifier", "subject")


def summary(result: Mapping[str, Any]) -> Group:
    """The whole result."""
    source = result["source"]
    parts: list[RenderableType] = [f"[bold]{escape(source['filename'])}[/] · {len(source['pages'])} trang"]
    parts.append(_values(result))
    for sheet in (REFERENCES, PRODUCTS, PRODUCERS, STAR_COUNTS):
        table = _sheet(sheet, result)
        if table.row_count:
            parts.append(table)
    parts += _issues(result)
    return Group(*parts)


def _values(result: Mapping[str, Any]) -> Table:
    table = Table(box=None, pad_edge=False)
    for label in ("Trường", "Giá trị", "Tin cậy", "Trang", "Nguyên văn"):
        table.add_column(label, overflow="fold", max_width=60 if label in ("Giá trị", "Nguyên văn") else None)
    for pointer, label, value in _leaves(result["record"]):
        proof = result["evidence"].get(pointer)
        if value is None:
            table.add_row(label, "[dim]không có[/]")
        elif proof is None:
            table.add_row(label, escape(str(value)))
        else:
            raw = escape(" ".join(proof["raw"].split()))
            table.add_row(label, escape(str(value)), f"{proof['confidence']:.2f}", _pages(proof), f"[dim]{raw}[/]")
    return table


def _leaves(record: Mapping[str, Any]) -> Iterator[tuple[str, str, Any]]:
    for pointer, label in _HEADER.items():
        value = _at(record, pointer)
        if pointer == "/symbol" and record.get("identifier") is not None:
            continue
        if value is not None or pointer not in ("/symbol", "/urgency", "/secrecy", "/agency/parent"):
            yield pointer, label, value
    yield from _signers(record)
    for field, label in _LISTS.items():
        for index, value in enumerate(record.get(field) or ()):
            yield f"/{field}/{index}", label if index == 0 else "", value


def _at(record: Mapping[str, Any], pointer: str) -> Any:
    value: Any = record
    for step in pointer[1:].split("/"):
        value = value.get(step) if isinstance(value, Mapping) else None
    return value


def _signers(record: Mapping[str, Any]) -> Iterator[tuple[str, str, Any]]:
    for index, signer in enumerate(record.get("signers") or ()):
        for name, label in (("name", "Người ký"), ("position", "Chức vụ")):
            if signer.get(name) is not None:
                authority = signer.get("authority") if name == "position" else None
                yield f"/signers/{index}/{name}", label, " ".join(filter(None, (authority, signer[name])))


def _pages(proof: Mapping[str, Any]) -> str:
    return ", ".join(dict.fromkeys(str(region["page"]) for region in proof["regions"])) or "–"


def _sheet(sheet: Sheet, result: Mapping[str, Any]) -> Table:
    table = Table(title=f"\n{sheet.title}", title_justify="left", box=None, pad_edge=False)
    found = list(rows(sheet, result))
    used = [name for name in sheet.columns if name not in _HIDDEN and any(row.get(name) is not None for row in found)]
    for name in used:
        table.add_column(sheet.columns[name], overflow="fold")
    for row in found:
        table.add_row(*(_cell(name, row.get(name)) for name in used))
    return table


def _cell(name: str, value: Any) -> str:
    """A cell for people: codes in words."""
    if value is None:
        return ""
    return escape(str(_WORDS.get(value, value) if name in _CODED else value))


def _issues(result: Mapping[str, Any]) -> Iterator[str]:
    if result["issues"]:
        yield "\n[bold]Cần xem lại[/]"
    for issue in result["issues"]:
        pages = ", ".join(dict.fromkeys(str(region["page"]) for region in issue["regions"]))
        where = f" (trang {pages})" if pages else ""
        yield f"{_MARKS[issue['severity']]} {escape(issue['message'])}{where} [dim]{issue['code']}[/]"
