"""Runs the pipeline over the sources of a gold folder and scores what comes out."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from extractor.errors import ConfigurationError, ExtractorError
from extractor.evaluate.gold import Gold, find_gold
from extractor.evaluate.outcome import Outcome
from extractor.evaluate.score import score
from extractor.evaluate.tally import SURE, Row, calibration, tally

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class DocumentScore:
    """One document's outcomes; `error` says why there is no result."""

    name: str
    outcomes: tuple[Outcome, ...]
    seconds: float
    error: str | None = None

    @property
    def failures(self) -> list[Outcome]:
        """Outcomes that are not even softly right."""
        return [outcome for outcome in self.outcomes if not outcome.soft]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The scores of a gold folder."""

    folder: str
    documents: tuple[DocumentScore, ...]
    engine: Mapping[str, Any] = field(default_factory=dict)

    @property
    def outcomes(self) -> list[Outcome]:
        """All outcomes of all documents."""
        return [outcome for document in self.documents for outcome in document.outcomes]

    def rows(self) -> list[Row]:
        """The table, a row a field."""
        return tally(self.outcomes)

    def sure_but_wrong(self) -> list[tuple[str, Outcome]]:
        """Wrong values given with a confidence of at least 0.9, with their document's name."""
        return [
            (document.name, outcome)
            for document in self.documents
            for outcome in document.failures
            if outcome.confidence is not None and outcome.confidence >= SURE
        ]

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON values: fields, calibration, wrong values given as sure, and each document's failures."""
        error, bins = calibration(self.outcomes)
        return {
            "folder": self.folder,
            "engine": dict(self.engine),
            "fields": {
                row.name: {"support": row.strict.support, "strict": row.strict.to_dict(), "soft": row.soft.to_dict()}
                for row in self.rows()
            },
            "calibration": {
                "error": error,
                "bins": [
                    {"low": one.low, "values": one.values, "confidence": one.confidence, "accuracy": one.accuracy}
                    for one in bins
                ],
            },
            "sure_but_wrong": [{"document": name, **_plain(outcome)} for name, outcome in self.sure_but_wrong()],
            "documents": [_document(document) for document in self.documents],
        }


def _plain(outcome: Outcome) -> dict[str, Any]:
    return {
        "field": outcome.field,
        "expected": outcome.expected,
        "found": outcome.found,
        "pointer": outcome.pointer,
        "confidence": outcome.confidence,
    }


def _document(document: DocumentScore) -> dict[str, Any]:
    return {
        "name": document.name,
        "seconds": round(document.seconds, 3),
        "error": document.error,
        "values": len(document.outcomes),
        "failures": [_plain(outcome) for outcome in document.failures],
    }


def evaluate(folder: Path, workers: int = 1, progress: Progress | None = None) -> Evaluation:
    """Score every gold file under `folder`.

    Documents are read anew unless the environment variable EXTRACTOR_READINGS names a folder of kept readings.
    A source that cannot be read counts as a document in which nothing was found. Raises ConfigurationError when
    there is no gold or the rules are broken.
    """
    golds = find_gold(folder)
    scores: list[DocumentScore] = []
    engine: dict[str, Any] = {}
    for index, (document, info) in enumerate(_scored(golds, workers), start=1):
        scores.append(document)
        engine = info or engine
        if progress is not None:
            progress(index, len(golds), document.name)
    return Evaluation(str(folder), tuple(scores), engine)


def _scored(golds: Sequence[Gold], workers: int) -> Iterator[tuple[DocumentScore, dict[str, Any]]]:
    if workers <= 1:
        yield from map(score_document, golds)
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        yield from pool.map(score_document, golds)


def score_document(gold: Gold) -> tuple[DocumentScore, dict[str, Any]]:
    """One document's score, and which engine read it."""
    from extractor import pipeline

    started = time.perf_counter()
    try:
        result = pipeline.run(gold.source).to_dict()
    except ConfigurationError:
        raise
    except Exception as error:  # one document's crash must not hide the scores of the others
        outcomes = tuple(score(gold, {}, {}, ()))
        return DocumentScore(gold.name, outcomes, time.perf_counter() - started, _reason(error)), {}
    seconds = time.perf_counter() - started
    codes = [issue["code"] for issue in result["issues"]]
    outcomes = tuple(score(gold, result["record"], result["evidence"], codes))
    engine = {name: value for name, value in result["engine"].items() if name != "seconds"}
    return DocumentScore(gold.name, outcomes, seconds), engine


def _reason(error: Exception) -> str:
    return f"{error.code}: {error}" if isinstance(error, ExtractorError) else repr(error)
