"""Files and pictures on their way into the report: dialog, drop, paste, capture, camera."""

from datetime import datetime
from pathlib import Path

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from supportdesk.app.report import ReportPresenter
from supportdesk.domain.commands import FileRef
from supportdesk.domain.errors import SupportDeskError
from supportdesk.i18n import N_, _
from supportdesk.ui.screen import Frame
from supportdesk.ui.studio.export import png_bytes
from supportdesk.ui.widgets import clipboard
from supportdesk.ui.widgets.file_dialog import FileDialog, Place


class PicturesIn:
    """Belongs to the report screen; everything heavy runs on the cpu lane."""

    def __init__(self, presenter: ReportPresenter, frame: Frame, parent: QWidget) -> None:
        self._presenter = presenter
        self._frame = frame
        self._parent = parent
        self._dialog: FileDialog | None = None

    def capture(self) -> None:
        self._frame.capture(self._captured)

    def photograph(self) -> None:
        self._frame.photograph(self._captured)

    def choose(self) -> None:
        dialog = FileDialog(self._parent, _("Choose files"), Place.PicturesLocation)
        dialog.setFileMode(FileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(self.add_names)
        self._dialog = dialog
        dialog.open()

    def paste(self) -> None:
        names, image = clipboard.held()
        if names:
            self.add_names(names)
        elif not image.isNull():
            self.add_image(image)
        else:
            self._frame.toast(_("There is no picture and no file in the clipboard."), tone="info")

    def add_names(self, names: list[str]) -> None:
        self._presenter.add_paths([Path(name) for name in names])

    def add_image(self, image: QImage) -> None:
        if not image.isNull():
            name = datetime.now().astimezone().strftime(_("Picture %Y-%m-%d %H.%M.%S.png"))
            self._presenter.add_made(lambda: png_bytes(image), name, N_("No hidden data"))

    def edit(self, file: FileRef) -> None:
        """Marks a picture in the studio; the marked one takes its place."""
        presenter, blobs = self._presenter, self._presenter.workspace.blobs

        def put(png: bytes, _name: str, blacked_out: int) -> None:
            presenter.replace_file(file, png, blacked_out)

        def mark(content: bytes) -> None:
            self._frame.mark(content, file.name, put)

        def read() -> bytes:
            return blobs.path(file).read_bytes()

        cpu = presenter.workspace.cpu
        presenter.jobs.start(self, "edit", lambda: cpu.submit(read), mark, self._tell)

    def end(self) -> None:
        self._presenter.jobs.release(self)

    def _captured(self, png: bytes, name: str, blacked_out: int) -> None:
        self._presenter.add_bytes(png, name, N_("No hidden data"), blacked_out)

    def _tell(self, error: SupportDeskError) -> None:
        self._frame.toast(f"{error} {error.next_step}", tone="warning")
