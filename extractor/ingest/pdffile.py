"""An open PDF: repair, passwords, limits, signature widgets, page pictures. Never writes to the file."""

from __future__ import annotations

import ctypes
import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pikepdf
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from extractor.document import BBox
from extractor.errors import CorruptError, EncryptedError, InputError, TooLargeError
from extractor.ingest import stamps
from extractor.ingest.pdfwords import Frame, words
from extractor.ingest.source import Source
from extractor.ocr.page import Scan

LOCK = threading.RLock()
"""pdfium is not thread-safe: one thread at a time, in the whole process."""

DPI = 200.0
_BILEVEL_DPI = 300.0
_FULL_PAGE = 0.5  # share of the page that a scan's picture covers at least


class PdfFile:
    """A PDF's pages with e-signature stamps taken off and every other widget drawn in."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self.data, self._document = _open(source)
        self._stamps: dict[int, list[BBox]] = {}
        self._probe: pdfium.PdfDocument | None = None
        self._forms = self._document.get_formtype() != raw.FORMTYPE_NONE
        if self._forms:
            self._document.init_forms()
        if len(self._document) > source.limits.pages:
            raise TooLargeError(
                f"{source.filename}: có {len(self._document)} trang, quá giới hạn {source.limits.pages} trang.",
                hint="Tách tệp thành nhiều phần rồi gửi từng phần.",
            )

    def __len__(self) -> int:
        return len(self._document)

    def close(self) -> None:
        """Frees what pdfium holds."""
        if self._probe is not None:
            self._probe.close()
        self._document.close()

    @contextmanager
    def page(self, index: int) -> Iterator[pdfium.PdfPage]:
        """A page ready for text and picture; raises pdfium.PdfiumError for a broken one, TooLargeError for a giant."""
        page = self._document[index]
        try:
            self._check_size(page, index)
            if self._forms and raw.FPDFPage_GetAnnotCount(page):
                page = self._cleaned(page, index)
            yield page
        finally:
            page.close()

    def scan(self, page: pdfium.PdfPage) -> Scan:
        """The page as pixels, as a viewer shows it."""
        bilevel, source_dpi = picture_kind(page)
        dpi = _BILEVEL_DPI if bilevel and source_dpi >= 250 else DPI
        width, height = page.get_size()
        pixels = width * height * (dpi / 72) ** 2
        if pixels > self._source.limits.page_pixels:
            dpi *= (self._source.limits.page_pixels / pixels) ** 0.5
        bitmap = page.render(scale=dpi / 72, may_draw_forms=self._forms, rev_byteorder=True)
        try:
            return Scan(bitmap.to_numpy()[:, :, :3].copy(), dpi, bilevel)
        finally:
            bitmap.close()

    def signatures(self) -> int:
        """How many signature fields carry a signature."""
        return int(max(0, raw.FPDF_GetSignatureCount(self._document)))

    def stamps_of(self, index: int) -> list[BBox]:
        """Where e-signature stamps stood that were taken off a page, in points of the page as shown."""
        return self._stamps.get(index, [])

    def _check_size(self, page: pdfium.PdfPage, index: int) -> None:
        side = max(page.get_size())
        if side > self._source.limits.page_side:
            raise TooLargeError(
                f"{self._source.filename}: trang {index + 1} dài {side:.0f} điểm, quá giới hạn.",
                hint="Kiểm tra lại khổ giấy của tệp PDF rồi xuất lại.",
            )

    def _cleaned(self, page: pdfium.PdfPage, index: int) -> pdfium.PdfPage:
        """The page without e-signature stamps, its other widgets made part of the page (in memory only)."""
        widgets = _widgets(page)
        if not widgets:
            return page
        texts = self._widget_texts(index, [box for _, box in widgets])
        self._stamps[index] = []
        for (place, box), text in sorted(zip(widgets, texts, strict=True), reverse=True):
            if stamps.is_stamp(text):
                raw.FPDFPage_RemoveAnnot(page, place)
                self._stamps[index].append(box)
        page.flatten()
        page.close()
        return self._document[index]

    def _widget_texts(self, index: int, boxes: list[BBox]) -> list[str]:
        """What stands in the widgets alone: the words that flattening a copy adds, by place."""
        if self._probe is None:
            self._probe = pdfium.PdfDocument(self.data, password=self._source.password)
            self._probe.init_forms()
        page = self._probe[index]
        before = {(word.text, word.bbox) for word in words(page)}
        page.flatten()
        page.close()
        page = self._probe[index]
        added = [word for word in words(page) if (word.text, word.bbox) not in before]
        page.close()
        return [" ".join(word.text for word in added if box.contains(word.bbox, 2.0)) for box in boxes]


def _widgets(page: pdfium.PdfPage) -> list[tuple[int, BBox]]:
    frame, found, rect = Frame.of(page), [], raw.FS_RECTF()
    for place in range(raw.FPDFPage_GetAnnotCount(page)):
        annotation = raw.FPDFPage_GetAnnot(page, place)
        if annotation and raw.FPDFAnnot_GetSubtype(annotation) == raw.FPDF_ANNOT_WIDGET:
            raw.FPDFAnnot_GetRect(annotation, rect)
            found.append((place, frame.shown(rect.left, rect.bottom, rect.right, rect.top)))
        raw.FPDFPage_CloseAnnot(annotation)
    return found


def picture_kind(page: pdfium.PdfPage) -> tuple[bool, float]:
    """Whether the page is one picture of one bit a pixel, and that picture's resolution (0.0 without one)."""
    width, height = page.get_size()
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = item.get_bounds()
        if (right - left) * (top - bottom) >= _FULL_PAGE * width * height:
            about = raw.FPDF_IMAGEOBJ_METADATA()
            if raw.FPDFImageObj_GetImageMetadata(item, page, ctypes.byref(about)):
                return about.bits_per_pixel == 1, float(about.horizontal_dpi)
    return False, 0.0


