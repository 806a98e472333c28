"""A PDF that is written from nothing, object by object."""

import hashlib
import zlib
from collections.abc import Sequence

_HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"


class Book:
    """Objects have numbers from 1; the first one is the catalogue. The same objects make the same bytes."""

    CATALOGUE = 1
    PAGES = 2

    def __init__(self) -> None:
        self._bodies: list[bytes] = [b"", b""]
        self._pages: list[int] = []

    def reserve(self) -> int:
        """The number of an object that is written later, because others refer to it first."""
        self._bodies.append(b"null")
        return len(self._bodies)

    def put(self, number: int, body: bytes) -> None:
        self._bodies[number - 1] = body

    def add(self, body: bytes) -> int:
        self._bodies.append(body)
        return len(self._bodies)

    def add_stream(self, entries: bytes, data: bytes) -> int:
        """`entries` are those of the stream's dictionary, without the ones about its encoding."""
        packed = zlib.compress(data)
        head = b"<< %s /Filter /FlateDecode /Length %d >>" % (entries, len(packed))
        return self.add(b"%s\nstream\n%s\nendstream" % (head, packed))

    def add_page(self, entries: bytes, number: int | None = None) -> int:
        """`number` is one that was reserved."""
        page = self.reserve() if number is None else number
        self.put(page, b"<< /Type /Page /Parent %d 0 R %s >>" % (self.PAGES, entries))
        self._pages.append(page)
        return page

    def finish(self, catalogue: bytes = b"", information: bytes = b"") -> bytes:
        """The file. `catalogue` and `information` are entries besides the necessary ones."""
        kids = b" ".join(reference(page) for page in self._pages)
        self.put(self.CATALOGUE, b"<< /Type /Catalog /Pages %d 0 R %s >>" % (self.PAGES, catalogue))
        self.put(self.PAGES, b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(self._pages), kids))
        about = self.add(b"<< %s >>" % information)
        out = bytearray(_HEADER)
        offsets = []
        for number, body in enumerate(self._bodies, start=1):
            offsets.append(len(out))
            out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
        out += _end(bytes(out), offsets, about)
        return bytes(out)


def reference(number: int) -> bytes:
    return b"%d 0 R" % number


def text_string(text: str) -> bytes:
    """As a string outside content streams, in any script."""
    return b"<" + (b"\xfe\xff" + text.encode("utf-16-be", "replace")).hex().encode() + b">"


def _end(body: bytes, offsets: Sequence[int], about: int) -> bytes:
    size = len(offsets) + 1
    name = hashlib.sha256(body).hexdigest()[:32].encode()
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    trailer = b"<< /Size %d /Root %d 0 R /Info %d 0 R /ID [<%s> <%s>] >>" % (
        size,
        Book.CATALOGUE,
        about,
        name,
        name,
    )
    return b"xref\n0 %d\n0000000000 65535 f \n%strailer\n%s\nstartxref\n%d\n%%%%EOF\n" % (
        size,
        table,
        trailer,
        len(body),
    )
