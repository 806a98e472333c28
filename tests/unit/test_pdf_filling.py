"""Answers and mark become part of the pages, and nothing else of the file remains."""

import io
import re

import pytest
from pypdf import PdfReader

from supportdesk.domain.catalogue import FieldKind
from supportdesk.domain.documents import Box, DocumentForm, SignaturePlace, VisibleMark
from supportdesk.domain.errors import DocumentSealed, InvalidInput, UnsafeFile
from supportdesk.pdf.filling import fill, prepare
from supportdesk.pdf.picture import decoded
from supportdesk.pdf.reading import read
from supportdesk.pdf.typeface import encoded, width, wrapped
from tests.support.active_pdf import active_pdf
from tests.support.pdfs import A4, ANSWERS, FORM, asked, everything_in, form_pdf, png, raw_pdf, text_of

MARK = VisibleMark(png(40, 10), "Signed by Ada Löwe on 22 November 2026")


def test_answers_are_written_onto_the_pages() -> None:
    """Umlauts, dates as the field wants them, the words of a choice, lines, and what was there already."""
    text = text_of(fill(form_pdf(), ANSWERS, MARK))
    for part in (
        "01.12.2026",
        "A 17",
        "jährlich",
        "Größe: 30 €",
        "ÄÖÜ äöü ß",
        MARK.caption,
        "Page 2 of the vendor",
    ):
        assert part in text


def test_what_was_filled_in_asks_nothing_more() -> None:
    """The result is pages: the same number, of the same size, without a form."""
    assert read(fill(form_pdf(), ANSWERS, MARK)) == DocumentForm(pages=FORM.pages)


def test_the_mark_is_a_picture_with_transparency() -> None:
    """Its colours and its alpha are in the file as they were drawn."""
    data = everything_in(fill(form_pdf(), ANSWERS, MARK))
    assert b"/SMask" in data
    assert b"\x10\x20\x80" * 400 in data
    assert b"\xff" * 400 in data


def test_a_mark_needs_no_place() -> None:
    """Without one it gets a page of its own; one that is given counts."""
    form = DocumentForm(pages=(A4,), fields=())
    assert len(read(fill(form_pdf(form), {}, MARK)).pages) == 2
    placed = fill(form_pdf(form), {}, MARK, place=SignaturePlace(0, Box(50, 50, 200, 60)))
    assert len(read(placed).pages) == 1
    assert MARK.caption in text_of(placed)


def test_the_same_answers_make_the_same_file() -> None:
    """The hash of a filled in document says what was filled in."""
    assert fill(form_pdf(), ANSWERS, MARK) == fill(form_pdf(), ANSWERS, MARK)


@pytest.mark.parametrize("change", [{"start": ""}, {"terms": "no"}, {"pay": "x"}, {"nobody": "asked"}])
def test_answers_that_do_not_fit_are_refused(change: dict[str, str]) -> None:
    """By the rule that the client tells as well, with the name of the field."""
    with pytest.raises(InvalidInput) as caught:
        fill(form_pdf(), ANSWERS | change, MARK)
    assert caught.value.field == next(iter(change))


def test_an_unfinished_copy_shows_what_fits() -> None:
    """Nothing is demanded of it; what cannot be written stays out, and what the vendor wrote stays in."""
    text = text_of(fill(form_pdf(), {"start": "2026-12-01", "pay": "x"}, is_finished=False))
    assert "01.12.2026" in text
    assert "A 17" in text
    assert MARK.caption not in text


def test_a_signed_document_is_not_filled_in() -> None:
    """That would break its signature."""
    field = b"<< /Type /Annot /Subtype /Widget /Rect [0 0 9 9] /FT /Sig /T (s) /V << /Type /Sig >> >>"
    signed = raw_pdf([field], catalogue=b"/AcroForm << /Fields [3 0 R] >>")
    with pytest.raises(DocumentSealed):
        fill(signed, {}, MARK)


TRACES = (
    *(b"JavaScript", b"app.alert", b"example.org", b"Launch", b"calc.exe", b"bad.exe", b"EmbeddedFile"),
    *(
        b"MZ\x90",
        b"server",
        b"other.pdf",
        b"SubmitForm",
        b"/OPI",
        b"/Ref ",
        b"/AA",
        b"/OpenAction",
        b"/Names",
    ),
    *(b"/Annot", b"/AcroForm", b"/AF "),
)


@pytest.mark.parametrize("made", [lambda: fill(active_pdf(), {}, MARK), lambda: prepare(active_pdf())[1]])
def test_nothing_that_acts_comes_along(made: object) -> None:
    """Scripts, actions, links, files and references to other files are gone; what is drawn stays."""
    pdf = everything_in(made())  # type: ignore[operator]
    assert [trace for trace in TRACES if trace in pdf] == []
    assert b"/A Do /F Do" in pdf


