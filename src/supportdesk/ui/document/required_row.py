"""One thing that is required: a ring that fills, its name, and what is wrong with it."""

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from supportdesk.app.flows.signing import Required
from supportdesk.i18n import _
from supportdesk.ui.theme import theme
from supportdesk.ui.theme.painting import draw_box, draw_icon, draw_text, visual_rect, wrapped

_PADDING = 4


class RequiredRow(QAbstractButton):
    """As high as its texts: what somebody agrees to can be read whole.

    Paints them itself: a document may have hundreds, and labels would make opening it four times as long.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._required: Required | None = None
        self.is_current = False
        self._heights: dict[int, int] = {}
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_required(self, required: Required, *, current: bool) -> None:
        told = _("Done") if required.done else required.problem or _("Required, empty")
        if (required, current, told) == (self._required, self.is_current, self.accessibleDescription()):
            return
        self._required = required
        self.setAccessibleName(required.label)
        self.setAccessibleDescription(told)
        self.set_current(current)

    def set_current(self, current: bool) -> None:
        self.is_current = current
        self._heights.clear()
        if self.height() != self.heightForWidth(self.width()):
            self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        """Kept, because Qt asks all rows for the same widths again and again."""
        if width not in self._heights:
            heights = (theme().line_height(kind) for _line, kind, _strong, _role in self._lines(width))
            self._heights[width] = sum(heights) + 2 * _PADDING
        return self._heights[width]

    def sizeHint(self) -> QSize:
        return QSize(0, self.heightForWidth(self.width()))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def changeEvent(self, event: QEvent) -> None:
        self._heights.clear()  # perhaps another font or direction
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.height() != self.heightForWidth(self.width()):
            self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._required is None:
            return
        painter, direction = QPainter(self), self.layoutDirection()
        if self.underMouse():
            ground = theme().color("controlHover")
            draw_box(painter, self.rect(), fill=ground, border=None, radius=theme().radius.tag)
        icon, role = "circle-dashed", "danger"
        if self._required.done:
            icon, role = "circle-check", "success"
        elif self.is_current or self._required.problem:
            icon = "circle-dot"
        edge = theme().icon_size.control
        place = QRect(0, _PADDING, edge, theme().line_height("body"))
        draw_icon(painter, visual_rect(place, self.rect(), direction), icon, role)
        left, top = self._indent(), _PADDING
        for line, kind, strong, role in self._lines(self.width()):
            place = QRect(left, top, self.width() - left, theme().line_height(kind))
            where, font = visual_rect(place, self.rect(), direction), theme().font(kind, strong=strong)
            draw_text(painter, where, line, font, theme().color(role), direction=direction)
            top += place.height()

    def _indent(self) -> int:
        return theme().icon_size.control + theme().space.s

    def _lines(self, width: int) -> list[tuple[str, str, bool, str]]:
        """Each with its kind, whether it is strong, and its colour; a line each before there is room."""
        if self._required is None:
            return []
        room, direction = width - self._indent(), self.layoutDirection()
        texts = [(self._required.label, "body", self.is_current, "text")]
        if self._required.problem:
            texts.append((self._required.problem, "caption", False, "danger"))
        return [
            (line, kind, strong, role)
            for text, kind, strong, role in texts
            for line in (
                wrapped(text, theme().font(kind, strong=strong), room, direction) if room > 0 else (text,)
            )
        ]
