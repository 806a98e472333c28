"""Says in the head of a table that there are columns beyond its edge, and leads there."""

from PySide6.QtCore import QEvent, QRect, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractSlider, QTableView

from supportdesk.i18n import _
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.button import IconButton


class MoreColumns(IconButton):
    """At the trailing edge of `table`, while it can be scrolled further; the table calls `arrange`."""

    def __init__(self, table: QTableView) -> None:
        super().__init__("chevron-right", "", small_icon=True, parent=table)
        self._table = table
        self._bar = table.horizontalScrollBar()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the cells themselves are reached by key
        self._bar.rangeChanged.connect(self.arrange)
        self._bar.valueChanged.connect(self.arrange)
        self.clicked.connect(self._go_on)
        self.retranslate()

    def retranslate(self) -> None:
        self.set_label(_("More columns"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    @Slot()
    def arrange(self) -> None:
        head, mirrored = self._table.horizontalHeader().geometry(), self.isRightToLeft()
        place = QRect(0, 0, self.sizeHint().width(), head.height() - 1)
        place.moveTop(head.top())
        place.moveLeft(head.left() if mirrored else head.right() + 1 - place.width())
        self.setFixedSize(place.size())
        self.move(place.topLeft())
        self.set_icon("chevron-left" if mirrored else "chevron-right")
        self.setVisible(self._bar.value() < self._bar.maximum())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme().color("surface"))  # over the title that is cut there
        painter.end()
        super().paintEvent(event)

    @Slot()
    def _go_on(self) -> None:
        self._bar.triggerAction(QAbstractSlider.SliderAction.SliderPageStepAdd)
