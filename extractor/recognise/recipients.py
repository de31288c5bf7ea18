"""Nơi nhận: one entry a bullet, wrapped lines joined, from the cue to the copy for the file.

Nghị định 30/2020/NĐ-CP, Phụ lục I, phần II, mục 9. The signature stands beside this block: what lies to the right of it
on the same line is not taken in.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import regex
from rapidfuzz.distance import Levenshtein

from extractor.document import BBox, Document, Region, Span, Word
from extractor.recognise import offices, second_look
from extractor.recognise.base import Finding, Found, Leaf
from extractor.recognise.mending import mend, mend_places, mend_signs
from extractor.recognise.recipients_look import SURE, certainty, renewed
from extractor.recognise.segments import Segment, scanned, segments
from extractor.ruleset import FieldRules, RuleSet
from extractor.text.normalise import fold

FIELD = "recipients"
_ENDED = regex.compile(r"[;.]['’\"”*\s]*$")
_INLINE = regex.compile(r"(?<=;)\s*(?=[-–—+•]\s*\S)|(?<=\.)\s+(?=[-–—+•]\s+\S)|\s+(?=[-–—+•]\s+Lưu\b)")
_BODY = regex.compile(r"\W*(?:u[yv] b|ubnd|hoi dong|hdnd|ban |thuong |chinh phu|quoc hoi|tinh |huyen |dang )")
_ASIDE = 0.4  # share of the page's width from which the signature's column may begin
_LETTERS = regex.compile(r"\p{L}")
_TYPIST = regex.compile(r"(?:\p{L}{2}|\s)\d+(?:-\d+)?\W*$")
_SCRAP = regex.compile(r"\p{Ll}+\W*$")
_SPECKS = regex.compile(r"(?<!\S)[_~|`'’‘\"“”^«»*•¬=°]+(?!\S)")


@dataclass(slots=True)
class _Entry:
    """A recipient in the making: pieces of text from the first to the last line."""

    parts: list[Segment] = field(default_factory=list)

    @property
    def text(self) -> str:
        return " ".join(" ".join(part.text.split()) for part in self.parts)

    @property
    def span(self) -> Span:
        return Span(self.parts[0].span.start, self.parts[-1].span.end)


def find(document: Document, rules: RuleSet, known: Found) -> Found:
    """The recipients of the first block, in order."""
    field_rules = rules.fields[FIELD]
    found = Found()
    for zone in document.zone("recipients"):
        for entry in _entries(_pieces(document, zone.span, rules), field_rules):
            finding = _finding(document, entry, field_rules)
            if finding is not None:
                found.findings.append(finding)
        if found.findings:
            break
    return found


def _pieces(document: Document, span: Span, rules: RuleSet) -> Iterator[Segment]:
    """The block's lines without the cue, the signature's column, page numbers and specks."""
    lines, label, edge = _lines(document, span, rules)
    if scanned(document, span.start):
        ended = any(_files(line.text, rules.fields[FIELD]) for line in lines)
        lines = renewed(document, lines, label, edge, ended)
    for line in lines:
        clear = _clearer(document, line)
        labelled = clear.reread and _label(clear.text)
        if not labelled and not _signature(clear.text, rules) and not _speck(clear, document):
            yield from _inline(clear, rules)


def _lines(document: Document, span: Span, rules: RuleSet) -> tuple[list[Segment], Segment | None, float | None]:
    """The block's lines, the line with its label, and where the column beside it begins."""
    lines: list[Segment] = []
    label, edge = None, None
    row = -1
    for segment in segments(document, span):
        beside = segment.row == row
        row = segment.row
        if beside and not _bullet(segment.text, rules.fields[FIELD]):
            if segment.box is not None and segment.box.x0 > _ASIDE * document.pages[segment.page - 1].width:
                edge = min(edge or segment.box.x0, segment.box.x0)
            continue
        if document.zone_at(segment.span.start) == "furniture":
            continue
        cue = rules.fields[FIELD].patterns["cue"].regex.match(segment.text)
        label = segment if cue and label is None else label
        rest = _part(segment, cue.end() if cue else 0, len(segment.text))
        if rest is not None and not _signature(rest.text, rules):
            rest = _unscrapped(document, rest)
            if not _speck(rest, document):
                lines.append(rest)
    return lines, label, edge


