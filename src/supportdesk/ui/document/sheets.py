"""The pages of a document, one below the other, with the fields of its form over them.

Fields are children of this widget, at their places on the pages: scrolling moves everything together.
"""

import itertools

from PySide6.QtCore import QRect, QRectF, QTimer, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from supportdesk.app.document_pages import Passage
from supportdesk.app.document_state import DocumentPageState
from supportdesk.app.flows.signing import SIGNATURE
from supportdesk.domain.documents import DocumentForm, PageSize
from supportdesk.i18n import _
from supportdesk.ui.document.field_kinds import field_on_page
from supportdesk.ui.document.page_field import PageField
from supportdesk.ui.document.page_geometry import PageGeometry
from supportdesk.ui.document.page_pictures import PagePictures
from supportdesk.ui.document.signature_place import SignatureOnPage
from supportdesk.ui.theme import theme
from supportdesk.ui.theme.painting import draw_box

_SHARPEN_MS = 60
"""After the last step of zooming."""


class Sheets(QWidget):
    """`answered` carries name and answer of a field, `entered` the name of that which has the focus."""

    answered = Signal(str, str)
    entered = Signal(str)
    signature_requested = Signal()

    def __init__(self, pictures: PagePictures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pictures = pictures
        self.geometry_of_pages = PageGeometry()
        self._form = DocumentForm(pages=())
        self._fields: dict[str, PageField] = {}
        self._place: SignatureOnPage | None = None
        self.current = ""
        """Name of the field that has or had the focus last."""
        self.passages: tuple[Passage, ...] = ()
        self._current: Passage | None = None
        self._sharpening = QTimer(self)
        self._sharpening.setSingleShot(True)
        self._sharpening.setInterval(_SHARPEN_MS)
        self._sharpening.timeout.connect(self.ask_for_pictures)
        pictures.arrived.connect(self._repaint_page)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow_focus)
        self.setAccessibleName(_("Pages"))

    def show_pages(self, sizes: tuple[PageSize, ...], scale: float, width: int) -> None:
        """`width` is that of the window that is looked through."""
        geometry = PageGeometry(sizes, scale, theme().space.xl, width)
        if geometry == self.geometry_of_pages:
            return
        if sizes != self.geometry_of_pages.sizes:
            self._pictures.forget()
        self.geometry_of_pages = geometry
        self.resize(geometry.extent)
        self._place_fields()
        self._sharpening.start()
        self.update()

    def show_form(self, state: DocumentPageState) -> None:
        wanted = state.document.form if state.document is not None else DocumentForm(pages=())
        if not state.shows_form or not state.pages.sizes:
            wanted = DocumentForm(pages=())
        if wanted != self._form:
            self._make_fields(wanted)
        filling = state.filling
        for field in self._form.fields:
            self._fields[field.name].show_answer(
                filling.value(field),
                missing=filling.is_missing(field),
                problem=filling.problem(field),
                is_open=state.is_open,
            )
        if self._place is not None:
            self._place.show_mark(state.mark, is_open=state.is_open)

    def show_passages(self, passages: tuple[Passage, ...], current: Passage | None) -> None:
        self.passages, self._current = passages, current
        self.update()

    def place_of(self, name: str) -> QWidget | None:
        """The widget of a field, or of the signature."""
        return self._place if name == SIGNATURE else self._fields.get(name)

    def rect_of(self, passage: Passage) -> QRect:
        place = QRectF()
        for box in passage.boxes:
            place = place.united(self.geometry_of_pages.place(passage.page, box))
        return place.toAlignedRect()

    @Slot()
    def ask_for_pictures(self) -> None:
        """Of what is seen, and of the pages before and after."""
        region = self.visibleRegion().boundingRect()
        geometry = self.geometry_of_pages
        if region.isEmpty() or not geometry.sizes:
            return
        seen = geometry.between(region.top(), region.bottom())
        around = [page for page in (seen.stop, seen.start - 1) if 0 <= page < len(geometry.sizes)]
        self._pictures.want([*seen, *around], geometry.scale * self.devicePixelRatioF())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, geometry = QPainter(self), self.geometry_of_pages
        painter.fillRect(event.rect(), theme().color("canvas"))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for page in geometry.between(event.rect().top(), event.rect().bottom()):
            rect = geometry.pages[page]
            self._paint_page(painter, page, rect)
            self._mark_passages(painter, page)
            draw_box(painter, rect, fill=None, border=theme().color("hairline"), radius=0)
        if not self._sharpening.isActive():
            self._sharpening.start(0)

    def _paint_page(self, painter: QPainter, page: int, rect: QRect) -> None:
        """Pixel by pixel where the picture has the right size, so that letters stay sharp."""
        picture = self._pictures.picture(page)
        if picture is None or picture.isNull():
            painter.fillRect(rect, theme().color("paper"))
        elif self._pictures.is_sharp(page):
            picture.setDevicePixelRatio(self.devicePixelRatioF())
            painter.drawPixmap(rect.topLeft(), picture)
        else:
            painter.drawPixmap(rect, picture)

    def _mark_passages(self, painter: QPainter, page: int) -> None:
        mark = theme().annotation.yellow
        for passage in self.passages:
            if passage.page != page:
                continue
            mark.setAlphaF(0.65 if passage is self._current else 0.3)
            for box in passage.boxes:
                painter.fillRect(self.geometry_of_pages.place(page, box), mark)

    def _make_fields(self, form: DocumentForm) -> None:
        for old in (*self._fields.values(), self._place):
            if old is not None:
                old.hide()
                old.deleteLater()
        self._form, self._place, self._fields, self.current = form, None, {}, ""
        for field in form.fields:
            made = self._fields[field.name] = field_on_page(field, self)
            made.answered.connect(self.answered)
        if form.place is not None:
            self._place = SignatureOnPage(self)
            self._place.clicked.connect(self.signature_requested)
        self._place_fields()
        self._order_fields(form)
        for each in (*self._fields.values(), self._place):
            if each is not None:
                each.show()

    def _order_fields(self, form: DocumentForm) -> None:
        """Tab goes through the form as it is read."""
        stops: list[QWidget] = [self._fields[field.name].control for field in form.fields]
        if self._place is not None and form.place is not None:
            place = (form.place.page, form.place.box.y)
            before = sum((field.page, field.box.y) <= place for field in form.fields)
            stops.insert(before, self._place)
        for first, second in itertools.pairwise(stops):
            QWidget.setTabOrder(first, second)

    def _place_fields(self) -> None:
        geometry, pages = self.geometry_of_pages, len(self.geometry_of_pages.sizes)
        for field in self._form.fields:
            if field.page < pages:
                self._fields[field.name].place(geometry.place(field.page, field.box), geometry.scale)
        if self._place is not None and self._form.place is not None and self._form.place.page < pages:
            self._place.place(geometry.place(self._form.place.page, self._form.place.box))

    @Slot(QWidget, QWidget)
    def _follow_focus(self, before: QWidget | None, now: QWidget | None) -> None:
        for widget in (before, now):
            place = self._place_around(widget)
            if place is not None:
                place.update()
        entered = self._place_around(now)
        if entered is not None:
            self.current = entered.field.name if isinstance(entered, PageField) else SIGNATURE
            self.entered.emit(self.current)

    def _place_around(self, widget: QWidget | None) -> QWidget | None:
        """The field or the signature that `widget` is or belongs to."""
        while widget is not None and widget is not self:
            if isinstance(widget, PageField | SignatureOnPage):
                return widget if widget.parentWidget() is self else None
            widget = widget.parentWidget()
        return None

    @Slot(int)
    def _repaint_page(self, page: int) -> None:
        if page < len(self.geometry_of_pages.sizes):
            self.update(self.geometry_of_pages.pages[page])
