"""The order of the work: read → arrange → recognise → audit → resolve. The only module that knows it."""

from __future__ import annotations

import time
from collections.abc import Sequence
from importlib import metadata
from pathlib import Path

from extractor import audit, ingest, ruleset
from extractor.document import Document, Reading
from extractor.ingest import share
from extractor.ingest.parts import Part
from extractor.layout import arrange
from extractor.recognise import RECOGNISERS
from extractor.recognise.base import Found, Problem
from extractor.resolve import resolve
from extractor.result import EngineInfo, PageInfo, Result, SourceInfo
from extractor.ruleset import RuleSet


def understand(document: Document, rules: RuleSet) -> Found:
    """Everything found in an arranged document."""
    found = Found()
    found.problems += [
        Problem(notice.code, notice.severity, notice.message, regions=notice.regions) for notice in document.notices
    ]
    for recogniser in RECOGNISERS:
        found.extend(recogniser(document, rules, found))
    found.problems += audit.check(document, rules, found)
    return found


def run(source: Path | bytes, *, filename: str | None = None, password: str | None = None) -> Result:
    """The result of a file, or of bytes with a `filename`. Raises InputError, ConfigurationError or ProcessingError."""
    return run_with_text(source, filename=filename, password=password)[0]


def run_with_text(
    source: Path | bytes, *, filename: str | None = None, password: str | None = None
) -> tuple[Result, str]:
    """The same with the text: that of a text format verbatim, as spans point into it, else in reading order."""
    started = time.perf_counter()
    if isinstance(source, bytes):
        reading = ingest.read_bytes(source, filename or "stdin", password=password)
    else:
        reading = ingest.read(source, filename=filename, password=password)
    return _extract(reading, None, time.perf_counter() - started)


def count_pages(path: Path, *, filename: str) -> int:
    """How many pages a PDF or a picture file has."""
    return share.count(path, filename)


def read_part(path: Path, *, filename: str, first: int, last: int) -> Part:
    """Some pages of a long file, to be kept until all are read."""
    return share.read_part(path, filename, first, last)


def run_joined(path: Path, parts: Sequence[Part], *, filename: str) -> tuple[Result, str]:
    """The result of a file whose pages were read in parts, the same as of one reading, with its text."""
    reading, seconds = share.join(path, filename, parts)
    return _extract(reading, None, seconds)


def extract(reading: Reading, rules: RuleSet | None = None, read_seconds: float = 0.0) -> Result:
    """A reading's result."""
    return _extract(reading, rules, read_seconds)[0]


def _extract(reading: Reading, rules: RuleSet | None, read_seconds: float) -> tuple[Result, str]:
    rules = rules or ruleset.load()
    started = time.perf_counter()
    document = arrange(reading, rules)
    arranged = time.perf_counter()
    found = understand(document, rules)
    record, evidence, issues = resolve(document, found, rules)
    done = time.perf_counter()
    seconds = {"read": read_seconds, "arrange": arranged - started, "understand": done - arranged}
    result = Result(
        source=_source(document),
        record=record,
        evidence=evidence,
        issues=issues,
        engine=_engine(document, rules, seconds),
    )
    return result, document.text if document.original is None else document.original


def _source(document: Document) -> SourceInfo:
    skews = {number: turn.skew for number, turn in getattr(document.picture, "turns", ())}
    pages = [
        PageInfo(
            number=page.number,
            width=round(page.width, 1),
            height=round(page.height, 1),
            text_source=page.text_source,
            rotation=page.rotation,
            skew=round(skews.get(page.number, 0.0), 3),
            mean_confidence=None if page.mean_confidence is None else round(page.mean_confidence, 3),
        )
        for page in document.pages
    ]
    return SourceInfo(filename=document.filename, sha256=document.sha256, media_type=document.media_type, pages=pages)


def version() -> str:
    """The installed version, or `0` in a checkout that was never installed."""
    try:
        return metadata.version("ocop-extractor")
    except metadata.PackageNotFoundError:
        return "0"


def _engine(document: Document, rules: RuleSet, seconds: dict[str, float]) -> EngineInfo:
    engines = dict(document.engines)
    return EngineInfo(
        version=version(),
        rules=rules.fingerprint,
        ocr=engines.get("ocr", "none"),
        models=engines.get("models", "none"),
        seconds={name: round(value, 4) for name, value in seconds.items()},
    )
