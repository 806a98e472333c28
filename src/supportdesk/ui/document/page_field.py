"""A field of a form on its page: paper stays white, what is missing is reddish."""

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QWidget

from supportdesk.domain.documents import DocumentField
from supportdesk.i18n import _
from supportdesk.ui.document.field_answer import shown_answer
from supportdesk.ui.theme import theme
from supportdesk.ui.theme.painting import draw_box

RING = 2
"""Around the box, for the focus ring: close to it, for the label of a field often stands just above."""
_TEXT_POINTS = 10.5
_SHARE_OF_HEIGHT = 0.62
_CHOSEN_ALPHA = 0.35


class PageField(QWidget):
    """`answered` carries name and answer, as `domain.documents` writes answers."""

    answered = Signal(str, str)

    def __init__(self, field: DocumentField, control: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self.field = field
        self.control = control
        self._value = field.value
        self._wants = self._is_open = False
        self._scale = 1.0
        control.setParent(self)
        control.setProperty("focusRing", False)
        self.setFocusProxy(control)

    def show_answer(self, value: str, *, missing: bool, problem: str, is_open: bool) -> None:
        """`is_open`: whether it can be changed; else the answer stands there like print."""
        self._value, self._wants, self._is_open = value, missing or bool(problem), is_open
        if self.control_value() != value:
            self.set_control_value(value)
        self.control.setVisible(is_open)
        self._tell(missing=missing, problem=problem)
        self.update()

    def place(self, box: QRectF, scale: float) -> None:
        """`scale` is pixels a point."""
        self._scale = scale
        outer = box.toAlignedRect()
        self.setGeometry(outer.adjusted(-RING, -RING, RING, RING))
        self.control.setFont(self.page_font())
        self.control.setPalette(paper_palette())
        self.control.setGeometry(self.control_rect(QRect(RING, RING, outer.width(), outer.height())))

    def control_value(self) -> str:
        raise NotImplementedError

    def set_control_value(self, value: str) -> None:
        """Without a signal."""
        raise NotImplementedError

    def control_rect(self, box: QRect) -> QRect:
        return box.adjusted(1, 1, -1, -1)

    def page_font(self) -> QFont:
        """As large as it is printed later."""
        font = theme().font("body")
        most = self.field.box.height * _SHARE_OF_HEIGHT
        font.setPixelSize(max(1, round(min(_TEXT_POINTS, most) * self._scale)))
        return font

    def padding(self) -> int:
        return max(1, round(3 * self._scale))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, paper = QPainter(self), theme().document
        box = QRectF(self.rect()).adjusted(RING, RING, -RING, -RING)
        if not self._is_open:
            painter.fillRect(box.adjusted(1, 1, -1, -1), theme().color("paper"))
            self.print_answer(painter, box)
            return
        draw_box(
            painter,
            box,
            fill=paper.required_field if self._wants else paper.field,
            border=paper.required_border if self._wants else paper.field_border,
            radius=0,
        )
        if self.control.hasFocus():
            draw_box(painter, QRectF(self.rect()), fill=None, border=focus_on_paper(), radius=RING, width=2)

    def print_answer(self, painter: QPainter, box: QRectF) -> None:
        painter.setFont(self.page_font())
        painter.setPen(theme().document.text)
        pad = self.padding()
        painter.drawText(
            box.adjusted(pad, 0, -pad, 0),
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
            shown_answer(self.field, self._value),
        )

    def tell(self, value: str) -> None:
        """The person has answered."""
        self._value = value
        self.answered.emit(self.field.name, value)

    def _tell(self, *, missing: bool, problem: str) -> None:
        state = _("Required, empty") if missing else problem or (_("Required") if self.field.required else "")
        for widget in (self, self.control):
            widget.setAccessibleName(self.field.label)
            widget.setAccessibleDescription(state)
        if not self._is_open:
            self.setAccessibleDescription(shown_answer(self.field, self._value))


def paper_palette() -> QPalette:
    """Ink on paper, also in the dark."""
    palette, paper, clear = QPalette(), theme().document, QColor(0, 0, 0, 0)
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
        palette.setColor(role, paper.text)
    palette.setColor(QPalette.ColorRole.Base, clear)
    chosen = QColor(paper.field_border)
    chosen.setAlphaF(_CHOSEN_ALPHA)
    palette.setColor(QPalette.ColorRole.Highlight, chosen)
    palette.setColor(QPalette.ColorRole.HighlightedText, paper.text)
    return palette


def focus_on_paper() -> QColor:
    """That of the light theme is seen on white; the others are not."""
    return theme().document.text if theme().is_dark or theme().is_high_contrast else theme().color("focus")
