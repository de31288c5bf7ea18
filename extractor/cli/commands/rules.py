"""`extractor rules check`: the rule files prove themselves."""

from __future__ import annotations

from pathlib import Path

import click

from extractor.cli.failures import DONE, FAILED, say


@click.group("rules")
def command() -> None:
    """Kiểm tra các tệp luật."""


@command.command("check")
@click.option("--rules", "folder", type=click.Path(path_type=Path), help="Thư mục luật khác với bộ đi kèm.")
def check(folder: Path | None) -> int:
    """Đọc mọi tệp luật và chạy mọi ví dụ trong đó."""
    from extractor import rulecheck, ruleset

    report = rulecheck.check(ruleset.load(folder))
    for fault in report.faults:
        say(f"LỖI: {fault}")
    click.echo(f"{report.files} tệp luật, {report.patterns} mẫu, {report.examples} ví dụ: {len(report.faults)} lỗi.")
    return FAILED if report.faults else DONE
