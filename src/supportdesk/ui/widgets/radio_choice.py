"""Answers of which one is chosen, each with a sentence: below each other, or as cards side by side."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QBoxLayout, QButtonGroup, QWidget

from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.focus_order import tab_to_checked
from supportdesk.ui.widgets.layouts import clear_layout, column
from supportdesk.ui.widgets.radio_answer import RadioAnswer

_NARROWEST_CARD = 200


class RadioChoice(QWidget):
    """Options are (key, text, sentence). Cards have equal widths, and stand below each other where it is
    narrow."""

    changed = Signal(str)
    """Only by the person."""

    def __init__(self, *, cards: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cards = cards
        self._group = QButtonGroup(self)
        self._answers: dict[str, RadioAnswer] = {}
        self._line = column(self, gap=theme().space.l if cards else theme().space.s)
        self._told: str | None = None
        self._group.buttonClicked.connect(self._on_clicked)

    def value(self) -> str | None:
        """None while nothing has been chosen."""
        return next((key for key, answer in self._answers.items() if answer.isChecked()), None)

    def set_value(self, key: str | None) -> None:
        self._group.setExclusive(False)
        for own, answer in self._answers.items():
            answer.setChecked(own == key)
        self._group.setExclusive(True)
        tab_to_checked(self.answers())
        self._told = self.value()

    def set_options(self, options: Sequence[tuple[str, str, str]]) -> None:
        """Keeps the value where it is still offered."""
        if list(self._answers) == [key for key, _text, _sentence in options]:
            for key, text, sentence in options:
                self._answers[key].set_texts(text, sentence)
            return
        kept = self.value()
        for answer in self._answers.values():
            self._group.removeButton(answer)
        clear_layout(self._line)
        self._answers = {
            key: RadioAnswer(text, sentence, card=self._cards) for key, text, sentence in options
        }
        for answer in self._answers.values():
            self._group.addButton(answer)
            self._line.addWidget(answer, 1)
        self.set_value(kept)

    def answers(self) -> list[RadioAnswer]:
        return list(self._answers.values())

    def first_target(self) -> QWidget | None:
        """What takes the focus: the chosen answer, else the first."""
        answers = self.answers()
        return next((answer for answer in answers if answer.isChecked()), answers[0] if answers else None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        roomy = self._cards and self.width() >= theme().scaled(_NARROWEST_CARD) * len(self._answers)
        wanted = QBoxLayout.Direction.LeftToRight if roomy else QBoxLayout.Direction.TopToBottom
        if self._line.direction() != wanted:
            self._line.setDirection(wanted)

    @Slot(QAbstractButton)
    def _on_clicked(self, _button: QAbstractButton) -> None:
        chosen = self.value()
        if chosen is not None and chosen != self._told:
            self._told = chosen
            self.changed.emit(chosen)
