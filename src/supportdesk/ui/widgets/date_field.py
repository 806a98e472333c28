"""A date, or none."""

import datetime

from PySide6.QtCore import QDate, QEvent, QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QCalendarWidget, QDateEdit, QSizePolicy, QToolButton, QWidget

from supportdesk.i18n import _
from supportdesk.ui.theme import theme
from supportdesk.ui.theme.popup import round_popup

# Qt has no empty date field: the first date of all stands for "none" and is shown as nothing.
_NONE = QDate(1900, 1, 1)


class DateField(QDateEdit):
    changed = Signal(object)  # datetime.date | None, only by the person

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumDate(_NONE)
        self.setSpecialValueText(" ")
        self.setDate(_NONE)
        self.setCalendarPopup(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._silent = False
        self._prepare_calendar(self.calendarWidget())
        self.dateChanged.connect(self._on_date)
        self.retranslate()

    def value(self) -> datetime.date | None:
        date = self.date()
        return None if date == _NONE else datetime.date(date.year(), date.month(), date.day())

    def set_value(self, value: datetime.date | None) -> None:
        self._silent = True
        self.setDate(_NONE if value is None else QDate(value.year, value.month, value.day))
        self._silent = False

    def retranslate(self) -> None:
        self._previous.setAccessibleName(_("Previous month"))
        self._next.setAccessibleName(_("Next month"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and watched is self.calendarWidget() and self.value() is None:
            self.calendarWidget().setSelectedDate(QDate.currentDate())
        return super().eventFilter(watched, event)

    def _prepare_calendar(self, calendar: QCalendarWidget) -> None:
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        calendar.setHorizontalHeaderFormat(QCalendarWidget.HorizontalHeaderFormat.ShortDayNames)
        calendar.installEventFilter(self)
        plain = calendar.weekdayTextFormat(Qt.DayOfWeek.Monday)
        for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            calendar.setWeekdayTextFormat(day, plain)
        self._previous = _navigation(calendar, "qt_calendar_prevmonth", "chevron-left")
        self._next = _navigation(calendar, "qt_calendar_nextmonth", "chevron-right")
        round_popup(calendar)

    @Slot(QDate)
    def _on_date(self, _date: QDate) -> None:
        if not self._silent:
            self.changed.emit(self.value())


def _navigation(calendar: QCalendarWidget, object_name: str, icon: str) -> QToolButton:
    found = calendar.findChild(QToolButton, object_name)
    if found is None:
        message = f"Qt's calendar has no {object_name}"
        raise LookupError(message)
    found.setIcon(theme().icon(icon, "muted"))
    return found
