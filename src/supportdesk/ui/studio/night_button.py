"""A button of the panels that lie above other programs."""

from typing import Literal

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from supportdesk.ui.studio.choice_button import ChoiceButton
from supportdesk.ui.studio.night import night
from supportdesk.ui.theme import theme
from supportdesk.ui.theme.painting import draw_box, draw_text

NightKind = Literal["primary", "quiet", "segment"]


class NightButton(ChoiceButton):
    """A segment is one of several in an exclusive group; the others are clicked."""

    def __init__(self, kind: NightKind, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = kind
        self.setCheckable(kind == "segment")
        self.setAutoExclusive(kind == "segment")
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.setProperty("focusRing", False)

    def sizeHint(self) -> QSize:
        padding = theme().space.m
        width = QFontMetrics(self._font(strong=True)).horizontalAdvance(self.text()) + 2 * padding
        return QSize(max(theme().scaled(48), width), theme().height.button_small)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        radius = theme().radius.button
        draw_box(painter, self.rect(), fill=self._fill(), border=self._border(), radius=radius)
        if self.hasFocus():
            draw_box(painter, self.rect(), border=night("focus"), radius=radius, width=theme().focus_width)
        strong = self._kind != "segment" or self.isChecked()
        draw_text(
            painter,
            self.rect(),
            self.text(),
            self._font(strong=strong),
            night("onAccent" if self._kind == "primary" else "text"),
            align=Qt.AlignmentFlag.AlignHCenter,
        )

    def _fill(self) -> QColor | None:
        hovered = self.is_hovered
        if self._kind == "primary":
            return night("accentPressed" if self.isDown() else "accentHover" if hovered else "accent")
        if self._kind == "segment" and self.isChecked():
            return night("control")
        return night("controlHover") if hovered else None

    def _border(self) -> QColor | None:
        return night("accentText") if self._kind == "segment" and self.isChecked() else None

    @staticmethod
    def _font(*, strong: bool) -> QFont:
        return theme().font("body", strong=strong)
