"""Fills in a PDF and makes it a plain one: pages on which everything is drawn, and nothing else.

Each page is written anew: what the vendor drew becomes one closed drawing, answers and mark are drawn over
it. Forms, annotations, scripts, actions, links, bookmarks and files do not come along.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pypdf import PageObject
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

from supportdesk.domain.catalogue import FieldKind
from supportdesk.domain.documents import (
    LIMITS,
    DocumentField,
    DocumentForm,
    DocumentLimits,
    SignaturePlace,
    VisibleMark,
    field_problem,
    problems,
)
from supportdesk.domain.errors import DocumentSealed, DocumentTooLarge, InvalidInput
from supportdesk.pdf import appearance, marks
from supportdesk.pdf.book import Book, reference, text_string
from supportdesk.pdf.copying import Copier
from supportdesk.pdf.drawing import Drawing, font_resources, number
from supportdesk.pdf.form import Entry, Widget, annotations, entries
from supportdesk.pdf.geometry import Rectangle, rectangle_of
from supportdesk.pdf.guard import reading
from supportdesk.pdf.reading import form_of, kind_of, value_of
from supportdesk.pdf.source import Source, array, dictionary, plain, text
from supportdesk.pdf.source import number as number_of

# Their appearances are drawn as well; others are links, sounds, films, files or notes about the document.
_DRAWN = {
    *("/Caret", "/Circle", "/FreeText", "/Highlight", "/Ink", "/Line", "/PolyLine", "/Polygon"),
    *("/Redact", "/Square", "/Squiggly", "/Stamp", "/StrikeOut", "/Underline", "/Watermark", "/Widget"),
}
_MAX_CONTENT_BYTES = 50 * 2**20


def fill(
    data: bytes,
    values: Mapping[str, str],
    mark: VisibleMark | None = None,
    *,
    place: SignaturePlace | None = None,
    language: str = "en",
    limits: DocumentLimits = LIMITS,
    is_finished: bool = True,
) -> bytes:
    """The document with these answers and the mark, as pages only.

    `place` is where the mark goes if the document names no place itself; without either it gets a page of
    its own. `language` is that of dates whose form the document does not set. Raises InvalidInput for
    answers that don't fit (where it is not finished, their fields stay empty instead), UnsafeFile for an
    unsuitable mark, DocumentSealed for a document that is signed already, and what `reading.read` raises.
    """
    with reading():
        source = Source(data, limits)
        found = entries(source, limits.max_fields)
        form = form_of(source, found)
        if form.sealed:
            raise DocumentSealed
        if is_finished:
            for problem in problems(form.fields, values):
                raise InvalidInput(problem.sentence, field=problem.field)
        answers = {each.name: _Answer(each.kind, _fitting_answer(each, values)) for each in form.fields}
        return _Filling(source, found, form, answers, language).finish(mark, form.place or place)


def prepare(data: bytes, limits: DocumentLimits = LIMITS) -> tuple[DocumentForm, bytes]:
    """What it asks, and its pages as they are shown meanwhile: with what is fixed, without fields.

    Errors as `reading.read`.
    """
    with reading():
        source = Source(data, limits)
        found = entries(source, limits.max_fields)
        form = form_of(source, found)
        return form, _Filling(source, found, form, {}, "en").finish()


@dataclass(frozen=True, slots=True)
class _Answer:
    kind: FieldKind
    value: str


def _fitting_answer(field: DocumentField, values: Mapping[str, str]) -> str:
    return "" if field_problem(field, values) else values.get(field.name, field.value)


class _Filling:
    def __init__(
        self,
        source: Source,
        found: list[Entry],
        form: DocumentForm,
        answers: Mapping[str, _Answer],
        language: str,
    ) -> None:
        self._source = source
        self._language = language
        self._answers = answers
        self._entries = found
        unfilled = [] if form.sealed else [each for each in found if each.is_asked or each.is_signature_place]
        self._open = {id(widget.entries) for entry in unfilled for widget in entry.widgets}
        self._book = Book()
        self._copier = Copier(self._book)
        self._drawings = [Drawing(frame.size.height) for frame in source.frames]
        self._pictures: dict[int, list[tuple[str, bytes]]] = {}

    def finish(self, mark: VisibleMark | None = None, place: SignaturePlace | None = None) -> bytes:
        for entry in self._entries:
            self._answer(entry)
        if mark and place:
            page = min(max(place.page, 0), len(self._drawings) - 1)
            self._pictures[page] = marks.draw(self._book, self._drawings[page], place.box, mark)
        for index in range(len(self._drawings)):
            self._page(index)
        if mark and not place:
            marks.add_page(self._book, self._source.frames[-1].size, mark)
        return self._book.finish(self._catalogue(), self._information())

    def _answer(self, entry: Entry) -> None:
        answer = self._answers.get(entry.name)
        for widget in entry.widgets:
            if answer:
                self._draw(entry, widget, answer)
            elif self._is_fixed(entry, widget) and _appearance(widget.entries) is None:
                kind = kind_of(entry)
                self._draw(entry, widget, _Answer(kind, value_of(entry, kind)))

    def _is_fixed(self, entry: Entry, widget: Widget) -> bool:
        return id(widget.entries) not in self._open and entry.type in ("/Tx", "/Ch", "/Btn")

    def _draw(self, entry: Entry, widget: Widget, answer: _Answer) -> None:
        drawing = self._drawings[widget.page]
        appearance.draw(drawing, entry, widget, answer.kind, answer.value, self._language)

    def _page(self, index: int) -> None:
        frame, drawing = self._source.frames[index], self._drawings[index]
        crop = b"[%s]" % " ".join(number(each) for each in frame.crop).encode()
        named = [("Page", reference(self._original(self._source.pages[index], crop)))]
        content = [b"/Page Do"]
        for name, there, matrix in self._appearances(index):
            named.append((name, there))
            content.append(b"q %s cm /%s Do Q" % (matrix, name.encode()))
        if drawing:
            matrix = " ".join(number(each) for each in frame.matrix()).encode()
            content.append(b"q %s cm\n%s\nQ" % (matrix, drawing.content()))
        named += self._pictures.get(index, [])
        objects = b" ".join(b"/%s %s" % (name.encode(), there) for name, there in named)
        resources = b"<< /XObject << %s >> /Font %s >>" % (objects, font_resources())
        stream = reference(self._book.add_stream(b"", b"\n".join(content)))
        box = b"/MediaBox %s /Rotate %d" % (crop, frame.turned)
        self._book.add_page(b"%s /Resources %s /Contents %s" % (box, resources, stream))

    def _original(self, page: PageObject, crop: bytes) -> int:
        """What the vendor drew, as a form of its own: whatever it does to the graphics state ends with it."""
        resources = self._copier.value(dictionary(page.get("/Resources")))
        parts = b"/Type /XObject /Subtype /Form /BBox %s /Resources %s" % (crop, resources)
        if group := dictionary(page.get("/Group")):
            parts += b" /Group " + self._copier.value(group)
        return self._book.add_stream(parts, _content(page))

    def _appearances(self, page: int) -> Iterator[tuple[str, bytes, bytes]]:
        """What annotations and fields that nobody fills in show: name, reference and matrix."""
        for index, each in enumerate(annotations(self._source, page)):
            if id(each) in self._open or text(each.get("/Subtype")) not in _DRAWN:
                continue
            there = _appearance(each)
            corners = array(each.get("/Rect"))
            if there is not None and len(corners) == 4:
                matrix = _fitting(dictionary(there), rectangle_of([plain(corner) for corner in corners]))
                if matrix:
                    yield f"An{index}", self._copier.value(there), matrix

    def _catalogue(self) -> bytes:
        """The language, and which layers are shown: else hidden ones would appear."""
        parts = []
        if language := text(self._source.root.get("/Lang")):
            parts.append(b"/Lang " + text_string(language[:35]))
        if layers := dictionary(self._source.root.get("/OCProperties")):
            parts.append(b"/OCProperties " + self._copier.value(layers))
        return b" ".join(parts)

    def _information(self) -> bytes:
        title = text(dictionary(self._source.reader.trailer.get("/Info")).get("/Title"))
        return (b"/Title " + text_string(title[:500]) if title else b"") + b" /Producer (SupportDesk)"


def _content(page: PageObject) -> bytes:
    found = plain(page.get("/Contents"))
    streams = [plain(each) for each in found] if isinstance(found, ArrayObject) else [found]
    parts: list[bytes] = []
    size_bytes = 0
    for stream in streams:
        if isinstance(stream, StreamObject):
            parts.append(stream.get_data())
            size_bytes += len(parts[-1])
            if size_bytes > _MAX_CONTENT_BYTES:
                raise DocumentTooLarge
    return b"\n".join(parts)


def _appearance(annotation: DictionaryObject) -> IndirectObject | None:
    """The form that is drawn for it, in its present state."""
    looks = dictionary(annotation.get("/AP"))
    holder, key = looks, "/N"
    if not isinstance(plain(looks.get("/N")), StreamObject):
        holder, key = dictionary(looks.get("/N")), text(annotation.get("/AS"))
    if key not in holder:
        return None
    there = holder.raw_get(key)
    return there if isinstance(there, IndirectObject) and isinstance(plain(there), StreamObject) else None


def _fitting(form: DictionaryObject, target: Rectangle) -> bytes:
    """The matrix that puts an appearance where its annotation is (ISO 32000-1, 12.5.5), or b''."""
    corners = array(form.get("/BBox"))
    if len(corners) != 4:
        return b""
    left, bottom, right, top = rectangle_of([plain(corner) for corner in corners])
    own = [number_of(part) for part in array(form.get("/Matrix"))]
    a, b, c, d, e, f = own if len(own) == 6 else (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    xs = [a * x + c * y + e for x in (left, right) for y in (bottom, top)]
    ys = [b * x + d * y + f for x in (left, right) for y in (bottom, top)]
    width, height = max(xs) - min(xs), max(ys) - min(ys)
    if width <= 0 or height <= 0:
        return b""
    across, up = (target[2] - target[0]) / width, (target[3] - target[1]) / height
    moved = (target[0] - min(xs) * across, target[1] - min(ys) * up)
    return " ".join(number(part) for part in (across, 0.0, 0.0, up, *moved)).encode()
