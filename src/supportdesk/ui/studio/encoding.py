"""Flattens, encodes and writes away from the GUI thread."""

import errno
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from supportdesk.app.annotation.document import Document
from supportdesk.domain.errors import CaptureFailed, DiskFull
from supportdesk.i18n import _
from supportdesk.ui.studio.background import Background
from supportdesk.ui.studio.export import flatten, png_bytes


class Encoding(QObject):
    """Each call is answered by its own signal or by `failed`, on the thread of the receiver."""

    flattened = Signal(QImage)
    encoded = Signal(object)
    """The bytes of a PNG."""
    written = Signal(object)
    """The Path of the file."""
    failed = Signal(object)
    """A SupportDeskError."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = Background(self)

    def flatten(self, document: Document, image: QImage) -> None:
        self._background.run(partial(flatten, document, image), self.flattened, self.failed)

    def encode(self, document: Document, image: QImage) -> None:
        self._background.run(partial(_encoded, document, image), self.encoded, self.failed)

    def write(self, document: Document, image: QImage, file: Path) -> None:
        self._background.run(partial(_written, document, image, file), self.written, self.failed)

    def close(self) -> None:
        self._background.close()


def _encoded(document: Document, image: QImage) -> bytes:
    return png_bytes(flatten(document, image))


def _written(document: Document, image: QImage, file: Path) -> Path:
    png = _encoded(document, image)
    try:
        file.write_bytes(png)
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise DiskFull from error
        raise CaptureFailed(
            _("The picture could not be saved as {file}.").format(file=file.name),
            next_step=_("Choose another folder."),
        ) from error
    return file
