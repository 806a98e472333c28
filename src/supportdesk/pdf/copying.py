"""Copies what a page needs to be drawn, and nothing that could act.

Copied is only what is reached from contents, resources and appearances. On the way everything is left out
that leads elsewhere: other pages, annotations, actions, files, streams whose data lies in another file.
"""

import io

from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    PdfObject,
    StreamObject,
    TextStringObject,
)

from supportdesk.domain.errors import DocumentDamaged
from supportdesk.pdf.book import Book, reference
from supportdesk.pdf.source import text

_MAX_DEPTH = 60
_MAX_OBJECTS = 100_000
_ELSEWHERE = {
    "/Action",
    "/Annot",
    "/Catalog",
    "/EmbeddedFile",
    "/F",
    "/Filespec",
    "/Page",
    "/Pages",
    "/Sig",
    "/StructElem",
    "/StructTreeRoot",
}
_ACTIONS = {
    "/GoToE",
    "/GoToR",
    "/Hide",
    "/ImportData",
    "/JavaScript",
    "/Launch",
    "/Movie",
    "/Named",
    "/Rendition",
    "/ResetForm",
    "/RichMediaExecute",
    "/Sound",
    "/SubmitForm",
    "/URI",
}
# In dictionaries of streams: data in other files, programs, and what is about a whole document.
_NOT_IN_STREAMS = {
    "/AF",
    "/F",
    "/FDecodeParms",
    "/FFilter",
    "/LastModified",
    "/Length",
    "/Metadata",
    "/OPI",
    "/PS",
    "/PieceInfo",
    "/Ref",
    "/StructParent",
    "/StructParents",
}


class Copier:
    """From one opened PDF into one book; what is shared there is shared here."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._numbers: dict[tuple[int, int], int] = {}
        self._waiting: list[tuple[int, IndirectObject]] = []

    def value(self, found: PdfObject) -> bytes:
        """As it is written; what it refers to is copied as well. Raises DocumentDamaged without an end."""
        written = self._written(found, 0)
        while self._waiting:
            number, there = self._waiting.pop()
            self._book.put(number, self._object(there.get_object()))
        return written

    def _object(self, found: PdfObject | None) -> bytes:
        if found is None:
            return b"null"
        if not isinstance(found, StreamObject):
            return self._written(found, 0)
        if "/PS" in (text(found.get("/Subtype")), text(found.get("/Subtype2"))) or _leads_away(found):
            return b"null"
        data = found._data  # noqa: SLF001 - pypdf has no other way to data as it is encoded
        kept = {key: value for key, value in found.items() if key not in _NOT_IN_STREAMS}
        head = self._written(DictionaryObject(kept), 0)[:-2]
        return b"%s /Length %d >>\nstream\n%s\nendstream" % (head, len(data), data)

    def _written(self, found: PdfObject, depth: int) -> bytes:
        if depth > _MAX_DEPTH:
            raise DocumentDamaged
        match found:
            case IndirectObject():
                return reference(self._number(found))
            case StreamObject():
                return b"null"  # streams are never direct
            case DictionaryObject():
                if _leads_away(found):
                    return b"null"
                names = (NameObject(key).renumber() for key in found)
                values = (self._written(each, depth + 1) for each in found.values())
                return b"<< %s >>" % b" ".join(b"%s %s" % pair for pair in zip(names, values, strict=True))
            case ArrayObject():
                return b"[%s]" % b" ".join(self._written(each, depth + 1) for each in found)
            case _:
                return _simple(found)

    def _number(self, there: IndirectObject) -> int:
        place = (there.idnum, there.generation)
        if place not in self._numbers:
            if len(self._numbers) >= _MAX_OBJECTS:
                raise DocumentDamaged
            self._numbers[place] = self._book.reserve()
            self._waiting.append((self._numbers[place], there))
        return self._numbers[place]


def _leads_away(found: DictionaryObject) -> bool:
    return text(found.get("/Type")) in _ELSEWHERE or text(found.get("/S")) in _ACTIONS


def _simple(found: PdfObject) -> bytes:
    if isinstance(found, TextStringObject):
        return b"<%s>" % found.original_bytes.hex().encode()  # text, or bytes that were taken for text
    out = io.BytesIO()
    found.write_to_stream(out)
    return out.getvalue()
