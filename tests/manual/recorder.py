"""Takes the pictures of the manual while a portal's walk is followed, in each language: a pytest plugin."""

import time
from collections import Counter
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage, QImageWriter, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QDialog, QWidget
from shiboken6 import isValid

from supportdesk import i18n
from supportdesk.ui.shell.language import SpokenLanguage
from supportdesk.ui.shell.main_window import MainWindow
from supportdesk.ui.widgets.segmented import SegmentedChoice
from supportdesk.ui.widgets.toast import Toast
from tests.manual.book import LANGUAGES, MANUAL, Text
from tests.support.person import Person, parts, said
from tests.tour.chapter_entry import keyring_at_hand

_WINDOW = (1120, 760)
_LONGEST_S = 20.0
_STILL_MS = 250
_COLOURS = (64, 48, 32, 24)
_LARGEST_BYTES = 40_000
_GROUNDS = 16
"""Colours that cover most of a picture: these are kept exactly."""
_APART = 40
"""Of two colours of a picture: less than this, summed over red, green and blue, nobody sees."""
_SHADE = QColor(0, 0, 0, 60)
_EDGE = QColor("#8A8F99")


@pytest.fixture(autouse=True)
def _recorder(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Says at the end which of the quoted words were on none of the pictures."""
    portal, seen = request.path.stem.removeprefix("test_portal_"), dict.fromkeys(LANGUAGES, "")
    monkeypatch.setattr(Person, "for_manual", lambda _person, name: _take(portal, name, seen))
    with keyring_at_hand():  # as on a customer's computer
        yield
    for language, words in seen.items():
        missing = {each for each in Text(portal, language).quoted if each not in words}
        print(f"{portal}, {language}, on no picture: {', '.join(sorted(missing))}", flush=True)


def _take(portal: str, name: str, seen: dict[str, str]) -> None:
    QApplication.setCursorFlashTime(0)
    spoken, ringed = SpokenLanguage(), QApplication.focusWidget()
    for window in _windows():
        if isinstance(window, MainWindow):
            window.resize(*_WINDOW)
            for toast in window.findChildren(Toast):
                toast.dismiss()  # it says what was said before, in the language of then
    if (table := _table_around(ringed)) is not None:
        table.setFocus()  # what is written in a cell is finished
        ringed = table
    if isinstance(ringed, QAbstractButton | QAbstractItemView | SegmentedChoice):
        ringed.clearFocus()  # a ring tells nothing in a picture
    for language in (*(each for each in LANGUAGES if each != i18n.SOURCE_LANGUAGE), i18n.SOURCE_LANGUAGE):
        i18n.set_language(language)
        spoken.follow()
        png = png_of(_still())
        seen[language] += "\n".join(said(part) for window in _windows() for part in parts(window))
        file = MANUAL / language / "pictures" / Text(portal, language).pictures[name]
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(png)
        print(f"{file.relative_to(MANUAL)}: {len(png) / 1000:.0f} kB", flush=True)
    if isinstance(ringed, QWidget) and isValid(ringed) and QApplication.focusWidget() is None:
        ringed.setFocus(Qt.FocusReason.OtherFocusReason)


def _table_around(widget: QWidget | None) -> QAbstractItemView | None:
    while widget is not None and not isinstance(widget, QAbstractItemView):
        widget = widget.parentWidget()
    return widget


def _still() -> QImage:
    """What is seen once nothing moves any more."""
    until, before = time.monotonic() + _LONGEST_S, QImage()
    while time.monotonic() < until:
        QTest.qWait(_STILL_MS)
        now = _seen()
        if now == before:
            return now
        before = now
    message = "the window does not come to rest"
    raise AssertionError(message)


def _seen() -> QImage:
    """The window, and over it what lies there: menus where they are, dialogs in the middle."""
    window, *over = sorted(_windows(), key=lambda each: each.parentWidget() is not None)
    image = window.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    painter = QPainter(image)
    for each in over:
        place = QRect(each.mapToGlobal(QPoint()) - window.mapToGlobal(QPoint()), each.size())
        if isinstance(each, QDialog):
            painter.fillRect(image.rect(), _SHADE)
            place.moveCenter(image.rect().center())
        painter.drawPixmap(place.topLeft(), each.grab())
        painter.setPen(_EDGE)
        painter.drawRect(place.adjusted(-1, -1, 0, 0))
    painter.end()
    return image


def _windows() -> Iterator[QWidget]:
    return (each for each in QApplication.topLevelWidgets() if each.isVisible())


def png_of(image: QImage) -> bytes:
    """In so few colours that the file stays small, as many as that allows."""
    pixels = image.constBits()
    assert isinstance(pixels, memoryview)
    used = [colour for colour, _count in Counter(pixels.cast("I")).most_common(4000)]
    *more, fewest = (_most_different(used, count) for count in _COLOURS)
    made = (_written(image, colours) for colours in more)
    return next((png for png in made if len(png) <= _LARGEST_BYTES), None) or _written(image, fewest)


def _most_different(colours: list[int], count: int) -> list[int]:
    """The first ones; of the rarer, without those that look like one before; and at last whatever is least
    like any of these, so that a small face does not become grey."""
    chosen = colours[:_GROUNDS]
    for colour in colours[_GROUNDS:]:
        if len(chosen) < count * 3 // 4 and all(_distance(colour, each) >= _APART for each in chosen):
            chosen.append(colour)
    apart = {colour: min(_distance(colour, each) for each in chosen) for colour in colours}
    while len(chosen) < count and max(apart.values()) >= _APART:
        chosen.append(max(apart, key=apart.__getitem__))
        apart = {colour: min(least, _distance(colour, chosen[-1])) for colour, least in apart.items()}
    return chosen


def _distance(one: int, other: int) -> int:
    return sum(abs((one >> shift & 255) - (other >> shift & 255)) for shift in (0, 8, 16))


def _written(image: QImage, colours: list[int]) -> bytes:
    """As PNG with these colours alone."""
    exact = Qt.ImageConversionFlag.AvoidDither
    indexed = image.convertToFormat(QImage.Format.Format_Indexed8, colours, exact)
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, b"png")
    writer.setQuality(0)  # the slowest and smallest
    writer.write(indexed)
    return bytes(content.data())
