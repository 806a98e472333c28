"""The files of a message or of the ticket: each opens, is saved or copied from its menu."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from supportdesk.domain.commands import FileRef
from supportdesk.domain.entities import Attachment
from supportdesk.i18n import _
from supportdesk.ui import formats
from supportdesk.ui.conversation.pictures import Pictures
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.attachment_chip import AttachmentChip
from supportdesk.ui.widgets.flow_layout import FlowLayout
from supportdesk.ui.widgets.menu import Menu

_ICONS = {"image": "image", "text": "file-text", "video": "film", "audio": "eighth-notes"}


def icon_of(media_type: str) -> str:
    return _ICONS.get(media_type.partition("/")[0], "file-text")


class FileRow(QWidget):
    """`open_requested` and `save_requested` carry the Attachment. Files on their way have no menu."""

    open_requested = Signal(object)
    save_requested = Signal(object)
    copy_requested = Signal(object)

    def __init__(self, pictures: Pictures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pictures = pictures
        self._flow = FlowLayout(self, gap=theme().space.s)
        self._chips: dict[str, tuple[Attachment, AttachmentChip]] = {}

    def set_attachments(self, files: tuple[Attachment, ...]) -> None:
        for attachment in files:
            chip = AttachmentChip(attachment.name, "", icon=icon_of(attachment.media_type))
            chip.clicked.connect(partial(self.open_requested.emit, attachment))
            chip.menu_requested.connect(partial(self._open_menu, attachment))
            self._chips[attachment.id] = (attachment, chip)
            self._flow.addWidget(chip)
        self.retranslate()

    def replace_attachments(self, files: tuple[Attachment, ...]) -> None:
        for _attachment, chip in self._chips.values():
            self._flow.removeWidget(chip)
            chip.deleteLater()
        self._chips = {}
        self.set_attachments(files)

    def set_unsent(self, files: tuple[tuple[FileRef, Path], ...]) -> None:
        """With the places of their bytes, for the thumbnails."""
        for file, path in files:
            chip = AttachmentChip(file.name, formats.size(file.size_bytes), icon=icon_of(file.media_type))
            chip.setEnabled(False)
            self._flow.addWidget(chip)
            if file.media_type.startswith("image/"):
                self._pictures.ask(path, partial(_show_picture, chip))

    def natural_width(self) -> int:
        """In one line."""
        return self._flow.natural_width()

    def show_pictures(self, paths: dict[str, Path]) -> None:
        """By attachment id; those that are not here are passed over."""
        for id, (_attachment, chip) in self._chips.items():
            if id in paths:
                self._pictures.ask(paths[id], partial(_show_picture, chip))

    def show_fetching(self, ids: frozenset[str]) -> None:
        for id, (attachment, chip) in self._chips.items():
            caption = _("Fetching…") if id in ids else formats.size(attachment.size_bytes)
            chip.set_texts(attachment.name, caption)

    def retranslate(self) -> None:
        self.show_fetching(frozenset())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def _open_menu(self, attachment: Attachment, place: QPoint) -> None:
        menu = Menu(self)
        menu.entry(_("Open"), partial(self.open_requested.emit, attachment))
        menu.entry(_("Save as…"), partial(self.save_requested.emit, attachment))
        if attachment.media_type.startswith("image/"):
            menu.entry(_("Copy picture"), partial(self.copy_requested.emit, attachment))
        menu.open_once(place)


def _show_picture(chip: AttachmentChip, image: QImage) -> None:
    chip.set_picture(image)
