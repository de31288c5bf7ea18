"""Tricks of picture formats."""

from __future__ import annotations

import io
import random
import struct
import zlib
from collections.abc import Callable

from PIL import Image

from bench.mutants import seeds

_SIDES = (0, 1, 9, 9_999, 60_000, 2**31 - 1, 2**32 - 1)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _png(width: int, height: int, depth: int, colour: int, rows: bytes, more: bytes = b"") -> bytes:
    head = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", head)
        + more
        + _chunk(b"IDAT", zlib.compress(rows, 9))
        + _chunk(b"IEND", b"")
    )


def _png_size(chance: random.Random) -> bytes:
    """Any size, any depth, with the rows of another."""
    width, height = chance.choice(_SIDES[:6]), chance.choice(_SIDES[:6])
    return _png(
        width,
        height,
        chance.choice((1, 8, 16, 3)),
        chance.choice((0, 2, 3, 6, 7)),
        bytes(chance.choice((0, 500, 30 << 20))),
    )


def _png_bomb(chance: random.Random) -> bytes:
    side = chance.choice((9_000, 12_000))
    return _png(side, side, 1, 0, (b"\0" + b"\xff" * (side // 8)) * side)


def _png_chunks(chance: random.Random) -> bytes:
    """Texts, profiles and resolutions that bloat or lie."""
    bomb = zlib.compress(bytes(80 << 20), 9)
    more = chance.choice(
        (
            _chunk(b"zTXt", b"k\0\0" + bomb),
            _chunk(b"iCCP", b"k\0\0" + bomb),
            _chunk(b"pHYs", struct.pack(">IIB", 0, 2**32 - 1, 1)),
            _chunk(b"tRNS", bytes(9)),
            _chunk(b"PLTE", bytes(3000)),
            _chunk(b"acTL", struct.pack(">II", 2**30, 0)),
            _chunk(b"eXIf", b"II*\0" + b"\x08\0\0\0" + b"\xff" * 90),
            _chunk(b"tEXt", b"a" * 2000) * 3000,
        )
    )
    data = seeds.picture("png")
    return data[:33] + more + data[33:]


def _shape(kind: str) -> Callable[[random.Random], bytes]:
    def made(chance: random.Random) -> bytes:
        size = chance.choice(((1, 1), (2, 4000), (4000, 2), (1, 60_000), (2500, 2500)))
        modes = {
            "png": ("1", "L", "P", "RGBA", "I;16", "LA"),
            "jpeg": ("L", "CMYK", "RGB"),
            "tiff": ("1", "L", "CMYK", "F", "I;16", "LAB", "RGBA"),
        }
        image = Image.new(chance.choice(modes[kind]), size, chance.choice((0, 1)))
        out = io.BytesIO()
        image.save(out, kind.upper(), dpi=(chance.choice((1, 72, 10_000)),) * 2)
        return out.getvalue()

    return made


def _jpeg_size(chance: random.Random) -> bytes:
    data = bytearray(seeds.picture("jpeg"))
    place = max(data.find(b"\xff\xc0"), data.find(b"\xff\xc2"))
    data[place + 5 : place + 9] = struct.pack(
        ">HH", chance.choice((0, 1, 65_535)), chance.choice((0, 1, 9_000, 65_535))
    )
    return bytes(data)


def _jpeg_exif(chance: random.Random) -> bytes:
    entry = struct.pack("<HHII", 0x0112, 3, 1, chance.choice((3, 6, 9, 2**31)))
    loop = struct.pack("<I", chance.choice((0, 8, 2**32 - 1)))
    block = (
        b"Exif\0\0II*\0\x08\0\0\0"
        + struct.pack("<H", chance.choice((1, 60_000)))
        + entry * chance.choice((1, 90))
        + loop
    )
    data = seeds.picture("jpeg")
    return data[:2] + b"\xff\xe1" + struct.pack(">H", len(block) + 2) + block + data[2:]


def _jpeg_scans(chance: random.Random) -> bytes:
    """A picture whose last pass comes again and again."""
    out = io.BytesIO()
    Image.new("L", (2000, 2000), 255).save(out, "JPEG", progressive=True)
    data = out.getvalue()
    last = data.rfind(b"\xff\xda")
    return data[:-2] + data[last:-2] * chance.choice((50, 2000)) + b"\xff\xd9"


def _tiff(entries: list[tuple[int, int, int, int]], following: int, tail: bytes = b"") -> bytes:
    body = struct.pack("<H", len(entries)) + b"".join(struct.pack("<HHII", *entry) for entry in entries)
    return b"II*\0\x08\0\0\0" + body + struct.pack("<I", following) + tail


def _tiff_tags(chance: random.Random) -> bytes:
    size, bits = chance.choice((0, 1, 560, 60_000, 2**31)), chance.choice((1, 8, 16, 99))
    entries = [
        (256, 4, 1, size),
        (257, 4, 1, chance.choice((size, 1))),
        (258, 3, 1, bits),
        (259, 3, 1, chance.choice((1, 3, 4, 5, 7, 8, 32773, 99))),
        (262, 3, 1, chance.choice((0, 1, 2, 3, 6))),
        (273, 4, chance.choice((1, 2**30)), chance.choice((8, 200, 2**31))),
        (277, 3, 1, chance.choice((1, 3, 60_000))),
        (278, 4, 1, chance.choice((1, size, 2**31))),
        (279, 4, 1, chance.choice((0, 300, 2**31))),
    ]
    return _tiff(entries, 0, chance.randbytes(600))


def _tiff_loop(chance: random.Random) -> bytes:
    """Directories that follow themselves: pages without end."""
    entries = [
        (256, 4, 1, 40),
        (257, 4, 1, 40),
        (258, 3, 1, 8),
        (259, 3, 1, 1),
        (262, 3, 1, 1),
        (273, 4, 1, 200),
        (277, 3, 1, 1),
        (278, 4, 1, 40),
        (279, 4, 1, 1600),
    ]
    return _tiff(entries, chance.choice((8, 8, 10, 2**32 - 1)), bytes(2000))


def _frames(kind: str) -> Callable[[random.Random], bytes]:
    def made(chance: random.Random) -> bytes:
        out = io.BytesIO()
        small = Image.new("L", (30, 30), 255)
        others = [Image.new("L", (30, 30), n % 2 * 255) for n in range(chance.choice((3, 200)))]
        small.save(out, kind, save_all=True, append_images=others)
        return out.getvalue()

    return made


def _gif_size(chance: random.Random) -> bytes:
    data = bytearray(seeds.picture("gif"))
    data[6:10] = struct.pack("<HH", 65_535, chance.choice((0, 1, 65_535)))
    return bytes(data)


PNG: dict[str, Callable[[random.Random], bytes]] = {
    "size": _png_size,
    "bomb": _png_bomb,
    "chunks": _png_chunks,
    "shape": _shape("png"),
}
JPEG: dict[str, Callable[[random.Random], bytes]] = {
    "size": _jpeg_size,
    "exif": _jpeg_exif,
    "scans": _jpeg_scans,
    "shape": _shape("jpeg"),
}
TIFF: dict[str, Callable[[random.Random], bytes]] = {
    "tags": _tiff_tags,
    "loop": _tiff_loop,
    "frames": _frames("TIFF"),
    "shape": _shape("tiff"),
}
GIF: dict[str, Callable[[random.Random], bytes]] = {"frames": _frames("GIF"), "size": _gif_size}
