"""Damage that knows nothing of the format."""

from __future__ import annotations

import random
from collections.abc import Callable


def damage(data: bytes, chance: random.Random, other: Callable[[], bytes]) -> tuple[str, bytes]:
    """The name of what was done, and the damaged bytes; never empty."""
    kind = chance.choice(list(_KINDS))
    changed = _splice(data, chance, other()) if kind == "splice" else _KINDS[kind](data, chance)
    return kind, changed or b"\0"


def _place(data: bytes, chance: random.Random) -> tuple[int, int]:
    """A stretch of the data: of any length, mostly short."""
    start = chance.randrange(max(1, len(data)))
    return start, min(len(data), start + int(2 ** chance.uniform(0, 14)))


def _flip(data: bytes, chance: random.Random) -> bytes:
    out = bytearray(data)
    for _ in range(int(2 ** chance.uniform(0, 9))):
        out[chance.randrange(len(out))] ^= 1 << chance.randrange(8)
    return bytes(out)


def _bytes(data: bytes, chance: random.Random) -> bytes:
    out = bytearray(data)
    for _ in range(int(2 ** chance.uniform(0, 7))):
        out[chance.randrange(len(out))] = chance.choice((0, 255, 0x7F, 0x80, chance.randrange(256)))
    return bytes(out)


def _cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data))]


def _behead(data: bytes, chance: random.Random) -> bytes:
    return data[chance.randrange(min(len(data), 4096)) :]


def _delete(data: bytes, chance: random.Random) -> bytes:
    start, end = _place(data, chance)
    return data[:start] + data[end:]


def _double(data: bytes, chance: random.Random) -> bytes:
    start, end = _place(data, chance)
    return data[:end] + data[start:end] * chance.choice((1, 2, 50)) + data[end:]


def _swap(data: bytes, chance: random.Random) -> bytes:
    (a, b), (c, d) = sorted((_place(data, chance), _place(data, chance)))
    return data if b > c else data[:a] + data[c:d] + data[b:c] + data[a:b] + data[d:]


def _zeros(data: bytes, chance: random.Random) -> bytes:
    start, end = _place(data, chance)
    return data[:start] + bytes(end - start) + data[end:]


def _noise(data: bytes, chance: random.Random) -> bytes:
    start, end = _place(data, chance)
    return data[:start] + chance.randbytes(end - start) + data[end:]


def _wrap(data: bytes, chance: random.Random) -> bytes:
    junk = chance.randbytes(chance.choice((1, 100, 1100)))
    return junk + data if chance.random() < 0.5 else data + junk


def _lines(data: bytes, chance: random.Random) -> bytes:
    return data.replace(b"\r\n", b"\n") if chance.random() < 0.5 else data.replace(b"\n", b"\r\n")


def _head_only(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.choice((1, 4, 8, 16, 64, 600))]


def _splice(data: bytes, chance: random.Random, other: bytes = b"") -> bytes:
    return data[: chance.randrange(len(data))] + other[chance.randrange(max(1, len(other))) :]


_KINDS: dict[str, Callable[[bytes, random.Random], bytes]] = {
    "flip": _flip,
    "bytes": _bytes,
    "cut": _cut,
    "behead": _behead,
    "delete": _delete,
    "double": _double,
    "swap": _swap,
    "zeros": _zeros,
    "noise": _noise,
    "wrap": _wrap,
    "lines": _lines,
    "head-only": _head_only,
    "splice": _splice,
}
