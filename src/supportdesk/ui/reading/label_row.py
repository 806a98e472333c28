"""The labels of an article; each leads to everything that carries it."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from supportdesk.i18n import _
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.button import button
from supportdesk.ui.widgets.flow_layout import FlowLayout
from supportdesk.ui.widgets.layouts import clear_layout


class LabelRow(QWidget):
    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._labels: tuple[str, ...] = ()
        self._flow = FlowLayout(self, gap=theme().space.s)

    def set_labels(self, labels: tuple[str, ...]) -> None:
        self.setVisible(bool(labels))
        if labels == self._labels:
            self.retranslate()
            return
        self._labels = labels
        clear_layout(self._flow)
        for label in labels:
            each = button(label, "secondary", size="small")
            each.set_strong(False)
            each.setMinimumWidth(1)  # what is longer than the line is elided
            each.clicked.connect(partial(self._choose, label))
            self._flow.addWidget(each)
        self.retranslate()

    def retranslate(self) -> None:
        for at, label in enumerate(self._labels):
            item = self._flow.itemAt(at)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.setAccessibleName(_("Label: {label}").format(label=label))

    def _choose(self, label: str, _checked: bool = False) -> None:
        self.chosen.emit(label)
