"""Digits drawn as a pen draws them: splines through control points, with the forms that Vietnamese clerks use.

MNIST hardly has a one with a long upstroke, a seven with a bar or a three with a flat top. Every form is a list of
strokes, a stroke a list of points in a box one unit high (y down); points are jittered anew for each drawing.
"""

# ruff: noqa: E501  (tables of words and of points read better in long lines)
from __future__ import annotations

import random

import cv2
import numpy as np
from numpy.typing import NDArray

Point = tuple[float, float]
Stroke = tuple[Point, ...]

FORMS: dict[int, tuple[tuple[Stroke, ...], ...]] = {
    0: (
        (((0.35, 0.0), (0.05, 0.3), (0.05, 0.75), (0.3, 1.0), (0.55, 0.75), (0.58, 0.3), (0.35, 0.0)),),
        (((0.4, 0.05), (0.1, 0.2), (0.0, 0.6), (0.2, 1.0), (0.5, 0.8), (0.6, 0.3), (0.4, 0.0), (0.3, 0.08)),),
    ),
    1: (
        (((0.1, 0.0), (0.08, 0.5), (0.05, 1.0)),),
        (((0.0, 0.35), (0.15, 0.2), (0.3, 0.0)), ((0.3, 0.0), (0.28, 0.5), (0.25, 1.0))),
        (((0.0, 0.9), (0.25, 0.45), (0.48, 0.0)), ((0.48, 0.0), (0.44, 0.5), (0.4, 1.0))),
        (((0.0, 0.6), (0.2, 0.35), (0.4, 0.0), (0.37, 0.5), (0.34, 1.0)),),
        (((0.0, 1.0), (0.3, 0.5), (0.55, 0.0), (0.5, 0.5), (0.45, 1.0)),),
        (((0.05, 0.25), (0.25, 0.0), (0.24, 1.0)), ((0.0, 1.0), (0.5, 1.0))),
    ),
    2: (
        (((0.05, 0.25), (0.2, 0.02), (0.5, 0.12), (0.45, 0.45), (0.05, 0.98)), ((0.05, 0.98), (0.3, 0.93), (0.6, 0.97))),
        (((0.05, 0.2), (0.3, 0.0), (0.5, 0.2), (0.35, 0.6), (0.05, 0.95), (0.1, 0.75), (0.25, 0.88), (0.45, 1.0), (0.65, 0.9)),),
        (((0.0, 0.25), (0.25, 0.0), (0.48, 0.2), (0.3, 0.6), (0.0, 0.9), (0.0, 1.0), (0.15, 0.8), (0.3, 0.95), (0.55, 0.95)),),
    ),
    3: (
        (((0.05, 0.12), (0.3, 0.0), (0.5, 0.2), (0.25, 0.45)), ((0.25, 0.45), (0.55, 0.62), (0.4, 0.95), (0.15, 1.0), (0.0, 0.85))),
        (((0.05, 0.02), (0.3, 0.0), (0.55, 0.02)), ((0.55, 0.02), (0.25, 0.42)), ((0.25, 0.42), (0.58, 0.6), (0.4, 0.97), (0.1, 1.0), (0.0, 0.85))),
        (((0.05, 0.02), (0.5, 0.0), (0.25, 0.4), (0.55, 0.65), (0.35, 1.0), (0.0, 0.9)),),
    ),
    4: (
        (((0.25, 0.0), (0.05, 0.6)), ((0.05, 0.6), (0.6, 0.6)), ((0.42, 0.2), (0.42, 0.6), (0.38, 1.0))),
        (((0.45, 0.0), (0.2, 0.35), (0.0, 0.65)), ((0.0, 0.65), (0.6, 0.63)), ((0.45, 0.0), (0.43, 0.5), (0.4, 1.0))),
        (((0.1, 0.05), (0.05, 0.5), (0.25, 0.55), (0.55, 0.5)), ((0.5, 0.0), (0.48, 0.5), (0.42, 1.0))),
        (((0.3, 0.0), (0.0, 0.6), (0.6, 0.55)), ((0.4, 0.35), (0.35, 1.0))),
    ),
    5: (
        (((0.1, 0.02), (0.08, 0.4)), ((0.08, 0.4), (0.4, 0.38), (0.52, 0.7), (0.3, 1.0), (0.0, 0.92)), ((0.1, 0.02), (0.35, 0.04), (0.58, 0.0))),
        (((0.55, 0.0), (0.2, 0.02), (0.1, 0.4), (0.4, 0.42), (0.5, 0.75), (0.25, 1.0), (0.0, 0.88)),),
    ),
    6: (
        (((0.5, 0.0), (0.2, 0.2), (0.02, 0.65), (0.2, 1.0), (0.5, 0.85), (0.42, 0.55), (0.12, 0.6), (0.05, 0.75)),),
        (((0.35, 0.0), (0.1, 0.4), (0.05, 0.8), (0.3, 1.0), (0.5, 0.75), (0.3, 0.55), (0.08, 0.75)),),
    ),
    7: (
        (((0.0, 0.05), (0.3, 0.05), (0.58, 0.0)), ((0.58, 0.0), (0.4, 0.45), (0.25, 1.0))),
        (((0.0, 0.1), (0.1, 0.0), (0.3, 0.08), (0.6, 0.0)), ((0.6, 0.0), (0.4, 0.5), (0.3, 1.0)), ((0.15, 0.5), (0.4, 0.47), (0.65, 0.45))),
        (((0.05, 0.18), (0.08, 0.0)), ((0.05, 0.05), (0.6, 0.03)), ((0.6, 0.03), (0.38, 0.5), (0.3, 1.0)), ((0.12, 0.55), (0.65, 0.5))),
        (((0.05, 0.05), (0.35, 0.0), (0.5, 0.08), (0.35, 0.3), (0.3, 0.6), (0.3, 1.0)), ((0.05, 0.52), (0.35, 0.48), (0.65, 0.5))),
    ),
    8: (
        (((0.5, 0.12), (0.2, 0.0), (0.08, 0.25), (0.3, 0.48), (0.5, 0.75), (0.25, 1.0), (0.02, 0.8), (0.25, 0.5), (0.48, 0.25), (0.42, 0.05)),),
        (((0.55, 0.1), (0.25, 0.02), (0.15, 0.25), (0.4, 0.5), (0.45, 0.85), (0.2, 1.0), (0.0, 0.8), (0.3, 0.5), (0.6, 0.15)),),
    ),
    9: (
        (((0.5, 0.15), (0.25, 0.0), (0.05, 0.25), (0.2, 0.5), (0.48, 0.3), (0.5, 0.12)), ((0.5, 0.12), (0.48, 0.6), (0.4, 1.0))),
        (((0.45, 0.1), (0.15, 0.05), (0.05, 0.35), (0.3, 0.45), (0.5, 0.1), (0.45, 0.6), (0.25, 1.0), (0.05, 0.95)),),
    ),
}  # fmt: skip


