"""Signatures as pictures, and documents on paper."""

from concurrent.futures import Future
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import (
    QColor,
    QFontDatabase,
    QImage,
    QInputDevice,
    QPainter,
    QPointingDevice,
    QTabletEvent,
)
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from supportdesk.app.document_pages import DocumentPages, PagePicture
from supportdesk.app.jobs import Jobs
from supportdesk.domain.errors import DocumentUnusable
from supportdesk.ui.document.printing import Printing
from supportdesk.ui.signature.cut_out import cut_out, load_grey
from supportdesk.ui.signature.hands import FontHand, hands
from supportdesk.ui.signature.ink_pad import InkPad
from supportdesk.ui.signature.mark import ink_rect, png_of
from supportdesk.ui.theme import theme
from tests.support.pdfs import form_pdf
from tests.support.workspace import Loop

INK = QRect(120, 80, 160, 20)


@pytest.fixture
def photo(qapp: QApplication, tmp_path: Path) -> Path:
    """Dark ink on paper that is not evenly lit."""
    image = QImage(400, 240, QImage.Format.Format_RGB32)
    for x in range(400):
        shade = 200 + x // 8
        for y in range(240):
            image.setPixelColor(x, y, QColor(shade, shade, shade - 10))
    painter = QPainter(image)
    painter.fillRect(INK, QColor(40, 30, 60))
    painter.end()
    file = tmp_path / "signature.png"
    assert image.save(str(file))
    return file


def test_the_ground_of_a_picture_goes_away_and_the_ink_stays(photo: Path) -> None:
    """Where there was paper nothing is left, and the picture ends where the ink does."""
    mark = cut_out(load_grey(photo), 0.5)
    assert ink_rect(mark) == INK
    assert mark.pixelColor(10, 10).alpha() == 0
    assert mark.pixelColor(200, 90).alpha() == 255
    made = QImage.fromData(png_of(mark))
    assert made.size() == INK.size()


def test_what_is_no_picture_gives_none(tmp_path: Path) -> None:
    """A file of another kind is told from a picture without an error."""
    file = tmp_path / "letter.png"
    file.write_text("Dear Sir or Madam")
    assert load_grey(file).isNull()


def test_no_ink_makes_no_mark(qapp: QApplication) -> None:
    """An empty sheet is not a signature."""
    empty = QImage(50, 20, QImage.Format.Format_ARGB32)
    empty.fill(Qt.GlobalColor.transparent)
    assert png_of(empty) == b""


@pytest.mark.parametrize("families", [[], ["Inter", "DejaVu Sans"], ["Inter", "Z003 [urw]"]])
def test_there_are_three_hands_to_choose_from(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch, families: list[str]
) -> None:
    """Whatever fonts are installed: where scripts are missing, a pen writes, with all signs of a name."""
    monkeypatch.setattr(QFontDatabase, "families", lambda *_any: families)
    found = hands()
    assert len(set(found)) == 3
    assert sum(isinstance(hand, FontHand) for hand in found) == ("Z003 [urw]" in families)
    for hand in found:
        letter, marked, name = (hand.path(text, 60).boundingRect() for text in ("e", "ë", "Zoë Müßig-Łukasz"))
        assert marked.top() < letter.top()
        assert marked.width() < name.width()


def test_a_name_in_signs_that_the_pen_lacks_is_still_written(qapp: QApplication) -> None:
    """In slanted type, as a whole: never with gaps."""
    for hand in hands():
        assert not hand.path("Мария", 60).isEmpty()


def test_a_pen_that_is_pressed_harder_draws_a_thicker_line(qapp: QApplication) -> None:
    """Three strokes, with a tenth, a half and nine tenths of what the pen can feel."""
    pad = pad_to_sign_on()
    device = QPointingDevice(
        "a pen",
        7,
        QInputDevice.DeviceType.Stylus,
        QPointingDevice.PointerType.Pen,
        QInputDevice.Capability.Position | QInputDevice.Capability.Pressure,
        1,
        3,
    )
    kinds = (QEvent.Type.TabletPress, QEvent.Type.TabletMove, QEvent.Type.TabletRelease)
    for y, pressure in ((40, 0.1), (100, 0.5), (160, 0.9)):
        for kind, x in zip(kinds, (40, 200, 200), strict=True):
            place, none = QPointF(x, y), Qt.KeyboardModifier.NoModifier
            buttons = Qt.MouseButton.NoButton if kind is kinds[2] else Qt.MouseButton.LeftButton
            tip = Qt.MouseButton.LeftButton
            event = QTabletEvent(kind, device, place, place, pressure, 0, 0, 0, 0, 0, none, tip, buttons)
            QApplication.sendEvent(pad, event)
            assert event.isAccepted()
    light, middle, hard = (thickness(pad, 120, y) for y in (40, 100, 160))
    assert 0 < light < middle < hard
    pad.deleteLater()


