"""One quiet line above what is shown while the vendor cannot be reached."""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QWidget

from supportdesk.app.unreachable import stale_words
from supportdesk.domain.projections import Link, SyncState
from supportdesk.i18n import _
from supportdesk.ui import formats
from supportdesk.ui.connection.way_out import WayOut
from supportdesk.ui.widgets.banner import Banner


class StaleBanner(Banner):
    """Hidden while everything is as the vendor has it."""

    def __init__(self, vendor: str, parent: QWidget | None = None) -> None:
        super().__init__("", tone="warning", parent=parent)
        self._vendor = vendor
        self._sync: SyncState | None = None
        self.way_out = WayOut(self.add_button(""))
        self.hide()

    def show_sync(self, sync: SyncState | None) -> None:
        self._sync = sync
        text = stale_words(sync, self._vendor)
        self.setVisible(bool(text))
        if sync is None or not text:
            return
        if sync.last_success_at is not None:
            when = formats.ago_within(sync.last_success_at).removesuffix(".")  # of a German month
            text += " " + _("Up to date: {time}.").format(time=when)
        self.way_out.show_sync(sync)
        self.set_texts(text)
        self.set_tone("warning", "cloud-off" if sync.link is Link.OFFLINE else "cloud-alert")

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.show_sync(self._sync)
