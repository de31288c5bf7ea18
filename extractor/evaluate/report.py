"""An evaluation as tables for people."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from rich.console import Group, RenderableType
from rich.markup import escape
from rich.table import Table

from extractor.evaluate.compare import Change, Comparison
from extractor.evaluate.outcome import Outcome
from extractor.evaluate.run import Evaluation
from extractor.evaluate.tally import Counts, calibration


def report(evaluation: Evaluation, verbose: bool = False, comparison: Comparison | None = None) -> Group:
    """The table of fields, calibration, wrong values given as sure; failures by document when `verbose`."""
    parts: list[RenderableType] = [_fields(evaluation), _calibration(evaluation)]
    parts += _errors(evaluation)
    parts += _sure(evaluation)
    if verbose:
        parts += _failures(evaluation)
    if comparison is not None:
        parts += _changes(comparison)
    return Group(*parts)


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}" if value != 1 else "1.00"


def _scores(counts: Counts) -> list[str]:
    return [_number(counts.precision), _number(counts.recall), _number(counts.f1)]


def _fields(evaluation: Evaluation) -> Table:
    table = Table(title=f"{evaluation.folder}: {len(evaluation.documents)} tài liệu", title_justify="left", box=None)
    table.add_column("trường")
    for name in ("P", "R", "F1", "P mềm", "R mềm", "F1 mềm", "số giá trị"):
        table.add_column(name, justify="right")
    for row in evaluation.rows():
        table.add_row(escape(row.name), *_scores(row.strict), *_scores(row.soft), str(row.strict.support))
    return table


def _calibration(evaluation: Evaluation) -> str:
    error, bins = calibration(evaluation.outcomes)
    if error is None:
        return "\nChưa có giá trị nào kèm độ tin cậy."
    parts = ", ".join(f"{one.confidence:.2f}→{one.accuracy:.2f} ({one.values})" for one in bins)
    return f"\nSai số hiệu chuẩn (ECE, 10 khoảng): {error:.3f}; tin cậy→đúng (số giá trị): {parts}"


def _errors(evaluation: Evaluation) -> Iterator[str]:
    for document in evaluation.documents:
        if document.error is not None:
            yield f"KHÔNG ĐỌC ĐƯỢC {escape(document.name)}: {escape(document.error)}"


def _sure(evaluation: Evaluation) -> Iterator[str]:
    wrong = evaluation.sure_but_wrong()
    yield f"Giá trị sai được đưa ra với độ tin cậy từ 0.9: {len(wrong)}"
    for name, outcome in wrong:
        yield f"  {escape(name)} {_line(outcome)} ({outcome.confidence:.2f})"


def _shown(value: Any) -> str:
    return escape(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))


def _line(item: Outcome | Change) -> str:
    return f"{item.field}: cần {_shown(item.expected)} | có {_shown(item.found)}"


def _failures(evaluation: Evaluation) -> Iterator[str]:
    for document in evaluation.documents:
        failures = document.failures
        yield f"\n{escape(document.name)}: {len(document.outcomes) - len(failures)}/{len(document.outcomes)} đúng"
        for outcome in failures:
            yield f"  {_line(outcome)} {escape(outcome.pointer)}"


def _changes(comparison: Comparison) -> Iterator[str]:
    yield f"\nSo với lần trước: được {len(comparison.gains)}, mất {len(comparison.losses)}"
    for name, (old, new) in comparison.fields.items():
        yield f"  {escape(name)}: {_number(old)} → {_number(new)}"
    for sign, changes in (("+", comparison.gains), ("-", comparison.losses)):
        for change in changes:
            yield f"  {sign} {escape(change.document)} {_line(change)}"
