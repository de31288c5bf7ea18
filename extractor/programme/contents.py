"""Columns whose heading is unknown or unreadable, by what stands in their cells."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

import regex

from extractor.document import Document, Table
from extractor.programme.stars import cell_stars

_RATED = regex.compile(r"(?i)sao|[★⭐*]")
_MAKER = regex.compile(
    r"(?i)(?:htx|hợp tác xã|tổ hợp tác|tht|công ty|cty|hộ (?:kinh doanh|sản xuất|ông|bà)|hkd|cơ sở|dntn|doanh nghiệp"
    r"|trang trại)\s"
)
_SHARE = 0.6
_Test = Callable[[str], bool]


def inferred(
    document: Document, table: Table, roles: Mapping[str, int], taken: Collection[int], first_row: int
) -> dict[str, int]:
    """Roles for columns that have none: ratings, producers and, where both are known, the names."""
    found: dict[str, int] = {}
    free = [c for c in range(table.columns) if c not in roles.values() and c not in taken]
    texts = {column: _texts(document, table, column, first_row) for column in free}
    if "stars" not in roles and not taken:
        _take(found, "stars", texts, lambda text: cell_stars(text) is not None and _RATED.search(text) is not None)
    if "producer" not in roles:
        _take(found, "producer", texts, lambda text: _MAKER.match(text) is not None)
    if "name" not in roles and {"stars", "producer"} <= set(roles) | set(found):
        named = [c for c, cells in texts.items() if c not in found.values() and _share(cells, _is_name) >= 0.8]
        if len(named) == 1 and len(texts[named[0]]) > 1:
            found["name"] = named[0]
    return found


def _texts(document: Document, table: Table, column: int, first_row: int) -> list[str]:
    cells = [cell for cell in table.cells if cell.column == column and cell.row >= first_row and cell.colspan == 1]
    texts = [" ".join(document.text[cell.span.start : cell.span.end].split()) for cell in cells]
    return [text for text in texts if text]


def _is_name(text: str) -> bool:
    return len(text) > 5 and text[0].isalpha() and len(text.split()) > 1


def _share(texts: list[str], test: _Test) -> float:
    return sum(1 for text in texts if test(text)) / len(texts) if texts else 0.0


def _take(found: dict[str, int], role: str, texts: Mapping[int, list[str]], test: _Test) -> None:
    """Give the role to the column that passes best, if it passes at all."""
    column = max(texts, key=lambda c: _share(texts[c], test), default=None)
    if column is not None and len(texts[column]) > 1 and _share(texts[column], test) >= _SHARE:
        found[role] = column
