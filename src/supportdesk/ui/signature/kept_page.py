"""The signature of the last time."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from supportdesk.i18n import _
from supportdesk.ui.signature.mark_view import MarkView
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.button import button
from supportdesk.ui.widgets.layouts import column, row


class KeptPage(QWidget):
    changed = Signal()
    forget_requested = Signal()

    def __init__(self, png: bytes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._png = png
        view = MarkView()
        view.show_mark(png)
        self._forget = button("", "quiet", "trash", size="small")
        below = row()
        below.addStretch(1)
        below.addWidget(self._forget)
        whole = column(self, gap=theme().space.s)
        whole.addWidget(view)
        whole.addLayout(below)
        whole.addStretch(1)
        self._forget.clicked.connect(self.forget_requested)
        self.retranslate()

    @property
    def is_empty(self) -> bool:
        return not self._png

    def png(self) -> bytes:
        return self._png

    def retranslate(self) -> None:
        self._forget.setText(_("Forget this signature"))
