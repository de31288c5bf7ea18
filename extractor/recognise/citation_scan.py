"""Where documents are cited: identifiers that a citation holds, with the type word and the label before them.

A symbol of the official form (`QĐ-UBND`, `QH15`) is a citation wherever it stands; a looser one (`05/Cty`, `158/UB`)
only behind a type word. Numbers of contracts, invoices, plots, forms and standards are not (`not_a_document`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import regex
from rapidfuzz.distance import Levenshtein

from extractor.document import Document, Span
from extractor.recognise.citation import SILENT, Flow, Mention, Piece, cue, single_line
from extractor.recognise.citation_clause import clause, is_basis
from extractor.recognise.citation_grammar import grammar_of
from extractor.ruleset import FieldRules, RuleSet
from extractor.text.identifiers import NUMBER_REPAIRED, SYMBOL_REPAIRED, Identifier, IdentifierMatch
from extractor.text.normalise import strip_marks
from extractor.text.numerals import digits
from extractor.text.symbols import key

_BACK = 140
_SHORT = frozenset({"thư", "đơn"})


def mentions(document: Document, flow: Flow, rules: RuleSet, fields: FieldRules) -> list[Mention]:
    """Every mention of a document in the running text, in order, with nothing but its number and type."""
    found: list[Mention] = []
    for match in grammar_of(rules).scan(flow.text):
        if document.zone_at(match.span.start) in SILENT:
            continue
        floor = max(found[-1].span.end if found else 0, flow.text.rfind("\f", 0, match.span.start) + 1)
        mention = _mention(flow, rules, fields, match, max(floor, match.span.start - _BACK))
        if mention is not None:
            found.append(mention)
    found += _numberless(document, flow, rules, fields, found)
    found += _dated(document, flow, fields, [mention.span for mention in found])
    return sorted(found, key=lambda mention: mention.span.start)


def _mention(flow: Flow, rules: RuleSet, fields: FieldRules, match: IdentifierMatch, floor: int) -> Mention | None:
    match = _joined(flow, fields, match, floor)
    at = match.span.start
    label = cue(fields, "label").search(flow.bare, floor, at)
    head = label.start() if label else at
    if cue(fields, "own_line").search(flow.text, max(0, at - 12), at):
        return None
    if cue(fields, "not_a_document").search(flow.text, floor, at):
        return None
    word = type_word(flow, rules, fields, floor, head, match.doc_type)
    if not match.strong and not _governed(flow, rules, fields, match, word, head):
        return None
    mention = _build(flow, fields, _by_word(rules, match, word), head, word)
    return mention.having(letter=_letter(flow, rules, fields, mention, head))


def _letter(flow: Flow, rules: RuleSet, fields: FieldRules, mention: Mention, head: int) -> bool:
    """Whether "công văn" governs a symbol whose first part only looks like a type: no agency follows it."""
    if mention.word != "CV" or mention.word_span is None or mention.identifier is None:
        return False
    printed = flow.bare[mention.word_span.start : mention.word_span.end].lower()
    first, *rest = regex.split(r"[-/.]", mention.identifier.symbol)
    parts = grammar_of(rules).parts
    unit = bool(rest) and first in parts.types and not any(parts.knows(part) for part in rest)
    near = cue(fields, "qualified").fullmatch(flow.bare, mention.word_span.end, head)
    return unit and near is not None and " ".join(printed.split()) == "cong van"


def _joined(flow: Flow, fields: FieldRules, match: IdentifierMatch, floor: int) -> IdentifierMatch:
    """The identifier with the digits that a stray space cut off its number ("số 1 466/QĐ-UBND")."""
    lead = cue(fields, "split_number").search(flow.bare, floor, match.span.start)
    raw = flow.text[lead.start("lead") : match.number.end] if lead else ""
    whole = digits(raw)
    if lead is None or whole is None or len(whole[0]) > 6:
        return match
    reason = NUMBER_REPAIRED.format(raw=raw, value=whole[0])
    identifier = replace(match.identifier, number=whole[0], reasons=(reason, *match.identifier.reasons))
    span = Span(lead.start("lead"), match.span.end)
    return replace(match, span=span, number=Span(span.start, match.number.end), identifier=identifier)


def _by_word(rules: RuleSet, match: IdentifierMatch, word: tuple[str, Span] | None) -> IdentifierMatch:
    """The symbol's type part as the type word before it says, where OCR left it one letter off.

    As in "Tờ trình số 304/TTy-UBND".
    """
    parts = grammar_of(rules).parts
    first, joint, rest = match.identifier.symbol.partition("-")
    if word is None or not rest or parts.knows(first) or not parts.knows(rest.split("-")[0]):
        return match
    right = [s for s, code in parts.types.items() if code == word[0] and Levenshtein.distance(key(s), key(first)) == 1]
    if len(right) != 1 or len(right[0]) != len(first):
        return match
    symbol = right[0] + joint + rest
    reason = SYMBOL_REPAIRED.format(raw=match.identifier.symbol, value=symbol)
    identifier = replace(match.identifier, symbol=symbol, reasons=(*match.identifier.reasons, reason))
    return replace(match, identifier=identifier, doc_type=word[0], strong=True)


def _governed(
    flow: Flow, rules: RuleSet, fields: FieldRules, match: IdentifierMatch, word: tuple[str, Span] | None, head: int
) -> bool:
    """Whether a loose symbol is a document's: its type word stands right before, or "số" before a known agency.

    The latter may be a member of a list whose type word stands further on; `citation_share` drops it when there is
    none.
    """
    if word is not None and cue(fields, "qualified").fullmatch(flow.bare, word[1].end, head):
        return True
    known = grammar_of(rules).parts
    return (
        head < match.span.start and known.knows(match.identifier.symbol) and match.doc_type not in known.types.values()
    )


def _build(flow: Flow, fields: FieldRules, match: IdentifierMatch, head: int, word: tuple[str, Span] | None) -> Mention:
    start = word[1].start if word else head
    plural = cue(fields, "plural").search(flow.bare, max(0, start - 12), start)
    return Mention(
        start=plural.start() if plural else start,
        end=match.span.end,
        span=match.span,
        number=match.number,
        identifier=match.identifier,
        rule="references.labelled" if head < match.span.start else "references.symbol",
        word=word[0] if word else None,
        word_span=word[1] if word else None,
        plural=plural is not None,
        symbol_type=match.doc_type,
        strong=match.strong,
    )


def type_word(
    flow: Flow, rules: RuleSet, fields: FieldRules, floor: int, head: int, symbol_type: str | None
) -> tuple[str, Span] | None:
    """The type word that governs the number at `head`: the nearest, or the one before it that the symbol names."""
    best: tuple[str, Span] | None = None
    words, codes = _words(rules, fields)
    for match in words.finditer(flow.bare, floor, head):
        if not cue(fields, "word_gap").fullmatch(flow.text, match.end(), head):
            continue
        code = codes[" ".join(match[0].lower().split())]
        if _another_word(flow.text[match.start() : match.end()]):
            continue
        if best is None or best[0] != symbol_type or code == symbol_type:
            best = (code, Span(match.start(), match.end()))
    return best


def _another_word(printed: str) -> bool:
    """Whether a short word is a type word only without its marks ("Thủ" of "Thủ tướng" is no "Thư")."""
    return len(printed) < 4 and printed.lower() not in _SHORT and printed.lower() != strip_marks(printed).lower()


_WORDS: dict[str, tuple[regex.Pattern[str], dict[str, str]]] = {}


def _words(rules: RuleSet, fields: FieldRules) -> tuple[regex.Pattern[str], dict[str, str]]:
    """The type words as one pattern for `Flow.bare`, and the code of each; built once for the content of a rule set."""
    if rules.fingerprint not in _WORDS:
        named = [(name, code) for code, kind in rules.document_types.items() for name in kind.names]
        named += [(name, code) for code, names in fields.vocabulary.get("words", {}).items() for name in names]
        codes = {strip_marks(name).lower(): code for name, code in named}
        words = "|".join(regex.escape(name).replace(r"\ ", r"\s+") for name in sorted(codes, key=len, reverse=True))
        other = r"(?<!(?:phap|duoi|ky|quy|ban|da|nay)\s)"  # pháp luật, dưới luật, kỷ luật: no type words
        _WORDS[rules.fingerprint] = (regex.compile(rf"(?i:(?<!\p{{L}}){other}(?:{words})(?!\p{{L}}))"), codes)
    return _WORDS[rules.fingerprint]


def _numberless(
    document: Document, flow: Flow, rules: RuleSet, fields: FieldRules, found: list[Mention]
) -> Iterator[Mention]:
    """Citations whose number is blank or cannot be read ("Quyết định số … /QĐ-UBND"): the symbol is all there is."""
    taken = [mention.span for mention in found]
    grammar = grammar_of(rules)
    for match in cue(fields, "lost_number").finditer(flow.bare):
        symbol = grammar.symbol_at(flow.text, match.end(), len(flow.text))
        if symbol is None or not symbol.known or symbol.parts < 2 or document.zone_at(match.start()) in SILENT:
            continue
        span = Span(match.start("junk"), symbol.span.end)
        if any(span.overlaps(other) for other in taken):
            continue
        if cue(fields, "own_line").search(flow.text, max(0, match.start() - 4), match.start("junk")):
            continue
        if cue(fields, "not_a_document").search(flow.text, max(0, match.start() - _BACK), match.start("junk")):
            continue
        doc_type = grammar.parts.type_of(symbol.symbol)
        floor = max(flow.text.rfind("\f", 0, match.start()) + 1, match.start() - _BACK)
        word = type_word(flow, rules, fields, floor, match.start(), doc_type)
        start = word[1].start if word else match.start()
        yield Mention(
            start=start,
            end=span.end,
            span=span,
            number=None,
            identifier=Identifier(None, None, symbol.symbol),
            rule="references.unreadable",
            word=word[0] if word else None,
            word_span=word[1] if word else None,
            symbol_type=doc_type,
            unreadable=Span(match.start("junk"), match.end("junk")),
        )


def _dated(document: Document, flow: Flow, fields: FieldRules, taken: list[Span]) -> Iterator[Mention]:
    """Laws among the bases that are named by their date alone ("Căn cứ Luật Trồng trọt ngày 19/11/2018")."""
    for match in cue(fields, "dated_only").finditer(flow.bare):
        span = Span(match.start(), match.start() + len(match["title"].rstrip()))
        opener, _ = clause(flow, fields, match.start())
        if opener is None or not is_basis(flow, opener) or document.zone_at(span.start) in SILENT:
            continue
        if any(span.overlaps(other) for other in taken):
            continue
        title = Piece(single_line(flow.text[span.start : span.end]), span, "references.title", 0.85)
        yield Mention(
            start=span.start,
            end=span.end,
            span=span,
            number=None,
            identifier=None,
            rule="references.dated",
            word="L",
            word_span=span,
            subject=title,
        )
