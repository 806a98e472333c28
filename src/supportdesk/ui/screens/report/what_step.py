"""Step 2: what happened, with known answers beside it and the vendor's own questions below."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from supportdesk.app.report import ReportPresenter
from supportdesk.app.report_state import ReportState
from supportdesk.i18n import _
from supportdesk.ui.screens.report.known_answers import KnownAnswers
from supportdesk.ui.screens.report.step_page import StepPage
from supportdesk.ui.screens.report.vendor_fields import VendorFields
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.form_field import FormField
from supportdesk.ui.widgets.layouts import column, row
from supportdesk.ui.widgets.line_edit import LineEdit
from supportdesk.ui.widgets.text_area import TextArea


class WhatStep(StepPage):
    image_pasted = Signal(object)
    files_pasted = Signal(object)
    picture_wanted = Signal()

    def __init__(self, presenter: ReportPresenter, vendor: str, language: str) -> None:
        super().__init__(presenter, vendor, language)
        self._subject = LineEdit()
        self._description = TextArea(min_lines=6, max_lines=14)
        self._picture = self._description.add_tool("image", "")
        self._questions = VendorFields(language)
        self.known = KnownAnswers()
        self._is_narrow = False
        self._build()
        self._connect()
        self.retranslate()

    def retranslate(self) -> None:
        self.set_heading(_("What happened?"))
        self._subject_field.set_label(_("Subject"))
        self._description_field.set_label(_("Description"))
        self._description.set_note(_("Pictures can be pasted here"))
        self._picture.set_label(_("Add a picture"))
        self.known.retranslate()

    def render_state(self, state: ReportState) -> None:
        super().render_state(state)
        draft = state.draft
        if self._subject.text() != draft.subject:
            self._subject.setText(draft.subject)
        if self._description.text() != draft.description:
            self._description.set_text(draft.description)
        self._subject_field.set_error(state.problem("subject"))
        self._description_field.set_error(state.problem("description"))
        self._render_questions(state)
        self.known.show_answers(state.suggestions, state.article)

    def lead_into_description(self) -> None:
        """By Tab from the subject, also over known answers that came between them while it was typed."""
        QWidget.setTabOrder(self._subject, self._description.editor)

    def control_of(self, field: str) -> QWidget | None:
        if field.startswith("fields."):
            return self._questions.control_of(field.removeprefix("fields."))
        return self._description.editor if field == "description" else self._subject

    def _render_questions(self, state: ReportState) -> None:
        draft = state.draft
        questions = state.catalogue.form(
            service_id=draft.service_id, type_id=draft.type_id, desk_id=draft.desk_id
        )
        self._questions.set_questions(questions)
        for question in questions:
            name = f"fields.{question.id}"
            note = ""
            if name in draft.filled:
                note = (
                    _("Filled in by {source}").format(source=draft.source)
                    if draft.source
                    else _("Filled in for you")
                )
            self._questions.set_answer(
                question.id, draft.fields.get(question.id, ""), state.problem(name), note
            )

    def _build(self) -> None:
        space = theme().space
        self._subject_field = FormField("", self._subject, required=True)
        self._description_field = FormField("", self._description, required=True)
        self._left = column(gap=space.field_gap)
        for part in (self._subject_field, self._description_field, self._questions):
            self._left.addWidget(part)
        self._left.addStretch(1)
        self._columns = row(gap=space.xxl)
        self._columns.addLayout(self._left, 664)
        self._columns.addWidget(self.known, 360)
        self.add_layout(self._columns)
        self.width_changed.connect(self._fit)

    def _connect(self) -> None:
        self._subject.textChanged.connect(self._say_subject)  # textEdited is silent for screen readers
        self._description.changed.connect(self._say_description)
        self._subject_field.left.connect(self._left_subject)
        self._description_field.left.connect(self._left_description)
        self._questions.answered.connect(self._say_answer)
        self._questions.left.connect(self._left_question)
        self._picture.clicked.connect(self.picture_wanted)
        self._description.image_pasted.connect(self.image_pasted)
        self._description.files_pasted.connect(self.files_pasted)
        self.known.article_requested.connect(self.presenter.read_article)
        self.known.closed.connect(self.presenter.close_article)

    @Slot(int)
    def _fit(self, content_width: int) -> None:
        narrow = content_width < theme().height.tile * 6
        self._questions.set_narrow(narrow)
        if narrow == self._is_narrow:
            return
        self._is_narrow = narrow
        self.known.set_foldable(narrow)
        if narrow:  # what is known stands under the subject that it was found for
            self._left.insertWidget(1, self.known)
        else:
            self._columns.addWidget(self.known, 360)

    @Slot(str)
    def _say_subject(self, text: str) -> None:
        self.presenter.say("subject", text)

    @Slot()
    def _say_description(self) -> None:
        self.presenter.say("description", self._description.text())

    @Slot(str, str)
    def _say_answer(self, question_id: str, answer: str) -> None:
        self.presenter.say(f"fields.{question_id}", answer)

    @Slot()
    def _left_subject(self) -> None:
        self.presenter.left("subject")

    @Slot()
    def _left_description(self) -> None:
        self.presenter.left("description")

    @Slot(str)
    def _left_question(self, question_id: str) -> None:
        self.presenter.left(f"fields.{question_id}")
