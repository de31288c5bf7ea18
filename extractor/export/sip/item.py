"""What the parts of a package share: a document in it, and the fixity of files."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Item:
    """A document in the package: its place, its fixity, its fields."""

    position: int
    path: str
    name: str
    sha256: str
    size: int
    media_type: str
    created: str
    fields: Mapping[str, str]


def files(folder: Path) -> Iterator[tuple[Path, str, int]]:
    """Every file below a folder with SHA-256 and size, by name."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            digest = hashlib.sha256()
            with path.open("rb") as stream:
                while chunk := stream.read(CHUNK):
                    digest.update(chunk)
            yield path, digest.hexdigest(), path.stat().st_size
