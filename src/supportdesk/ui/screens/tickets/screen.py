"""Your tickets: filters above, the list, and from a certain width on the chosen ticket beside it."""

from functools import partial

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget

from supportdesk import i18n
from supportdesk.app.screens import Route
from supportdesk.app.settings import SPLITTER_TICKETS, TICKETS_AS_TABLE, TICKETS_COLUMNS
from supportdesk.app.ticket_list import Face, TicketList, TicketListState, asked_by
from supportdesk.domain.localtext import LocalText
from supportdesk.domain.projections import OpenState, TicketRow
from supportdesk.domain.status import Ball, Stage, ball
from supportdesk.i18n import _, pgettext
from supportdesk.ui.models.ticket_model import TicketModel
from supportdesk.ui.screen import Screen, ScreenContext
from supportdesk.ui.screens.tickets.draft_card import DraftCard
from supportdesk.ui.screens.tickets.filter_bar import FilterBar
from supportdesk.ui.screens.tickets.list_states import ListStates
from supportdesk.ui.screens.tickets.list_view import TicketListView
from supportdesk.ui.screens.tickets.row_menu import RowMenu
from supportdesk.ui.screens.tickets.save_view_bar import SaveViewBar
from supportdesk.ui.screens.tickets.stale_banner import StaleBanner
from supportdesk.ui.screens.tickets.table_view import TicketTableView
from supportdesk.ui.screens.tickets.views_menu import ViewsMenu
from supportdesk.ui.screens.tickets.wrapping_bar import NARROW_BELOW
from supportdesk.ui.theme import theme
from supportdesk.ui.ticket.pane import TicketPane
from supportdesk.ui.widgets.layouts import column
from supportdesk.ui.widgets.list_splitter import DETAIL_LEAST, LIST_LEAST, ListSplitter
from supportdesk.ui.widgets.menu import place_below

_DETAIL_FROM = 1000
_OFFER_FROM = 20
"""Rows that are looked through for one that waits for the person."""
_PAUSE_MS = 90
"""While arrows run through the list, only the ticket they stop at is opened."""


