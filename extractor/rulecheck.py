"""Rule files prove themselves: every example is run, every pattern has one that it must find and one that it must not.

An example's text is arranged as a plain-text document (with `zone`, all of it in that zone) and read by the field's
parser alone. `value` is what must be found: a scalar, a mapping of some attributes, a list of either, or null for
nothing.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from extractor.document import ZoneKind
from extractor.errors import ConfigurationError
from extractor.layout.arrange import from_text
from extractor.recognise.base import Found, Recogniser
from extractor.ruleset import Example, FieldRules, Pattern, RuleSet


@dataclass(frozen=True, slots=True)
class RuleFault:
    """What is wrong with a rule file, in Vietnamese: which file, which example or pattern, why."""

    path: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}: {self.message}"


@dataclass(frozen=True, slots=True)
class RuleReport:
    """What was checked and what is wrong."""

    files: int
    patterns: int
    examples: int
    faults: tuple[RuleFault, ...]


def check(rules: RuleSet) -> RuleReport:
    """Run every example of every field file and look for patterns without proof."""
    fields = list(rules.fields.values())
    faults = [fault for field in fields for fault in _check_field(field, rules)]
    faults += _check_types(rules)
    return RuleReport(
        files=len(fields) + len(rules.document_types) + len(rules.programme) + 1,
        patterns=sum(len(field.patterns) for field in fields),
        examples=sum(len(field.examples) for field in fields),
        faults=tuple(faults),
    )


def parser(field: FieldRules) -> Recogniser:
    """The recogniser that reads a field. Raises ConfigurationError when the file names none that exists."""
    try:
        module = importlib.import_module(f"extractor.recognise.{field.parser}")
        find: Recogniser = module.find
    except (ImportError, AttributeError) as error:
        raise ConfigurationError(
            f"Tệp luật {field.path}: không có bộ đọc {field.parser!r}.", hint="Sửa khóa 'parser' (docs/add-a-field.md)."
        ) from error
    return find


def found_values(field: FieldRules, text: str, zone: str | None, rules: RuleSet) -> list[Any]:
    """What a field's parser finds in a text: the values of its findings, the best alone where the field is a scalar."""
    place: Any = zone
    kind: ZoneKind | None = place
    found = parser(field)(from_text(text, rules, kind), rules, Found())
    findings = found.all(field.field)
    best = found.best(field.field)
    if field.type in _LIST_TYPES or best is None:
        return [finding.value for finding in findings]
    return [best.value]


_BULLETS = " \t-+*•–—"
_LIST_TYPES = {"list", "strings", "objects"}


def _check_field(field: FieldRules, rules: RuleSet) -> Iterator[RuleFault]:
    passed: list[Example] = []
    for example in field.examples:
        found = found_values(field, example.text, example.zone or field.zone, rules)
        if _agrees(example.value, found):
            passed.append(example)
        else:
            yield RuleFault(field.path, _told(example, found))
    yield from _unproven(field, passed)


def _told(example: Example, found: Sequence[Any]) -> str:
    because = f" ({example.because})" if example.because else ""
    return f"ví dụ {example.text!r}{because}: cần {example.value!r}, có {list(found)!r}."


def _unproven(field: FieldRules, passed: Sequence[Example]) -> Iterator[RuleFault]:
    for pattern in field.patterns.values():
        mine = [example for example in passed if example.pattern in (None, pattern.id)]
        if not any(example.value is not None and _concerns(pattern, example.text) for example in mine):
            yield RuleFault(field.path, f"mẫu {pattern.id!r} chưa có ví dụ nào mà nó phải tìm ra.")
        if not any(example.value is None or example.value == [] for example in mine):
            yield RuleFault(field.path, f"mẫu {pattern.id!r} chưa có ví dụ nào mà nó phải bỏ qua (value: null).")


def _concerns(pattern: Pattern, text: str) -> bool:
    """Whether a pattern matches in a text, in one of its lines, or in one without its bullet (as parsers cut them)."""
    lines = text.splitlines()
    pieces = [text, *lines, *(line.lstrip(_BULLETS) for line in lines)]
    return any(pattern.regex.search(piece) for piece in pieces)


def _agrees(wanted: Any, found: Sequence[Any]) -> bool:
    """Whether what was found is what the example says.

    >>> _agrees({"name": "A"}, [{"name": "A", "stars": 3}]), _agrees(None, []), _agrees(["a", "b"], ["b", "a"])
    (True, True, False)
    """
    if wanted is None:
        return not found
    if not isinstance(wanted, list):
        return len(found) == 1 and _matches(wanted, found[0])
    if len(found) == 1 and _matches(wanted, found[0]):
        return True
    return len(wanted) == len(found) and all(map(_matches, wanted, found))


def _matches(wanted: Any, found: Any) -> bool:
    if isinstance(wanted, Mapping):
        return isinstance(found, Mapping) and all(found.get(name) == value for name, value in wanted.items())
    return bool(wanted == found)


def _check_types(rules: RuleSet) -> Iterator[RuleFault]:
    """Two document types may not share a printed name."""
    seen: dict[str, str] = {}
    for kind in rules.document_types.values():
        for name in kind.names:
            other = seen.setdefault(name.casefold(), kind.path)
            if other != kind.path:
                yield RuleFault(kind.path, f"tên loại {name!r} đã có ở {other}.")
