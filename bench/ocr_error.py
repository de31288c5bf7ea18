"""Character error of the whole reading layer on spoiled pages: `python -m bench.ocr_error [--wrong] [--json FILE]`.

The pages are the generator's (bench/paper.py): invented text whose truth is known, no line of it in the training of
our model (tools/training/lines.py strings single words together at random; it shares the language, the trade's words
and the free fonts). Counted is the body: paragraphs and table cells; header and signature are measured by their fields
elsewhere.

Error rate: Levenshtein distance of what was read to the truth, block by block, over the characters of the truth, in
per cent. Both sides are NFC with every run of white space one space; nothing else is forgiven. A word belongs to the
block in which its middle lies, so the order of table cells costs nobody anything; a word of the body outside all blocks
counts as an error of the nearest one.

Beside ours stand the engine alone on the picture as it is with the same model (with `--stock` Debian's `vie` as well),
and the findings' figures for `vie` alone and with preparation.
"""

from __future__ import annotations

import argparse
import functools
import io
import json
import os
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from PIL import Image
from rapidfuzz.distance import Levenshtein

from bench.paper import DPI, Sheet, read_blocks, sheets
from bench.spoil import CONDITIONS, Condition, levelled, spoiled
from extractor import ingest
from extractor.document import BBox, Word
from extractor.ocr.engine import Engine, engine

Reader = Callable[[Image.Image, Condition, Sheet], list[Word]]


def ours(picture: Image.Image, _condition: Condition, _sheet: Sheet) -> list[Word]:
    """The words of the reading layer from the file's bytes on, tables included, on the page made straight."""
    page = ingest.read_bytes(_file(picture), "trang").pages[0]
    return [*page.words, *(word for table in page.tables for cell in table.cells for word in cell.words)]


def _file(picture: Image.Image) -> bytes:
    """The picture as TIFF without loss: quick to write, one bit stays one bit."""
    buffer = io.BytesIO()
    picture.save(buffer, "TIFF", dpi=(DPI, DPI))
    return buffer.getvalue()


def bare(picture: Image.Image, condition: Condition, sheet: Sheet) -> list[Word]:
    """The engine's words on the picture as it is, moved to where they stood before the page was turned."""
    return _alone(engine(), picture, condition, sheet)


def bare_vie(picture: Image.Image, condition: Condition, sheet: Sheet) -> list[Word]:
    """The same with Debian's model."""
    return _alone(_stock(), picture, condition, sheet)


def _alone(reader: Engine, picture: Image.Image, condition: Condition, sheet: Sheet) -> list[Word]:
    found = reader.recognise(np.asarray(picture.convert("L")), DPI)
    return [_moved(word, condition, sheet.size) for word in found]


def _moved(word: Word, condition: Condition, size: tuple[float, float]) -> Word:
    x, y = levelled(word.bbox.centre, word.bbox.middle, size, condition)
    return Word(word.text, BBox(x, y, x, y), word.confidence)


@functools.cache
def _stock() -> Engine:
    from extractor.ocr.tesserocr_engine import TesserocrEngine

    asked = os.environ.get("EXTRACTOR_OCR_MODEL")
    os.environ["EXTRACTOR_OCR_MODEL"] = "vie"
    try:
        return TesserocrEngine()
    finally:
        os.environ.pop("EXTRACTOR_OCR_MODEL")
        if asked:
            os.environ["EXTRACTOR_OCR_MODEL"] = asked


READERS: dict[str, Reader] = {"ours": ours, "bare": bare, "bare_vie": bare_vie}


class Tally:
    """Errors and characters (of paragraphs, of cells) and seconds of one reader under one condition.

    `wrong` counts pairs of what is true and what was read instead, `worst` the errors of each block.
    """

    def __init__(self) -> None:
        self.errors, self.letters, self.pages = [0, 0], [0, 0], 0
        self.cpu = 0.0
        self.wrong: Counter[tuple[str, str]] = Counter()
        self.worst: Counter[str] = Counter()

    def add(self, sheet: Sheet, read: Sequence[str], seconds: float) -> None:
        """A page as read, block by block."""
        for block, text in zip(sheet.blocks, read, strict=True):
            errors = Levenshtein.distance(block.text, text)
            self.errors[block.cell] += errors
            self.letters[block.cell] += len(block.text)
            if errors:
                self.worst[f"{sheet.name}: {block.text!r} → {text!r}"] += errors
                for tag, start, end, first, last in Levenshtein.opcodes(block.text, text).as_list():
                    if tag != "equal":
                        self.wrong[block.text[start:end], text[first:last]] += 1
        self.pages += 1
        self.cpu += seconds

    @property
    def rate(self) -> float:
        """Errors in per cent of the characters."""
        return 100 * sum(self.errors) / max(1, sum(self.letters))

    @property
    def text(self) -> float:
        """The same of paragraphs alone."""
        return 100 * self.errors[False] / max(1, self.letters[False])

    @property
    def cells(self) -> float:
        """The same of table cells alone."""
        return 100 * self.errors[True] / max(1, self.letters[True])


