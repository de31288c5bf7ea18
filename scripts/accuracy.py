"""Markdown table of evaluations: `python scripts/accuracy.py TITLE=FILE …` (files written by `evaluate --json`)."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

FIELDS = (
    "doc_type", "number", "number [printed]", "number [hand]", "number [overprinted]", "symbol", "issued_on",
    "issued_on [printed]", "issued_on [hand]", "issued_on [overprinted]", "issued_at", "agency.name", "agency.parent",
    "subject", "addressees", "signers", "signers.name", "recipients", "references", "references.issued_on",
    "references.agency", "products", "products.producer", "products.stars", "products.status", "producers",
    "star_counts", "star_counts.status", "star_counts.period", "issues",
)  # fmt: skip


def cell(evaluation: dict[str, Any], field: str) -> str:
    """Soft F1 and support of a field."""
    found = evaluation["fields"].get(field)
    return "–" if found is None or found["soft"]["f1"] is None else f"{found['soft']['f1']:.2f} ({found['support']})"


def main(arguments: list[str]) -> None:
    """Print the table."""
    columns = {
        title: json.loads(Path(path).read_text(encoding="utf-8"))
        for title, _, path in (argument.partition("=") for argument in arguments)
    }
    print("| trường | " + " | ".join(columns) + " |")
    print("|---|" + "---|" * len(columns))
    for field in FIELDS:
        cells = [cell(evaluation, field) for evaluation in columns.values()]
        if set(cells) != {"–"}:
            print(f"| `{field}` | " + " | ".join(cells) + " |")
    calibration = [f"{evaluation['calibration']['error']:.3f}" for evaluation in columns.values()]
    wrong = [str(len(evaluation["sure_but_wrong"])) for evaluation in columns.values()]
    print("| sai số hiệu chuẩn | " + " | ".join(calibration) + " |")
    print("| giá trị sai có độ tin cậy ≥ 0.9 | " + " | ".join(wrong) + " |")


if __name__ == "__main__":
    main(sys.argv[1:])
