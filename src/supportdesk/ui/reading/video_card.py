"""A video that belongs to a text: what it is called, and where it plays when asked: always outside."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from supportdesk.domain import videos
from supportdesk.domain.entities import Publication
from supportdesk.i18n import _
from supportdesk.ui.widgets.card import Card
from supportdesk.ui.widgets.row_button import RowButton


class VideoCard(Card):
    requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padding=0, parent=parent)
        self._video = ""
        self._open = RowButton(icon="circle-play", well=True)
        self.add(self._open)
        self._open.clicked.connect(self._ask)

    def show_item(self, item: Publication) -> None:
        self._video = item.video
        if host := videos.host(item.video):
            where = _("{host} · opens in your browser").format(host=host)
        else:
            where = _("{file} · opens in your video player").format(file=item.video.rpartition("/")[2])
        self._open.set_texts(_("Video: {title}").format(title=item.title), where)

    @Slot()
    def _ask(self) -> None:
        self.requested.emit(self._video)
