"""The form for a new colleague, in place."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from supportdesk.app.colleagues import ADDING, ColleaguesState, NewColleague
from supportdesk.domain.entities import Role
from supportdesk.i18n import _
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.button import button
from supportdesk.ui.widgets.card import Card
from supportdesk.ui.widgets.focus_order import focus_in_reading_order
from supportdesk.ui.widgets.form_field import FormField
from supportdesk.ui.widgets.layouts import row
from supportdesk.ui.widgets.line_edit import LineEdit
from supportdesk.ui.widgets.radio_choice import RadioChoice
from supportdesk.ui.widgets.text_label import SectionLabel


class NewColleagueCard(Card):
    submitted = Signal(object)
    """A NewColleague."""
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padding=theme().space.xl, gap=theme().space.field_gap, parent=parent)
        self._title = SectionLabel()
        self.name, self.email = LineEdit(), LineEdit()
        self.email.setInputMethodHints(Qt.InputMethodHint.ImhEmailCharactersOnly)
        self._role, self._hand_over = RadioChoice(), RadioChoice()
        self._fields = {
            "name": FormField("", self.name, required=True),
            "email": FormField("", self.email, required=True),
            "role": FormField("", self._role),
            "hand_over": FormField("", self._hand_over),
        }
        self.cancel, self.add_button = button(""), button("", "primary")
        self._rejections = 0
        self._build()
        self.cancel.clicked.connect(self.cancelled)
        self.add_button.clicked.connect(self._submit)
        for line in (self.name, self.email):
            line.returnPressed.connect(self._submit)
        self.retranslate()
        self.hide()

    def show_state(self, state: ColleaguesState) -> None:
        if state.adding and self.isHidden():
            self._begin()
        self.setVisible(state.adding)
        for name, field in self._fields.items():
            field.set_error(state.wrong.get(name, ""))
        self.add_button.show_busy(state.busy == ADDING)
        if state.rejections != self._rejections:
            self._rejections = state.rejections
            first = next((field for name, field in self._fields.items() if name in state.wrong), None)
            if first is not None:
                first.control.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves the form rather than the page."""
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        else:
            super().keyPressEvent(event)

    def set_narrow(self, narrow: bool) -> None:
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        for line in self._lines:
            line.setDirection(down if narrow else across)

    def retranslate(self) -> None:
        self._title.setText(_("New colleague"))
        self.setAccessibleName(_("New colleague"))
        self._fields["name"].set_label(_("Name"))
        self._fields["email"].set_label(_("E-mail"))
        self._fields["role"].set_label(_("Role"))
        self._fields["hand_over"].set_label(_("Access data"))
        self._role.set_options(
            [
                (Role.CUSTOMER.value, _("User"), _("Reports problems and sees the organisation’s tickets.")),
                (Role.ORGANISATION_ADMIN.value, _("Administrator"), _("Also manages colleagues.")),
            ]
        )
        self._hand_over.set_options(
            [
                ("mail", _("Mail an invitation"), _("They choose their password themselves.")),
                ("show", _("Show a password here"), _("Once; you hand it over.")),
            ]
        )
        self.cancel.setText(_("Cancel"))
        self.add_button.setText(_("Add"))
        focus_in_reading_order(self)

    def _build(self) -> None:
        space = theme().space
        self.add(self._title)
        self._lines = []
        for names in (("name", "email"), ("role", "hand_over")):
            line = row(gap=space.xl)
            for name in names:
                line.addWidget(self._fields[name], 1, Qt.AlignmentFlag.AlignTop)
            self._lines.append(line)
            self.body.addLayout(line)
        foot = row(gap=space.m)
        foot.addStretch(1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.add_button)
        self.body.addLayout(foot)

    def _begin(self) -> None:
        self.name.clear()
        self.email.clear()
        self._role.set_value(Role.CUSTOMER.value)
        self._hand_over.set_value("mail")
        self.show()
        self.name.setFocus()

    @Slot()
    def _submit(self) -> None:
        role = Role(self._role.value() or Role.CUSTOMER.value)
        by_mail = self._hand_over.value() != "show"
        self.submitted.emit(NewColleague(self.name.text(), self.email.text(), role, by_mail))
