"""From the marked document to the file that leaves the computer. QImage work only; may run in any thread."""

from PySide6.QtCore import QBuffer, QIODevice, QPoint
from PySide6.QtGui import QColorSpace, QImage, QImageWriter, QPainter

from supportdesk.app.annotation.document import Document
from supportdesk.app.annotation.png import pixels_only
from supportdesk.domain.errors import CaptureFailed
from supportdesk.i18n import _
from supportdesk.ui.studio.paint import paint_document, to_qt_pixels


def flatten(document: Document, image: QImage) -> QImage:
    """A new picture of what `document` shows of `image`: opaque, shapes and black-outs burnt in.

    It shares nothing with `image`: no pixels outside the crop, no text, no colour profile, no resolution.
    """
    area = to_qt_pixels(document.visible)
    result = QImage(area.size(), QImage.Format.Format_RGB32)
    result.fill(0xFFFFFFFF)
    source = _in_standard_colours(image)
    source.setDevicePixelRatio(1.0)
    painter = QPainter(result)
    try:
        painter.drawImage(QPoint(0, 0), source, area)
        painter.translate(-area.topLeft())
        paint_document(painter, document)
    finally:
        painter.end()
    return result


def png_bytes(image: QImage) -> bytes:
    """A PNG with header, pixels and end, and nothing else. Raises CaptureFailed when it cannot be made."""
    plain = image.convertToFormat(QImage.Format.Format_RGB888)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not QImageWriter(buffer, b"png").write(plain):
        raise CaptureFailed(_("The picture could not be saved."))
    return pixels_only(bytes(buffer.data().data()))


def _in_standard_colours(image: QImage) -> QImage:
    """The export names no colour space, and that means sRGB."""
    space = image.colorSpace()
    standard = QColorSpace(QColorSpace.NamedColorSpace.SRgb)
    if space.isValid() and space != standard:
        return image.convertedToColorSpace(standard)
    return QImage(image)
