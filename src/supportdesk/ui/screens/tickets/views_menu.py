"""The menu of saved views, and of what else changes how the list looks."""

from functools import partial

from PySide6.QtWidgets import QMenu, QWidget

from supportdesk.app.saved_views import SavedView
from supportdesk.app.ticket_list import TicketList
from supportdesk.i18n import _
from supportdesk.ui.screens.tickets.save_view_bar import SaveViewBar
from supportdesk.ui.screens.tickets.table_view import TicketTableView


class ViewsMenu(QMenu):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._presenter: TicketList | None = None

    def show_for(
        self, presenter: TicketList, save_bar: SaveViewBar, table: TicketTableView, below: QWidget
    ) -> None:
        self._presenter = presenter
        self.clear()
        for view in presenter.state.views:
            action = self.addAction(view.name, partial(presenter.show_view, view))
            action.setCheckable(True)
            action.setChecked(view == presenter.state.view)
        if presenter.state.views:
            self._add_removal(presenter.state.views)
            self.addSeparator()
        self.addAction(_("Save this view…"), save_bar.ask)
        if table.isVisible():
            self.addMenu(table.column_menu())
        if len(presenter.state.vendors) > 1:
            self._add_across(presenter)
        self.popup(below.mapToGlobal(below.rect().bottomLeft()))

    def _add_removal(self, views: tuple[SavedView, ...]) -> None:
        removal = self.addMenu(_("Remove a view"))
        for view in views:
            removal.addAction(view.name, partial(self._remove, view))

    def _remove(self, view: SavedView) -> None:
        if self._presenter is not None:
            self._presenter.remove_view(view)

    def _add_across(self, presenter: TicketList) -> None:
        self.addSeparator()
        across = self.addAction(_("Tickets of all accounts"))
        across.setCheckable(True)
        across.setChecked(presenter.state.query.account_id is None)
        across.toggled.connect(presenter.across_accounts)
