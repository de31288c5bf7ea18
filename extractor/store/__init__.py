"""Keeps originals, results, corrections and jobs; loses nothing. SQLite or PostgreSQL, local folder or fsspec URL."""

from extractor.store.alignment import realigned
from extractor.store.blobs import Blobs, digest
from extractor.store.corrections import PatchError, PatchTestError
from extractor.store.folding import fold
from extractor.store.model import (
    KEY_ROLES,
    REVIEWS,
    STATUSES,
    ApiKey,
    Correction,
    Difference,
    DocumentRow,
    Event,
    Filters,
    Job,
    ProductRow,
    RecordView,
    Slice,
    Stats,
    StoredResult,
)
from extractor.store.query import CursorError
from extractor.store.review import NotFoundError, RecordError, VersionError
from extractor.store.store import Store

__all__ = [
    "KEY_ROLES",
    "REVIEWS",
    "STATUSES",
    "ApiKey",
    "Blobs",
    "Correction",
    "CursorError",
    "Difference",
    "DocumentRow",
    "Event",
    "Filters",
    "Job",
    "NotFoundError",
    "PatchError",
    "PatchTestError",
    "ProductRow",
    "RecordError",
    "RecordView",
    "Slice",
    "Stats",
    "Store",
    "StoredResult",
    "VersionError",
    "digest",
    "fold",
    "realigned",
]
