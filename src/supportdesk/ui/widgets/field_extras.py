"""Small things that live inside a line edit: a leading icon, buttons and a note at its trailing end."""

from PySide6.QtCore import QEvent, QObject, QRect
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QLineEdit, QWidget

from supportdesk.ui.theme import theme
from supportdesk.ui.theme.field_style import PADDING
from supportdesk.ui.theme.painting import draw_icon, visual_rect

GAP = 8


class FieldExtras(QObject):
    """Keeps children at the trailing end of `field` and the text clear of them.

    QLineEdit's own actions have no keyboard focus, no role colours and a size of their own.
    """

    def __init__(self, field: QLineEdit) -> None:
        super().__init__(field)
        self._field = field
        self._icon = ""
        self._trailing: list[QWidget] = []
        field.installEventFilter(self)

    def set_icon(self, name: str) -> None:
        self._icon = name
        self.arrange()
        self._field.update()

    def add(self, widget: QWidget) -> None:
        """The last one added stands outermost. Hidden ones take no room."""
        widget.setParent(self._field)
        self._trailing.append(widget)
        self.arrange()

    def paint(self) -> None:
        """For the field's paintEvent, after Qt's own."""
        if not self._icon:
            return
        edge = theme().icon_size.small
        rect = QRect(PADDING, (self._field.height() - edge) // 2, edge, edge)
        place = visual_rect(rect, self._field.rect(), self._field.layoutDirection())
        enabled = self._field.isEnabled()
        draw_icon(QPainter(self._field), place, self._icon, "muted" if enabled else "disabledText")

    def arrange(self) -> None:
        field = self._field
        leading = theme().icon_size.small + GAP if self._icon else 0
        right = field.width() - 4
        for widget in reversed([widget for widget in self._trailing if not widget.isHidden()]):
            size = widget.sizeHint()
            right -= size.width()
            rect = QRect(right, (field.height() - size.height()) // 2, size.width(), size.height())
            widget.setGeometry(visual_rect(rect, field.rect(), field.layoutDirection()))
        taken = field.width() - 4 - right
        trailing = max(0, taken - PADDING + 4 + GAP) if taken else 0
        if field.isRightToLeft():
            leading, trailing = trailing, leading
        field.setTextMargins(leading, 0, trailing, 0)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in {
            QEvent.Type.Resize,
            QEvent.Type.StyleChange,
            QEvent.Type.LayoutDirectionChange,
            QEvent.Type.Show,
        }:
            self.arrange()
        return False
