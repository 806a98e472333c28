"""From page to page, where the customer wants pages."""

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QWidget

from supportdesk.app.orders import OrderListState
from supportdesk.i18n import _
from supportdesk.ui import formats
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.button import icon_button
from supportdesk.ui.widgets.foot import mark_as_foot
from supportdesk.ui.widgets.layouts import row
from supportdesk.ui.widgets.text_label import TextLabel


class Pager(QWidget):
    turned = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        space = theme().space
        self._page = 0
        self._text = TextLabel(kind="caption", tone="muted")
        self._before = icon_button("chevron-left", "")
        self._next = icon_button("chevron-right", "")
        line = row(self, gap=space.s, margins=(space.m, space.s, space.m, space.s))
        line.addStretch(1)
        for widget in (self._before, self._text, self._next):
            line.addWidget(widget)
        line.addStretch(1)
        mark_as_foot(self)
        self._before.clicked.connect(self._back)
        self._next.clicked.connect(self._on)
        self.retranslate()

    def render_state(self, state: OrderListState) -> None:
        self.setVisible(bool(state.per_page) and state.count > state.per_page)
        self._page = state.page
        begin = state.page * state.per_page
        text = _("{first}–{last} of {n}").format(
            first=formats.number(begin + 1),
            last=formats.number(min(begin + state.per_page, state.count)),
            n=formats.number(state.count),
        )
        self._text.setText(text)
        self._before.setEnabled(state.page > 0)
        self._next.setEnabled(state.page + 1 < state.pages)

    def retranslate(self) -> None:
        self._before.set_label(_("Previous page"))
        self._next.set_label(_("Next page"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    @Slot()
    def _back(self) -> None:
        self.turned.emit(self._page - 1)

    @Slot()
    def _on(self) -> None:
        self.turned.emit(self._page + 1)
