"""One quiet line above what is shown while the vendor cannot be reached."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QWidget

from supportdesk.app.connection import is_by_choice
from supportdesk.domain.projections import Link, SyncState
from supportdesk.i18n import _
from supportdesk.ui import formats
from supportdesk.ui.widgets.banner import Banner


class StaleBanner(Banner):
    """Hidden while everything is as the vendor has it."""

    retry_requested = Signal()

    def __init__(self, vendor: str, parent: QWidget | None = None) -> None:
        super().__init__("", tone="warning", parent=parent)
        self._vendor = vendor
        self._sync: SyncState | None = None
        self._retry = self.add_button(_("Try again"))
        self._retry.clicked.connect(self.retry_requested)
        self.hide()

    def show_sync(self, sync: SyncState | None) -> None:
        self._sync = sync
        text = self._sentence(sync) if sync is not None else ""
        self.setVisible(bool(text))
        if sync is None or not text:
            return
        if sync.last_success_at is not None:
            text = f"{text} {_('Up to date: {time}.').format(time=formats.ago_within(sync.last_success_at))}"
        self._retry.setText(_("Go online") if is_by_choice(sync) else _("Try again"))
        self.set_texts(text)
        self.set_tone("warning", "cloud-off" if sync.link is Link.OFFLINE else "cloud-alert")

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.show_sync(self._sync)

    def _sentence(self, sync: SyncState) -> str:
        if is_by_choice(sync):
            return _("You work offline. You see what was here last.")
        texts = {
            Link.OFFLINE: _("No connection. You see what was here last."),
            Link.FAILING: _("{vendor} answers with errors at the moment. You see what was here last."),
            Link.SIGN_IN_NEEDED: _("{vendor} asks you to sign in again. You see what was here last."),
        }
        return texts.get(sync.link, "").format(vendor=self._vendor)
