"""Above the tree, in plain words: whether what is searched for is there, and whom to ask."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from supportdesk import clock
from supportdesk.app.subscription_tree import Answer, state_at
from supportdesk.domain.entities import SubscriptionState
from supportdesk.i18n import _
from supportdesk.ui.screens.subscriptions import words
from supportdesk.ui.theme import theme
from supportdesk.ui.theme.painting import draw_box
from supportdesk.ui.widgets.button import button
from supportdesk.ui.widgets.icon_label import IconLabel
from supportdesk.ui.widgets.layouts import column, row
from supportdesk.ui.widgets.text_label import TextLabel
from supportdesk.ui.widgets.tones import ink_role, soft_role

_TONES = {
    SubscriptionState.ACTIVE: ("success", "circle-check"),
    SubscriptionState.ENDING: ("warning", "hourglass"),
    SubscriptionState.ORDERED: ("info", "circle-dashed"),
    SubscriptionState.ENDED: ("neutral", "circle-x"),
}


class AnswerBar(QWidget):
    question_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tone = "neutral"
        self._icon = IconLabel("circle-x")
        self._text = TextLabel(wrap=True)
        self._ask = button("", "link", "reply")
        self._build()
        self._ask.clicked.connect(self.question_requested)

    def show_answer(self, answer: Answer | None) -> None:
        self.setVisible(answer is not None)
        if answer is None:
            return
        self._tone, icon = ("neutral", "circle-x")
        if answer.best is not None:
            self._tone, icon = _TONES[state_at(answer.best, clock.now())]
        self._icon.set_icon(icon, ink_role(self._tone))
        self._text.setText(words.answer_text(answer))
        self.setAccessibleName(self._text.text())
        self._ask.setText(_("Ask about it"))
        is_there = (
            answer.best is not None and state_at(answer.best, clock.now()) is not SubscriptionState.ENDED
        )
        self._ask.setVisible(not is_there)
        self.update()

    def text(self) -> str:
        return self._text.text()

    def paintEvent(self, _event: QPaintEvent) -> None:
        border = theme().color("controlBorder") if theme().is_high_contrast else None
        fill = theme().color(soft_role(self._tone))
        draw_box(QPainter(self), self.rect(), fill=fill, border=border, radius=theme().radius.field)

    def _build(self) -> None:
        space = theme().space
        line = row(self, gap=space.s, margins=(space.m, space.s, space.m, space.s))
        texts = column(gap=space.xs)
        texts.addWidget(self._text)
        ask = row()
        ask.addWidget(self._ask)
        ask.addStretch(1)
        texts.addLayout(ask)
        line.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(texts, 1)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
