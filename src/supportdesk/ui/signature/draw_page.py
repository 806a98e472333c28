"""Signing by hand."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from supportdesk.i18n import _
from supportdesk.ui.signature.ink_pad import InkPad
from supportdesk.ui.signature.mark import png_of
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.button import button
from supportdesk.ui.widgets.layouts import column, row


class DrawPage(QWidget):
    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pad = InkPad()
        self._undo = button("", "quiet", "undo-2", size="small")
        self._clear = button("", "quiet", "x", size="small")
        tools = row(gap=theme().space.s)
        tools.addStretch(1)
        tools.addWidget(self._undo)
        tools.addWidget(self._clear)
        whole = column(self, gap=theme().space.s)
        whole.addWidget(self.pad, 1)
        whole.addLayout(tools)
        whole.addStretch()
        self._undo.clicked.connect(self.pad.undo)
        self._clear.clicked.connect(self.pad.clear)
        self.pad.changed.connect(self._show)
        self.retranslate()
        self._show()

    @property
    def is_empty(self) -> bool:
        return self.pad.is_empty

    def png(self) -> bytes:
        return png_of(self.pad.image())

    def retranslate(self) -> None:
        self._undo.setText(_("Undo last stroke"))
        self._clear.setText(_("Start over"))

    @Slot()
    def _show(self) -> None:
        for tool in (self._undo, self._clear):
            tool.setEnabled(not self.pad.is_empty)
        self.changed.emit()
