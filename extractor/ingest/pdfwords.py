"""Words with boxes from a PDF page's own text, as pdfium sees it."""

from __future__ import annotations

import ctypes
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

import pypdfium2 as pdfium
import pypdfium2.raw as raw
import regex

from extractor.document import BBox, Word
from extractor.text.normalise import normalise_word

_HYPHENS = {0x02: "-", 0xFFFE: "-"}  # pdfium's marks for a hyphen at the end of a line
_INVISIBLE = 3  # text render mode
_BOLD = regex.compile(r"bold|black|heavy|,b|-b$", regex.IGNORECASE)
_ITALIC = regex.compile(r"italic|oblique|,i|-i$", regex.IGNORECASE)
_ITALIC_FLAG = 0x40
_BOLD_WEIGHT = 600


@dataclass(frozen=True, slots=True)
class TextWord:
    """A word as drawn.

    `font` as named in the file, `unmapped` characters without a Unicode map, `hidden` ink, `angle` counter-clockwise on
    the page as shown in quarter turns.
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
        self.left, self.right = min(self.left, box.left), max(self.right, box.right)
        self.bottom, self.top = min(self.bottom, box.bottom), max(self.top, box.top)

    def breaks(self, box: raw.FS_RECTF) -> bool:
        """Whether a character in that box starts a new word: another line, or far away."""
        height = max(self.top - self.bottom, 1.0)
        middle = (box.top + box.bottom) / 2
        tall = max(height, box.top - box.bottom)
        upright = height < 3 * (self.right - self.left)  # a run of stacked letters is text set sideways
        if upright and not self.bottom - 0.3 * tall <= middle <= self.top + 0.3 * tall:
            return True
        return bool(box.left > self.right + 1.2 * tall or box.right < self.left - 1.2 * tall)


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


def words(page: pdfium.PdfPage) -> list[TextWord]:
    """All words that the page's text layer holds, hidden ones included, in the file's order."""
    text = page.get_textpage()
    try:
        frame = Frame.of(page)
        return [_finish(text, run, frame) for run in _runs(text) if run.chars]
    finally:
        text.close()


def _runs(text: pdfium.PdfTextPage) -> Iterator[_Run]:
    run, box = _Run(), raw.FS_RECTF()
    for index in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(text, index)
        char = _HYPHENS.get(code) or chr(code)
        if char.isspace() or (code < 0x20 and code not in _HYPHENS):
            yield run
            run = _Run()
            continue
        raw.FPDFText_GetLooseCharBox(text, index, box)
        if run.chars and not unicodedata.combining(char) and run.breaks(box):
            yield run
            run = _Run()
        if not run.chars:
            run.first = index
        run.unmapped += raw.FPDFText_HasUnicodeMapError(text, index) == 1
        run.add(char, box)
    yield run


def _finish(text: pdfium.PdfTextPage, run: _Run, frame: Frame) -> TextWord:
    font, flags = _font(text, run.first)
    size = float(raw.FPDFText_GetFontSize(text, run.first))
    weight = raw.FPDFText_GetFontWeight(text, run.first)
    angle = round(float(raw.FPDFText_GetCharAngle(text, run.first)) * 180 / 3.14159265 / 90) * 90
    owner = raw.FPDFText_GetTextObject(text, run.first)
    return TextWord(
        text=_joined(run.chars),
        bbox=frame.shown(run.left, run.bottom, run.right, run.top),
        size=size,
        font=font,
        bold=weight >= _BOLD_WEIGHT or bool(_BOLD.search(font)),
        italic=bool(flags & _ITALIC_FLAG) or bool(_ITALIC.search(font)),
        unmapped=run.unmapped,
        hidden=bool(owner) and raw.FPDFTextObj_GetTextRenderMode(owner) == _INVISIBLE,
        angle=(angle - frame.rotation) % 360 if angle >= 0 else 0,
    )


def _joined(chars: list[str]) -> str:
    """Characters as text; halves of a pair (above U+FFFF) are joined."""
    return "".join(chars).encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _font(text: pdfium.PdfTextPage, index: int) -> tuple[str, int]:
    flags = ctypes.c_int(0)
    buffer = ctypes.create_string_buffer(128)
    length = raw.FPDFText_GetFontInfo(text, index, buffer, 128, flags)
    name = buffer.raw[: max(0, min(length, 128) - 1)].decode("utf-8", "replace")
    return name, flags.value
