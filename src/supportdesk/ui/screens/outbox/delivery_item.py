"""One thing on its way: what it is, how it stands, what can be done, and its log when unfolded."""

from functools import partial

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QVBoxLayout, QWidget

from supportdesk.app import delivery as words
from supportdesk.app.item_words import number_text
from supportdesk.app.outbox_list import can_retry, can_take_back
from supportdesk.domain.projections import Delivery, Link, OutboxState
from supportdesk.i18n import N_, _
from supportdesk.ui import formats
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.announce import set_accessible
from supportdesk.ui.widgets.button import Button, button, icon_button
from supportdesk.ui.widgets.chip import Chip
from supportdesk.ui.widgets.delivery_chip import delivery_chip
from supportdesk.ui.widgets.delivery_log import DeliveryLog
from supportdesk.ui.widgets.divider import Divider
from supportdesk.ui.widgets.layouts import column, row
from supportdesk.ui.widgets.text_label import ElidedLabel, TextLabel

_KINDS: dict[str, str] = {
    "create_ticket": N_("New ticket"),
    "reply": N_("Reply"),
    "add_files": N_("Files"),
    "close_ticket": N_("Close ticket"),
    "reopen_ticket": N_("Reopen a ticket"),
    "rate_ticket": N_("Rating"),
    "create_order": N_("New order"),
    "sign_document": N_("Signature"),
    "decline_document": N_("Declining the document"),
    "confirm_notice": N_("Confirmation"),
    "rate_article": N_("Rating"),
}
_OPEN: dict[str, str] = {
    "ticket": N_("Open ticket"),
    "document": N_("Open document"),
    "order": N_("Open order"),
    "subscription": N_("Open subscription"),
    "notice": N_("Open information"),
    "newsletter": N_("Open information"),
    "article": N_("Open article"),
}


class DeliveryItem(QWidget):
    unfold_requested = Signal(str)
    retry_requested = Signal(str)
    take_back_requested = Signal(str)
    open_requested = Signal(str)

    def __init__(
        self, delivery: Delivery, vendor: str, *, link: Link, by_choice: bool, unfolded: bool
    ) -> None:
        """`by_choice`: there is no connection because the customer works offline."""
        super().__init__()
        self._delivery = delivery
        self.unfold = icon_button("", "")
        self._build(vendor, link=link, by_choice=by_choice, unfolded=unfolded)

    def _build(self, vendor: str, *, link: Link, by_choice: bool, unfolded: bool) -> None:
        space = theme().space
        lines = column(self)
        head = row(gap=space.m, margins=(20, space.m, space.l, space.m))
        head.addLayout(self._texts(), 1)
        chip = delivery_chip(self._delivery.state)
        head.addWidget(Chip(chip.words, tone=chip.tone, icon=chip.icon))
        for each in self._actions():
            head.addWidget(each)
        self._show_fold(unfolded=unfolded)
        head.addWidget(self.unfold)
        lines.addLayout(head)
        if unfolded:
            log = DeliveryLog()
            log.set_lines(words.lines(self._delivery, vendor, link, by_choice=by_choice))
            lines.addWidget(Divider(inset=20))
            lines.addWidget(log)
        set_accessible(self, f"{self._subject()}, {chip.words}", self._reason())

    def _texts(self) -> QVBoxLayout:
        texts = column()
        texts.addWidget(ElidedLabel(self._subject(), strong=True))
        texts.addWidget(TextLabel(self._detail(), kind="caption", tone="muted"))
        if self._reason():
            texts.addWidget(TextLabel(self._reason(), kind="caption", tone="danger", wrap=True))
        return texts

    def _subject(self) -> str:
        return self._delivery.subject or _(_KINDS.get(self._delivery.do, "")) or self._delivery.command_id

    def _detail(self) -> str:
        number = number_text(self._delivery.about, self._delivery.number)
        kind = _(_KINDS.get(self._delivery.do, ""))
        return " · ".join(filter(None, (kind, number, formats.exact(self._delivery.created_at))))

    def _reason(self) -> str:
        return self._delivery.reason if self._delivery.state is OutboxState.NEEDS_USER else ""

    def _actions(self) -> list[Button]:
        found: list[tuple[str, SignalInstance, str]] = []
        command_id = self._delivery.command_id
        if can_retry(self._delivery.state):
            found.append((_("Try again"), self.retry_requested, command_id))
        if can_take_back(self._delivery.state):
            found.append((_("Take back"), self.take_back_requested, command_id))
        if self._delivery.state is OutboxState.SENT and self._delivery.ticket_id:
            found.append((_(_OPEN[self._delivery.about]), self.open_requested, self._delivery.ticket_id))
        return [self._action(*each) for each in found]

    def _action(self, text: str, signal: SignalInstance, value: str) -> Button:
        made = button(text, kind="quiet", size="small")
        made.set_strong(False)
        made.setAccessibleName(f"{text}: {self._subject()}")
        made.clicked.connect(partial(_emit, signal, value))
        return made

    def _show_fold(self, *, unfolded: bool) -> None:
        self.unfold.set_icon("chevron-up" if unfolded else "chevron-down")
        self.unfold.set_label(_("Hide delivery log") if unfolded else _("Show delivery log"))
        self.unfold.clicked.connect(partial(_emit, self.unfold_requested, self._delivery.command_id))


def _emit(signal: SignalInstance, value: str, _checked: bool = False) -> None:
    signal.emit(value)
