"""Makes an archive for backfill trials: many files of known fate, and a manifest that says what must come of each.

    python -m bench.archive FOLDER --count 2000 --seed 7

Fates: `done` (a result), `failed` (an error of its own), `contained` (read within the limits or failed alone),
`duplicate` (the same bytes as another file), `unreadable` (nothing to take in). The samples are the source;
each copy is made unique by what it says.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import random
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pikepdf

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
SHARES = {
    "text": 40,
    "pdf": 30,
    "docx": 6,
    "scan": 6,
    "duplicate": 6,
    "truncated": 4,
    "empty": 1,
    "poison": 1,
    "zip": 3,
    "link": 1,
}
_OLD = 1_600_000_000


def _text(number: int) -> bytes:
    lines = [
        "ỦY BAN NHÂN DÂN\nXÃ ĐÔNG HÀ\n",
        f"Số: {number}/BC-UBND\n",
        f"Đông Hà, ngày {number % 28 + 1:02} tháng 3 năm 2021\n",
        "BÁO CÁO\nKết quả thực hiện Chương trình mỗi xã một sản phẩm\n",
        f"Năm 2020 xã có {number % 9 + 1} sản phẩm OCOP được công nhận đạt 3 sao.\n",
    ]
    return "\n".join(lines).encode()


def unique_pdf(sample: str, number: int) -> bytes:
    with pikepdf.open(SAMPLES / sample / "source.pdf") as pdf:
        pdf.docinfo["/Title"] = f"copy {number}"
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True)
    return out.getvalue()


def _unique_docx(number: int) -> bytes:
    out = io.BytesIO((SAMPLES / "quyet-dinh-docx" / "source.docx").read_bytes())
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(f"customXml/copy{number}.xml", f"<copy>{number}</copy>")
    return out.getvalue()


def _poison(number: int) -> bytes:
    """A page whose content unpacks to gigabytes: it must break its own process only."""
    inner = zlib.compressobj(9)
    piece = bytes(1 << 20)
    data = b"".join(inner.compress(piece) for _ in range(6 << 10)) + inner.flush()
    pdf = pikepdf.new()
    pdf.add_blank_page()
    stream = pikepdf.Stream(pdf, zlib.compress(data, 9))
    stream.Filter = pikepdf.Array([pikepdf.Name.FlateDecode, pikepdf.Name.FlateDecode])
    pdf.pages[0].Contents = stream
    pdf.docinfo["/Title"] = f"poison {number}"
    out = io.BytesIO()
    pdf.save(out, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    return out.getvalue()


_MAKERS: dict[str, Callable[[int], tuple[str, bytes]]] = {
    "text": lambda number: (".txt", _text(number)),
    "pdf": lambda number: (".pdf", unique_pdf("ke-hoach-pdf", number)),
    "docx": lambda number: (".docx", _unique_docx(number)),
    "scan": lambda number: (".pdf", unique_pdf("cong-van-scan", number)),
    "truncated": lambda number: (".pdf", unique_pdf("ke-hoach-pdf", number)[: 700 + number % 50]),
}


def make(folder: Path, count: int, seed: int, kinds: dict[str, int] | None = None) -> dict[str, str]:
    """Write `count` files below a new folder; gives path (as a backfill names it) → fate."""
    chooser = random.Random(seed)
    shares = kinds or SHARES
    plan = chooser.choices(list(shares), list(shares.values()), k=count)
    fates: dict[str, str] = {}
    poison = _poison(0) if "poison" in plan else b""
    first: tuple[Path, bytes] | None = None
    empty: list[Path] = []
    copies: list[Path] = []
    for number, kind in enumerate(plan):
        place = folder / f"{2000 + number % 20}" / f"thùng {number % 7}"
        place.mkdir(parents=True, exist_ok=True)
        path = place / f"{number:05}"
        if kind == "link":
            path.symlink_to(folder / "nowhere")
            fates[str(path)] = "unreadable"
        elif kind == "zip":
            fates |= _zip(path.with_suffix(".zip"), number)
        elif kind == "duplicate" and first is not None:
            _put(path.with_suffix(first[0].suffix), first[1])
            copies.append(path.with_suffix(first[0].suffix))
        elif kind == "empty":
            _put(path.with_suffix(".pdf"), b"")
            empty.append(path.with_suffix(".pdf"))
        elif kind == "poison":
            _put(path.with_suffix(".pdf"), poison + f"\n% {number}\n".encode())
            fates[str(path.with_suffix(".pdf"))] = "contained"
        else:
            ending, data = _MAKERS[kind if kind in _MAKERS else "text"](number)
            _put(path.with_suffix(ending), data)
            fates[str(path.with_suffix(ending))] = "failed" if kind == "truncated" else "done"
            if first is None and kind == "text":
                first = (path.with_suffix(ending), data)
                copies.append(first[0])
    return fates | _alike(copies, "done") | _alike(empty, "failed")


def _alike(paths: list[Path], fate: str) -> dict[str, str]:
    """Files of the same bytes: the first in the order of a walk has the fate, the others are duplicates."""
    return {str(path): fate if place == 0 else "duplicate" for place, path in enumerate(sorted(paths))}


def _put(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    os.utime(path, (_OLD, _OLD))


def _zip(path: Path, number: int) -> dict[str, str]:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in range(2):
            archive.writestr(f"trong/{part}.txt", _text(1_000_000 + number * 10 + part))
    os.utime(path, (_OLD, _OLD))
    return {f"{path}!/trong/{part}.txt": "done" for part in range(2)}


def main() -> None:
    """Make an archive and write its manifest beside it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    fates = make(options.folder.resolve(), options.count, options.seed)
    manifest = options.folder.with_suffix(".manifest.json")
    manifest.write_text(json.dumps(fates, ensure_ascii=False, indent=0), encoding="utf-8")
    print(f"{manifest}: {dict(Counter(fates.values()))}")


if __name__ == "__main__":
    main()
