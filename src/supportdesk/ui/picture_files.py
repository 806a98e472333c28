"""Pictures of other programs before they become attachments. For the cpu lane: QImage work only."""

from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QImage, QImageReader, QImageWriter

PHOTO_ENDINGS = frozenset({".jpg", ".jpeg", ".webp", ".tif", ".tiff", ".heic"})
_MAX_MEGABYTES = 512
_JPEG_QUALITY = 92


def without_hidden_data(path: Path) -> bytes | None:
    """A photo written anew as JPEG, from its pixels only: no place, device, date or preview is left in it.

    None when the file is no picture that can be read; then it is an ordinary file.
    """
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    reader.setAllocationLimit(_MAX_MEGABYTES)
    image = reader.read()
    return None if image.isNull() else jpeg_bytes(image)


def jpeg_bytes(image: QImage) -> bytes | None:
    opaque = image.convertToFormat(QImage.Format.Format_RGB888)
    # over the bare pixels, because a converted image keeps the texts of the one it came from
    pixels = QImage(
        opaque.constBits(), opaque.width(), opaque.height(), opaque.bytesPerLine(), opaque.format()
    )
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, b"jpeg")
    writer.setQuality(_JPEG_QUALITY)
    return bytes(buffer.data().data()) if writer.write(pixels) else None
