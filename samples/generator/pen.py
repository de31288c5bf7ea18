"""Pen strokes, seals and signatures as vector drawings: handwriting-like digits, no font of anybody's hand."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence

from reportlab.lib.colors import Color
from reportlab.pdfgen.canvas import Canvas

Point = tuple[float, float]

BLUE = Color(0.09, 0.13, 0.5)
RED = Color(0.85, 0.12, 0.14, alpha=0.72)

# Skeletons in a box of width 0.6 and height 1, origin bottom left; several strokes a digit, two ways of writing some.
DIGITS: dict[str, Sequence[Sequence[Sequence[Point]]]] = {
    "0": [[[(0.3, 1), (0.05, 0.75), (0.05, 0.25), (0.3, 0), (0.55, 0.25), (0.55, 0.75), (0.32, 1), (0.25, 0.97)]]],
    "1": [[[(0.12, 0.75), (0.32, 1), (0.3, 0)]], [[(0.3, 1), (0.28, 0)]]],
    "2": [[[(0.06, 0.78), (0.25, 1), (0.5, 0.8), (0.35, 0.4), (0.04, 0.02), (0.3, 0.06), (0.58, 0.02)]]],
    "3": [[[(0.08, 0.85), (0.3, 1), (0.5, 0.78), (0.22, 0.54), (0.52, 0.3), (0.3, 0), (0.04, 0.14)]]],
    "4": [
        [[(0.34, 1), (0.04, 0.35), (0.58, 0.38)], [(0.42, 0.6), (0.4, 0)]],
        [[(0.1, 0.95), (0.08, 0.45), (0.52, 0.5)], [(0.5, 1), (0.46, 0)]],
    ],
    "5": [[[(0.14, 0.96), (0.1, 0.56), (0.4, 0.6), (0.52, 0.28), (0.3, 0), (0.04, 0.12)], [(0.12, 0.96), (0.54, 1)]]],
    "6": [[[(0.46, 1), (0.14, 0.62), (0.06, 0.25), (0.28, 0), (0.5, 0.22), (0.3, 0.46), (0.1, 0.28)]]],
    "7": [
        [[(0.06, 0.95), (0.56, 0.98), (0.22, 0)]],
        [[(0.06, 0.95), (0.56, 0.98), (0.22, 0)], [(0.14, 0.5), (0.5, 0.54)]],
    ],
    "8": [[[(0.5, 0.86), (0.28, 1), (0.1, 0.8), (0.48, 0.3), (0.3, 0), (0.08, 0.24), (0.5, 0.78), (0.48, 0.88)]]],
    "9": [[[(0.52, 0.78), (0.28, 1), (0.08, 0.76), (0.26, 0.52), (0.5, 0.72), (0.5, 0.3), (0.34, 0)]]],
}


def curve(points: Sequence[Point], steps: int = 8) -> list[Point]:
    """A smooth line through the points (Catmull-Rom)."""
    padded = [points[0], *points, points[-1]]
    line = []
    for a, b, c, d in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        for step in range(steps):
            t = step / steps
            line.append(tuple(_spline(a[i], b[i], c[i], d[i], t) for i in (0, 1)))
    return [*[(x, y) for x, y in line], points[-1]]


def _spline(a: float, b: float, c: float, d: float, t: float) -> float:
    return 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t**3)


def strokes(text: str, height: float, rng: random.Random) -> tuple[list[list[Point]], float]:
    """Digits as pen lines with a baseline at 0, and their width. Spaces leave room; other characters raise KeyError."""
    slant, spread = rng.uniform(-0.05, 0.35), rng.uniform(0.72, 0.95)
    lines, x = [], 0.0
    for character in text:
        if character == " ":
            x += 0.4 * height
            continue
        size, lift = height * rng.uniform(0.88, 1.12), height * rng.uniform(-0.08, 0.08)
        for stroke in rng.choice(DIGITS[character]):
            bent = [(px + rng.gauss(0, 0.025), py + rng.gauss(0, 0.025)) for px, py in stroke]
            lines.append([(x + (px + slant * py) * size, lift + py * size) for px, py in curve(bent)])
        x += spread * size * 0.75
    return lines, x


def write(canvas: Canvas, text: str, x: float, y: float, height: float, seed: int) -> float:
    """Write digits by pen with the baseline at `y`; returns the width. Points, origin bottom left."""
    rng = random.Random(seed)
    lines, width = strokes(text, height, rng)
    canvas.saveState()
    canvas.setStrokeColor(BLUE)
    canvas.setLineCap(1)
    canvas.setLineJoin(1)
    canvas.setLineWidth(height * rng.uniform(0.07, 0.11))
    for line in lines:
        _trace(canvas, [(x + px, y + py) for px, py in line])
    canvas.restoreState()
    return width


def _trace(canvas: Canvas, line: Sequence[Point]) -> None:
    path = canvas.beginPath()
    path.moveTo(*line[0])
    for point in line[1:]:
        path.lineTo(*point)
    canvas.drawPath(path)


def sign(canvas: Canvas, x: float, y: float, width: float, height: float, seed: int) -> None:
    """A signature-like scrawl inside a box."""
    rng = random.Random(seed)
    points = [(x, y + height * 0.3)]
    for step in range(1, 14):
        across = x + width * step / 14 + rng.uniform(-0.1, 0.1) * width
        points.append((across, y + height * (0.5 + 0.5 * math.sin(step * 2.1) * rng.uniform(0.4, 1))))
    points.append((x + width * 1.1, y + height * 0.1))
    canvas.saveState()
    canvas.setStrokeColor(BLUE)
    canvas.setLineWidth(1.3)
    _trace(canvas, curve(points, 12))
    canvas.restoreState()


def seal(canvas: Canvas, x: float, y: float, text: str, font: str, radius: float = 48) -> None:
    """A round red seal around a centre: two rings, a star, the text along the ring."""
    canvas.saveState()
    canvas.setStrokeColor(RED)
    canvas.setFillColor(RED)
    canvas.setLineWidth(2)
    canvas.circle(x, y, radius)
    canvas.setLineWidth(0.8)
    canvas.circle(x, y, radius * 0.68)
    _star(canvas, x, y, radius * 0.3)
    step = min(2 * math.pi / max(len(text) + 2, 1), 0.26)
    start = math.pi / 2 + step * (len(text) - 1) / 2
    for index, letter in enumerate(text.upper()):
        angle = start - index * step
        canvas.saveState()
        canvas.translate(x + radius * 0.77 * math.cos(angle), y + radius * 0.77 * math.sin(angle))
        canvas.rotate(math.degrees(angle) - 90)
        canvas.setFont(font, radius * 0.19)
        canvas.drawCentredString(0, 0, letter)
        canvas.restoreState()
    canvas.restoreState()


def _star(canvas: Canvas, x: float, y: float, radius: float) -> None:
    path = canvas.beginPath()
    for index in range(10):
        angle = math.pi / 2 + index * math.pi / 5
        reach = radius if index % 2 == 0 else radius * 0.4
        point = (x + reach * math.cos(angle), y + reach * math.sin(angle))
        path.moveTo(*point) if index == 0 else path.lineTo(*point)
    path.close()
    canvas.drawPath(path, stroke=0, fill=1)
