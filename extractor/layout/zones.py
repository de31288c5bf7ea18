"""Lines → zones: which part of the form each stretch of the text is."""

from __future__ import annotations

from dataclasses import replace

from extractor.document import Document, Zone, ZoneKind
from extractor.layout.assemble import Placed
from extractor.layout.marks import Mark, marks, type_word
from extractor.ruleset import RuleSet

_HEAD_LINES = 60


def mark(document: Document, placed: tuple[Placed, ...], rules: RuleSet) -> Document:
    """The document with its zones; together they cover the text."""
    lines = marks(document, placed)
    kinds = _Form(lines, rules).kinds()
    return replace(document, zones=_merge(lines, kinds, len(document.text)))


def _merge(lines: list[Mark], kinds: list[ZoneKind], length: int) -> tuple[Zone, ...]:
    zones: list[Zone] = []
    for line, kind in zip(lines, kinds, strict=True):
        if zones and zones[-1].kind == kind:
            zones[-1] = replace(zones[-1], end=line.end)
            continue
        if zones:
            zones[-1] = replace(zones[-1], end=line.start)
        zones.append(Zone(kind, line.start if zones else 0, line.end))
    if zones:
        zones[-1] = replace(zones[-1], end=length)
    return tuple(zones)


class _Form:
    """Walks the lines once from head to foot."""

    def __init__(self, lines: list[Mark], rules: RuleSet) -> None:
        self.lines = lines
        self.rules = rules
        self.out: list[ZoneKind] = ["body"] * len(lines)

    def kinds(self) -> list[ZoneKind]:
        """The zone of each line."""
        head = self._head()
        at = 0
        if head is not None:
            first, last = head
            self._fill(0, first, "portal")
            self._fill(first, last, "header")
            at = self._title(last)
            at = self._opening(at)
        self._foot(at)
        for index, line in enumerate(self.lines):
            if line.role == "furniture":
                self.out[index] = "furniture"
        return self.out

    def _fill(self, start: int, end: int, kind: ZoneKind) -> None:
        self.out[start:end] = [kind] * (end - start)

    def _head(self) -> tuple[int, int] | None:
        """First and one past the last line of the header."""
        early = range(min(_HEAD_LINES, len(self.lines)))
        signs = [i for i in early if self._heads(self.lines[i])]
        if not signs:
            return None
        first = signs[0]
        last = first
        for i in signs:
            if i - last > 8 or any(self._starts_text(self.lines[j]) for j in range(last + 1, i)):
                break
            last = i
        if not any(self.lines[i].number or self.lines[i].motto for i in signs if i <= last):
            return None
        while first and self._agency_like(self.lines[first - 1]):
            first -= 1
        while last + 1 < len(self.lines) and self._still_head(self.lines[last + 1], self.lines[last]):
            last += 1
        return first, last + 1

    def _heads(self, line: Mark) -> bool:
        return line.number or line.motto or line.date or line.role in ("head-left", "head-right")

    def _starts_text(self, line: Mark) -> bool:
        if line.role in ("head-left", "head-right"):
            return False
        return line.basis or line.address or type_word(line.text, self.rules) is not None

    def _agency_like(self, line: Mark) -> bool:
        return line.upper and len(line.text) < 90 and type_word(line.text, self.rules) is None

    def _still_head(self, line: Mark, before: Mark) -> bool:
        """ "V/v" lines below the number of a công văn, rules of dashes."""
        if line.about or not any(c.isalpha() for c in line.text):
            return True
        wrapped = self.lines.index(line) - 1
        return self._in_about(wrapped) and not self._starts_text(line) and line.start - before.end <= 1

    def _in_about(self, index: int) -> bool:
        while index >= 0 and not self._heads(self.lines[index]):
            if self.lines[index].about:
                return True
            index -= 1
        return False

    def _title(self, at: int) -> int:
        """The type word and the subject below it; the line after them."""
        for index in range(at, min(at + 6, len(self.lines))):
            line = self.lines[index]
            if line.address or line.basis or line.date:
                return at
            if type_word(line.text, self.rules) is not None:
                end = self._title_end(index)
                self._fill(at, index, "header")
                self._fill(index, end, "title")
                return end
        return at

    def _title_end(self, index: int) -> int:
        end = index + 1
        gap_seen = False
        while end < len(self.lines) and end - index <= 9:
            line, before = self.lines[end], self.lines[end - 1]
            if line.address or line.basis or line.role != "text" or line.authority or line.appendix:
                break
            parted = line.start - before.end > 1 and end > index + 1
            if parted and (gap_seen or not line.upper or not before.upper):
                break
            gap_seen = gap_seen or parted
            end += 1
        return end

    def _opening(self, at: int) -> int:
        """Addressees and preamble, before the body proper."""
        index = at
        kind: ZoneKind = "body"
        last_basis = at
        while index < len(self.lines) and index < at + 60:
            line = self.lines[index]
            if line.address:
                kind = "addressees"
            elif line.basis:
                kind = "preamble"
                last_basis = index + 1
            elif kind == "addressees" and not self._addressee(index):
                break
            elif kind == "preamble" and (type_word(line.text, self.rules) or line.upper):
                break
            elif kind == "body" and not line.upper:
                break
            self.out[index] = kind
            index += 1
        return max(last_basis, index if kind == "addressees" else at)

    def _addressee(self, index: int) -> bool:
        line, before = self.lines[index], self.lines[index - 1]
        text = line.text.lstrip()
        return text[:1] in "-–+•" or (line.start - before.end <= 1 and not before.text.rstrip().endswith("."))

    def _foot(self, at: int) -> None:
        """Recipients, signature and appendices."""
        kind: ZoneKind = "body"
        tail = self._tail(at)
        for index in range(at, len(self.lines)):
            line = self.lines[index]
            if line.role == "foot-left" or (line.recipients and line.role != "cell"):
                kind = "recipients"
            elif line.role == "foot-right":
                kind = "signature"
            elif line.appendix and line.role in ("text", "head-left", "head-right"):
                kind = "appendix"
            elif index >= tail and line.authority and kind in ("body", "recipients"):
                kind = "signature"
            elif kind in ("recipients", "signature") and self.lines[index - 1].page != line.page:
                kind = "appendix"
            if kind != "body":
                self.out[index] = kind

    def _tail(self, at: int) -> int:
        """Where a signature can stand: behind the end mark or "Nơi nhận", else in the last lines."""
        for index in range(at, len(self.lines)):
            if self.lines[index].recipients:
                return max(at, index - 8)
        return max(at, len(self.lines) - 15)