def measure(
    pages: Sequence[Sheet], names: Sequence[str], seeds: int, readers: Sequence[str]
) -> dict[str, dict[str, Tally]]:
    """The readers on every page under every condition, in turns."""
    found: dict[str, dict[str, Tally]] = {name: defaultdict(Tally) for name in names}
    for name in names:
        for number, sheet in enumerate(pages):
            for seed in range(seeds):
                picture = spoiled(sheet, CONDITIONS[name], 100 * seed + number)
                for kind in readers:
                    started = time.process_time()
                    words = READERS[kind](picture, CONDITIONS[name], sheet)
                    seconds = time.process_time() - started
                    found[name][kind].add(sheet, read_blocks(sheet, words), seconds)
    return found


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--condition", action="append", choices=list(CONDITIONS))
    parser.add_argument("--spec", action="append", default=[], help="only the pages of this one of samples/specs")
    parser.add_argument("--stock", action="store_true", help="the engine with Debian's vie as well")
    parser.add_argument("--seeds", type=int, default=1, help="each page is spoiled so many times")
    parser.add_argument("--wrong", action="store_true", help="what ours misread")
    parser.add_argument("--json", type=Path, help="write the figures here too")
    given = parser.parse_args()
    os.environ.pop("EXTRACTOR_READINGS", None)
    os.environ["OMP_THREAD_LIMIT"] = "1"
    pages = sheets(given.spec)
    readers = [kind for kind in READERS if given.stock or kind != "bare_vie"]
    found = measure(pages, given.condition or list(CONDITIONS), given.seeds, readers)
    _print(found, pages)
    if given.wrong:
        _print_wrong(found)
    if given.json:
        given.json.write_text(json.dumps(_figures(found, pages), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _print(found: dict[str, dict[str, Tally]], pages: Sequence[Sheet]) -> None:
    print(f"{len(pages)} pages, {sum(sheet.letters for sheet in pages)} characters; engine {engine().name}")
    print("error in % of the characters; bare: paragraphs alone, cells alone")
    first = next(iter(found.values()))
    others = [head for kind in first if kind != "ours" for head in (kind.replace("_", " "), "cells")]
    heads = ("ours", "text", "cells", *others, "findings bare", "prepared", "CPU s a page")
    print(f"{'':12}" + "".join(f"{head:>{max(8, len(head) + 2)}}" for head in heads))
    for name, kinds in found.items():
        mine, known = kinds["ours"], CONDITIONS[name]
        values = [mine.rate, mine.text, mine.cells]
        values += [value for kind, one in kinds.items() if kind != "ours" for value in (one.text, one.cells)]
        shown = [_shown(value) for value in (*values, known.bare, known.prepared, mine.cpu / mine.pages)]
        row = "".join(f"{text:>{max(8, len(head) + 2)}}" for head, text in zip(heads, shown, strict=True))
        print(f"{name:12}{row}")


def _shown(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def _print_wrong(found: dict[str, dict[str, Tally]]) -> None:
    for name, kinds in found.items():
        print(f"\n{name}: {kinds['ours'].wrong.most_common(25)}")
        for line, errors in kinds["ours"].worst.most_common(12):
            print(f"  {errors:3} {line}")


def _figures(found: dict[str, dict[str, Tally]], pages: Sequence[Sheet]) -> dict[str, object]:
    return {
        "command": " ".join(["python -m bench.ocr_error", *sys.argv[1:]]),
        "engine": engine().name,
        "pages": len(pages),
        "characters": sum(sheet.letters for sheet in pages),
        "cer_percent": {
            name: {
                **{
                    kind: {"all": round(one.rate, 3), "text": round(one.text, 3), "cells": round(one.cells, 3)}
                    for kind, one in kinds.items()
                },
                "findings_vie_bare": CONDITIONS[name].bare,
                "findings_vie_prepared": CONDITIONS[name].prepared,
            }
            for name, kinds in found.items()
        },
        "cpu_seconds_a_page": {
            name: {kind: round(one.cpu / one.pages, 3) for kind, one in kinds.items()} for name, kinds in found.items()
        },
    }


if __name__ == "__main__":
    main()
