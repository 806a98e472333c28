"""Orders: what was ordered, by whom and how far it is; drafts and what waits to be sent on top."""

from functools import partial

from PySide6.QtCore import QPoint, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from supportdesk.app.orders import OrderList, OrderListState
from supportdesk.app.screens import Route, name_of
from supportdesk.app.ticket_list_state import Face
from supportdesk.domain.projections import ItemRow, OpenState
from supportdesk.domain.status import Stage
from supportdesk.i18n import _
from supportdesk.ui.connection.stale_strip import StaleStrip
from supportdesk.ui.screen import Screen, ScreenContext
from supportdesk.ui.screens.orders.list_bar import ListBar
from supportdesk.ui.screens.orders.list_states import OrderListStates
from supportdesk.ui.screens.orders.order_rows import OrderRows
from supportdesk.ui.screens.orders.pager import Pager
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.layouts import column
from supportdesk.ui.widgets.menu import Menu
from supportdesk.ui.widgets.page_layout import page_margin


class OrdersScreen(Screen):
    """Arguments: text and open ('open' or 'all') filter the list."""

    def __init__(self, context: ScreenContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.presenter = OrderList(context.workspace, context.account.id)
        self._build()
        self._connect()
        self.retranslate()
        self.presenter.show_to(self.render_state)
        self.presenter.refresh()

    def open(self, args: dict[str, str]) -> None:
        if "text" in args or "open" in args:
            state = OpenState.OPEN if args.get("open") == OpenState.OPEN else OpenState.ALL
            self.presenter.filter(text=args.get("text", ""), open_state=state)
        self.presenter.refresh()

    def refresh(self) -> None:
        self.presenter.refresh()

    def focus_search(self) -> None:
        self._bar.search.setFocus()
        self._bar.search.selectAll()

    def end(self) -> None:
        self.presenter.close()

    def retranslate(self) -> None:
        self.setAccessibleName(_("Orders"))
        self._bar.set_title(name_of("orders", self.context.profile))
        self._rows.retranslate()
        self.render_state(self.presenter.state)

    def render_state(self, state: OrderListState) -> None:
        self._bar.render_state(state)
        self._states.render_state(state)
        self._rows.render_state(state)
        self._pager.render_state(state)
        self._stale.show_sync(state.sync if state.face not in {Face.NEVER_LOADED, Face.FAILED} else None)
        has_rows = state.face is Face.ROWS or (state.face is Face.LOADING and self._rows.rows.rowCount() > 0)
        self._content.setCurrentWidget(self._rows if has_rows else self._states)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    @Slot()
    def _arrange(self) -> None:
        margin = page_margin(self.width())
        self._bar.set_margins(margin)
        self._stale.fit(margin, self.height(), top=0)
        self._rows.set_leading(margin)

    def _build(self) -> None:
        self._bar = ListBar()
        self._stale = StaleStrip(self.context.profile.short_name)
        self._states = OrderListStates(self.context.profile)
        self._rows = OrderRows()
        self._pager = Pager()
        self._content = QStackedWidget()
        self._content.addWidget(self._rows)
        self._content.addWidget(self._states)
        page = column(self)
        page.addWidget(self._bar)
        page.addWidget(self._stale)
        page.addWidget(self._content, 1)
        page.addWidget(self._pager)

    def _connect(self) -> None:
        self._bar.filtered.connect(self._filter)
        self._bar.sorted.connect(self.presenter.sort)
        self._bar.new_requested.connect(self._begin)
        self._bar.search.left.connect(self._rows.focus_rows)
        self._rows.in_sight.connect(self.presenter.need)
        self._rows.opened.connect(self._open_row)
        self._rows.menu_requested.connect(self._open_menu)
        self._pager.turned.connect(self.presenter.show_page)
        self._states.new_requested.connect(self._begin)
        self._states.clear_requested.connect(self.presenter.clear_filters)
        for out in (self._stale.way_out, self._states.way_out):
            out.retry_requested.connect(self._try_again)
            out.sign_in_requested.connect(self.context.frame.sign_in)
        theme().changed.connect(self._arrange)

    @Slot(object)
    def _filter(self, changes: dict[str, object]) -> None:
        self.presenter.filter(**changes)

    @Slot()
    def _begin(self) -> None:
        self.context.frame.go(Route("new_order", {"anew": "yes"}))

    @Slot(object)
    def _open_row(self, row: ItemRow) -> None:
        if row.state == Stage.DRAFT:
            self.context.frame.go(Route("new_order", {"draft_id": row.id}))
        else:
            self.context.frame.go(Route("order", {"order_id": row.id, "account_id": row.account_id}))

    @Slot(object, QPoint)
    def _open_menu(self, row: ItemRow, place: QPoint) -> None:
        menu = Menu(self)
        menu.entry(_("Open"), partial(self._open_row, row))
        if row.state == Stage.DRAFT:
            menu.entry(_("Delete draft"), partial(self.presenter.delete_draft, row.id, self._draft_deleted))
        menu.open_once(place)

    def _draft_deleted(self, undo: object) -> None:
        self.context.frame.toast(_("Draft deleted"), action=_("Undo"), on_action=undo)  # type: ignore[arg-type]

    @Slot()
    def _try_again(self) -> None:
        self.context.workspace.sync.try_again(self.context.account.id)
        self.presenter.refresh()
