"""Files and pictures on their way into something that is being written."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from supportdesk.app.workspace import Workspace
from supportdesk.i18n import _
from supportdesk.ui.studio.export import png_bytes
from supportdesk.ui.widgets.file_dialog import FileDialog


class FilePicker(QObject):
    """`add_paths` and `add_picture` (PNG bytes, name) take what was chosen; `parent` owns the dialog."""

    def __init__(
        self,
        workspace: Workspace,
        add_paths: Callable[[list[Path]], None],
        add_picture: Callable[[bytes, str], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._parent = parent
        self._workspace = workspace
        self._add_paths = add_paths
        self._add_picture = add_picture

    def ask(self) -> None:
        dialog = FileDialog(self._parent, _("Attach files"))
        dialog.setFileMode(FileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(self.add_files)
        dialog.open()

    def add_files(self, paths: list[str]) -> None:
        self._add_paths([Path(path) for path in paths])

    def add_image(self, image: QImage, name: str) -> None:
        """Pixels alone, encoded off the GUI thread."""
        workspace = self._workspace
        workspace.jobs.start(
            self,
            f"image:{name}",
            lambda: workspace.cpu.submit(partial(png_bytes, image)),
            lambda png: self._add_picture(png, name),
        )

    def close(self) -> None:
        self._workspace.jobs.release(self)
