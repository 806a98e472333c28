"""Something of the customer's own that the vendor has not confirmed yet, with what can be done about it."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QWidget

from supportdesk.app.conversation import Waiting
from supportdesk.app.outbox_list import can_retry
from supportdesk.domain.commands import FileRef
from supportdesk.domain.projections import OutboxState
from supportdesk.i18n import _
from supportdesk.ui import formats
from supportdesk.ui.conversation.bubble import BubbleBox, line_widths
from supportdesk.ui.conversation.file_row import FileRow
from supportdesk.ui.conversation.pictures import Pictures
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.button import button
from supportdesk.ui.widgets.chip import Chip
from supportdesk.ui.widgets.delivery_chip import delivery_chip
from supportdesk.ui.widgets.flow_layout import FlowLayout
from supportdesk.ui.widgets.layouts import row
from supportdesk.ui.widgets.safe_text import SafeText
from supportdesk.ui.widgets.text_label import TextLabel

_CAN_EDIT = {OutboxState.QUEUED, OutboxState.BLOCKED_AUTH, OutboxState.NEEDS_USER}


class WaitingBubble(BubbleBox):
    """Signals carry the PendingMessage. A report or an order has its state above and its log below."""

    edit_requested = Signal(object)
    retry_requested = Signal(object)
    log_requested = Signal()

    def __init__(
        self,
        entry: Waiting,
        files: tuple[tuple[FileRef, Path], ...],
        pictures: Pictures,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(own=True, parent=parent)
        self._message = entry.message
        self._is_report = entry.message.do in {"create_ticket", "create_order"}
        self._build(files, pictures)
        self.retranslate()

    def retranslate(self) -> None:
        chip = delivery_chip(self._message.state)
        self._who.setText(_("You"))
        self._chip.set_state(chip.words, chip.tone, chip.icon)
        self._time.setText(formats.time_of_day(self._message.created_at))
        self._reason.setText(self._message.reason)
        self._edit.setText(_("Take back and edit"))
        self._retry.setText(_("Try again"))
        self._log.setText(_("Delivery log"))
        self._text.setAccessibleName(_("Your message, {state}").format(state=chip.words))

    def natural_widths(self) -> list[int]:
        lines = [*line_widths(self._message.body), *line_widths(self._reason_shown())]
        return [*lines, *self._files_width, self._head.sizeHint().width(), self._flow.natural_width()]

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def _build(self, files: tuple[tuple[FileRef, Path], ...], pictures: Pictures) -> None:
        message = self._message
        self._who = TextLabel(kind="caption", strong=True)
        self._chip = Chip()
        self._time = TextLabel(kind="caption", tone="muted", tabular=True)
        self._head = head = row(gap=theme().space.s)
        head.addWidget(self._who)
        head.addWidget(self._chip)
        self._chip.setHidden(self._is_report)
        head.addStretch(1)
        head.addWidget(self._time)
        self.body.addLayout(head)
        self._text = SafeText(message.body)
        self.body.addWidget(self._text)
        self._text.setVisible(bool(message.body.strip()))
        self._files_width: list[int] = []
        if files:
            attached = FileRow(pictures)
            attached.set_unsent(files)
            self._files_width = [attached.natural_width()]
            self.body.addWidget(attached)
        self._reason = TextLabel(tone="danger", wrap=True)
        self.body.addWidget(self._reason)
        self._reason.setVisible(bool(self._reason_shown()))
        self._build_actions()

    def _reason_shown(self) -> str:
        refused = self._message.state is OutboxState.NEEDS_USER and not self._is_report
        return self._message.reason if refused else ""

    def _build_actions(self) -> None:
        state = self._message.state
        actions = QWidget()
        space = theme().space
        self._flow = flow = FlowLayout(actions, gap=space.s, margins=(0, space.s - space.xs, 0, 0))
        self._edit = button("", "secondary", size="small")
        self._retry = button("", "secondary", size="small")
        self._log = button("", "quiet", size="small")
        self._edit.clicked.connect(partial(self.edit_requested.emit, self._message))
        self._retry.clicked.connect(partial(self.retry_requested.emit, self._message))
        self._log.clicked.connect(self.log_requested)
        for each, shown in (
            (self._edit, state in _CAN_EDIT and self._message.do == "reply"),
            (self._retry, can_retry(state)),
            (self._log, True),
        ):
            flow.addWidget(each)
            each.setHidden(not shown)
        self.body.addWidget(actions)
        actions.setHidden(self._is_report)
