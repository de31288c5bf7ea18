"""Recipients, signature, appendices, and other documents bound into the same file."""

from __future__ import annotations

import regex

from extractor.document import ZoneKind
from extractor.layout.marks import Mark

_ATTACHED = regex.compile(r"\b(?:kem\s+theo|phu luc|mau so|bieu so|bieu mau|dinh kem|ban hanh\s+(?:tai|theo))\b")
_CARRIED = regex.compile(r"^\W*(?:ban hanh )?kem theo\b")
_END = regex.compile(r"\.\s*/\s*\.\s*\W*$")
_SIGNATURE_LINES = 14


def mark_foot(lines: list[Mark], out: list[ZoneKind], at: int) -> None:
    """Mark the rest of the lines in `out`, from the body on."""
    walk = _Walk(lines, at)
    for index in range(at, len(lines)):
        if lines[index].role != "furniture":
            out[index] = walk.step(index)


class _Walk:
    """Goes down the lines and remembers which part it is in."""

    def __init__(self, lines: list[Mark], at: int) -> None:
        self.lines = lines
        self.kind: ZoneKind = "body"
        self.signed_at: int | None = None
        self.tail = self._tail(at)
        self.page = lines[at].page if at < len(lines) else 1

    def step(self, index: int) -> ZoneKind:
        """The zone of the next line."""
        line = self.lines[index]
        if self.kind == "other":
            return self.kind
        if line.role in ("head-left", "head-right") or line.motto:
            self.kind = self._second_head(index)
        elif line.role == "foot-left" and self.kind != "appendix":
            self.kind = "recipients"
        elif line.role == "foot-right" and self.kind != "appendix":
            self.kind, self.signed_at = "signature", index if self.signed_at is None else self.signed_at
        elif line.appendix and line.role != "cell":
            self.kind = "appendix"
        elif self.kind not in ("appendix", "portal"):
            self.kind = self._ordinary(index, line)
        self.page = line.page
        return self.kind

    def _ordinary(self, index: int, line: Mark) -> ZoneKind:
        if line.recipients and line.role == "text" and index >= self.tail:
            return "recipients"
        if index >= self.tail and line.authority and line.role == "text" and self.kind in ("body", "recipients"):
            self.signed_at = index
            return "signature"
        if self.kind in ("recipients", "signature") and line.page != self.page:
            return self._next_page(line)
        if self.kind == "signature" and _CARRIED.match(line.bare):
            return "appendix"
        if self.kind == "signature" and line.bbox is None and self._chrome(index, line):
            return "portal"
        return self.kind

    def _next_page(self, line: Mark) -> ZoneKind:
        """A foot that runs over the page; otherwise what follows a signature is attached to it."""
        if self.signed_at is None and (line.authority or line.text[:1] in "-–+•"):
            return "signature" if line.authority else "recipients"
        return "appendix"

    def _chrome(self, index: int, line: Mark) -> bool:
        """Whether a web page goes on behind the signature of a text."""
        assert self.signed_at is not None
        return len(line.text) > 110 or index - self.signed_at > _SIGNATURE_LINES

    def _second_head(self, index: int) -> ZoneKind:
        """A head further on: of an attached text, or of another document."""
        line = self.lines[index]
        if self.kind == "other":
            return "other"
        near = [item for item in self.lines[max(0, index - 6) : index + 22] if item.page == line.page]
        if any(_ATTACHED.search(item.bare) for item in near):
            return "appendix"
        numbered = any(item.number for item in near if item.start >= line.start)
        if self.signed_at is not None and (numbered or self.kind != "appendix"):
            return "other"
        return self.kind if self.kind == "appendix" else "body" if self.signed_at is None else "appendix"

    def _tail(self, at: int) -> int:
        """Where recipients and signature can stand: from "./." or "Nơi nhận" on, else in the last lines."""
        ends = [i for i in range(at, len(self.lines)) if _END.search(self.lines[i].text)]
        recipients = [i for i in range(at, len(self.lines)) if self.lines[i].recipients]
        first = min([*(i + 1 for i in ends[:1]), *(max(at, i - 8) for i in recipients[:1])], default=None)
        return max(at, len(self.lines) - 15) if first is None else first
