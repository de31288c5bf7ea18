"""Containers: locked, lying, of another kind. Each refused by name with a word on what to do."""

from __future__ import annotations

import random

import pytest

from bench.mutants import packs, seeds
from extractor.errors import EncryptedError, InputError, UnsupportedFormatError
from extractor.ingest import read_bytes

CONTAINERS = [name for name in packs.CONTAINER if name not in ("zip-bomb", "zip-many")]


@pytest.mark.parametrize("trick", CONTAINERS)
@pytest.mark.parametrize("kind", ["docx", "odt", "zip"])
def test_tricks_end_well(kind: str, trick: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extractor.ingest.office.convert", lambda source, suffix: seeds.sample("cong-van-docx"))
    for seed in range(6):
        data = packs.on(kind)[trick](random.Random(seed))
        said: InputError | None = None
        try:
            read_bytes(data, f"thử.{kind}")
        except InputError as error:
            said = error
        assert said is None or (f"thử.{kind}" in said.message and said.hint)


def test_a_damaged_kind_mark() -> None:
    data = bytearray(seeds.zipped({"mimetype": b"application/vnd.oasis.opendocument.text" * 3}))
    place = data.find(b"mimetype") + len("mimetype")
    data[place : place + 12] = b"\xff" * 12
    with pytest.raises(UnsupportedFormatError):
        read_bytes(bytes(data), "a.odt")


def test_locked_members_are_called_so() -> None:
    locked = packs.on("docx")["zip-locked"](random.Random(1))
    with pytest.raises(EncryptedError, match="mật khẩu"):
        read_bytes(locked, "a.docx")


@pytest.mark.parametrize(("kind", "says"), [("xlsx", "bảng tính Excel"), ("zip", "Giải nén")])
def test_what_is_no_document_says_what_it_is(kind: str, says: str) -> None:
    with pytest.raises(UnsupportedFormatError) as caught:
        read_bytes(seeds.of(kind, random.Random(1)), f"a.{kind}")
    assert says in str(caught.value)
