"""A date, or none."""

import datetime

from PySide6.QtCore import QDate, QEvent, QLocale, QObject, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QDateEdit, QSizePolicy, QWidget

from supportdesk.i18n import _
from supportdesk.ui.formats import figures_of_date
from supportdesk.ui.theme import theme
from supportdesk.ui.theme.popup import round_popup
from supportdesk.ui.widgets.calendar import Calendar

# Qt has no empty date field: the first date of all stands for "none" and is shown as nothing.
_NONE = QDate(1900, 1, 1)
_WIDTH = 208
_FEBRUARY = 2
_SIGNS = "./- "
"""Between day, month and year."""


class DateField(QDateEdit):
    changed = Signal(object)  # datetime.date | None, only by the person

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._silent = True
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumDate(_NONE)
        self.setSpecialValueText(" ")
        self.setDate(_NONE)
        self.setCalendarPopup(True)
        # Beside the line and the arrow Qt takes a click for one on a button that adds a day.
        self.setButtonSymbols(QDateEdit.ButtonSymbols.NoButtons)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._calendar: Calendar | None = None
        self.dateChanged.connect(self._on_date)
        self._silent = False
        self.retranslate()

    def value(self) -> datetime.date | None:
        date = self.date()
        return None if date == _NONE else datetime.date(date.year(), date.month(), date.day())

    def set_value(self, value: datetime.date | None) -> None:
        self._silent = True
        self.setDate(_NONE if value is None else QDate(value.year, value.month, value.day))
        self._silent = False

    def retranslate(self) -> None:
        self._show_whole_year()
        if self._calendar is not None:
            self._calendar.setLocale(self.locale())
            self._calendar.previous_month.setAccessibleName(_("Previous month"))
            self._calendar.next_month.setAccessibleName(_("Next month"))

    def calendarWidget(self) -> Calendar:
        """Made when it is to be opened: it takes far longer than all the rest of a field."""
        if self._calendar is None:
            self._calendar = Calendar()
            self.setCalendarWidget(self._calendar)
            round_popup(self._calendar.window())
            self._calendar.installEventFilter(self)
            self.retranslate()
        return self._calendar

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.calendarWidget()
        super().mousePressEvent(event)

    def sizeHint(self) -> QSize:
        return super().sizeHint().expandedTo(QSize(theme().scaled(_WIDTH), 0))

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab leaves the field: Qt goes through day, month and year, and never comes out of an empty one."""
        return QWidget.focusNextPrevChild(self, forward)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Who types over an empty or wholly selected date begins anew, whatever day of the month today is.

        A day or month of one digit ends with the sign behind it, whatever sign that is.
        """
        key, line = event.text(), self.lineEdit()
        if key and key in _SIGNS:
            if not line.hasSelectedText():  # else Qt has gone on by itself, after two digits
                self._go_to(min(self.currentSectionIndex() + 1, self.sectionCount() - 1))
            return
        today = QDate.currentDate()
        if key.isdigit() and (self.value() is None or line.selectedText() == line.text()):
            self.setDate(QDate(today.year(), 1, 1))  # a month that has every day
            self._go_to(0)
        elif event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down} and self.value() is None:
            self.setDate(today)
            self._go_to(0)
        before, section = self.date(), self.currentSection()
        super().keyPressEvent(event)
        if key.isdigit() and self.date().month() == _FEBRUARY and _is_29(before, section, key):
            self._keep_29(before.year())

    def _keep_29(self, year: int) -> None:
        """Of February: Qt makes the 28th of it before the year is typed, which comes last."""
        if QDate.isLeapYear(year):
            return
        while not QDate.isLeapYear(year):
            year += 1
        at = self.currentSectionIndex()
        self.setDate(QDate(year, _FEBRUARY, 29))
        self._go_to(at)

    def _go_to(self, section: int) -> None:
        self.setSelectedSection(self.sectionAt(section))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scrolls the page that this stands on, and never changes the date on the way."""
        event.ignore()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.setLocale(QLocale())  # a widget keeps the one of its making
        if event.type() in {QEvent.Type.LanguageChange, QEvent.Type.LocaleChange}:
            self.retranslate()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._calendar is not None and watched is self._calendar and event.type() == QEvent.Type.Show:
            self._spare_label(self._calendar)
            if self.value() is None:
                today = QDate.currentDate()
                self._calendar.setCurrentPage(today.year(), today.month())
        return super().eventFilter(watched, event)

    def _show_whole_year(self) -> None:
        """A year of two digits would make 2020 of the 2026 that somebody types."""
        self.setDisplayFormat(figures_of_date(self.locale()))

    def _spare_label(self, calendar: Calendar) -> None:
        """Without room below Qt opens the calendar above, over the field's label: then it stands beside."""
        popup, screen = calendar.window(), self.screen().availableGeometry()
        corner, size = self.mapToGlobal(self.rect().topRight()), calendar.sizeHint()
        left = corner.x() + theme().space.s
        if popup.y() < corner.y() and left + size.width() <= screen.right():
            popup.move(left, min(corner.y(), screen.bottom() - size.height()))

    @Slot(QDate)
    def _on_date(self, _date: QDate) -> None:
        if not self._silent:
            self.changed.emit(self.value())


def _is_29(before: QDate, section: QDateEdit.Section, key: str) -> bool:
    """Whether the day is the 29th once `key` has been typed, whatever date Qt makes of it."""
    if section == QDateEdit.Section.DaySection:
        return before.day() == 2 and key == "9"
    return section == QDateEdit.Section.MonthSection and before.day() == 29
