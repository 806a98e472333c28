"""Articles out of spreadsheets, whoever wrote them, in whatever encoding and with whatever separator."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supportdesk import i18n
from supportdesk.app.flows.order_table import Import, decoded, read_file, read_text
from supportdesk.domain.catalogue import Catalogue, Choice
from supportdesk.domain.errors import InvalidInput
from supportdesk.domain.localtext import LocalText
from supportdesk.domain.orders import MAX_ARTICLES

CATALOGUE = Catalogue(
    order_faults=(Choice(id="transport", name=LocalText(en="Damaged in transport", de="Transportschaden")),)
)
NONE = Catalogue()


def cells(found: Import) -> list[tuple[str, ...]]:
    return [(a.number, a.name, a.serial_number, a.quantity, a.fault, a.condition) for a in found.good]


@pytest.mark.parametrize("separator", [";", "\t", ","])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_separator_and_encoding_are_found_out(separator: str, encoding: str) -> None:
    """A table with umlauts reads the same in all of them."""
    lines = (
        ("Artikelnummer", "Bezeichnung", "Menge"),
        ("TG-1", "Türgriff außen", "2"),
        ("ÖL-2", "Ölfilter", "10"),
    )
    text = "\r\n".join(separator.join(line) for line in lines)
    found = read_file(text.encode(encoding), NONE)
    assert cells(found) == [
        ("TG-1", "Türgriff außen", "", "2", "", ""),
        ("ÖL-2", "Ölfilter", "", "10", "", ""),
    ]


@pytest.mark.parametrize(
    ("written", "language", "read"),
    [
        ("4", "de", "4"),
        ("4,00", "de", "4"),
        ("4,000", "de", "4"),
        ("1.200", "de", "1200"),
        ("1.200,00", "de", "1200"),
        ("1 200", "de", "1200"),
        ("1,200", "en", "1200"),
        ("1,200.00", "en", "1200"),
        ("4.0", "en", "4"),
    ],
)
def test_quantities_are_read_as_the_language_writes_them(written: str, language: str, read: str) -> None:
    """Decimals that are none, and groups of three."""
    with i18n.speaking(language):
        found = read_text(f"Number;Qty\nA;{written}", NONE)
    assert [article.quantity for article in found.good] == [read]


@pytest.mark.parametrize("written", ["4,5", "viele", "-1", "0", "1e3", "4.000.0", "9" * 30])
def test_what_is_no_quantity_is_named_with_its_line(written: str) -> None:
    """The other lines stay good; blank ones are counted as a spreadsheet counts them."""
    with i18n.speaking("de"):
        found = read_text(f"Number;Qty\nA;1\n\nB;{written}\nC;3", NONE)
    (bad,) = found.bad
    assert bad.line == 4
    assert bad.problems
    assert [article.number for article in found.good] == ["A", "C"]


def test_without_heads_the_columns_are_guessed() -> None:
    """The number first, the quantity where only quantities stand, the rest as in the form."""
    assert cells(read_text("A-1\tBolt\t4\nA-2\tNut\t5", NONE)) == [
        ("A-1", "Bolt", "", "4", "", ""),
        ("A-2", "Nut", "", "5", "", ""),
    ]
    assert cells(read_text("A-1\t4", NONE)) == [("A-1", "", "", "4", "", "")]
    assert cells(read_text("A-1", NONE)) == [("A-1", "", "", "1", "", "")]


def test_columns_come_in_any_order_and_unknown_ones_are_named() -> None:
    """By their heads in three languages, in capitals and with signs."""
    found = read_text("MENGE;Farbe;Artikel-Nr.;Serien-Nr.\n3;rot;A-1;S-9", NONE)
    assert cells(found) == [("A-1", "", "S-9", "3", "", "")]
    assert found.left_out == ("Farbe",)
    swedish = read_text("antal,benämning,artikelnummer\n3,Skruv,A-1", NONE)
    assert cells(swedish) == [("A-1", "Skruv", "", "3", "", "")]


def test_what_the_vendor_offers_is_found_by_its_words() -> None:
    """In any language; what it does not offer is a problem of that line."""
    found = read_text("number;reason\nA;transportschaden\nB;transport\nC;Kaputt", CATALOGUE)
    assert [article.fault for article in found.good] == ["transport", "transport"]
    assert [(each.line, each.problems) for each in found.bad] == [
        (4, ("“Kaputt” is not among the choices.",))
    ]
    own_words = read_text("number;reason\nC;Kaputt", NONE)
    assert [article.fault for article in own_words.good] == ["Kaputt"]


def test_cells_may_be_quoted_and_excel_may_say_its_separator() -> None:
    """A separator within quotes divides nothing."""
    text = 'sep=;\nnumber;name;qty\n"A;1";"Disc ""312"", front";2\n'
    assert cells(read_text(text, NONE)) == [("A;1", 'Disc "312", front', "", "2", "", "")]


@pytest.mark.parametrize("text", ["", "   \n\n", ";;;\n;;;"])
def test_nothing_is_no_table(text: str) -> None:
    """It says so instead of adding nothing."""
    with pytest.raises(InvalidInput):
        read_text(text, NONE)


@pytest.mark.parametrize("content", [b"PK\x03\x04\x14\x00\x08\x00[Content_Types].xml", b"A-1\x01;2"])
def test_a_spreadsheets_own_file_is_no_csv_file(content: bytes) -> None:
    """It says so, and what to do, instead of offering articles that nobody can read."""
    with pytest.raises(InvalidInput, match="not a CSV file") as refused:
        read_file(content, NONE)
    assert refused.value.next_step


def test_too_much_is_no_order() -> None:
    """More lines than an order may have, or more bytes than a table needs."""
    assert len(read_text("\n".join(["A"] * MAX_ARTICLES), NONE).good) == MAX_ARTICLES
    for content in (b"A\n" * (MAX_ARTICLES + 1), b"x" * (5 << 20)):
        with pytest.raises(InvalidInput):
            read_file(content, NONE)


def test_a_quote_that_never_ends_is_named_by_its_line() -> None:
    """A cell without end is no cell: the line where it begins is told, and nothing is taken."""
    with pytest.raises(InvalidInput, match="Line 2 cannot be read as a table") as refused:
        read_text('number;name\nA;"' + "x" * 200_000, NONE)
    assert refused.value.next_step


@given(st.binary(max_size=400))
def test_any_bytes_give_lines_or_a_sentence(content: bytes) -> None:
    """Nothing else happens, whatever somebody chooses as a table."""
    assert isinstance(decoded(content), str)
    try:
        found = read_file(content, CATALOGUE)
    except InvalidInput:
        return
    assert len(found.good) + len(found.bad) == len(found.lines)
