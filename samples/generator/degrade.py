"""Clean page pictures → what a scanner or a copier makes of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]


@dataclass(frozen=True)
class Recipe:
    """How a page is spoiled. `dpi`: of the scan; `quality`: of the JPEG, None for one bit a pixel."""

    dpi: int = 200
    rotation: float = 0.0
    noise: float = 0.0
    blur: float = 0.0
    shade: float = 0.0
    ghost: float = 0.0
    quality: int | None = 60
    grey: bool = False


RECIPES: Mapping[str, Recipe] = {
    "clean": Recipe(quality=75),
    "light": Recipe(rotation=0.4, noise=4, blur=0.5, shade=0.06),
    "office": Recipe(dpi=200, rotation=-0.9, noise=10, blur=0.8, shade=0.28, ghost=0.06, quality=45),
    "copy": Recipe(dpi=200, rotation=0.3, noise=14, blur=0.7, quality=None),
    "grey": Recipe(dpi=150, rotation=0.6, noise=5, blur=0.5, shade=0.1, quality=55, grey=True),
}


def degrade(page: Pixels, recipe: Recipe, seed: int) -> Pixels:
    """A spoiled copy of an RGB page of shape (height, width, 3). The same seed gives the same picture."""
    rng = np.random.default_rng(seed)
    picture = page.astype(np.float32)
    steps: tuple[Callable[[NDArray[np.float32], Recipe, np.random.Generator], NDArray[np.float32]], ...] = (
        _ghost, _rotate, _shade, _blur, _noise
    )  # fmt: skip
    for step in steps:
        picture = step(picture, recipe, rng)
    return np.clip(picture, 0, 255).astype(np.uint8)


def _ghost(picture: NDArray[np.float32], recipe: Recipe, _rng: np.random.Generator) -> NDArray[np.float32]:
    """The back of the sheet shines through, mirrored."""
    if recipe.ghost == 0:
        return picture
    back = cv2.GaussianBlur(picture[::-1, ::-1], (0, 0), 2.0)
    return picture - recipe.ghost * (255 - back)


def _rotate(picture: NDArray[np.float32], recipe: Recipe, rng: np.random.Generator) -> NDArray[np.float32]:
    if recipe.rotation == 0:
        return picture
    height, width = picture.shape[:2]
    angle = recipe.rotation * float(rng.uniform(0.6, 1.0))
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    return np.asarray(cv2.warpAffine(picture, turn, (width, height), borderValue=(250, 250, 248)), dtype=np.float32)


def _shade(picture: NDArray[np.float32], recipe: Recipe, rng: np.random.Generator) -> NDArray[np.float32]:
    """Light that falls off to one side, and a tint of the paper."""
    if recipe.shade == 0:
        return picture
    height, width = picture.shape[:2]
    y, x = np.mgrid[0 : 1 : complex(height), 0 : 1 : complex(width)].astype(np.float32)
    fall = 1 - recipe.shade * (0.35 + 0.65 * (x * float(rng.uniform(0.3, 1)) + y * float(rng.uniform(0, 0.6))) / 1.6)
    tint = np.array([1.0, 0.99, 0.96], dtype=np.float32)
    return picture * fall[:, :, None] * tint


def _blur(picture: NDArray[np.float32], recipe: Recipe, _rng: np.random.Generator) -> NDArray[np.float32]:
    if recipe.blur == 0:
        return picture
    return np.asarray(cv2.GaussianBlur(picture, (0, 0), recipe.blur), dtype=np.float32)


def _noise(picture: NDArray[np.float32], recipe: Recipe, rng: np.random.Generator) -> NDArray[np.float32]:
    if recipe.noise == 0:
        return picture
    return picture + rng.normal(0, recipe.noise, picture.shape[:2])[:, :, None].astype(np.float32)
