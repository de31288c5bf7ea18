"""Tables of an HTML page as grids of cells."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import regex
from lxml import etree

from extractor.text.normalise import fold

SKIPPED = frozenset(
    "script style noscript template head svg iframe object button select textarea input nav audio video canvas".split()
)
_HIDDEN = regex.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", regex.IGNORECASE)
_BREAKING = frozenset("p div br li tr h1 h2 h3 h4 h5 h6".split())
_MOST_SPAN = 1_000
_HEAD_OR_FOOT = ("cong hoa xa hoi", "dang cong san viet nam", "noi nhan:")

Placed = tuple[int, int, int, int, str]


def cells(table: Any) -> tuple[list[Placed], int, int] | None:
    """Cells as (row, column, rowspan, colspan, text) with the grid's size; None for a table that only sets a layout."""
    if next(table.iterdescendants("table"), None) is not None:
        return None
    found: list[Placed] = []
    taken: set[tuple[int, int]] = set()
    rows = columns = 0
    for row, element in enumerate(_rows(table)):
        column = 0
        for cell in element.iterchildren("td", "th"):
            while (row, column) in taken:
                column += 1
            height, width = _span(cell, "rowspan"), _span(cell, "colspan")
            taken.update((row + y, column + x) for y in range(height) for x in range(width))
            found.append((row, column, height, width, _text(cell)))
            columns = max(columns, column + width)
            column += width
        rows = row + 1
    if rows < 2 or columns < 2 or _is_layout(found):
        return None
    return [(r, c, min(h, rows - r), w, text) for r, c, h, w, text in found], rows, columns


def _is_layout(found: list[Placed]) -> bool:
    if len(found) > 12:
        return False
    text = fold(" ".join(cell[4] for cell in found))
    return any(cue in text for cue in _HEAD_OR_FOOT) or max(len(cell[4]) for cell in found) > 1_500


def _rows(table: Any) -> Iterator[Any]:
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from child.iterchildren("tr")


def _span(cell: Any, name: str) -> int:
    value = cell.get(name, "1").strip()
    return max(1, min(_MOST_SPAN, int(value))) if value.isdecimal() and len(value) < 6 else 1


def _text(cell: Any) -> str:
    parts: list[str] = []
    skipped: Any = None
    for event, element in _walk(cell):
        if skipped is not None:
            if event == "end" and element is skipped:
                skipped = None
                parts.append(element.tail or "")
            continue
        if event == "start":
            if element is not cell and is_hidden(element):
                skipped = element
                continue
            parts.append("\n" if element.tag in _BREAKING else "")
            parts.append(regex.sub(r"\s+", " ", element.text or ""))
        elif element is not cell:
            parts.append("\n" if element.tag in _BREAKING - {"br"} else "")
            parts.append(regex.sub(r"\s+", " ", element.tail or ""))
    return "".join(parts).strip()


def _walk(cell: Any) -> Iterator[tuple[str, Any]]:
    yield from etree.iterwalk(cell, events=("start", "end", "comment"))


def is_hidden(element: Any) -> bool:
    """Whether a browser would not show an element."""
    if not isinstance(element.tag, str):
        return True
    return element.tag in SKIPPED or element.get("hidden") is not None or bool(_HIDDEN.search(element.get("style", "")))
