"""Asks for the confirmation that a notice wants, once, behind its text."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from supportdesk.app.reading import is_over
from supportdesk.domain.entities import Publication
from supportdesk.i18n import _
from supportdesk.ui import formats
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.banner import Banner
from supportdesk.ui.widgets.button import button
from supportdesk.ui.widgets.card import Card
from supportdesk.ui.widgets.flow_layout import FlowLayout
from supportdesk.ui.widgets.layouts import column
from supportdesk.ui.widgets.text_label import TextLabel


class ConfirmCard(QWidget):
    confirmed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        space = theme().space
        self._question = Card(gap=space.m)
        self._text = TextLabel(wrap=True)
        self._button = button("", "primary", "check")
        self._done = Banner(tone="success")
        actions = QWidget()
        FlowLayout(actions, gap=space.m).addWidget(self._button)
        self._question.add(self._text)
        self._question.add(actions)
        lines = column(self)
        lines.addWidget(self._question)
        lines.addWidget(self._done)
        self._button.clicked.connect(self.confirmed)

    def show_item(self, item: Publication, vendor: str) -> None:
        self.setVisible(item.must_confirm)
        if not item.must_confirm:
            return
        confirmed = item.confirmed_at
        self._question.setVisible(confirmed is None and not is_over(item))
        self._done.setVisible(confirmed is not None)
        self._button.setText(_("I have read this"))
        if confirmed is not None:
            self._done.set_texts(_("You confirmed this on {day}.").format(day=formats.full_day(confirmed)))
        elif item.valid_until is not None:
            text = _("{vendor} asks you to confirm by {day} that you have read this.")
            self._text.setText(text.format(vendor=vendor, day=formats.full_day(item.valid_until)))
        else:
            self._text.setText(
                _("{vendor} asks you to confirm that you have read this.").format(vendor=vendor)
            )
