"""The agencies in a header: which lines name them, where one ends and the next begins, their initials."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import regex

from extractor.document import BBox, Document, Span
from extractor.layout.headcolumns import is_motto
from extractor.recognise.textlines import TextLine, lines_in
from extractor.ruleset import RuleSet
from extractor.text.normalise import fold, strip_marks

_MOTTO = regex.compile(
    r"C[ỘÔO]NG\s+H[ÒOÓ]\p{L}?\s+X|Đ[ỘO][CẬ]\p{L}?\s*L[ẬÂA]P|Độc\s+lập|ĐẢNG\s+CỘNG\s+SẢN\s+VIỆT\s+NAM(?!\p{L})"
)
_NUMBER = regex.compile(
    r"^\W*(?:(?:luật|nghị quyết|pháp lệnh)\s+)?[s8$§][ốôóòồổỗoõỏ0ộ6êếé](?!\p{L})|^\W*v\s*/\s*v\b", regex.IGNORECASE
)
_NOT_AGENCY = regex.compile(
    r"^\W*(?:[a-z .-]{2,30},?\s*ngay\b|kinh gui|luat so|ban hanh kem|du thao|ky boi|thoi gian|co quan:|cv den)"
)
_PLACE_KIND = regex.compile(
    r"(?:tinh|ti?nh|thanh pho|tp|huyen|quan(?! ly| su)|thi xa|tx|xa(?! hoi)|phuong|thi tran|dac khu)"
    r"\b\.?(?!\s*(?:uy|doan)\b)"
)
_LOOSE_END = regex.compile(r"(?:\b(?:va|cua|cac|ve|cho|tai|voi|phong chong|quan ly|chuong trinh)|[-–,&])\s*$")
_STOP = frozenset({"va", "cua", "cac", "cho", "ve", "tai", "voi", "trong", "-", "–"})


@dataclass(frozen=True, slots=True)
class AgencyText:
    """An agency as the header prints it: its lines joined, their spans, the lowest word confidence apart."""

    text: str
    spans: tuple[Span, ...]


def header_agencies(document: Document, rules: RuleSet) -> list[AgencyText]:
    """The agencies of the header from the highest to the issuing one."""
    pieces = list(_agency_lines(document))
    heads, openings, names = _words(rules, "heads"), _words(rules, "openings"), _words(rules, "names")
    groups: list[list[tuple[str, Span]]] = []
    for text, span in pieces:
        if groups and not _starts(text, groups[-1], heads, openings, names):
            groups[-1].append((text, span))
        elif groups or _opens(text, heads):
            groups.append([(text, span)])
    return [AgencyText(" ".join(t for t, _ in group), tuple(s for _, s in group)) for group in groups]


def _agency_lines(document: Document) -> Iterator[tuple[str, Span]]:
    """Lines of the left column that can be (part of) an agency's name."""
    lines = lines_in(document, "header")
    edge = _motto_edge(lines)
    for line in lines:
        motto = _MOTTO.search(line.text)
        end = motto.start() if motto and is_motto(line.text) else len(line.text)
        trimmed = _trim(line, end)
        if trimmed is None or _right_of(line, edge):
            continue
        text, span = trimmed
        if _NUMBER.match(line.text):
            return
        if _NOT_AGENCY.match(fold(text)):
            continue
        letters = [char for char in text if char.isalpha()]
        if len(letters) >= 3 and sum(char.isupper() for char in letters) >= 0.7 * len(letters):
            yield text, span


def _trim(line: TextLine, end: int) -> tuple[str, Span] | None:
    """The line without noise at its ends."""
    match = regex.search(r"\p{L}.*[\p{L}\d)”\"][^\s.,;_|-]*", line.text[:end])
    if match is None:
        return None
    text = match[0]
    return " ".join(text.split()), Span(line.start + match.start(), line.start + match.end())


def _motto_edge(lines: Iterable[TextLine]) -> BBox | None:
    return next((line.bbox for line in lines if line.bbox is not None and is_motto(line.text)), None)


def _right_of(line: TextLine, motto: BBox | None) -> bool:
    """Whether a line stands in the motto's column."""
    return motto is not None and line.bbox is not None and line.bbox.centre > motto.x0 and line.bbox.x0 > motto.x0 - 40


def _opens(text: str, heads: tuple[str, ...]) -> bool:
    bare = fold(text)
    return any(bare.startswith(head) and not bare[len(head) : len(head) + 1].isalnum() for head in heads)


def _starts(
    text: str,
    group: list[tuple[str, Span]],
    heads: tuple[str, ...],
    openings: tuple[str, ...],
    names: tuple[str, ...],
) -> bool:
    """Whether a line names a new agency rather than going on with the one above ("ỦY BAN THƯỜNG VỤ / QUỐC HỘI")."""
    before = fold(" ".join(t for t, _ in group))
    bare = fold(text)
    if before in openings or _LOOSE_END.search(before) or _PLACE_KIND.match(bare):
        return False
    if before not in names and any(name.startswith(f"{before} {bare}") for name in names):
        return False
    return _opens(text, heads)


@functools.lru_cache(maxsize=16)
def _split(words: str) -> tuple[str, ...]:
    return tuple(fold(word) for word in words.split(";") if word.strip())


def _words(rules: RuleSet, name: str) -> tuple[str, ...]:
    vocabulary: Mapping[str, str] = rules.fields["agency"].vocabulary
    return _split(vocabulary[name])


def initials(name: str) -> tuple[str, ...]:
    """What an agency's name can be in a symbol: the initials of its words, with and without what follows "của".

    >>> initials("Ban Chỉ đạo cải cách hành chính của Chính phủ")
    ('BCĐCCHCCP', 'BCĐCCHC')
    >>> initials("SỞ GIÁO DỤC VÀ ĐÀO TẠO"), initials("BAN CHỈ ĐẠO 138")
    (('SGDĐT',), ('BCĐ138',))
    """
    words = regex.findall(r"[\p{L}\d&]+", name)
    whole = "".join(_initial(word) for word in words if fold(word) not in _STOP)
    found = [whole]
    for index, word in enumerate(words):
        if fold(word) == "cua":
            found.append("".join(_initial(w) for w in words[:index] if fold(w) not in _STOP))
    return tuple(dict.fromkeys(found))


def _initial(word: str) -> str:
    if word.isdigit():
        return word
    letter = word[0].upper()
    return "Đ" if letter == "Đ" else strip_marks(letter)


def header_initials(document: Document, rules: RuleSet) -> tuple[str, ...]:
    """The initials of the header's agencies, without a place at the end."""
    found = []
    for agency in header_agencies(document, rules):
        name = regex.sub(r"\s+(?:TỈNH|THÀNH PHỐ|HUYỆN|QUẬN|THỊ XÃ|XÃ|PHƯỜNG|THỊ TRẤN)\s.*$", "", agency.text)
        found += [item for item in initials(name) if len(item) >= 3]
    return tuple(dict.fromkeys(found))
