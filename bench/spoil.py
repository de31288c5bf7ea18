"""The conditions under which a page is read in the benches, each with the findings' figures for pages of its kind."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass, replace

import cv2
import numpy as np
import pypdfium2
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from bench.paper import DPI, Pixels, Sheet
from samples.generator import pen
from samples.generator.degrade import RECIPES, Recipe, degrade
from samples.generator.fonts import register


@dataclass(frozen=True, slots=True)
class Condition:
    """A way to spoil a page. `turn`: degrees counter-clockwise; `skew`: degrees clockwise; `seals`: red, over the text.

    `bare` and `prepared`: the error of `vie` on comparable pages in the findings, per cent.
    """

    recipe: Recipe
    turn: int = 0
    skew: float = 0.0
    seals: bool = False
    bare: float | None = None
    prepared: float | None = None

    @property
    def one_bit(self) -> bool:
        """Whether the page is black and white without grey."""
        return self.recipe.quality is None


_LIGHT = replace(RECIPES["light"], rotation=0.0)
_OFFICE = Recipe(noise=14, blur=0.8, shade=0.7, ghost=0.06, quality=45)
CONDITIONS: Mapping[str, Condition] = {
    "clean": Condition(RECIPES["clean"], bare=0.34, prepared=0.38),
    "light": Condition(_LIGHT, skew=0.3, bare=0.53, prepared=0.32),
    "office": Condition(_OFFICE, skew=-0.7, bare=20.8, prepared=0.59),
    "copy": Condition(replace(RECIPES["copy"], rotation=0.0), skew=0.2, bare=0.72, prepared=0.72),
    "stamped": Condition(_LIGHT, seals=True, bare=3.4, prepared=0.34),
    "turned 90": Condition(_LIGHT, turn=90),
    "turned 180": Condition(_LIGHT, turn=180),
    "turned 270": Condition(_LIGHT, turn=270),
    "skewed": Condition(_LIGHT, skew=2.0),
}


def spoiled(sheet: Sheet, condition: Condition, seed: int) -> Image.Image:
    """The page's picture in a condition; the same seed gives the same picture."""
    picture = _sealed(sheet, seed) if condition.seals else sheet.pixels
    if condition.skew:
        height, width = picture.shape[:2]
        matrix = cv2.getRotationMatrix2D((width / 2, height / 2), -condition.skew, 1.0)
        picture = np.asarray(
            cv2.warpAffine(picture, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=(250, 250, 248)),
            np.uint8,
        )
    picture = np.ascontiguousarray(np.rot90(degrade(picture, condition.recipe, seed), k=condition.turn // 90))
    if condition.recipe.quality is None:
        grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
        return Image.fromarray(np.asarray(grey > 160))
    buffer = io.BytesIO()
    Image.fromarray(picture).save(buffer, "JPEG", quality=condition.recipe.quality)
    return Image.open(buffer)


def _sealed(sheet: Sheet, seed: int) -> Pixels:
    """The page with a red seal over the middle of two of its longest blocks."""
    register("sans")
    buffer, (width, height) = io.BytesIO(), sheet.size
    canvas = Canvas(buffer, pagesize=sheet.size)
    rng = np.random.default_rng(seed)
    for block in sorted(sheet.blocks, key=lambda block: -len(block.text))[:2]:
        across = rng.uniform(0.2, 0.8)
        x = min(max(block.bbox.x0 + across * block.bbox.width, 60), width - 60)
        pen.seal(canvas, x, height - block.bbox.middle, "CƠ QUAN THỬ NGHIỆM ĐỌC VĂN BẢN", "sans-bold")
    canvas.save()
    document = pypdfium2.PdfDocument(buffer.getvalue())
    ink = document[0].render(scale=DPI / 72).to_numpy()[:, :, 2::-1]
    document.close()
    return np.minimum(sheet.pixels, ink[: sheet.pixels.shape[0], : sheet.pixels.shape[1]])


def levelled(x: float, y: float, size: tuple[float, float], condition: Condition) -> tuple[float, float]:
    """A point of the spoiled page (points) on the page of `size` as it was before."""
    width, height = size
    if condition.turn == 90:
        x, y = width - y, x
    elif condition.turn == 180:
        x, y = width - x, height - y
    elif condition.turn == 270:
        x, y = y, height - x
    angle = np.radians(-condition.skew)
    dx, dy = x - width / 2, y - height / 2
    return (
        float(width / 2 + dx * np.cos(angle) - dy * np.sin(angle)),
        float(height / 2 + dx * np.sin(angle) + dy * np.cos(angle)),
    )
