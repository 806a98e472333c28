"""A part of the account: its title, what went wrong, the part's own content, and one button."""

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from supportdesk.app.answered_at_once import advice
from supportdesk.domain.errors import SupportDeskError, WorkingOffline
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.banner import Banner
from supportdesk.ui.widgets.button import button
from supportdesk.ui.widgets.card import Card
from supportdesk.ui.widgets.form_field import FormField
from supportdesk.ui.widgets.layouts import column, row
from supportdesk.ui.widgets.text_label import TextLabel


class AccountCard(Card):
    """Subclasses add parts to `content`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        space = theme().space
        super().__init__(padding=space.xl, gap=space.l, parent=parent)
        self.title = TextLabel(kind="emphasis", strong=True, wrap=True)
        self.failure = Banner(tone="danger")
        self.failure.hide()
        self.content = column(gap=space.field_gap)
        self.act = button("")
        self.fields: dict[str, FormField] = {}
        self._rejections = 0
        self.add(self.title)
        self.add(self.failure)
        self.body.addLayout(self.content)
        foot = row(gap=space.m)
        foot.addWidget(self.act)
        foot.addStretch(1)
        self.body.addLayout(foot)

    def add_field(self, name: str, control: QWidget) -> FormField:
        field = self.fields[name] = FormField("", control)
        self.content.addWidget(field)
        return field

    def show_error(self, error: SupportDeskError | None) -> None:
        self.failure.setVisible(error is not None)
        if error is not None:
            by_choice = isinstance(error, WorkingOffline)
            self.failure.set_tone("warning" if by_choice else "danger", "cloud-off" if by_choice else "")
            self.failure.set_texts(advice(error), str(error))

    def show_wrong(self, wrong: Mapping[str, str], rejections: int) -> None:
        """The focus goes to the first field that is wrong, once for each rejection."""
        for name, field in self.fields.items():
            field.set_error(wrong.get(name, ""))
        if rejections != self._rejections:
            self._rejections = rejections
            first = next((field for name, field in self.fields.items() if name in wrong), None)
            if first is not None:
                first.control.setFocus()

    def take_focus(self) -> QWidget:
        """Where the person begins; has the focus afterwards."""
        first = next((field.control for field in self.fields.values() if field.isVisible()), self.act)
        first.setFocus()
        return first
