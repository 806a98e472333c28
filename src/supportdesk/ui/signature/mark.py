"""A signature as a picture with a transparent ground."""

from PySide6.QtCore import QBuffer, QIODevice, QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage

INK = QColor("#12224a")
"""Blue-black: it tells the signature from what is printed, in every theme."""
_MOST = QSize(900, 360)
"""Pixels; more is of no use on paper, and less to keep."""
_EMPTY_ALPHA = bytes(1)


def png_of(image: QImage) -> bytes:
    """Cropped to its ink and as small as print wants it; b"" without any ink."""
    ink = ink_rect(image)
    if ink.isEmpty():
        return b""
    cropped = image.copy(ink)
    if cropped.width() > _MOST.width() or cropped.height() > _MOST.height():
        smooth = Qt.TransformationMode.SmoothTransformation
        cropped = cropped.scaled(_MOST, Qt.AspectRatioMode.KeepAspectRatio, smooth)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    cropped.convertToFormat(QImage.Format.Format_ARGB32).save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())


def ink_rect(image: QImage) -> QRect:
    """What is not transparent; empty when nothing is."""
    alpha = image.convertToFormat(QImage.Format.Format_Alpha8)
    width, stride = alpha.width(), alpha.bytesPerLine()
    data = bytes(alpha.constBits())
    lines = [data[y * stride : y * stride + width] for y in range(alpha.height())]
    inked = [y for y, line in enumerate(lines) if line.strip(_EMPTY_ALPHA)]
    if not inked:
        return QRect()
    left = min(width - len(lines[y].lstrip(_EMPTY_ALPHA)) for y in inked)
    right = max(len(lines[y].rstrip(_EMPTY_ALPHA)) for y in inked)
    return QRect(left, inked[0], right - left, inked[-1] - inked[0] + 1)
