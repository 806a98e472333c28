"""Cards of which one is chosen, each with a sentence of guidance."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QBoxLayout,
    QButtonGroup,
    QRadioButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QWidget,
)

from supportdesk.ui.theme import theme
from supportdesk.ui.theme.choice_style import paint_radio
from supportdesk.ui.theme.painting import draw_box
from supportdesk.ui.widgets.focus_order import tab_to_checked
from supportdesk.ui.widgets.icon_label import IconLabel
from supportdesk.ui.widgets.layouts import clear_layout, column, row
from supportdesk.ui.widgets.text_label import TextLabel

_PADDING, _GAP = 16, 12
_NARROWEST_CARD = 200


class PriorityCard(QRadioButton):
    """A radio button that fills a card."""

    def __init__(self, title: str = "", text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = TextLabel(kind="emphasis", strong=True, wrap=True)
        self._guidance = TextLabel(tone="muted", wrap=True)
        for label in (self._title, self._guidance):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        texts = column()
        texts.addWidget(self._title)
        texts.addWidget(self._guidance)
        texts.addStretch(1)
        self._content = row(self, margins=(_PADDING, _PADDING - 1, _PADDING, _PADDING - 1))
        self._content.addWidget(IconLabel(size=18))  # keeps the circle's place, mirrored with the text
        self._content.addSpacing(_GAP)
        self._content.addLayout(texts, 1)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.set_texts(title, text)

    def set_texts(self, title: str, text: str) -> None:
        self._title.setText(title)
        self._guidance.setText(text)
        self._guidance.setVisible(bool(text))
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)

    def focus_outline(self) -> tuple[QRect, float]:
        return self.rect(), theme().radius.card

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
        chosen, hovered = self.isChecked(), bool(option.state & QStyle.StateFlag.State_MouseOver)
        rest = "controlHover" if hovered and self.isEnabled() else "surface"
        draw_box(
            painter,
            self.rect(),
            fill=theme().color("accentSoft" if chosen else rest),
            border=theme().color("accentText" if chosen else "controlBorder" if hovered else "hairline"),
            radius=theme().radius.card,
            width=2 if chosen else 1,
        )
        edge = theme().scaled(18)
        top = _PADDING + (theme().line_height("emphasis") - edge) // 2
        circle = QRect(_PADDING, top, edge, edge)
        place = QStyle.visualRect(self.layoutDirection(), self.rect(), circle)
        paint_radio(theme(), painter, place, option.state)


class CardChoice(QWidget):
    """Options are (key, title, guidance) in equal columns, below each other where it is narrow."""

    changed = Signal(str)

    def __init__(
        self,
        options: Sequence[tuple[str, str, str]] = (),
        accessible_name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._keys: list[str] = []
        self._cards: list[PriorityCard] = []
        self._row = row(self, gap=theme().space.l)
        self._told: str | None = None
        self.setAccessibleName(accessible_name)
        self._group.buttonClicked.connect(self._on_clicked)
        self.set_options(options)

    def value(self) -> str | None:
        """None while nothing has been chosen."""
        checked = self._group.checkedButton()
        return self._keys[self._cards.index(checked)] if isinstance(checked, PriorityCard) else None

    def set_value(self, key: str | None) -> None:
        self._group.setExclusive(False)
        for own, card in zip(self._keys, self._cards, strict=True):
            card.setChecked(own == key)
        self._group.setExclusive(True)
        tab_to_checked(self._cards)
        self._told = self.value()

    def set_options(self, options: Sequence[tuple[str, str, str]]) -> None:
        """Keeps the value where it is still offered."""
        if self._keys == [key for key, _title, _text in options]:
            for card, (_key, title, text) in zip(self._cards, options, strict=True):
                card.set_texts(title, text)
            return
        kept = self.value()
        for card in self._cards:
            self._group.removeButton(card)
        clear_layout(self._row)
        self._keys = [key for key, _title, _text in options]
        self._cards = [PriorityCard(title, text) for _key, title, text in options]
        for card in self._cards:
            self._group.addButton(card)
            self._row.addWidget(card, 1)
        self.set_value(kept)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < theme().scaled(_NARROWEST_CARD) * len(self._cards)
        wanted = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        if self._row.direction() != wanted:
            self._row.setDirection(wanted)

    @Slot(QAbstractButton)
    def _on_clicked(self, _button: QAbstractButton) -> None:
        chosen = self.value()
        if chosen is not None and chosen != self._told:
            self._told = chosen
            self.changed.emit(chosen)
