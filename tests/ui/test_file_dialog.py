"""The dialog for files opens where a person keeps them."""

from pathlib import Path

import pytest
from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from supportdesk.ui.widgets.file_dialog import FileDialog, Place


@pytest.fixture
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder with a place for pictures, and with none for documents."""
    (tmp_path / "pictures").mkdir()
    places = {
        Place.PicturesLocation: "pictures",
        Place.DocumentsLocation: "never made",
        Place.HomeLocation: "",
    }
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda place: str(tmp_path / places[place]))
    monkeypatch.setattr(FileDialog, "_last", {})
    return tmp_path


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


def _begins(dialog: FileDialog) -> Path:
    return Path(dialog.directory().absolutePath())


def test_a_dialog_begins_among_the_own_files(parent: QWidget, folders: Path) -> None:
    """Pictures begin among the pictures, and in the home folder what has no folder of its own."""
    assert _begins(FileDialog(parent, "Pictures", Place.PicturesLocation)) == folders / "pictures"
    assert _begins(FileDialog(parent, "Documents")) == folders


def test_the_next_dialog_begins_where_the_last_one_ended(parent: QWidget, folders: Path) -> None:
    """A folder that was chosen from is remembered for its kind, one only looked at is not."""
    chosen, looked_at = folders / "scans", folders / "elsewhere"
    for folder in (chosen, looked_at):
        folder.mkdir()
    (chosen / "page.png").touch()
    first = FileDialog(parent, "Documents")
    first.setDirectory(str(chosen))
    first.selectFile("page.png")
    first.accept()
    second = FileDialog(parent, "Documents")
    assert _begins(second) == chosen
    second.setDirectory(str(looked_at))
    second.reject()
    assert _begins(FileDialog(parent, "Documents")) == chosen
    assert _begins(FileDialog(parent, "Pictures", Place.PicturesLocation)) == folders / "pictures"
