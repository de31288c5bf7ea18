"""Lines of text as pictures that look like scans of them.

A picture is 8-bit grey, about as a 200 dpi scanner and the page segmenter would hand it to the recogniser.
"""

from __future__ import annotations

import io
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

Grey = NDArray[np.uint8]

# Faces with every Vietnamese letter, Times first: share, regular, bold, italic, bold italic.
FAMILIES = (
    (9, "Tinos-Regular.ttf", "Tinos-Bold.ttf", "Tinos-Italic.ttf", "Tinos-BoldItalic.ttf"),
    (
        5,
        "texgyretermes-regular.otf",
        "texgyretermes-bold.otf",
        "texgyretermes-italic.otf",
        "texgyretermes-bolditalic.otf",
    ),
    (4, "FreeSerif.ttf", "FreeSerifBold.ttf", "FreeSerifItalic.ttf", "FreeSerifBoldItalic.ttf"),
    (1, "LinLibertine_R.otf", "LinLibertine_RB.otf", "LinLibertine_RI.otf", "LinLibertine_RI.otf"),
    (1, "DejaVuSerif.ttf", "DejaVuSerif-Bold.ttf", "DejaVuSerif-Italic.ttf", "DejaVuSerif-BoldItalic.ttf"),
    (2, "Arimo-Regular.ttf", "Arimo-Bold.ttf", "Arimo-Italic.ttf", "Arimo-BoldItalic.ttf"),
    (1, "DejaVuSans.ttf", "DejaVuSans-Bold.ttf", "DejaVuSans-Oblique.ttf", "DejaVuSans-BoldOblique.ttf"),
    (1, "Carlito-Regular.ttf", "Carlito-Bold.ttf", "Carlito-Italic.ttf", "Carlito-BoldItalic.ttf"),
)
FONT_FOLDERS = (Path("/usr/share/fonts"), Path("/usr/share/texmf/fonts"))
DEBIAN_PACKAGES = (
    "fonts-croscore fonts-texgyre fonts-freefont-ttf fonts-linuxlibertine fonts-dejavu-extra fonts-crosextra-carlito"
)


@lru_cache(maxsize=512)
def font(name: str, size: int) -> ImageFont.FreeTypeFont:
    """A face by file name at a size in pixels."""
    for folder in FONT_FOLDERS:
        for path in sorted(folder.rglob(name)):
            return ImageFont.truetype(str(path), size)
    raise SystemExit(f"font {name} is missing: apt-get install {DEBIAN_PACKAGES}")


def missing_fonts() -> list[str]:
    """File names of faces that are not installed."""
    present = {path.name for folder in FONT_FOLDERS for path in folder.rglob("*.[ot]tf")}
    return sorted({str(name) for _, *names in FAMILIES for name in names} - present)


# Where clerks write by hand: the number before the slash, the day, the month.
SLOT = re.compile(r"((?<=Số: )\d+(?= ?/)|(?<=Số:)\d+(?= ?/)|(?<=ngày )\d\d?(?= tháng)|(?<=tháng )\d\d?(?= năm))")


