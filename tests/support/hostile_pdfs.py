"""PDFs that want to do harm, and mutations of ones that don't."""

import random
import re
import zlib
from collections.abc import Callable, Iterator

from supportdesk.pdf.book import Book
from tests.support.pdfs import raw_pdf

_BOX = b"/MediaBox [0 0 200 300]"
_WIDGET = b"<< /Type /Annot /Subtype /Widget /Rect [20 250 120 270] %s >>"


def spaces(size_mb: int, layers: int = 1) -> bytes:
    """A page of nothing else, packed again and again."""
    return raw_pdf([_swelling(size_mb, layers, b"")], page=_BOX + b" /Contents 3 0 R")


def _swelling_drawing() -> bytes:
    """Who copies the page has no need to unpack it."""
    drawing = _swelling(1024, 1, b"/Type /XObject /Subtype /Form /BBox [0 0 9 9]")
    return raw_pdf([drawing], page=_BOX + b" /Resources << /XObject << /X 3 0 R >> >>", content=b"/X Do")


def _swelling(size_mb: int, layers: int, entries: bytes) -> bytes:
    packer = zlib.compressobj(9)
    megabyte = b" " * 2**20
    packed = b"".join(packer.compress(megabyte) for _part in range(size_mb)) + packer.flush()
    for _layer in range(layers - 1):
        packed = zlib.compress(packed, 9)
    filters = b" ".join([b"/FlateDecode"] * layers)
    head = b"<< %s /Length %d /Filter [%s] >>" % (entries, len(packed), filters)
    return b"%s\nstream\n%s\nendstream" % (head, packed)


def _xref_loop() -> bytes:
    plain = raw_pdf()
    start = int(plain.rsplit(b"startxref", 1)[1].split()[0])
    return plain.replace(b"/Info", b"/Prev %d /Info" % start)


def _page_loop() -> bytes:
    return raw_pdf().replace(b"/Kids [3 0 R]", b"/Kids [2 0 R]")


def _same_page(times: int) -> bytes:
    return raw_pdf().replace(b"/Kids [3 0 R]", b"/Kids [%s]" % (b"3 0 R " * times))


def _parent_loop() -> bytes:
    return _form([_WIDGET % b"/T (a) /FT /Tx /Parent 3 0 R"])


def _kids_loop() -> bytes:
    return _form([b"<< /T (a) /FT /Tx /Kids [3 0 R 3 0 R] >>"])


def _many_places() -> bytes:
    widget = _WIDGET % b"/T (a) /FT /Tx /V (much)"
    return raw_pdf([widget], page=_BOX + b" /Annots [%s]" % (b"3 0 R " * 90_000))


def _form(objects: list[bytes]) -> bytes:
    return raw_pdf(objects, page=_BOX + b" /Annots [3 0 R]", catalogue=b"/AcroForm << /Fields [3 0 R] >>")


def _nested(depth: int) -> bytes:
    return raw_pdf([b"[" * depth + b"]" * depth], page=_BOX + b" /Resources << /XObject 3 0 R >>")


def _chained(length: int) -> bytes:
    """Each object refers to the next one."""
    objects = [b"<< /Next %d 0 R >>" % (number + 4) for number in range(length)]
    return raw_pdf(objects, page=_BOX + b" /Resources 3 0 R")


def _reference_loop() -> bytes:
    return raw_pdf([b"4 0 R", b"3 0 R"], page=_BOX + b" /Resources 3 0 R /Contents 3 0 R /Annots 3 0 R")


def _self_drawing() -> bytes:
    drawing = b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 3 0 R >> >>"
    stream = drawing + b" /Length 5 >>\nstream\n/X Do\nendstream"
    return raw_pdf([stream], page=_BOX + b" /Resources << /XObject << /X 3 0 R >> >>", content=b"/X Do")


def _endless_numbers() -> bytes:
    return raw_pdf(page=b"/MediaBox [0 0 %s 300] /Rotate 1e999" % (b"9" * 5000))


def _object_stream_in_itself() -> bytes:
    book = Book()
    book.add(b"<< /Type /ObjStm /N 1 /First 4 /Extends 3 0 R /Length 8 >>\nstream\n3 0 3 0 \nendstream")
    book.add_page(_BOX + b" /Resources 3 0 R")
    return book.finish()


SPECIAL: dict[str, Callable[[], bytes]] = {
    "a gigabyte of spaces": lambda: spaces(1024),
    "a gigabyte packed three times": lambda: spaces(1024, layers=3),
    "a gigabyte in a drawing": _swelling_drawing,
    "a table of contents that leads to itself": _xref_loop,
    "a page that is its own chapter": _page_loop,
    "a page a hundred thousand times": lambda: _same_page(100_000),
    "a field that is its own parent": _parent_loop,
    "a field that is its own child": _kids_loop,
    "a field in ninety thousand places": _many_places,
    "brackets in brackets": lambda: _nested(100_000),
    "a chain of fifty thousand objects": lambda: _chained(50_000),
    "a reference to a reference to itself": _reference_loop,
    "a drawing that draws itself": _self_drawing,
    "numbers without end": _endless_numbers,
    "objects within themselves": _object_stream_in_itself,
}


def mutations(originals: list[bytes], seed: int, count: int) -> Iterator[bytes]:
    """`count` damaged ones: bits, bytes, numbers and whole parts changed, moved, doubled and left out."""
    chance = random.Random(seed)
    for _number in range(count):
        data = bytearray(chance.choice(originals))
        for _change in range(chance.choice((1, 1, 2, 5, 20))):
            chance.choice(_CHANGES)(data, chance)
        yield bytes(data)


def _flip(data: bytearray, chance: random.Random) -> None:
    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def _overwrite(data: bytearray, chance: random.Random) -> None:
    start = chance.randrange(len(data))
    length = chance.choice((1, 4, 50))
    data[start : start + length] = chance.randbytes(length)


def _leave_out(data: bytearray, chance: random.Random) -> None:
    start = chance.randrange(len(data))
    if len(data) > 500:
        del data[start : start + chance.choice((1, 10, 200))]


def _double(data: bytearray, chance: random.Random) -> None:
    start = chance.randrange(len(data))
    data[start:start] = data[start : start + chance.choice((1, 20, 300))]


def _renumber(data: bytearray, chance: random.Random) -> None:
    numbers = list(re.finditer(rb"\d+", data))
    if numbers:
        found = chance.choice(numbers)
        other = (b"0", b"1", b"-1", b"3", b"99999", b"4294967296", b"1e9", b"9" * 40)
        data[found.start() : found.end()] = chance.choice(other)


def _exchange_names(data: bytearray, chance: random.Random) -> None:
    names = list(re.finditer(rb"/[A-Za-z]+", data))
    if len(names) > 1:
        one, other = chance.sample(names, 2)
        data[one.start() : one.end()] = bytes(other[0])


_CHANGES = (_flip, _flip, _overwrite, _leave_out, _double, _renumber, _renumber, _exchange_names)
