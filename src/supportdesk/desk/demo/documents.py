"""The documents of the demo vendors: offers and contracts to fill in and sign, the same bytes every time."""

import tomllib
from dataclasses import dataclass, field

import msgspec

from supportdesk import resources
from supportdesk.domain.catalogue import FieldKind
from supportdesk.domain.documents import Box, DocumentField, DocumentForm, PageSize, SignaturePlace
from supportdesk.pdf.composing import compose
from supportdesk.pdf.drawing import Colour, Drawing
from supportdesk.pdf.typeface import Face, width, wrapped

_A4 = PageSize(595.0, 842.0)
_LEFT, _RIGHT, _TOP, _BOTTOM = 62.0, 533.0, 72.0, 770.0
_BODY, _SMALL = 10.0, 8.0
_INK: Colour = (0.1, 0.11, 0.15)
_GREY: Colour = (0.36, 0.39, 0.45)
_LINE: Colour = (0.82, 0.84, 0.87)
_FIELD: Colour = (0.62, 0.65, 0.7)
_ROW, _FIELD_HEIGHT, _GAP = 24.0, 22.0, 12.0


class Letterhead(msgspec.Struct, frozen=True):
    vendor: str
    address: str
    """One line."""
    number: str
    """Of the document."""
    day: str
    """As it is printed."""


class Item(msgspec.Struct, frozen=True):
    text: str
    price: str


class Question(msgspec.Struct, frozen=True):
    """A field with its label. `share` is the part of the line that it takes."""

    name: str
    kind: FieldKind
    label: str
    share: float = 1.0
    required: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    lines: int = 1


