"""Numbers and symbols of documents (số, ký hiệu): found in running text, parsed, normalised, repaired.

    30/2020/NĐ-CP   60/2022/QH15   122/KH-UBND   272/UBND-NN   57-NQ/TW   88/CP   204/UB-QĐ-NĐ   08/QĐ-BCĐ138

Normalised means: no spaces, "-" for every dash, one "/", the serial as printed with its leading zeros. Letters of
the symbol are repaired by grammar (`extractor.text.symbols`); of the serial and the year only look-alike letters
inside a digit run (`2O21`) are read as digits, and no digit is ever changed. Each repair leaves a reason; the raw
text stays at the span.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from extractor.document import Span
from extractor.text.numerals import DIGITISH, digits
from extractor.text.symbols import Parts, legislature

_DASH = r"[-‐‑–—−]"
_SLASH = r"[\s.,'`]*[/⁄∕][/⁄∕]?\s*"
_PART = r"\p{Lu}[\p{L}\d&]{0,15}"
_JOINT = rf"(?P<joint>\s*(?:{_DASH}|[/⁄])[\s/⁄‐‑–—−-]*|\.(?=\p{{Lu}}))"
_NEXT = regex.compile(rf"{_JOINT}(?P<part>{_PART})")
_FIRST = regex.compile(_PART)
_YEAR = rf"(?:{DIGITISH}[.\s]{{0,2}}){{3}}{DIGITISH}"
_HEAD = regex.compile(
    rf"(?<![\p{{L}}\p{{N}}/⁄])(?<!\d[.,])(?P<number>{DIGITISH}{{1,6}}[a-zđ]?)"
    rf"(?:{_SLASH}(?:(?P<year>{_YEAR}){_SLASH})?|(?P<dash>\s*{_DASH}[\s/‐‑–—−-]*)|)(?=\p{{Lu}})"
)
_LONE = regex.compile(rf"(?<![\p{{L}}\p{{N}}]){_SLASH}(?=\p{{Lu}})")

SYMBOL_REPAIRED = "Ký hiệu bị OCR đọc sai đã được sửa theo bảng chữ viết tắt: {raw} → {value}."
NUMBER_REPAIRED = "Chữ số bị OCR đọc thành ký tự gần giống đã được sửa: {raw} → {value}."
SLASH_LOST = "Dấu gạch giữa số và ký hiệu bị mất đã được thêm lại."
TERM_REPAIRED = "Khóa Quốc hội {raw} không có trong năm {year}, đã sửa thành {value}."

#: The National Assembly's terms: the first and last year in which each passed laws.
TERMS = {10: (1997, 2002), 11: (2002, 2007), 12: (2007, 2011), 13: (2011, 2016), 14: (2016, 2021), 15: (2021, 2026),
         16: (2026, 2031)}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Identifier:
    """A number with its symbol. `number` is None when it is blank or unreadable; `joint` stands between the two."""

    number: str | None
    year: str | None
    symbol: str
    joint: str = "/"
    reasons: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """Normalised: `122/KH-UBND`, `30/2020/NĐ-CP`, `57-NQ/TW`, `/BC-UBND`."""
        year = f"/{self.year}" if self.year else ""
        return f"{self.number or ''}{year}{self.joint}{self.symbol}"


@dataclass(frozen=True, slots=True)
class IdentifierMatch:
    """An identifier in a text. `number` is the serial's span, `symbol` the symbol's; `strong`: the symbol is known."""

    span: Span
    number: Span
    symbol: Span
    identifier: Identifier
    doc_type: str | None
    strong: bool


@dataclass(frozen=True, slots=True)
class SymbolMatch:
    """A symbol in a text, repaired."""

    span: Span
    symbol: str
    known: bool
    parts: int


@dataclass(frozen=True, slots=True)
class Grammar:
    """Reads identifiers with the known symbol parts."""

    parts: Parts

    def symbol_at(self, text: str, start: int, end: int) -> SymbolMatch | None:
        """The symbol that begins at `start`.

        A part behind white space is taken only when it is known, and behind a dash with space on both sides only to
        complete a symbol of one part: "715/QĐ – UBND" is one symbol, "12/QĐ-UB - Phòng" is not.
        """
        first = _FIRST.match(text, start, end)
        if first is None or not self._plausible(first[0]):
            return None
        found, last, count = self.parts.repair(first[0]), first.end(), 1
        known = all(self.parts.knows(part) for part in regex.split(r"[-/.]", found))
        while (step := _NEXT.match(text, last, end)) is not None:
            part = self.parts.repair(step["part"], first=False)
            if not self._joins(step, part, count):
                break
            found += _joint(step["joint"]) + part
            known = known and self.parts.knows(regex.split(r"[-/.]", part)[0])
            last, count = step.end(), count + 1
        return SymbolMatch(Span(start, last), found, known, len(regex.split(r"[-/.]", found)))

    def _plausible(self, part: str) -> bool:
        capitals = sum(char.isupper() or char in "&0123456789" for char in part)
        return self.parts.knows(part) or capitals * 2 >= len(part)

    def _joins(self, step: regex.Match[str], part: str, count: int) -> bool:
        if not self._plausible(step["part"]):
            return False
        joint = step["joint"]
        if joint == joint.strip():
            return True
        known = self.parts.knows(regex.split(r"[-/.]", part)[0])
        if joint[0].isspace() and joint[-1].isspace():
            return known and count == 1
        return known or len(step["part"]) > 2

    def scan(self, text: str, start: int = 0, end: int | None = None) -> Iterator[IdentifierMatch]:
        """Every identifier in `text[start:end]`; spans are offsets into `text`."""
        end = len(text) if end is None else end
        at = start
        while (head := _HEAD.search(text, at, end)) is not None:
            found = self._read(text, head, end)
            if found is not None:
                yield found
            at = head.end() if found is None else found.span.end
            at = max(at, head.start() + 1)

    def parse(self, text: str) -> Identifier | None:
        """The identifier of a text that is one and nothing else, its number possibly blank."""
        text = text.strip()
        for found in self.scan(text):
            return found.identifier if found.span == Span(0, len(text)) else None
        lone = _LONE.match(text)
        symbol = None if lone is None else self.symbol_at(text, lone.end(), len(text))
        return None if symbol is None or symbol.span.end != len(text) else Identifier(None, None, symbol.symbol)

    def _read(self, text: str, head: regex.Match[str], end: int) -> IdentifierMatch | None:
        symbol = self.symbol_at(text, head.end(), end)
        serial = head["number"]
        letter = serial[-1] if len(serial) > 1 and serial[-1] in "abcdeđ" else ""
        number = digits(serial.removesuffix(letter) if letter else serial)
        year = digits(head["year"]) if head["year"] else None
        if symbol is None or number is None or (head["year"] and not _is_year(year)):
            return None
        slash = "/" in head[0] or "⁄" in head[0] or "∕" in head[0]
        if not slash and not self._without_slash(head, symbol):
            return None
        raw = text[symbol.span.start : symbol.span.end]
        identifier = self._identifier(head, raw, symbol.symbol, number[0] + letter, year, slash)
        doc_type = self.parts.type_of(identifier.symbol)
        strong = symbol.known and (symbol.parts > 1 or legislature(identifier.symbol) is not None)
        span = Span(head.start(), symbol.span.end)
        return IdentifierMatch(
            span, Span(head.start("number"), head.end("number")), symbol.span, identifier, doc_type, strong
        )

    def _without_slash(self, head: regex.Match[str], symbol: SymbolMatch) -> bool:
        """`57-NQ/TW`, `327-CT`; `733QĐ-UBND` where the slash was lost."""
        first = regex.split(r"[-/.]", symbol.symbol)[0]
        if head["dash"]:
            return symbol.known and (first in self.parts.types or symbol.parts == 1)
        return first in self.parts.types and symbol.known and symbol.parts > 1 and head.end("number") == head.end()

    def _identifier(
        self, head: regex.Match[str], raw: str, symbol: str, number: str, year: tuple[str, bool] | None, slash: bool
    ) -> Identifier:
        reasons = []
        joint = "-" if head["dash"] and not slash else "/"
        if not slash and not head["dash"]:
            reasons.append(SLASH_LOST)
            joint = "-" if "/" in symbol else "/"
        if number != head["number"]:
            reasons.append(NUMBER_REPAIRED.format(raw=head["number"], value=number))
        if year and year[1]:
            reasons.append(NUMBER_REPAIRED.format(raw=" ".join(head["year"].split()), value=year[0]))
        if symbol != tidy(raw):
            reasons.append(SYMBOL_REPAIRED.format(raw=" ".join(raw.split()), value=symbol))
        right = in_office(symbol, year[0]) if year else symbol
        if right != symbol:
            reasons.append(TERM_REPAIRED.format(raw=symbol, year=year[0] if year else "", value=right))
        return Identifier(number, year[0] if year else None, right, joint, tuple(reasons))


def _joint(printed: str) -> str:
    if printed == ".":
        return "."
    return "/" if regex.fullmatch(r"[\s/⁄]+", printed) else "-"


def _is_year(year: tuple[str, bool] | None) -> bool:
    return year is not None and 1945 <= int(year[0]) <= 2099


def in_office(symbol: str, year: str) -> str:
    """The symbol with the legislature that sat in the year, where only one did; otherwise the symbol itself.

    >>> in_office("QH13", "2025"), in_office("QH14", "2021"), in_office("NĐ-CP", "2025")
    ('QH15', 'QH14', 'NĐ-CP')
    """
    name = legislature(symbol)
    if name is None:
        return symbol
    body, term = name.rstrip("0123456789"), int(regex.sub(r"\D", "", name))
    sitting = [number for number, (first, last) in TERMS.items() if first <= int(year) <= last]
    return symbol if term in sitting or len(sitting) != 1 else f"{body}{sitting[0]}"


def tidy(raw: str) -> str:
    r"""Spacing and dashes only: what normalising may change without being a repair.

    >>> tidy("QĐ – UBND"), tidy("QĐ-\nBGDĐT"), tidy("CĐ-/TTg")
    ('QĐ-UBND', 'QĐ-BGDĐT', 'CĐ-TTg')
    """
    compact = regex.sub(_DASH, "-", regex.sub(r"\s+", "", raw)).replace("⁄", "/")
    return regex.sub(r"-[-/]+", "-", compact)
