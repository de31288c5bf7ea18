"""A document as the programme's recognisers read it: flat text, paragraphs, sentences, cues by family.

Offsets are those of `Document.text`: line feeds become spaces one by one, nothing moves.
"""

from __future__ import annotations

import bisect
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import regex

from extractor.document import Document, Span, Table
from extractor.programme.lexicon import Cue, Lexicon
from extractor.text.tones import tone_folded

_SKIPPED = frozenset(
    {"header", "addressees", "recipients", "signature", "stamp", "furniture", "other", "preamble", "portal"}
)
_ABBREVIATION = regex.compile(
    r"(?:^|[\s(,;/-])(?:TP|Tp|tp|TX|Tx|TT|Tt|KT|TM|TL|TUQ|Q|P|H|X|T|ThS|Ths|TS|Ts|PGS|GS|BS|KS|Mr|St|Co|[A-ZĐ])$"
)
_END = regex.compile(r"(?:[.!?…]+[”\"']?(?=\s+[\p{Lu}\d“\"'(+*-]|\s*$))|(?<=[\p{Ll}])\.(?=\p{Lu}\p{Ll}+\s)")
_BREAK = regex.compile(r"(\S)[ ]*\n[ ]*(\S)")
_ITEM = regex.compile(r"[-+*•–]|\d{1,3}[.)]|(?!OCOP)\p{Lu}{4,}")
_VERBAL = frozenset({"status", "reset", "stop", "intro", "connectors", "comparison"})
_CAPITAL_BEFORE = regex.compile(r"(?<!\p{L})\p{Lu}\p{Ll}*[ ]$")
_OPENING, _CLOSING = "([{", ")]}"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: its place, and that of its paragraph in the document."""

    start: int
    end: int
    paragraph: int
    index: int


@dataclass(slots=True)
class View:
    """The readable part of a document."""

    document: Document
    text: str
    folded: str
    paragraphs: list[Span]
    sentences: list[Sentence]
    _cues: dict[str, list[Cue]] = field(default_factory=lambda: defaultdict(list))
    memo: dict[tuple[str, int, int], object] = field(default_factory=dict)
    _depth: dict[int, list[int]] = field(default_factory=dict)

    def look_up(self, lexicon: Lexicon, spans: Iterable[Span]) -> None:
        """Find the cues of the given parts of the text."""
        for span in spans:
            for cue in lexicon.find(self.folded, span.start, span.end):
                if not (cue.family == "stop" and cue.value == "none") and not self._in_a_name(cue):
                    self._cues[cue.family].append(cue)
        for found in self._cues.values():
            found.sort(key=lambda cue: cue.start)

    def _in_a_name(self, cue: Cue) -> bool:
        """Whether a cue is a capitalised word amid capitals: "huyện Mẫu Cần có 9 sản phẩm" holds no "cần có"."""
        if cue.family not in _VERBAL or not self.text[cue.start].isupper() or self.text[cue.start : cue.end].isupper():
            return False
        return _CAPITAL_BEFORE.search(self.document.text, max(0, cue.start - 16), cue.start) is not None

    def cues(self, family: str, start: int, end: int) -> list[Cue]:
        """The cues of a family that lie in `[start, end)`."""
        found = self._cues.get(family, [])
        first = bisect.bisect_left(found, start, key=lambda cue: cue.start)
        last = bisect.bisect_left(found, end, key=lambda cue: cue.start)
        return [cue for cue in found[first:last] if cue.end <= end]

    def at(self, family: str, position: int) -> Cue | None:
        """The cue of a family that starts at a position."""
        found = self._cues.get(family, [])
        index = bisect.bisect_left(found, position, key=lambda cue: cue.start)
        return found[index] if index < len(found) and found[index].start == position else None

    def head(self, position: int) -> Cue | None:
        """The head noun that starts at a position; a common word that only begins like one is none."""
        cue = self.at("head", position)
        return cue if cue is not None and cue.value != "none" else None

    def skip_spaces(self, position: int, end: int) -> int:
        """The first position that is no white space."""
        while position < end and self.text[position].isspace():
            position += 1
        return position

    def depth(self, sentence: Sentence) -> list[int]:
        """The bracket depth before each character of a sentence; a bracket that never closes counts for nothing."""
        if sentence.start not in self._depth:
            self._depth[sentence.start] = bracket_depth(self.text[sentence.start : sentence.end])
        return self._depth[sentence.start]

    def trimmed(self, start: int, end: int) -> Span:
        """The span without white space at its ends."""
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        return Span(start, end)


def bracket_depth(text: str) -> list[int]:
    """Depth before each character; quotes count as brackets; unmatched ones are flat."""
    partner: dict[int, int] = {}
    stack: list[int] = []
    quote: int | None = None
    for index, char in enumerate(text):
        if char in _OPENING:
            stack.append(index)
        elif char in _CLOSING and stack:
            partner[stack.pop()] = index
        elif char == "“" or (char == '"' and quote is None):
            quote = index
        elif char in '”"' and quote is not None:
            partner[quote] = index
            quote = None
    depths = [0] * (len(text) + 1)
    for opening, closing in partner.items():
        for index in range(opening + 1, closing + 1):
            depths[index] += 1
    return depths


def _sentences(text: str, span: Span) -> Iterator[tuple[int, int]]:
    """Sentence ends that are no abbreviation, number or bracketed full stop."""
    depths = bracket_depth(text[span.start : span.end])
    start = span.start
    for match in _END.finditer(text, span.start, span.end):
        before = text[max(span.start, match.start() - 6) : match.start()]
        if depths[match.start() - span.start] > 0:
            continue
        if match[0].startswith(".") and (_ABBREVIATION.search(before) or _numbering(text, start, match)):
            continue
        yield start, match.end()
        start = match.end()
    if text[start : span.end].strip():
        yield start, span.end


def _numbering(text: str, start: int, match: regex.Match[str]) -> bool:
    """Whether the full stop belongs to a number that opens the sentence ("3.2. Tổ chức")."""
    return (
        regex.fullmatch(r"\s*[-+*•]?\s*(?:\d{1,2}(?:\.\d{1,2})*|[a-zđIVX]{1,4})", text[start : match.start()])
        is not None
    )


def _paragraphs(document: Document) -> list[Span]:
    """The blocks of running text; lines of a text that was wrapped by hand are put together again."""
    spans = [
        block.span
        for block in document.blocks
        if block.kind != "cell" and document.zone_at(block.start) not in _SKIPPED
    ]
    if document.lines:
        return spans
    wrapped = _wrapped(document.text)
    joined: list[Span] = []
    for span in spans:
        if joined and _goes_on(document.text, joined[-1], span, wrapped):
            joined[-1] = Span(joined[-1].start, span.end)
        else:
            joined.append(span)
    return joined


def _wrapped(text: str) -> bool:
    """Whether single line feeds stand inside sentences: often enough the next line opens in lower case."""
    breaks = _BREAK.findall(text)
    inside = sum(1 for before, after in breaks if after.islower() and before not in ".;:")
    if inside >= 2 and inside * 4 >= len(breaks):
        return True
    lengths = [len(line) for line in text.split("\n") if len(line) > 40]
    return len(lengths) >= 4 and max(lengths) <= 130 and sum(n > 0.8 * max(lengths) for n in lengths) * 2 > len(lengths)


def _goes_on(text: str, before: Span, after: Span, wrapped: bool) -> bool:
    """Whether two blocks are one paragraph: a line feed behind a comma, in a bracket, or anywhere in a wrapped text."""
    if text[before.end : after.start].strip(" ") != "\n" or _ITEM.match(text, after.start):
        return False
    line = text[text.rfind("\n", before.start, before.end) + 1 : before.end]
    if line.rfind("(") > line.rfind(")"):
        return True
    if line[-1:] == ";" and text[after.start].islower():
        return True
    if line[-1:] == "," or not wrapped:
        return line[-1:] == ","
    return line[-1:] not in ".;:!?…" or (line[-1:] == "." and _ABBREVIATION.search(line[-7:-1]) is not None)


def view_of(document: Document, lexicon: Lexicon, tables: Sequence[tuple[Table, Span]] = ()) -> View:
    """The view of a document; table cells and the formal zones are left out, and the flattened `tables`."""
    text = document.text.translate({10: " ", 12: " "})
    view = View(document, text, tone_folded(text), [], [])
    for span in _paragraphs(document):
        if not any(span.overlaps(taken) for _, taken in tables):
            _add(view, span)
    cells = [cell.span for table in (*document.tables, *(table for table, _ in tables)) for cell in table.cells]
    view.look_up(lexicon, [*view.paragraphs, *cells])
    return view


def _add(view: View, span: Span) -> None:
    """A paragraph with its sentences."""
    number = len(view.paragraphs)
    view.paragraphs.append(span)
    for start, end in _sentences(view.text, span):
        view.sentences.append(Sentence(start, end, number, len(view.sentences)))