class Section(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    heading: str = ""
    paragraphs: tuple[str, ...] = ()
    items: tuple[Item, ...] = ()
    total: str = ""
    questions: tuple[tuple[Question, ...], ...] = ()
    """Line by line."""
    new_page: bool = False


class Paper(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Everything that stands in a document, as `resources/papers` has it."""

    title: str
    number: str
    """“Offer {number}”."""
    signature: str
    """The label of the place for the mark."""
    page: str
    """“Page {n} of {total}”."""
    date_format: str
    sections: tuple[Section, ...]


def document(name: str, language: str, head: Letterhead, to: tuple[str, ...]) -> bytes:
    """The PDF with its form: `name` is 'offer' or 'contract', `to` the lines of the customer's address.

    In English where there is no other. The files travel with the program, so a fault in one is a fault of the
    program: msgspec.ValidationError or tomllib.TOMLDecodeError. FileNotFoundError for an unknown name.
    """
    file = resources.path("papers", f"{name}.{language}.toml")
    if not file.is_file():
        language, file = "en", resources.path("papers", f"{name}.en.toml")
    paper = msgspec.convert(tomllib.loads(file.read_text(encoding="utf-8")), Paper)
    return _Layout(paper, head, to, language).finish()


@dataclass(slots=True)
class _Layout:
    paper: Paper
    head: Letterhead
    to: tuple[str, ...]
    language: str
    drawings: list[Drawing] = field(default_factory=list)
    fields: list[DocumentField] = field(default_factory=list)
    y: float = 0.0

    def finish(self) -> bytes:
        self._new_page()
        self._address()
        for section in self.paper.sections:
            self._section(section)
        place = self._signature()
        self._number_pages()
        form = DocumentForm(tuple(_A4 for _page in self.drawings), tuple(self.fields), place)
        paper = self.paper
        return compose(
            form, self.drawings, title=paper.title, language=self.language, date_format=paper.date_format
        )

    @property
    def _page(self) -> Drawing:
        return self.drawings[-1]

    def _new_page(self) -> None:
        head = self.head
        self.drawings.append(Drawing(_A4.height))
        number = self.paper.number.format(number=head.number)
        self._page.text(_LEFT, _TOP, head.vendor, 15, face=Face.BOLD, colour=_INK)
        for line, text in enumerate((head.address, f"{number} · {head.day}")):
            x = _RIGHT - width(text, _SMALL)
            self._page.text(x, _TOP - 4 + line * 12, text, _SMALL, colour=_GREY)
        self.y = _TOP + 40

    def _room(self, height: float) -> None:
        if self.y + height > _BOTTOM:
            self._new_page()

    def _address(self) -> None:
        self.y = self._page.lines(_LEFT, self.y, self.to, _BODY, colour=_INK) + 30
        self._page.text(_LEFT, self.y, self.paper.title, 14, face=Face.BOLD, colour=_INK)
        self.y += 16

    def _section(self, section: Section) -> None:
        if section.new_page:
            self._new_page()
        if section.heading:
            self._room(60)
            self.y += 22
            self._page.text(_LEFT, self.y, section.heading, 11, face=Face.BOLD, colour=_INK)
            self.y += 6
        for paragraph in section.paragraphs:
            self._paragraph(paragraph)
        self._table(section)
        for line in section.questions:
            self._questions(line)

    def _paragraph(self, text: str) -> None:
        lines = wrapped(text, _BODY, _RIGHT - _LEFT)
        self._room(len(lines) * _BODY * 1.2 + 8)
        self.y = self._page.lines(_LEFT, self.y + 4, lines, _BODY, colour=_INK) + 4

    def _table(self, section: Section) -> None:
        if not section.items:
            return
        self._rule(_INK)
        for number, item in enumerate(section.items, start=1):
            self._room(_ROW)
            baseline = self.y + _ROW / 2 + 3.5
            self._page.text(_LEFT, baseline, str(number), _BODY, colour=_INK)
            self._page.text(_LEFT + 36, baseline, item.text, _BODY, colour=_INK)
            self._page.text_right(_RIGHT, baseline, item.price, _BODY)
            self.y += _ROW
            self._rule(_LINE)
        if section.total:
            self._page.text_right(_RIGHT, self.y + 18, section.total, _BODY, face=Face.BOLD)
            self.y += 28

    def _rule(self, colour: Colour) -> None:
        self._page.path([(_LEFT, self.y), (_RIGHT, self.y)], colour, 0.6)

    def _questions(self, line: tuple[Question, ...]) -> None:
        height = max(_FIELD_HEIGHT * question.lines for question in line)
        self._room(height + 30)
        self.y += 20
        x, room = _LEFT, _RIGHT - _LEFT - _GAP * (len(line) - 1)
        for question in line:
            across = room * question.share
            if question.kind is FieldKind.CHECKBOX:
                self._check_box(x, across, question)
            else:
                self._box(Box(x, self.y + 4, across, _FIELD_HEIGHT * question.lines), question)
            x += across + _GAP
        self.y += height + 6

    def _box(self, box: Box, question: Question) -> None:
        self._page.text(
            box.x, self.y, question.label + (" *" if question.required else ""), _SMALL, colour=_GREY
        )
        self._page.frame(box, _FIELD, 0.7)
        self._ask(box, question)

    def _check_box(self, x: float, across: float, question: Question) -> None:
        box = Box(x, self.y, 12, 12)
        self._page.frame(box, _FIELD, 0.7)
        words = wrapped(question.label + (" *" if question.required else ""), _BODY, across - 22)
        self._page.lines(x + 22, self.y, words, _BODY, colour=_INK)
        self._ask(box, question)

    def _ask(self, box: Box, question: Question) -> None:
        self.fields.append(
            DocumentField(
                name=question.name,
                kind=question.kind,
                page=len(self.drawings) - 1,
                box=box,
                label=question.label,
                required=question.required,
                choices=question.choices,
            )
        )

    def _signature(self) -> SignaturePlace:
        self._room(120)
        box = Box(_LEFT, self.y + 40, 250, 64)
        self._page.text(box.x, box.y - 5, f"{self.paper.signature} *", _SMALL, colour=_GREY)
        self._page.frame(box, _FIELD, 0.7)
        return SignaturePlace(len(self.drawings) - 1, box)

    def _number_pages(self) -> None:
        total = len(self.drawings)
        for n, page in enumerate(self.drawings, start=1):
            words = self.paper.page.format(n=n, total=total)
            page.text(_RIGHT - width(words, _SMALL), 806, words, _SMALL, colour=_GREY)
