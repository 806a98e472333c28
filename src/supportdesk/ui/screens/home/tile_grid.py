"""The tiles: two to four columns by width, walked with the arrows, found by their first letters."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from supportdesk.app.home import TileState
from supportdesk.app.screens import Route
from supportdesk.domain.text import fold
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.layouts import grid
from supportdesk.ui.widgets.tile import Tile

_FOUR_FROM, _THREE_FROM = 936, 736
"""Widths of the content: the window's 1000 and 800 less its margins."""
_TYPING_PAUSE_MS = 1000


class TileGrid(QWidget):
    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout = grid(self, gap=theme().space.tile_gap)
        self._tiles: dict[str, Tile] = {}
        self._order: list[str] = []
        self._titles: list[str] = []
        self._columns = 2
        self._typed = ""
        self._since_typed = QElapsedTimer()

    def set_tiles(self, tiles: Sequence[TileState]) -> None:
        """Tiles that stay keep their widget, and with it the focus."""
        order = [tile.route.screen for tile in tiles]
        if order != self._order:
            self._make(tiles, order)
        self._titles = [tile.title for tile in tiles]
        for state in tiles:
            tile = self._tiles[state.route.screen]
            tile.set_texts(state.title, state.line)
            badge = state.badge
            tile.set_badge(badge.text if badge else "", filled=bool(badge and badge.to_do))

    def set_width(self, content_width: int) -> None:
        """Of the page, the same with a scroll bar and without.

        Compact tiles are lower: chosen by what the bar leaves, they would take the bar away and with it their
        reason, and Qt would turn from one to the other until its stack ends.
        """
        columns = _columns_for(content_width)
        if columns != self._columns:
            self._columns = columns
            self._arrange()

    def focus_first(self) -> None:
        if self._order:
            self._tiles[self._order[0]].setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and isinstance(watched, Tile)
        ):
            return self._key(watched, event)
        return super().eventFilter(watched, event)

    def _make(self, tiles: Sequence[TileState], order: list[str]) -> None:
        for tile in self._tiles.values():
            self._layout.removeWidget(tile)
            tile.deleteLater()
        self._order = order
        self._tiles = {state.route.screen: self._tile(state) for state in tiles}
        self._arrange()

    def _tile(self, state: TileState) -> Tile:
        tile = Tile(state.title, state.line, state.icon, primary=state.primary, parent=self)
        tile.setObjectName(f"tile-{state.route.screen}")
        tile.clicked.connect(partial(self._open, state.route))
        tile.installEventFilter(self)
        return tile

    def _open(self, route: Route, _checked: bool = False) -> None:
        self.opened.emit(route)

    def _arrange(self) -> None:
        compact = self._columns == 2
        self._layout.setSpacing(theme().space.m if compact else theme().space.tile_gap)
        for column in range(self._layout.columnCount()):
            self._layout.setColumnStretch(column, 0)
        for at, name in enumerate(self._order):
            tile = self._tiles[name]
            tile.set_compact(compact)
            self._layout.addWidget(tile, at // self._columns, at % self._columns)
        for column in range(self._columns):
            self._layout.setColumnStretch(column, 1)

    def _key(self, tile: Tile, event: QKeyEvent) -> bool:
        at = self._order.index(tile.objectName().removeprefix("tile-"))
        along = -1 if self.isRightToLeft() else 1
        steps = {
            Qt.Key.Key_Right: along,
            Qt.Key.Key_Left: -along,
            Qt.Key.Key_Down: self._columns,
            Qt.Key.Key_Up: -self._columns,
        }
        key = Qt.Key(event.key())
        if key in steps:
            self._focus(at + steps[key])
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._focus(0 if key == Qt.Key.Key_Home else len(self._order) - 1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            tile.click()
        elif not self._is_typing(event):
            return False
        else:
            self._jump(event.text())
        return True

    def _is_typing(self, event: QKeyEvent) -> bool:
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
        return plain and event.text().isprintable() and bool(event.text().strip())

    def _jump(self, letter: str) -> None:
        if self._since_typed.isValid() and self._since_typed.elapsed() > _TYPING_PAUSE_MS:
            self._typed = ""
        self._since_typed.start()
        self._typed += fold(letter)
        for at, title in enumerate(self._titles):
            if fold(title).startswith(self._typed):
                self._focus(at)
                return

    def _focus(self, at: int) -> None:
        if 0 <= at < len(self._order):
            self._tiles[self._order[at]].setFocus(Qt.FocusReason.TabFocusReason)


def _columns_for(width: int) -> int:
    if width >= theme().scaled(_FOUR_FROM):
        return 4
    return 3 if width >= theme().scaled(_THREE_FROM) else 2
