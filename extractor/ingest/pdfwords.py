"""Words with boxes from a PDF page's own text, as pdfium sees it."""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw
import regex

from extractor.document import BBox, Word
from extractor.text.normalise import normalise_word

_HYPHENS = {0x02: "-", 0xFFFE: "-"}  # pdfium's marks for a hyphen at the end of a line
_SYMBOLS = {  # Symbol and Wingdings, as Word embeds them for bullets and stars
    **{0xF000 + code: chr(code) for code in range(0x21, 0x7F)},
    **{0xF000 + code: "•" for code in range(0xA0, 0x100)},
    0xF0AB: "★",
    0xF0B6: "☆",
    0xF0FC: "✓",
}
_INVISIBLE = 3  # text render mode
_ASLANT = 0.12  # quarter turns: text set further off than this is a watermark, and no words of the document
_BOLD = regex.compile(r"bold|black|heavy|,b|-b$", regex.IGNORECASE)
_ITALIC = regex.compile(r"italic|oblique|,i|-i$", regex.IGNORECASE)
_ITALIC_FLAG = 0x40
_BOLD_WEIGHT = 600


@dataclass(frozen=True, slots=True)
class TextWord:
    """A word as drawn.

    `font` as named in the file, `unmapped` characters without a Unicode map, `hidden` without ink or a watermark,
    `angle` counter-clockwise on the page as shown in quarter turns.
    """

    text: str
    bbox: BBox
    size: float
    font: str
    bold: bool
    italic: bool
    unmapped: int
    hidden: bool
    angle: int

    def word(self) -> Word:
        """The word without what only the reader needs."""
        return Word(normalise_word(self.text), self.bbox, 1.0, self.size, self.bold, self.italic)


@dataclass(slots=True)
class _Run:
    """Characters of one word while it grows; boxes are in the page's own space, y upwards."""

    chars: list[str] = field(default_factory=list)
    left: float = 1e9
    bottom: float = 1e9
    right: float = -1e9
    top: float = -1e9
    first: int = 0
    unmapped: int = 0

    def add(self, char: str, box: raw.FS_RECTF) -> None:
        self.chars.append(char)
        left, bottom, right, top = box.left, box.bottom, box.right, box.top
        if left < self.left:
            self.left = left
        if right > self.right:
            self.right = right
        if bottom < self.bottom:
            self.bottom = bottom
        if top > self.top:
            self.top = top

    def breaks(self, box: raw.FS_RECTF) -> bool:
        """Whether a character in that box starts a new word: another line, or far away."""
        left, bottom, right, top = box.left, box.bottom, box.right, box.top
        height = max(self.top - self.bottom, 1.0)
        tall = max(height, top - bottom)
        upright = height < 3 * (self.right - self.left)  # a run of stacked letters is text set sideways
        if upright and not self.bottom - 0.3 * tall <= (top + bottom) / 2 <= self.top + 0.3 * tall:
            return True
        return bool(left > self.right + 1.2 * tall or right < self.left - 1.2 * tall)


@dataclass(frozen=True, slots=True)
class Frame:
    """A page's own space and how it is shown: crop box and clockwise quarter turns."""

    left: float
    bottom: float
    right: float
    top: float
    rotation: int

    @staticmethod
    def of(page: pdfium.PdfPage) -> Frame:
        """The frame of a page."""
        left, bottom, right, top = page.get_bbox()
        return Frame(left, bottom, right, top, page.get_rotation() % 360)

    def shown(self, left: float, bottom: float, right: float, top: float) -> BBox:
        """A box of the page's own space on the page as shown, origin top left."""
        if self.rotation == 90:
            return BBox(bottom - self.bottom, left - self.left, top - self.bottom, right - self.left)
        if self.rotation == 180:
            return BBox(self.right - right, bottom - self.bottom, self.right - left, top - self.bottom)
        if self.rotation == 270:
            return BBox(self.top - top, self.right - right, self.top - bottom, self.right - left)
        return BBox(left - self.left, self.top - top, right - self.left, self.top - bottom)


@dataclass(frozen=True, slots=True)
class _Look:
    """What all characters of one text object share."""

    font: str
    size: float
    bold: bool
    italic: bool
    hidden: bool


