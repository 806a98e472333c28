"""One answer of several that exclude each other: a text, and a sentence below it."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QRadioButton, QSizePolicy, QStyle, QStyleOptionButton

from supportdesk.ui.theme import theme
from supportdesk.ui.theme.choice_style import paint_radio
from supportdesk.ui.theme.painting import draw_box
from supportdesk.ui.widgets.icon_label import IconLabel
from supportdesk.ui.widgets.layouts import column, row
from supportdesk.ui.widgets.text_label import TextLabel

_CIRCLE, _GAP = 18, 12
_CARD_PADDING, _PLAIN_PADDING = 16, 4


class RadioAnswer(QRadioButton):
    """A radio button whose texts wrap; they stand beside the circle, also the second line. All of it is hit.

    `card` draws it as a card that shows by its ground and border that it is chosen.
    """

    def __init__(self, text: str, sentence: str, *, card: bool) -> None:
        super().__init__()
        self._is_card = card
        self._padding = _CARD_PADDING if card else _PLAIN_PADDING
        self._text = TextLabel(kind="emphasis" if card else "body", strong=card, wrap=True)
        self._sentence = TextLabel(kind="body" if card else "caption", tone="muted", wrap=True)
        for label in (self._text, self._sentence):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        texts = column()
        texts.addWidget(self._text)
        texts.addWidget(self._sentence)
        texts.addStretch(1)
        side = self._padding if card else 0
        self._content = row(self, gap=_GAP, margins=(side, self._padding, side, self._padding))
        self._content.addWidget(IconLabel(size=_CIRCLE), 0, Qt.AlignmentFlag.AlignTop)  # the circle's place
        self._content.addLayout(texts, 1)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.toggled.connect(self._on_toggled)
        self.set_texts(text, sentence)

    def set_texts(self, text: str, sentence: str) -> None:
        self._text.setText(text)
        self._sentence.setText(sentence)
        self._sentence.setVisible(bool(sentence))
        self.setAccessibleName(text)
        self.setAccessibleDescription(sentence)

    def focus_outline(self) -> tuple[QRect, float]:
        if self._is_card:
            return self.rect(), theme().radius.card
        return self._circle(), theme().scaled(_CIRCLE) / 2

    def hitButton(self, _position: QPoint) -> bool:
        return True

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._content.heightForWidth(width)

    def sizeHint(self) -> QSize:
        return self._content.sizeHint()

    def minimumSizeHint(self) -> QSize:
        return QSize(self._content.minimumSize().width(), self.heightForWidth(max(self.width(), 1)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        if self._is_card:
            self._paint_card(painter, hovered=bool(option.state & QStyle.StateFlag.State_MouseOver))
        paint_radio(theme(), painter, self._circle(), option.state)

    def _paint_card(self, painter: QPainter, *, hovered: bool) -> None:
        chosen = self.isChecked()
        rest = "controlHover" if hovered and self.isEnabled() else "surface"
        draw_box(
            painter,
            self.rect(),
            fill=theme().color("accentSoft" if chosen else rest),
            border=theme().color("accentText" if chosen else "controlBorder" if hovered else "hairline"),
            radius=theme().radius.card,
            width=2 if chosen else 1,
        )

    def _circle(self) -> QRect:
        """Beside the first line of the text, mirrored with it."""
        edge = theme().scaled(_CIRCLE)
        line = theme().line_height("emphasis" if self._is_card else "body")
        left = self._padding if self._is_card else 0
        circle = QRect(left, self._padding + (line - edge) // 2, edge, edge)
        return QStyle.visualRect(self.layoutDirection(), self.rect(), circle)

    @Slot(bool)
    def _on_toggled(self, chosen: bool) -> None:
        if not self._is_card:
            self._text.set_kind("body", strong=chosen)