def _unscrapped(document: Document, segment: Segment) -> Segment:
    """The line without scraps of the seal at its right end."""
    words = list(document.words_in(segment.span)) if scanned(document, segment.span.start) else []
    while len(words) > 1 and _scrap(words[-1].word):
        words.pop()
    if not words:
        return segment
    start, end = max(segment.span.start, words[0].start), min(segment.span.end, words[-1].end)
    box = BBox.around(word.word.bbox for word in words)
    return replace(segment, text=document.text[start:end], span=Span(start, end), box=box)


def _clearer(document: Document, segment: Segment) -> Segment:
    """The line read again by itself where a word of it is still in doubt."""
    if segment.reread or document.picture is None or not scanned(document, segment.span.start):
        return segment
    if certainty(document, segment) >= SURE:
        return segment
    again = second_look.line(document, segment)
    return segment if again is None else replace(segment, text=again[0], confidence=again[1], reread=True)


def _files(text: str, rules: FieldRules) -> bool:
    """Whether a line is the copy for the file, which ends the block."""
    return bool(rules.patterns["filing"].regex.match(text[_bullet(text, rules) :].strip()))


def _label(text: str) -> bool:
    """Whether a line that was read again is the block's label, one letter off at most."""
    return Levenshtein.distance(fold(text).strip(" :.-"), "noi nhan", score_cutoff=1) <= 1


def _scrap(word: Word) -> bool:
    """A short word of low confidence that opens with no digit and ends no entry."""
    core = word.text.strip(";.,:)")
    short = len(core) <= 2 and not core[:1].isdigit()
    return word.confidence < 0.6 and short and not word.text.endswith((";", ").", ")"))


def _inline(segment: Segment, rules: RuleSet) -> Iterator[Segment]:
    """A line that holds several entries falls apart at their bullets; a signature behind them is cut off."""
    end = len(segment.text)
    for name, pattern in rules.fields["signers"].patterns.items():
        if not name.startswith("authority.") or name == "authority.Q":
            continue
        match = pattern.regex.search(segment.text, 4)
        if match and _office_follows(segment.text, match.start(), match.end(), rules):
            end = min(end, match.start())
    borders = [0, *(m.end() for m in _INLINE.finditer(segment.text[:end])), end]
    for first, last in itertools.pairwise(borders):
        part = _part(segment, first, last)
        if part is not None:
            yield part


def _office_follows(text: str, start: int, end: int, rules: RuleSet) -> bool:
    """Whether an authority opens here ("KT. CHỦ TỊCH"), not the short name of a unit in a list ("VT, KT, TKBT")."""
    if not offices.is_heading(text[start : end + 12]):
        return False
    return bool(_BODY.match(fold(text[end:]))) or offices.read_office(text[end : end + 40], rules) is not None


def _part(segment: Segment, first: int, last: int) -> Segment | None:
    """A part of a segment without white space at its edges."""
    text = segment.text[first:last]
    lead = len(text) - len(text.lstrip())
    text = text.strip()
    if not text:
        return None
    if segment.reread:
        return replace(segment, text=text)
    start = segment.span.start + first + lead
    return replace(segment, text=text, span=Span(start, start + len(text)))


def _signature(text: str, rules: RuleSet) -> bool:
    if not offices.is_heading(text):
        return False
    return offices.authority(text, rules) is not None or offices.read_office(text, rules) is not None


