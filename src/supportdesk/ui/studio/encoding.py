"""Flattens, encodes and writes away from the GUI thread."""

import errno
import logging
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from pathlib import Path
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, Signal, SignalInstance
from PySide6.QtGui import QImage

from supportdesk.app.annotation.document import Document
from supportdesk.domain.errors import CaptureFailed, DiskFull, SupportDeskError
from supportdesk.i18n import _
from supportdesk.lanes import Lane
from supportdesk.ui.studio.export import flatten, png_bytes

log = logging.getLogger(__name__)


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
        self._lane = Lane("studio")

    def flatten(self, document: Document, image: QImage) -> None:
        self._submit(partial(flatten, document, image), self.flattened)

    def encode(self, document: Document, image: QImage) -> None:
        self._submit(partial(_encoded, document, image), self.encoded)

    def write(self, document: Document, image: QImage, file: Path) -> None:
        self._submit(partial(_written, document, image, file), self.written)

    def close(self) -> None:
        """What was begun goes on; nothing new is accepted."""
        self._lane.close(timeout_s=0)

    def _submit(self, job: Callable[[], Any], answer: SignalInstance) -> None:
        self._lane.submit(job).add_done_callback(partial(self._tell, answer))

    def _tell(self, answer: SignalInstance, future: Future[Any]) -> None:
        """Runs on the lane; the signals carry the result to the GUI thread."""
        error = future.exception()
        if not shiboken6.isValid(self):
            return
        if error is None:
            answer.emit(future.result())
        elif isinstance(error, SupportDeskError):
            self.failed.emit(error)
        else:
            log.error("a picture could not be made", exc_info=error)
            self.failed.emit(SupportDeskError())


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
