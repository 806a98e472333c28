"""A signature as a picture with a transparent ground."""

from PySide6.QtCore import QBuffer, QIODevice, QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage

INK = QColor("#12224a")
"""Blue-black: it tells the signature from what is printed, in every theme."""
_MOST = QSize(900, 360)
"""Pixels; more is of no use on paper, and less to keep."""
_ALPHAS = bytes(round(alpha / 17) * 17 for alpha in range(256))
"""Sixteen levels: nobody sees more at the edge of ink, and they take half the space."""
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
    _in_levels(cropped).save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())


def _in_levels(image: QImage) -> QImage:
    alpha = image.convertToFormat(QImage.Format.Format_Alpha8)
    levels = bytes(alpha.constBits()).translate(_ALPHAS)
    ink = QImage(image.size(), QImage.Format.Format_ARGB32)
    ink.fill(INK)
    ink.setAlphaChannel(
        QImage(levels, alpha.width(), alpha.height(), alpha.bytesPerLine(), QImage.Format.Format_Alpha8)
    )
    return ink


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
