"""Rule files (YAML, data only) → one immutable RuleSet with a fingerprint.

A field file has the keys `field label source zone parser patterns vocabulary examples`; a document type file
`code label source names …`; `vocabulary.yaml` the named regex pieces (`$name`) and word lists shared by all. An unknown
key or a pattern that does not compile fails at load and names file and key.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

import regex
import yaml

from extractor.errors import ConfigurationError
from extractor.resources import rules_dir

_FIELD_KEYS = {
    "field", "label", "label_en", "source", "zone", "parser", "type", "patterns", "vocabulary", "pieces", "examples"
}  # fmt: skip
_TYPE_KEYS = {"code", "label", "label_en", "source", "names", "since", "until", "legal", "symbols", "examples"}
_PATTERN_KEYS = {"id", "regex", "confidence", "flags", "with", "because"}
_EXAMPLE_KEYS = {"text", "value", "because", "zone", "pattern"}
_PIECE = regex.compile(r"\$(\w+)|\$\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Pattern:
    """A compiled pattern of a rule file; `options` is its `with:` mapping."""

    id: str
    regex: regex.Pattern[str]
    confidence: float = 0.9
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Example:
    """A text with the value that the rules must find in it, None for nothing."""

    text: str
    value: Any
    because: str = ""
    zone: str | None = None
    pattern: str | None = None


@dataclass(frozen=True, slots=True)
class FieldRules:
    """One field's rule file."""

    field: str
    label: str
    source: str
    zone: str | None
    parser: str
    patterns: Mapping[str, Pattern]
    vocabulary: Mapping[str, Any]
    examples: tuple[Example, ...]
    path: str
    label_en: str = ""
    type: str = "string"


@dataclass(frozen=True, slots=True)
class DocumentType:
    """A document type: official code, printed names, legal source and years of use."""

    code: str
    label: str
    names: tuple[str, ...]
    source: str = ""
    label_en: str = ""
    since: int | None = None
    until: int | None = None
    legal: bool = False
    symbols: tuple[str, ...] = ()
    path: str = ""


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class RuleSet:
    """Everything the recognisers know; immutable, shared by all documents of a process."""

    pieces: Mapping[str, str]
    vocabulary: Mapping[str, Any]
    fields: Mapping[str, FieldRules]
    document_types: Mapping[str, DocumentType]
    programme: Mapping[str, Any]
    fingerprint: str


def for_rules(work: Callable[[RuleSet], T]) -> Callable[[RuleSet], T]:
    """Remembers what was made of a rule set: rule sets are immutable, and a process uses one."""
    held: list[tuple[RuleSet, T]] = []

    @functools.wraps(work)
    def found(rules: RuleSet) -> T:
        if not held or held[0][0] is not rules:
            held[:] = [(rules, work(rules))]
        return held[0][1]

    return found


def _read_yaml(path: Path) -> dict[str, Any]:
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise ConfigurationError(f"Tệp luật {path.name} không đọc được: {error}", hint="Sửa cú pháp YAML.") from error
    if not isinstance(data, dict):
        raise ConfigurationError(f"Tệp luật {path.name} phải là một ánh xạ YAML.", hint="Xem docs/add-a-field.md.")
    return data


def _check_keys(path: Path, where: str, data: Mapping[str, Any], known: set[str]) -> None:
    unknown = sorted(set(data) - known)
    if unknown:
        raise ConfigurationError(
            f"Tệp luật {path.name}: khóa lạ {', '.join(map(repr, unknown))} ở {where}.",
            hint=f"Các khóa được dùng: {', '.join(sorted(known))}.",
        )


def expand(pattern: str, pieces: Mapping[str, str], path: Path | None = None) -> str:
    """`$name` and `${name}` replaced by the named piece, as a group; nested pieces are expanded too.

    >>> expand("$a x", {"a": "b|$c", "c": "d"})
    '(?:b|(?:d)) x'
    """

    def replace(match: regex.Match[str]) -> str:
        name = match[1] or match[2]
        if name not in pieces:
            raise ConfigurationError(f"Tệp luật {path and path.name}: mảnh ${name} chưa được định nghĩa.")
        return f"(?:{expand(pieces[name], pieces, path)})"

    return _PIECE.sub(replace, pattern)


