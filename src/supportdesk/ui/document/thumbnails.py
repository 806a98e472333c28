"""All pages in small, to go from one to another."""

from functools import partial

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QFrame, QListView, QListWidget, QListWidgetItem, QWidget

from supportdesk.app.document_pages import DocumentPages, PagePicture
from supportdesk.app.jobs import Jobs
from supportdesk.domain.documents import PageSize
from supportdesk.ui import formats
from supportdesk.ui.document.page_pictures import image_of
from supportdesk.ui.theme import theme
from supportdesk.ui.theme.painting import draw_box

_EDGE = 96


class Thumbnails(QListWidget):
    """Pictures are made one after the other, as they come into sight. `chosen` carries a page from 0."""

    chosen = Signal(int)

    def __init__(self, jobs: Jobs, pages: DocumentPages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs, self._pages = jobs, pages
        self._sizes: tuple[PageSize, ...] = ()
        self._made: set[int] = set()
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setFlow(QListView.Flow.TopToBottom)
        self.setWrapping(False)
        self.setMovement(QListView.Movement.Static)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        edge = theme().scaled(_EDGE)
        self.setIconSize(QSize(edge, edge))
        self.setSpacing(theme().space.s)
        self.setFixedWidth(edge + 4 * theme().space.l)
        self.itemClicked.connect(self._choose)
        self.itemActivated.connect(self._choose)
        self.verticalScrollBar().valueChanged.connect(self.make_next)

    def show_pages(self, sizes: tuple[PageSize, ...]) -> None:
        if sizes == self._sizes:
            return
        self._jobs.release(self)
        self._sizes, self._made = sizes, set()
        self.clear()
        edge = self.iconSize().width()
        blank = QPixmap(edge, edge)
        blank.fill(Qt.GlobalColor.transparent)
        for page in range(len(sizes)):
            item = QListWidgetItem(QIcon(blank), formats.number(page + 1))
            item.setSizeHint(QSize(edge + 2 * theme().space.l, edge + theme().line_height("body") + 8))
            item.setTextAlignment(Qt.AlignmentFlag.AlignHCenter)
            self.addItem(item)

    def show_current(self, page: int) -> None:
        if page < self.count():
            self.setCurrentRow(page)

    def end(self) -> None:
        self._jobs.release(self)

    @Slot()
    def make_next(self) -> None:
        """One at a time: the pages themselves go first."""
        if not self.isVisible() or self._jobs.busy(self, "small"):
            return
        seen = self.viewport().rect()
        for page in range(self.count()):
            if page not in self._made and self.visualItemRect(self.item(page)).intersects(seen):
                self._make(page)
                return

    def _make(self, page: int) -> None:
        size = self._sizes[page]
        scale = self.iconSize().width() * self.devicePixelRatioF() / max(size.width, size.height)
        self._jobs.start(
            self,
            "small",
            partial(self._pages.render, page, scale),
            partial(self._take, page),
            lambda _error: self._skip(page),
        )

    def _take(self, page: int, picture: PagePicture) -> None:
        small = QPixmap.fromImage(image_of(picture))
        painter = QPainter(small)
        draw_box(painter, small.rect(), fill=None, border=theme().color("hairline"), radius=0)
        painter.end()
        self.item(page).setIcon(QIcon(small))
        self._skip(page)

    def _skip(self, page: int) -> None:
        self._made.add(page)
        self.make_next()

    def _choose(self, item: QListWidgetItem) -> None:
        self.chosen.emit(self.row(item))
