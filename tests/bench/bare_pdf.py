"""The first page of a PDF without our program: by QtPdf alone, or by PDFium where that is not installed."""

from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtGui import QPixmap

from supportdesk.pdf.pages import Pages
from supportdesk.ui.document.page_geometry import fitting_scale
from supportdesk.ui.document.page_pictures import image_of
from supportdesk.ui.theme import theme
from tests.bench.eye import watched

HAS_QTPDF = find_spec("PySide6.QtPdfWidgets") is not None
PEER = "QtPdf alone" if HAS_QTPDF else "PDFium without a window, as QtPdf is not installed"


def first_page(file: Path, size: QSize) -> Callable[[], object]:
    """What opens it and paints its first page, which fits the width of `size`."""
    show = _by_qtpdf if HAS_QTPDF else _by_pdfium
    return lambda: show(file, size)


def _by_qtpdf(file: Path, size: QSize) -> None:
    """Its view makes pictures of pages in a thread, as ours does."""
    from PySide6.QtPdf import QPdfDocument, QPdfPageRenderer
    from PySide6.QtPdfWidgets import QPdfView

    made: list[int] = []

    def open_() -> None:
        document.load(str(file))
        view.show()

    with watched(QPdfView) as eye:
        view, document = QPdfView(), QPdfDocument()  # not a child of the view, which would crash at its end
        view.setDocument(document)
        view.setPageMode(QPdfView.PageMode.MultiPage)
        view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        renderer = view.findChild(QPdfPageRenderer)
        assert renderer is not None
        renderer.pageRendered.connect(lambda page, *_more: made.append(page))
        view.resize(size)
        eye.wait(open_, lambda: 0 in made)
        view.close()
        view.deleteLater()


def _by_pdfium(file: Path, size: QSize) -> None:
    pages = Pages(file.read_bytes())
    scale = fitting_scale(pages.sizes, size.width(), theme().space.xl)
    QPixmap.fromImage(image_of(pages.render(0, scale)))
    pages.close()