def drawn(value: int, height: float, slant: float, rng: random.Random, width: float) -> NDArray[np.uint8]:
    """A digit about `height` pixels tall with a pen `width` pixels wide, cropped to its ink (255)."""
    form = rng.choice(FORMS[value])
    stretch, loose = rng.uniform(0.7, 1.25), rng.uniform(0.0, 0.045)
    scale = 8  # fixed-point bits of cv2's shift are avoided by drawing large
    unit = height * scale / 4
    side = int(unit * 2.4)
    canvas = np.zeros((side, side), np.uint8)
    for stroke in form:
        points = [(x + rng.gauss(0, loose), y + rng.gauss(0, loose)) for x, y in stroke]
        curve = spline(points) if len(points) > 2 else np.array(points)
        xs = (curve[:, 0] * stretch + (1 - curve[:, 1]) * slant) * unit + unit * 0.5
        ys = curve[:, 1] * unit + unit * 0.5
        path = np.stack([xs, ys], axis=1).round().astype(np.int32)
        cv2.polylines(canvas, [path], False, 255, max(1, round(width * scale / 4)), cv2.LINE_AA)
    rows, columns = np.flatnonzero(canvas.any(axis=1)), np.flatnonzero(canvas.any(axis=0))
    inked = canvas[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    return np.asarray(cv2.resize(inked, None, fx=4 / scale, fy=4 / scale, interpolation=cv2.INTER_AREA))


def spline(points: list[Point], steps: int = 10) -> NDArray[np.float64]:
    """A Catmull-Rom curve through the points, shape (n, 2)."""
    knots = np.array([points[0], *points, points[-1]])
    t = np.linspace(0, 1, steps, endpoint=False)[:, None]
    parts = []
    for a, b, c, d in zip(knots, knots[1:], knots[2:], knots[3:], strict=False):
        parts.append(0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3))
    return np.vstack([*parts, knots[-1:]])
