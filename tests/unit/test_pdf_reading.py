"""What a PDF shows and asks."""

import msgspec
import pytest

from supportdesk.domain.catalogue import FieldKind
from supportdesk.domain.documents import Box, DocumentForm, DocumentLimits, PageSize
from supportdesk.domain.errors import (
    DocumentDamaged,
    DocumentDynamic,
    DocumentEncrypted,
    DocumentTooLarge,
)
from supportdesk.pdf import dates
from supportdesk.pdf.reading import read
from tests.support.pdfs import FORM, encrypted, form_pdf, raw_pdf

WIDGET = b"<< /Type /Annot /Subtype /Widget /Rect [20 250 120 270] %s >>"


def one_field(entries: bytes, *more: bytes, page: bytes = b"/MediaBox [0 0 200 300]") -> DocumentForm:
    """The form of a page whose only field has these entries; the field is object 3."""
    return read(
        raw_pdf(
            [WIDGET % entries, *more],
            page=page + b" /Annots [3 0 R]",
            catalogue=b"/AcroForm << /Fields [3 0 R] >>",
        )
    )


def test_what_was_composed_is_read() -> None:
    """Fields of each kind come back with label, box, choices, flags and values as they went in."""
    assert read(form_pdf()) == FORM


@pytest.mark.parametrize(
    ("turned", "size", "box"),
    [
        (0, PageSize(200, 300), Box(20, 30, 100, 20)),
        (90, PageSize(300, 200), Box(250, 20, 20, 100)),
        (180, PageSize(200, 300), Box(80, 250, 100, 20)),
        (270, PageSize(300, 200), Box(30, 80, 20, 100)),
        (-90, PageSize(300, 200), Box(30, 80, 20, 100)),
    ],
)
def test_boxes_are_where_the_page_shows_them(turned: int, size: PageSize, box: Box) -> None:
    """A page that is displayed turned has its fields at turned places."""
    page = b"/MediaBox [0 0 200 300] /Rotate %d" % turned
    form = one_field(b"/FT /Tx /T (a)", page=page)
    assert form.pages == (size,)
    assert form.fields[0].box == box


def test_boxes_begin_at_the_corner_of_what_is_shown() -> None:
    """A page that is displayed in part counts from the corner of this part."""
    form = one_field(b"/FT /Tx /T (a)", page=b"/MediaBox [0 0 200 300] /CropBox [10 50 190 290]")
    assert form.pages == (PageSize(180, 240),)
    assert form.fields[0].box == Box(10, 20, 100, 20)


@pytest.mark.parametrize(
    ("entries", "kind"),
    [
        (b"/FT /Tx /T (name)", FieldKind.TEXT),
        (b"/FT /Tx /T (name) /Ff 4096", FieldKind.MULTILINE),
        (b"/FT /Tx /T (start_date)", FieldKind.DATE),
        (b"/FT /Tx /T (Geburtsdatum)", FieldKind.DATE),
        (b"/FT /Tx /T (OrtDatum)", FieldKind.TEXT),
        (b"/FT /Tx /T (place_date)", FieldKind.TEXT),
        (b"/FT /Tx /T (update)", FieldKind.TEXT),
        (b"/FT /Tx /T (start_date) /V (next Monday)", FieldKind.TEXT),
        (
            b'/FT /Tx /T (a) /AA << /F << /S /JavaScript /JS (AFDate_FormatEx\\("d.m.yy"\\)) >> >>',
            FieldKind.DATE,
        ),
        (b"/FT /Btn /T (a)", FieldKind.CHECKBOX),
        (b"/FT /Ch /T (a) /Opt [(x) (y)]", FieldKind.CHOICE),
        (b"/FT /Ch /T (a) /Ff 131072 /Opt [[(1) (x)] [(2) (y)]]", FieldKind.CHOICE),
    ],
)
def test_kinds(entries: bytes, kind: FieldKind) -> None:
    """The kind follows from type, flags, format script and name."""
    (field,) = one_field(entries).fields
    assert field.kind is kind


@pytest.mark.parametrize(
    "entries",
    [b"/FT /Tx /T (a) /Ff 1", b"/FT /Btn /T (a) /Ff 65536", b"/FT /Tx /T (a) /F 2", b"/T (a)", b"/FT /Tx"],
)
def test_what_nobody_fills_in_is_not_asked(entries: bytes) -> None:
    """Read-only, hidden and nameless fields and push buttons are no questions."""
    assert one_field(entries).fields == ()


def test_entries_of_parents_count() -> None:
    """Type, flags, length and value may stand in the parent; the name has its parts from both."""
    parent = b"<< /FT /Tx /T (person) /Ff 2 /MaxLen 9 /V (Ada) /Kids [3 0 R] >>"
    (field,) = one_field(b"/T (name) /TU (Your name) /Parent 4 0 R", parent).fields
    assert (field.name, field.label, field.required, field.max_chars, field.value) == (
        "person.name",
        "Your name",
        True,
        9,
        "Ada",
    )


