"""The system's dialog for files, opened among the person's own ones."""

from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import QStandardPaths, Slot
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

Place = QStandardPaths.StandardLocation


class FileDialog(QFileDialog):
    """Begins in `place`, later where the last one for the same place ended; deletes itself when it is closed.

    Qt's own would begin in the working folder, which for an installed program is anybody's.
    """

    _last: ClassVar[dict[Place, str]] = {}

    def __init__(self, parent: QWidget, title: str, place: Place = Place.DocumentsLocation) -> None:
        super().__init__(parent, title)
        self._place = place
        self.setDirectory(self._last.get(place) or _folder(place))
        self.finished.connect(self._end)

    @Slot(int)
    def _end(self, result: int) -> None:
        if result == QDialog.DialogCode.Accepted:
            self._last[self._place] = self.directory().absolutePath()
        self.deleteLater()


def _folder(place: Place) -> str:
    """The home folder where the system names a place that nobody has made."""
    named = QStandardPaths.writableLocation(place)
    there = bool(named) and Path(named).is_dir()
    return named if there else QStandardPaths.writableLocation(Place.HomeLocation)
