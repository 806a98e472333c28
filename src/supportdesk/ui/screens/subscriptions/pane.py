"""One subscription with its license keys, and the conversation about it."""

from collections.abc import Callable
from functools import partial

import msgspec
from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from supportdesk.app.conversation_presenter import ItemPresenter
from supportdesk.app.conversation_state import ItemState, Phase
from supportdesk.app.license_keys import KeysState, LicenseKeysPresenter, copied_words
from supportdesk.domain.entities import Subscription
from supportdesk.i18n import _
from supportdesk.ui.connection.not_loaded import NotLoaded
from supportdesk.ui.conversation.file_saver import open_outside
from supportdesk.ui.conversation.pane import ConversationPane
from supportdesk.ui.screen import Offers, ScreenContext
from supportdesk.ui.screens.subscriptions.about import About
from supportdesk.ui.secret_clipboard import secret_clipboard
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.divider import Divider
from supportdesk.ui.widgets.empty_state import EmptyState
from supportdesk.ui.widgets.layouts import column, row
from supportdesk.ui.widgets.segmented import SegmentedChoice
from supportdesk.ui.widgets.skeleton import Skeleton
from supportdesk.ui.widgets.text_label import PageTitle

_ABOUT, _TALK = "about", "talk"
_ABOUT_LEAST, _TALK_LEAST = 200, 300
_PAUSE_MS = 90
"""While arrows run through the tree, only the one they stop at is opened."""


