"""`extractor evaluate`: scores against gold."""

from __future__ import annotations

import json
from pathlib import Path

import click

from extractor.cli.failures import DONE, FAILED
from extractor.cli.screen import output, progress


@click.command("evaluate")
@click.argument("gold_dir", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="In kết quả dạng JSON cho máy.")
@click.option(
    "--compare",
    "old",
    type=click.Path(path_type=Path),
    metavar="OLD.json",
    help="Liệt kê chỗ được, chỗ mất so với lần trước.",
)
@click.option(
    "--workers", type=click.IntRange(min=1), default=1, show_default=True, help="Số tiến trình chạy song song."
)
@click.option("--verbose", is_flag=True, help="Liệt kê từng giá trị sai theo tài liệu.")
def command(gold_dir: Path, as_json: bool, old: Path | None, workers: int, verbose: bool) -> int:
    """Chấm điểm kết quả so với các tệp chuẩn *.gold.json trong GOLD_DIR."""
    from extractor.evaluate import compare as comparing
    from extractor.evaluate.report import report
    from extractor.evaluate.run import evaluate

    earlier = comparing.load(old) if old is not None else None
    with progress("Chấm điểm") as step:
        evaluation = evaluate(gold_dir, workers, step)
    plain = evaluation.to_dict()
    comparison = comparing.compare(earlier, plain) if earlier is not None else None
    if as_json:
        if comparison is not None:
            plain["comparison"] = comparison.to_dict()
        click.echo(json.dumps(plain, ensure_ascii=False, indent=1))
    else:
        output().print(report(evaluation, verbose, comparison))
    return FAILED if any(document.error is not None for document in evaluation.documents) else DONE