def test_all_of_it_was_there_before() -> None:
    """The test above looks for what the document really has."""
    before = everything_in(active_pdf())
    assert [trace for trace in TRACES if trace not in before] == []


def test_what_is_fixed_is_shown_while_a_document_is_filled_in() -> None:
    """Read-only fields appear on the prepared pages, with their own look or in ours; open ones don't."""
    look = b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Length 11 >>\nstream\n0 0 9 9 re f\nendstream"
    widget = b"<< /Type /Annot /Subtype /Widget /Rect [20 %d 120 270] /FT /Tx /T (%s) /V (%s) /Ff %d %s >>"
    pdf = raw_pdf(
        [
            widget % (250, b"fixed", b"as agreed", 1, b""),
            widget % (200, b"looks", b"hidden by its look", 1, b"/AP << /N 6 0 R >>"),
            widget % (150, b"open", b"may be changed", 0, b""),
            look,
        ],
        page=b"/MediaBox [0 0 200 300] /Annots [3 0 R 4 0 R 5 0 R]",
        catalogue=b"/AcroForm << /Fields [3 0 R 4 0 R 5 0 R] >>",
    )
    form, pages = prepare(pdf)
    assert [field.name for field in form.fields] == ["open"]
    assert text_of(pages).split() == ["as", "agreed"]
    assert b"/An1 Do" in everything_in(pages)
    assert "may be changed" in text_of(fill(pdf, {}))


def test_layers_that_are_off_stay_off() -> None:
    """Else what is signed would show more than what was looked at."""
    pdf = raw_pdf(
        [b"<< /Type /OCG /Name (Draft) >>"],
        page=b"/MediaBox [0 0 200 300] /Resources << /Properties << /L 3 0 R >> >>",
        catalogue=b"/OCProperties << /OCGs [3 0 R] /D << /OFF [3 0 R] >> >>",
        content=b"/OC /L BDC 0 0 9 9 re f EMC",
    )
    root = PdfReader(io.BytesIO(fill(pdf, {}))).trailer["/Root"]
    layers = root["/OCProperties"]  # type: ignore[index]
    assert [str(each["/Name"]) for each in layers["/D"]["/OFF"]] == ["Draft"]


def test_long_answers_shrink_until_they_fit() -> None:
    """Nothing that somebody signs is cut off: what is written lies within its box, to the last line."""
    box = Box(60, 100, 200, 90)
    many = "\n".join(f"Zeile {n}" for n in range(1, 13))
    notes = asked("notes", FieldKind.MULTILINE, 100, box=box, max_chars=1000)
    form = DocumentForm(pages=(A4,), fields=(notes,))
    data = everything_in(fill(form_pdf(form), {"notes": many}))
    baselines = [A4.height - float(y) for y in re.findall(rb"([\d.]+) Td \(Zeile", data)]
    assert len(baselines) == 12
    assert box.y < min(baselines) < max(baselines) < box.y + box.height


def test_text_breaks_where_it_has_to() -> None:
    """Between words, within a word that is longer than a line, and at line ends."""
    lines = wrapped("eins zwei drei\n\nDonaudampfschiff", 10, 50)
    assert lines == ["eins zwei", "drei", "", "Donaudam", "pfschiff"]
    assert all(width(line, 10) <= 50 for line in lines)


@pytest.mark.parametrize(
    ("colour", "pixel"), [(0, b"\x80"), (2, b"\1\2\3"), (4, b"\x80\x40"), (6, b"\1\2\3\4")]
)
def test_pictures_come_apart_into_colours_and_transparency(colour: int, pixel: bytes) -> None:
    """Grey and coloured ones, with and without alpha."""
    picture = decoded(png(3, 2, colour=colour, pixel=pixel))
    channels = pixel[: -1 if colour in (4, 6) else None]
    assert picture.colours == channels * 6
    assert picture.alpha == (pixel[-1:] * 6 if colour in (4, 6) else b"")


@pytest.mark.parametrize(
    "bad", [b"", b"GIF89a", png(3, 2)[:40], png(3, 2, colour=3, pixel=b"\0"), png(1001, 1000)]
)
def test_other_pictures_are_refused(bad: bytes) -> None:
    """Broken ones, palettes and those of absurd size."""
    with pytest.raises(UnsafeFile):
        decoded(bad)


def test_names_from_elsewhere_stay_readable() -> None:
    """In the line below a mark, letters that the font has not lose their marks."""
    assert encoded("Łukasz Dvořák, Ğül, Ωmega, 30 €\x07") == b"Lukasz Dvor\xe1k, G\xfcl, ?mega, 30 \x80 "
