"""Signing with the keyboard."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QWidget

from supportdesk.i18n import _
from supportdesk.ui.signature.hand_choice import HandChoice
from supportdesk.ui.signature.hands import hands
from supportdesk.ui.signature.mark import png_of
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.form_field import FormField
from supportdesk.ui.widgets.layouts import column
from supportdesk.ui.widgets.line_edit import LineEdit

_MAX_CHARS = 80


class TypePage(QWidget):
    changed = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line = LineEdit(name)
        self._line.setMaxLength(_MAX_CHARS)
        self._field = FormField("", self._line)
        self._hands = [HandChoice(hand, number) for number, hand in enumerate(hands(), start=1)]
        self._group = QButtonGroup(self)
        whole = column(self, gap=theme().space.s)
        whole.addWidget(self._field)
        for choice in self._hands:
            self._group.addButton(choice)
            whole.addWidget(choice)
        whole.addStretch(1)
        self._hands[0].setChecked(True)
        self._line.textChanged.connect(self._show)
        self._group.buttonClicked.connect(self._show)
        self.retranslate()
        self._show()

    @property
    def is_empty(self) -> bool:
        return not self._line.text().strip()

    def png(self) -> bytes:
        chosen = next(choice for choice in self._hands if choice.isChecked())
        return png_of(chosen.image())

    def retranslate(self) -> None:
        self._field.set_label(_("Your name"))
        for choice in self._hands:
            choice.retranslate()

    @Slot()
    def _show(self) -> None:
        for choice in self._hands:
            choice.show_name(self._line.text().strip())
        self.changed.emit()
