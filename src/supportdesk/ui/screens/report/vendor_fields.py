"""The vendor's own questions, as many and of such kinds as the catalogue says."""

from datetime import date
from functools import partial

from PySide6.QtCore import QLocale, Signal
from PySide6.QtGui import QDoubleValidator
from PySide6.QtWidgets import QWidget

from supportdesk import clock, i18n
from supportdesk.domain.catalogue import FieldKind
from supportdesk.domain.catalogue import FormField as Question
from supportdesk.i18n import _
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.check_row import CheckRow
from supportdesk.ui.widgets.combo import Combo
from supportdesk.ui.widgets.date_field import DateField
from supportdesk.ui.widgets.form_field import FormField
from supportdesk.ui.widgets.layouts import clear_layout, grid
from supportdesk.ui.widgets.line_edit import LineEdit
from supportdesk.ui.widgets.text_area import TextArea

_WIDE = frozenset({FieldKind.MULTILINE, FieldKind.CHECKBOX})


class VendorFields(QWidget):
    """Two columns of questions; multi-line ones and check boxes take a whole row."""

    answered = Signal(str, str)
    """Id of the question, the answer as text (see domain.catalogue.FormField)."""
    left = Signal(str)

    def __init__(self, default_language: str) -> None:
        super().__init__()
        self._default_language = default_language
        self._questions: tuple[Question, ...] = ()
        self._language = ""
        self._fields: dict[str, FormField] = {}
        self._narrow = False
        self._grid = grid(self, gap=theme().space.field_gap)

    def set_questions(self, questions: tuple[Question, ...]) -> None:
        if questions == self._questions and self._language == i18n.language():
            return
        self._questions, self._language = questions, i18n.language()
        clear_layout(self._grid)
        self._fields = {question.id: self._field(question) for question in questions}
        self._arrange()
        self.setVisible(bool(questions))

    def set_narrow(self, narrow: bool) -> None:
        if narrow != self._narrow:
            self._narrow = narrow
            self._arrange()

    def set_answer(self, question_id: str, answer: str, error: str, note: str) -> None:
        field = self._fields.get(question_id)
        if field is None:
            return
        field.set_error(error)
        field.set_hint(note or _word_on_day(field.control, answer) or self._hint(question_id))
        _show_answer(field.control, answer)

    def control_of(self, question_id: str) -> QWidget | None:
        field = self._fields.get(question_id)
        return field.control if field else None

    def _hint(self, question_id: str) -> str:
        question = next(each for each in self._questions if each.id == question_id)
        return question.hint.get(i18n.language(), self._default_language)

    def _arrange(self) -> None:
        place = 0
        for question in self._questions:
            wide = question.kind in _WIDE or self._narrow
            place += place % 2 if wide else 0
            span = 2 if wide else 1
            self._grid.addWidget(self._fields[question.id], place // 2, place % 2, 1, span)
            place += span
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)

    def _field(self, question: Question) -> FormField:
        say, default = i18n.language(), self._default_language
        control = self._control(question)
        label = "" if question.kind is FieldKind.CHECKBOX else question.label.get(say, default)
        field = FormField(label, control, required=question.required, hint=question.hint.get(say, default))
        if question.kind is FieldKind.CHECKBOX:
            control.setAccessibleName(question.label.get(say, default))
        field.left.connect(partial(self.left.emit, question.id))
        return field

    def _control(self, question: Question) -> QWidget:
        say, default = i18n.language(), self._default_language
        tell = partial(self._tell, question.id)
        match question.kind:
            case FieldKind.MULTILINE:
                area = TextArea(formatting=False, min_lines=3, max_lines=8)
                area.set_placeholder(question.placeholder.get(say, default))
                area.changed.connect(lambda: tell(area.text()))
                return area
            case FieldKind.CHOICE:
                names = [(each.id, each.name.get(say, default)) for each in question.choices]
                combo = Combo(names if question.required else [("", _("No answer")), *names])
                combo.set_placeholder(_("Choose"))
                combo.changed.connect(tell)
                return combo
            case FieldKind.DATE:
                day = DateField()
                day.changed.connect(lambda value: tell(value.isoformat() if value else ""))
                return day
            case FieldKind.CHECKBOX:
                check = CheckRow(question.label.get(say, default))
                check.check.toggled.connect(lambda on: tell("yes" if on else "no"))
                return check
        line = LineEdit(placeholder=question.placeholder.get(say, default))
        line.setMaxLength(question.max_length)
        if question.kind is FieldKind.NUMBER:
            numbers = QDoubleValidator(line)
            numbers.setLocale(QLocale.c())
            line.setValidator(numbers)
        line.textChanged.connect(tell)  # textEdited is silent when a screen reader writes
        return line

    def _tell(self, question_id: str, answer: str) -> None:
        self.answered.emit(question_id, answer)


def _word_on_day(control: QWidget, answer: str) -> str:
    """Only the vendor knows which days make sense; a slip of the year is seen by this."""
    day = _day(answer) if isinstance(control, DateField) else None
    is_ahead = day is not None and day > clock.now().astimezone().date()
    return _("This day is still to come.") if is_ahead else ""


def _show_answer(control: QWidget, answer: str) -> None:
    """Only what differs, so that the cursor of the field that is being typed in stays."""
    if isinstance(control, LineEdit) and control.text() != answer:
        control.setText(answer)
    elif isinstance(control, TextArea) and control.text() != answer:
        control.set_text(answer)
    elif isinstance(control, Combo) and (control.value() or "") != answer:
        control.set_value(answer or None)
    elif isinstance(control, DateField):
        day = _day(answer)
        if control.value() != day:
            control.set_value(day)
    elif isinstance(control, CheckRow) and control.check.isChecked() != (answer == "yes"):
        control.check.setChecked(answer == "yes")


def _day(answer: str) -> date | None:
    try:
        return date.fromisoformat(answer)
    except ValueError:
        return None
