"""What a single line gives away about where in the form it stands."""

from __future__ import annotations

import functools
from dataclasses import dataclass

import regex
from rapidfuzz import fuzz

from extractor.document import Document
from extractor.layout.assemble import Placed
from extractor.layout.columns import is_motto
from extractor.layout.compose import Role
from extractor.ruleset import RuleSet
from extractor.text.normalise import fold

_NUMBER = regex.compile(r"^\W*s[o06]\W{0,3}(?:\s|$|[:.\d])(?!hieu)[^,;]{0,40}$")
_SYMBOL = regex.compile(r"/|\d\s*-\s*\p{L}")
_DATE = regex.compile(r"^.{0,45}\bng\S{0,2}y\b.{0,22}\bth\S{0,2}ng\b.{0,20}\b(?:n[aă]m|\d{4}|1\d{3}|20\d\d)", regex.I)
_ADDRESS = regex.compile(r"^\W*kinh\s*g[uo]i\b")
_ABOUT = regex.compile(r"^\W*v\s*[/.]\s*v\b")
_RECIPIENTS = regex.compile(r"^\W*n[oa]i\s*nhan\b")
_BASIS = regex.compile(
    r"^\W*(?:can cu\b|theo de nghi\b|xet de nghi\b|xet to trinh\b|thuc hien (?:quyet dinh|cong van|ke hoach|nghi quyet|chi thi)\b)"
)
_APPENDIX = regex.compile(r"^\W*(?:phu luc|bieu so|mau so|danh muc kem theo)\b")
_AUTHORITY = regex.compile(r"^\W*(?:k\s*/\s*t|t\s*/\s*m|kt|tm|tl|tuq|t/l)\s*[.,]?\s+\p{Lu}", regex.I)
_OFFICES = regex.compile(
    r"^\W*(?:q\.\s*)?(?:pho\s+|quyen\s+)?(?:chu tich|chu nhiem|giam doc|tong giam doc|cuc truong|vu truong|bo truong|thu truong|thu tuong"
    r"|chanh van phong|truong ban|truong phong|truong doan|bi thu|tong bi thu|vien truong|hieu truong|chanh thanh tra|chi cuc truong|tong cuc truong"
    r"|thong doc|tong thanh tra|to truong|doi truong|chanh an|chu toa|thu ky|chu tri|tong kiem toan)\b"
)


@dataclass(frozen=True, slots=True)
class Mark:
    """A line of the text with its place, the column it stands in and its page."""

    start: int
    end: int
    text: str
    bare: str
    role: Role
    page: int

    @property
    def upper(self) -> bool:
        """Whether the letters are capitals (markdown stars and a small particle apart)."""
        letters = [c for c in self.text if c.isalpha()]
        return len(letters) > 1 and sum(c.isupper() for c in letters) >= 0.85 * len(letters)

    @property
    def number(self) -> bool:
        """ "Số: …/KH-UBND": the form's own number line."""
        return bool(_NUMBER.match(self.bare)) and bool(_SYMBOL.search(self.bare) or self.bare.strip(" :.-…_") in ("so",))

    @property
    def date(self) -> bool:
        """ "Đồng Tháp, ngày 14 tháng 4 năm 2021", blanks allowed."""
        return len(self.text) < 75 and bool(_DATE.match(self.text))

    @property
    def motto(self) -> bool:
        """The national heading or the Party's."""
        return len(self.text) < 110 and is_motto(self.text)

    @property
    def address(self) -> bool:
        """ "Kính gửi"."""
        return bool(_ADDRESS.match(self.bare))

    @property
    def about(self) -> bool:
        """ "V/v …" under the number of a công văn."""
        return bool(_ABOUT.match(self.bare))

    @property
    def recipients(self) -> bool:
        """ "Nơi nhận"."""
        return bool(_RECIPIENTS.match(self.bare))

    @property
    def basis(self) -> bool:
        """A clause of the preamble."""
        return bool(_BASIS.match(self.bare))

    @property
    def appendix(self) -> bool:
        """The heading of an appendix."""
        return len(self.text) < 60 and bool(_APPENDIX.match(self.bare)) and self.text.lstrip(" *")[:6].isupper()

    @property
    def authority(self) -> bool:
        """ "KT. CHỦ TỊCH", "GIÁM ĐỐC": the head of a signature block."""
        if len(self.text) > 70 or not self.upper:
            return False
        return bool(_AUTHORITY.match(self.bare) or _OFFICES.match(self.bare))


def marks(document: Document, placed: tuple[Placed, ...]) -> list[Mark]:
    """The lines of a document, blank ones left out."""
    if document.lines:
        spans = [(line.start, line.end, line.page) for line in document.lines]
    else:
        spans = [(m.start(), m.end(), 1) for m in regex.finditer(r"[^\n\f]+", document.text) if m[0].strip()]
    roles = sorted((p.span.start, p.role) for p in placed if len(p.span))
    found = []
    index = -1
    for start, end, page in spans:
        while index + 1 < len(roles) and roles[index + 1][0] <= start:
            index += 1
        text = document.text[start:end]
        found.append(Mark(start, end, text, fold(text), roles[index][1] if index >= 0 else "text", page))
    return found


@functools.lru_cache(maxsize=8)
def _names(rules_names: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(((fold(name), code) for name, code in rules_names), key=lambda item: -len(item[0])))


def type_names(rules: RuleSet) -> tuple[tuple[str, str], ...]:
    """Folded printed names with their codes, the longest first."""
    return _names(tuple((name, t.code) for t in rules.document_types.values() for name in t.names))


def type_word(text: str, rules: RuleSet, fuzzy: bool = True) -> tuple[str, int] | None:
    """The type code that a heading opens with and the length of the type word in `text`, None for none.

    Only capitals are headings: "Kế hoạch số 97" in running text is a citation.
    """
    stripped = text.lstrip(" *_#\t")
    lead = len(text) - len(stripped)
    bare = fold(stripped)
    for name, code in type_names(rules):
        length = _prefix(stripped, name)
        head = stripped[:length]
        if length and head.isupper() and (fold(head) == name or (fuzzy and len(name) > 5 and fuzz.ratio(fold(head), name) >= 88)):
            rest = stripped[length : length + 1]
            if not rest or not rest.isalnum():
                return code, lead + length
    spaced = bare.replace(" ", "")
    for name, code in type_names(rules):
        if spaced == name.replace(" ", "") and stripped.isupper():
            return code, len(text)
    return None


def _prefix(text: str, name: str) -> int:
    """How much of `text` has as many words as `name`."""
    match = regex.match(r"\S+(?:\s+\S+){%d}" % name.count(" "), text)
    return len(match[0].rstrip(":*.,")) if match else 0
