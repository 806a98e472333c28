"""The pages of a document, one below the other, with the fields of its form over them."""

from PySide6.QtCore import QRect, QRectF, QTimer, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from supportdesk.app.document_pages import Passage
from supportdesk.domain.documents import PageSize
from supportdesk.ui.document.form_overlay import FormOverlay
from supportdesk.ui.document.page_geometry import PageGeometry
from supportdesk.ui.document.page_pictures import PagePictures
from supportdesk.ui.theme import theme
from supportdesk.ui.theme.painting import draw_box


class Sheets(QWidget):
    def __init__(self, pictures: PagePictures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pictures = pictures
        self.geometry_of_pages = PageGeometry()
        self.form = FormOverlay(self)
        self.passages: tuple[Passage, ...] = ()
        self._current: Passage | None = None
        self._sharpening = QTimer(self)
        self._sharpening.setSingleShot(True)
        self._sharpening.setInterval(0)
        self._sharpening.timeout.connect(self.ask_for_pictures)
        pictures.arrived.connect(self._repaint_page)

    def show_pages(self, sizes: tuple[PageSize, ...], scale: float, width: int, below: int) -> None:
        """`width` is that of the window that is looked through, `below` is free after the last page."""
        geometry = PageGeometry(sizes, scale, theme().space.xl, width, below)
        if geometry == self.geometry_of_pages:
            return
        if sizes != self.geometry_of_pages.sizes:
            self._pictures.forget()
        self.geometry_of_pages = geometry
        self._pictures.want((), scale * self.devicePixelRatioF())  # those of another size are not sharp now
        self.resize(geometry.extent)
        self.form.place_on(geometry)
        self._sharpening.start()
        self.update()

    def show_passages(self, passages: tuple[Passage, ...], current: Passage | None) -> None:
        self.passages, self._current = passages, current
        self.update()

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
        self.form.need(seen, around)
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
            self._sharpening.start()

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
        mark = QColor(theme().annotation.yellow)
        for passage in self.passages:
            if passage.page != page:
                continue
            mark.setAlphaF(0.65 if passage is self._current else 0.3)
            for box in passage.boxes:
                painter.fillRect(self.geometry_of_pages.place(page, box), mark)

    @Slot(int)
    def _repaint_page(self, page: int) -> None:
        if page < len(self.geometry_of_pages.sizes):
            self.update(self.geometry_of_pages.pages[page])
