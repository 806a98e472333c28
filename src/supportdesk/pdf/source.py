"""A PDF of other people, opened with limits. All of this is called within `guard.reading`.

Only as safe as its process: see `apart`.
"""

import io

from pypdf import PageObject, PdfReader
from pypdf.generic import ArrayObject, BooleanObject, DictionaryObject, IndirectObject, NullObject, PdfObject

from supportdesk.domain.documents import DocumentLimits
from supportdesk.domain.errors import (
    DocumentDamaged,
    DocumentDynamic,
    DocumentEncrypted,
    DocumentTooLarge,
)
from supportdesk.pdf.geometry import Frame, Rectangle, frame_of, rectangle_of

_HEAD_BYTES = 1024
_MAX_PARENTS = 32


class Source:
    def __init__(self, data: bytes, limits: DocumentLimits) -> None:
        if len(data) > limits.max_bytes:
            raise DocumentTooLarge
        if b"%PDF-" not in data[:_HEAD_BYTES]:
            raise DocumentDamaged
        self.reader = PdfReader(io.BytesIO(data))
        if self.reader.is_encrypted:
            raise DocumentEncrypted
        self.root = dictionary(self.reader.trailer.get("/Root"))
        self.form = dictionary(self.root.get("/AcroForm"))
        self.pages: list[PageObject] = _pages(self.reader, limits)
        self.frames: list[Frame] = [_frame(page, limits) for page in self.pages]
        if "/XFA" in self.form and (not array(self.form.get("/Fields")) or self._needs_rendering):
            raise DocumentDynamic

    @property
    def _needs_rendering(self) -> bool:
        wish = plain(self.root.get("/NeedsRendering"))
        return isinstance(wish, BooleanObject) and wish.value


def _pages(reader: PdfReader, limits: DocumentLimits) -> list[PageObject]:
    pages: list[PageObject] = []
    for page in reader.pages:
        pages.append(page)
        if len(pages) > limits.max_pages:
            raise DocumentTooLarge
    if not pages:
        raise DocumentDamaged
    return pages


def _frame(page: PageObject, limits: DocumentLimits) -> Frame:
    frame = frame_of(_rectangle(page, "/MediaBox"), _rectangle(page, "/CropBox"), number(page.get("/Rotate")))
    if max(frame.size.width, frame.size.height) > limits.max_points:
        raise DocumentTooLarge
    return frame


def _rectangle(page: PageObject, key: str) -> Rectangle | None:
    corners = array(page.get(key))
    return rectangle_of([plain(corner) for corner in corners]) if corners else None


def plain(value: object) -> object:
    """What a reference leads to; None for null and for a reference into the void."""
    for _step in range(_MAX_PARENTS):
        if not isinstance(value, IndirectObject):
            return None if isinstance(value, NullObject) else value
        value = value.get_object()
    raise DocumentDamaged


def dictionary(value: object) -> DictionaryObject:
    """Empty when it is none."""
    found = plain(value)
    return found if isinstance(found, DictionaryObject) else DictionaryObject()


def array(value: object) -> list[PdfObject]:
    """Empty when it is none."""
    found = plain(value)
    return list(found) if isinstance(found, ArrayObject) else []


def text(value: object) -> str:
    """A string or name (with its '/'); '' when it is neither."""
    found = plain(value)
    return str(found) if isinstance(found, str) else ""


def number(value: object, default: float = 0.0) -> float:
    found = plain(value)
    return float(found) if isinstance(found, (int, float)) else default


def inherited(node: DictionaryObject, key: str) -> object:
    """The entry of a field or of the nearest of its parents."""
    for _step in range(_MAX_PARENTS):
        if key in node:
            return plain(node[key])
        node = dictionary(node.get("/Parent"))
        if not node:
            break
    return None
