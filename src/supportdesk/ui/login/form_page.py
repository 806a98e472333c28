"""The form of the pages beside name and password: title, text, trouble, parts, Back and one button."""

from collections.abc import Iterator, Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from supportdesk.app.answered_at_once import advice
from supportdesk.domain.errors import SupportDeskError
from supportdesk.i18n import _
from supportdesk.ui.login.page import LoginPage
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.banner import Banner
from supportdesk.ui.widgets.button import Button, button
from supportdesk.ui.widgets.form_field import FormField
from supportdesk.ui.widgets.layouts import column, row
from supportdesk.ui.widgets.text_label import SectionLabel, TextLabel

_SIDE, _TOP = 40, 28


class FormPage(LoginPage):
    """Subclasses add fields and parts, and call `retranslate` at the end of their `__init__`."""

    back_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        space = theme().space
        self.title, self.text = SectionLabel(), TextLabel(tone="muted", wrap=True)
        self.title.setWordWrap(True)
        self.failure = Banner(tone="danger")
        self.failure.hide()
        self.body = column(gap=space.field_gap)
        self.back, self.next = button("", icon="arrow-left"), button("", kind="primary")
        self.next.setDefault(True)
        self.fields: dict[str, FormField] = {}
        """By the name under which a sentence about them comes."""
        self._rejections = 0
        lines = column(self, margins=(0, _TOP, 0, space.xl))
        head = column(margins=(_SIDE, 0, _SIDE, space.l))
        head.addWidget(self.title)
        head.addSpacing(space.xs)
        head.addWidget(self.text)
        foot = row(gap=space.m, margins=(_SIDE, space.xl, _SIDE, 0))
        foot.addWidget(self.back)
        foot.addStretch(1)
        foot.addWidget(self.next)
        lines.addLayout(head)
        lines.addLayout(self.body)
        lines.addStretch(1)
        lines.addLayout(foot)
        self.add_part(self.failure)
        self.back.clicked.connect(self.back_requested)

    def add_field(self, name: str, control: QWidget, *, required: bool = False) -> FormField:
        field = self.fields[name] = FormField("", control, required=required)
        self.add_part(field)
        return field

    def add_part(self, part: QWidget, inset: int = 0) -> None:
        """What it shows stands on the margin; its ground or ring may reach `inset` pixels beyond."""
        line = row(margins=(_SIDE - inset, 0, _SIDE - inset, 0))
        line.addWidget(part)
        if isinstance(part, Button):
            line.addStretch(1)
        self.body.addLayout(line)

    def retranslate(self) -> None:
        self.back.setText(_("Back"))

    def take_focus(self) -> None:
        first = next(iter(self.fields.values()), None)
        (first.control if first is not None else self.next).setFocus()

    def show_trouble(self, wrong: Mapping[str, str], error: SupportDeskError | None, rejections: int) -> None:
        """The focus goes to the first field that is wrong, once for each rejection."""
        for name, field in self.fields.items():
            field.set_error(wrong.get(name, ""))
        self.failure.setVisible(error is not None)
        if error is not None:
            self.failure.set_texts(advice(error), str(error))
        if rejections != self._rejections:
            self._rejections = rejections
            first = next((control for name, control in self.controls() if name in wrong), None)
            if first is not None:
                first.setFocus()

    def controls(self) -> Iterator[tuple[str, QWidget]]:
        """What can be wrong, by the name of its sentence, as one reads."""
        for name, field in self.fields.items():
            yield name, field.control

    def show_busy(self, busy: bool) -> None:
        self.next.show_busy(busy)
