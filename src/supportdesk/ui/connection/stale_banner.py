"""One quiet line above what is shown while the vendor cannot be reached."""

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from supportdesk.app.unreachable import stale_words
from supportdesk.domain.projections import Link, SyncState
from supportdesk.i18n import _
from supportdesk.ui import formats
from supportdesk.ui.connection.way_out import WayOut
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.banner import Banner
from supportdesk.ui.widgets.text_label import plain_tooltip

_WHOLE_FROM = 560


class StaleBanner(Banner):
    """Hidden while everything is as the vendor has it. Where all of it would be many lines, it says why and
    leaves the rest to the tool tip: what is below needs the room."""

    def __init__(self, vendor: str, parent: QWidget | None = None) -> None:
        super().__init__("", tone="warning", parent=parent)
        self._vendor = vendor
        self._sync: SyncState | None = None
        self.way_out = WayOut(self.add_button(""))
        self.hide()

    def show_sync(self, sync: SyncState | None) -> None:
        self._sync = sync
        why = stale_words(sync, self._vendor)
        self.setVisible(bool(why))
        if sync is None or not why:
            return
        self.way_out.show_sync(sync)
        self._say(why, sync)
        self.set_tone("warning", "cloud-off" if sync.link is Link.OFFLINE else "cloud-alert")

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.show_sync(self._sync)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.show_sync(self._sync)

    def _say(self, why: str, sync: SyncState) -> None:
        whole = why + " " + _("You see what was here last.")
        if sync.last_success_at is not None:
            when = formats.ago_within(sync.last_success_at).removesuffix(".")  # of a German month
            whole += " " + _("Up to date: {time}.").format(time=when)
        is_whole = self.width() >= theme().scaled(_WHOLE_FROM)
        self.set_texts(whole if is_whole else why)
        self.setAccessibleName(whole)
        self.setToolTip("" if is_whole else plain_tooltip(whole))
