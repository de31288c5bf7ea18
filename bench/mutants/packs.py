"""Tricks of the ZIP container."""

from __future__ import annotations

import io
import random
import struct
import warnings
import zipfile
from collections.abc import Callable

from bench.mutants import seeds

_NAMES = (
    "../../thoat.txt",
    "/etc/thoat.txt",
    "C:\\thoat.txt",
    "..\\..\\thoat.txt",
    "a\0b.txt",
    "CON",
    "a" * 4000,
    "a/" * 900 + "b.txt",
    "\u202etxt.exe",
    "dir/",
    "a.txt",
    "a.txt",
    ".",
    "..",
    "~$khoa.docx",
    "\udc80.txt".encode("utf-8", "surrogateescape").decode("latin-1"),
)


def _members(data: bytes) -> list[tuple[zipfile.ZipInfo, bytes]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [(item, archive.read(item)) for item in archive.infolist()]


def rebuilt(members: list[tuple[str, bytes]]) -> bytes:
    """A ZIP of members in this order, names twice if so wanted."""
    out = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        warnings.simplefilter("ignore")  # names twice are meant
        for name, data in members:
            archive.writestr(zipfile.ZipInfo(name, (2021, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _names(data: bytes, chance: random.Random) -> bytes:
    found = [(item.filename, content) for item, content in _members(data)]
    odd = [(chance.choice(_NAMES), seeds.text()) for _ in range(chance.choice((1, 4)))]
    return rebuilt(found + odd if chance.random() < 0.5 else odd + found)


def _twice(data: bytes, chance: random.Random) -> bytes:
    found = [(item.filename, content) for item, content in _members(data)]
    return rebuilt(found + [(name, content[: len(content) // 2]) for name, content in found])


def _bomb(data: bytes, chance: random.Random) -> bytes:
    found = [(item.filename, content) for item, content in _members(data)]
    name = chance.choice([name for name, _ in found] + ["word/media/image1.png", "docProps/app.xml"])
    return rebuilt([*((n, c) for n, c in found if n != name), (name, bytes(chance.choice((15, 120, 310)) << 20))])


def _headers(data: bytes, chance: random.Random) -> bytes:
    """Sizes, methods, flags and offsets that lie, in the directory or in the members' own headers."""
    out = bytearray(data)
    fields = {
        b"PK\x01\x02": (8, 10, 16, 20, 24, 28, 30, 42),
        b"PK\x03\x04": (6, 8, 14, 18, 22, 26),
        b"PK\x05\x06": (4, 8, 10, 12, 16, 20),
    }
    for _ in range(chance.choice((1, 1, 4))):
        mark = chance.choice(list(fields))
        places = [i for i in range(len(out) - 46) if out[i : i + 4] == mark] or [max(0, data.rfind(mark))]
        place = chance.choice(places) + chance.choice(fields[mark])
        wide = min(chance.choice((2, 4)), len(out) - place)
        out[place : place + wide] = struct.pack(
            "<I", chance.choice((0, 1, 8, 99, 0xFFFF, 2**31, 2**32 - 1, len(data)))
        )[:wide]
    return bytes(out)


def _locked(data: bytes, chance: random.Random) -> bytes:
    out = bytearray(data)
    for mark, place in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        at = out.find(mark)
        while at >= 0:
            out[at + place] |= 1
            at = out.find(mark, at + 4)
    return bytes(out)


def _overlap(data: bytes, chance: random.Random) -> bytes:
    """All entries of the directory point at the same bytes."""
    out = bytearray(data)
    offsets, at = [], out.find(b"PK\x01\x02")
    while at >= 0:
        offsets.append(at + 42)
        at = out.find(b"PK\x01\x02", at + 4)
    for place in offsets:
        out[place : place + 4] = out[offsets[0] : offsets[0] + 4]
    return bytes(out)


def _many(data: bytes, chance: random.Random) -> bytes:
    most = 2_500 if data == seeds.pack() else 21_000  # an archive's members are documents, each taken in
    more = [(f"customXml/{n}.xml", b"") for n in range(chance.choice((500, most)))]
    return rebuilt([(item.filename, content) for item, content in _members(data)] + more)


def _inside(data: bytes, chance: random.Random) -> bytes:
    for _ in range(chance.choice((1, 8))):
        data = rebuilt([("trong.zip", data)])
    return data


def _trailing(data: bytes, chance: random.Random) -> bytes:
    return data + chance.choice((b"PK\x05\x06" + bytes(18), b"\0" * 70_000, data, b"PK\x06\x06" + chance.randbytes(60)))


CONTAINER: dict[str, Callable[[bytes, random.Random], bytes]] = {
    "zip-names": _names,
    "zip-twice": _twice,
    "zip-bomb": _bomb,
    "zip-headers": _headers,
    "zip-locked": _locked,
    "zip-overlap": _overlap,
    "zip-many": _many,
    "zip-inside": _inside,
    "zip-trailing": _trailing,
}


def on(kind: str) -> dict[str, Callable[[random.Random], bytes]]:
    """The tricks, done to a sound file of a format that is a ZIP."""

    def bound(trick: Callable[[bytes, random.Random], bytes]) -> Callable[[random.Random], bytes]:
        return lambda chance: trick(seeds.of(kind, chance), chance)

    return {name: bound(trick) for name, trick in CONTAINER.items()}


TRICKS = on("zip")
