"""A document on paper: page by page, while the program goes on."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QRectF, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from supportdesk.app.document_pages import DocumentPages, PagePicture
from supportdesk.app.jobs import Jobs
from supportdesk.domain.errors import SupportDeskError
from supportdesk.i18n import _, ngettext
from supportdesk.ui import formats
from supportdesk.ui.document.page_pictures import image_of

_MOST_DPI = 300
_POINTS_PER_INCH = 72


class Printing(QObject):
    """`parent` owns the dialog. One job after the other. `end` must be called.

    `troubled` carries what the person must know about what is not on paper.
    """

    troubled = Signal(str)

    def __init__(self, jobs: Jobs, parent: QWidget) -> None:
        super().__init__(parent)
        self._jobs, self._parent = jobs, parent
        self._pages = DocumentPages()
        self._printer: QPrinter | None = None
        self._painter: QPainter | None = None
        self._left_out: list[int] = []

    @property
    def is_busy(self) -> bool:
        return self._printer is not None

    def open(
        self,
        content: bytes,
        opened: Callable[[int], None],
        failed: Callable[[SupportDeskError], None],
    ) -> None:
        """`content` is a PDF; `opened` is called with the number of its pages."""
        if self.is_busy:
            self.troubled.emit(_("A document is still being printed. Wait a moment."))
            return
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
        self._printer, self._left_out = printer, []
        first, last = printer.fromPage() or 1, printer.toPage() or count
        self._print(first - 1, min(last, count))

    def end(self) -> None:
        self._jobs.release(self)
        self._finish()
        self._pages.close()

    def _print(self, page: int, end: int) -> None:
        printer = self._printer
        if printer is None:
            return
        if page >= end:
            self._finish()
            self._tell_left_out()
            return
        scale = min(printer.resolution(), _MOST_DPI) / _POINTS_PER_INCH
        self._jobs.start(
            self,
            "print",
            lambda: self._pages.render(page, scale),
            partial(self._put, page, end),
            lambda _error: self._leave_out(page, end),
        )

    def _leave_out(self, page: int, end: int) -> None:
        self._left_out.append(page + 1)
        self._print(page + 1, end)

    def _put(self, page: int, end: int, picture: PagePicture) -> None:
        painter = self._painter_of_next_sheet(page)
        if painter is None:
            return
        image = image_of(picture)
        sheet = QRectF(painter.viewport())
        size = image.size().toSizeF().scaled(sheet.size(), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRectF((sheet.width() - size.width()) / 2, 0, size.width(), size.height())
        painter.drawImage(place, image)
        self._print(page + 1, end)

    def _painter_of_next_sheet(self, page: int) -> QPainter | None:
        """Begun with the first page there is: else an empty sheet comes out where there is none."""
        if self._printer is None:
            return None
        if self._painter is None:
            painter = QPainter()
            if painter.begin(self._printer):
                self._painter = painter
                return painter
            told = _("The printer does not begin. See whether it is on and can be reached.")
        elif self._printer.newPage():
            return self._painter
        else:
            told = _("The printer stopped before page {n}.").format(n=formats.number(page + 1))
        self._finish()
        self.troubled.emit(told)
        return None

    def _tell_left_out(self) -> None:
        if self._left_out:
            text = ngettext(
                "Page {pages} cannot be drawn and was not printed.",
                "Pages {pages} cannot be drawn and were not printed.",
                len(self._left_out),
            )
            self.troubled.emit(text.format(pages=", ".join(map(formats.number, self._left_out))))

    def _finish(self) -> None:
        if self._painter is not None:
            self._painter.end()
        self._painter = self._printer = None
