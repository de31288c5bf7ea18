"""The issuing agency of a document whose header was lost: what its symbol stands for, found in its own words.

A symbol's agency part is an abbreviation (`BC-UBND`, `TB-VPĐPNTM`). Its long form is looked for in the text, with the
place that the header's place line or the most mentions point to; "TM. …" in the signature and the line of capitals
above the preamble say it as well.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import regex

from extractor.document import Document, Span
from extractor.recognise.agencies import _STOP as STOP
from extractor.recognise.agencies import initials
from extractor.recognise.base import Found
from extractor.recognise.citation_grammar import grammar_of
from extractor.recognise.textlines import lines_in
from extractor.ruleset import RuleSet
from extractor.text.normalise import fold

_PLACE = r"(?:tỉnh|thành\s+phố|TP\.?|Tp\.?|huyện|quận|thị\s+xã|TX\.?|xã|phường|thị\s+trấn|đặc\s+khu)"
_NAME = r"(?:\p{Lu}[\p{L}'’]*|\d{1,2})(?:[ \n-]+\p{Lu}[\p{L}'’]*){0,3}"
_WITH_PLACE = regex.compile(rf"\s+(?P<kind>{_PLACE})\s+(?P<place>{_NAME})")
_WORD = regex.compile(r"[\p{L}\d&]+")
_OFFICE = regex.compile(
    r"^(?:KT\.|TM\.|TL\.)?\s*(?:CHỦ TỊCH|CHỦ NHIỆM|GIÁM ĐỐC|TỔNG GIÁM ĐỐC|BỘ TRƯỞNG|CỤC TRƯỞNG|TRƯỞNG PHÒNG|"
    r"CHÁNH VĂN PHÒNG|TỔNG CỤC TRƯỞNG|CHI CỤC TRƯỞNG|HIỆU TRƯỞNG|VIỆN TRƯỞNG|TRƯỞNG|THỐNG ĐỐC)\s+(?=\p{Lu}{2})"
)
_HEADED = regex.compile(
    r"^(?:ỦY|UỶ|UBND|HĐND|HỘI ĐỒNG|BỘ|SỞ|BAN|VĂN PHÒNG|CỤC|CHI CỤC|TỔNG CỤC|THỦ TƯỚNG|CHÍNH PHỦ|QUỐC HỘI|PHÒNG)\b"
)

_VOICE = regex.compile(
    rf"(?<!của\s)(?<!do\s)(?P<agency>(?:UBND|U[ỷy] ban nhân dân|[ỦU]y ban nhân dân"
    rf"|(?:Sở|Phòng) \p{{Lu}}[^,;.\n()]{{2,60}}?"
    rf"|Văn phòng Điều phối[^,;.\n()]{{2,60}}?|Ban Chỉ đạo[^,;.\n()]{{2,60}}?)\s+{_PLACE}\s+{_NAME})\s+(?:kính\s+)?"
    r"(?:ban\s+hành|báo\s+cáo|thông\s+báo|xây\s+dựng\s+[Kk]ế\s+hoạch|hướng\s+dẫn|trình\b|đề\s+nghị|yêu\s+cầu)"
)

FROM_TEXT = "Phần đầu không có tên cơ quan: lấy theo ký hiệu {symbol} và cách văn bản tự gọi tên."
FROM_SYMBOL = "Phần đầu không có tên cơ quan: lấy theo ký hiệu {symbol}."
FROM_LINE = "Phần đầu không có tên cơ quan: lấy theo dòng chức danh ban hành ở đầu văn bản."
FROM_VOICE = "Phần đầu không có tên cơ quan: lấy theo cơ quan tự xưng trong thân văn bản."
FROM_PORTAL = "Phần đầu không có tên cơ quan: lấy theo thông tin của cổng đăng tải."


@dataclass(frozen=True, slots=True)
class Issuer:
    """An agency as the text names it, where, and why it is taken for the issuer."""

    text: str
    spans: tuple[Span, ...]
    reason: str


def issuer_in_text(document: Document, rules: RuleSet, known: Found) -> Issuer | None:
    """The issuer by symbol, by the line of capitals, by the portal's heading."""
    symbol = known.best("symbol")
    line = _from_line(document)
    if symbol is not None:
        part = agency_part(str(symbol.value), rules)
        found = by_symbol(document, rules, known, part) if part else None
        if found is not None and line is not None and fold(found.text) in fold(line.text):
            return line
        return found or line
    if known.best("doc_type") is None:
        return None
    return line or _by_voice(document, known)