class TicketsScreen(Screen):
    def __init__(self, context: ScreenContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.presenter = TicketList(context.workspace, context.account.id)
        self._chosen: tuple[str, str] | None = None
        self._updating = False
        self._was_offered = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._build()
        self._connect()
        self.retranslate()
        self._restore()
        self.presenter.show_to(self.render_state)
        self.presenter.refresh()

    # What the shell asks

    def open(self, args: dict[str, str]) -> None:
        """Arguments: whose, open, status, text filter the list; others are passed over."""
        query = asked_by(args, self.presenter.state.query)
        if query is not None:
            self.presenter.ask(query)
        self._tell_crumb()
        self._pane.tell_title()

    def refresh(self) -> None:
        self.presenter.refresh()
        self._pane.presenter.refresh()

    def focus_search(self) -> None:
        self._filter.search.setFocus()
        self._filter.search.selectAll()

    def end(self) -> None:
        self._keep_splitter()
        self._pause.stop()
        self._pane.close_presenter()
        self.presenter.close()

    def retranslate(self) -> None:
        self.setAccessibleName(_("Your tickets"))
        self._list.setAccessibleName(_("Tickets"))
        self._list.local_head.set_title(_("On this computer"))
        self._model.retranslate()
        self.render_state(self.presenter.state)

    # What is shown

    def render_state(self, state: TicketListState) -> None:
        vendor = state.vendors.get(self.context.account.id)
        self._filter.render_state(state, vendor)
        self._states.render_state(state)
        self._render_rows(state)
        self._list.order_head.set_order(state.query.sort, state.query.descending)
        self._list.order_head.set_title(_head(state.query.open_state))
        self._table.show_order(state.query)
        self._banner.render_state(state)
        rows = state.face is Face.ROWS or (state.face is Face.LOADING and self._model.rowCount() > 0)
        self._content.setCurrentWidget(self._rows if rows else self._states)

    def _render_rows(self, state: TicketListState) -> None:
        """Selection and place in the list belong to tickets, not to row numbers.

        The rows of the earlier question stay until those of the new one are here: nothing is painted twice.
        """
        if state.face is Face.LOADING and self._model.rowCount() > 0:
            return
        view = self._view()
        row, offset = view.anchor()
        top = self._model.ticket(row)
        reset = state.query != self._model.query
        self._updating = True
        self._model.show(state)
        if not reset and top is not None and row > 0:
            found = self._model.row_of(top.account_id, top.id)
            if found is not None and found != row:
                view.show_anchor(found, offset)
        self._offer_one(state)
        self._select_chosen()
        self._updating = False

    def _offer_one(self, state: TicketListState) -> None:
        """At first the ticket that waits for the person stands beside the list, as long as none is chosen."""
        if self._was_offered or state.face is not Face.ROWS or not self._shows_detail():
            return
        self._was_offered = True
        rows = [row for row in map(self._model.ticket, range(_OFFER_FROM)) if row is not None and row.number]
        waiting = [row for row in rows if ball(row.stage) is Ball.CUSTOMER]
        offered = next(iter([*waiting, *rows]), None)
        if offered is not None and self._chosen is None:
            self._chosen = (offered.account_id, offered.id)
            self._pane.open(*self._chosen, offered=True)

    def _select_chosen(self) -> None:
        selection = self._list.selectionModel()
        row = self._model.row_of(*self._chosen) if self._chosen else None
        if row is None:
            selection.clearSelection()
            return
        index = self._model.index(row, 0)
        if not selection.isRowSelected(row, QModelIndex()) or selection.currentIndex().row() != row:
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
            selection.setCurrentIndex(index, flags)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        space = theme().space
        narrow = self.width() < NARROW_BELOW
        self._list.set_leading(space.page_margin_narrow if narrow else space.page_margin)
        beside = self._shows_detail()
        was = not self._detail.isHidden()
        self._detail.setVisible(beside)
        if was and not beside:
            self._pane.clear()
            self._tell_crumb()
        elif beside and not was:
            if self._chosen is not None:
                self._show_chosen()
            else:
                self._render_rows(self.presenter.state)

    def _shows_detail(self) -> bool:
        return self.width() >= max(_DETAIL_FROM, theme().scaled(_DETAIL_FROM)) and not self._filter.is_table

    # How it is made

    def _build(self) -> None:
        context = self.context
        self._model = TicketModel(self)
        self._filter = FilterBar(context.profile, context.capabilities)
        self._save_bar = SaveViewBar()
        self._list = TicketListView(self._model)
        self._table = TicketTableView(self._model)
        self._table.setSelectionModel(self._list.selectionModel())
        self._states = ListStates(context.profile)
        self._banner = StaleBanner(context.profile)
        self._build_detail()
        self._variants = QStackedWidget()
        self._variants.addWidget(self._list)
        self._variants.addWidget(self._table_card())
        self._variants.setMinimumWidth(LIST_LEAST)
        self._rows = ListSplitter()
        self._rows.addWidget(self._variants)
        self._rows.addWidget(self._detail)
        self._rows.setStretchFactor(1, 1)
        self._content = QStackedWidget()
        self._content.addWidget(self._rows)
        self._content.addWidget(self._states)
        page = column(self)
        for widget, stretch in (
            (self._filter, 0),
            (self._save_bar, 0),
            (self._banner, 0),
            (self._content, 1),
        ):
            page.addWidget(widget, stretch)

    def _table_card(self) -> QWidget:
        space = theme().space
        around = QWidget()
        card = QFrame()
        card.setProperty("kind", "card")
        column(card, margins=1).addWidget(self._table)
        sides = (space.page_margin, space.l, space.page_margin, space.l)
        column(around, margins=sides).addWidget(card)
        return around

    def _build_detail(self) -> None:
        self._pane = TicketPane(self.context, own_page=False)
        self._draft = DraftCard()
        self._detail = QStackedWidget()
        self._detail.addWidget(self._pane)
        self._detail.addWidget(self._draft)
        self._detail.setMinimumWidth(DETAIL_LEAST)
        self._detail.hide()

    def _connect(self) -> None:
        self._filter.asked.connect(self.presenter.ask)
        self._filter.views_requested.connect(self._open_views)
        self._filter.table_toggled.connect(self._show_table)
        self._save_bar.save_requested.connect(self._save_view)
        self._banner.retry_requested.connect(self._try_again)
        self._connect_lists()
        self._connect_states()
        self._pause.timeout.connect(self._show_chosen)
        self._pane.titled.connect(self._tell_crumb)
        self._draft.continue_requested.connect(self._open_row)
        self._draft.delete_requested.connect(self._delete_draft)
        self._rows.splitterMoved.connect(self._keep_splitter)

    def _connect_lists(self) -> None:
        self._list.selectionModel().selectionChanged.connect(self._choose)
        for view in (self._list, self._table):
            view.in_sight.connect(self._need)
            view.chosen.connect(self._open_at)
            view.menu_requested.connect(self._open_row_menu)
        self._list.clicked.connect(self._clicked)
        self._list.order_head.order_chosen.connect(self.presenter.sort)
        self._list.order_head.turned.connect(self._turn_order)
        self._table.sort_requested.connect(self.presenter.sort)
        self._table.layout_changed.connect(self._keep_columns)

    def _connect_states(self) -> None:
        self._states.report_requested.connect(partial(self._go, "report"))
        self._states.video_requested.connect(self._open_video)
        self._states.portal_requested.connect(self._open_portal)
        self._states.clear_requested.connect(self.presenter.clear_filters)
        self._states.all_requested.connect(self.presenter.clear_filters)
        self._states.retry_requested.connect(self._try_again)

    # What the person does

    def _choose(self) -> None:
        """The current row alone is not chosen: focus may only be passing by."""
        selected = self._list.selectionModel().selectedRows()
        if self._updating or not selected:
            return
        row = self._model.ticket(selected[0].row())
        self._chosen = (row.account_id, row.id) if row is not None else None
        if self._chosen is not None and self._shows_detail():
            self._pause.start()

    def _show_chosen(self) -> None:
        if self._chosen is None or not self._shows_detail():
            return
        position = self._model.row_of(*self._chosen)
        row = self._model.ticket(position) if position is not None else None
        if row is not None and row.stage is Stage.DRAFT:
            self._pane.clear()
            self._draft.show_draft(row)
            self._detail.setCurrentWidget(self._draft)
            self._tell_crumb()
            return
        self._detail.setCurrentWidget(self._pane)
        self._pane.open(*self._chosen)

    def _clicked(self, index: QModelIndex) -> None:
        row = self._model.ticket(index.row())
        if row is not None and (row.stage is Stage.DRAFT or not self._shows_detail()):
            self._open_row(row)
        else:
            self._pane.look()

    def _open_at(self, position: int) -> None:
        row = self._model.ticket(position)
        if row is not None:
            self._open_row(row)

    def _open_row(self, row: TicketRow, then: str = "") -> None:
        if row.stage is Stage.DRAFT:
            self.context.frame.go(Route("report", {"draft_id": row.id}))
            return
        args = {"ticket_id": row.id, "account_id": row.account_id}
        self.context.frame.go(Route("ticket", {**args, "then": then} if then else args))

    def _need(self, first: int, last: int) -> None:
        local = self._model.local_count
        self.presenter.need(max(0, first - local), max(0, last - local))

    def _turn_order(self) -> None:
        self.presenter.sort(self.presenter.state.query.sort)

    def _show_table(self, table: bool) -> None:
        self._variants.setCurrentIndex(int(table))
        self.context.workspace.settings.set(TICKETS_AS_TABLE, table)
        self._arrange()

    def _try_again(self) -> None:
        self.context.workspace.sync.try_again(self.context.account.id)
        self.presenter.refresh()

    def _delete_draft(self, row: TicketRow) -> None:
        self.presenter.delete_draft(row.id, self._draft_deleted)

    def _draft_deleted(self, undo: object) -> None:
        self._detail.setCurrentWidget(self._pane)
        self.context.frame.toast(_("Draft deleted"), action=_("Undo"), on_action=undo)  # type: ignore[arg-type]

    def _open_views(self) -> None:
        menu = ViewsMenu(self.presenter, self._save_bar, self._table, self)
        menu.open_once(place_below(self._filter.views_button))

    def _save_view(self, name: str) -> None:
        problem = self.presenter.save_view(name)
        if problem:
            self._save_bar.refuse(problem)
            return
        self._save_bar.hide()
        self.context.frame.toast(_("View saved"))

    def _open_row_menu(self, position: int, place: QPoint) -> None:
        row = self._model.ticket(position)
        if row is not None:
            self.row_menu(row).open_once(place)

    def row_menu(self, row: TicketRow) -> RowMenu:
        menu = RowMenu(row, self.context, self)
        menu.open_requested.connect(self._open_row)
        menu.delete_requested.connect(self._delete_draft)
        return menu

    def _go(self, screen: str, **args: str) -> None:
        self.context.frame.go(Route(screen, args))

    def _open_video(self) -> None:
        self._open_link(self.context.profile.links.video_help)

    def _open_portal(self) -> None:
        self._open_link(self.context.profile.links.web_portal)

    def _open_link(self, address: LocalText) -> None:
        self.context.frame.open_link(self.context.profile.text(address, i18n.language()))

    def _tell_crumb(self, text: str = "") -> None:
        self.tell_crumb(text if self._shows_detail() else "")

    # What is remembered

    def _restore(self) -> None:
        settings = self.context.workspace.settings
        self._table.restore_layout(settings.get(TICKETS_COLUMNS))
        self._filter.set_table(settings.get(TICKETS_AS_TABLE))
        self._rows.restore_kept(settings.get(SPLITTER_TICKETS))

    def _keep_splitter(self, *_moved: int) -> None:
        if self._shows_detail():
            self.context.workspace.settings.set(SPLITTER_TICKETS, self._rows.kept())

    def _keep_columns(self, state: str) -> None:
        self.context.workspace.settings.set(TICKETS_COLUMNS, state)

    def _view(self) -> TicketListView | TicketTableView:
        return self._table if self._filter.is_table else self._list


def _head(open_state: OpenState) -> str:
    return {
        OpenState.OPEN: pgettext("state", "Open"),
        OpenState.CLOSED: _("Closed"),
        OpenState.ALL: _("All"),
    }[open_state]