class SubscriptionPane(QStackedWidget):
    """`titled` carries what the breadcrumb says of it."""

    titled = Signal(str)
    offers_changed = Signal()

    def __init__(self, context: ScreenContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._next, self._is_offered = "", False
        self._part = _ABOUT
        self._has_choice = True
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self.presenter = ItemPresenter(context.workspace, partial(open_outside, context))
        self._keys = LicenseKeysPresenter(context.workspace, context.account.id, secret_clipboard())
        self._build()
        self._connect()
        self.retranslate()
        self.presenter.show_to(self._render)
        self._keys.show_to(self._render_keys)

    def open(self, account_id: str, subscription_id: str, *, offered: bool = False) -> None:
        self._pause.stop()
        self._keys.hide_all()
        self._show_part(_ABOUT)
        self._talk.open(account_id, subscription_id, offered=offered)

    def show_soon(self, subscription_id: str) -> None:
        self._next, self._is_offered = subscription_id, False
        self._pause.start()

    def offer_soon(self, subscription_id: str) -> None:
        """Nobody asked for it: it stays unread until the person turns to it. The first one stands there at
        once, instead of the words that none is selected."""
        self._next, self._is_offered = subscription_id, True
        if self.presenter.state.phase is Phase.NONE:
            self._open_next()
        else:
            self._pause.start()

    def look(self) -> None:
        self._talk.look()

    def set_choice(self, there: bool) -> None:
        """Whether one could be chosen: else nothing here asks for it."""
        if there != self._has_choice:
            self._has_choice = there
            self._render(self.presenter.state)

    def clear(self) -> None:
        self._pause.stop()
        self._talk.clear()
        self.titled.emit("")

    def offers(self) -> Offers:
        return {id: partial(self._in_conversation, do) for id, do in self._talk.offers().items()}

    def focus_reply(self) -> None:
        self._in_conversation(self._talk.focus_reply)

    def refresh(self) -> None:
        self.presenter.refresh()
        self._keys.read()

    def end(self) -> None:
        self._pause.stop()
        self._talk.end()
        self.presenter.close()
        self._keys.close()

    def set_margins(self, left: int, right: int) -> None:
        self._bar_line.setContentsMargins(left, theme().space.m, right, 0)
        self._head.setContentsMargins(left, theme().space.l, right, 0)
        self.about.set_margins(left, right)
        self._talk.set_margins(left, right)

    def retranslate(self) -> None:
        self._parts.setAccessibleName(_("What is shown"))
        self._parts.set_options([(_ABOUT, _("Subscription")), (_TALK, _("Conversation"))])
        self._nothing.set_texts(_("No subscription selected"), _("Choose one from the list."))
        self._gone.set_texts(
            _("This subscription is no longer here"),
            _("It was removed, or you may no longer see it."),
        )
        self._render(self.presenter.state)

    def hideEvent(self, event: QHideEvent) -> None:
        """A revealed key does not wait for the next person who comes by."""
        super().hideEvent(event)
        if not event.spontaneous():
            self._keys.hide_all()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_height()

    @Slot()
    def _share_height(self) -> None:
        """The conversation first has room to be read and answered in; what stands above it scrolls. Where too
        little would be left for that, one of them is shown."""
        talk = max(self._talk.minimumSizeHint().height(), theme().scaled(_TALK_LEAST))
        title = self._title.sizeHint().height() + theme().space.l
        room = self.height() - title - talk
        both = room >= min(self.about.wanted_height(), theme().scaled(_ABOUT_LEAST))
        self._bar.setVisible(not both)
        self._line.setVisible(both)
        for part, shown in ((_ABOUT, self._top), (_TALK, self._talk)):
            shown.setVisible(both or self._part == part)
        alone = self.height() - title - self._bar.sizeHint().height()
        self.about.set_highest(room if both else alone, is_alone=not both)

    @Slot(str)
    def _show_part(self, part: str) -> None:
        self._part = part
        self._parts.set_value(part)
        self._share_height()

    def _in_conversation(self, do: Callable[[], object]) -> None:
        self._show_part(_TALK)
        do()

    def _build(self) -> None:
        space = theme().space
        self._page = QWidget()
        self._title = PageTitle()
        self.about = About(self._context.profile.shown.warn_days)
        self._talk = ConversationPane(self._context, self.presenter, watched=self)
        self._parts = SegmentedChoice([], "")
        self._bar, self._top, self._line = QWidget(), QWidget(), Divider()
        self._bar_line = row(self._bar)
        self._bar_line.addWidget(self._parts)
        self._bar_line.addStretch(1)
        top = column(self._top)
        self._head = column(margins=(space.xl, space.l, space.xl, 0))
        self._head.addWidget(self._title)
        top.addLayout(self._head)
        top.addWidget(self.about)
        top.addStretch(1)
        whole = column(self._page)
        for widget, stretch in ((self._bar, 0), (self._top, 0), (self._line, 0), (self._talk, 1)):
            whole.addWidget(widget, stretch)
        self._nothing = EmptyState("box", tone="neutral")
        self._blank = QWidget()
        self._gone = EmptyState("search", tone="neutral")
        self._loading = QWidget()
        column(self._loading, margins=space.xl).addWidget(Skeleton("cards", 1))
        self._error = NotLoaded(self._context.profile)
        for page in (self._nothing, self._blank, self._page, self._gone, self._loading, self._error):
            self.addWidget(page)

    def _connect(self) -> None:
        self._pause.timeout.connect(self._open_next)
        self._parts.changed.connect(self._show_part)
        theme().changed.connect(self._share_height)
        self.about.toggled.connect(self._keys.toggle)
        self.about.copied.connect(self._copy)
        self._error.way_out.retry_requested.connect(self.refresh)
        self._error.way_out.sign_in_requested.connect(self._context.frame.sign_in)

    def _render(self, state: ItemState) -> None:
        found = self._found()
        if state.phase is Phase.READY and found is not None:
            self._title.setText(found.name)
            self.about.show_subscription(found, self._linked(found))
            self.titled.emit(found.name)
        self._talk.render_state(state)
        self._share_height()
        if state.phase is Phase.FAILED:
            self._error.show_reason(_("The subscription could not be loaded"), state.sync, state.error)
        self.setCurrentWidget(self._page_for(state))
        self.offers_changed.emit()

    def _render_keys(self, _state: KeysState) -> None:
        found = self._found()
        if found is not None:
            self.about.show_subscription(found, self._linked(found))

    def _found(self) -> Subscription | None:
        view = self.presenter.state.view
        fact = view.row.fact if view is not None else None
        return fact if isinstance(fact, Subscription) else None

    def _linked(self, found: Subscription) -> KeysState:
        keys = self._keys.state
        return msgspec.structs.replace(keys, keys=tuple(key for key in keys.keys if key.id in found.key_ids))

    def _page_for(self, state: ItemState) -> QWidget:
        return {
            Phase.NONE: self._nothing if self._has_choice else self._blank,
            Phase.LOADING: self._loading,
            Phase.READY: self._page,
            Phase.GONE: self._gone,
            Phase.FAILED: self._error,
        }[state.phase]

    @Slot()
    def _open_next(self) -> None:
        self.open(self._context.account.id, self._next, offered=self._is_offered)

    @Slot(str)
    def _copy(self, key_id: str) -> None:
        clear_after_s = self._keys.copy(key_id)
        self._context.frame.toast(
            copied_words(clear_after_s), action=_("Clear now"), on_action=self._keys.clear_clipboard
        )
