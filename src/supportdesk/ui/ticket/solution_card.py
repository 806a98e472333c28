"""Asks whether the solution helped, once, where the answer stands."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QWidget

from supportdesk.app.ticket_state import TicketState
from supportdesk.domain.status import Stage
from supportdesk.i18n import _
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.button import button
from supportdesk.ui.widgets.card import Card
from supportdesk.ui.widgets.flow_layout import FlowLayout
from supportdesk.ui.widgets.line_edit import LineEdit
from supportdesk.ui.widgets.text_label import TextLabel


class SolutionCard(Card):
    """`rated` carries whether it helped, and a comment."""

    rated = Signal(bool, str)
    reopen_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(gap=theme().space.m, parent=parent)
        self._stage: Stage | None = None
        self._can_close = False
        self._build()
        self._connect()
        self.retranslate()

    def render_state(self, state: TicketState) -> None:
        self.setVisible(state.offers.rate)
        self._stage = state.view.row.stage if state.view else None
        self._can_close = state.offers.close
        self._reopen.setVisible(state.offers.reopen)
        self.retranslate()

    def focus_first(self) -> None:
        self._comment.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def retranslate(self) -> None:
        closes = self._stage is Stage.SOLVED and self._can_close
        self._title.setText(_("Did the solution help?"))
        self._comment.setPlaceholderText(_("What was good, what was not? (optional)"))
        self._comment.setAccessibleName(_("Comment on the solution"))
        self._yes.setText(_("Yes, close the ticket") if closes else _("Yes, it helped"))
        self._no.setText(_("No, it did not help"))
        self._reopen.setText(_("Reopen a ticket"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def _build(self) -> None:
        self._title = TextLabel(kind="emphasis", strong=True)
        self._comment = LineEdit()
        self._yes = button("", "secondary", "circle-check")
        self._no = button("", "secondary", "circle-x")
        self._reopen = button("", "quiet", "rotate-ccw")
        actions = QWidget()
        flow = FlowLayout(actions, gap=theme().space.m)
        for each in (self._yes, self._no, self._reopen):
            flow.addWidget(each)
        for widget in (self._title, self._comment, actions):
            self.add(widget)

    def _connect(self) -> None:
        self._yes.clicked.connect(self._say_yes)
        self._no.clicked.connect(self._say_no)
        self._reopen.clicked.connect(self.reopen_requested)

    def _say_yes(self) -> None:
        self.rated.emit(True, self._comment.text())

    def _say_no(self) -> None:
        self.rated.emit(False, self._comment.text())
