"""What a report is made of: counts over the store, and the files that gave no result."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePath

from sqlalchemy import Connection, case, func, select

from extractor.backfill import words
from extractor.store import Store
from extractor.store.ledger import inside, sources
from extractor.store.schema import documents, issues

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


def sections(store: Store, failed: list[Failure] | None = None) -> tuple[Section, ...]:
    """Documents of the store by status, type, year, agency, issue and lowest confidence; failures by cause."""
    done = documents.c.status == "done"
    year = func.substr(documents.c.issued_on, 1, 4)
    causes = Counter(words.failure(item.code) for item in failed or ())
    with store.engine.connect() as connection:
        return (
            _section(connection, "Trạng thái", documents.c.status, names=lambda code: words.STATUS.get(code, code)),
            Section("Tệp lỗi, theo nguyên nhân", tuple(causes.most_common(_TOP))),
            _section(connection, "Loại văn bản", documents.c.doc_type, done, empty="không phải văn bản hành chính"),
            _section(connection, "Năm ban hành", year, done, empty="không rõ", by_name=True),
            _section(connection, "Cơ quan ban hành", documents.c.agency, done, empty="không rõ"),
            _section(connection, "Vấn đề cần xem", issues.c.code, names=words.issue),
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
    names: Callable[[str], str] = str,
    by_name: bool = False,
) -> Section:
    count = func.count()
    order = column if by_name else count.desc()
    query = select(column, count).where(*wanted).group_by(column).order_by(order)  # type: ignore[call-overload]
    rows = [(names(str(name)) if name else empty, int(number)) for name, number in connection.execute(query)]
    rows = [row for row in rows if row[0]]
    rest = sum(number for _, number in rows[_TOP:])
    return Section(title, (*rows[:_TOP], *[(f"khác ({len(rows) - _TOP} mục)", rest)] * bool(rest)))


def failures(store: Store, root: Path) -> list[Failure]:
    """Every file of the folder that gave no result, with the reason."""
    wanted = select(
        sources.c.path, sources.c.outcome, sources.c.message, documents.c.error_code, documents.c.error_message
    ).outerjoin(documents, documents.c.id == sources.c.document_id)
    wanted = wanted.where((sources.c.outcome == "unreadable") | (documents.c.status == "failed"))
    with store.engine.connect() as connection:
        rows = connection.execute(wanted.where(inside(str(root.resolve()))).order_by(sources.c.path))
        return [
            Failure(row.path, row.error_code or "unreadable", _reason(row.path, row.error_message or row.message or ""))
            for row in rows
        ]


def _reason(path: str, message: str) -> str:
    """A message without the file's name in front: the path is named beside it."""
    short = message.removeprefix(f"{PurePath(path).name}: ")
    return short[:1].upper() + short[1:]
