"""The menu of saved views, and of what else changes how the list looks."""

from functools import partial

from PySide6.QtWidgets import QWidget

from supportdesk.app.ticket_list import TicketList
from supportdesk.i18n import _
from supportdesk.ui.screens.tickets.save_view_bar import SaveViewBar
from supportdesk.ui.screens.tickets.table_view import TicketTableView
from supportdesk.ui.widgets.menu import Menu


class ViewsMenu(Menu):
    def __init__(
        self, presenter: TicketList, save_bar: SaveViewBar, table: TicketTableView, parent: QWidget
    ) -> None:
        super().__init__(parent)
        state = presenter.state
        for view in state.views:
            self.entry(view.name, partial(presenter.show_view, view), checked=view == state.view)
        if state.views:
            removal = self.submenu(_("Remove a view"))
            for view in state.views:
                removal.entry(view.name, partial(presenter.remove_view, view))
            self.line()
        self.entry(_("Save this view…"), save_bar.ask)
        if table.isVisible():
            table.offer_columns(self.submenu(_("Columns")))
        if len(state.vendors) > 1:
            across = state.query.account_id is None
            self.line()
            toggle = partial(presenter.across_accounts, not across)
            self.entry(_("Tickets of all accounts"), toggle, checked=across)
