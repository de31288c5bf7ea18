"""The text of a Word paragraph as it is shown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from extractor.ingest import wordstyles
from extractor.text import legacy

_SKIPPED = {qn(name) for name in ("w:del", "w:moveFrom", "w:txbxContent", "w:pPr", "w:instrText", "w:delText")}
_SKIPPED.add("{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback")
_BREAKS = {qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:tab"): "\t", qn("w:noBreakHyphen"): "-", qn("w:ptab"): "\t"}
_PICTOGRAMS = {0xF0AB: "★", 0xF0B6: "☆", 0xF0FC: "✓", 0xF0FE: "☑", 0xF0A8: "☐"}  # Wingdings; anything else is a bullet
_MOST_COUNTED = 2_000  # beyond this no list is numbered in letters or Roman numerals
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


def paragraph_text(paragraph: Paragraph) -> str:
    """All shown text of a paragraph: insertions yes, deletions no, capitals as drawn, old fonts decoded."""
    inherited = _inherited_font(paragraph)
    return "".join(_run_text(run, inherited) for run in _runs(paragraph._p))


def text_boxes(paragraph: Paragraph) -> Iterator[str]:
    """The paragraphs inside text boxes that hang on a paragraph."""
    for box in paragraph._p.iter(qn("w:txbxContent")):
        if any(parent.tag == _FALLBACK for parent in box.iterancestors()):
            continue
        for inner in box.iter(qn("w:p")):
            yield paragraph_text(Paragraph(inner, paragraph._parent))


def _runs(element: Any) -> Iterator[Any]:
    for child in element:
        if child.tag == qn("w:r"):
            yield child
        elif child.tag not in _SKIPPED:
            yield from _runs(child)


def _run_text(run: Any, inherited: str | None) -> str:
    text = "".join(_pieces(run))
    properties = run.find(qn("w:rPr"))
    font = _font(properties) or inherited
    encoding = legacy.by_font(font) if font else None
    if font and encoding:
        text = legacy.to_unicode(text, encoding, legacy.is_capital(font))
    return text.upper() if _on(properties, "w:caps") and not _on(properties, "w:vanish") else text


def _pieces(run: Any) -> Iterator[str]:
    if _on(run.find(qn("w:rPr")), "w:vanish"):
        return
    for child in run:
        if child.tag == qn("w:t"):
            yield child.text or ""
        elif child.tag == qn("w:br") and child.get(qn("w:type")) in ("page", "column"):
            yield "\n"
        elif child.tag == qn("w:softHyphen"):
            yield "\u00ad"
        elif child.tag == qn("w:sym"):
            yield _symbol(child)
        else:
            yield _BREAKS.get(child.tag, "")


def _symbol(element: Any) -> str:
    try:
        code = int(element.get(qn("w:char"), ""), 16)
    except ValueError:
        return ""
    if 0xF000 <= code <= 0xF0FF:
        return _PICTOGRAMS.get(code, "-")
    return chr(code) if 0x20 <= code < 0xD800 or 0xE000 <= code <= 0x10FFFF else ""  # half a pair is no letter


def _on(properties: Any, name: str) -> bool:
    found = properties.find(qn(name)) if properties is not None else None
    return found is not None and found.get(qn("w:val")) not in ("0", "false", "off")


def _font(properties: Any) -> str | None:
    fonts = properties.find(qn("w:rFonts")) if properties is not None else None
    if fonts is None:
        return None
    found = fonts.get(qn("w:ascii")) or fonts.get(qn("w:hAnsi"))
    return str(found) if found else None


def _inherited_font(paragraph: Paragraph) -> str | None:
    for style in wordstyles.of_paragraph(paragraph):
        found = _font(style.find(qn("w:rPr")))
        if found:
            return found
    return None


class Numbering:
    """Counts automatic list numbers: they are shown, but are not in the text."""

    def __init__(self, document: WordDocument) -> None:
        self._levels: dict[str, dict[int, tuple[str, str, int]]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        part = next((r.target_part for r in document.part.rels.values() if r.reltype.endswith("/numbering")), None)
        if part is not None:
            self._load(part.element)

    def _load(self, root: Any) -> None:
        abstract = {
            element.get(qn("w:abstractNumId")): {
                int(level.get(qn("w:ilvl"))): _level(level) for level in element.findall(qn("w:lvl"))
            }
            for element in root.findall(qn("w:abstractNum"))
        }
        for element in root.findall(qn("w:num")):
            link = element.find(qn("w:abstractNumId"))
            if link is not None:
                self._levels[element.get(qn("w:numId"))] = abstract.get(link.get(qn("w:val")), {})

    def label(self, paragraph: Paragraph) -> str:
        """The number or bullet in front of a paragraph with a space behind, or nothing."""
        properties = _list_properties(paragraph)
        if properties is None:
            return ""
        number, level = properties
        levels = self._levels.get(number)
        if not levels or level not in levels:
            return ""
        counts = self._counts.setdefault(number, {})
        counts[level] = counts.get(level, levels[level][2] - 1) + 1
        for deeper in [key for key in counts if key > level]:
            del counts[deeper]
        kind, pattern, _ = levels[level]
        if kind == "bullet":
            return "- "
        for index, (shape, _, start) in levels.items():
            pattern = pattern.replace(f"%{index + 1}", _shaped(counts.get(index, start), shape))
        return f"{pattern} " if pattern.strip() and kind != "none" else ""


def _list_properties(paragraph: Paragraph) -> tuple[str, int] | None:
    holders = (paragraph._p.pPr, *(style.find(qn("w:pPr")) for style in wordstyles.of_paragraph(paragraph)))
    for holder in holders:
        found = holder.find(qn("w:numPr")) if holder is not None else None
        if found is not None:
            number, level = found.find(qn("w:numId")), found.find(qn("w:ilvl"))
            if number is None or number.get(qn("w:val")) == "0":
                return None
            return number.get(qn("w:val")), int(level.get(qn("w:val"))) if level is not None else 0
    return None


def _level(element: Any) -> tuple[str, str, int]:
    def value(name: str, default: str) -> str:
        found = element.find(qn(name))
        return found.get(qn("w:val"), default) if found is not None else default

    return value("w:numFmt", "decimal"), value("w:lvlText", ""), int(value("w:start", "1"))


def _shaped(count: int, shape: str) -> str:
    if not 0 < count <= _MOST_COUNTED:
        return str(count)
    if shape in ("upperRoman", "lowerRoman"):
        text = _roman(count)
        return text if shape == "upperRoman" else text.lower()
    if shape in ("upperLetter", "lowerLetter"):
        text = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return text.upper() if shape == "upperLetter" else text
    return f"{count:02d}" if shape == "decimalZero" else str(count)


def _roman(count: int) -> str:
    text = ""
    for value, sign in zip((100, 90, 50, 40, 10, 9, 5, 4, 1), "C XC L XL X IX V IV I".split(), strict=True):
        text += sign * (count // value)
        count %= value
    return text
