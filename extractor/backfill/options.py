"""What a backfill is asked to do, and what it says at the end."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from extractor.sharing import PAGES


@dataclass(frozen=True, slots=True)
class Options:
    """`memory`: bytes a document's process may hold. `settle`: seconds a file must have lain still.

    `share`: files of more than twice as many pages are read in ranges of that many; 0 for never.
    """

    folder: Path
    database: str
    data: str | None = None
    workers: int = 2
    cluster: str | None = None
    refresh: bool = False
    dry_run: bool = False
    watch: bool = False
    retry_failed: bool = False
    memory: int = 3 << 30
    settle: float = 2.0
    report: Path | None = None
    lease: float = 60.0
    share: int = PAGES


@dataclass(slots=True)
class Summary:
    """Counts of one run. `taken`: outcomes of paths; `read`: outcomes of documents; `later`: files still changing."""

    taken: Counter[str] = field(default_factory=Counter)
    read: Counter[str] = field(default_factory=Counter)
    problems: list[tuple[str, str]] = field(default_factory=list)
    later: list[str] = field(default_factory=list)
    refreshed: int = 0
    size: int = 0
    seconds: float = 0.0

    @property
    def failed(self) -> bool:
        """Whether some input failed: exit code 1."""
        return bool(self.read["failed"] or self.taken["unreadable"] or self.later)
