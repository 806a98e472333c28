"""The shape of what is being loaded, in bars that stand still."""

from typing import Literal

from PySide6.QtCore import QRectF, QSize, QTimer, Slot
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from supportdesk.i18n import _
from supportdesk.ui.theme import theme
from supportdesk.ui.theme.painting import draw_box, draw_line, visual_rect

_BAR = 12
# Shares of the width, so that the bars do not look like a table.
_SHARES = (0.62, 0.48, 0.7, 0.55, 0.66, 0.4)


class Skeleton(QWidget):
    """Nothing for the first 150 ms: what is there sooner needs no stand-in. A page is text in its margins."""

    def __init__(
        self,
        kind: Literal["list", "cards", "text", "page"] = "list",
        count: int = 6,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._kind, self._count = kind, count
        self._due = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._appear)
        self.setAccessibleName(_("Loading"))

    def sizeHint(self) -> QSize:
        return QSize(theme().scaled(320), self._count * self._step())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._timer.start(theme().skeleton_delay_ms)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()
        self._due = False

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._due:
            return
        painter = QPainter(self)
        margin = theme().space.page_margin if self._kind == "page" else 0
        for index in range(self._count):
            top = margin + index * self._step()
            if top > self.height():
                break
            if self._kind == "cards":
                self._card(painter, top, index)
            elif self._kind == "list":
                self._row(painter, top, index)
            else:
                self._bar(painter, margin, top + 4, _SHARES[index % len(_SHARES)] * 1.3)

    def _step(self) -> int:
        heights = {"list": theme().height.list_row, "cards": theme().height.tile + theme().space.tile_gap}
        return heights.get(self._kind, theme().line_height() + 4)

    def _row(self, painter: QPainter, top: int, index: int) -> None:
        left = theme().space.page_margin
        self._bar(painter, left, top + self._step() // 4 - 2, _SHARES[index % len(_SHARES)])
        self._bar(painter, left, top + self._step() * 5 // 8 - 2, _SHARES[(index + 2) % len(_SHARES)] / 2)
        bottom = top + self._step() - 1
        draw_line(painter, 0, bottom, self.width(), bottom, theme().color("hairline"))

    def _card(self, painter: QPainter, top: int, index: int) -> None:
        card = QRectF(0, top, self.width(), theme().height.tile)
        fill, border = theme().color("surface"), theme().color("hairline")
        draw_box(painter, card, fill=fill, border=border, radius=theme().radius.card)
        self._bar(painter, 20, top + theme().height.tile // 2, _SHARES[index % len(_SHARES)] / 2)
        self._bar(painter, 20, top + theme().height.tile // 2 + 28, _SHARES[index % len(_SHARES)])

    def _bar(self, painter: QPainter, left: int, top: int, share: float) -> None:
        width = min(1.0, share) * (self.width() - 2 * left)
        rect = QRectF(left, top, width, _BAR).toRect()
        place = visual_rect(rect, self.rect(), self.layoutDirection())
        border = theme().color("muted") if theme().is_high_contrast else None
        draw_box(painter, place, fill=theme().color("neutralSoft"), border=border, radius=theme().radius.tag)

    @Slot()
    def _appear(self) -> None:
        self._due = True
        self.update()
