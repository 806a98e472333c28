"""What can be done with a row of the list without opening it."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from supportdesk.app.links import link_to
from supportdesk.app.screens import Route
from supportdesk.app.ticket_vendor import Vendor
from supportdesk.domain.capabilities import Capability
from supportdesk.domain.projections import TicketRow
from supportdesk.domain.status import Stage
from supportdesk.i18n import _
from supportdesk.ui.screen import Frame
from supportdesk.ui.widgets.menu import Menu


class RowMenu(Menu):
    """`open_requested` carries the row and what is wanted there ('' or 'attach')."""

    open_requested = Signal(object, str)
    delete_requested = Signal(object)

    def __init__(self, row: TicketRow, vendor: Vendor, frame: Frame, parent: QWidget) -> None:
        super().__init__(parent)
        self._vendor = vendor
        self._frame = frame
        self.entry(_("Open"), partial(self.open_requested.emit, row, ""))
        if row.stage is Stage.DRAFT:
            self.entry(_("Delete draft"), partial(self.delete_requested.emit, row))
        if row.number:
            self._add_copies(row)
        if row.stage in {Stage.SOLVED, Stage.CLOSED} and Capability.REOPEN in vendor.capabilities:
            route = Route("reopen", {"ticket_id": row.id, "account_id": row.account_id})
            self.entry(_("Reopen a ticket"), partial(frame.go, route))
        if row.number and Capability.ADD_FILES in vendor.capabilities:
            self.entry(_("Add files…"), partial(self.open_requested.emit, row, "attach"))

    def _add_copies(self, row: TicketRow) -> None:
        self.entry(_("Copy ticket number"), partial(self._copy, row.number))
        link = link_to("ticket", row.number, self._vendor.profile.id)
        self.entry(_("Copy link"), partial(self._copy, link))

    def _copy(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self._frame.toast(_("Copied: {text}").format(text=text))