def test_a_field_takes_as_much_as_it_has_room_for() -> None:
    """The form may allow less; what the vendor wrote into it fits in any case."""
    assert [
        one_field(b"/FT /Tx /T (a) " + more).fields[0].max_chars
        for more in (b"", b"/MaxLen 5", b"/MaxLen 900", b"/MaxLen 5 /V (1234567)")
    ] == [29, 5, 29, 7]


def test_a_group_of_radio_buttons_is_a_choice() -> None:
    """Its values are the states of the buttons, its box is around all of them."""
    button = (
        b"<< /Type /Annot /Subtype /Widget /Rect [%s] /Parent 3 0 R /TU (%s) /AP << /N << /%s null >> >> >>"
    )
    objects = [
        b"<< /FT /Btn /Ff 49152 /T (pay) /V /year /Kids [4 0 R 5 0 R] >>",
        button % (b"20 250 30 260", b"monthly", b"month"),
        button % (b"20 230 30 240", b"yearly", b"year"),
    ]
    pdf = raw_pdf(
        objects,
        page=b"/MediaBox [0 0 200 300] /Annots [4 0 R 5 0 R]",
        catalogue=b"/AcroForm << /Fields [3 0 R] >>",
    )
    (field,) = read(pdf).fields
    assert (field.kind, field.value) == (FieldKind.CHOICE, "year")
    assert field.choices == (("month", "monthly"), ("year", "yearly"))
    assert field.box == Box(20, 40, 10, 30)


@pytest.mark.parametrize(
    "entries", [b"/FT /Sig /T (x)", b"/FT /Tx /T (Unterschrift)", b"/FT /Tx /T (a.signature2)"]
)
def test_the_place_of_the_signature(entries: bytes) -> None:
    """It is the signature field, or a text field that is called so."""
    form = one_field(entries)
    assert form.fields == ()
    assert form.place is not None
    assert form.place.box == Box(20, 30, 100, 20)


def test_a_signed_document_asks_nothing() -> None:
    """Whoever looks at it reads it and cannot fill it in."""
    form = one_field(b"/FT /Sig /T (x) /V << /Type /Sig >>")
    assert (form.sealed, form.place, form.fields) == (True, None, ())


def test_a_field_in_several_places_is_asked_once() -> None:
    """The same name is the same answer."""
    form = read(
        raw_pdf(
            [
                b"<< /FT /Tx /T (a) /Kids [4 0 R 5 0 R] >>",
                WIDGET % b"/Parent 3 0 R",
                WIDGET % b"/Parent 3 0 R",
            ],
            page=b"/MediaBox [0 0 200 300] /Annots [4 0 R 5 0 R]",
        )
    )
    assert [field.name for field in form.fields] == ["a"]


def test_fields_come_in_reading_order() -> None:
    """From the top to the bottom, and within a line from left to right."""
    order = [FORM.fields[number] for number in (4, 2, 0, 3, 1)]
    assert read(form_pdf(msgspec.structs.replace(FORM, fields=tuple(order)))).fields == FORM.fields


@pytest.mark.parametrize(
    ("pdf", "error"),
    [
        (b"", DocumentDamaged),
        (b"Dear Sir", DocumentDamaged),
        (b"%PDF-1.7\n", DocumentDamaged),
        (form_pdf()[:200], DocumentDamaged),
        (raw_pdf(catalogue=b"/AcroForm << /XFA [] /Fields [] >>"), DocumentDynamic),
        (raw_pdf(catalogue=b"/NeedsRendering true /AcroForm << /XFA [] /Fields [3 0 R] >>"), DocumentDynamic),
        (raw_pdf(page=b"/MediaBox [0 0 900000 900000]"), DocumentTooLarge),
        (raw_pdf(page=b"/MediaBox [0 0 (a) (b)]"), DocumentDamaged),
        (encrypted(form_pdf()), DocumentEncrypted),
    ],
)
def test_what_cannot_be_used_says_why(pdf: bytes, error: type[Exception]) -> None:
    """Each reason is an error of its own."""
    with pytest.raises(error) as caught:
        read(pdf)
    assert type(caught.value) is error


def test_limits_hold() -> None:
    """More bytes, pages or fields than accepted are refused."""
    for limits in (DocumentLimits(max_bytes=100), DocumentLimits(max_pages=1), DocumentLimits(max_fields=4)):
        with pytest.raises(DocumentTooLarge):
            read(form_pdf(), limits)


@pytest.mark.parametrize(
    ("pattern", "language", "text"),
    [
        ("dd.mm.yyyy", "en", "05.03.2026"),
        ("d mmm yy", "de", "5 Mar 26"),
        ("", "en", "5 March 2026"),
        ("", "de", "05.03.2026"),
        ("", "sv", "2026-03-05"),
    ],
)
def test_dates(pattern: str, language: str, text: str) -> None:
    """They are written as the field or else the language of the document wants it, and read again."""
    assert dates.written("2026-03-05", pattern, language) == text
    if len(text) > 8:
        assert dates.read(text, pattern) == "2026-03-05"
