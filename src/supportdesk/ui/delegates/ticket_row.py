"""One ticket as two lines: subject and time; status, number, people and paper clip."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex

from supportdesk.domain.projections import TicketRow
from supportdesk.ui.delegates.two_lines import TwoLineDelegate, TwoLines
from supportdesk.ui.models.ticket_model import TicketRole
from supportdesk.ui.widgets.chip import chip_style


class TicketRowDelegate(TwoLineDelegate):
    def search(self, index: QModelIndex | QPersistentModelIndex) -> str:
        return str(index.data(TicketRole.SEARCH))

    def paint_lines(self, row: TwoLines, index: QModelIndex | QPersistentModelIndex) -> None:
        ticket, texts = index.data(TicketRole.ROW), index.data(TicketRole.TEXTS)
        if not isinstance(ticket, TicketRow):
            row.bars()
            return
        row.title(texts.subject(ticket), texts.when(ticket), unread=ticket.unread)
        row.chip(texts.status(ticket), chip_style(ticket.stage))
        if ticket.has_attachments:
            row.icon("paperclip")
        if ticket.refused:
            row.icon("circle-alert", "danger")
        elif ticket.pending and ticket.number:
            row.icon("cloud-upload")
        row.caption(texts.detail(ticket))
