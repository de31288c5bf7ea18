"""Pictures of the two header lines that clerks complete: `Số: 12 /QĐ-UBND` and `ngày 05 tháng 02 năm 2025`.

The truth is the digits with a mark where the printed text goes on: `12/` for the first, `05t02n` for the second (t for
"tháng", n for "năm"); an empty slot has its mark alone. Digits written by hand are told from printed ones: they are
`ABCDEFGHIJ` in the truth.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from lines import AGENCIES, TYPES, UNITS, Writer
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont
from render import Artist, Grey, font, pen_digit
from strokes import drawn

HEIGHT = 40  # of the network's input, pixels
LINE = 61  # height of the line's cut-out at 200 dpi: 22 points
MARKS = "/tn"
HAND = "ABCDEFGHIJ"


Placed = tuple[str, float, float]
"""A symbol of the truth with where it begins and ends on the drawing."""


@dataclass(frozen=True)
class Sample:
    """A picture of height `HEIGHT`, its truth, and where each symbol stands (shares of the width)."""

    picture: Grey
    truth: str
    places: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Pen:
    """One hand's way of writing in one line."""

    kind: str  # mnist, strokes, print or overprint
    slant: float
    height: float
    width: float
    ink: int
    face: ImageFont.FreeTypeFont


class Clerk(Artist):
    """Draws header lines with digits written, stamped or printed into their slots."""

    def sample(self, writer: Writer) -> Sample:
        """A header line, degraded."""
        pieces, marks = self.number_line(writer) if self.rng.random() < 0.5 else self.date_line(writer)
        drawing, symbols, right = self.compose(pieces, marks)
        picture = self.degrade(drawing)
        width = max(24, round(picture.shape[1] * HEIGHT / picture.shape[0] * self.rng.uniform(0.9, 1.1)))
        picture = np.asarray(cv2.resize(picture, (width, HEIGHT), interpolation=cv2.INTER_AREA))
        truth = "".join(symbol for symbol, _, _ in symbols)
        places = tuple((min(1.0, start / right), min(1.0, end / right)) for _, start, end in symbols)
        return Sample(picture, truth, places)

    def number_line(self, writer: Writer) -> tuple[list[str], str]:
        """Pieces of the number's line, slots at odd places, and the mark behind each slot."""
        rng = self.rng
        digits = self.serial()
        named = f"{rng.choice(TYPES)}-{rng.choice(AGENCIES)}"
        symbol = named if rng.random() < 0.75 else f"{rng.choice(AGENCIES)}-{rng.choice(UNITS)}"
        if rng.random() < 0.1:
            symbol = f"{rng.randint(1999, 2026)}/{symbol}"
        lead = rng.choice(("Số:", "Số:", "Số: ", "Số", "Số :"))
        return [lead, digits, rng.choice(("/", "/", "/ ")) + symbol], "/"

    def serial(self) -> str:
        """A number as registers give them, or nothing."""
        rng = self.rng
        draw = rng.random()
        if draw < 0.06:
            return ""
        if draw < 0.3:
            return f"{rng.randint(1, 99):02}"
        return str(
            rng.choice(
                (
                    rng.randint(10, 99),
                    rng.randint(100, 999),
                    rng.randint(1000, 9999),
                    rng.randint(10_000, 20_000) if rng.random() < 0.2 else rng.randint(100, 4000),
                )
            )
        )

    def date_line(self, writer: Writer) -> tuple[list[str], str]:
        """Pieces of the date's line, slots at odd places, and the mark behind each slot."""
        rng = self.rng
        day = "" if rng.random() < 0.05 else rng.choice((f"{rng.randint(1, 31):02}", str(rng.randint(1, 31))))
        month = "" if rng.random() < 0.04 else rng.choice((f"{rng.randint(1, 12):02}", str(rng.randint(1, 12))))
        lead = f"{writer.place()}, ngày" if rng.random() < 0.2 else "ngày"
        return [lead, day, "tháng", month, f"năm {rng.randint(1998, 2027)}"], "tn"

    def pen(self, size: int) -> Pen:
        """A pen (or a second printer) for one slot."""
        rng = self.rng
        kind = rng.choices(("mnist", "strokes", "print", "overprint"), (34, 40, 16, 10))[0]
        faces = ("Tinos-Regular.ttf", "Tinos-Italic.ttf", "Arimo-Regular.ttf", "Tinos-Bold.ttf")
        slant, height, width = rng.uniform(-0.1, 0.5), size * rng.uniform(0.62, 1.3), size * rng.uniform(0.04, 0.14)
        ink, face = rng.randint(0, 120), font(rng.choice(faces), int(size * rng.uniform(0.8, 1.1)))
        return Pen(kind, slant, height, width, ink, face)

    def compose(self, pieces: list[str], marks: str) -> tuple[Grey, list[Placed], float]:
        """The line at 200 dpi, `LINE` pixels high; its symbols with their extents, and its width in the same unit."""
        rng = self.rng
        size = round(rng.uniform(60, 82))
        style = rng.choice(("Regular", "Italic", "Italic") if len(pieces) > 3 else ("Regular", "Regular", "Bold"))
        face = font(
            rng.choice((f"Tinos-{style}.ttf", f"Tinos-{style}.ttf", f"texgyretermes-{style.lower()}.otf")), size
        )
        width = int(sum(face.getlength(piece) for piece in pieces)) + size * 8
        canvas = np.full((LINE * 2, width), 255, np.uint8)
        baseline = LINE + int(size * rng.uniform(0.15, 0.42))
        x, ink, pen = float(rng.randint(0, 30)), rng.randint(0, 60), self.pen(size)
        symbols: list[Placed] = []
        for index, piece in enumerate(pieces):
            if index % 2 == 0:
                if index:
                    symbols.append((marks[index // 2 - 1], x, x + size * 0.3))
                x = self._print(canvas, piece, x, baseline, face, ink)
            else:
                pen = self.pen(size) if rng.random() < 0.3 else pen
                as_printed = Pen("print", 0, size, 0, ink, face)
                x = self._slot(canvas, piece, x, baseline, size, as_printed if pen.kind == "print" else pen, symbols)
        canvas = canvas[:, : min(width, int(x) + rng.randint(0, 40))]
        if rng.random() < 0.2:
            self._next_line(canvas, baseline, size, face, ink)
        drawing = np.asarray(cv2.resize(canvas, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA))
        return drawing, symbols, float(canvas.shape[1])

    def _next_line(self, canvas: Grey, baseline: int, size: int, face: ImageFont.FreeTypeFont, ink: int) -> None:
        """Tips of the line above or below."""
        rng = self.rng
        letters = "".join(rng.choice("ghpqyldbtVQCNT ẤỨ") for _ in range(canvas.shape[1] // 30))
        y = baseline + size * rng.uniform(0.9, 1.3) if rng.random() < 0.6 else baseline - size * rng.uniform(1.0, 1.4)
        self._print(canvas, letters, rng.uniform(-20, 60), int(y), face, ink)

    def _print(self, canvas: Grey, text: str, x: float, y: int, face: ImageFont.FreeTypeFont, ink: int) -> float:
        image = Image.fromarray(canvas)
        ImageDraw.Draw(image).text((x, y), text, font=face, fill=ink, anchor="ls")
        canvas[:] = np.asarray(image)
        return x + face.getlength(text)

    def _slot(
        self, canvas: Grey, digits: str, x: float, baseline: int, size: int, pen: Pen, symbols: list[Placed]
    ) -> float:
        """Writes the digits from about `x` and notes them; where the print goes on."""
        rng = self.rng
        if not digits:
            return x + size * rng.uniform(0.6, 2.5)
        start = x + size * rng.uniform(-0.12, 0.6)
        if pen.kind in ("print", "overprint"):
            return self._printed_slot(canvas, digits, x, baseline, size, pen, symbols)
        baseline += int(size * rng.uniform(-0.12, 0.16))
        for value in digits:
            drop = int(size * rng.uniform(-0.06, 0.06))
            end = self._paste(canvas, self._digit(int(value), pen), start, baseline + drop, pen)
            symbols.append((HAND[int(value)], start, end))
            start = end + size * rng.uniform(-0.1, 0.14)
        return start + size * rng.uniform(-0.1, 0.7)

    def _printed_slot(
        self, canvas: Grey, digits: str, x: float, baseline: int, size: int, pen: Pen, symbols: list[Placed]
    ) -> float:
        drop = 0 if pen.kind == "print" else int(size * self.rng.uniform(-0.15, 0.15))
        x += size * self.rng.uniform(0.0, 0.35)
        for index, value in enumerate(digits):
            left = x + pen.face.getlength(digits[:index])
            symbols.append((value, left, left + pen.face.getlength(value)))
        return self._print(canvas, digits, x, baseline + drop, pen.face, pen.ink) + size * self.rng.uniform(0.0, 0.5)

    def _digit(self, value: int, pen: Pen) -> Grey:
        height = pen.height * self.rng.uniform(0.88, 1.1)
        if pen.kind == "strokes":
            return drawn(value, height, pen.slant + self.rng.gauss(0, 0.05), self.rng, pen.width)
        known = self.digits[value]
        return pen_digit(known[self.rng.randrange(len(known))], height, pen.slant - 0.1, self.rng)

    def _paste(self, canvas: Grey, stroke: Grey, x: float, baseline: int, pen: Pen) -> float:
        height, width = stroke.shape
        top, left = max(0, min(baseline - height, canvas.shape[0] - 1)), max(0, int(x))
        target = canvas[top : top + height, left : left + width]
        part = stroke[: target.shape[0], : target.shape[1]].astype(np.float32) / 255
        target[:] = np.minimum(target, 255 - part * (255 - pen.ink)).astype(np.uint8)
        return float(left + width)


def batch(seed: int, count: int, digits: list[NDArray[np.uint8]]) -> list[Sample]:
    """Samples, reproducibly."""
    clerk, writer = Clerk(seed, digits), Writer(seed)
    return [clerk.sample(writer) for _ in range(count)]
