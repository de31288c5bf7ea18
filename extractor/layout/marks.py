"""What a single line gives away about where in the form it stands."""

from __future__ import annotations

from dataclasses import dataclass, replace

import regex

from extractor.document import BBox, Document, Line
from extractor.layout.assemble import Placed
from extractor.layout.compose import Role
from extractor.layout.headcolumns import is_motto
from extractor.layout.offices import in_capitals, is_authority
from extractor.layout.textlines import text_lines
from extractor.text.normalise import fold

_NUMBER = regex.compile(
    r"^\W{0,4}(?:(?:luật|bộ luật|nghị quyết|pháp lệnh)\s+)?[s8$§][ốôóòồổỗoõỏ0ộ6êếé](?!\p{L})(?!\s*(?:ký\s+)?hiệu)"
    r".{0,60}$",
    regex.I,
)
_SYMBOL = regex.compile(r"[/⁄∕]|\d\s*[-–]\s*\p{L}|\p{Lu}\s*-\s*\p{Lu}")
_LONE_SYMBOL = regex.compile(r"^\W{0,3}/\s?\p{Lu}[\p{L}\d]{0,4}\s?-\s?\p{Lu}[\p{L}\d&-]+\W*$")
_EMPTY_NUMBER = regex.compile(r"\W*s\p{L}\W*", regex.I)
_DATE = regex.compile(r"^.{0,45}\bng\S{0,2}y\b.{0,22}\bth\S{0,2}ng\b.{0,20}\b(?:n[aăã]m|\d{4}|1\d{3}|20\d\d)", regex.I)
_ADDRESS = regex.compile(r"^\W*kinh\s*g[uo]i\b")
_ABOUT = regex.compile(r"^\W*v\s*[/.]\s*v\b")
_RECIPIENTS = regex.compile(r"^\W*n[oa]i\s*nhan\b(?!\s*(?:va|ho so|hang)\b)")
_BASIS = regex.compile(r"^\W*(?:can\s+c[u]\b|xet\b(?!\s+(?:thay|tuyen)))")
_PROPOSAL = regex.compile(r"^\W*(?:theo de nghi|tren co so|sau khi|thuc hien)\b")
_APPENDIX = regex.compile(r"^\W*(?:phu luc|bieu so|bieu mau|mau so|mau \d|danh muc kem theo)\b")
_STAMP = regex.compile(
    r"^\W*(?:c[oô]ng v[aă]n [dđ][eếê]n|cv\s*[dđ][eếê]n|ng[aà]y [dđ][eếê]n|s[oốô] [dđ][eếê]n|chuy[eể]n\s*:"
    r"|l[uư]u h[oồ] s[oơ]|k[yý] b[oở]i|ng[uư][oờ]i k[yý]|th[oờ]i gian k[yý]|c[oơ] quan\s*:|email\s*:|[\w.]+@[\w.]+)",
    regex.I,
)
_BULLETS = frozenset("-–—•+*")
_ARRIVED = regex.compile(r"^\W*(?:[dđ][eếê]n|cv [dđ][eếê]n|c[oô]ng v[aă]n [dđ][eếê]n)\b", regex.I)


