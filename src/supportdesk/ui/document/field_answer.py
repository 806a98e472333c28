"""How answers are shown to people."""

from datetime import date

from PySide6.QtCore import QDate, QLocale

from supportdesk.domain.catalogue import FieldKind
from supportdesk.domain.documents import DocumentField
from supportdesk.i18n import _
from supportdesk.ui.formats import figures_of_date


def shown_answer(field: DocumentField, value: str) -> str:
    """'' for none; a box that is ticked is a tick."""
    if field.kind is FieldKind.CHECKBOX:
        return "✓" if value == "yes" else ""
    if field.kind is FieldKind.CHOICE:
        return dict(field.choices).get(value, value)
    if field.kind is FieldKind.DATE:
        return _day(value)
    return value


def told_answer(field: DocumentField, value: str) -> str:
    """In a list beside the label."""
    if field.kind is FieldKind.CHECKBOX:
        return _("Yes") if value == "yes" else _("No")
    return shown_answer(field, value)


def _day(value: str) -> str:
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return value
    locale = QLocale()
    return locale.toString(QDate(day.year, day.month, day.day), figures_of_date(locale))
