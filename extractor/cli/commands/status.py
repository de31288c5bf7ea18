"""`extractor status`: what the store holds and what failed."""

from __future__ import annotations

import json
from pathlib import Path

import click
from rich.markup import escape
from rich.table import Table

from extractor.backfill import words
from extractor.cli.failures import DONE
from extractor.cli.screen import output
from extractor.store import STATUSES, DocumentRow, Filters, Store

_WORDS = {"queued": "chờ đọc", "running": "đang đọc", "done": "đã đọc", "failed": "không đọc được"}


@click.command("status")
@click.option("--db", "url", help="Cơ sở dữ liệu của kho (mặc định: data/store.sqlite).")
@click.option("--json", "as_json", is_flag=True, help="In dạng JSON cho máy.")
@click.option("--failures", type=click.IntRange(0), default=50, show_default=True, help="Số tệp lỗi được liệt kê.")
def command(url: str | None, as_json: bool, failures: int) -> int:
    """Cho biết kho có gì, còn chờ gì, tệp nào không đọc được và vì sao."""
    store = Store.open(url or f"sqlite:///{Path('data').absolute() / 'store.sqlite'}", fingerprint="status")
    held = store.stats()
    counts = {name: held.statuses.get(name, 0) for name in STATUSES}
    failed = list(store.documents(Filters(status="failed"), failures).items) if failures else []
    store.close()
    if as_json:
        plain = {"statuses": counts, "failed": [_plain(row) for row in failed]}
        click.echo(json.dumps(plain, ensure_ascii=False, indent=1))
        return DONE
    console = output()
    console.print(" · ".join(f"{_WORDS[name]}: {count}" for name, count in counts.items()))
    if failed:
        causes = sorted(held.failures.items(), key=lambda item: -item[1])
        console.print("Vì sao: " + ", ".join(f"{words.failure(code)} {count}" for code, count in causes))
        console.print(_table(failed))
        if counts["failed"] > len(failed):
            console.print(f"… và {counts['failed'] - len(failed)} tệp nữa: --failures SỐ để xem thêm.")
        console.print("Sửa xong thì chạy lại: extractor backfill DIR --db URL --retry-failed")
    return DONE


def _table(failed: list[DocumentRow]) -> Table:
    table = Table("Tệp", "Mã lỗi", "Lý do và cách xử lý")
    for row in failed:
        reason = (row.error_message or "").removeprefix(f"{row.filename}: ")
        table.add_row(escape(row.filename), row.error_code, escape(reason))
    return table


def _plain(row: DocumentRow) -> dict[str, str | None]:
    return {"id": row.id, "filename": row.filename, "sha256": row.sha256, "code": row.error_code,
            "message": row.error_message}  # fmt: skip
