"""Reading a document: continuous pages, zoom, search, and the way to the next required field."""

from PySide6.QtCore import QPoint, QRect, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QWidget

from supportdesk.app.document import DocumentPresenter
from supportdesk.app.document_pages import Passage
from supportdesk.app.document_state import DocumentPageState
from supportdesk.domain.documents import PageSize
from supportdesk.i18n import ngettext
from supportdesk.ui import formats
from supportdesk.ui.document.page_geometry import TRUE_SIZE, fitting_scale
from supportdesk.ui.document.page_pictures import PagePictures
from supportdesk.ui.document.sheets import Sheets
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.button import button

ZOOM_STEPS = (25, 33, 50, 67, 75, 90, 100, 110, 125, 150, 175, 200, 250, 300, 400)
"""Percent."""
_MARGIN = 64
"""Between what is scrolled to and the edge, or the button that floats there."""


class DocumentViewer(QScrollArea):
    """`zoomed` carries percent; `page_changed` the page at the top, from 0."""

    zoomed = Signal(int)
    page_changed = Signal(int)
    next_requested = Signal()

    def __init__(self, presenter: DocumentPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sizes: tuple[PageSize, ...] = ()
        self._zoom: int | None = None
        """Percent; None fits the width."""
        self._page = 0
        self.pictures = PagePictures(presenter.jobs, presenter.pages, self)
        self.sheets = Sheets(self.pictures)
        self.next = button("", "primary", "arrow-down", size="large", parent=self)
        self._build()
        self._connect()

    def show_state(self, state: DocumentPageState) -> None:
        if state.pages.sizes != self._sizes:
            self._sizes = state.pages.sizes
            self.verticalScrollBar().setValue(0)
        left = state.filling.left if state.is_open and state.pages.sizes else 0
        text = ngettext("Next required field ({n} left)", "Next required field ({n} left)", left)
        self.next.setText(text.format(n=formats.number(left)))
        self.next.setAccessibleName(self.next.text())
        self.next.setVisible(bool(left))
        self._lay_out()
        self.sheets.form.show_state(state)

    @property
    def percent(self) -> int:
        return round(100 * self.sheets.geometry_of_pages.scale / TRUE_SIZE)

    @property
    def fits_width(self) -> bool:
        return self._zoom is None

    def set_zoom(self, percent: int | None) -> None:
        """None fits the width, whatever it becomes. What was in the middle stays there."""
        before = self.sheets.geometry_of_pages
        middle = self.verticalScrollBar().value() + self.viewport().height() / 2
        page = before.page_at(round(middle))
        share = self._share(page, middle)
        self._zoom = percent
        self._lay_out()
        after = self.sheets.geometry_of_pages
        if after.pages:
            rect = after.pages[page]
            self.verticalScrollBar().setValue(
                round(rect.top() + share * rect.height() - self.viewport().height() / 2)
            )

    def zoom_in(self) -> None:
        self.set_zoom(next((step for step in ZOOM_STEPS if step > self.percent), ZOOM_STEPS[-1]))

    def zoom_out(self) -> None:
        self.set_zoom(next((step for step in reversed(ZOOM_STEPS) if step < self.percent), ZOOM_STEPS[0]))

    def go_to(self, name: str, reason: Qt.FocusReason = Qt.FocusReason.ShortcutFocusReason) -> None:
        """Scrolls to a field or the signature and gives it the focus."""
        place = self.sheets.form.place_of(name)
        if place is not None:
            self._reveal(place.geometry())
            place.setFocus(reason)

    def go_to_page(self, page: int) -> None:
        if page < len(self.sheets.geometry_of_pages.pages):
            top = self.sheets.geometry_of_pages.pages[page].top()
            self.verticalScrollBar().setValue(top - theme().space.xl)

    def show_passages(self, passages: tuple[Passage, ...], current: Passage | None) -> None:
        self.sheets.show_passages(passages, current)
        if current is not None:
            self._reveal(self.sheets.rect_of(current))

    def focus_outline(self) -> tuple[QRect, float]:
        """The ring lies inside: around it is no room."""
        inset = theme().space.s
        return self.viewport().rect().adjusted(inset, inset, -inset, -inset), theme().radius.button

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            steps = event.angleDelta().y()
            if steps:
                self.zoom_in() if steps > 0 else self.zoom_out()
            event.accept()
            return
        super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Home, Qt.Key.Key_End}:
            bar = self.verticalScrollBar()
            bar.setValue(bar.minimum() if event.key() == Qt.Key.Key_Home else bar.maximum())
            return
        super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """From the button, or these pages without it, through the form as it is read, and on."""
        names, door = self.sheets.form.names(), self.next if self.next.isVisible() else self
        at = self._place_of_focus(names)
        if at is None and not (forward and names and door.hasFocus()):
            return super().focusNextPrevChild(forward)
        at = -1 if at is None else at
        to = at + 1 if forward else at - 1
        if 0 <= to < len(names):
            self.go_to(names[to], Qt.FocusReason.TabFocusReason)
            return True
        door.setFocus(Qt.FocusReason.BacktabFocusReason)
        return super().focusNextPrevChild(forward) if forward else True

    def _place_of_focus(self, names: list[str]) -> int | None:
        """Among `names`; None when the focus is not in the form."""
        focused, current = QApplication.focusWidget(), self.sheets.form.current
        is_inside = focused is not None and self.sheets.isAncestorOf(focused)
        return names.index(current) if is_inside and current in names else None

    def _build(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("kind", "canvas")
        self.setProperty("focusRing", True)
        self.setWidget(self.sheets)
        self.setWidgetResizable(False)
        self.verticalScrollBar().setSingleStep(theme().scaled(40))
        self.next.hide()

    def _connect(self) -> None:
        self.next.clicked.connect(self.next_requested)
        self.sheets.form.entered.connect(self._uncover)
        self.verticalScrollBar().valueChanged.connect(self._tell_page)
        theme().changed.connect(self._lay_out)

    @Slot()
    def _lay_out(self) -> None:
        """The bar's room is kept free, so that fitting the width does not make it come and go."""
        self._place_button()
        room = self.width() - self.verticalScrollBar().sizeHint().width()
        scale = (self._zoom or 0) / 100 * TRUE_SIZE
        if self._zoom is None:
            scale = min(fitting_scale(self._sizes, room, theme().space.xl), 2 * TRUE_SIZE)
        below = self.viewport().height() - self._free_height()
        self.sheets.show_pages(self._sizes, scale, self.viewport().width(), below)
        self.zoomed.emit(self.percent)
        self._tell_page()

    def _place_button(self) -> None:
        """Near the lower edge, nearer where there is little room."""
        size, seen = self.next.sizeHint(), self.viewport().size()
        gap = max(theme().space.xs, min(theme().space.xl, (seen.height() - size.height()) // 8))
        left = (seen.width() - size.width()) // 2
        self.next.setGeometry(QRect(QPoint(left, seen.height() - size.height() - gap), size))
        self.next.raise_()

    def _free_height(self) -> int:
        """Of what is looked through, above the button."""
        height = self.viewport().height()
        return height if self.next.isHidden() else min(height, max(0, self.next.y()))

    def _reveal(self, place: QRect) -> None:
        free, bar = self._free_height(), self.verticalScrollBar()
        margin = max(0, min(theme().scaled(_MARGIN), (free - place.height()) // 2))
        lowest, highest = place.top() - margin, place.bottom() + 1 + margin - free
        bar.setValue(min(lowest, max(highest, bar.value())))
        middle = bar.value() + self.viewport().height() // 2
        self.ensureVisible(place.center().x(), middle, place.width() // 2 + theme().space.l, 0)

    @Slot(str)
    def _uncover(self, name: str) -> None:
        """What is filled in does not lie below the button."""
        place = self.sheets.form.place_of(name) if name and not self.next.isHidden() else None
        if place is not None and self.next.geometry().intersects(
            QRect(place.mapTo(self, QPoint()), place.size())
        ):
            self._reveal(place.geometry())

    def _share(self, page: int, y: float) -> float:
        pages = self.sheets.geometry_of_pages.pages
        return (y - pages[page].top()) / max(1, pages[page].height()) if pages else 0.0

    @Slot()
    def _tell_page(self) -> None:
        middle = self.verticalScrollBar().value() + self.viewport().height() // 3
        page = self.sheets.geometry_of_pages.page_at(middle)
        if page != self._page:
            self._page = page
            self.page_changed.emit(page)
