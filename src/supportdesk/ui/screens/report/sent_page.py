"""After sending: the delivery log, live."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from supportdesk.app import delivery as delivery_words
from supportdesk.app.report import ReportState
from supportdesk.domain.projections import Delivery, OutboxState
from supportdesk.i18n import _
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.button import button
from supportdesk.ui.widgets.delivery_log import DeliveryLog
from supportdesk.ui.widgets.icon_label import IconLabel, IconWell
from supportdesk.ui.widgets.layouts import column, row
from supportdesk.ui.widgets.page_layout import PageLayout
from supportdesk.ui.widgets.text_label import ElidedLabel, SectionLabel, TextLabel


class SentPage(PageLayout):
    open_ticket_requested = Signal(str)
    tickets_requested = Signal()
    another_requested = Signal()
    log_copied = Signal()

    def __init__(self, vendor: str, parent: QWidget | None = None) -> None:
        super().__init__(max_width=640, parent=parent)
        self._vendor = vendor
        self._well = IconWell("send", tone="accent", size=48)
        self._title = SectionLabel()
        self._subject = ElidedLabel(tone="muted")
        self._log = DeliveryLog()
        self._note = TextLabel(tone="muted", wrap=True)
        self._tickets = button("", "primary")
        self._another = button("", "secondary")
        self._copy = button("", "neutral", "copy")
        self._delivery: Delivery | None = None
        self._online = True
        self._build()
        self._connect()
        self.retranslate()

    def retranslate(self) -> None:
        self.setAccessibleName(_("Delivery log"))
        self._another.setText(_("Report another problem"))
        self._copy.setText(_("Copy log"))
        self._render()

    def show_state(self, state: ReportState) -> None:
        self._delivery, self._online = state.delivery, state.online
        self._render()

    def _render(self) -> None:
        delivery, online = self._delivery, self._online
        self._tickets.setText(_("Open ticket") if self._is_accepted() else _("Go to your tickets"))
        if delivery is None:
            return
        self._title.setText(delivery_words.headline(delivery, self._vendor, online))
        self._subject.setText(delivery.subject)
        self._log.set_lines(delivery_words.lines(delivery, self._vendor, online))
        self._well.set_icon(*_well(delivery, online))
        self._note.setText(_note(delivery, online))

    def _is_accepted(self) -> bool:
        return self._delivery is not None and self._delivery.state is OutboxState.SENT

    def _build(self) -> None:
        space = theme().space
        texts = column()
        texts.addWidget(self._title)
        texts.addWidget(self._subject)
        head = row(gap=space.l)
        head.addWidget(self._well)
        head.addLayout(texts, 1)
        note = row(gap=space.s, margins=(20, 0, 20, 0))
        note.addWidget(IconLabel("info", role="muted", size=16))
        note.addWidget(self._note, 1)
        feet = row(gap=space.m)
        feet.addWidget(self._tickets)
        feet.addWidget(self._another)
        feet.addStretch(1)
        feet.addWidget(self._copy)
        self.add_gap(space.s)
        self.add_layout(head)
        self.add_gap(space.xl)
        self.add(self._log)
        self.add_gap(space.l)
        self.add_layout(note)
        self.add_gap(space.xl)
        self.add_layout(feet)

    def _connect(self) -> None:
        self._tickets.clicked.connect(self._go_on)
        self._another.clicked.connect(self.another_requested)
        self._copy.clicked.connect(self._copy_log)

    def _go_on(self) -> None:
        if self._delivery is not None and self._is_accepted():
            self.open_ticket_requested.emit(self._delivery.ticket_id)
        else:
            self.tickets_requested.emit()

    def _copy_log(self) -> None:
        if self._delivery is not None:
            text = delivery_words.as_text(self._delivery, self._vendor, self._online)
            QGuiApplication.clipboard().setText(text)
            self.log_copied.emit()


def _well(delivery: Delivery, online: bool) -> tuple[str, str]:
    if delivery.state is OutboxState.SENT:
        return "circle-check", "success"
    if delivery.state is OutboxState.NEEDS_USER:
        return "circle-alert", "danger"
    return ("send", "accent") if online else ("cloud-off", "warning")


def _note(delivery: Delivery, online: bool) -> str:
    if delivery.state is OutboxState.SENT:
        return _("You find it in your tickets and see there how it goes on.")
    if delivery.state is OutboxState.NEEDS_USER:
        return _("Nothing is lost: open it in your tickets, correct it and send it again.")
    if not online:
        return _("No connection. It will be sent as soon as there is one; you can close the window.")
    return _("You can close this window. Sending continues in the background.")