def test_a_finger_signs_too(qapp: QApplication) -> None:
    """What it does on a touch screen comes as the mouse would."""
    pad = pad_to_sign_on()
    pad.show()
    screen = QTest.createTouchDevice()
    QTest.touchEvent(pad, screen).press(0, QPoint(40, 100), pad).commit()
    QTest.touchEvent(pad, screen).move(0, QPoint(120, 100), pad).commit()
    QTest.touchEvent(pad, screen).move(0, QPoint(200, 100), pad).commit()
    QTest.touchEvent(pad, screen).release(0, QPoint(200, 100), pad).commit()
    assert thickness(pad, 120, 100) > 0
    pad.undo()
    assert pad.is_empty
    pad.hide()
    pad.deleteLater()


def pad_to_sign_on() -> InkPad:
    theme()
    pad = InkPad()
    pad.resize(400, 200)
    return pad


def thickness(pad: InkPad, x: int, y: int) -> int:
    """Of the ink across the line through (x, y), in pixels of the picture."""
    image = pad.image()
    fine = image.width() // pad.width()
    return sum(image.pixelColor(x * fine, v).alpha() > 127 for v in range((y - 10) * fine, (y + 10) * fine))


def test_all_pages_are_printed(qapp: QApplication, tmp_path: Path) -> None:
    """One sheet for each, in the order of the document."""
    theme()
    printed = tmp_path / "printed.pdf"
    loop, window = Loop(), QWidget()
    printing = Printing(Jobs(loop.deliver), window)
    assert print_form(printing, loop, printed) == []
    assert len(PdfReader(printed).pages) == 2
    window.deleteLater()


def print_form(printing: Printing, loop: Loop, target: Path) -> list[str]:
    """What the person is told meanwhile."""
    told: list[str] = []
    printing.troubled.connect(told.append)
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(target))
    begun: list[int] = []

    def begin(count: int) -> None:
        printing.begin(printer, count)
        begun.append(count)

    printing.open(form_pdf(), begin, lambda error: pytest.fail(str(error)))
    loop.drain(lambda: bool(begun) and not printing.is_busy, 60)
    printing.end()
    return told


@pytest.mark.parametrize(
    ("broken", "sheets", "words"),
    [
        ({0}, 1, "Page 1 cannot be drawn and was not printed."),
        ({1}, 1, "Page 2 cannot be drawn and was not printed."),
        ({0, 1}, 0, "Pages 1, 2 cannot be drawn and were not printed."),
    ],
)
def test_pages_that_cannot_be_printed_are_named(
    qapp: QApplication,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    broken: set[int],
    sheets: int,
    words: str,
) -> None:
    """The others are printed, and no empty sheet for those that are not."""
    theme()
    whole = DocumentPages.render

    def render(pages: DocumentPages, page: int, scale: float) -> Future[PagePicture]:
        if page not in broken:
            return whole(pages, page, scale)
        failed: Future[PagePicture] = Future()
        failed.set_exception(DocumentUnusable())
        return failed

    monkeypatch.setattr(DocumentPages, "render", render)
    printed = tmp_path / "printed.pdf"
    loop, window = Loop(), QWidget()
    assert print_form(Printing(Jobs(loop.deliver), window), loop, printed) == [words]
    assert sheets == (len(PdfReader(printed).pages) if printed.exists() else 0)
    window.deleteLater()


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_that_does_not_begin_is_told_of(qapp: QApplication, tmp_path: Path) -> None:
    """And the next attempt is free to begin."""
    theme()
    loop, window = Loop(), QWidget()
    printing = Printing(Jobs(loop.deliver), window)
    told = print_form(printing, loop, tmp_path / "no such folder" / "printed.pdf")
    assert told == ["The printer does not begin. See whether it is on and can be reached."]
    assert not printing.is_busy
    window.deleteLater()
