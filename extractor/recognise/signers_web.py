"""What is left of a signature in a web text: a portal's "Người ký …", or a name alone behind the document's end."""

from __future__ import annotations

import regex

from extractor.document import Document, Span
from extractor.recognise import offices, persons
from extractor.recognise.base import Finding, Found, Leaf
from extractor.recognise.segments import segments
from extractor.ruleset import RuleSet

FIELD = "signers"
_NOTHING = Leaf(None, (), "signers.portal")
_NO_OFFICE = {"position": _NOTHING, "authority": _NOTHING, "on_behalf_of": _NOTHING}


def from_portal(document: Document, rules: RuleSet, found: Found) -> None:
    """The "Người ký X" of a portal's table above or below the document."""
    patterns = rules.fields[FIELD].patterns
    match = patterns["portal"].regex.search(document.text)
    if match is None:
        return
    for part in regex.finditer(r"[^;/]+", match["name"]):
        name = persons.read_name(part[0], persons.vocabulary(rules), verbatim=True)
        if name is not None:
            start = match.start("name") + part.start()
            reason = "Tên lấy từ bảng thuộc tính của cổng thông tin."
            leaf = _plain(document, Span(start + name.start, start + name.end), "signers.portal", 0.9, reason)
            found.findings.append(Finding(FIELD, {"name": leaf, **_portal_office(rules, match, document)}))


def _portal_office(rules: RuleSet, match: regex.Match[str], document: Document) -> dict[str, Leaf]:
    hit = match if match["position"] else rules.fields[FIELD].patterns["portal-office"].regex.search(document.text)
    leaves = dict(_NO_OFFICE)
    if hit is not None and offices.read_office(hit["position"], rules) is not None:
        span = Span(hit.start("position"), hit.end("position"))
        leaves["position"] = Leaf(" ".join(hit["position"].split()), (span,), "signers.portal", 0.88)
    return leaves


def _plain(document: Document, span: Span, rule: str, confidence: float, reason: str) -> Leaf:
    value = persons.proper_case(" ".join(document.text[span.start : span.end].split()))
    return Leaf(value, (span,), rule, confidence, (reason,))


def bare_name(document: Document, rules: RuleSet, found: Found) -> None:
    """A name alone behind the end of an administrative document whose block lost its offices."""
    end = regex.search(r"(?:[./]\s*/\s*\.|Nơi nhận)[\s\S]{0,2500}\Z", document.text)
    if end is None or not document.zone("header"):
        return
    tail = segments(document, Span(end.start(), len(document.text)))[1:][-4:]
    for segment in reversed([segment for segment in tail if segment.text[:1] not in "-–+"]):
        office = offices.authority(segment.text, rules) or offices.read_office(segment.text, rules)
        name = None if office else persons.read_name(segment.text, persons.vocabulary(rules), verbatim=True)
        if name is not None and name.likeness >= 0.85 and name.end - name.start >= len(segment.text) - 3:
            start = segment.span.start
            reason = "Tên đứng một mình ở cuối văn bản, không kèm chức vụ."
            leaf = _plain(document, Span(start + name.start, start + name.end), "signers.bare-name", 0.75, reason)
            found.findings.append(Finding(FIELD, {"name": leaf, **_NO_OFFICE}))
            return
