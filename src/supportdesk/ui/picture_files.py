"""Pictures in files: small ones to show, clean ones to send. For the cpu lane: QImage work only."""

from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QImageWriter, QPainter

_MAX_PIXELS = 100_000_000
_MAX_MEGABYTES = 512
_SMALL_EDGE = 256
_JPEG_QUALITY = 92


def load_small(path: Path, edge: int = _SMALL_EDGE) -> QImage:
    """Covers a square of `edge` pixels. A null image for what is no picture, or would be absurdly large."""
    reader = _reader(path)
    size = reader.size()
    if not size.isValid() or size.width() * size.height() > _MAX_PIXELS:
        return QImage()
    small = size.scaled(QSize(edge, edge), Qt.AspectRatioMode.KeepAspectRatioByExpanding)
    if small.width() < size.width():
        reader.setScaledSize(small)
    return reader.read()


def without_hidden_data(path: Path) -> bytes | None:
    """A photo written anew as JPEG, from its pixels only: no place, device, date or preview is left in it.

    None when the file is no picture that can be read, or has several pages; then it is an ordinary file.
    """
    reader = _reader(path)
    if reader.imageCount() > 1:
        return None
    image = reader.read()
    return None if image.isNull() else jpeg_bytes(image)


def jpeg_bytes(image: QImage) -> bytes | None:
    """On white where the picture is transparent, without the texts that a QImage carries along."""
    bare = QImage(image.size(), QImage.Format.Format_RGB888)
    bare.fill(Qt.GlobalColor.white)
    painter = QPainter(bare)
    painter.drawImage(bare.rect(), image, image.rect())
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, b"jpeg")
    writer.setQuality(_JPEG_QUALITY)
    return bytes(buffer.data().data()) if writer.write(bare) else None


def _reader(path: Path) -> QImageReader:
    """By content, whatever the name says; upright as it was taken."""
    reader = QImageReader(str(path))
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    reader.setAllocationLimit(_MAX_MEGABYTES)
    return reader
