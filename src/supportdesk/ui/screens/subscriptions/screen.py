"""Everything that was ordered as a tree, and from a certain width on what was chosen beside it."""

from PySide6.QtCore import Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from supportdesk.app.screens import Route, name_of
from supportdesk.app.settings import SPLITTER_SUBSCRIPTIONS
from supportdesk.app.subscription_tree import Answer
from supportdesk.app.subscriptions import SubscriptionsPresenter, SubscriptionsState
from supportdesk.i18n import _
from supportdesk.ui.connection.not_loaded import NotLoaded
from supportdesk.ui.connection.stale_strip import StaleStrip
from supportdesk.ui.screen import Offers, Screen, ScreenContext
from supportdesk.ui.screens.subscriptions.list_pane import ListPane
from supportdesk.ui.screens.subscriptions.pane import SubscriptionPane
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.empty_state import EmptyState
from supportdesk.ui.widgets.layouts import column
from supportdesk.ui.widgets.list_splitter import DETAIL_LEAST, LIST_LEAST, ListSplitter
from supportdesk.ui.widgets.skeleton import Skeleton

_DETAIL_FROM = 1000
_NARROW_BELOW = 820


class SubscriptionsScreen(Screen):
    def __init__(self, context: ScreenContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.presenter = SubscriptionsPresenter(context.workspace, context.account.id)
        self._chosen = ""
        self._answered: Answer | None = None
        self._build()
        self._connect()
        self.retranslate()
        self._panes.restore_kept(context.workspace.settings.get(SPLITTER_SUBSCRIPTIONS))
        self.presenter.show_to(self.render_state)

    # What the shell asks

    def open(self, _args: dict[str, str]) -> None:
        self.presenter.read()

    def refresh(self) -> None:
        self.presenter.read()
        self._detail.refresh()

    def focus_search(self) -> None:
        self._list.search.setFocus()
        self._list.search.selectAll()

    def offers(self) -> Offers:
        """Of the one beside the tree."""
        return self._detail.offers() if self._shows_detail() else {}

    def end(self) -> None:
        self._keep_splitter()
        self._detail.end()
        self.presenter.close()

    def retranslate(self) -> None:
        self.setAccessibleName(name_of("subscriptions", self.context.profile))
        self._nothing.set_texts(
            _("No subscriptions"),
            _("Products and modules that your organisation orders from {vendor} appear here.").format(
                vendor=self.context.profile.short_name
            ),
        )
        self._home.setText(_("Back to Home"))
        self._list.retranslate()
        self._detail.retranslate()
        self.render_state(self.presenter.state)

    # What is shown

    def render_state(self, state: SubscriptionsState) -> None:
        self._list.render_state(state, self._chosen)
        self._stale.show_sync(state.sync if state.total else None)
        self._content.setCurrentWidget(self._page_for(state))
        if state.loaded and self._chosen and not self._list.tree.has(self._chosen):
            self._leave_chosen()
        self._detail.set_choice(bool(self._list.tree.first()))
        self._offer_one()

    def _page_for(self, state: SubscriptionsState) -> QWidget:
        if state.total:
            return self._panes
        if state.is_waiting:
            return self._loading
        if state.error is not None or state.never_loaded:
            self._error.show_reason(_("The subscriptions could not be loaded"), state.sync, state.error)
            return self._error
        return self._nothing

    def _offer_one(self) -> None:
        """What was meant by a search stands beside the tree; else, where none is chosen, the first one."""
        answer = self.presenter.state.answer
        best = answer.best.id if answer is not None and answer.best is not None else ""
        offered = best if answer != self._answered else ""
        self._answered = answer
        offered = offered or ("" if self._chosen else self._list.tree.first())
        if not offered or not self._shows_detail():
            return
        self._chosen = offered
        self._list.tree.select(offered)
        self._detail.offer_soon(offered)

    def _leave_chosen(self) -> None:
        """A search or news left it out: another one is offered, unless somebody works on it."""
        if not self._detail.isAncestorOf(self.window().focusWidget()):
            self._chosen = ""
            self._detail.clear()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        space = theme().space
        margin = space.page_margin_narrow if self.width() < _NARROW_BELOW else space.page_margin
        self._list.set_margin(margin)
        self._stale.fit(margin, self.height(), top=space.m)
        beside, was = self._shows_detail(), not self._detail.isHidden()
        self._detail.setVisible(beside)
        if beside and not was:
            self._show_chosen()
        elif was and not beside:
            self._detail.clear()
        self.offers_changed.emit()

    def _show_chosen(self) -> None:
        if self._chosen:
            self._detail.open(self.context.account.id, self._chosen)
        else:
            self._offer_one()

    def _shows_detail(self) -> bool:
        return self.width() >= max(_DETAIL_FROM, theme().scaled(_DETAIL_FROM))

    # How it is made

    def _build(self) -> None:
        self._stale = StaleStrip(self.context.profile.short_name)
        self._list = ListPane(self.context.profile.shown.warn_days)
        self._list.setMinimumWidth(LIST_LEAST)
        self._detail = SubscriptionPane(self.context)
        self._detail.setMinimumWidth(DETAIL_LEAST)
        self._detail.hide()
        self._panes = ListSplitter()
        self._panes.addWidget(self._list)
        self._panes.addWidget(self._detail)
        self._panes.setStretchFactor(1, 1)
        self._loading = QWidget()
        column(self._loading, margins=theme().space.page_margin).addWidget(Skeleton("list", 6))
        self._nothing = EmptyState("box")
        self._home = self._nothing.add_button("", "secondary", "house")
        self._error = NotLoaded(self.context.profile)
        self._content = QStackedWidget()
        for page in (self._panes, self._loading, self._nothing, self._error):
            self._content.addWidget(page)
        whole = column(self)
        whole.addWidget(self._stale)
        whole.addWidget(self._content, 1)

    def _connect(self) -> None:
        self._list.search.searched.connect(self.presenter.search)
        self._list.cleared.connect(self._clear_search)
        self._list.question_requested.connect(self._ask)
        self._list.tree.chosen.connect(self._choose)
        self._list.tree.opened.connect(self._open_one)
        self._list.tree.clicked.connect(self._clicked)
        self._list.tree.turned.connect(self._turn)
        self._detail.titled.connect(self._tell_title)
        self._detail.offers_changed.connect(self.offers_changed)
        self._home.clicked.connect(self._go_home)
        for out in (self._stale.way_out, self._error.way_out):
            out.retry_requested.connect(self._try_again)
            out.sign_in_requested.connect(self.context.frame.sign_in)
        self._panes.splitterMoved.connect(self._keep_splitter)

    # What the person does

    @Slot(str)
    def _choose(self, id: str) -> None:
        self._chosen = id
        if self._shows_detail():
            self._detail.show_soon(id)

    @Slot()
    def _clicked(self) -> None:
        if self._shows_detail():
            self._detail.look()
        elif self._chosen:
            self._open_one(self._chosen)

    @Slot(str)
    def _open_one(self, id: str) -> None:
        if self._shows_detail():
            self._detail.focus_reply()
        else:
            self.context.frame.go(Route("subscription", {"subscription_id": id}))

    @Slot(object, bool)
    def _turn(self, ids: list[str], closed: bool) -> None:
        if not self.presenter.state.search:
            self.presenter.set_closed(ids, closed=closed)

    @Slot()
    def _ask(self) -> None:
        self.context.frame.go(self.presenter.question())

    @Slot()
    def _clear_search(self) -> None:
        self.presenter.search("")

    @Slot(str)
    def _tell_title(self, text: str) -> None:
        self.tell_crumb(text if self._shows_detail() else "")

    @Slot()
    def _go_home(self) -> None:
        self.context.frame.go(Route("home"))

    @Slot()
    def _try_again(self) -> None:
        self.context.workspace.sync.try_again(self.context.account.id)
        self.presenter.read()

    @Slot()
    def _keep_splitter(self) -> None:
        if self._shows_detail():
            self.context.workspace.settings.set(SPLITTER_SUBSCRIPTIONS, self._panes.kept())
