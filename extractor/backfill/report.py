"""The closing report: what a run took in and what the store now holds, as text, CSV and a page with charts."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from extractor.backfill import page, words
from extractor.backfill.options import Summary
from extractor.backfill.parts import Failure, Section, failures, sections

__all__ = ["Failure", "Section", "as_csv", "as_page", "as_rehearsal", "as_text", "failures", "sections", "write"]

_TOP = 12


def _head(summary: Summary) -> list[str]:
    lines = ["Đã nhận: " + (words.counted(summary.taken, words.TAKEN) or "không có tệp nào")]
    if summary.refreshed:
        lines.append(f"Đọc lại theo bộ luật mới: {words.number(summary.refreshed)}")
    if summary.read:
        told = "Đã đọc lần này: " + words.counted(summary.read, words.STATUS)
        if summary.seconds:
            rate = 60 * sum(summary.read.values()) / summary.seconds
            told += f" · {words.span(summary.seconds)}, {rate:.0f} tệp/phút"
        lines.append(told)
    return lines


def as_text(summary: Summary, parts: tuple[Section, ...], failed: list[Failure], most: int | None = None) -> str:
    """For a terminal or a log. `most`: how many failures are listed; all by default."""
    lines = _head(summary)
    for part in parts:
        if part.rows:
            lines += ["", part.title]
            lines += [f"  {words.number(number):>9}  {name}" for name, number in part.rows[:_TOP]]
            lines += [f"  {'…':>9}  và {len(part.rows) - _TOP} mục nữa"] * (len(part.rows) > _TOP)
    lines += [""] * bool(failed or summary.later)
    lines += [f"LỖI {item.path}: {item.message}" for item in failed[:most]]
    if most is not None and len(failed) > most:
        lines.append(f"… và {words.number(len(failed) - most)} tệp lỗi nữa: dùng --report DIR để có danh sách đầy đủ.")
    lines += [f"ĐỂ LẠI {path}: tệp đang được ghi. Chạy lại khi ghi xong." for path in summary.later]
    return "\n".join(lines)


def as_rehearsal(summary: Summary) -> str:
    """What would be done, for a terminal."""
    lines = [
        "Chạy thử, chưa ghi gì. Nếu chạy thật: " + (words.counted(summary.taken, words.TAKEN) or "không có gì mới")
    ]
    if summary.taken["new"]:
        lines.append(f"Dung lượng phải đọc: {words.size(summary.size)}; tệp trùng nội dung sẽ chỉ đọc một lần.")
    if summary.refreshed:
        lines.append(f"Sẽ đọc lại theo bộ luật mới: {words.number(summary.refreshed)}")
    lines += [f"LỖI {path}: {why}" for path, why in summary.problems]
    return "\n".join(lines + [f"ĐỂ LẠI {path}: tệp đang được ghi." for path in summary.later])


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
    return page.as_page(_head(summary), parts, failed)


def write(folder: Path, summary: Summary, parts: tuple[Section, ...], failed: list[Failure]) -> None:
    """`report.txt`, `report.csv` (with BOM, for Excel) and `report.html` in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "report.txt").write_text(as_text(summary, parts, failed) + "\n", encoding="utf-8")
    (folder / "report.csv").write_text(as_csv(parts, failed), encoding="utf-8-sig", newline="")
    (folder / "report.html").write_text(as_page(summary, parts, failed), encoding="utf-8")
