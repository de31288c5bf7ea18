"""`extractor export`: what the store holds, out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click

from extractor.cli.failures import DONE
from extractor.cli.screen import progress
from extractor.export import open_writer
from extractor.store import Filters, Store

_FORMATS = ("jsonl", "csv", "xlsx", "sip")
_ARCHIVE = ("file_code", "title", "organisation", "maintenance", "mode")


@click.command("export")
@click.option("--db", "url", required=True, help="Cơ sở dữ liệu của kho.")
@click.option("--format", "kind", type=click.Choice(_FORMATS), default="jsonl", show_default=True, help="Dạng xuất.")
@click.option("--out", "target", type=click.Path(path_type=Path), required=True, help="Tệp, hoặc thư mục với CSV.")
@click.option("--corrected/--as-read", default=None, help="Bản đã sửa hay như máy đọc (mặc định: CSV, XLSX đã sửa).")
@click.option("--type", "doc_type", help="Chỉ một loại văn bản.")
@click.option("--agency", help="Chỉ cơ quan có tên chứa cụm từ này.")
@click.option("--from", "issued_from", help="Từ ngày (2021, 2021-04, 2021-04-14).")
@click.option("--to", "issued_to", help="Đến ngày.")
@click.option("--product", help="Có sản phẩm tên chứa cụm từ này.")
@click.option("--producer", help="Có chủ thể tên chứa cụm từ này.")
@click.option("--stars", type=click.IntRange(1, 5), help="Có sản phẩm hạng sao này.")
@click.option("--product-status", help="Có sản phẩm ở tình trạng này.")
@click.option("--issue", help="Có vấn đề mang mã này.")
@click.option("--review", type=click.Choice(("open", "corrected", "confirmed")), help="Trạng thái duyệt.")
@click.option("--search", help="Tìm toàn văn, không cần dấu.")
@click.option("--file-code", help="SIP: mã hồ sơ.")
@click.option("--title", help="SIP: tiêu đề hồ sơ.")
@click.option("--organisation", help="SIP: cơ quan nộp lưu.")
@click.option("--maintenance", type=click.Choice([f"{n:02}" for n in range(1, 8)]), help="SIP: mã thời hạn lưu trữ.")
@click.option("--mode", type=click.Choice(("01", "02", "03")), help="SIP: mã chế độ sử dụng.")
def command(url: str, kind: str, target: Path, corrected: bool | None, **wanted: Any) -> int:
    """Xuất kết quả trong kho ra JSON Lines, CSV, XLSX hoặc gói nộp lưu SIP (METS, EAD, PREMIS)."""
    archive = {name: value for name in _ARCHIVE if (value := wanted.pop(name)) is not None}
    if archive and kind != "sip":
        raise click.UsageError("--file-code, --title, --organisation, --maintenance, --mode chỉ dùng với --format sip.")
    store = Store.open(url, fingerprint="export")
    filters = Filters(status="done", **wanted)
    use = corrected if corrected is not None else kind != "jsonl"
    total = store.count(filters)
    with progress("Xuất") as step:
        results = _counted(_results(store, filters, corrected=use), total, step)
        if kind == "sip":
            _package(store, target, results, archive)
        else:
            with open_writer(kind, target) as writer:
                for result in results:
                    writer.write(result)
    store.close()
    return DONE


def _counted(
    results: Iterator[tuple[str, dict[str, Any]]], total: int, step: Callable[[int, int, str], None]
) -> Iterator[dict[str, Any]]:
    for done, (name, result) in enumerate(results, start=1):
        yield result
        step(done, total, name)


def _package(store: Store, target: Path, results: Iterator[dict[str, Any]], archive: dict[str, str]) -> None:
    from extractor import ruleset
    from extractor.export.sip import Archive, write_sip

    names = {code: kind.label for code, kind in ruleset.load().document_types.items()}
    write_sip(target, results, lambda result: store.blobs.open(result["source"]["sha256"]), Archive(**archive), names)


def _results(store: Store, filters: Filters, *, corrected: bool) -> Iterator[tuple[str, dict[str, Any]]]:
    for held in store.results(filters):
        yield held.document.filename, held.body | {"record": held.record} if corrected else held.body
