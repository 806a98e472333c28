"""Files of a conversation on their way to the person: opened, saved, or copied as a picture."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication, QImage
from PySide6.QtWidgets import QWidget

from supportdesk.domain.entities import Attachment
from supportdesk.domain.filenames import safe_name
from supportdesk.i18n import _
from supportdesk.ui.picture_files import load_whole
from supportdesk.ui.screen import ScreenContext
from supportdesk.ui.widgets.file_dialog import FileDialog


class FileSource(Protocol):
    """What ConversationPresenter can do with files."""

    def fetch_file(self, attachment: Attachment, done: Callable[[Path], None]) -> None: ...

    def save_file(self, attachment: Attachment, target: Path, saved: Callable[[Path], None]) -> None: ...

    def save_all_files(self, folder: Path, saved: Callable[[Path], None]) -> None: ...


class FileSaver(QObject):
    """`parent` owns the dialogs."""

    def __init__(self, context: ScreenContext, source: FileSource, parent: QWidget) -> None:
        super().__init__(parent)
        self._parent = parent
        self._context = context
        self._source = source

    def save(self, attachment: Attachment) -> None:
        dialog = FileDialog(self._parent, _("Save as"))
        dialog.setAcceptMode(FileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(safe_name(attachment.name))
        dialog.fileSelected.connect(partial(self._save_to, attachment))
        dialog.open()

    def save_all(self) -> None:
        dialog = FileDialog(self._parent, _("Save all attachments"))
        dialog.setFileMode(FileDialog.FileMode.Directory)
        dialog.fileSelected.connect(self._save_all_to)
        dialog.open()

    def copy_picture(self, attachment: Attachment) -> None:
        self._source.fetch_file(attachment, self._load_picture)

    def close(self) -> None:
        self._context.workspace.jobs.release(self)

    def _save_to(self, attachment: Attachment, target: str) -> None:
        self._source.save_file(attachment, Path(target), self._saved)

    def _save_all_to(self, folder: str) -> None:
        self._source.save_all_files(Path(folder), self._saved)

    def _saved(self, path: Path) -> None:
        self._context.frame.toast(_("“{name}” saved").format(name=path.name))

    def _load_picture(self, path: Path) -> None:
        workspace = self._context.workspace
        workspace.jobs.start(
            self, "copy", lambda: workspace.cpu.submit(partial(load_whole, path)), self._picture_loaded
        )

    def _picture_loaded(self, image: QImage) -> None:
        if not image.isNull():
            QGuiApplication.clipboard().setImage(image)
            self._context.frame.toast(_("Picture copied"))


def open_outside(context: ScreenContext, path: Path) -> None:
    """With the system's program for such files; says so when there is none."""
    if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
        context.frame.toast(
            _("No program on this computer opens “{name}”. Save it instead.").format(name=path.name),
            tone="warning",
        )
