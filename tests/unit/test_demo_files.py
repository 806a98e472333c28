"""The attachments of the demo are what their names say: real pictures, real documents, real text."""

import re
import struct
import zlib
from itertools import pairwise

import pytest

from supportdesk.desk.demo.content import load_demo_content
from supportdesk.desk.demo.files import demo_file_bytes, demo_file_media_type
from supportdesk.desk.demo.glyphs import GLYPH_COLUMNS, glyph
from supportdesk.domain.demo import DemoFile
from supportdesk.domain.demo_names import DEMO_NAMES
from supportdesk.domain.profile_files import bundled_path, load

FILES = [
    pytest.param(name, file, id=f"{name}-{ticket.number}-{file.name}")
    for name, language in (*((each, "") for each in DEMO_NAMES), ("school", "sv"))
    for ticket in load_demo_content(name, language).tickets
    for entry in ticket.log
    for file in entry.files
]

every_file = pytest.mark.parametrize(("vendor", "file"), FILES)


def chunks_of(png: bytes) -> dict[bytes, bytes]:
    """The chunks of a PNG by their names; fails where length or check sum is wrong."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    chunks, position = {}, 8
    while position < len(png):
        (length,) = struct.unpack_from(">I", png, position)
        name = png[position + 4 : position + 8]
        data = png[position + 8 : position + 8 + length]
        (check,) = struct.unpack_from(">I", png, position + 8 + length)
        assert check == zlib.crc32(name + data)
        chunks[name] = data
        position += 12 + length
    assert position == len(png)
    return chunks


def assert_png(png: bytes) -> None:
    chunks = chunks_of(png)
    assert list(chunks) == [b"IHDR", b"PLTE", b"IDAT", b"IEND"]
    width, height, depth, colours, *_ = struct.unpack(">IIBBBBB", chunks[b"IHDR"])
    assert (depth, colours) == (8, 3)
    pixels = zlib.decompress(chunks[b"IDAT"])
    assert len(pixels) == height * (width + 1)
    assert len(set(pixels)) > 3, "an empty picture"
    assert max(pixels) < len(chunks[b"PLTE"]) // 3


def assert_pdf(pdf: bytes) -> None:
    """The cross-reference table leads to each object, and the streams are as long as they say."""
    assert pdf.startswith(b"%PDF-1.4\n")
    assert pdf.endswith(b"%%EOF\n")
    start = int(re.findall(rb"startxref\n(\d+)\n", pdf)[-1])
    assert pdf[start:].startswith(b"xref\n")
    offsets = [int(offset) for offset in re.findall(rb"(\d{10}) 00000 n \n", pdf[start:])]
    for number, offset in enumerate(offsets, start=1):
        assert pdf[offset:].startswith(b"%d 0 obj\n" % number)
    for length, stream in re.findall(rb"/Length (\d+) >>\nstream\n(.*?)\nendstream", pdf, flags=re.DOTALL):
        assert len(stream) == int(length)
    assert pdf.count(b"/Type /Page ") == int(re.findall(rb"/Count (\d+)", pdf)[0])


@every_file
def test_a_file_is_what_its_name_says(vendor: str, file: DemoFile) -> None:
    """The content matches the ending, has one source, is small, and is the same each time."""
    content = demo_file_bytes(file)
    ending = file.name.rpartition(".")[2]
    checks = {"png": assert_png, "pdf": assert_pdf}
    checks.get(ending, lambda data: data.decode())(content)
    assert sum(map(bool, (file.text, file.picture, file.pages))) == 1
    assert (ending == "png", ending == "pdf") == (bool(file.picture), bool(file.pages))
    assert 20 < len(content) <= load(bundled_path(vendor)).limits.max_file_bytes
    assert content == demo_file_bytes(file)
    assert demo_file_media_type(file) != "application/octet-stream"


@every_file
def test_no_letter_of_a_picture_or_document_is_missing(vendor: str, file: DemoFile) -> None:
    """The typeface of the pictures and the encoding of the documents know every letter that is used."""
    unknown = glyph("?")
    for line in file.picture:
        assert [letter for letter in line if letter != "?" and glyph(letter) == unknown] == []
    pages = "".join(file.pages)
    assert pages.encode("cp1252").decode("cp1252") == pages


def test_a_table_has_as_many_cells_in_every_line() -> None:
    """Each CSV file of the demos is rectangular."""
    for parameter in FILES:
        file = parameter.values[1]
        if isinstance(file, DemoFile) and file.name.endswith(".csv"):
            counts = [line.count(";") for line in file.text.splitlines()]
            assert all(a == b for a, b in pairwise(counts)), file.name


def test_text_in_a_document_cannot_break_it() -> None:
    """Brackets and backslashes are part of the text, and letters that Latin-1 lacks become question marks."""
    pdf = demo_file_bytes(DemoFile(name="a.pdf", pages=("A (b) \\ c\nžluťoučký kůň 漢",)))
    assert_pdf(pdf)
    assert b"(A \\(b\\) \\\\ c) Tj" in pdf
    assert b"?" in pdf


def test_an_unknown_ending_has_no_special_media_type() -> None:
    """A file without a known ending is plain bytes."""
    assert demo_file_media_type(DemoFile(name="core", text="x")) == "application/octet-stream"


def test_a_letter_that_the_typeface_lacks_is_a_question_mark() -> None:
    """Unknown letters are visible as such; similar ones are drawn as what they resemble."""
    assert glyph("漢") == glyph("?")
    assert glyph("„") == glyph('"')
    assert all(len(glyph(letter)) == GLYPH_COLUMNS for letter in "aZ0äß€·~")
