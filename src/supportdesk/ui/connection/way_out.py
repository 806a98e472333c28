"""The button that leads out of a missing connection."""

from PySide6.QtCore import QObject, Signal

from supportdesk.app.unreachable import way_out
from supportdesk.domain.projections import Link, SyncState
from supportdesk.ui.widgets.button import Button


class WayOut(QObject):
    """Says on `button` what helps, and tells what was asked for with it."""

    retry_requested = Signal()
    sign_in_requested = Signal()

    def __init__(self, button: Button) -> None:
        super().__init__(button)
        self._button = button
        self._sync: SyncState | None = None
        button.clicked.connect(self._ask)

    def show_sync(self, sync: SyncState | None) -> None:
        self._sync = sync
        self._button.setText(way_out(sync))

    def _ask(self) -> None:
        needed = self._sync is not None and self._sync.link is Link.SIGN_IN_NEEDED
        (self.sign_in_requested if needed else self.retry_requested).emit()
