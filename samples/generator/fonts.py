"""Fonts with all Vietnamese letters, from Debian packages (Liberation Serif 1.x lacks half of them)."""

from __future__ import annotations

import functools
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

PACKAGES = "fonts-croscore fonts-dejavu fonts-freefont-ttf"
_FOLDER = Path("/usr/share/fonts/truetype")
_FACES = ("", "-bold", "-italic", "-bold-italic")
_CROSCORE = ("Regular", "Bold", "Italic", "BoldItalic")
_FAMILIES: dict[str, tuple[str, tuple[str, ...]]] = {
    "serif": ("croscore/Tinos-{}.ttf", _CROSCORE),
    "sans": ("croscore/Arimo-{}.ttf", _CROSCORE),
    "mono": ("croscore/Cousine-{}.ttf", _CROSCORE),
    "free": ("freefont/FreeSerif{}.ttf", ("", "Bold", "Italic", "BoldItalic")),
    "dejavu": ("dejavu/DejaVuSerif{}.ttf", ("", "-Bold", "-Italic", "-BoldItalic")),
    "symbols": ("dejavu/DejaVuSans{}.ttf", ("", "-Bold", "-Oblique", "-BoldOblique")),
}


@functools.cache
def register(family: str) -> None:
    """Make the four faces of a family known as `family`, `family-bold`, `family-italic`, `family-bold-italic`."""
    pattern, names = _FAMILIES[family]
    for face, name in zip(_FACES, names, strict=True):
        path = _FOLDER / pattern.format(name)
        if not path.exists():
            raise FileNotFoundError(f"{path} is missing: apt install {PACKAGES}")
        pdfmetrics.registerFont(TTFont(family + face, path))
    pdfmetrics.registerFontFamily(family, *(family + face for face in _FACES))
