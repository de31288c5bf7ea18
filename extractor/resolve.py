"""Candidates → record: rank, validate, calibrate, explain.

For each scalar field the best finding wins and a different value of nearly the same score is a conflict. Every value
gets its evidence; every header field that stays null gets an issue that says why.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pydantic import ValidationError

from extractor.calibrate import calibrated
from extractor.document import Document, Region
from extractor.errors import ProcessingError
from extractor.recognise.base import Finding, Found, Leaf, Problem
from extractor.result import Evidence, Issue, Record, RegionModel
from extractor.ruleset import RuleSet

SCALARS = ("doc_type", "number", "symbol", "identifier", "issued_on", "issued_at", "subject", "urgency", "secrecy")
LISTS = ("addressees", "signers", "recipients", "references", "products", "producers", "star_counts")
EXPLAINED = ("doc_type", "number", "symbol", "identifier", "issued_on", "issued_at", "agency", "subject")
#: The rule of values read from the picture where OCR's text could not be trusted (recognise/handwritten.py).
SECOND_READING = "handwriting"
_LABELS = {
    "doc_type": "Loại văn bản",
    "number": "Số văn bản",
    "symbol": "Ký hiệu văn bản",
    "identifier": "Số, ký hiệu văn bản",
    "issued_on": "Ngày ban hành",
    "issued_at": "Địa danh",
    "agency": "Cơ quan ban hành",
    "subject": "Trích yếu",
}


def resolve(document: Document, found: Found, rules: RuleSet) -> tuple[Record, dict[str, Evidence], list[Issue]]:
    """The record with evidence for each non-null leaf and the issues."""
    resolver = _Resolver(document, rules)
    for name in (*SCALARS, "agency"):
        best = found.best(name)
        if best is not None:
            resolver.put(best, f"/{name}")
    for name in LISTS:
        for index, finding in enumerate(found.all(name)):
            resolver.put(finding, f"/{name}/{index}", into_list=name)
    for name in sorted({finding.field for finding in found.findings} - set(SCALARS) - set(LISTS) - {"agency"}):
        best = found.best(name)
        if best is not None:
            resolver.put(best, f"/{name}")
    issues = [resolver.issue(problem) for problem in found.problems if not resolver.answered(problem)]
    issues += resolver.unexplained(issues)
    try:
        record = Record.model_validate(resolver.values)
    except ValidationError as error:
        raise ProcessingError(f"Kết quả trái với hợp đồng dữ liệu: {error}") from error
    return record, resolver.evidence, issues


class _Resolver:
    def __init__(self, document: Document, rules: RuleSet) -> None:
        self.document = document
        self.rules = rules
        self.values: dict[str, Any] = {name: [] for name in LISTS}
        self.evidence: dict[str, Evidence] = {}
        self.pointers: dict[int, str] = {}

    def put(self, finding: Finding, pointer: str, into_list: str | None = None) -> None:
        self.pointers[id(finding)] = pointer
        value = finding.value
        if into_list is not None:
            self.values[into_list].append(value)
        else:
            self.values[pointer[1:]] = value
        for name, leaf in finding.leaves.items():
            self._prove(leaf, pointer + (f"/{name}" if name else ""), finding.field)

    def _prove(self, leaf: Leaf, pointer: str, field: str) -> None:
        if leaf.value is None:
            return
        evidence = self._evidence(leaf, field)
        if isinstance(leaf.value, list):
            for index in range(len(leaf.value)):
                self.evidence[f"{pointer}/{index}"] = evidence
        else:
            self.evidence[pointer] = evidence

    def _evidence(self, leaf: Leaf, field: str) -> Evidence:
        document = self.document
        regions = leaf.regions
        if regions is None:
            regions = tuple(region for span in leaf.spans for region in document.regions(span))
        raw = leaf.raw
        if raw is None:
            raw = " … ".join(document.raw(span) for span in leaf.spans)
        span = None
        if document.original is not None and leaf.spans:
            sources = [document.source_span(span) for span in leaf.spans]
            span = (min(s.start for s in sources), max(s.end for s in sources))
        confidence = calibrated(leaf, field, document)
        return Evidence(
            confidence=round(confidence, 4),
            rule=leaf.rule,
            reasons=[*leaf.reasons, *self._mended(leaf)],
            raw=raw,
            regions=_regions(regions),
            span=span,
        )

    def answered(self, problem: Problem) -> bool:
        """Whether an issue is out of date: the picture's second reading gave every value that it says is missing."""
        proofs = [self.evidence.get(pointer) for pointer in problem.pointers]
        return (
            problem.code.endswith(("-unreadable", "-blank", "-incomplete"))
            and bool(proofs)
            and all(proof is not None and proof.rule == SECOND_READING for proof in proofs)
        )

    def _mended(self, leaf: Leaf) -> list[str]:
        """What the dictionary mended inside the spans."""
        printed, text = self.document.printed, self.document.text
        if printed is None:
            return []
        pairs = [(printed[s.start : s.end].split(), text[s.start : s.end].split()) for s in leaf.spans]
        changed = [(a, b) for read, mended in pairs for a, b in zip(read, mended, strict=True) if a != b]
        return [f"Đọc được “{read}”, hiểu là “{mended}” theo từ điển." for read, mended in changed]

    def issue(self, problem: Problem) -> Issue:
        pointers = list(problem.pointers)
        pointers += [self.pointers[id(finding)] for finding in problem.about if id(finding) in self.pointers]
        regions = problem.regions + tuple(r for span in problem.spans for r in self.document.regions(span))
        span = None
        if self.document.original is not None and problem.spans:
            sources = [self.document.source_span(span) for span in problem.spans]
            span = (min(s.start for s in sources), max(s.end for s in sources))
        return Issue(
            code=problem.code,
            severity=problem.severity,
            pointers=pointers,
            message=problem.message,
            regions=_regions(regions),
            span=span,
        )

    def unexplained(self, issues: Iterable[Issue]) -> list[Issue]:
        """An issue for each null header field that none speaks of yet."""
        spoken = {pointer for issue in issues for pointer in issue.pointers}
        missing = [name for name in EXPLAINED if self.values.get(name) is None and f"/{name}" not in spoken]
        return [
            Issue(
                code=f"{name.replace('_', '-')}-not-found",
                severity="info" if self.values.get("doc_type") is None else "warning",
                pointers=[f"/{name}"],
                message=f"{_LABELS[name]} không tìm thấy trong tài liệu. Hãy đối chiếu với bản gốc.",
            )
            for name in missing
        ]


def _regions(regions: Iterable[Region]) -> list[RegionModel]:
    return [
        RegionModel(
            page=r.page, bbox=(round(r.bbox.x0, 1), round(r.bbox.top, 1), round(r.bbox.x1, 1), round(r.bbox.bottom, 1))
        )
        for r in regions
    ]
