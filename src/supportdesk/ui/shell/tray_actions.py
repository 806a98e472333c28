"""What a click beside the clock leads to."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from supportdesk.app.notifications import Notice
from supportdesk.ui.shell.tray import Tray

if TYPE_CHECKING:
    from supportdesk.ui.shell.stage import Stage


class TrayActions(QObject):
    """Goes the way of requests from outside, which also works while nobody is signed in."""

    def __init__(self, tray: Tray, stage: "Stage") -> None:
        super().__init__(stage)
        self._stage = stage
        tray.report_requested.connect(self._report)
        tray.capture_requested.connect(self._capture)
        tray.notice_opened.connect(self._open_notice)

    @Slot()
    def _report(self) -> None:
        self._stage.handle({"do": "new"})

    @Slot()
    def _capture(self) -> None:
        self._stage.handle({"do": "capture"})

    @Slot(object)
    def _open_notice(self, notice: Notice) -> None:
        self._stage.bring_to_front()
        self._stage.go_to(notice.account_id, notice.route)
