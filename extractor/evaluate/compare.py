"""Two evaluations side by side: gains and losses by document."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extractor.errors import ConfigurationError


@dataclass(frozen=True, slots=True)
class Change:
    """One failure that came or went: which document, which field, what was expected and found."""

    document: str
    field: str
    expected: Any
    found: Any


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a newer evaluation does better and worse; `fields` maps a field to its old and new F1 (soft)."""

    gains: tuple[Change, ...]
    losses: tuple[Change, ...]
    fields: Mapping[str, tuple[float | None, float | None]]

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON values."""
        return {
            "gains": [_plain(change) for change in self.gains],
            "losses": [_plain(change) for change in self.losses],
            "fields": {name: {"old": old, "new": new} for name, (old, new) in self.fields.items()},
        }


def _plain(change: Change) -> dict[str, Any]:
    return {
        "document": change.document,
        "field": change.field,
        "expected": change.expected,
        "found": change.found,
    }


def load(path: Path) -> dict[str, Any]:
    """What `evaluate --json` wrote. Raises ConfigurationError when it is something else."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        _failures(data)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ConfigurationError(
            f"Tệp so sánh {path} không dùng được: {error}.", hint="Dùng tệp do 'extractor evaluate --json' ghi ra."
        ) from error
    return dict(data)


def compare(old: Mapping[str, Any], new: Mapping[str, Any]) -> Comparison:
    """Compare two evaluations (plain values); documents that only one of them knows are left out."""
    before, after = _failures(old), _failures(new)
    gains, losses = [], []
    for document in sorted(before.keys() & after.keys()):
        gains += _minus(document, before[document], after[document])
        losses += _minus(document, after[document], before[document])
    fields = {}
    for name in [*new["fields"], *(name for name in old["fields"] if name not in new["fields"])]:
        pair = tuple(side["fields"].get(name, {}).get("soft", {}).get("f1") for side in (old, new))
        if pair[0] != pair[1]:
            fields[name] = (pair[0], pair[1])
    return Comparison(tuple(gains), tuple(losses), fields)


_Failure = tuple[str, str, str]


def _failures(data: Mapping[str, Any]) -> dict[str, Counter[_Failure]]:
    """Failures by document. Values are kept as JSON so that they can be counted."""
    return {
        document["name"]: Counter(
            (item["field"], json.dumps(item["expected"]), json.dumps(item["found"])) for item in document["failures"]
        )
        for document in data["documents"]
    }


def _minus(document: str, one: Counter[_Failure], other: Counter[_Failure]) -> list[Change]:
    return [
        Change(document, field, json.loads(expected), json.loads(found))
        for (field, expected, found), times in sorted((one - other).items())
        for _ in range(times)
    ]
