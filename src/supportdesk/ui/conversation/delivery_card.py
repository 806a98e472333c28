"""The delivery log of one conversation: what happened to everything that was sent for it."""

from functools import partial

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QWidget

from supportdesk.app.connection import is_by_choice
from supportdesk.app.conversation_state import ConversationState
from supportdesk.app.delivery import is_cut_off, lines
from supportdesk.app.outbox_list import can_retry, can_take_back
from supportdesk.app.ticket_vendor import Vendor
from supportdesk.domain.projections import Delivery, Link, OutboxState, SyncState
from supportdesk.i18n import N_, _
from supportdesk.ui.connection.way_out import WayOut
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.button import button
from supportdesk.ui.widgets.card import Card
from supportdesk.ui.widgets.delivery_log import DeliveryLog
from supportdesk.ui.widgets.flow_layout import FlowLayout
from supportdesk.ui.widgets.layouts import clear_layout, column
from supportdesk.ui.widgets.text_label import TextLabel

_WHAT: dict[str, str] = {
    "create_ticket": N_("Your report"),
    "reply": N_("Your reply"),
    "add_files": N_("Your files"),
    "close_ticket": N_("Closing the ticket"),
    "reopen_ticket": N_("Reopening the ticket"),
    "rate_ticket": N_("Your rating"),
    "create_order": N_("Your order"),
    "sign_document": N_("Your signature"),
    "decline_document": N_("Declining the document"),
}


class DeliveryCard(Card):
    """Shows what is unfinished by itself, and the rest once it is asked for. Signals carry a command id."""

    retry_requested = Signal(str)
    withdraw_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(gap=theme().space.m, parent=parent)
        self._deliveries: tuple[Delivery, ...] = ()
        self._drawn: tuple[tuple[Delivery, ...], Link | None, bool] = ((), None, False)
        self._everything: str | None = None
        self._state = ConversationState()
        self._own_id = ""
        self._title = TextLabel(kind="emphasis", strong=True)
        self._out = button("", "secondary", size="small")
        self.way_out = WayOut(self._out)
        self._list = column(gap=theme().space.l)
        head = FlowLayout(gap=theme().space.s, apart=True)
        head.addWidget(self._title)
        head.addWidget(self._out)
        self.body.addLayout(head)
        self.body.addLayout(self._list)
        self.retranslate()
        self.hide()

    def render_state(self, state: ConversationState) -> None:
        own_id = state.view.row.id if state.view else ""
        if own_id != self._own_id:
            self._own_id, self._everything = own_id, None
        on_its_way = state.view is not None and not state.is_known_to_vendor
        everything = on_its_way or self._everything == own_id
        shown = state.deliveries if everything else _troubled(state.deliveries)
        self.setVisible(bool(shown))
        self._state = state
        link = state.sync.link if state.sync else None
        drawn = (shown, link, is_by_choice(state.sync))
        if drawn != self._drawn:
            self._drawn, self._deliveries = drawn, shown
            self._fill()

    def show_all(self) -> None:
        self._everything = self._own_id
        self.render_state(self._state)

    def retranslate(self) -> None:
        self._title.setText(_("Delivery log"))
        self.setAccessibleName(_("Delivery log"))
        self._fill()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def _fill(self) -> None:
        clear_layout(self._list)
        vendor, sync = self._state.vendor, self._state.sync
        if vendor is None or sync is None:
            return
        for delivery in self._deliveries:
            self._list.addWidget(self._part(delivery, vendor, sync))
        self._out.setVisible(any(is_cut_off(each, sync.link) for each in self._deliveries))
        self.way_out.show_sync(sync)

    def _part(self, delivery: Delivery, vendor: Vendor, sync: SyncState) -> QWidget:
        part = QWidget()
        layout = column(part, gap=theme().space.s)
        head = FlowLayout(gap=theme().space.s, apart=True)
        head.addWidget(TextLabel(_(_WHAT.get(delivery.do, delivery.do)), strong=True))
        if can_take_back(delivery.state):
            take_back = button(_("Take back"), "quiet", size="small")
            take_back.clicked.connect(partial(self.withdraw_requested.emit, delivery.command_id))
            head.addWidget(take_back)
        if can_retry(delivery.state):
            retry = button(_("Try again"), "secondary", size="small")
            retry.clicked.connect(partial(self.retry_requested.emit, delivery.command_id))
            head.addWidget(retry)
        layout.addLayout(head)
        log = DeliveryLog(inset=0)
        name, by_choice = vendor.profile.short_name, is_by_choice(sync)
        log.set_lines(lines(delivery, name, sync.link, by_choice=by_choice))
        layout.addWidget(log)
        return part


def _troubled(deliveries: tuple[Delivery, ...]) -> tuple[Delivery, ...]:
    """What needs the customer, and what has no message of its own in the conversation."""
    quiet = {"close_ticket", "rate_ticket", "sign_document", "decline_document"}
    return tuple(
        each
        for each in deliveries
        if each.state is OutboxState.NEEDS_USER
        or (each.do in quiet and each.state not in {OutboxState.SENT, OutboxState.CANCELLED})
    )
