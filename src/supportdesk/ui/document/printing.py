"""A document on paper: page by page, while the program goes on."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from supportdesk.app.document_pages import DocumentPages, PagePicture
from supportdesk.app.jobs import Jobs
from supportdesk.domain.errors import SupportDeskError
from supportdesk.i18n import _
from supportdesk.ui.document.page_pictures import image_of

_MOST_DPI = 300
_POINTS_PER_INCH = 72


class Printing(QObject):
    """`parent` owns the dialog. One job after the other. `end` must be called."""

    def __init__(self, jobs: Jobs, parent: QWidget) -> None:
        super().__init__(parent)
        self._jobs, self._parent = jobs, parent
        self._pages = DocumentPages()
        self._printer: QPrinter | None = None
        self._painter: QPainter | None = None

    @property
    def is_busy(self) -> bool:
        return self._painter is not None

    def open(
        self,
        content: bytes,
        opened: Callable[[int], None],
        failed: Callable[[SupportDeskError], None],
    ) -> None:
        """`content` is a PDF; `opened` is called with the number of its pages."""
        if not self.is_busy:
            work = partial(self._pages.open, lambda: content)
            self._jobs.start(self, "open", work, lambda sizes: opened(len(sizes)), failed)

    def ask(self, title: str, count: int) -> None:
        """Which printer, and which of `count` pages."""
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(title)
        dialog = QPrintDialog(printer, self._parent)
        dialog.setWindowTitle(_("Print"))
        dialog.setMinMax(1, count)
        dialog.setFromTo(1, count)
        dialog.accepted.connect(partial(self.begin, printer, count))
        dialog.finished.connect(dialog.deleteLater)
        dialog.setWindowModality(Qt.WindowModality.WindowModal)
        dialog.show()

    def begin(self, printer: QPrinter, count: int) -> None:
        """Those of `count` pages that were chosen; all where none were."""
        painter = QPainter()
        if not painter.begin(printer):
            return
        self._printer, self._painter = printer, painter
        first, last = printer.fromPage() or 1, printer.toPage() or count
        self._print(first - 1, min(last, count))

    def end(self) -> None:
        self._jobs.release(self)
        self._finish()
        self._pages.close()

    def _print(self, page: int, end: int) -> None:
        printer = self._printer
        if page >= end or printer is None:
            self._finish()
            return
        scale = min(printer.resolution(), _MOST_DPI) / _POINTS_PER_INCH
        self._jobs.start(
            self,
            "print",
            lambda: self._pages.render(page, scale),
            partial(self._put, page, end),
            lambda _error: self._print(page + 1, end),
        )

    def _put(self, page: int, end: int, picture: PagePicture) -> None:
        printer, painter = self._printer, self._painter
        if printer is None or painter is None:
            return
        image = image_of(picture)
        sheet = QRectF(painter.viewport())
        size = image.size().toSizeF().scaled(sheet.size(), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRectF((sheet.width() - size.width()) / 2, 0, size.width(), size.height())
        painter.drawImage(place, image)
        if page + 1 < end:
            printer.newPage()
        self._print(page + 1, end)

    def _finish(self) -> None:
        if self._painter is not None:
            self._painter.end()
        self._painter = self._printer = None