def _open(source: Source) -> tuple[bytes, pdfium.PdfDocument]:
    try:
        return source.data, _load(source, source.data)
    except pdfium.PdfiumError as error:
        repaired = _repaired(source)
        try:
            return repaired, _load(source, repaired)
        except pdfium.PdfiumError:
            raise corrupt(source) from error


def _load(source: Source, data: bytes) -> pdfium.PdfDocument:
    try:
        document = pdfium.PdfDocument(data, password=source.password)
    except pdfium.PdfiumError as error:
        if raw.FPDF_GetLastError() == raw.FPDF_ERR_PASSWORD or "password" in str(error).lower():
            raise _encrypted(source) from error
        raise
    if len(document) == 0:
        document.close()
        raise pdfium.PdfiumError("no pages")
    return document


def _repaired(source: Source) -> bytes:
    try:
        with pikepdf.open(io.BytesIO(source.data), password=source.password or "") as broken:
            out = io.BytesIO()
            broken.save(out)
            return out.getvalue()
    except pikepdf.PasswordError as error:
        raise _encrypted(source) from error
    except (pikepdf.PdfError, RuntimeError, ValueError, OSError) as error:
        raise corrupt(source) from error


def _encrypted(source: Source) -> InputError:
    if source.password:
        return EncryptedError(f"{source.filename}: mật khẩu không đúng.", hint="Kiểm tra lại mật khẩu (--password).")
    return EncryptedError(
        f"{source.filename}: tệp được bảo vệ bằng mật khẩu.", hint="Chạy lại với --password MẬT_KHẨU."
    )


def corrupt(source: Source) -> InputError:
    """The error of a file that lost what it held."""
    return CorruptError(
        f"{source.filename}: tệp PDF bị hỏng hoặc tải chưa hết, không sửa được.",
        hint="Lấy lại tệp từ nơi lưu gốc hoặc quét lại.",
    )