def pen_digit(digit: Grey, height: float, slant: float, rng: random.Random) -> Grey:
    """A 28 × 28 digit as a pen stroke, about `height` pixels tall, cropped to its ink (255)."""
    scale = max(2.0, height / 20)
    big = cv2.resize(digit, None, fx=scale * rng.uniform(0.7, 1.1), fy=scale, interpolation=cv2.INTER_CUBIC)
    big = np.pad(big, ((0, 0), (big.shape[0] // 2, big.shape[0] // 2)))
    matrix = np.array([[1, -slant, slant * big.shape[0] / 2], [0, 1, 0]], np.float32)
    big = cv2.warpAffine(big, matrix, (big.shape[1], big.shape[0]))
    stroke = np.where(cv2.GaussianBlur(big, (0, 0), scale / 3) > rng.uniform(95, 175), 255, 0).astype(np.uint8)
    rows, columns = np.flatnonzero(stroke.any(axis=1)), np.flatnonzero(stroke.any(axis=0))
    if not len(rows):
        return big
    return np.asarray(cv2.GaussianBlur(stroke[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1], (0, 0), 0.8))


@dataclass
class Artist:
    """Draws and degrades lines, reproducibly. `digits` are pictures of handwritten digits by value, ink 255."""

    seed: int
    digits: Sequence[NDArray[np.uint8]] = ()

    def __post_init__(self) -> None:
        self.rng = random.Random(self.seed)
        self.noise = np.random.default_rng(self.seed)

    def picture(self, text: str) -> Grey:
        """A degraded picture of a line."""
        return self.degrade(self.draw(text))

    def face(self) -> ImageFont.FreeTypeFont:
        family = self.rng.choices(FAMILIES, [share for share, *_ in FAMILIES])[0]
        style = self.rng.choices((1, 2, 3, 4), (55, 22, 17, 6))[0]
        return font(str(family[style]), round(self.rng.triangular(24, 50, 37) * 2))

    def draw(self, text: str) -> Grey:
        """The line in black on white, drawn at twice the size and margins as page segmentation leaves them."""
        face, rng = self.face(), self.rng
        if self.digits and rng.random() < 0.4 and (slots := SLOT.split(text))[1:]:
            return self._by_hand(slots, face)
        size = face.size
        left, top, right, bottom = face.getbbox(text)
        pad = [int(rng.uniform(0.02, 0.35) * size) for _ in range(4)]
        width, height = int(right - left) + pad[0] + pad[2], int(bottom - top) + pad[1] + pad[3]
        image = Image.new("L", (width, height), 255)
        pen = ImageDraw.Draw(image)
        ink = rng.randint(0, 70)
        if rng.random() < 0.25:
            self._spaced(pen, text, face, (pad[0] - left, pad[1] - top), ink)
        else:
            pen.text((pad[0] - left, pad[1] - top), text, font=face, fill=ink)
        if rng.random() < 0.12:
            self._neighbours(pen, face, width, height, pad)
        if rng.random() < 0.06:
            y = height - rng.randint(1, max(2, pad[3]))
            pen.line((0, y, width, y), fill=ink, width=rng.randint(2, 4))
        pixels = np.asarray(image)
        scale = 0.5 * rng.uniform(0.85, 1.1)
        return cv2.resize(pixels, None, fx=scale * rng.uniform(0.95, 1.05), fy=scale, interpolation=cv2.INTER_AREA)

    def _by_hand(self, pieces: list[str], face: ImageFont.FreeTypeFont) -> Grey:
        """A line whose number, day or month is written by hand: print and digits alternate in `pieces`."""
        rng, size = self.rng, int(face.size)
        baseline, ink = int(size * rng.uniform(1.3, 1.6)), rng.randint(10, 110)
        width = (
            int(sum(face.getlength(piece) * (1 if i % 2 == 0 else 3.5) for i, piece in enumerate(pieces))) + 2 * size
        )
        canvas = np.full((int(size * 2.2), width), 255, np.uint8)
        x = float(rng.randint(4, size // 2))
        for index, piece in enumerate(pieces):
            if index % 2 == 0:
                image = Image.fromarray(canvas)
                ImageDraw.Draw(image).text((x, baseline), piece, font=face, fill=rng.randint(0, 50), anchor="ls")
                canvas, x = np.array(image), x + face.getlength(piece)
            else:
                x = self._write(canvas, piece, x, baseline, size, ink)
        canvas = canvas[:, : int(x) + rng.randint(4, size // 2)]
        rows = np.flatnonzero((canvas < 200).any(axis=1))
        canvas = canvas[max(0, rows[0] - rng.randint(2, 16)) : rows[-1] + rng.randint(3, 16)]
        return cv2.resize(canvas, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)

    def _write(self, canvas: Grey, piece: str, x: float, baseline: int, size: int, ink: int) -> float:
        rng, tall = self.rng, size * self.rng.uniform(0.75, 1.35)
        slant, x = rng.uniform(-0.1, 0.45), x - size * rng.uniform(-0.3, 0.1)
        for character in piece:
            if not character.isdigit():
                x += size * 0.2
                continue
            stroke = pen_digit(
                self.digits[int(character)][rng.randrange(len(self.digits[int(character)]))],
                tall * rng.uniform(0.85, 1.1),
                slant,
                rng,
            )
            height, width = stroke.shape
            top, left = int(baseline - height + size * rng.uniform(-0.1, 0.18)), max(0, int(x))
            top = max(0, min(top, canvas.shape[0] - height))
            target = canvas[top : top + height, left : left + width]
            part = stroke[: target.shape[0], : target.shape[1]].astype(np.float32) / 255
            target[:] = np.minimum(target, 255 - part * (255 - ink)).astype(np.uint8)
            x = left + width + size * rng.uniform(-0.08, 0.12)
        return x + size * rng.uniform(-0.1, 0.35)

    def _spaced(
        self, pen: ImageDraw.ImageDraw, text: str, face: ImageFont.FreeTypeFont, start: tuple[float, float], ink: int
    ) -> None:
        """Justified text: words set one by one with narrower or wider spaces."""
        x, y = start
        space = face.getlength(" ")
        stretch = self.rng.uniform(-0.25, 0.1)
        for word in text.split(" "):
            pen.text((x, y), word, font=face, fill=ink)
            x += face.getlength(word) + space * (1 + stretch)

    def _neighbours(
        self, pen: ImageDraw.ImageDraw, face: ImageFont.FreeTypeFont, width: int, height: int, pad: list[int]
    ) -> None:
        """Tips of the lines above and below."""
        letters = "".join(self.rng.choice("ghpqyldbt ệợụẤỨ ,") for _ in range(width // max(8, int(face.size) // 2)))
        pen.text((0, -face.size * 1.08), letters, font=face, fill=60)
        pen.text((0, height - max(1, pad[3] // 2)), letters, font=face, fill=60)

    def degrade(self, grey: Grey) -> Grey:
        """As print, copier, seal, pen and scanner leave it."""
        rng = self.rng
        work = grey.astype(np.float32)
        if rng.random() < 0.35:
            work = self._weight(work)
        if rng.random() < 0.5:
            work = self._skew(work)
        if rng.random() < 0.16:
            work = self._strokes(work)
        if rng.random() < 0.7:
            work = cv2.GaussianBlur(work, (0, 0), rng.uniform(0.3, 1.0))
        if rng.random() < 0.12:
            work = _coarse(work, rng.uniform(0.5, 0.8))
        work = self._paper(work)
        if rng.random() < 0.75:
            work = work + self.noise.normal(0, rng.uniform(1, 14), work.shape)
        done = np.clip(work, 0, 255).astype(np.uint8)
        return self._stored(done)

    def _stored(self, grey: Grey) -> Grey:
        """As a one-bit copy, a JPEG, or as it is."""
        if self.rng.random() < 0.14:
            return self._one_bit(grey)
        return _jpeg(grey, self.rng.randint(25, 85)) if self.rng.random() < 0.5 else grey

    def _weight(self, work: NDArray[np.float32]) -> NDArray[np.float32]:
        kernel = np.ones((2, 2), np.uint8)
        thick = cv2.erode(work, kernel) if self.rng.random() < 0.45 else cv2.dilate(work, kernel)
        share = self.rng.uniform(0.2, 0.8)
        return work * (1 - share) + thick * share

    def _skew(self, work: NDArray[np.float32]) -> NDArray[np.float32]:
        height, width = work.shape
        rise = self.rng.uniform(-1, 1) * min(0.006 * width, 0.12 * height)
        shear = self.rng.uniform(-0.06, 0.06)
        matrix = np.array([[1, shear, -shear * height / 2], [rise / width, 1, -rise / 2]], np.float32)
        return cv2.warpAffine(work, matrix, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)

    def _strokes(self, work: NDArray[np.float32]) -> NDArray[np.float32]:
        """A seal's arc or a pen's stroke over the line: darker, as the red channel leaves it."""
        rng, (height, width) = self.rng, work.shape
        layer = np.full_like(work, 255)
        shade = rng.choice((60, 110, 190, 205, 220))
        for _ in range(rng.randint(1, 3)):
            radius = rng.randint(2 * height, 5 * height)
            centre = (rng.randint(0, width), rng.randint(-radius, height + radius))
            cv2.circle(layer, centre, radius, shade, rng.randint(1, 2 if shade < 150 else 5), cv2.LINE_AA)
        return np.minimum(work, layer)

    def _paper(self, work: NDArray[np.float32]) -> NDArray[np.float32]:
        rng, width = self.rng, work.shape[1]
        white = rng.uniform(190, 255) if rng.random() < 0.5 else rng.uniform(245, 255)
        black = rng.uniform(0, 90) if rng.random() < 0.4 else rng.uniform(0, 30)
        work = black + work * ((white - black) / 255)
        if rng.random() < 0.3:
            slope = np.linspace(rng.uniform(-18, 18), rng.uniform(-18, 18), width, dtype=np.float32)
            work = work + slope
        if rng.random() < 0.12:
            ghost = cv2.GaussianBlur(np.roll(work[::-1, ::-1], rng.randint(0, width), axis=1), (0, 0), 1.2)
            work = np.minimum(work, white - (white - ghost) * rng.uniform(0.08, 0.22))
        return work

    def _one_bit(self, grey: Grey) -> Grey:
        dark, light = (float(value) for value in np.percentile(grey, (1, 90)))
        level = dark + self.rng.uniform(0.45, 0.7) * (light - dark)
        bits = np.where(grey < level, 0, 255).astype(np.uint8)
        if self.rng.random() < 0.4:
            bits[self.noise.random(bits.shape) < 0.003] = 0
        return bits


def _coarse(work: NDArray[np.float32], factor: float) -> NDArray[np.float32]:
    small = cv2.resize(work, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.resize(small, (work.shape[1], work.shape[0]), interpolation=cv2.INTER_CUBIC), np.float32)


def _jpeg(grey: Grey, quality: int) -> Grey:
    data = cv2.imencode(".jpg", grey, [cv2.IMWRITE_JPEG_QUALITY, quality])[1]
    return np.asarray(cv2.imdecode(data, cv2.IMREAD_GRAYSCALE))


def png(grey: Grey) -> bytes:
    """The picture as a PNG file's bytes."""
    out = io.BytesIO()
    Image.fromarray(grey).save(out, "PNG")
    return out.getvalue()
