"""Lists against their gold: one-to-one best matching by key, then the attributes of the pairs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from extractor.evaluate.gold import Entry, Expected, entry
from extractor.evaluate.matching import best_pairs
from extractor.evaluate.normal import SOFT_RATIO, equal, likeness
from extractor.evaluate.outcome import Outcome, judge

_STRICT, _SOFT, _REQUIRED = 1e6, 1e4, 1e3
_NEAR = 60.0
_NULL = Expected((None,))


@dataclass(frozen=True, slots=True)
class ListField:
    """How a list is scored.

    `key` finds the pairs ("" alone: the entries are strings); `attributes` maps the others to whether they are
    soft. `whole`: the field itself counts entries that are right in every attribute, and `field.key` the keys.
    """

    name: str
    key: tuple[str, ...]
    soft: bool
    attributes: Mapping[str, bool]
    whole: bool = False

    @property
    def key_name(self) -> str:
        """The name under which the key is reported."""
        return f"{self.name}.{self.key[0]}" if self.whole else self.name

    def shown(self, value: Any) -> Any:
        """The key of an entry that was found, as reports show it."""
        parts = [_get(value, name) for name in self.key]
        return parts[0] if len(parts) == 1 else parts

    def pointer(self, index: int) -> str:
        """Where the evidence of an entry's key lies, "" below 0; a count speaks for its key (stars may be null)."""
        if index < 0:
            return ""
        leaf = "count" if len(self.key) > 1 else self.key[0]
        return f"/{self.name}/{index}" + (f"/{leaf}" if leaf else "")


LISTS = (
    ListField("addressees", ("",), True, {}),
    ListField("signers", ("name",), True, {"position": False, "authority": False, "on_behalf_of": False}, whole=True),
    ListField("recipients", ("",), True, {}),
    ListField(
        "references",
        ("identifier",),
        False,
        {"issued_on": False, "agency": True, "role": False, "doc_type": False, "subject": True},
    ),
    ListField(
        "products",
        ("name",),
        True,
        {
            "producer": True,
            "stars": False,
            "status": False,
            "points": False,
            "group": False,
            "locality": True,
            "year": False,
        },
    ),
    ListField("producers", ("name",), True, {"kind": False, "locality": True, "product_count": False}),
    ListField(
        "star_counts",
        ("stars", "count", "unit"),
        False,
        {"comparison": False, "status": False, "period": False, "scope": True},
    ),
)


def score_list(field: ListField, wanted: Sequence[Any], found: Sequence[Any]) -> Iterator[Outcome]:
    """The outcomes of one list. References without an identifier are not scored on either side."""
    entries = [entry(raw, field.key[0]) for raw in wanted]
    values = list(enumerate(found))
    if field.key == ("identifier",):
        entries = [one for one in entries if (one.get("identifier") or _NULL).value is not None]
        values = [(index, value) for index, value in values if value.get("identifier") is not None]
    pairs = dict(best_pairs(_weights(field, entries, [value for _, value in values])))
    for row, one in enumerate(entries):
        if not one.optional:
            yield from _expected(field, one, values[pairs[row]] if row in pairs else None)
    taken = set(pairs.values())
    for column, (index, value) in enumerate(values):
        if column not in taken:
            yield Outcome(field.key_name, None, field.shown(value), False, False, field.pointer(index))
            if field.whole:
                yield Outcome(field.name, None, value, False, False)


def _get(value: Any, name: str) -> Any:
    return value if name == "" else value.get(name)


def _weights(field: ListField, entries: Sequence[Entry], values: Sequence[Any]) -> NDArray[np.float64]:
    """Right pairs before near ones, required entries before optional ones, then those that agree in more attributes.

    Near pairs change no count; they let a report show what was found beside what was expected.
    """
    weights = np.zeros((len(entries), len(values)))
    for row, one in enumerate(entries):
        for column, value in enumerate(values):
            strict, soft, ratio = _compare(field, one, value)
            if soft:
                weights[row, column] = (_STRICT if strict else _SOFT + ratio) + (0 if one.optional else _REQUIRED)
                weights[row, column] += _agreement(field, one, value)
            elif ratio >= _NEAR and field.soft and not one.optional:
                weights[row, column] = ratio / 100
    return weights


def _compare(field: ListField, one: Entry, value: Any) -> tuple[bool, bool, float]:
    """Whether the keys are equal, whether they count as alike, and how alike they are (0–100)."""
    strict, ratio = True, 100.0
    for name in field.key:
        accepted, found = (one.get(name) or _NULL).accepted, _get(value, name)
        strict = strict and any(equal(item, found) for item in accepted)
        ratio = min(ratio, max(likeness(item, found) for item in accepted))
    return strict, strict or (field.soft and ratio >= SOFT_RATIO), ratio


def _agreement(field: ListField, one: Entry, value: Any) -> int:
    wants = [(one.get(name), value.get(name)) for name in field.attributes]
    return sum(1 for want, found in wants if want is not None and any(equal(item, found) for item in want.accepted))


def _expected(field: ListField, one: Entry, match: tuple[int, Any] | None) -> Iterator[Outcome]:
    """The outcomes of a required entry: its key, then its attributes where the key is right."""
    keys = [(one.get(name) or _NULL).value for name in field.key]
    wanted = keys[0] if len(keys) == 1 else keys
    index, value = match if match is not None else (-1, None)
    strict, soft, _ = _compare(field, one, value) if match is not None else (False, False, 0.0)
    found = field.shown(value) if match is not None else None
    yield Outcome(field.key_name, wanted, found, strict, soft, field.pointer(index))
    attributes = list(_attributes(field, one, index, value)) if soft else []
    if field.whole:
        agrees = all(outcome.strict for outcome in attributes)
        whole = {name: want.value for name, want in one.attributes.items()}
        yield Outcome(field.name, whole, value, strict and agrees, soft and agrees)
    yield from attributes


def _attributes(field: ListField, one: Entry, index: int, value: Any) -> Iterator[Outcome]:
    for name, soft in field.attributes.items():
        want = one.get(name)
        if want is not None:
            yield from judge(f"{field.name}.{name}", want, value.get(name), soft, f"/{field.name}/{index}/{name}")
