"""The closing report: what a run took in and what the store now holds, as text, CSV and a page with charts."""

from __future__ import annotations

import csv
import html
import io
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, case, func, select

from extractor.backfill.options import Summary
from extractor.store import Store
from extractor.store.ledger import sources
from extractor.store.schema import documents, issues

_TAKEN = {
    "accepted": "nhận mới",
    "duplicate": "trùng nội dung",
    "known": "đã có từ lần trước",
    "unreadable": "không đọc được",
    "skipped": "bỏ qua (tệp hệ thống)",
    "new": "sẽ nhận",
}
_STATUS = {"done": "xong", "failed": "lỗi", "queued": "đang chờ", "running": "đang đọc"}
_TOP = 30


@dataclass(frozen=True, slots=True)
class Section:
    """A table of the report: (name, count), largest first."""

    title: str
    rows: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that gave no result, and what to do."""

    path: str
    code: str
    message: str


def sections(store: Store) -> tuple[Section, ...]:
    """Documents of the store by status, type, year, agency, issue and lowest confidence."""
    done = documents.c.status == "done"
    year = func.substr(documents.c.issued_on, 1, 4)
    with store.engine.connect() as connection:
        return (
            _section(connection, "Trạng thái", documents.c.status, names=_STATUS),
            _section(connection, "Loại văn bản", documents.c.doc_type, done, empty="không phải văn bản hành chính"),
            _section(connection, "Năm ban hành", year, done, empty="không rõ", by_name=True),
            _section(connection, "Cơ quan ban hành", documents.c.agency, done, empty="không rõ"),
            _section(connection, "Vấn đề cần xem", issues.c.code),
            _section(connection, "Độ tin cậy thấp nhất trong văn bản", _band(), done, by_name=True),
        )


def _band() -> object:
    lowest = documents.c.lowest
    return case(
        (lowest.is_(None), "không có giá trị"),
        (lowest < 0.5, "dưới 0,5"),
        (lowest < 0.8, "0,5 đến 0,8"),
        (lowest < 0.95, "0,8 đến 0,95"),
        else_="từ 0,95",
    )


def _section(
    connection: Connection,
    title: str,
    column: object,
    *wanted: object,
    empty: str = "",
    names: dict[str, str] | None = None,
    by_name: bool = False,
) -> Section:
    count = func.count()
    order = column if by_name else count.desc()
    query = select(column, count).where(*wanted).group_by(column).order_by(order).limit(_TOP)  # type: ignore[call-overload]
    rows = [
        ((names or {}).get(str(name), str(name)) if name else empty, int(number))
        for name, number in connection.execute(query)
    ]
    return Section(title, tuple((name, number) for name, number in rows if name))


def failures(store: Store, root: Path) -> list[Failure]:
    """Every file of the folder that gave no result, with the reason."""
    with store.engine.connect() as connection:
        query = (
            select(
                sources.c.path, sources.c.outcome, sources.c.message, documents.c.error_code, documents.c.error_message
            )
            .outerjoin(documents, documents.c.id == sources.c.document_id)
            .where((sources.c.outcome == "unreadable") | (documents.c.status == "failed"))
            .order_by(sources.c.path)
        )
        stem = str(root.resolve()).rstrip("/") + "/"
        return [
            Failure(row.path, row.error_code or "unreadable", row.error_message or row.message or "")
            for row in connection.execution_options(yield_per=500).execute(query)
            if row.path.startswith(stem)
        ]


def as_text(summary: Summary, parts: tuple[Section, ...], failed: list[Failure]) -> str:
    """For a terminal or a log."""
    lines = ["Đã nhận: " + (_join(summary.taken, _TAKEN) or "không có tệp nào")]
    if summary.refreshed:
        lines.append(f"Đọc lại theo bộ luật mới: {summary.refreshed}")
    if summary.read:
        lines.append("Đã đọc lần này: " + _join(summary.read, _STATUS))
    for part in parts:
        if part.rows:
            lines += ["", part.title] + [
                f"  {number:>9,}  {name}".replace(",", ".", 1) for name, number in part.rows[:12]
            ]
    lines += [""] * bool(failed or summary.later)
    lines += [f"LỖI {item.path}: {item.message}" for item in failed]
    lines += [f"ĐỂ LẠI {path}: tệp đang được ghi. Chạy lại khi ghi xong." for path in summary.later]
    return "\n".join(lines)


def _join(counts: dict[str, int], names: dict[str, str]) -> str:
    return ", ".join(f"{number} {names.get(key, key)}" for key, number in sorted(counts.items()) if number)


def as_csv(parts: tuple[Section, ...], failed: list[Failure]) -> str:
    """One table: section, name, count; then the failures with code and message."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["phần", "mục", "số", "ghi chú"])
    for part in parts:
        writer.writerows([part.title, _plain(name), number, ""] for name, number in part.rows)
    writer.writerows(["Tệp lỗi", _plain(item.path), item.code, _plain(item.message)] for item in failed)
    return out.getvalue()


def _plain(value: str) -> str:
    # A spreadsheet must not run what a file name says.
    return "'" + value if value[:1] in "=+-@\t\r" else value


def as_page(summary: Summary, parts: tuple[Section, ...], failed: list[Failure]) -> str:
    """A page that needs nothing from the network."""
    body = [f"<p>{html.escape('Đã nhận: ' + _join(summary.taken, _TAKEN))}</p>"]
    body += [_chart(part) for part in parts if part.rows]
    if failed:
        rows = "".join(
            f"<tr><td>{html.escape(item.path)}</td><td>{html.escape(item.code)}</td><td>{html.escape(item.message)}</td></tr>"
            for item in failed
        )
        body.append(
            f"<h2>Tệp lỗi</h2><table><tr><th>Tệp</th><th>Mã</th><th>Lý do và cách xử lý</th></tr>{rows}</table>"
        )
    return _PAGE.replace("{{body}}", "\n".join(body))


def _chart(part: Section) -> str:
    largest = max(number for _, number in part.rows)
    bars = "".join(
        f"<tr><th>{html.escape(name)}</th><td><svg width='320' height='14' role='img' aria-label='{number}'>"
        f"<rect width='{max(1, round(320 * number / largest))}' height='14' rx='2'/></svg></td><td>{number}</td></tr>"
        for name, number in part.rows
    )
    return f"<h2>{html.escape(part.title)}</h2><table class='bars'>{bars}</table>"


_PAGE = """<!doctype html>
<html lang="vi"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Báo cáo nhập kho</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #1d2733 }
h1, h2 { line-height: 1.2 } table { border-collapse: collapse; width: 100% }
th, td { text-align: left; padding: .25rem .5rem; vertical-align: top; overflow-wrap: anywhere }
.bars { width: auto } .bars th { font-weight: 400 } rect { fill: #2a6f97 }
</style>
<h1>Báo cáo nhập kho</h1>
{{body}}
</html>
"""


def write(folder: Path, summary: Summary, parts: tuple[Section, ...], failed: list[Failure]) -> None:
    """`report.txt`, `report.csv` (with BOM, for Excel) and `report.html` in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "report.txt").write_text(as_text(summary, parts, failed) + "\n", encoding="utf-8")
    (folder / "report.csv").write_text(as_csv(parts, failed), encoding="utf-8-sig", newline="")
    (folder / "report.html").write_text(as_page(summary, parts, failed), encoding="utf-8")
