"""One vendor to choose, with its mark in its own colour."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from supportdesk.ui.theme import theme
from supportdesk.ui.theme.painting import draw_box, draw_icon, draw_text, visual_rect
from supportdesk.ui.widgets.painted_button import PaintedButton

if TYPE_CHECKING:
    from supportdesk.domain.profile import Profile


class VendorButton(PaintedButton):
    corner = 6

    def __init__(self, profile: "Profile", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._profile = profile
        self.setAccessibleName(profile.name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        look = theme()
        text = QFontMetrics(look.font()).horizontalAdvance(self._profile.name)
        return QSize(text + look.scaled(28) + 4 * look.space.m, look.scaled(40))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().scaled(120), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        look, direction = theme(), self.layoutDirection()
        if self.is_hovered or self.isDown():
            draw_box(painter, self.rect(), fill=self.ground("surface"), radius=self.corner)
        edge = look.scaled(28)
        mark = QRect(look.space.l, (self.height() - edge) // 2, edge, edge)
        fill, ink = look.brand_colors(self._profile.brand_colour)
        draw_box(painter, visual_rect(mark, self.rect(), direction), fill=fill, radius=6)
        inset = edge // 7
        inner = mark.adjusted(inset, inset, -inset, -inset)
        icon = self._profile.logo.icon or "life-buoy"
        draw_icon(painter, visual_rect(inner, self.rect(), direction), icon, ink)
        small = look.icon_size.small
        chevron = QRect(self.width() - look.space.l - small, (self.height() - small) // 2, small, small)
        name = "chevron-left" if self.isRightToLeft() else "chevron-right"
        draw_icon(painter, visual_rect(chevron, self.rect(), direction), name, "muted")
        left = mark.right() + 1 + look.space.m
        text = QRect(left, 0, chevron.left() - look.space.s - left, self.height())
        place = visual_rect(text, self.rect(), direction)
        draw_text(painter, place, self._profile.name, look.font(), look.color("text"), direction=direction)
