"""One short invented letter, and the files that hide it: what each trap is made of."""

from __future__ import annotations

import functools
import io
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pikepdf
import pypdfium2
from numpy.typing import NDArray
from PIL import Image

from samples.generator import Spec
from samples.generator.pdf import write_pdf

Pixels = NDArray[np.uint8]
DPI = 200

LETTER: dict[str, Any] = {
    "id": "bay",
    "parent": ["ỦY BAN NHÂN DÂN TỈNH HÀ GIANG"],
    "agency": ["SỞ CÔNG THƯƠNG"],
    "number": "683",
    "symbol": "KH-SCT",
    "place": "Hà Giang",
    "date": "2023-06-17",
    "type_word": "KẾ HOẠCH",
    "subject": "Hỗ trợ chủ thể đưa sản phẩm lên sàn thương mại điện tử năm 2023",
    "body": [
        {"text": "Thực hiện chương trình công tác năm 2023, Sở Công Thương lập kế hoạch hỗ trợ các chủ thể như sau:"},
        {"heading": "I. MỤC ĐÍCH, YÊU CẦU"},
        {"text": "Giúp người dân tiêu thụ nông sản thuận lợi hơn, giảm khâu trung gian, nâng cao thu nhập."},
        {"text": "Việc hỗ trợ phải đúng đối tượng, công khai, tiết kiệm và có kiểm tra thường xuyên."},
    ],
    "recipients": ["UBND tỉnh", "UBND các huyện, thành phố", "Lưu: VT, QLTM."],
    "signature": ["GIÁM ĐỐC"],
    "signer": "Lục Thị Hồng Nhiên",
    "truth": {},
}


def letter(**changes: Any) -> Spec:
    """The letter with other values."""
    return Spec.from_dict({**LETTER, **changes})


def pdf(spec: Spec, *, ink: bool = False) -> bytes:
    """Born digital."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.pdf"
        write_pdf(spec, path, ink=ink)
        return path.read_bytes()


@functools.cache
def _pictures(data: bytes) -> tuple[Pixels, ...]:
    document = pypdfium2.PdfDocument(data)
    pages = tuple(np.ascontiguousarray(page.render(scale=DPI / 72).to_numpy()[:, :, 2::-1]) for page in document)
    document.close()
    return pages


def pictures(spec: Spec, *, ink: bool = False) -> list[Pixels]:
    """The pages as RGB pictures at `DPI`."""
    return [page.copy() for page in _pictures(pdf(spec, ink=ink))]


def scanned(pages: Sequence[Pixels], kind: str = "PDF") -> bytes:
    """A PDF (or TIFF) of pictures without any text."""
    out = io.BytesIO()
    first, *rest = [Image.fromarray(page) for page in pages]
    options: dict[str, Any] = {"resolution": DPI, "quality": 85} if kind == "PDF" else {"dpi": (DPI, DPI)}
    first.save(out, kind, save_all=True, append_images=rest, **options)
    return out.getvalue()


def changed(data: bytes, change: Any) -> bytes:
    """A PDF after `change(pdf)`."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as document:
        change(document)
        document.save(out)
    return out.getvalue()


def stamp(
    page: Pixels, lines: Sequence[str], at: tuple[int, int], size: int = 34, ink: tuple[int, int, int] = (205, 40, 50)
) -> None:
    """Sets lines of text in a frame on the page, as a rubber stamp does (`at`: left and top in pixels)."""
    from PIL import ImageDraw, ImageFont

    face = ImageFont.truetype("/usr/share/fonts/truetype/croscore/Arimo-Bold.ttf", size)
    width = int(max(face.getlength(line) for line in lines)) + 40
    image = Image.fromarray(page)
    pen = ImageDraw.Draw(image)
    pen.rectangle((at[0], at[1], at[0] + width, at[1] + int(1.4 * size * len(lines)) + 24), outline=ink, width=4)
    for row, line in enumerate(lines):
        pen.text((at[0] + 20, at[1] + 10 + int(1.4 * size * row)), line, font=face, fill=ink)
    page[:] = np.asarray(image)


def uneven(page: Pixels, darkest: float = 0.3) -> Pixels:
    """Light that falls off to the lower right, on grey, noisy paper."""
    height, width = page.shape[:2]
    y, x = np.mgrid[0 : 1 : complex(height), 0 : 1 : complex(width)]
    lit = page * (1 - (1 - darkest) * (x + y) / 2)[:, :, None]
    noise = np.random.default_rng(5).normal(0, 7, (height, width, 1))
    return np.clip(lit + noise, 0, 255).astype(np.uint8)


def through(page: Pixels, back: Pixels, strength: float) -> Pixels:
    """The back of the sheet shines through, mirrored."""
    ghost = cv2.GaussianBlur(back[:, ::-1], (0, 0), 1.6).astype(np.float32)
    return np.clip(page - strength * (255 - ghost), 0, 255).astype(np.uint8)


def tilted(page: Pixels, degrees: float) -> Pixels:
    """Laid on the glass at an angle."""
    height, width = page.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), -degrees, 1.0)
    return np.asarray(
        cv2.warpAffine(page, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=(255, 255, 255)), np.uint8
    )