def _by_voice(document: Document, known: Found) -> Issuer | None:
    """The agency that speaks in the text: "UBND huyện … báo cáo kết quả", "Phòng Kinh tế huyện … thông báo"."""
    text = document.text if document.lines else document.text.replace("\n", "\v")
    spans = [Span(match.start("agency"), match.end("agency")) for match in _VOICE.finditer(text)]
    best = _likeliest(spans, document, known.value("issued_at"))
    return None if best is None else Issuer(_words(document, best), (best,), FROM_VOICE)


def agency_part(symbol: str, rules: RuleSet) -> str | None:
    """`UBND` of `BC-UBND`, of `UBND-NN`, of `TTr-UBND-TH`."""
    parts = regex.split(r"[-/]", symbol)
    types = grammar_of(rules).parts.types
    rest = parts[1:] if parts[0] in types and len(parts) > 1 else parts
    return rest[0].rstrip("0123456789") or None


def by_symbol(document: Document, rules: RuleSet, known: Found, part: str, spelled_only: bool = False) -> Issuer | None:
    """The agency that an abbreviation stands for in this text, or for all the country (`TTg`)."""
    symbol = known.best("symbol")
    assert symbol is not None
    mentions = list(_mentions(document, part))
    best = _likeliest(mentions, document, known.value("issued_at"))
    if best is not None:
        return Issuer(_words(document, best), (best,), FROM_TEXT.format(symbol=symbol.value))
    name = None if spelled_only else rules.fields["agency"].vocabulary["by_symbol"].get(part)
    spans = symbol.leaves[""].spans
    return Issuer(name, spans, FROM_SYMBOL.format(symbol=symbol.value)) if name and spans else None


def _words(document: Document, span: Span) -> str:
    return " ".join(document.text[span.start : span.end].split())


def _mentions(document: Document, part: str) -> Iterator[Span]:
    """Where the text names, with its place, an agency of this abbreviation, written out or not."""
    text = document.text if document.lines else document.text.replace("\n", "\v")
    for match in regex.finditer(rf"(?<![\p{{L}}/-]){regex.escape(part)}(?![\p{{L}}/-])", text):
        place = _WITH_PLACE.match(text, match.end())
        if place is not None:
            yield Span(match.start(), place.end())
    words = list(_WORD.finditer(text))
    for index, word in enumerate(words):
        if not word[0][0].isupper() or fold(word[0])[0] != fold(part)[0] or word[0].isupper():
            continue
        end = _spelled(words, index, part)
        if end is not None and part in initials(text[word.start() : end]):
            place = _WITH_PLACE.match(text, end)
            yield Span(word.start(), place.end() if place else end)


def _spelled(words: list[regex.Match[str]], index: int, part: str) -> int | None:
    """The end of the run of words whose initials spell the abbreviation."""
    letters = list(fold(part))
    end = None
    for word in words[index : index + len(letters) * 2]:
        if fold(word[0]) in STOP:
            continue
        if not letters or fold(word[0])[0] != letters[0]:
            break
        letters.pop(0)
        end = word.end()
        if not letters:
            return end
    return None


def _likeliest(mentions: list[Span], document: Document, place: str | None) -> Span | None:
    """The agency most often named, more so at the start of a paragraph and in the document's own place."""
    votes: Counter[str] = Counter()
    first: dict[str, Span] = {}
    starts = {block.start for block in document.blocks}
    for span in mentions:
        name = fold(_words(document, span)).replace("uy ban nhan dan", "ubnd")
        at_home = place is not None and fold(place) in name
        votes[name] += 1 + (3 if span.start in starts else 0) + (20 if at_home else 0)
        kept = first.setdefault(name, span)
        if len(span) > len(kept):
            first[name] = span
    return first[max(votes, key=lambda name: votes[name])] if votes else None


def _from_line(document: Document) -> Issuer | None:
    """The line of capitals between title and preamble: "CHỦ TỊCH ỦY BAN NHÂN DÂN HUYỆN …"."""
    before = document.zone("preamble")
    if not before:
        return None
    for line in lines_in(document, "title", "body", "preamble"):
        if line.start > before[0].end:
            break
        text = _OFFICE.sub("", line.text.strip(" *:"))
        if line.upper and _HEADED.match(text) and len(text) < 120:
            start = line.start + line.text.index(text)
            return Issuer(text, (Span(start, start + len(text)),), FROM_LINE)
    return None
