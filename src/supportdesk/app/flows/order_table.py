"""Articles out of a spreadsheet: what was copied there, or a CSV file, whoever wrote it.

Encoding, separator and columns are found out; each line that cannot be taken is named.
"""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Sequence

import msgspec

from supportdesk import clock
from supportdesk.app.flows.order_draft import FIELDS, DraftArticle, article_of, decimal_sign, quantity_of
from supportdesk.domain.catalogue import Catalogue, Choice
from supportdesk.domain.errors import InvalidInput
from supportdesk.domain.orders import MAX_ARTICLES, order_problems
from supportdesk.i18n import _

MAX_BYTES = 4 * 1024 * 1024
SEPARATORS = (";", "\t", ",")
_SNIFFED_LINES = 50
_ENOUGH_HEADS = 2
_SHOWN_CHARS = 40
_NO_TEXT = re.compile(r"[\x01-\x08\x0e-\x19\x1b-\x1f]")
"""Signs that no table has, but a spreadsheet's own file does."""
_WORDS: dict[str, str] = {
    "number": (
        "articlenumber articleno article number partnumber part sku itemnumber item"
        " artikelnummer artikelnr artnr artikel nummer teilenummer"
    ),
    "name": "name description designation bezeichnung artikelbezeichnung beschreibung benämning beskrivning",
    "serial_number": "serialnumber serial sn seriennummer seriennr serienummer",
    "quantity": "quantity qty amount count menge anzahl stück stk antal",
    "fault": "fault reason defect grund fehler reklamationsgrund mangel fel orsak",
    "condition": "condition state zustand skick",
}
"""What the heads of columns say in English, German and Swedish, without blanks and signs."""


class ImportLine(msgspec.Struct, frozen=True):
    line: int
    """As a spreadsheet counts them, from 1."""
    article: DraftArticle
    problems: tuple[str, ...] = ()


class Import(msgspec.Struct, frozen=True):
    lines: tuple[ImportLine, ...]
    left_out: tuple[str, ...] = ()
    """Heads of columns that are not known."""

    @property
    def good(self) -> tuple[DraftArticle, ...]:
        return tuple(each.article for each in self.lines if not each.problems)

    @property
    def bad(self) -> tuple[ImportLine, ...]:
        return tuple(each for each in self.lines if each.problems)


