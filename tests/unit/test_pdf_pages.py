"""Pages as pictures, and words on them."""

import random
import time

import pytest

from supportdesk.domain.documents import LIMITS
from supportdesk.domain.errors import DocumentDamaged, DocumentEncrypted, DocumentTooLarge, DocumentUnusable
from supportdesk.pdf import pages as pages_room
from supportdesk.pdf.pages import Pages
from tests.support.pdfs import A4, encrypted, form_pdf, raw_pdf

WHITE = b"\xff\xff\xff"


def colours(picture: bytes) -> set[bytes]:
    return {picture[at : at + 3] for at in range(0, len(picture), 4)}


def test_a_page_comes_in_the_size_that_was_asked_for_with_ink_on_white() -> None:
    """Two pixels a point make a picture of twice the points."""
    pages = Pages(form_pdf())
    picture = pages.render(0, 2.0)
    pages.close()
    assert pages.sizes == (A4, A4)
    assert (picture.width, picture.height) == (1190, 1684)
    assert len(picture.bgrx) == 4 * picture.width * picture.height
    assert {WHITE, b"\0\0\0"} <= colours(picture.bgrx)


def test_words_are_found_on_every_page_where_they_stand() -> None:
    """Whatever their case; the box is that of the words, from the top left of the page."""
    pages = Pages(form_pdf())
    found = pages.find("VENDOR")
    nothing = pages.find("  "), pages.find("unheard of")
    pages.close()
    assert [passage.page for passage in found] == [0, 1]
    (box,) = found[0].boxes
    assert 100 < box.x < 200
    assert 45 < box.y < 62
    assert nothing == ((), ())


def test_a_turned_page_has_its_words_where_they_are_seen() -> None:
    """A quarter turn changes width and height, and the place of words with them."""
    content = b"BT /F1 12 Tf 20 250 Td (turned) Tj ET"
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    page = b"/MediaBox [0 0 200 300] /Rotate 90 /Resources << /Font << /F1 3 0 R >> >>"
    pages = Pages(raw_pdf([font], page=page, content=content))
    (passage,) = pages.find("turned")
    pages.close()
    assert (pages.sizes[0].width, pages.sizes[0].height) == (300, 200)
    (box,) = passage.boxes
    assert box.height > box.width
    assert 245 <= box.x <= 265


def test_a_huge_page_comes_in_as_many_pixels_as_are_good_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """The memory for a picture has an end, whatever the zoom."""
    monkeypatch.setattr(pages_room, "MAX_PIXELS", 10_000)
    pages = Pages(raw_pdf())
    picture = pages.render(0, 50.0)
    pages.close()
    assert picture.width * picture.height <= 10_500


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"%PDF-1.7 nothing of it", DocumentDamaged),
        (b"", DocumentDamaged),
        (raw_pdf(page=b"/MediaBox [0 0 200 99999]"), DocumentTooLarge),
        (bytes(LIMITS.max_bytes + 1), DocumentTooLarge),
    ],
)
def test_what_cannot_be_shown_is_told_why(data: bytes, error: type[Exception]) -> None:
    """Broken, absurdly large: each is an error of its own, and none comes out of the library."""
    with pytest.raises(error):
        Pages(data)


def test_an_encrypted_document_is_told_from_a_damaged_one() -> None:
    """Only one that asks for a password: what everybody may open is shown."""
    with pytest.raises(DocumentEncrypted):
        Pages(encrypted(form_pdf(), "word"))


@pytest.mark.second_stage
def test_a_thousand_damaged_files_are_shown_or_refused() -> None:
    """Whatever bytes are wrong, there are pages or a typed error, and neither takes long."""
    whole, chance = form_pdf(), random.Random(7)
    shown = refused = 0
    for number in range(1_000):
        began = time.monotonic()
        try:
            _look_at(_damaged(whole, chance, cut=number % 5 == 0))
            shown += 1
        except DocumentUnusable:
            refused += 1
        assert time.monotonic() - began < 20
    assert shown > 100
    assert refused > 100


def _damaged(whole: bytes, chance: random.Random, *, cut: bool) -> bytes:
    data = bytearray(whole)
    for _change in range(chance.choice((1, 3, 20, 100))):
        data[chance.randrange(len(data))] = chance.randrange(256)
    return bytes(data[: chance.randrange(len(data))] if cut else data)


def _look_at(data: bytes) -> None:
    pages = Pages(data)
    try:
        for page in range(min(2, len(pages.sizes))):
            pages.render(page, 0.5)
        pages.find("vendor")
    finally:
        pages.close()
