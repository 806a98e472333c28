"""Labels as chips that filter the list: the most frequent ones, and on request some more."""

from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from supportdesk.i18n import _, ngettext
from supportdesk.ui import formats
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.button import Button, IconButton, button
from supportdesk.ui.widgets.flow_layout import FlowLayout
from supportdesk.ui.widgets.layouts import clear_layout

_FEW = 3


class LabelFilter(QWidget):
    chosen = Signal(str)
    """'' lifts the filter."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._labels: tuple[tuple[str, int], ...] = ()
        self._label = ""
        self._is_open = False
        self._flow = FlowLayout(self, gap=theme().space.s)
        self._chips: list[Button] = []
        self._more = IconButton("chevron-down", "")
        self._more.clicked.connect(self._turn)

    def show_labels(self, labels: tuple[tuple[str, int], ...], chosen: str, found: int) -> None:
        """`labels` with their counts, the most frequent first. The chosen one, with `found`, always stays."""
        shown = labels if not chosen or chosen in dict(labels) else ((chosen, found), *labels)
        if (shown, chosen) != (self._labels, self._label):
            self._labels, self._label = shown, chosen
            self._fill()
        self.retranslate()

    def retranslate(self) -> None:
        for chip, (label, count) in zip(self._chips, self._shown(), strict=True):
            number = formats.number(count)
            if label == self._label:
                chip.setAccessibleName(_("Remove label {label}").format(label=label))
            else:
                name = ngettext("{n} article with label {label}", "{n} articles with label {label}", count)
                chip.setAccessibleName(name.format(n=number, label=label))
        self._more.set_label(_("Fewer labels") if self._is_open else _("More labels"))
        self._more.set_icon("chevron-up" if self._is_open else "chevron-down")

    def _shown(self) -> tuple[tuple[str, int], ...]:
        if self._is_open:
            return self._labels
        few = self._labels[:_FEW]
        own = tuple(each for each in self._labels[_FEW:] if each[0] == self._label)
        return (*few, *own)

    def _fill(self) -> None:
        had_focus = any(chip.hasFocus() for chip in self._chips)
        self._flow.removeWidget(self._more)
        clear_layout(self._flow)
        self._chips = [self._chip(label, count) for label, count in self._shown()]
        for chip in self._chips:
            self._flow.addWidget(chip)
        self._flow.addWidget(self._more)
        self._more.setVisible(len(self._labels) > _FEW)
        self.setVisible(bool(self._labels))
        for chip in self._chips:
            if had_focus and chip.isChecked():
                chip.setFocus(Qt.FocusReason.OtherFocusReason)

    def _chip(self, label: str, count: int) -> Button:
        is_chosen = label == self._label
        text = f"{label} {formats.number(count)}".replace("&", "&&")
        chip = button(text, "secondary", "x" if is_chosen else None, size="small")
        chip.setCheckable(True)
        chip.setChecked(is_chosen)
        chip.set_strong(False)
        chip.clicked.connect(partial(self._choose, "" if is_chosen else label))
        return chip

    def _choose(self, label: str, _checked: bool = False) -> None:
        self.chosen.emit(label)

    @Slot()
    def _turn(self) -> None:
        self._is_open = not self._is_open
        self._fill()
        self.retranslate()
