"""What is laid into the parcel."""

import msgspec
import pytest

from supportdesk import i18n
from supportdesk.app import code128
from supportdesk.app.return_slip import slip_of
from supportdesk.desk.demo.content import load_demo_content
from supportdesk.domain.orders import Article
from supportdesk.domain.profile_files import bundled_path, load
from tests.support.facts import order

PROFILE = load(bundled_path("orders"))


def read(widths: tuple[int, ...]) -> str:
    """As a scanner does: by the widths alone, with the check symbol. Fails for what is no Code 128 B."""
    assert widths[-7:] == (2, 3, 3, 1, 1, 1, 2)
    symbols = [widths[at : at + 6] for at in range(0, len(widths) - 7, 6)]
    known = {tuple(map(int, symbol)): value for value, symbol in enumerate(code128._WIDTHS)}
    start, *values, check = [known[symbol] for symbol in symbols]
    assert start == 104
    assert (start + sum(place * value for place, value in enumerate(values, 1))) % 103 == check
    return "".join(chr(value + 32) for value in values)


def test_every_symbol_is_eleven_modules_wide_and_its_own() -> None:
    """As the standard has them: three bars, three gaps, an even number of dark modules."""
    assert len(set(code128._WIDTHS)) == 106
    for symbol in code128._WIDTHS:
        widths = [int(width) for width in symbol]
        assert len(widths) == 6
        assert sum(widths) == 11
        assert sum(widths[::2]) % 2 == 0


@pytest.mark.parametrize("text", ["50341", "RET-2025-118", "A", "~ ~"])
def test_the_code_says_the_number(text: str) -> None:
    """Read back from its bars."""
    assert read(code128.bars(text)) == text


def test_what_no_scanner_reads_gets_no_code() -> None:
    """Umlauts and nothing at all."""
    assert not code128.can_be_coded("Ölfilter")
    assert not code128.can_be_coded("")


def test_the_slip_says_whose_it_is_and_what_is_in_it() -> None:
    """In the words of the vendor and the language of the moment."""
    line = Article("HL-1", name="Lamp", serial_number="S-1", quantity=2, fault="transport", condition="gone")
    fact = msgspec.structs.replace(order("50341"), articles=(line,))
    with i18n.speaking("de"):
        slip = slip_of(fact, PROFILE, PROFILE.catalogue)
    assert slip.number == fact.number
    assert slip.code == fact.number
    assert slip.reference == fact.reference
    (printed,) = slip.lines
    assert (printed.quantity, printed.fault, printed.condition) == (2, "Transportschaden", "gone")
    assert PROFILE.support.phone in slip.contact
    assert slip.file_name.endswith(".pdf")


def test_every_order_of_the_demo_can_be_printed() -> None:
    """Their numbers are read by scanners."""
    assert all(code128.can_be_coded(each.number) for each in load_demo_content("orders").orders)
