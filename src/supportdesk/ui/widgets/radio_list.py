"""Answers below each other of which one is chosen, each with a sentence."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QRadioButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QWidget,
)

from supportdesk.ui.theme import theme
from supportdesk.ui.theme.choice_style import paint_radio
from supportdesk.ui.widgets.focus_order import tab_to_checked
from supportdesk.ui.widgets.icon_label import IconLabel
from supportdesk.ui.widgets.layouts import clear_layout, column, row
from supportdesk.ui.widgets.text_label import TextLabel

_CIRCLE, _PADDING = 18, 4


class _Answer(QRadioButton):
    """The text wraps; the caption stands under it and not under the circle."""

    def __init__(self, text: str, caption: str) -> None:
        super().__init__()
        self._text = TextLabel(wrap=True)
        self._caption = TextLabel(kind="caption", tone="muted", wrap=True)
        for label in (self._text, self._caption):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        texts = column()
        texts.addWidget(self._text)
        texts.addWidget(self._caption)
        self._content = row(self, gap=theme().space.m, margins=(0, _PADDING, 0, _PADDING))
        self._content.addWidget(IconLabel(size=_CIRCLE), 0, Qt.AlignmentFlag.AlignTop)  # the circle's place
        self._content.addLayout(texts, 1)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.toggled.connect(self._on_toggled)
        self.set_texts(text, caption)

    def set_texts(self, text: str, caption: str) -> None:
        self._text.setText(text)
        self._caption.setText(caption)
        self._caption.setVisible(bool(caption))
        self.setAccessibleName(text)
        self.setAccessibleDescription(caption)

    def focus_outline(self) -> tuple[QRect, float]:
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
        return self._content.minimumSize()

    def paintEvent(self, _event: QPaintEvent) -> None:
        option = QStyleOptionButton()
        self.initStyleOption(option)
        paint_radio(theme(), QPainter(self), self._circle(), option.state)

    def _circle(self) -> QRect:
        edge = theme().scaled(_CIRCLE)
        top = _PADDING + (theme().line_height() - edge) // 2
        return QStyle.visualRect(self.layoutDirection(), self.rect(), QRect(0, top, edge, edge))

    @Slot(bool)
    def _on_toggled(self, chosen: bool) -> None:
        self._text.set_kind("body", strong=chosen)


class RadioList(QWidget):
    """Options are (key, text, caption)."""

    changed = Signal(str)
    """Only by the person."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._answers: dict[str, _Answer] = {}
        self._column = column(self, gap=theme().space.s)
        self._group.buttonClicked.connect(self._on_clicked)

    def value(self) -> str | None:
        """None while nothing has been chosen."""
        return next((key for key, answer in self._answers.items() if answer.isChecked()), None)

    def set_value(self, key: str | None) -> None:
        self._group.setExclusive(False)
        for own, answer in self._answers.items():
            answer.setChecked(own == key)
        self._group.setExclusive(True)
        tab_to_checked(list(self._answers.values()))

    def set_options(self, options: Sequence[tuple[str, str, str]]) -> None:
        """Keeps the value where it is still offered."""
        if list(self._answers) == [key for key, _text, _caption in options]:
            for key, text, caption in options:
                self._answers[key].set_texts(text, caption)
            return
        kept = self.value()
        for answer in self._answers.values():
            self._group.removeButton(answer)
        clear_layout(self._column)
        self._answers = {key: _Answer(text, caption) for key, text, caption in options}
        for answer in self._answers.values():
            self._group.addButton(answer)
            self._column.addWidget(answer)
        self.set_value(kept)

    def first_target(self) -> QWidget | None:
        """What takes the focus: the chosen answer, else the first."""
        answers = list(self._answers.values())
        return next((answer for answer in answers if answer.isChecked()), answers[0] if answers else None)

    @Slot(QAbstractButton)
    def _on_clicked(self, button: QAbstractButton) -> None:
        self.changed.emit(next(key for key, answer in self._answers.items() if answer is button))
