"""What a document says: the one source of its looks and of its truth."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

import yaml

LEFT = "<"
"""A cell that goes on the cell to its left (merged)."""


@dataclass(frozen=True)
class Column:
    """A table column: printed title, share of the width, and the product attribute its cells hold (or None)."""

    title: str
    width: float = 1.0
    key: str | None = None


@dataclass(frozen=True)
class Spec:
    """One document.

    `agency`: printed lines of the issuing agency (bold) and `parent` of the superior one (plain).
    `date`: `YYYY-MM-DD`, or shorter: what is missing is left blank on the form. `number` None: blank.
    `type_word` None: công văn, whose subject ("V/v …") stands under the number.
    `body`: blocks, each a mapping with one of the keys `heading`, `text`, `items`, `table`, `page` (a page break).
    `appendices`: mappings with `title`, `landscape` and `body`.
    `signature`: printed lines above the name; `signer`: the name.
    `hand` and `overprinted`: header fields (`number`, `issued_on`) written by pen, or typed in later.
    `form` False: a news page, whose heading is `subject`; it has no header and no signature, and no truth of them.
    `motto` and `joint` (between number and symbol): those of a Party document differ.
    `truth`: the record's fields that the form does not tell (agency, signers, references, products, …).
    """

    id: str
    symbol: str
    place: str
    agency: tuple[str, ...]
    subject: str
    signature: tuple[str, ...]
    signer: str | None
    truth: Mapping[str, Any]
    number: str | None = None
    date: str | None = None
    parent: tuple[str, ...] = ()
    type_word: str | None = None
    doc_type: str | None = None
    year_in_number: bool = False
    addressees: tuple[str, ...] = ()
    basis: tuple[str, ...] = ()
    body: tuple[Mapping[str, Any], ...] = ()
    recipients: tuple[str, ...] = ()
    appendices: tuple[Mapping[str, Any], ...] = ()
    urgency: str | None = None
    hand: tuple[str, ...] = ()
    overprinted: tuple[str, ...] = ()
    seal: str | None = None
    font: str = "serif"
    size: float = 14.0
    bullet: str = "-"
    form: bool = True
    motto: tuple[str, str] = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
    joint: str = "/"
    renders: tuple[Mapping[str, Any], ...] = field(default_factory=tuple)

    @staticmethod
    def from_dict(data: Mapping[str, Any]) -> Spec:
        """A spec from plain values. Raises TypeError for a missing or unknown key."""
        values = {name: tuple(value) if isinstance(value, list) else value for name, value in data.items()}
        unknown = sorted(set(values) - {one.name for one in fields(Spec)})
        if unknown:
            raise TypeError(f"{data.get('id')}: unknown keys {unknown}")
        return Spec(**values)

    @property
    def number_text(self) -> str:
        """What stands before the symbol: the number, or room for it."""
        return self.number if self.number is not None else "      "

    @property
    def identifier(self) -> str:
        """Number and symbol as one."""
        return f"{self.number or ''}{self.joint}{self.symbol}"

    @property
    def date_parts(self) -> tuple[str, str, str]:
        """Day, month and year as printed, spaces where the form was left blank (day 1–9, month 1–2: leading zero)."""
        parts = [*(self.date or "").split("-"), "", "", ""][:3]
        year, month, day = (part or "      " for part in parts)
        return day, month.lstrip("0") if month.strip() and int(month) > 2 else month, year

    @property
    def date_line(self) -> str:
        """Place and date of issue as printed."""
        day, month, year = self.date_parts
        return f"{self.place}, ngày {day} tháng {month} năm {year}"


def load(path: Path | str) -> Spec:
    """A spec from a YAML or JSON file."""
    path = Path(path)
    text = path.read_text(encoding="utf-8")
    return Spec.from_dict(json.loads(text) if path.suffix == ".json" else yaml.safe_load(text))


def columns(table: Mapping[str, Any]) -> list[Column]:
    """The columns of a table block."""
    return [Column(**one) if isinstance(one, Mapping) else Column(str(one)) for one in table["columns"]]


def heads(table: Mapping[str, Any]) -> list[list[str | None]]:
    """The header rows: the titles, below the row `over` where a table has one ("<" and None merge as in rows)."""
    titles: list[str | None] = [column.title for column in columns(table)]
    over = table.get("over")
    if over is None:
        return [titles]
    first = [title if above is None else str(above) for above, title in zip(over, titles, strict=True)]
    return [first, [None if above is None else title for above, title in zip(over, titles, strict=True)]]


def rows(table: Mapping[str, Any]) -> list[list[str | None]]:
    """The cells of a table block as text; None goes on the cell above, "<" on the one to its left (merged)."""
    return [[None if cell is None else str(cell) for cell in row] for row in table["rows"]]
