"""How much one document may take."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Memory in bytes of address space; CPU and wall time in seconds for a document.

    A process is replaced after `documents`, so that what libraries leak does not pile up.
    """

    memory: int = 4 << 30
    cpu: int = 1_800
    wall: float = 3_600.0
    documents: int = 200
