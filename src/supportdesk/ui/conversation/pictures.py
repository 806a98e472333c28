"""Small pictures of files, decoded off the GUI thread and never larger than they are shown."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtGui import QImage

from supportdesk.app.workspace import Workspace
from supportdesk.ui.picture_files import load_small


class Pictures:
    """Asks for each picture once; `owner` is whose ending drops what is on its way."""

    def __init__(self, workspace: Workspace, owner: object) -> None:
        self._workspace = workspace
        self._owner = owner
        self._known: dict[Path, QImage] = {}
        self._is_closed = False

    def ask(self, path: Path, show: Callable[[QImage], None]) -> None:
        """`show` is called at once for a known picture, else later, and never for what is none."""
        if path in self._known:
            show(self._known[path])
            return
        if self._is_closed:
            return

        def loaded(image: QImage) -> None:
            if not image.isNull():
                self._known[path] = image
                show(image)

        cpu = self._workspace.cpu
        key = f"picture:{path}:{id(show)}"
        self._workspace.jobs.start(self._owner, key, lambda: cpu.submit(lambda: load_small(path)), loaded)

    def close(self) -> None:
        """Nothing is loaded any more: what still stands there may be drawn again while the program ends."""
        self._is_closed = True
        self.forget()

    def forget(self) -> None:
        self._known.clear()
        self._workspace.jobs.release(self._owner)
