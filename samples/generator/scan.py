"""A spec as a scan: pages of pictures without any text."""

from __future__ import annotations

import io
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2
from PIL import Image

from samples.generator.degrade import Recipe, degrade
from samples.generator.pdf import write_pdf
from samples.generator.spec import Spec

_EPOCH = time.gmtime(0)
"""The same picture gives the same bytes."""


def pictures(spec: Spec, recipe: Recipe, seed: int) -> list[Image.Image]:
    """The pages as a scanner would see them, ink included."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "clean.pdf"
        write_pdf(spec, path, ink=True, seed=seed)
        document = pypdfium2.PdfDocument(path)
        pages = [page.render(scale=recipe.dpi / 72).to_numpy()[:, :, ::-1] for page in document]
        document.close()
    spoiled = [degrade(np.ascontiguousarray(page[:, :, :3]), recipe, seed + index) for index, page in enumerate(pages)]
    return [_mode(Image.fromarray(page), recipe) for page in spoiled]


def _mode(picture: Image.Image, recipe: Recipe) -> Image.Image:
    if recipe.quality is None:
        return (
            picture.convert("L").point(lambda value: 255 if value > 160 else 0).convert("1", dither=Image.Dither.NONE)
        )
    return picture.convert("L") if recipe.grey else picture


def write_scan(spec: Spec, path: Path, recipe: Recipe, seed: int = 1) -> None:
    """Render to `path`: a PDF of pictures, a PNG or JPEG of the first page, or a TIFF of all pages, by its suffix."""
    pages = pictures(spec, recipe, seed)
    if path.suffix in (".png", ".jpg"):
        pages[0].save(path, dpi=(recipe.dpi, recipe.dpi), quality=recipe.quality or 60)
    elif path.suffix in (".tif", ".tiff"):
        compression = "group4" if recipe.quality is None else "jpeg"
        pages[0].save(
            path, save_all=True, append_images=pages[1:], dpi=(recipe.dpi, recipe.dpi), compression=compression
        )
    else:
        _pdf(pages, path, recipe)


def _pdf(pages: list[Image.Image], path: Path, recipe: Recipe) -> None:
    ready = pages if recipe.quality is None else [Image.open(_jpeg(page, recipe.quality)) for page in pages]
    options: dict[str, Any] = {"creationDate": _EPOCH, "modDate": _EPOCH, "resolution": recipe.dpi}
    if recipe.quality is not None:
        options["quality"] = recipe.quality
    ready[0].save(path, format="PDF", save_all=True, append_images=ready[1:], **options)


def _jpeg(page: Image.Image, quality: int) -> io.BytesIO:
    buffer = io.BytesIO()
    page.save(buffer, format="JPEG", quality=quality)
    return buffer
