"""What the parts of the reference recogniser pass on: the text they read and the mentions they find in it."""

from __future__ import annotations

import functools
from dataclasses import dataclass, replace
from typing import Literal

import regex

from extractor.document import Document, Span, ZoneKind
from extractor.errors import ConfigurationError
from extractor.ruleset import FieldRules
from extractor.text.identifiers import Identifier
from extractor.text.normalise import strip_marks

#: Zones whose words are no part of the running text, and those that hold the document's own number or only names.
_CUT: tuple[ZoneKind, ...] = ("furniture", "stamp")
SILENT = frozenset({"portal", "header", "recipients", "signature", "stamp", "furniture", "other", "addressees"})

_RULE = regex.compile(r"(?<![^\s])[|¡¦](?![^\s])")
#: A paragraph or page break in the middle of a sentence: nothing ends before it, nothing begins behind it.
_GAP = r"(?<=[^\s.;:!?/])([ \n\f]*(?:\n\n|\f)[ \n\f]*)"
_BREAK_PAGED = regex.compile(_GAP + r"(?=[\p{Ll}(]|\d(?!\d?[.)]\s)|[A-ZĐ][A-ZĐ])")
_BREAK_PLAIN = regex.compile(_GAP + r"(?=\p{Ll}(?!\)))")
_PARAGRAPH = regex.compile(
    r"\n(?=[^\S\n]*(?:[-–+•*]|\d{1,2}[.)])\s)|\n(?=[^\S\n]*\n)|(?<=[.!?:][^\S\n]{0,2})\n(?=[^\S\n]*(?:[-–+•*]\s|\p{Lu}|\d))"
)


@dataclass(frozen=True, slots=True)
class Flow:
    """The document's text as it reads on, offset for offset the same length as `Document.text`.

    Page numbers, stamps and stray table rules are blanks; a paragraph or page break in the middle of a sentence is a
    blank too, every other one a form feed. `bare` is the same without marks, for cues that OCR may have misread.
    """

    text: str
    bare: str

    @staticmethod
    def of(document: Document) -> Flow:
        """The flow of a document."""
        text = document.text
        for zone in document.zone(*_CUT):
            text = text[: zone.start] + "\n".rjust(zone.end - zone.start) + text[zone.end :]
        text = _RULE.sub(" ", text)
        inner = _BREAK_PAGED if document.original is None else _BREAK_PLAIN
        text = inner.sub(lambda match: "\n".ljust(len(match[0])), text)
        text = _PARAGRAPH.sub("\f", text)
        return Flow(text, strip_marks(text))


@dataclass(frozen=True, slots=True)
class Piece:
    """A value with its place; `confidence` is what the rule that read it is worth."""

    value: str
    span: Span
    rule: str = ""
    confidence: float = 0.95
    reasons: tuple[str, ...] = ()


Source = Literal["own", "head", "shared", "clause"]


@dataclass(frozen=True, slots=True)
class Mention:
    """One place that cites one document.

    `start` is where the citation begins (its type word, or the label), `end` where what belongs to it ends. `word`
    is the type word's code, `plural` whether it opens a list ("các Công văn: số …, số …"). `number` is the serial's
    span, `unreadable` the place of a number that is blank or was written by hand (`written` once it is read),
    `doubts` what two readings disagree on. `letter`: "công văn" is printed right before a symbol that may open with a
    type as well as with an agency ("công văn số 12/CT-TTHT" of a Cục Thuế).
    """

    start: int
    end: int
    span: Span
    number: Span | None
    identifier: Identifier | None
    rule: str
    word: str | None = None
    word_span: Span | None = None
    plural: bool = False
    symbol_type: str | None = None
    strong: bool = True
    date: Piece | None = None
    agency: Piece | None = None
    agency_source: Source | None = None
    subject: Piece | None = None
    basis: Span | None = None
    unreadable: Span | None = None
    doubts: tuple[str, ...] = ()
    written: bool = False
    certainty: float = 1.0
    letter: bool = False

    def having(self, **changes: object) -> Mention:
        """The mention with some attributes set."""
        return replace(self, **changes)  # type: ignore[arg-type]


_CUES: dict[tuple[int, str], tuple[FieldRules, regex.Pattern[str]]] = {}


@functools.lru_cache(maxsize=256)
def _compiled(pattern: str, fold: bool, flags: str) -> regex.Pattern[str]:
    bits = regex.VERSION1
    for letter in flags:
        bits |= getattr(regex, letter)
    return regex.compile(strip_marks(pattern) if fold else pattern, bits)


def cue(rules: FieldRules, name: str) -> regex.Pattern[str]:
    """A cue of the rule file; one with `fold: true` is compiled without marks, to be used on `Flow.bare`.

    Raises ConfigurationError for a cue that is missing or does not compile.
    """
    key = (id(rules.vocabulary), name)
    found = _CUES.get(key)
    if found is not None and found[0] is rules:
        return found[1]
    try:
        entry = rules.vocabulary["cues"][name]
        compiled = _compiled(entry["regex"], bool(entry.get("fold")), entry.get("flags", ""))
    except (KeyError, AttributeError, regex.error) as error:
        raise ConfigurationError(
            f"Tệp luật {rules.path}: dấu hiệu {name!r} thiếu hoặc hỏng: {error}.", hint="Sửa khóa 'vocabulary/cues'."
        ) from error
    _CUES[key] = (rules, compiled)
    return compiled


def single_line(text: str) -> str:
    """White space collapsed, the hyphen of a broken line closed up."""
    return " ".join(text.split())
