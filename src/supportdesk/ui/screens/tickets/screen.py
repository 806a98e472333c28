"""Your tickets: filters above, the list, and from a certain width on the chosen ticket beside it."""

from functools import partial

from PySide6.QtCore import QPoint
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from supportdesk import i18n
from supportdesk.app.screens import Route
from supportdesk.app.settings import SPLITTER_TICKETS, TICKETS_AS_TABLE, TICKETS_COLUMNS
from supportdesk.app.ticket_list import TicketList
from supportdesk.app.ticket_list_state import Face, TicketListState, asked_by
from supportdesk.domain.localtext import LocalText
from supportdesk.domain.projections import TicketRow
from supportdesk.domain.status import Ball, Stage, ball
from supportdesk.i18n import _
from supportdesk.ui.connection.stale_strip import StaleStrip
from supportdesk.ui.screen import Offers, Screen, ScreenContext
from supportdesk.ui.screens.tickets.filter_bar import FilterBar
from supportdesk.ui.screens.tickets.list_states import ListStates
from supportdesk.ui.screens.tickets.row_menu import RowMenu
from supportdesk.ui.screens.tickets.save_view_bar import SaveViewBar
from supportdesk.ui.screens.tickets.ticket_detail import TicketDetail
from supportdesk.ui.screens.tickets.ticket_rows import Key, TicketRows
from supportdesk.ui.screens.tickets.views_menu import ViewsMenu
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.layouts import column
from supportdesk.ui.widgets.list_splitter import DETAIL_LEAST, LIST_LEAST, ListSplitter
from supportdesk.ui.widgets.menu import place_below
from supportdesk.ui.widgets.wrapping_bar import NARROW_BELOW

_DETAIL_FROM = 1000
_OFFER_FROM = 20
"""Rows that are looked through for one that waits for the person."""