def _pattern(path: Path, data: Mapping[str, Any], pieces: Mapping[str, str]) -> Pattern:
    _check_keys(path, f"patterns/{data.get('id', '?')}", data, _PATTERN_KEYS)
    flags = regex.VERSION1
    for letter in data.get("flags", ""):
        flags |= getattr(regex, letter.upper())
    try:
        compiled = regex.compile(expand(data["regex"], pieces, path), flags)
    except (regex.error, KeyError) as error:
        raise ConfigurationError(
            f"Tệp luật {path.name}: mẫu {data.get('id', '?')!r} hỏng: {error}.", hint="Sửa khóa 'regex'."
        ) from error
    options = MappingProxyType(dict(data.get("with", {})))
    return Pattern(str(data["id"]), compiled, float(data.get("confidence", 0.9)), options)


def _field(path: Path, shared: Mapping[str, str]) -> FieldRules:
    data = _read_yaml(path)
    _check_keys(path, "đầu tệp", data, _FIELD_KEYS)
    if "field" not in data:
        raise ConfigurationError(f"Tệp luật {path.name}: thiếu khóa 'field'.", hint="Xem docs/add-a-field.md.")
    pieces = {**shared, **data.get("pieces", {})}
    patterns = [_pattern(path, item, pieces) for item in data.get("patterns", [])]
    examples = []
    for item in data.get("examples", []):
        _check_keys(path, "examples", item, _EXAMPLE_KEYS)
        examples.append(Example(**item))
    return FieldRules(
        field=data["field"],
        label=data.get("label", data["field"]),
        label_en=data.get("label_en", ""),
        source=data.get("source", ""),
        zone=data.get("zone"),
        parser=data.get("parser", "pattern"),
        type=data.get("type", "string"),
        patterns=MappingProxyType({pattern.id: pattern for pattern in patterns}),
        vocabulary=MappingProxyType(data.get("vocabulary", {})),
        examples=tuple(examples),
        path=path.name,
    )


def _document_type(path: Path) -> DocumentType:
    data = _read_yaml(path)
    _check_keys(path, "đầu tệp", data, _TYPE_KEYS)
    try:
        return DocumentType(
            code=data["code"],
            label=data["label"],
            names=tuple(data.get("names", ())),
            source=data.get("source", ""),
            label_en=data.get("label_en", ""),
            since=data.get("since"),
            until=data.get("until"),
            legal=bool(data.get("legal", False)),
            symbols=tuple(data.get("symbols", ())),
            path=path.name,
        )
    except KeyError as error:
        raise ConfigurationError(f"Tệp luật {path.name}: thiếu khóa {error}.") from error


def _fingerprint(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*.yaml")):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


@functools.lru_cache(maxsize=4)
def load(folder: Path | None = None) -> RuleSet:
    """All rule files of a folder (default: the shipped one), compiled once per process."""
    folder = folder or rules_dir()
    shared = _read_yaml(folder / "vocabulary.yaml")
    _check_keys(folder / "vocabulary.yaml", "đầu tệp", shared, {"pieces", "vocabulary"})
    pieces = shared.get("pieces", {})
    fields: dict[str, FieldRules] = {}
    for path in sorted((folder / "field").glob("*.yaml")):
        rules = _field(path, pieces)
        if rules.field in fields:
            other = fields[rules.field].path
            raise ConfigurationError(f"Tệp luật {path.name}: trường {rules.field!r} đã có ở {other}.")
        fields[rules.field] = rules
    types = [_document_type(path) for path in sorted((folder / "document").glob("*.yaml"))]
    programme = {path.stem: _read_yaml(path) for path in sorted((folder / "programme").glob("*.yaml"))}
    return RuleSet(
        pieces=MappingProxyType(pieces),
        vocabulary=MappingProxyType(shared.get("vocabulary", {})),
        fields=MappingProxyType(fields),
        document_types=MappingProxyType({item.code: item for item in types}),
        programme=MappingProxyType(programme),
        fingerprint=_fingerprint(folder),
    )
