"""The cards, side by side where there is room."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from supportdesk.app.license_keys import KeysState
from supportdesk.ui.screens.license_keys.key_card import KeyCard
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.layouts import grid

_TWO_FROM = 720


class KeyGrid(QWidget):
    toggled = Signal(str)
    copied = Signal(str)

    def __init__(self, warn_days: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._warn_days = warn_days
        self._layout = grid(self, gap=theme().space.tile_gap)
        self._cards: dict[str, KeyCard] = {}
        self._order: list[str] = []
        self._columns = 2
        theme().changed.connect(self._arrange)

    def show_keys(self, state: KeysState) -> None:
        """Keys that stay keep their card, and with it the focus."""
        order = [key.id for key in state.keys]
        for gone in set(self._cards) - set(order):
            card = self._cards.pop(gone)
            self._layout.removeWidget(card)
            card.hide()
            card.deleteLater()
        for key in state.keys:
            card = self._cards.get(key.id) or self._make(key.id)
            card.show_key(key, revealed=key.id in state.revealed, copied=key.id == state.copied)
        if order != self._order:
            self._order = order
            self._arrange()

    def set_width(self, width: int) -> None:
        columns = 2 if width >= theme().scaled(_TWO_FROM) else 1
        if columns != self._columns:
            self._columns = columns
            self._arrange()

    def _make(self, key_id: str) -> KeyCard:
        card = self._cards[key_id] = KeyCard(self._warn_days, self)
        card.toggled.connect(self.toggled)
        card.copied.connect(self.copied)
        return card

    @Slot()
    def _arrange(self) -> None:
        before: QWidget | None = None
        for at, key_id in enumerate(self._order):
            card = self._cards[key_id]
            self._layout.addWidget(card, at // self._columns, at % self._columns)
            card.show()
            for stop in card.tab_stops():
                if before is not None:
                    QWidget.setTabOrder(before, stop)
                before = stop
        for column in range(2):
            self._layout.setColumnStretch(column, int(column < self._columns))
