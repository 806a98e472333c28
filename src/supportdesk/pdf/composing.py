"""Makes a PDF with a form: pages that were drawn, and fields over them as a `DocumentForm` describes them."""

from collections.abc import Mapping, Sequence

from supportdesk.domain.catalogue import FieldKind
from supportdesk.domain.documents import Box, DocumentField, DocumentForm
from supportdesk.pdf.book import Book, reference, text_string
from supportdesk.pdf.drawing import Drawing, font_resources, number
from supportdesk.pdf.flags import Flag

_FONT_SIZE = 10
_PRINTED = 1 << 2
_DATE_FORMAT = "yyyy-mm-dd"


def compose(
    form: DocumentForm,
    drawings: Sequence[Drawing],
    *,
    title: str = "",
    language: str = "en",
    date_format: str = _DATE_FORMAT,
) -> bytes:
    """One drawing for each page of `form`. `date_format` is how dates are written, as Acrobat says it."""
    return _Composition(form, title, language, date_format).finish(drawings)


class _Composition:
    def __init__(self, form: DocumentForm, title: str, language: str, date_format: str) -> None:
        self._form = form
        self._title = title
        self._language = language
        self._date_format = date_format
        self._book = Book()
        self._pages = [self._book.reserve() for _page in form.pages]
        self._annotations: Mapping[int, list[int]] = {page: [] for page in range(len(form.pages))}

    def finish(self, drawings: Sequence[Drawing]) -> bytes:
        fields = [self._add(field.page, field.box, self._field(field)) for field in self._form.fields]
        if place := self._form.place:
            fields.append(self._add(place.page, place.box, b"/FT /Sig /T (signature)"))
        for page, drawing in enumerate(drawings):
            self._page(page, drawing)
        listed = b" ".join(reference(field) for field in fields)
        look = b"/DA (/Tx %d Tf 0 g) /DR << /Font %s >>" % (_FONT_SIZE, font_resources())
        catalogue = b"/AcroForm << /Fields [%s] %s /NeedAppearances true >>" % (listed, look)
        spoken = b" /Lang " + text_string(self._language)
        return self._book.finish(catalogue + spoken, b"/Title " + text_string(self._title))

    def _page(self, page: int, drawing: Drawing) -> None:
        size = self._form.pages[page]
        contents = reference(self._book.add_stream(b"", drawing.content()))
        around = b"/MediaBox [0 0 %s %s]" % (number(size.width).encode(), number(size.height).encode())
        fields = b" ".join(reference(each) for each in self._annotations[page])
        look = b"/Resources << /Font %s >> /Contents %s" % (font_resources(), contents)
        self._book.add_page(b"%s %s /Annots [%s]" % (around, look, fields), self._pages[page])

    def _add(self, page: int, box: Box, entries: bytes) -> int:
        bottom = self._form.pages[page].height - box.y - box.height
        corners = (box.x, bottom, box.x + box.width, bottom + box.height)
        rectangle = " ".join(number(corner) for corner in corners).encode()
        place = b"/Rect [%s] /P %s /F %d" % (rectangle, reference(self._pages[page]), _PRINTED)
        there = self._book.add(b"<< /Type /Annot /Subtype /Widget %s %s >>" % (place, entries))
        self._annotations[page].append(there)
        return there

    def _field(self, field: DocumentField) -> bytes:
        flags = Flag.REQUIRED if field.required else Flag(0)
        named = b"/T %s /TU %s" % (text_string(field.name), text_string(field.label))
        if field.max_chars is not None:
            named += b" /MaxLen %d" % field.max_chars
        match field.kind:
            case FieldKind.CHECKBOX:
                return b"%s /Ff %d %s" % (named, flags, self._check_box(field))
            case FieldKind.CHOICE:
                options = b" ".join(b"[%s %s]" % (text_string(v), text_string(w)) for v, w in field.choices)
                chosen = b"/V " + text_string(field.value) if field.value else b""
                look = b"/DA (/Tx %d Tf 0 g)" % _FONT_SIZE
                return b"%s /FT /Ch /Ff %d %s /Opt [%s] %s" % (
                    named,
                    flags | Flag.COMBO,
                    look,
                    options,
                    chosen,
                )
            case FieldKind.MULTILINE:
                flags |= Flag.MULTILINE
            case FieldKind.DATE:
                named += b" " + self._date_actions()
        return self._written(named + b" /FT /Tx", flags, field.value)

    def _written(self, entries: bytes, flags: Flag, value: str) -> bytes:
        given = b"/V " + text_string(value) if value else b""
        return b"%s /Ff %d /DA (/Tx %d Tf 0 g) %s" % (entries, flags, _FONT_SIZE, given)

    def _check_box(self, field: DocumentField) -> bytes:
        around = Box(0, 0, field.box.width, field.box.height)
        tick = Drawing(around.height)
        low, high = around.height * 0.55, around.height * 0.3
        tick.path([(2, low), (around.width * 0.4, low + 3), (around.width - 2, high)], (0, 0, 0), 1.2)
        bounds = b"/Type /XObject /Subtype /Form /BBox [0 0 %s %s]" % (
            number(around.width).encode(),
            number(around.height).encode(),
        )
        on, off = (reference(self._book.add_stream(bounds, each)) for each in (tick.content(), b""))
        state = b"/Yes" if field.value == "yes" else b"/Off"
        return b"/FT /Btn /V %s /AS %s /AP << /N << /Yes %s /Off %s >> >>" % (state, state, on, off)

    def _date_actions(self) -> bytes:
        """What Acrobat's date fields carry; here and elsewhere it is only read."""
        events = []
        for event, name in ((b"/F", "Format"), (b"/K", "Keystroke")):
            script = text_string(f'AFDate_{name}Ex("{self._date_format}");')
            events.append(b"%s << /S /JavaScript /JS %s >>" % (event, script))
        return b"/AA << %s >>" % b" ".join(events)
