"""One thing that is required: a ring that fills, its name, and what is wrong with it."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from supportdesk.app.flows.signing import Required
from supportdesk.i18n import _
from supportdesk.ui.theme import theme
from supportdesk.ui.theme.painting import draw_box, draw_icon, draw_text, visual_rect
from supportdesk.ui.widgets.text_label import plain_tooltip

_PADDING = 4


class RequiredRow(QAbstractButton):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._required: Required | None = None
        self.is_current = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_required(self, required: Required, *, current: bool) -> None:
        told = _("Done") if required.done else required.problem or _("Required, empty")
        if (required, current, told) == (self._required, self.is_current, self.accessibleDescription()):
            return
        self._required, self.is_current = required, current
        self.setAccessibleName(required.label)
        self.setAccessibleDescription(told)
        self.setToolTip(plain_tooltip(required.label))
        self.updateGeometry()
        self.update()

    def set_current(self, current: bool) -> None:
        self.is_current = current
        self.update()

    def sizeHint(self) -> QSize:
        lines = theme().line_height("body")
        if self._required is not None and self._required.problem:
            lines += theme().line_height("caption")
        return QSize(0, lines + 2 * _PADDING)

    def paintEvent(self, _event: QPaintEvent) -> None:
        required = self._required
        if required is None:
            return
        painter, direction = QPainter(self), self.layoutDirection()
        if self.underMouse():
            draw_box(painter, self.rect(), fill=theme().color("controlHover"), border=None, radius=4)
        icon, role = "circle-dashed", "danger"
        if required.done:
            icon, role = "circle-check", "success"
        elif self.is_current or required.problem:
            icon = "circle-dot"
        edge, line = theme().icon_size.control, theme().line_height("body")
        place = QRect(0, _PADDING, edge, line)
        draw_icon(painter, visual_rect(place, self.rect(), direction), icon, role)
        left = edge + theme().space.s
        words = visual_rect(QRect(left, _PADDING, self.width() - left, line), self.rect(), direction)
        font = theme().font("body", strong=self.is_current)
        draw_text(painter, words, required.label, font, theme().color("text"), direction=direction)
        if required.problem:
            below = words.translated(0, line)
            below.setHeight(theme().line_height("caption"))
            ink = theme().color("danger")
            draw_text(painter, below, required.problem, theme().font("caption"), ink, direction=direction)