def decoded(content: bytes) -> str:
    """UTF-8 or UTF-16 where it says so or reads so, else what Western Windows writes."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if content.startswith(mark):
            return content.decode(encoding, errors="replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def read_file(content: bytes, catalogue: Catalogue) -> Import:
    """Raises InvalidInput for what is no table of articles."""
    if len(content) > MAX_BYTES:
        raise InvalidInput(_("The table is too large."), next_step=_("Split the table."))
    return read_text(decoded(content), catalogue)


def read_text(text: str, catalogue: Catalogue) -> Import:
    """As `read_file`."""
    if _NO_TEXT.search(text):
        raise InvalidInput(
            _("This is not a CSV file."), next_step=_("Save the table as CSV, and choose that file.")
        )
    rows, separator = _rows(text)
    filled = [(line, cells) for line, cells in rows if any(cell.strip() for cell in cells)]
    if not filled:
        raise InvalidInput(_("There is no table in it."), next_step=_("Copy the cells, and try again."))
    _line_number, first = filled[0]
    heads = _heads(first)
    body = filled[1:] if heads else filled
    columns = heads or _guessed([cells for _line, cells in filled])
    if len(body) > MAX_ARTICLES:
        text = _("An order has at most {limit} articles.").format(limit=MAX_ARTICLES)
        raise InvalidInput(text, next_step=_("Split the table."))
    known = set(columns.values())
    decimal = "." if separator == "," else decimal_sign()
    lines = tuple(_line(line, cells, columns, decimal, catalogue) for line, cells in body)
    unknown = [cell.strip() for place, cell in enumerate(first) if place not in known and cell.strip()]
    return Import(lines, tuple(unknown) if heads else ())


def _rows(text: str) -> tuple[list[tuple[int, list[str]]], str]:
    """(line, cells) and what separates them."""
    lines = text.removeprefix("\ufeff").replace("\x00", "").splitlines(keepends=True)
    said = lines[0].strip().lower() if lines else ""
    skipped = 0
    if said.startswith("sep=") and len(said) == len("sep=;"):
        separator, skipped = said[-1], 1
    else:
        separator = _separator(lines)
    return [(line + skipped, cells) for line, cells in _parsed(lines[skipped:], separator)], separator


def _parsed(lines: Sequence[str], separator: str) -> list[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO("".join(lines), newline=""), delimiter=separator)
    found, begin = [], 1
    try:
        for cells in reader:
            found.append((begin, cells))
            begin = reader.line_num + 1
    except csv.Error as error:
        text = _("Line {line} cannot be read as a table.").format(line=begin)
        raise InvalidInput(text, next_step=_("Save the table as CSV again.")) from error
    return found


def _separator(lines: Sequence[str]) -> str:
    """The one that divides most lines alike, into the most cells."""

    def alike(separator: str) -> tuple[int, int]:
        try:
            rows = _parsed(lines[:_SNIFFED_LINES], separator)
        except InvalidInput:
            return 0, 0
        widths = Counter(len(cells) for _line, cells in rows if any(cells))
        width, count = max(widths.items(), key=lambda each: (each[0] > 1, each[1], each[0]), default=(0, 0))
        return (count, width) if width > 1 else (0, 0)

    return max(SEPARATORS, key=alike)


def _bare(head: str) -> str:
    return "".join(sign for sign in head.casefold() if sign.isalpha())


def _heads(cells: Iterable[str]) -> dict[str, int]:
    """Field to column, where the line names columns; else {}."""
    found: dict[str, int] = {}
    for place, cell in enumerate(cells):
        field = next((field for field, words in _WORDS.items() if _bare(cell) in words.split()), None)
        if field is not None:
            found.setdefault(field, place)
    return found if len(found) >= _ENOUGH_HEADS else {}


def _guessed(rows: Sequence[Sequence[str]]) -> dict[str, int]:
    """Without heads: the number first, the quantity where only quantities stand, the rest as in the form."""
    width = max(len(cells) for cells in rows)
    columns = {"number": 0}
    for place in range(1, width):
        cells = [cells[place] for cells in rows if place < len(cells) and cells[place].strip()]
        if cells and all(quantity_of(cell, decimal_sign()) is not None for cell in cells):
            columns["quantity"] = place
            break
    left = [place for place in range(1, width) if place != columns.get("quantity")]
    others = [field for field in FIELDS if field not in {"number", "quantity"}]
    return columns | dict(zip(others, left, strict=False))


def _line(
    line: int, cells: Sequence[str], columns: dict[str, int], decimal: str, catalogue: Catalogue
) -> ImportLine:
    said = {field: cells[place].strip() for field, place in columns.items() if place < len(cells)}
    quantity = said.get("quantity", "") or "1"
    whole = quantity_of(quantity, decimal)
    article = DraftArticle(
        id=clock.uuid7(),
        number=said.get("number", ""),
        name=said.get("name", ""),
        serial_number=said.get("serial_number", ""),
        quantity=quantity if whole is None else str(whole),
        fault=_chosen(said.get("fault", ""), catalogue.order_faults),
        condition=_chosen(said.get("condition", ""), catalogue.order_conditions),
    )
    found = order_problems("x", "", [article_of(article)], catalogue)
    offered = {"fault": catalogue.order_faults, "condition": catalogue.order_conditions}
    sentences = dict.fromkeys(
        _not_offered(said[each.field]) if offered.get(each.field) else each.sentence for each in found
    )
    return ImportLine(line, article, tuple(sentences))


def _not_offered(said: str) -> str:
    """With the word itself, which has to be looked for in the table."""
    line = " ".join(said.split())
    shown = line if len(line) <= _SHOWN_CHARS else line[:_SHOWN_CHARS] + "…"
    return _("“{text}” is not among the choices.").format(text=shown)


def _chosen(said: str, choices: tuple[Choice, ...]) -> str:
    """The id of a choice that is named by it or by its words in any language; else what was said."""
    key = said.casefold()
    for choice in choices:
        if key == choice.id.casefold() or key in (text.casefold() for text in choice.name.texts()):
            return choice.id
    return said