def _speck(segment: Segment, document: Document) -> bool:
    """What a seal or a pen left on a scan: hardly a letter, or letters that no one is sure of."""
    letters = len(_LETTERS.findall(segment.text))
    unsure = segment.confidence < 0.35 and letters < 8 and not segment.reread
    return scanned(document, segment.span.start) and (letters < 2 or unsure)


def _bullet(text: str, rules: FieldRules) -> int:
    """The length of the bullet that a line opens with, 0 for none."""
    match = rules.patterns["bullet"].regex.match(text)
    return match.end() if match else 0


def _entries(pieces: Iterator[Segment], rules: FieldRules) -> list[_Entry]:
    """Lines to entries; the block ends behind the copy for the file."""
    entries: list[_Entry] = []
    bullets = False
    for piece in pieces:
        size = _bullet(piece.text, rules)
        body = _part(piece, size, len(piece.text))
        if body is None:
            continue
        if entries and _wraps(entries[-1], piece, body, bool(size), bullets):
            entries[-1].parts.append(piece if size else body)
            continue
        if entries and not size and _filed(entries[-1], rules):
            break
        bullets = bullets or bool(size)
        entries.append(_Entry([body]))
    return entries


def _filed(entry: _Entry, rules: FieldRules) -> bool:
    return bool(rules.patterns["filing"].regex.match(entry.text))


def _wraps(entry: _Entry, piece: Segment, body: Segment, bullet: bool, bullets: bool) -> bool:
    """Whether a line goes on with the entry above it."""
    text = entry.text
    small = body.text[:1].islower()
    open_bracket = text.count("(") > text.count(")")
    ended = bool(_ENDED.search(text)) and not open_bracket
    if bullet:
        return small and not ended and len(text) > 30 and not text.endswith(":")
    if ended:
        return False
    if small or open_bracket or text.endswith((",", "-", "–")):
        return True
    return bullets and not piece.apart and not text.endswith(":")


def _finding(document: Document, entry: _Entry, rules: FieldRules) -> Finding | None:
    read = scanned(document, entry.span.start)
    value = _tidy(entry.text, read)
    if len(_LETTERS.findall(value)) < 2 or (read and _SCRAP.match(value)):  # a short name of a unit is in capitals
        return None
    reasons: tuple[str, ...] = ()
    if read:
        value, reasons = mend(value, rules.vocabulary["phrases"], document.confidence(entry.span))
        value, signs = mend_signs(value, rules.vocabulary["mends"])
        value, places = mend_places(value)
        reasons = (*reasons, *signs, *places)
    confidence = 0.95 if not reasons else 0.88
    if read and _TYPIST.search(value):
        confidence = 0.8  # letters and digits in small print: I, l and 1 look alike
    if not any(part.reread for part in entry.parts):
        return Finding.scalar(FIELD, Leaf(value, (entry.span,), "recipients.bullet", confidence, reasons))
    confidence = 0.55 + 0.3 * min(part.confidence for part in entry.parts if part.reread)
    regions = tuple(Region(part.page, part.box) for part in entry.parts if part.box is not None)
    reasons = (*reasons, "Dòng không rõ: đã đọc lại từ ảnh.")
    return Finding.scalar(FIELD, Leaf(value, (), "recipients.second-look", confidence, reasons, entry.text, regions))


def _tidy(text: str, scanned: bool) -> str:
    """Without the closing semicolon; on scans also without specks, with the space swallowed behind a comma."""
    if not scanned:
        return regex.sub(r"[\s;,]+$", "", text.strip(" *_"))
    text = _SPECKS.sub(" ", text)
    text = regex.sub(r"(?<=\p{L}),(?=\p{L})", ", ", text)
    text = " ".join(regex.sub(r"(?<!\S)[^\p{L}\d\s&–+-]+(?!\S)", " ", text).split())
    text = regex.sub(r"(?<=\p{Lu})\s+[^\x00-\x7f]$", "", text)  # a pen stroke behind the last word
    return regex.sub(r"[\s;:,–-]+$", "", text.strip(" *_"))
