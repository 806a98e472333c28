"""Pages as pictures, and where words stand on them, by PDFium.

Only what is drawn is shown, stamps and fixed fields included; what a PDF could do (scripts, forms of its own,
links) is off. PDFium is not made for several threads, so every call here waits for the one before. It has no
limits either: a file of other people is for `apart.read` first.
"""

import ctypes
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from supportdesk.domain.documents import LIMITS, Box, PageSize
from supportdesk.domain.errors import DocumentDamaged, DocumentEncrypted, DocumentTooLarge
from supportdesk.pdf import guard

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage, PdfTextPage

MAX_PIXELS = 40_000_000
"""Of one picture; a page that would be larger comes in a lower resolution."""
_MAX_FOUND = 1_000
_SMALL = 0.25
"""Pixels a point."""
_FINE = 16
"""Of a point: PDFium tells places as whole numbers."""
_pdfium = threading.RLock()


@dataclass(frozen=True, slots=True)
class PagePicture:
    """`bgrx`: four bytes a pixel (blue, green, red, nothing), line by line without gaps."""

    width: int
    height: int
    bgrx: bytes


@dataclass(frozen=True, slots=True)
class Passage:
    """A place where the words stand that were looked for: one box for each line."""

    page: int
    boxes: tuple[Box, ...]


class Pages:
    """An open document. Any thread, one after the other. `close` must be called."""

    def __init__(self, data: bytes) -> None:
        """Raises DocumentUnusable or one of its kinds."""
        with _pdfium, guard.reading():
            self._document = _opened(data)
            try:
                self.sizes = _sizes(self._document)
            except BaseException:
                self._document.close()
                raise

    def render(self, page: int, pixels_per_point: float) -> PagePicture:
        """The page on white. Raises DocumentDamaged."""
        with _pdfium, guard.reading():
            size = self.sizes[page]
            scale = min(pixels_per_point, (MAX_PIXELS / (size.width * size.height)) ** 0.5)
            sheet = self._document[page]
            try:
                bitmap = sheet.render(scale=scale, may_draw_forms=False, force_bitmap_format=_bgrx())
                picture = PagePicture(bitmap.width, bitmap.height, bytes(bitmap.buffer))
                bitmap.close()
            finally:
                sheet.close()
            return picture

    def find(self, text: str) -> tuple[Passage, ...]:
        """Where `text` stands, whatever its case, from the first page on; not more than a thousand."""
        found: list[Passage] = []
        for page in range(len(self.sizes) if text.strip() else 0):
            with _pdfium, guard.reading():  # page by page, so that others can paint in between
                found += _passages(self._document, page, text, _MAX_FOUND - len(found))
            if len(found) >= _MAX_FOUND:
                break
        return tuple(found)

    def look_through(self) -> None:
        """Paints each page, small, and reads its words, as showing and searching do. Errors of documents."""
        for page in range(len(self.sizes)):
            self.render(page, _SMALL)
            with _pdfium, guard.reading():
                _passages(self._document, page, "/", 1)

    def close(self) -> None:
        with _pdfium:
            self._document.close()


def _opened(data: bytes) -> "PdfDocument":
    import pypdfium2
    from pypdfium2 import raw

    if len(data) > LIMITS.max_bytes:
        raise DocumentTooLarge
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD
        raise (DocumentEncrypted if locked else DocumentDamaged) from error


def _sizes(document: "PdfDocument") -> tuple[PageSize, ...]:
    if not len(document):
        raise DocumentDamaged
    if len(document) > LIMITS.max_pages:
        raise DocumentTooLarge
    sizes = tuple(PageSize(*document.get_page_size(page)) for page in range(len(document)))
    if any(not 0 < edge <= LIMITS.max_points for size in sizes for edge in (size.width, size.height)):
        raise DocumentTooLarge
    return sizes


def _bgrx() -> int:
    from pypdfium2 import raw

    return int(raw.FPDFBitmap_BGRx)


def _passages(document: "PdfDocument", page: int, text: str, most: int) -> list[Passage]:
    sheet = document[page]
    words = sheet.get_textpage()
    found: list[Passage] = []
    try:
        search = words.search(text)
        while len(found) < most and (hit := search.get_next()) is not None:
            found.append(Passage(page, _boxes(sheet, words, *hit)))
        search.close()
    finally:
        words.close()
        sheet.close()
    return found


def _boxes(sheet: "PdfPage", words: "PdfTextPage", first: int, count: int) -> tuple[Box, ...]:
    lines = (words.get_rect(line) for line in range(words.count_rects(first, count)))
    return tuple(_displayed(sheet, *line) for line in lines)


def _displayed(sheet: "PdfPage", left: float, bottom: float, right: float, top: float) -> Box:
    """From the page's own coordinates to those in which it is shown."""
    (x0, y0), (x1, y1) = _point(sheet, left, top), _point(sheet, right, bottom)
    return Box(min(x0, x1), min(y0, y1), abs(x1 - x0), abs(y1 - y0))


def _point(sheet: "PdfPage", x: float, y: float) -> tuple[float, float]:
    from pypdfium2 import raw

    width, height = (round(edge * _FINE) for edge in sheet.get_size())
    across, down = ctypes.c_int(), ctypes.c_int()
    raw.FPDF_PageToDevice(sheet, 0, 0, width, height, 0, x, y, across, down)
    return across.value / _FINE, down.value / _FINE
