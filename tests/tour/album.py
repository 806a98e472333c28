"""Numbered pictures of what is on the screen."""

from collections import Counter
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPoint
from PySide6.QtGui import QImage, QImageWriter, QPainter
from PySide6.QtWidgets import QWidget

_SMALLEST = 0
_COLORS = 256
_KIND = 0xF0F0F0
"""Colours that differ no more than in the other bits are of one kind."""


class Album:
    """Refuses a picture that is empty or the same as an earlier one: then the walk did not get anywhere."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._taken: dict[bytes, str] = {}
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.glob("[0-9][0-9][0-9]-*.png"):
            old.unlink()

    def take(self, name: str, widget: QWidget, *over: QWidget) -> None:
        """`over` are windows of their own (menus, lists) that lie over `widget`."""
        image = widget.grab().toImage()
        painter = QPainter(image)
        for popup in over:
            painter.drawPixmap(popup.mapToGlobal(QPoint()) - widget.mapToGlobal(QPoint()), popup.grab())
        painter.end()
        self.keep(name, image)

    def keep(self, name: str, image: QImage) -> None:
        content = _png(image.convertToFormat(QImage.Format.Format_RGB888))
        if image.isNull() or not content:
            message = f"{name} is empty"
            raise AssertionError(message)
        if content in self._taken:
            message = f"{name} shows the same as {self._taken[content]}"
            raise AssertionError(message)
        number = len(self._taken) + 1
        self._taken[content] = name
        (self._folder / f"{number:03}-{name}.png").write_bytes(content)
        print(f"{self._folder.name}: {number:03} {name}", flush=True)


def small(png: bytes) -> bytes:
    """The same picture in 256 colours, which nobody can tell apart: a third of the size.

    First the most used one of each hue and brightness, so that no small green tick becomes grey.
    """
    image = QImage.fromData(png).convertToFormat(QImage.Format.Format_RGB32)
    pixels = image.constBits()
    assert isinstance(pixels, memoryview)
    used = Counter(pixels.cast("I"))
    kinds: dict[int, int] = {}
    for color, _count in used.most_common():
        kinds.setdefault(color & _KIND, color)
    most_used = [color for color, _count in used.most_common(_COLORS)]
    table = list(dict.fromkeys([*list(kinds.values())[: _COLORS // 2], *most_used]))[:_COLORS]
    return _png(image.convertToFormat(QImage.Format.Format_Indexed8, table))


def _png(image: QImage) -> bytes:
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, b"png")
    writer.setQuality(_SMALLEST)
    writer.write(image)
    return bytes(content.data())
