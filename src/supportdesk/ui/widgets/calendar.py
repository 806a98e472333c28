"""The month that a date field opens."""

from PySide6.QtCore import QDate, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QTableView, QToolButton, QWidget

from supportdesk.ui.theme import theme
from supportdesk.ui.theme.painting import draw_box, draw_text
from supportdesk.ui.widgets.layouts import set_margins

_CELL = 40


class Calendar(QCalendarWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.setHorizontalHeaderFormat(QCalendarWidget.HorizontalHeaderFormat.ShortDayNames)
        for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self.setWeekdayTextFormat(day, QTextCharFormat())
        self.previous_month = self._navigation("qt_calendar_prevmonth", "chevron-left")
        self.next_month = self._navigation("qt_calendar_nextmonth", "chevron-right")
        days = self.findChild(QTableView)
        if days is not None:
            days.setProperty("paintsRows", True)
            days.horizontalHeader().setMinimumSectionSize(1)  # the week is divided by the width there is
        layout = self.layout()
        if layout is not None:
            set_margins(layout, 8)

    def minimumSizeHint(self) -> QSize:
        """Also Qt's size hint is computed from this."""
        edge = theme().scaled(_CELL)
        cells = QSize(7 * edge + 16, 7 * edge + theme().height.button + 16)
        return super().minimumSizeHint().expandedTo(cells)

    def paintEvent(self, _event: QPaintEvent) -> None:
        fill, border = theme().color("raised"), theme().color("hairline")
        draw_box(QPainter(self), self.rect(), fill=fill, border=border, radius=theme().radius.card)

    def paintCell(self, painter: QPainter, rect: QRect, date: QDate) -> None:
        """The chosen day is filled, today has a ring."""
        edge = min(rect.width(), rect.height()) - 4
        day = QRect(0, 0, edge, edge)
        day.moveCenter(rect.center())
        chosen, ink = date == self.selectedDate(), "text"
        if chosen:
            draw_box(painter, day, fill=theme().color("accent"), radius=edge / 2)
            ink = "onAccent"
        elif date.month() != self.monthShown():
            ink = "muted"
        if date == QDate.currentDate() and not chosen:
            draw_box(painter, day, border=theme().color("accentText"), radius=edge / 2)
        font = theme().font(strong=chosen, tabular=True)
        text = self.locale().toString(date.day())
        draw_text(painter, rect, text, font, theme().color(ink), align=Qt.AlignmentFlag.AlignHCenter)

    def _navigation(self, object_name: str, icon: str) -> QToolButton:
        found = self.findChild(QToolButton, object_name)
        if found is None:
            message = f"Qt's calendar has no {object_name}"
            raise LookupError(message)
        found.setIcon(theme().icon(icon, "muted"))
        return found
