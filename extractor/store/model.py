"""What the store hands out and takes in: plain frozen values."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

DocumentStatus = Literal["queued", "running", "done", "failed"]
Review = Literal["open", "corrected", "confirmed"]
KeyRole = Literal["reader", "reviewer", "admin"]

STATUSES: tuple[DocumentStatus, ...] = ("queued", "running", "done", "failed")
REVIEWS: tuple[Review, ...] = ("open", "corrected", "confirmed")
KEY_ROLES: tuple[KeyRole, ...] = ("reader", "reviewer", "admin")
MAX_ATTEMPTS = 2
"""A document that kills its worker is tried once more."""
MAX_LOST = 20
"""How often a job may be lost with its whole server (kill -9, power cut) before it counts as the cause."""


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document as lists show it. Values are those of the record as corrected."""

    id: str
    sha256: str
    filename: str
    media_type: str | None
    size: int
    pages: int | None
    created_at: dt.datetime
    updated_at: dt.datetime
    status: DocumentStatus
    error_code: str | None
    error_message: str | None
    version: int
    result_id: int | None
    review: Review
    differences: int
    doc_type: str | None
    number: str | None
    symbol: str | None
    identifier: str | None
    issued_on: str | None
    issued_at: str | None
    agency: str | None
    subject: str | None
    lowest: float | None
    issues: int


@dataclass(frozen=True, slots=True)
class Job:
    """A claimed piece of work: extract this document with this pipeline."""

    id: int
    document_id: str
    sha256: str
    filename: str
    size: int
    fingerprint: str
    attempts: int
    lost: int
    worker: str


@dataclass(frozen=True, slots=True)
class StoredResult:
    """A done document's result (contract section 1, untouched) and the record as corrected."""

    document: DocumentRow
    body: dict[str, Any]
    record: dict[str, Any]
    fingerprint: str
    created_at: dt.datetime
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """A corrected or confirmed value that a newer reading sees otherwise. `placed` false: its place is gone."""

    pointer: str
    corrected: Any
    was: Any
    reading: Any
    placed: bool = True


@dataclass(frozen=True, slots=True)
class Correction:
    """One reviewer's change: a JSON Patch (RFC 6902) with who and when."""

    id: int
    patch: list[dict[str, Any]]
    who: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class RecordView:
    """A record with its corrections applied; `version` is what If-Match compares."""

    document: DocumentRow
    version: int
    record: dict[str, Any]
    corrections: tuple[Correction, ...]
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class ProductRow:
    """A product of a document's record as corrected; `position` is its index in `/products`."""

    id: int
    document_id: str
    position: int
    name: str
    producer: str | None
    stars: int | None
    status: str | None
    points: float | None
    group: str | None
    locality: str | None
    year: str | None
    page: int | None
    identifier: str | None
    issued_on: str | None
    filename: str


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A key's public side; the secret itself is never stored."""

    id: str
    name: str
    role: KeyRole
    created_at: dt.datetime
    expires_at: dt.datetime | None
    revoked_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class Event:
    """A line of the audit trail."""

    at: dt.datetime
    who: str
    action: str
    document_id: str | None
    detail: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Filters:
    """What lists, products and exports are narrowed by. None: not narrowed.

    `agency`, `product`, `producer`, `locality` are parts of names, compared without marks. `issued_from` and
    `issued_to` are EDTF prefixes, both included: `2021` to `2021` is the year. `search` is full text.
    """

    status: str | None = None
    doc_type: str | None = None
    agency: str | None = None
    issued_from: str | None = None
    issued_to: str | None = None
    product: str | None = None
    producer: str | None = None
    stars: int | None = None
    product_status: str | None = None
    locality: str | None = None
    year: str | None = None
    issue: str | None = None
    review: str | None = None
    differs: bool | None = None
    search: str | None = None
    stale_for: str | None = None


@dataclass(frozen=True, slots=True)
class Slice:
    """Part of a list, `next` is the cursor of the rest or None."""

    items: tuple[Any, ...]
    next: str | None


@dataclass(frozen=True, slots=True)
class Stats:
    """Counts over the whole store."""

    statuses: Mapping[str, int]
    reviews: Mapping[str, int]
    types: Mapping[str, int] = field(default_factory=dict)
    issues: Mapping[str, int] = field(default_factory=dict)
    failures: Mapping[str, int] = field(default_factory=dict)
    stars: tuple[tuple[int | None, str | None, str | None, str | None, int], ...] = ()
    """Products counted by (stars, status, year, locality); one that several documents name counts once."""
