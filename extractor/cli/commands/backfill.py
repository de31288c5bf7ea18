"""`extractor backfill`: whole folders into the store."""

from __future__ import annotations

from pathlib import Path

import click

from extractor.cli.failures import DONE, FAILED
from extractor.cli.screen import output

_LISTED = 50
"""Failures named on the screen; a report names all."""


@click.command("backfill")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--db", "database", required=True, metavar="URL", help="Cơ sở dữ liệu: tệp SQLite hoặc postgresql://…")
@click.option("--data", metavar="PLACE", help="Thư mục hoặc địa chỉ fsspec giữ tệp gốc.")
@click.option("--workers", type=click.IntRange(min=1), default=2, show_default=True, help="Số tiến trình đọc.")
@click.option("--cluster", metavar="ADDRESS", help="Địa chỉ bộ điều phối Dask, ví dụ tcp://máy:8786.")
@click.option("--refresh", is_flag=True, help="Đọc lại những gì bộ luật cũ đã đọc; phần đã sửa tay được giữ.")
@click.option("--retry-failed", is_flag=True, help="Thử lại các tệp đã lỗi.")
@click.option("--dry-run", is_flag=True, help="Chỉ cho biết sẽ làm gì, không ghi gì.")
@click.option("--watch", is_flag=True, help="Tiếp tục nhận tệp mới cho đến khi dừng bằng Ctrl-C.")
@click.option(
    "--memory",
    type=click.IntRange(min=256),
    default=3072,
    show_default=True,
    help="Bộ nhớ tối đa (MB) cho mỗi tài liệu.",
)
@click.option(
    "--share-pages",
    type=click.IntRange(min=0),
    default=20,
    show_default=True,
    help="Tệp dài hơn hai lần số trang này được chia thành đoạn cho các tiến trình cùng đọc; 0: không chia.",
)
@click.option(
    "--report", type=click.Path(path_type=Path), metavar="DIR", help="Ghi báo cáo (txt, csv, html) vào thư mục."
)
def command(
    folder: Path,
    database: str,
    data: str | None,
    workers: int,
    cluster: str | None,
    refresh: bool,
    retry_failed: bool,
    dry_run: bool,
    watch: bool,
    memory: int,
    share_pages: int,
    report: Path | None,
) -> int:
    """Đưa cả thư mục DIR vào kho; chạy lại thì làm tiếp, không làm hai lần."""
    from extractor.backfill import Options, run
    from extractor.backfill import report as reporting
    from extractor.store import Store

    options = Options(
        folder,
        database,
        data,
        workers,
        cluster,
        refresh,
        dry_run,
        watch,
        retry_failed,
        memory << 20,
        report=report,
        share=share_pages,
    )
    summary = run(options)
    if dry_run:
        output().print(reporting.as_rehearsal(summary), markup=False, soft_wrap=True)
        return DONE
    store = Store.open(database, data)
    try:
        failed = reporting.failures(store, folder)
        parts = reporting.sections(store, failed)
    finally:
        store.close()
    output().print(reporting.as_text(summary, parts, failed, most=_LISTED), markup=False, soft_wrap=True)
    if report is not None:
        reporting.write(report, summary, parts, failed)
    return FAILED if failed or summary.failed else DONE
