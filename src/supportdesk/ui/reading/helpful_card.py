"""Asks whether an article helped, where it ends; says what others found."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from supportdesk.app.screens import name_of
from supportdesk.domain.entities import Publication
from supportdesk.domain.profile import Profile
from supportdesk.i18n import _
from supportdesk.ui.reading.facts import helpful
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.button import button
from supportdesk.ui.widgets.card import Card
from supportdesk.ui.widgets.flow_layout import FlowLayout
from supportdesk.ui.widgets.text_label import TextLabel


class HelpfulCard(Card):
    rated = Signal(bool)
    report_requested = Signal()

    def __init__(self, profile: Profile, parent: QWidget | None = None) -> None:
        super().__init__(gap=theme().space.m, parent=parent)
        self._profile = profile
        self._title = TextLabel(kind="emphasis", strong=True, wrap=True)
        self._others = TextLabel(kind="caption", tone="muted", wrap=True)
        self._yes = button("", "secondary", "thumbs-up", size="small")
        self._no = button("", "secondary", "thumbs-down", size="small")
        self._report = button("", "quiet", "message-square-warning", size="small")
        for choice in (self._yes, self._no):
            choice.setCheckable(True)
        actions = QWidget()
        flow = FlowLayout(actions, gap=theme().space.m)
        for each in (self._yes, self._no, self._report):
            flow.addWidget(each)
        for part in (self._title, actions, self._others):
            self.add(part)
        self._yes.clicked.connect(self._say_yes)
        self._no.clicked.connect(self._say_no)
        self._report.clicked.connect(self.report_requested)

    def show_item(self, item: Publication, *, can_report: bool) -> None:
        rating = item.my_rating
        self._title.setText(_("Was this helpful?") if rating is None else _("Thank you for your answer."))
        self._yes.setText(_("Yes"))
        self._no.setText(_("No"))
        self._yes.set_icon("check" if rating is True else "thumbs-up")
        self._no.set_icon("check" if rating is False else "thumbs-down")
        self._yes.setChecked(rating is True)
        self._no.setChecked(rating is False)
        self._yes.setAccessibleName(_("Yes, it was helpful"))
        self._no.setAccessibleName(_("No, it was not helpful"))
        self._report.setText(name_of("report", self._profile))
        self._report.setVisible(can_report and rating is False)
        self._others.setText(helpful(item))
        self._others.setVisible(bool(helpful(item)))

    @Slot()
    def _say_yes(self) -> None:
        self.rated.emit(True)

    @Slot()
    def _say_no(self) -> None:
        self.rated.emit(False)