def words(page: pdfium.PdfPage) -> list[TextWord]:
    """All words that the page's text layer holds, hidden ones included, in the file's order."""
    text = page.get_textpage()
    try:
        frame, handle = Frame.of(page), text.raw
        looks: dict[int, _Look] = {}
        return [_finish(handle, run, frame, looks) for run in _runs(handle, text.count_chars()) if run.chars]
    finally:
        text.close()


def _runs(handle: Any, count: int) -> Iterator[_Run]:
    run, box = _Run(), raw.FS_RECTF()
    pointer = ctypes.byref(box)
    unicode_of, box_of, unmapped = (
        raw.FPDFText_GetUnicode,
        raw.FPDFText_GetLooseCharBox,
        raw.FPDFText_HasUnicodeMapError,
    )
    for index in range(count):
        code = unicode_of(handle, index)
        char = _HYPHENS.get(code) or chr(code)
        if char.isspace() or (code < 0x20 and code not in _HYPHENS):
            if run.chars:
                yield run
                run = _Run()
            continue
        box_of(handle, index, pointer)
        if run.chars and run.breaks(box) and not unicodedata.combining(char):
            yield run
            run = _Run()
        if not run.chars:
            run.first = index
        run.unmapped += unmapped(handle, index) == 1
        run.add(char, box)
    yield run


def _finish(handle: Any, run: _Run, frame: Frame, looks: dict[int, _Look]) -> TextWord:
    owner = raw.FPDFText_GetTextObject(handle, run.first)
    key = ctypes.cast(owner, ctypes.c_void_p).value or -run.first - 1
    look = looks.get(key) or looks.setdefault(key, _look(handle, run.first, owner))
    turned = raw.FPDFText_GetCharAngle(handle, run.first) / (math.pi / 2)
    angle = round(turned) * 90
    aslant = abs(turned - round(turned)) > _ASLANT and _aslant(handle, run.first)
    return TextWord(
        text=_joined(run.chars),
        bbox=frame.shown(run.left, run.bottom, run.right, run.top),
        size=look.size,
        font=look.font,
        bold=look.bold,
        italic=look.italic,
        unmapped=run.unmapped,
        hidden=look.hidden or aslant,
        angle=(angle - frame.rotation) % 360 if angle >= 0 else 0,
    )


def _aslant(handle: Any, index: int) -> bool:
    """Whether a character's line climbs over the page, as a watermark does; sloped letters on a level line do not."""
    matrix = raw.FS_MATRIX()
    if not raw.FPDFText_GetMatrix(handle, index, ctypes.byref(matrix)):
        return False
    turned = math.atan2(matrix.b, matrix.a) / (math.pi / 2)
    return abs(turned - round(turned)) > _ASLANT


def _look(handle: Any, index: int, owner: Any) -> _Look:
    font, flags = _font(handle, index)
    return _Look(
        font=font,
        size=float(raw.FPDFText_GetFontSize(handle, index)),
        bold=raw.FPDFText_GetFontWeight(handle, index) >= _BOLD_WEIGHT or bool(_BOLD.search(font)),
        italic=bool(flags & _ITALIC_FLAG) or bool(_ITALIC.search(font)),
        hidden=bool(owner) and raw.FPDFTextObj_GetTextRenderMode(owner) == _INVISIBLE,
    )


def _joined(chars: list[str]) -> str:
    """Characters as text: halves of a pair (above U+FFFF) are joined, signs of symbol fonts are what they look like."""
    text = "".join(chars)
    if max(text) >= "\ud800" and any("\ud800" <= char <= "\uf8ff" for char in chars):
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        text = "".join(_SYMBOLS.get(ord(char), char) for char in text)
    return text


def _font(handle: Any, index: int) -> tuple[str, int]:
    flags = ctypes.c_int(0)
    buffer = ctypes.create_string_buffer(128)
    length = raw.FPDFText_GetFontInfo(handle, index, buffer, 128, flags)
    name = buffer.raw[: max(0, min(length, 128) - 1)].decode("utf-8", "replace")
    return name, flags.value
