"""Pictures of odd shapes."""

from __future__ import annotations

import io
import random

import pytest
from PIL import Image

from bench.mutants import pictures
from extractor.errors import InputError
from extractor.ingest import read_bytes


@pytest.mark.parametrize("size", [(1, 4_000), (4_000, 1), (1, 1), (3, 60_000)])
def test_slivers_have_no_words(size: tuple[int, int]) -> None:
    out = io.BytesIO()
    Image.new("L", size, 255).save(out, "PNG")
    assert read_bytes(out.getvalue(), "mảnh.png").pages[0].words == ()


@pytest.mark.parametrize("trick", ["size", "exif", "tags", "loop", "chunks"])
def test_tricks_end_well(trick: str) -> None:
    made = next(kind[trick] for kind in (pictures.JPEG, pictures.TIFF, pictures.PNG) if trick in kind)
    for seed in range(3):
        said: InputError | None = None
        try:
            read_bytes(made(random.Random(seed)), "thử.png")
        except InputError as error:
            said = error
        assert said is None or ("thử.png" in said.message and said.hint)