class TicketsScreen(Screen):
    def __init__(self, context: ScreenContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.presenter = TicketList(context.workspace, context.account.id)
        self._chosen: Key | None = None
        self._was_offered = False
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
        self._detail.pane.tell_title()

    def refresh(self) -> None:
        self.presenter.refresh()
        self._detail.pane.presenter.refresh()

    def focus_search(self) -> None:
        self._filter.search.setFocus()
        self._filter.search.selectAll()

    def offers(self) -> Offers:
        """Of the ticket beside the list."""
        return self._detail.pane.offers() if self._shows_detail() else {}

    def end(self) -> None:
        self._keep_splitter()
        self._detail.end()
        self.presenter.close()

    def retranslate(self) -> None:
        self.setAccessibleName(_("Your tickets"))
        self._filter.retranslate()
        self._rows.retranslate()
        self.render_state(self.presenter.state)

    # What is shown

    def render_state(self, state: TicketListState) -> None:
        self._filter.render_state(state)
        self._states.render_state(state)
        self._rows.render_state(state)
        if state.loaded and self._chosen is not None and state.left_out == self._chosen:
            self._leave_chosen()
        self._offer_one(state)
        self._rows.select(self._chosen)
        self._stale.show_sync(state.sync if state.face not in {Face.NEVER_LOADED, Face.FAILED} else None)
        has_rows = state.face is Face.ROWS or (state.face is Face.LOADING and not self._rows.is_empty)
        self._content.setCurrentWidget(self._panes if has_rows else self._states)

    def _offer_one(self, state: TicketListState) -> None:
        """Where none is chosen, the ticket that waits for the person stands beside the list."""
        if self._was_offered or state.face is not Face.ROWS or not self._shows_detail():
            return
        self._was_offered = True
        rows = [row for row in self._rows.first(_OFFER_FROM) if row.number]
        waiting = [row for row in rows if ball(row.stage) is Ball.CUSTOMER]
        offered = next(iter([*waiting, *rows]), None)
        if offered is not None and self._chosen is None:
            self._take(offered)
            self._detail.offer(offered)

    def _leave_chosen(self) -> None:
        """Filters, a search or news left it out: another one is offered, unless somebody works on it."""
        if not self._detail.isAncestorOf(self.window().focusWidget()):
            self._take(None)
            self._was_offered = False
            self._detail.clear()

    def _take(self, row: TicketRow | None) -> None:
        self._chosen = (row.account_id, row.id) if row is not None else None
        self.presenter.watch(self._chosen)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        space = theme().space
        margin = space.page_margin_narrow if self.width() < NARROW_BELOW else space.page_margin
        self._rows.set_leading(margin)
        self._stale.fit(margin, self.height(), top=space.m)
        beside, was = self._shows_detail(), not self._detail.isHidden()
        self._detail.setVisible(beside)
        if was and not beside:
            self._detail.clear()
        elif beside and not was:
            self._show_chosen()
        self.offers_changed.emit()

    def _shows_detail(self) -> bool:
        return self.width() >= max(_DETAIL_FROM, theme().scaled(_DETAIL_FROM)) and not self._filter.is_table

    # How it is made

    def _build(self) -> None:
        context = self.context
        self._filter = FilterBar(context.capabilities)
        self._save_bar = SaveViewBar()
        self._stale = StaleStrip(context.profile.short_name)
        self._states = ListStates(context.profile)
        self._rows = TicketRows()
        self._rows.setMinimumWidth(LIST_LEAST)
        self._detail = TicketDetail(context)
        self._detail.setMinimumWidth(DETAIL_LEAST)
        self._detail.hide()
        self._panes = ListSplitter()
        self._panes.addWidget(self._rows)
        self._panes.addWidget(self._detail)
        self._panes.setStretchFactor(1, 1)
        self._content = QStackedWidget()
        self._content.addWidget(self._panes)
        self._content.addWidget(self._states)
        page = column(self)
        for widget in (self._filter, self._save_bar, self._stale):
            page.addWidget(widget)
        page.addWidget(self._content, 1)

    def _connect(self) -> None:
        self._filter.asked.connect(self.presenter.ask)
        self._filter.views_requested.connect(self._open_views)
        self._filter.table_toggled.connect(self._show_table)
        self._filter.search.left.connect(self._rows.focus_rows)
        self._save_bar.save_requested.connect(self._save_view)
        for out in (self._stale.way_out, self._states.way_out):
            out.retry_requested.connect(self._try_again)
            out.sign_in_requested.connect(self.context.frame.sign_in)
        self._connect_rows()
        self._connect_states()
        self._detail.titled.connect(self._tell_crumb)
        self._detail.pane.offers_changed.connect(self.offers_changed)
        self._detail.continue_requested.connect(self._open_row)
        self._detail.delete_requested.connect(self._delete_draft)
        self._panes.splitterMoved.connect(self._keep_splitter)

    def _connect_rows(self) -> None:
        self._rows.in_sight.connect(self.presenter.need)
        self._rows.chosen.connect(self._choose)
        self._rows.clicked.connect(self._clicked)
        self._rows.opened.connect(self._open_row)
        self._rows.menu_requested.connect(self._open_row_menu)
        self._rows.sort_requested.connect(self.presenter.sort)
        self._rows.turned.connect(self._turn_order)
        self._rows.table.layout_changed.connect(self._keep_columns)

    def _connect_states(self) -> None:
        self._states.report_requested.connect(partial(self._go, "report"))
        self._states.video_requested.connect(self._open_video)
        self._states.portal_requested.connect(self._open_portal)
        self._states.clear_requested.connect(self.presenter.clear_filters)
        self._states.all_requested.connect(self.presenter.clear_filters)

    # What the person does

    def _choose(self, row: TicketRow | None) -> None:
        self._take(row)
        if row is not None and self._shows_detail():
            self._detail.show_soon(row)

    def _show_chosen(self) -> None:
        position = self._rows.model.row_of(*self._chosen) if self._chosen else None
        row = self._rows.model.ticket(position) if position is not None else None
        if row is not None:
            self._detail.show_row(row)
        else:
            self.render_state(self.presenter.state)

    def _clicked(self, row: TicketRow) -> None:
        if row.stage is Stage.DRAFT or not self._shows_detail():
            self._open_row(row)
        else:
            self._detail.pane.look()

    def _open_row(self, row: TicketRow, then: str = "") -> None:
        if row.stage is Stage.DRAFT:
            self.context.frame.go(Route("report", {"draft_id": row.id}))
            return
        args = {"ticket_id": row.id, "account_id": row.account_id}
        self.context.frame.go(Route("ticket", {**args, "then": then} if then else args))

    def _turn_order(self) -> None:
        self.presenter.sort(self.presenter.state.query.sort)

    def _show_table(self, table: bool) -> None:
        self._rows.show_table(table)
        self.context.workspace.settings.set(TICKETS_AS_TABLE, table)
        self._arrange()

    def _try_again(self) -> None:
        self.context.workspace.sync.try_again(self.context.account.id)
        self.presenter.refresh()

    def _delete_draft(self, row: TicketRow) -> None:
        self.presenter.delete_draft(row.id, self._draft_deleted)

    def _draft_deleted(self, undo: object) -> None:
        self._detail.clear()
        self.context.frame.toast(_("Draft deleted"), action=_("Undo"), on_action=undo)  # type: ignore[arg-type]

    def _open_views(self) -> None:
        menu = ViewsMenu(self.presenter, self._save_bar, self._rows.table, self)
        menu.open_once(place_below(self._filter.views_button))

    def _save_view(self, name: str) -> None:
        problem = self.presenter.save_view(name)
        if problem:
            self._save_bar.refuse(problem)
            return
        self._save_bar.hide()
        self.context.frame.toast(_("View saved"))

    def _open_row_menu(self, row: TicketRow, place: QPoint) -> None:
        self.row_menu(row).open_once(place)

    def row_menu(self, row: TicketRow) -> RowMenu:
        menu = RowMenu(row, self.presenter.state.vendors[row.account_id], self.context.frame, self)
        menu.open_requested.connect(self._open_row)
        menu.delete_requested.connect(self._delete_draft)
        return menu

    def _go(self, screen: str) -> None:
        self.context.frame.go(Route(screen))

    def _open_video(self) -> None:
        self.context.frame.open_video(self._text(self.context.profile.links.video_help))

    def _open_portal(self) -> None:
        self.context.frame.open_link(self._text(self.context.profile.links.web_portal))

    def _text(self, address: LocalText) -> str:
        return self.context.profile.text(address, i18n.language())

    def _tell_crumb(self, text: str = "") -> None:
        self.tell_crumb(text if self._shows_detail() else "")

    # What is remembered

    def _restore(self) -> None:
        settings = self.context.workspace.settings
        self._rows.table.restore_layout(settings.get(TICKETS_COLUMNS))
        self._filter.set_table(settings.get(TICKETS_AS_TABLE))
        self._panes.restore_kept(settings.get(SPLITTER_TICKETS))

    def _keep_splitter(self, *_moved: int) -> None:
        if self._shows_detail():
            self.context.workspace.settings.set(SPLITTER_TICKETS, self._panes.kept())

    def _keep_columns(self, state: str) -> None:
        self.context.workspace.settings.set(TICKETS_COLUMNS, state)
