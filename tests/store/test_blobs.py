from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from extractor.errors import ConfigurationError, ProcessingError
from extractor.store import Blobs


@pytest.mark.parametrize("place", ["{tmp}/local", "file://{tmp}/other", "memory://originals/{tmp}"])
def test_bytes_come_back(place: str, tmp_path: Path) -> None:
    blobs = Blobs(place.format(tmp=tmp_path))
    content = b"\0\xff" * 1000
    sha256 = hashlib.sha256(content).hexdigest()
    assert not blobs.has(sha256)
    for _ in range(2):
        blobs.put(content, sha256)
    assert blobs.has(sha256)
    with blobs.open(sha256) as stream:
        assert stream.read() == content
    with blobs.path(sha256) as path:
        assert path.read_bytes() == content


@pytest.mark.parametrize("place", ["{tmp}/local", "memory://originals/{tmp}"])
def test_lost_bytes_are_told(place: str, tmp_path: Path) -> None:
    blobs = Blobs(place.format(tmp=tmp_path))
    with pytest.raises(ProcessingError):
        blobs.open("0" * 64)
    with pytest.raises(ProcessingError), blobs.path("0" * 64):
        pass


def test_half_written_files_are_removed_in_time(tmp_path: Path) -> None:
    blobs = Blobs(str(tmp_path))
    blobs.put(b"x", hashlib.sha256(b"x").hexdigest())
    half = tmp_path / "incoming/half"
    half.write_bytes(b"1")
    assert blobs.tidy() == 0
    assert blobs.tidy(older=-1) == 1
    assert not half.exists()
    assert blobs.has(hashlib.sha256(b"x").hexdigest())


def test_unknown_place_is_told() -> None:
    with pytest.raises(ConfigurationError):
        Blobs("nonsense://x")
