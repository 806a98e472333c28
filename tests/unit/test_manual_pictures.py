"""The manuals' pictures have few colours, and yet show what a person sees."""

import itertools

from PySide6.QtGui import QColor, QImage, QPainter

from tests.manual.recorder import png_of

SKIN, PAPER = QColor("#c68642"), QColor("white")


def test_a_small_face_does_not_become_grey() -> None:
    """Beside more colours than are kept, each of which is more frequent."""
    image = QImage(480, 300, QImage.Format.Format_RGB32)
    image.fill(PAPER)
    painter = QPainter(image)
    shades = itertools.product(range(0, 256, 40), range(0, 256, 40), (160, 200, 240))
    for place, shade in enumerate(shades):
        painter.fillRect(place % 20 * 20, place // 20 * 20, 20, 20, QColor(*shade))
    painter.fillRect(450, 280, 10, 10, SKIN)
    painter.end()
    assert QImage.fromData(png_of(image)).pixelColor(455, 285) == SKIN
