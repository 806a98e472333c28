"""How answers are shown to people."""

from datetime import date

from PySide6.QtCore import QDate, QLocale

from supportdesk.domain.catalogue import FieldKind
from supportdesk.domain.documents import DocumentField
from supportdesk.i18n import _
from supportdesk.ui.formats import figures_of_date, in_words


def shown_answer(field: DocumentField, value: str) -> str:
    """'' for none; a box that is ticked is a tick."""
    if field.kind is FieldKind.CHECKBOX:
        return "✓" if value == "yes" else ""
    if field.kind is FieldKind.CHOICE:
        return dict(field.choices).get(value, value)
    day = _day(field, value)
    return QLocale().toString(day, figures_of_date(QLocale())) if day is not None else value


def told_answer(field: DocumentField, value: str) -> str:
    """In a list beside the label; a date in words, for in figures another day may be read."""
    if field.kind is FieldKind.CHECKBOX:
        return _("Yes") if value == "yes" else _("No")
    day = _day(field, value)
    return in_words(day) if day is not None else shown_answer(field, value)


def _day(field: DocumentField, value: str) -> QDate | None:
    """None also for a vendor's own words for a date."""
    if field.kind is not FieldKind.DATE:
        return None
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return None
    return QDate(day.year, day.month, day.day)
