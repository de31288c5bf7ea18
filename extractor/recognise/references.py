"""Documents that a document cites: each once, never the document itself.

Steps: identifiers in the running text that a citation holds (`citation_scan`), what stands around each of them
(`citation_tail`, `citation_agency`), what list neighbours share (`citation_share`), the document itself set aside
(`self_reference`), mentions of one document put together (`citation_merge`).
"""

from __future__ import annotations

import functools
from dataclasses import replace

from extractor.document import Document
from extractor.recognise.base import Found
from extractor.recognise.citation import Flow, Mention
from extractor.recognise.citation_handwriting import fill
from extractor.recognise.citation_merge import references
from extractor.recognise.citation_scan import mentions
from extractor.recognise.citation_share import share
from extractor.recognise.citation_spelling import REPAIRED, mended
from extractor.recognise.citation_tail import complete
from extractor.recognise.citation_verify import verify
from extractor.recognise.self_reference import Own, is_self
from extractor.ruleset import RuleSet

FIELD = "references"


def _mended(mention: Mention, rules: RuleSet) -> Mention:
    """The mention with its agency's spelling put right where OCR hurt it."""
    if mention.agency is None:
        return mention
    raw = mention.agency.value
    value = mended(raw, rules)
    if value == raw:
        return mention
    reason = REPAIRED.format(raw=raw, value=value)
    return mention.having(agency=replace(mention.agency, value=value, confidence=0.85, reasons=(reason,)))


def find(document: Document, rules: RuleSet, known: Found) -> Found:
    """The cited documents, with doubts about their dates and numbers."""
    fields = rules.fields[FIELD]
    if document.picture is not None:
        document = replace(document, picture=functools.lru_cache(maxsize=1)(document.picture))
    flow = Flow.of(document)
    own = Own.of(known)
    found = complete(flow, fields, mentions(document, flow, rules, fields))
    found = share(flow, fields, fill(document, [verify(document, rules, m) for m in found]))
    cited = [mention for mention in found if not is_self(flow, fields, own, mention)]
    if any(page.text_source == "ocr" for page in document.pages):
        cited = [_mended(mention, rules) for mention in cited]
    findings, problems = references(document, flow, fields, cited)
    return Found(findings, problems)
