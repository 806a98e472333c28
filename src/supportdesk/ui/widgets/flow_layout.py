"""A row that wraps, from the leading edge."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QStyle, QWidget

from supportdesk.ui.widgets.layouts import Margins, set_margins


class FlowLayout(QLayout):
    """What shares a line shares its middle.

    `centred` puts every line in the middle; `apart` what is beside the first item at the trailing edge.
    """

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        gap: int = 16,
        margins: Margins = 0,
        centred: bool = False,
        apart: bool = False,
    ) -> None:
        super().__init__(parent)
        self._centred, self._apart = centred, apart
        self._items: list[QLayoutItem] = []
        set_margins(self, margins)
        self.setSpacing(gap)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._arrange(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._shown():
            size = size.expandedTo(item.minimumSize())
        margins = self.contentsMargins()
        return size + QSize(margins.left() + margins.right(), margins.top() + margins.bottom())

    def natural_width(self) -> int:
        """Of all in one line."""
        hints = [item.sizeHint().width() for item in self._shown()]
        margins = self.contentsMargins()
        return sum(hints) + self.spacing() * max(0, len(hints) - 1) + margins.left() + margins.right()

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        """Returns the height that is needed."""
        inner = rect.marginsRemoved(self.contentsMargins())
        y = inner.top()
        for number, line in enumerate(self._lines(inner.width())):
            hints = [item.sizeHint() for item in line]
            width = sum(hint.width() for hint in hints) + self.spacing() * (len(line) - 1)
            height = max(hint.height() for hint in hints)
            x = inner.left() + ((inner.width() - width) // 2 if self._centred else 0)
            for item, hint in zip(line, hints, strict=True):
                if move:
                    room = min(hint.width(), inner.width())
                    top = y + (height - hint.height()) // 2
                    item.setGeometry(self._mirrored(QRect(QPoint(x, top), QSize(room, hint.height())), inner))
                x += hint.width() + self.spacing()
                if self._apart and number == 0 and item is line[0]:
                    x += inner.width() - width
            y += height + self.spacing()
        bottom = y - self.spacing() if y > inner.top() else y
        return bottom - rect.top() + self.contentsMargins().bottom()

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        lines: list[list[QLayoutItem]] = []
        used = 0
        for item in self._shown():
            wanted = item.sizeHint().width()
            if lines and used + self.spacing() + wanted <= width:
                lines[-1].append(item)
                used += self.spacing() + wanted
            else:
                lines.append([item])
                used = wanted
        return lines

    def _mirrored(self, rect: QRect, inner: QRect) -> QRect:
        widget = self.parentWidget()
        direction = widget.layoutDirection() if widget else Qt.LayoutDirection.LeftToRight
        return QStyle.visualRect(direction, inner, rect)
