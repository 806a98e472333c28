"""A subscription as such: how it stands, since when, how many, the license keys that belong to it."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QWidget

from supportdesk import clock
from supportdesk.app.item_words import state_name
from supportdesk.app.license_keys import KeysState
from supportdesk.app.subscription_tree import days_to_end, state_at
from supportdesk.domain.entities import Subscription, SubscriptionState
from supportdesk.i18n import _
from supportdesk.ui import formats
from supportdesk.ui.screens.subscriptions import words
from supportdesk.ui.screens.subscriptions.key_line import KeyLine
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.chip import Chip, chip_style
from supportdesk.ui.widgets.layouts import clear_layout, column, grid, row
from supportdesk.ui.widgets.steady_scroll import SteadyScroll
from supportdesk.ui.widgets.text_label import TextLabel

_FACT = 180


class About(SteadyScroll):
    """As high as its content, as far as there is room. `toggled` and `copied` carry the id of a key."""

    toggled = Signal(str)
    copied = Signal(str)

    def __init__(self, warn_days: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._warn_days = warn_days
        self._subscription: Subscription | None = None
        self._facts: tuple[tuple[str, str], ...] = ()
        self._columns = 0
        self._highest, self._is_alone = 10_000, False
        self._chips = row(gap=theme().space.s)
        self._state, self._left = Chip(), Chip()
        self._hint = TextLabel(wrap=True)
        self._description = TextLabel(wrap=True)
        self._grid = grid(gap=theme().space.l)
        self._keys_title = TextLabel(kind="emphasis", strong=True)
        self._keys = column(gap=theme().space.m)
        self._lines_of_keys: dict[str, KeyLine] = {}
        self._build()

    def show_subscription(self, found: Subscription, keys: KeysState) -> None:
        self._subscription = found
        self._show_chips(found)
        self._description.setText(found.description)
        self._description.setVisible(bool(found.description))
        facts = _facts(found)
        if facts != self._facts:
            self._facts = facts
            self._fill()
        self._keys_title.setText(_("License keys"))
        self._keys_title.setVisible(bool(keys.keys))
        self._show_keys(keys)
        self._fit()

    def set_margins(self, left: int, right: int) -> None:
        space = theme().space
        self._lines.setContentsMargins(left, space.l, right, space.l)

    def set_highest(self, pixels: int, *, is_alone: bool) -> None:
        """`is_alone` where nothing stands below it."""
        if (pixels, is_alone) != (self._highest, self._is_alone):
            self._highest, self._is_alone = pixels, is_alone
            self._fit()

    def wanted_height(self) -> int:
        """With everything whole."""
        width = self.viewport().width()
        wanted = self._lines.heightForWidth(width) if self._lines.hasHeightForWidth() else 0
        return wanted or self._inside.sizeHint().height()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._columns_there() != self._columns:
            self._fill()
        self._fit()

    def _build(self) -> None:
        space = theme().space
        self._inside = QWidget()
        self._lines = column(self._inside, gap=space.m, margins=space.xl)
        for chip in (self._state, self._left):
            self._chips.addWidget(chip)
        self._chips.addStretch(1)
        self._lines.addLayout(self._chips)
        self._lines.addWidget(self._hint)
        self._lines.addWidget(self._description)
        self._lines.addLayout(self._grid)
        self._lines.addWidget(self._keys_title)
        self._lines.addLayout(self._keys)
        self._lines.addStretch(1)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its buttons have the focus and scroll it
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(self._inside)
        for ground in (self.viewport(), self._inside):
            ground.setAutoFillBackground(False)
        theme().changed.connect(self._fit)

    def _show_chips(self, found: Subscription) -> None:
        state = state_at(found, clock.now())
        style = chip_style(state)
        self._state.set_state(state_name("subscription", state), style.tone, style.icon)
        days = days_to_end(found, self._warn_days)
        self._left.setVisible(days is not None)
        self._left.set_state(words.ends_in(days or 0), "warning", "clock")
        runs_out = days is not None and state is SubscriptionState.ACTIVE
        self._hint.setVisible(runs_out)
        self._hint.setText(_("It does not renew by itself. If you still need it, ask below in good time."))

    def _show_keys(self, state: KeysState) -> None:
        """Keys that stay keep their line, and with it the focus."""
        for gone in self._lines_of_keys.keys() - {key.id for key in state.keys}:
            line = self._lines_of_keys.pop(gone)
            line.hide()
            line.deleteLater()
        for key in state.keys:
            line = self._lines_of_keys.get(key.id) or self._add_line(key.id)
            line.show_key(
                key, self._warn_days, revealed=key.id in state.revealed, copied=key.id == state.copied
            )

    def _add_line(self, key_id: str) -> KeyLine:
        line = self._lines_of_keys[key_id] = KeyLine()
        self._keys.addWidget(line)
        line.toggled.connect(self.toggled)
        line.copied.connect(self.copied)
        line.show()  # else Qt does it later, and what is below is placed twice
        return line

    def _columns_there(self) -> int:
        return max(1, self.viewport().width() // theme().scaled(_FACT))

    def _fill(self) -> None:
        self._columns = self._columns_there()
        clear_layout(self._grid)
        for place, (label, value) in enumerate(self._facts):
            pair = QWidget()
            texts = column(pair)
            texts.addWidget(TextLabel(label, kind="caption", tone="muted"))
            told = TextLabel(value, wrap=True)
            told.setAccessibleName(f"{label}: {value}")
            texts.addWidget(told)
            self._grid.addWidget(
                pair, place // self._columns, place % self._columns, Qt.AlignmentFlag.AlignTop
            )
            pair.show()  # else Qt does it later, and an empty column is painted first
        for index in range(self._grid.columnCount()):
            self._grid.setColumnStretch(index, 1 if index < self._columns else 0)

    @Slot()
    def _fit(self) -> None:
        wanted = self.wanted_height()
        self.setFixedHeight(wanted if wanted <= self._highest else self._last_end())

    def _last_end(self) -> int:
        """As high as there is room, but through no fact and no key where something else begins below."""
        if self._is_alone:
            return max(0, self._highest)
        parts = [item.widget() for index in range(self._grid.count()) if (item := self._grid.itemAt(index))]
        below = theme().space.m
        ends = [part.geometry().bottom() + below for part in (*parts, *self._lines_of_keys.values()) if part]
        return max((end for end in ends if end <= self._highest), default=max(0, self._highest))


def _facts(found: Subscription) -> tuple[tuple[str, str], ...]:
    renews = formats.full_day(found.renews_at) if found.renews_at is not None else ""
    told = (
        (_("Quantity"), formats.number(found.quantity)),
        (_("Period"), words.period(found)),
        (_("Renews by itself"), renews),
        (_("Price"), found.price),
        (_("Number"), found.number),
        (_("Organisation"), found.organisation_name),
    )
    return tuple(fact for fact in told if fact[1])
