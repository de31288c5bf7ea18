"""Gold files: `NAME.gold.json` beside the source that its `source` key names."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from extractor.errors import ConfigurationError

SUFFIX = ".gold.json"


@dataclass(frozen=True, slots=True)
class Expected:
    """What is right for one value: `accepted[0]` is the value, the rest are aliases (null may be one)."""

    accepted: tuple[Any, ...]
    optional: bool = False

    @property
    def value(self) -> Any:
        """The value that the gold gives first."""
        return self.accepted[0]


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a list: its attributes, or the one attribute "" for a plain string."""

    attributes: Mapping[str, Expected]
    optional: bool = False

    def get(self, name: str) -> Expected | None:
        """An attribute, None where the gold is silent."""
        return self.attributes.get(name)


@dataclass(frozen=True, slots=True)
class Gold:
    """One gold file. `values` holds its keys as they stand."""

    name: str
    source: Path
    values: Mapping[str, Any]
    hand: frozenset[str] = field(default_factory=frozenset)
    overprinted: frozenset[str] = field(default_factory=frozenset)

    def split(self, name: str) -> str:
        """How a header field stands on the page: `hand`, `overprinted` or `printed`."""
        if name in self.hand:
            return "hand"
        return "overprinted" if name in self.overprinted else "printed"


def expected(raw: Any) -> Expected:
    """A plain value, or `{"value": …, "aliases": […], "optional": true}`.

    >>> expected({"value": "08", "aliases": [None]})
    Expected(accepted=('08', None), optional=False)
    """
    if isinstance(raw, Mapping) and "value" in raw:
        return Expected((raw["value"], *raw.get("aliases", ())), bool(raw.get("optional", False)))
    return Expected((raw,))


def entry(raw: Any, key: str) -> Entry:
    """An entry of a list; the aliases of an object are those of its key attribute."""
    if not isinstance(raw, Mapping) or "value" in raw:
        one = expected(raw)
        return Entry({"": one}, one.optional)
    attributes = {name: expected(value) for name, value in raw.items() if name not in ("aliases", "optional")}
    aliases = tuple(raw.get("aliases", ()))
    if aliases:
        known = attributes.get(key, Expected((None,)))
        attributes[key] = Expected(known.accepted + aliases, known.optional)
    return Entry(attributes, bool(raw.get("optional", False)))


def read_gold(path: Path, root: Path) -> Gold:
    """One gold file. Raises ConfigurationError where it cannot be used."""
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
        source = path.parent / values["source"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ConfigurationError(
            f"Tệp chuẩn {path} không đọc được: {error!r}.", hint="Tệp phải là JSON có khóa 'source'."
        ) from error
    name = path.relative_to(root).as_posix().removesuffix(SUFFIX)
    return Gold(name, source, values, frozenset(values.get("hand", ())), frozenset(values.get("overprinted", ())))


def find_gold(folder: Path) -> list[Gold]:
    """Every gold file under a folder, by name. Raises ConfigurationError when there is none."""
    if not folder.is_dir():
        raise ConfigurationError(f"Không có thư mục {folder}.", hint="Chỉ đúng thư mục chứa các tệp *.gold.json.")
    found = [read_gold(path, folder) for path in sorted(folder.rglob(f"*{SUFFIX}"))]
    if not found:
        raise ConfigurationError(
            f"Thư mục {folder} không có tệp *{SUFFIX} nào.", hint="Đặt tệp chuẩn cạnh tài liệu nguồn."
        )
    return found
