"""The delivery log of one ticket: what happened to everything that was sent for it."""

from functools import partial

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QWidget

from supportdesk.app.delivery import lines
from supportdesk.app.ticket import TicketState
from supportdesk.domain.projections import Delivery, Link, OutboxState
from supportdesk.i18n import N_, _
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.button import button
from supportdesk.ui.widgets.card import Card
from supportdesk.ui.widgets.delivery_log import DeliveryLog
from supportdesk.ui.widgets.layouts import clear_layout, column, row
from supportdesk.ui.widgets.text_label import TextLabel

_WHAT: dict[str, str] = {
    "create_ticket": N_("Your report"),
    "reply": N_("Your reply"),
    "add_files": N_("Your files"),
    "close_ticket": N_("Closing the ticket"),
    "reopen_ticket": N_("Reopening the ticket"),
    "rate_ticket": N_("Your rating"),
}
_CAN_RETRY = frozenset({OutboxState.QUEUED, OutboxState.NEEDS_USER})
_CAN_WITHDRAW = frozenset({OutboxState.QUEUED, OutboxState.NEEDS_USER, OutboxState.BLOCKED_AUTH})


class DeliveryCard(Card):
    """Shows what is unfinished by itself, and the rest once it is asked for. Signals carry a command id."""

    retry_requested = Signal(str)
    withdraw_requested = Signal(str)

    def __init__(self, vendor: str, parent: QWidget | None = None) -> None:
        super().__init__(gap=theme().space.m, parent=parent)
        self._vendor = vendor
        self._deliveries: tuple[Delivery, ...] = ()
        self._link = Link.STARTING
        self._everything: str | None = None
        self._state = TicketState()
        self._ticket_id = ""
        self._title = TextLabel(kind="emphasis", strong=True)
        self._list = column(gap=theme().space.l)
        self.add(self._title)
        self.body.addLayout(self._list)
        self.retranslate()
        self.hide()

    def render_state(self, state: TicketState) -> None:
        ticket_id = state.view.row.id if state.view else ""
        if ticket_id != self._ticket_id:
            self._ticket_id, self._everything = ticket_id, None
        on_its_way = state.view is not None and state.view.ticket is None
        everything = on_its_way or self._everything == ticket_id
        shown = state.deliveries if everything else _troubled(state.deliveries)
        self.setVisible(bool(shown))
        if (shown, state.link) != (self._deliveries, self._link):
            self._deliveries, self._link = shown, state.link
            self._fill()
        self._state = state

    def show_all(self) -> None:
        self._everything = self._ticket_id
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
        for delivery in self._deliveries:
            self._list.addWidget(self._part(delivery))

    def _part(self, delivery: Delivery) -> QWidget:
        part = QWidget()
        layout = column(part, gap=theme().space.s)
        head = row(gap=theme().space.s)
        head.addWidget(TextLabel(_(_WHAT.get(delivery.do, delivery.do)), strong=True))
        head.addStretch(1)
        if delivery.state in _CAN_WITHDRAW:
            take_back = button(_("Take back"), "quiet", size="small")
            take_back.clicked.connect(partial(self.withdraw_requested.emit, delivery.command_id))
            head.addWidget(take_back)
        if delivery.state in _CAN_RETRY:
            retry = button(_("Try again"), "secondary", size="small")
            retry.clicked.connect(partial(self.retry_requested.emit, delivery.command_id))
            head.addWidget(retry)
        layout.addLayout(head)
        log = DeliveryLog(inset=0)
        log.set_lines(lines(delivery, self._vendor, self._link))
        layout.addWidget(log)
        return part


def _troubled(deliveries: tuple[Delivery, ...]) -> tuple[Delivery, ...]:
    """What needs the customer, and what has no message of its own in the conversation."""
    quiet = {"close_ticket", "rate_ticket"}
    return tuple(
        each
        for each in deliveries
        if each.state is OutboxState.NEEDS_USER
        or (each.do in quiet and each.state not in {OutboxState.SENT, OutboxState.CANCELLED})
    )
