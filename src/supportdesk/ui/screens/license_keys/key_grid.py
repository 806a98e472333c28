"""The cards, side by side where there is room; many of them under the names of their products."""

from itertools import pairwise

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from supportdesk.app.license_keys import KeyGroup, KeysState
from supportdesk.ui.screens.license_keys.key_card import KeyCard
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.layouts import grid
from supportdesk.ui.widgets.text_label import SectionLabel

_TWO_FROM = 720


class KeyGrid(QWidget):
    toggled = Signal(str)
    copied = Signal(str)
    whole_requested = Signal(str)

    def __init__(self, warn_days: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._warn_days = warn_days
        self._layout = grid(self, gap=theme().space.tile_gap)
        self._cards: dict[str, KeyCard] = {}
        self._headings: dict[str, SectionLabel] = {}
        self._groups: tuple[KeyGroup, ...] = ()
        self._columns = 2
        theme().changed.connect(self._arrange)

    def show_keys(self, state: KeysState) -> None:
        """Keys that stay keep their card, and with it the focus."""
        groups = state.groups
        for gone in self._cards.keys() - {key.id for key in state.keys}:
            self._remove(self._cards.pop(gone))
        for product in self._headings.keys() - {group.product for group in groups}:
            self._remove(self._headings.pop(product))
        for group in groups:
            if group.product and group.product not in self._headings:
                self._headings[group.product] = SectionLabel(group.product, self)
            for key in group.keys:
                card = self._cards.get(key.id) or self._make(key.id)
                card.show_key(
                    key,
                    revealed=key.id in state.revealed,
                    copied=key.id == state.copied,
                    belongs=state.belongs.get(key.id),
                    under_product=bool(group.product),
                )
        if groups != self._groups:
            self._groups = groups
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
        card.whole_requested.connect(self.whole_requested)
        return card

    def _remove(self, widget: QWidget) -> None:
        self._layout.removeWidget(widget)
        widget.hide()
        widget.deleteLater()

    @Slot()
    def _arrange(self) -> None:
        for row in range(self._layout.rowCount()):
            self._layout.setRowMinimumHeight(row, 0)
        row = 0
        for group in self._groups:
            if group.product:
                heading = self._headings[group.product]
                self._layout.addWidget(heading, row, 0, 1, self._columns, Qt.AlignmentFlag.AlignBottom)
                heading.show()
                if row:  # nearer to its own cards than to those above
                    self._layout.setRowMinimumHeight(row, heading.sizeHint().height() + theme().space.l)
                row += 1
            for at, key in enumerate(group.keys):
                self._layout.addWidget(self._cards[key.id], row + at // self._columns, at % self._columns)
                self._cards[key.id].show()
            row += -(-len(group.keys) // self._columns)
        stops = [
            stop for group in self._groups for key in group.keys for stop in self._cards[key.id].tab_stops()
        ]
        for before, stop in pairwise(stops):
            QWidget.setTabOrder(before, stop)
        for column in range(2):
            self._layout.setColumnStretch(column, int(column < self._columns))