@dataclass(frozen=True, slots=True)
class Mark:
    """A line of the text with its place, the column it stands in, its page and, where it has one, its box.

    `core`: the box without what was read into strokes and specks at the line's ends.
    """

    start: int
    end: int
    text: str
    bare: str
    role: Role
    page: int
    bbox: BBox | None = None
    width: float = 0.0
    core: BBox | None = None

    @property
    def upper(self) -> bool:
        """Whether the letters are capitals."""
        return in_capitals(self.text)

    @property
    def empty(self) -> bool:
        """Whether no word stands here: a rule, dashes, a speck."""
        return sum(char.isalpha() for char in self.text) < 2 and not any(char.isdigit() for char in self.text)

    @property
    def number(self) -> bool:
        """Whether it is the form's number line: `Số: …/KH-UBND`, possibly blank."""
        if _LONE_SYMBOL.match(self.text):
            return True
        if not _NUMBER.match(self.text):
            return False
        return bool(_SYMBOL.search(self.text) or _EMPTY_NUMBER.fullmatch(self.text))

    @property
    def date(self) -> bool:
        """Whether it is a line of place and date, blanks allowed."""
        return len(self.text) < 85 and bool(_DATE.match(self.text))

    @property
    def motto(self) -> bool:
        """Whether it holds the national heading or the Party's."""
        return len(self.text) < 130 and is_motto(self.text)

    @property
    def address(self) -> bool:
        """Whether it opens the addressees (`Kính gửi`)."""
        return bool(_ADDRESS.match(self.bare))

    @property
    def about(self) -> bool:
        """Whether it is the `V/v` of a công văn."""
        return bool(_ABOUT.match(self.bare))

    @property
    def recipients(self) -> bool:
        """Whether it opens the recipients (`Nơi nhận`)."""
        match = _RECIPIENTS.match(self.bare)
        return match is not None and (len(self.text) < 90 or self.bare[match.end() :].lstrip()[:1] == ":")

    @property
    def basis(self) -> bool:
        """Whether a clause of the preamble opens here."""
        return bool(_BASIS.match(self.bare))

    @property
    def proposal(self) -> bool:
        """Whether a clause opens that belongs to the preamble only behind another."""
        return bool(_PROPOSAL.match(self.bare))

    @property
    def appendix(self) -> bool:
        """Whether it is the heading of an appendix."""
        first = self.text.lstrip(" *_#")[:4]
        return len(self.text) < 90 and bool(_APPENDIX.match(self.bare)) and first[:1].isupper()

    @property
    def authority(self) -> bool:
        """Whether it is the head of a signature block: `KT. CHỦ TỊCH`, `GIÁM ĐỐC`."""
        return len(self.text) <= 70 and is_authority(self.text)

    @property
    def stamp(self) -> bool:
        """Whether it belongs to an incoming or an e-signature stamp."""
        return len(self.text) < 60 and bool(_STAMP.match(self.text))

    @property
    def arrived(self) -> bool:
        """Whether it opens an incoming stamp (`CV ĐẾN`, `ĐẾN`): its number and date follow."""
        return len(self.text) < 40 and bool(_ARRIVED.match(self.text))


def marks(document: Document, placed: tuple[Placed, ...]) -> list[Mark]:
    """The lines of a document, blank ones left out."""
    if not document.lines:
        return [_mark(document, span.start, span.end) for span in text_lines(document.text)]
    widths = {page.number: page.width for page in document.pages}
    roles = sorted((p.span.start, p.role) for p in placed if len(p.span))
    lines, index = [], 0
    for line in document.lines:
        while index + 1 < len(roles) and roles[index + 1][0] <= line.start:
            index += 1
        mark = _mark(document, line.start, line.end, roles[index][1], line.page, line.bbox, widths.get(line.page, 0.0))
        mark = replace(mark, core=_printed(line))
        lines.append(mark)
    return lines


def _printed(line: Line) -> BBox:
    """The box of a line without the strokes and specks at its ends that were read as dashes and dots."""
    solid = [any(char.isalnum() for char in word.word.text) for word in line.words]
    if not any(solid) or (solid[0] and solid[-1]):
        return line.bbox
    first, last = solid.index(True), len(solid) - solid[::-1].index(True)
    if len(line.words) - (last - first) == 1 and not solid[0] and line.words[0].word.text in _BULLETS:
        return line.bbox
    return BBox.around(item.word.bbox for item in line.words[first:last]) or line.bbox


def _mark(
    document: Document,
    start: int,
    end: int,
    role: Role = "text",
    page: int = 1,
    box: BBox | None = None,
    width: float = 0.0,
) -> Mark:
    text = document.text[start:end].replace("\n", " ").strip(" *_#|\t")
    return Mark(start, end, text, fold(text), role, page, box, width)
