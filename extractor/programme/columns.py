"""Which column of a table holds what: heading words, one or more heading rows, "3 sao" | "4 sao" columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import regex
from rapidfuzz import fuzz

from extractor.document import Document, Table
from extractor.programme.contents import inferred
from extractor.programme.stars import cell_stars
from extractor.ruleset import RuleSet, for_rules
from extractor.text.normalise import fold

_MAX_HEADING_ROWS = 4
_MOST_SEEN = 4096
_LIKE = 88.0
_YEAR = regex.compile(r"(?:[Nn]ăm\s+)?20\d\d")
_IN_BRACKETS = regex.compile(r"\(")
_BESIDES = frozenset({"producer", "stars", "points", "group", "locality"})
_QUALIFIERS = (
    ("proposed", "de nghi"),
    ("proposed", "de xuat"),
    ("registered", "dang ky"),
    ("target", "du kien"),
    ("target", "phan dau"),
)


@dataclass(frozen=True, slots=True)
class Columns:
    """The roles of a product table's columns. `marks`: columns "3 sao", "4 sao" that are ticked.

    `years`: columns "2024", "2025" that are ticked. `mixed`: the column of names holds producers too, each in a row
    above its products.
    """

    roles: Mapping[str, int]
    marks: Mapping[int, int]
    first_row: int
    width: int
    status: str | None = None
    years: Mapping[int, str] = field(default_factory=dict)
    mixed: bool = False


_PLAIN = regex.compile(r"[a-z0-9]+")
_BRACKETS = regex.compile(r"\([^)]*\)")


@for_rules
def heading_words(rules: RuleSet) -> dict[str, str]:
    """Folded heading → role."""
    columns = rules.programme["tables"]["columns"]
    return {_plain(str(phrase)): role for role, phrases in columns.items() for phrase in phrases}


def _plain(text: str) -> str:
    return " ".join(_PLAIN.findall(fold(text)))


def is_heading(text: str, role: str, rules: RuleSet) -> bool:
    """Whether a text is nothing but a known heading of a role."""
    return heading_words(rules).get(_plain(text)) == role


def role_of(heading: str, rules: RuleSet) -> str | None:
    """The role that a heading names: the longest known phrase that it is, opens with, or (read by OCR) resembles."""
    plain = _plain(_BRACKETS.sub(" ", heading)) or _plain(heading)
    if not plain or len(plain) > 70:
        return None
    seen = _seen(rules)
    if plain not in seen:
        if len(seen) > _MOST_SEEN:
            seen.clear()
        seen[plain] = _named(plain, heading_words(rules))
    return seen[plain]


@for_rules
def _seen(rules: RuleSet) -> dict[str, str | None]:
    """Headings asked before and their roles: the cells of a column are asked again and again."""
    return {}


def _named(plain: str, words: Mapping[str, str]) -> str | None:
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
            if found is not None and (best is None or _known(found) > _known(best)):
                best = found
        if best is not None:
            return best
    return None


def has_heading(document: Document, table: Table, rules: RuleSet) -> bool:
    """Whether a table opens with a heading row of its own, so that it goes on with no other."""
    texts = [cell_text(document, table, 0, column) for column in range(table.columns)]
    return sum(1 for text in dict.fromkeys(texts) if role_of(text, rules)) >= 2


def _known(columns: Columns) -> int:
    return len(columns.roles) + len(columns.marks) + len(columns.years)


def _is_data(document: Document, table: Table, row: int, rules: RuleSet) -> bool:
    """Whether a row under the heading is no further heading row: it is numbered, or its cells are long and unknown."""
    texts = [cell_text(document, table, row, column) for column in range(table.columns)]
    if regex.fullmatch(r"\d{1,3}\.?", texts[0]) and not all(regex.fullmatch(r"\(?\d{0,2}\)?", t) for t in texts):
        return True
    known = sum(1 for text in texts if text and (role_of(text, rules) or cell_stars(text)))
    return known == 0


def _columns(document: Document, table: Table, first: int, rows: int, rules: RuleSet) -> Columns | None:
    headings = [_heading(document, table, column, first, rows) for column in range(table.columns)]
    marks = {column: stars for column, texts in enumerate(headings) if (stars := _star_mark(texts)) is not None}
    years = {column: texts[-1] for column, texts in enumerate(headings) if texts and _YEAR.fullmatch(texts[-1])}
    years = years if len(years) > 1 else {}
    roles: dict[str, int] = {}
    for column, texts in enumerate(headings):
        role = None if column in marks or column in years else _role(texts, rules)
        if role is not None and (role not in roles or _better(headings[roles[role]], texts, role, rules)):
            roles[role] = column
    start = _skip_numbers(document, table, first + rows)
    roles |= {} if rows > 1 and not roles else inferred(document, table, roles, {*marks, *years}, start)
    if "name" not in roles or not (set(roles) & _BESIDES or marks) or _is_work(headings, roles, rules):
        return None
    status = next(
        (s for r in ("stars", "points") if r in roles and (s := _qualified(" ".join(headings[roles[r]])))), None
    )
    mixed = "producer" not in roles and role_in(headings[roles["name"]][-1:], "producer", rules)
    return Columns(roles, marks, start, table.columns, status, years, mixed)


def _heading(document: Document, table: Table, column: int, first: int, rows: int) -> list[str]:
    """The texts above a column, from top to bottom, each once."""
    texts = dict.fromkeys(cell_text(document, table, first + row, column) for row in range(rows))
    return [text for text in texts if text]


def _star_mark(texts: list[str]) -> int | None:
    """The rating that a column of ticks stands for."""
    stars = cell_stars(texts[-1]) if texts else None
    rated = stars is not None and stars in range(1, 6)
    return stars if rated and regex.search(r"sao|★|\*", texts[-1], regex.IGNORECASE) else None


def _role(texts: list[str], rules: RuleSet) -> str | None:
    """The role that the lowest heading of a column names; one that speaks of producer and product both is a name."""
    role = next((found for text in [*reversed(texts), " ".join(texts)] if (found := role_of(text, rules))), None)
    if role == "producer" and role_in(texts[-1:], "name", rules) and not _IN_BRACKETS.search(texts[-1]):
        return "name"
    return role


def role_in(texts: list[str], role: str, rules: RuleSet) -> bool:
    """Whether one part of a heading of several parts ("Tên chủ thể, sản phẩm") names a role."""
    words = heading_words(rules)
    parts = [_plain(part) for text in texts for part in regex.split(r"[,/;–-]|\svà\s", text)]
    return len(parts) > 1 and any(words.get(part) == role for part in parts)


def _better(before: list[str], now: list[str], role: str, rules: RuleSet) -> bool:
    """Whether a later column of the same role is rather the one that counts: "Điểm trung bình", "Công nhận lại"."""
    tables = rules.programme["tables"]

    def rank(texts: list[str]) -> int:
        plain = f" {_plain(' '.join(texts))} "
        good = any(f" {_plain(str(word))} " in plain for word in tables["preferred"].get(role, ()))
        bad = any(f" {_plain(str(word))} " in plain for word in tables["passed_over"].get(role, ()))
        return good - bad

    return rank(now) > rank(before)


def _is_work(headings: list[list[str]], roles: Mapping[str, int], rules: RuleSet) -> bool:
    """Whether "Sản phẩm" is what a piece of work yields: a plan of tasks, not of goods."""
    if "task" not in roles or roles["task"] > roles["name"] or {"stars", "points", "group"} & set(roles):
        return False
    return not {"ten", "ocop"} & set(_plain(" ".join(headings[roles["name"]])).split())


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
