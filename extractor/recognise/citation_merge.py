"""Mentions → references: each cited document once, with the best of what its mentions say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from extractor.document import Document, Span
from extractor.recognise.base import Finding, Leaf, Problem
from extractor.recognise.citation import Flow, Mention, Piece
from extractor.ruleset import FieldRules
from extractor.text.dates import agree, year_of
from extractor.text.normalise import fold

_REPAIRED = 0.88
#: What a type word tells more exactly than the symbol it goes with ("Quy định số 205-QĐ/TW").
_FINER = {("QĐ", "QyĐ"), ("TT", "TTLT"), ("NQ", "NQLT")}
_MERGED = "Lấy từ chỗ nhắc khác của cùng văn bản trong tài liệu."


def references(
    document: Document, flow: Flow, rules: FieldRules, found: Iterable[Mention]
) -> tuple[list[Finding], list[Problem]]:
    """One finding for each cited document, in the order of first mention, and what is doubtful about them."""
    findings, problems = [], []
    for group in _groups(found):
        finding = _finding(document, flow, rules, group)
        findings.append(finding)
        problems += _problems(document, group, finding)
    return findings, problems


def _groups(found: Iterable[Mention]) -> list[list[Mention]]:
    groups: dict[str, list[list[Mention]]] = {}
    order: list[list[Mention]] = []
    found = list(found)
    for mention in _whole(found):
        key = mention.identifier.text.casefold() if mention.identifier and mention.identifier.number else None
        same = groups.setdefault(key, []) if key else [g for g in order if _unnumbered(g[0], mention)]
        for group in same:
            if key is None or _one_document(group, mention):
                group.append(mention)
                break
        else:
            order.append([mention])
            if key:
                same.append(order[-1])
    return order


def _whole(found: list[Mention]) -> list[Mention]:
    """Mentions whose symbol was cut off (by a narrow cell, say) read as the whole one that stands elsewhere."""
    whole = {m.identifier.text: m.identifier for m in found if m.identifier and m.strong}
    done = []
    for mention in found:
        if mention.identifier and not mention.strong:
            longer = [i for text, i in whole.items() if text.startswith(mention.identifier.text + "-")]
            if len(longer) == 1:
                mention = mention.having(identifier=longer[0])
        done.append(mention)
    return done


def _unnumbered(one: Mention, other: Mention) -> bool:
    """Two mentions without a readable number that agree in symbol (or name) and date."""
    if one.identifier is None and other.identifier is None and one.date and other.date:
        same = bool(one.subject and other.subject and fold(one.subject.value) == fold(other.subject.value))
        return same and agree(one.date.value, other.date.value)
    if one.identifier is None or other.identifier is None or one.identifier.number:
        return False
    if one.identifier.symbol != other.identifier.symbol or one.date is None or other.date is None:
        return False
    return agree(one.date.value, other.date.value)


def _one_document(group: list[Mention], mention: Mention) -> bool:
    """Numbers begin again each year: another year and another agency or subject is another document."""
    years = {year_of(m.date.value) for m in group if m.date}
    if mention.date is None or not years or year_of(mention.date.value) in years:
        return True
    agencies = {fold(m.agency.value) for m in group if m.agency}
    subjects = {fold(m.subject.value) for m in group if m.subject}
    differs = bool(mention.agency and agencies and fold(mention.agency.value) not in agencies)
    return not differs and not (mention.subject and subjects and fold(mention.subject.value) not in subjects)


def doc_type(rules: FieldRules, mention: Mention) -> str | None:
    """The type that word and symbol tell together.

    The symbol wins where both are clear, but for what the word tells more exactly ("Quy định số 205-QĐ/TW").
    """
    word, symbol = mention.word, mention.symbol_type
    if word in rules.vocabulary.get("unofficial", ()):
        return None
    if word is None or (word == "CV" and symbol not in (None, "CV") and not mention.letter):
        return symbol
    if word == "CV" and mention.letter:
        return word
    if symbol in (None, "CV", "L", word) or (symbol, word) in _FINER:
        return word
    return symbol if mention.strong else word


def _finding(document: Document, flow: Flow, rules: FieldRules, group: list[Mention]) -> Finding:
    best = max(group, key=lambda m: _clear(document, m))
    leaves = {
        "doc_type": _type_leaf(rules, next((m for m in group if m.word), best)),
        "identifier": _identifier_leaf(best),
        "issued_on": _piece_leaf(best, _vote(document, group, [m.date for m in group])),
        "agency": _piece_leaf(best, _agency(group)),
        "subject": _piece_leaf(best, next((m.subject for m in group if m.subject), None)),
        "role": _role_leaf(group),
    }
    return Finding("references", leaves)


def _clear(document: Document, mention: Mention) -> tuple[bool, float]:
    """Best evidence first: nothing repaired, then the confidence of the words."""
    reasons = mention.identifier.reasons if mention.identifier else ("",)
    return not reasons and not mention.doubts, document.confidence(mention.span)


def _type_leaf(rules: FieldRules, mention: Mention) -> Leaf:
    span = mention.word_span or mention.span
    return Leaf(doc_type(rules, mention), (span,), "references.type", 0.97)


def _identifier_leaf(mention: Mention) -> Leaf:
    identifier = mention.identifier
    if identifier is None or identifier.number is None:
        return Leaf(None, (mention.span,), mention.rule, 0.3)
    confidence = (0.97 if mention.strong else 0.9) if not identifier.reasons else _REPAIRED
    confidence = min(confidence, mention.certainty)
    return Leaf(identifier.text, (mention.span,), mention.rule, confidence, identifier.reasons)


def _piece_leaf(best: Mention, piece: Piece | None) -> Leaf:
    if piece is None:
        return Leaf(None, (), "references.none", 0.5)
    away = abs(piece.span.start - best.span.start) > 1500
    reasons = (*piece.reasons, _MERGED) if away else piece.reasons
    return Leaf(piece.value, (piece.span,), piece.rule, piece.confidence, reasons)


def _vote(document: Document, group: list[Mention], pieces: list[Piece | None]) -> Piece | None:
    """The value most mentions give; of equals the most precise, then the best read, then the first."""
    there = [piece for piece in pieces if piece is not None]
    votes = Counter(piece.value for piece in there)
    return max(
        there,
        key=lambda p: (p.confidence > 0.5, votes[p.value], len(p.value), document.confidence(p.span)),
        default=None,
    )


def _agency(group: list[Mention]) -> Piece | None:
    """The name behind the citation before one that was taken from a neighbour."""
    rank = {"own": 0, "head": 1, "shared": 2, "clause": 3, None: 4}
    there = [m for m in group if m.agency is not None]
    if not there:
        return None
    votes = Counter(fold(m.agency.value) for m in there if m.agency)
    best = min(there, key=lambda m: (rank[m.agency_source], -votes[fold(m.agency.value)] if m.agency else 0))
    return best.agency


def _role_leaf(group: list[Mention]) -> Leaf:
    for mention in group:
        if mention.basis is not None:
            return Leaf("basis", (mention.basis,), "references.basis", 0.97)
    span = group[0].word_span or group[0].span
    return Leaf("mention", (span,), "references.mention", 0.95)


def _problems(document: Document, group: list[Mention], finding: Finding) -> list[Problem]:
    problems = []
    dates: dict[str, Span] = {}
    for mention in group:
        if mention.date and not any(agree(mention.date.value, value) for value in dates):
            dates[mention.date.value] = mention.date.span
    if len(dates) > 1:
        name = finding.leaves["identifier"].value
        shown = " và ".join(_shown(value) for value in dates)
        message = f"Văn bản {name} được viện dẫn với hai ngày khác nhau: {shown}. Hãy đối chiếu với văn bản gốc."
        problems.append(
            Problem("reference-date-conflict", "warning", message, spans=tuple(dates.values()), about=(finding,))
        )
    for mention in group:
        problems += [
            Problem("low-confidence", "warning", doubt, spans=(mention.span,), about=(finding,))
            for doubt in mention.doubts
        ]
    if all(mention.written for mention in group):
        name = finding.leaves["identifier"].value
        message = f"Số của văn bản viện dẫn {name} đọc từ chữ viết tay. Hãy xem ô ảnh và xác nhận."
        problems.append(Problem("handwritten", "info", message, spans=(group[0].span,), about=(finding,)))
    if group[0].unreadable is not None and finding.leaves["identifier"].value is None:
        symbol = group[0].identifier.symbol if group[0].identifier else ""
        message = f"Số của văn bản viện dẫn (…/{symbol}) để trống hoặc không đọc được. Hãy nhập số từ bản gốc."
        problems.append(
            Problem("reference-number-unreadable", "warning", message, spans=(group[0].span,), about=(finding,))
        )
    return problems


def _shown(value: str) -> str:
    return "/".join(reversed(value.split("-")))
