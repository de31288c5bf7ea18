"""Which column of a table holds what: heading words, one or more heading rows, "3 sao" | "4 sao" columns."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass

import regex
from rapidfuzz import fuzz

from extractor.document import Document, Table
from extractor.programme.stars import cell_stars
from extractor.ruleset import RuleSet
from extractor.text.normalise import fold

_MAX_HEADING_ROWS = 4
_LIKE = 88.0
_QUALIFIERS = (
    ("proposed", "de nghi"),
    ("proposed", "de xuat"),
    ("registered", "dang ky"),
    ("target", "du kien"),
    ("target", "phan dau"),
)


@dataclass(frozen=True, slots=True)
class Columns:
    """The roles of a product table's columns. `marks`: columns "3 sao", "4 sao" that are ticked."""

    roles: Mapping[str, int]
    marks: Mapping[int, int]
    first_row: int
    width: int
    status: str | None = None


@functools.lru_cache(maxsize=4)
def _phrases(key: tuple[tuple[str, tuple[str, ...]], ...]) -> dict[str, str]:
    return {_plain(phrase): role for role, phrases in key for phrase in phrases}


def heading_words(rules: RuleSet) -> dict[str, str]:
    """Folded heading → role."""
    columns = rules.programme["tables"]["columns"]
    return _phrases(tuple((role, tuple(map(str, phrases))) for role, phrases in columns.items()))


def _plain(text: str) -> str:
    return " ".join(regex.findall(r"[a-z0-9]+", fold(text)))


def is_heading(text: str, role: str, rules: RuleSet) -> bool:
    """Whether a text is nothing but a known heading of a role."""
    return heading_words(rules).get(_plain(text)) == role


def role_of(heading: str, rules: RuleSet) -> str | None:
    """The role that a heading names: the longest known phrase that it is, opens with, or (read by OCR) resembles."""
    plain = _plain(regex.sub(r"\([^)]*\)", " ", heading)) or _plain(heading)
    if not plain or len(plain) > 70:
        return None
    words = heading_words(rules)
    if plain in words:
        return words[plain]
    opening = [phrase for phrase in words if plain.startswith(phrase + " ") and len(phrase) > 2]
    if opening:
        return words[max(opening, key=len)]
    inside = [phrase for phrase in words if f" {phrase} " in f" {plain} " and len(phrase.split()) > 1]
    if inside:
        return words[max(inside, key=len)]
    alike = [(fuzz.ratio(phrase, plain), phrase) for phrase in words if len(phrase) > 4]
    best = max(alike, default=(0.0, ""))
    return words[best[1]] if best[0] >= _LIKE else None


def cell_text(document: Document, table: Table, row: int, column: int) -> str:
    """The text of the cell that covers a grid place, one line."""
    cell = table.at(row, column)
    return "" if cell is None else " ".join(document.text[cell.span.start : cell.span.end].split())


def find_columns(document: Document, table: Table, rules: RuleSet) -> Columns | None:
    """The columns of a product table, None for any other table."""
    for first in range(min(3, table.rows)):
        best: Columns | None = None
        for rows in range(1, _MAX_HEADING_ROWS + 1):
            if first + rows > table.rows or (rows > 1 and _is_data(document, table, first + rows - 1, rules)):
                break
            found = _columns(document, table, first, rows, rules)
            if found is not None and (
                best is None or len(found.roles) + len(found.marks) > len(best.roles) + len(best.marks)
            ):
                best = found
        if best is not None:
            return best
    return None


def _is_data(document: Document, table: Table, row: int, rules: RuleSet) -> bool:
    """Whether a row under the heading is no further heading row: it is numbered, or its cells are long and unknown."""
    texts = [cell_text(document, table, row, column) for column in range(table.columns)]
    if regex.fullmatch(r"\d{1,3}\.?", texts[0]) and not all(regex.fullmatch(r"\(?\d{0,2}\)?", t) for t in texts):
        return True
    known = sum(1 for text in texts if text and (role_of(text, rules) or cell_stars(text)))
    return known == 0


def _columns(document: Document, table: Table, first: int, rows: int, rules: RuleSet) -> Columns | None:
    roles: dict[str, int] = {}
    marks: dict[int, int] = {}
    status = None
    for column in range(table.columns):
        texts = list(dict.fromkeys(cell_text(document, table, first + row, column) for row in range(rows)))
        texts = [text for text in texts if text]
        stars = cell_stars(texts[-1]) if texts else None
        if stars is not None and stars in range(1, 6) and regex.search(r"sao|★|\*", texts[-1], regex.IGNORECASE):
            marks[column] = stars
            continue
        role = next((found for text in [*reversed(texts), " ".join(texts)] if (found := role_of(text, rules))), None)
        if role is not None and role not in roles:
            roles[role] = column
            if role in ("stars", "points"):
                status = status or _qualified(" ".join(texts))
    if "name" not in roles or not (set(roles) & {"producer", "stars", "points", "group", "locality"} or marks):
        return None
    return Columns(roles, marks, _skip_numbers(document, table, first + rows), table.columns, status)


def _qualified(heading: str) -> str | None:
    folded = fold(heading)
    return next((status for status, phrase in _QUALIFIERS if phrase in folded), None)


def _skip_numbers(document: Document, table: Table, row: int) -> int:
    """Behind a row of column numbers "(1) (2) (3)"."""
    if row < table.rows:
        texts = [cell_text(document, table, row, column) for column in range(table.columns)]
        numbers = [text for text in texts if regex.fullmatch(r"\(?\d{1,2}\)?", text)]
        if len(numbers) >= max(2, len([t for t in texts if t]) - 1) and len(numbers) > 2:
            return row + 1
    return row
