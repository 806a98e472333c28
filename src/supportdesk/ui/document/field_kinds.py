"""The kinds of fields that a form can have."""

from datetime import date

from PySide6.QtCore import QRect, QRectF, QSignalBlocker, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from supportdesk.domain.catalogue import FieldKind
from supportdesk.domain.documents import DocumentField
from supportdesk.ui.document.page_controls import PaperCheck, PaperChoice, PaperDate, PaperLine, PaperText
from supportdesk.ui.document.page_field import PageField
from supportdesk.ui.theme import theme
from supportdesk.ui.theme.painting import draw_icon


class LineOnPage(PageField):
    def __init__(self, field: DocumentField, parent: QWidget) -> None:
        self._line = PaperLine()
        if field.max_chars is not None:
            self._line.setMaxLength(field.max_chars)
        super().__init__(field, self._line, parent)
        self._line.textEdited.connect(self.tell)

    def control_value(self) -> str:
        return self._line.text()

    def set_control_value(self, value: str) -> None:
        self._line.setText(value)

    def place(self, box: QRectF, scale: float) -> None:
        super().place(box, scale)
        self._line.set_padding(self.padding())


class TextOnPage(PageField):
    def __init__(self, field: DocumentField, parent: QWidget) -> None:
        self._text = PaperText()
        super().__init__(field, self._text, parent)
        self._text.textChanged.connect(self._changed)

    def control_value(self) -> str:
        return self._text.toPlainText()

    def set_control_value(self, value: str) -> None:
        with QSignalBlocker(self._text):
            self._text.setPlainText(value)

    def print_answer(self, painter: QPainter, box: QRectF) -> None:
        painter.setFont(self.page_font())
        painter.setPen(theme().document.text)
        pad = self.padding()
        painter.drawText(box.adjusted(pad, pad, -pad, -pad), Qt.TextFlag.TextWordWrap, self.control_value())

    def place(self, box: QRectF, scale: float) -> None:
        super().place(box, scale)
        self._text.document().setDocumentMargin(self.padding())

    def _changed(self) -> None:
        self.tell(self._text.toPlainText())


class DateOnPage(PageField):
    def __init__(self, field: DocumentField, parent: QWidget) -> None:
        self._date = PaperDate()
        super().__init__(field, self._date, parent)
        self._date.changed.connect(self._changed)

    def control_value(self) -> str:
        value = self._date.value()
        return value.isoformat() if value else ""

    def set_control_value(self, value: str) -> None:
        try:
            self._date.set_value(date.fromisoformat(value) if value else None)
        except ValueError:  # a vendor's own words for a date: they stay in the answer until a date is chosen
            self._date.set_value(None)

    def place(self, box: QRectF, scale: float) -> None:
        super().place(box, scale)
        self._date.set_padding(self.padding())

    def _changed(self, _value: object) -> None:
        self.tell(self.control_value())


class CheckOnPage(PageField):
    def __init__(self, field: DocumentField, parent: QWidget) -> None:
        self._check = PaperCheck()
        super().__init__(field, self._check, parent)
        self._check.clicked.connect(self._changed)

    def control_value(self) -> str:
        return "yes" if self._check.isChecked() else "no"

    def set_control_value(self, value: str) -> None:
        self._check.setChecked(value == "yes")

    def control_rect(self, box: QRect) -> QRect:
        return box

    def print_answer(self, painter: QPainter, box: QRectF) -> None:
        if self._check.isChecked():
            draw_icon(painter, box.toAlignedRect(), "check", theme().document.text)

    def _changed(self) -> None:
        self.tell(self.control_value())


class ChoiceOnPage(PageField):
    def __init__(self, field: DocumentField, parent: QWidget) -> None:
        self._choice = PaperChoice(_offered(field))
        super().__init__(field, self._choice, parent)
        self._choice.changed.connect(self.tell)

    def control_value(self) -> str:
        return self._choice.value() or ""

    def set_control_value(self, value: str) -> None:
        self._choice.set_value(value)

    def place(self, box: QRectF, scale: float) -> None:
        super().place(box, scale)
        self._choice.set_padding(self.padding())


def _offered(field: DocumentField) -> tuple[tuple[str, str], ...]:
    """One that need not be answered can be emptied again."""
    if field.required or any(not value for value, _label in field.choices):
        return field.choices
    return (("", ""), *field.choices)


_KINDS: dict[FieldKind, type[LineOnPage | TextOnPage | DateOnPage | CheckOnPage | ChoiceOnPage]] = {
    FieldKind.MULTILINE: TextOnPage,
    FieldKind.DATE: DateOnPage,
    FieldKind.CHECKBOX: CheckOnPage,
    FieldKind.CHOICE: ChoiceOnPage,
}


def field_on_page(field: DocumentField, parent: QWidget) -> PageField:
    return _KINDS.get(field.kind, LineOnPage)(field, parent)
