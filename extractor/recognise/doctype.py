"""The document type: the type word of the title, checked against the symbol; công văn print none."""

from __future__ import annotations

import functools

from extractor.document import Document, Span
from extractor.layout.typewords import type_word
from extractor.recognise.base import Finding, Found, Leaf, Problem
from extractor.recognise.citation_grammar import grammar_of
from extractor.recognise.number import number_line
from extractor.recognise.portal import portal_fields
from extractor.recognise.subject import about_lines
from extractor.recognise.textlines import lines_in
from extractor.ruleset import RuleSet

_CONFLICT = (
    "Tên loại in trên văn bản ({word}) không khớp với ký hiệu ({symbol}, tức {other}). Hãy đối chiếu với bản gốc."
)


def find(document: Document, rules: RuleSet, known: Found) -> Found:
    """The type with its proof; nothing where the text has no form of a document."""
    found = Found()
    by_word = _by_word(document, rules)
    by_symbol = _by_symbol(document, rules, known)
    if by_word is not None:
        found.findings.append(Finding.scalar("doc_type", by_word))
        if by_symbol is not None and not _compatible(rules, by_word.value, by_symbol.value):
            found.problems.append(_conflict(rules, document, by_word, by_symbol))
        return found
    leaf = by_symbol or _letter(document, rules) or _by_portal(document, rules)
    if leaf is not None:
        found.findings.append(Finding.scalar("doc_type", leaf, 0.8))
    return found


def title_word(document: Document, rules: RuleSet) -> tuple[str, Span] | None:
    """The type code of the title and the span of its word."""
    for line in lines_in(document, "title")[:3]:
        word = type_word(line.text, rules)
        if word is not None:
            return word[0], Span(line.start, line.start + word[1])
    return None


def _by_word(document: Document, rules: RuleSet) -> Leaf | None:
    word = title_word(document, rules)
    return None if word is None else Leaf(word[0], (word[1],), "doc_type.word", 0.98)


def _by_symbol(document: Document, rules: RuleSet, known: Found) -> Leaf | None:
    symbol, spans = _symbol(document, rules, known)
    if symbol is None:
        return None
    code = grammar_of(rules).parts.type_of(symbol)
    if code is None and about_lines(document, rules):
        code = "CV"
    reason = "Văn bản không in tên loại: lấy theo ký hiệu."
    return None if code is None else Leaf(code, spans, "doc_type.symbol", 0.9, (reason,))


def _symbol(document: Document, rules: RuleSet, known: Found) -> tuple[str | None, tuple[Span, ...]]:
    """The symbol found before, else that of the number line."""
    best = known.best("symbol")
    if best is not None:
        return str(best.value), best.leaves[""].spans
    line = number_line(document, rules)
    if line is None or line.symbol_span is None:
        return None, ()
    return line.symbol, (line.symbol_span,)


def _letter(document: Document, rules: RuleSet) -> Leaf | None:
    """A công văn without a readable symbol: "V/v" and no type word."""
    lines = about_lines(document, rules)
    if not lines:
        return None
    reason = "Văn bản có 'V/v' và không in tên loại: là công văn."
    return Leaf("CV", (lines[0].span,), "doc_type.about", 0.85, (reason,))


def _by_portal(document: Document, rules: RuleSet) -> Leaf | None:
    entry = portal_fields(document, rules).get("type")
    if entry is None:
        return None
    code = type_word(entry.text.upper(), rules)
    return None if code is None else Leaf(code[0], (entry.span,), "doc_type.portal", 0.8)


@functools.lru_cache(maxsize=4)
def _pairs(text: str) -> frozenset[frozenset[str]]:
    return frozenset(frozenset(pair.split()) for pair in text.split(";"))


def _compatible(rules: RuleSet, word: str, symbol: str) -> bool:
    return word == symbol or frozenset((word, symbol)) in _pairs(rules.fields["doc_type"].vocabulary["compatible"])


def _conflict(rules: RuleSet, document: Document, word: Leaf, symbol: Leaf) -> Problem:
    types = rules.document_types
    printed = " ".join(document.text[word.spans[0].start : word.spans[0].end].split())
    notation = document.text[symbol.spans[0].start : symbol.spans[0].end]
    message = _CONFLICT.format(word=printed, symbol=notation, other=types[symbol.value].label.lower())
    return Problem("type-conflict", "warning", message, ("/doc_type", "/symbol"), spans=word.spans + symbol.spans)
