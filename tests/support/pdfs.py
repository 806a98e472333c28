"""PDFs made for tests: forms, hostile ones, and what tells what stands on a page."""

import io
import struct
import zlib
from collections.abc import Iterable

from pypdf import PdfReader, PdfWriter

from supportdesk.domain.catalogue import FieldKind
from supportdesk.domain.documents import Box, DocumentField, DocumentForm, PageSize, SignaturePlace
from supportdesk.pdf.book import Book
from supportdesk.pdf.composing import compose
from supportdesk.pdf.drawing import Drawing

A4 = PageSize(595.0, 842.0)
PLACE = SignaturePlace(1, Box(60.0, 700.0, 220.0, 60.0))


def asked(name: str, kind: FieldKind, y: float, **more: object) -> DocumentField:
    """A field on the first page, unless `more` says otherwise."""
    known: dict[str, object] = {
        "page": 0,
        "box": Box(60.0, y, 200.0, 20.0),
        "label": name.capitalize(),
        **more,
    }
    return DocumentField(name=name, kind=kind, **known)  # type: ignore[arg-type]


FORM = DocumentForm(
    pages=(A4, A4),
    fields=(
        asked("start", FieldKind.DATE, 100, required=True),
        asked("number", FieldKind.TEXT, 140, required=True, max_chars=30, value="A 17"),
        asked("terms", FieldKind.CHECKBOX, 180, required=True, box=Box(60.0, 180.0, 12.0, 12.0), value="no"),
        asked("pay", FieldKind.CHOICE, 220, choices=(("m", "monthly"), ("y", "jährlich"))),
        asked("notes", FieldKind.MULTILINE, 100, page=1, box=Box(60.0, 100.0, 200.0, 80.0), max_chars=200),
    ),
    place=PLACE,
)
ANSWERS = {"start": "2026-12-01", "terms": "yes", "pay": "y", "notes": "Größe: 30 €\nÄÖÜ äöü ß"}


def form_pdf(form: DocumentForm = FORM) -> bytes:
    drawings = [Drawing(page.height) for page in form.pages]
    for number, drawing in enumerate(drawings, start=1):
        drawing.text(60, 60, f"Page {number} of the vendor", 14)
    return compose(form, drawings, title="Offer", language="de", date_format="dd.mm.yyyy")


def raw_pdf(
    objects: Iterable[bytes] = (),
    *,
    page: bytes = b"/MediaBox [0 0 200 300]",
    catalogue: bytes = b"",
    content: bytes = b"",
) -> bytes:
    """One page. The `objects` have the numbers from 3, the page comes after them and the content last."""
    book = Book()
    for each in objects:
        book.add(each)
    there = book.reserve()
    contents = b"/Contents %d 0 R" % book.add_stream(b"", content) if content else b""
    book.add_page(page + b" " + contents, there)
    return book.finish(catalogue)


def png(width: int, height: int, *, colour: int = 6, pixel: bytes = b"\x10\x20\x80\xff") -> bytes:
    """In one colour; `colour` is the colour type of PNG, to which `pixel` has to fit."""
    rows = (b"\0" + pixel * width) * height
    head = struct.pack(">IIBBBBB", width, height, 8, colour, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*part) for part in parts)


def encrypted(pdf: bytes, password: str = "") -> bytes:
    """With no `password` everybody may open it, as most encrypted PDFs: only the owner has one."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf)))
    writer.encrypt(password, "secret", algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def everything_in(pdf: bytes) -> bytes:
    """The file with its compressed parts unpacked, to look for what must not be in it."""
    found = bytearray(pdf)
    start = 0
    while (start := pdf.find(b"stream\n", start)) >= 0:
        start += len(b"stream\n")
        try:
            found += zlib.decompressobj().decompress(pdf[start:], 10_000_000)
        except zlib.error:
            continue
    return bytes(found)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
