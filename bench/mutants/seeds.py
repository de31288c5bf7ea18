"""Sound files, one or two of each format, small so that five thousand of them can be read."""

from __future__ import annotations

import functools
import io
import random
import zipfile
from pathlib import Path

import pikepdf
from PIL import Image, ImageDraw, ImageFont

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
_FONT = "/usr/share/fonts/truetype/liberation/LiberationSerif-Regular.ttf"
LINES = (
    "ỦY BAN NHÂN DÂN XÃ ĐÔNG HÀ",
    "Số: 12/BC-UBND",
    "Đông Hà, ngày 05 tháng 3 năm 2021",
    "BÁO CÁO Kết quả Chương trình mỗi xã một sản phẩm",
    "Năm 2020 xã có 4 sản phẩm OCOP đạt 3 sao.",
)


def of(kind: str, chance: random.Random) -> bytes:
    """A sound file of this kind."""
    if kind in ("png", "jpeg", "tiff", "bmp", "gif", "webp"):
        return picture(kind)
    if kind == "pdf":
        return sample(chance.choice(("ke-hoach-pdf", "quyet-dinh-bang-pdf", "thong-bao-hoi-dong-pdf")))
    if kind == "docx":
        return sample(chance.choice(("quyet-dinh-docx", "cong-van-docx", "thong-bao-du-thao-docx")))
    return {
        "scan": scan,
        "html": html,
        "mhtml": mhtml,
        "doc": doc,
        "odt": odt,
        "rtf": rtf,
        "xlsx": xlsx,
        "zip": pack,
    }.get(kind, functools.partial(text, chance.choice(("utf-8", "utf-8-sig", "utf-16", "cp1258", "utf-16-le"))))()


@functools.cache
def sample(name: str) -> bytes:
    """A shipped sample's source."""
    return next(p for p in sorted((SAMPLES / name).glob("source.*")) if p.suffix != ".json").read_bytes()


@functools.cache
def _drawn() -> Image.Image:
    image = Image.new("L", (560, 170), 255)
    pen, font = ImageDraw.Draw(image), ImageFont.truetype(_FONT, 20)
    for number, line in enumerate(LINES):
        pen.text((20, 12 + 30 * number), line, fill=0, font=font)
    return image


@functools.cache
def picture(kind: str) -> bytes:
    """A small picture of a few printed lines."""
    out = io.BytesIO()
    if kind == "tiff":
        _drawn().save(out, "TIFF", save_all=True, append_images=[_drawn()], dpi=(150, 150))
    else:
        _drawn().convert("RGB").save(out, kind, dpi=(150, 150))
    return out.getvalue()


@functools.cache
def scan() -> bytes:
    """A PDF whose page is a picture."""
    out = io.BytesIO()
    _drawn().save(out, "PDF", resolution=150.0)
    return out.getvalue()


@functools.cache
def plain_pdf() -> bytes:
    """A PDF without compression, so that tricks can be put into its text."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(sample("ke-hoach-pdf"))) as pdf:
        pdf.save(out, qdf=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return out.getvalue()


@functools.cache
def text(encoding: str = "utf-8") -> bytes:
    """A document as plain text."""
    return "\n\n".join(LINES).encode(encoding, "replace")


@functools.cache
def html() -> bytes:
    """A saved page with a table."""
    rows = "".join(f"<tr><td>{n}<td>Trà sen {n}<td rowspan=1>HTX Đông Hà<td>{n % 3 + 3} sao</tr>" for n in range(9))
    body = "".join(f"<p>{line}</p>" for line in LINES)
    head = "<!DOCTYPE html><html><head><meta charset=utf-8></head>"
    return f"{head}<body>{body}<table>{rows}</table></body></html>".encode()


@functools.cache
def mhtml() -> bytes:
    """A page saved as one file."""
    head = b'From: <a@example.org>\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary="----b"\n\n------b\n'
    return (
        head
        + b"Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n"
        + html()
        + b"\n------b--\n"
    )


def doc() -> bytes:
    """The first sectors of an old Word file: enough to be taken for one."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "WordDocument".encode("utf-16-le") + bytes(3000)


@functools.cache
def odt() -> bytes:
    """An OpenDocument text."""
    body = "".join(f"<text:p>{line}</text:p>" for line in LINES)
    space = "urn:oasis:names:tc:opendocument:xmlns"
    names = f'xmlns:office="{space}:office:1.0" xmlns:text="{space}:text:1.0"'
    content = (
        f'<?xml version="1.0"?><office:document-content {names} office:version="1.2"><office:body><office:text>{body}'
        "</office:text></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.text"
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    return zipped(
        {"mimetype": kind.encode(), "content.xml": content.encode(), "META-INF/manifest.xml": manifest.encode()}
    )


@functools.cache
def rtf() -> bytes:
    """Rich text."""
    coded = "".join(c if ord(c) < 128 else f"\\u{ord(c)}?" for c in "\\par\n".join(LINES))
    return ("{\\rtf1\\ansi{\\fonttbl{\\f0 Times New Roman;}}\\f0 " + coded + "}").encode("ascii")


@functools.cache
def xlsx() -> bytes:
    """A workbook: not read, and it must say so."""
    import openpyxl

    book, out = openpyxl.Workbook(), io.BytesIO()
    book.active.append(list(LINES))
    book.save(out)
    return out.getvalue()


@functools.cache
def pack() -> bytes:
    """An archive of documents, as a backfill takes it."""
    return zipped({"2021/báo cáo.txt": text(), "2021/tờ.html": html(), "a.pdf": sample("ke-hoach-pdf")})


def zipped(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP of these members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name, (2021, 1, 1, 0, 0, 0)), data, method)
    return out.getvalue()
