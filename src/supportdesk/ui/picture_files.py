"""Pictures in files, small enough to be shown. For the cpu lane: QImage work only."""

from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QImageReader

_MAX_PIXELS = 100_000_000
_MAX_MEGABYTES = 512
_SMALL_EDGE = 256


def load_small(path: Path, edge: int = _SMALL_EDGE) -> QImage:
    """Covers a square of `edge` pixels. A null image for what is no picture, or would be absurdly large."""
    reader = reader_of(path)
    if reader is None:
        return QImage()
    size = reader.size()
    small = size.scaled(QSize(edge, edge), Qt.AspectRatioMode.KeepAspectRatioByExpanding)
    if small.width() < size.width():
        reader.setScaledSize(small)
    return reader.read()


def load_whole(path: Path) -> QImage:
    """A null image as with `load_small`."""
    reader = reader_of(path)
    return QImage() if reader is None else reader.read()


def reader_of(path: Path) -> QImageReader | None:
    """By content, whatever the name says; upright as it was taken. None for no picture, or too large a one.

    A PDF is none, though Qt draws it where its Addons are: other people's documents are not read here.
    """
    reader = QImageReader(str(path))
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    reader.setAllocationLimit(_MAX_MEGABYTES)
    if reader.format().data() == b"pdf":
        return None
    size = reader.size()
    return reader if size.isValid() and size.width() * size.height() <= _MAX_PIXELS else None
