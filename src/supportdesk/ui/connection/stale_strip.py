"""Across a page above its list: that what is shown may be old."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from supportdesk.domain.projections import SyncState
from supportdesk.ui.connection.stale_banner import StaleBanner
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.layouts import column

_LEAST_PAGE = 320


class StaleStrip(QWidget):
    """Not there on a very low page: the list needs the room, and the top bar says that it is offline, too."""

    def __init__(self, vendor: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._page_height = 0
        self._banner = StaleBanner(vendor)
        self.way_out = self._banner.way_out
        self._line = column(self)
        self._line.addWidget(self._banner)
        self._show()
        theme().changed.connect(self._show)

    def show_sync(self, sync: SyncState | None) -> None:
        self._banner.show_sync(sync)
        self._show()

    def fit(self, margin: int, page_height: int, *, top: int) -> None:
        """`margin` is that at the sides of the page, `top` what is free above the banner."""
        self._line.setContentsMargins(margin, top, margin, theme().space.m)
        self._page_height = page_height
        self._show()

    @Slot()
    def _show(self) -> None:
        has_room = self._page_height >= theme().scaled(_LEAST_PAGE)
        self.setVisible(has_room and not self._banner.isHidden())
