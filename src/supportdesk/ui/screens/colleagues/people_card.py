"""The table of colleagues."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from supportdesk.app.colleagues import ColleaguesState
from supportdesk.i18n import _
from supportdesk.ui.screens.colleagues.colleague_row import (
    ACTION_WIDTH,
    ROLE_WIDTH,
    SIDE,
    STATE_WIDTH,
    ColleagueRow,
)
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.card import Card
from supportdesk.ui.widgets.divider import Divider
from supportdesk.ui.widgets.layouts import column, row
from supportdesk.ui.widgets.text_label import TextLabel


class PeopleCard(Card):
    deactivation_asked = Signal(str)
    activated = Signal(str)
    deactivated = Signal(str)
    kept = Signal(str)

    def __init__(self, my_id: str, parent: QWidget | None = None) -> None:
        super().__init__(padding=0, parent=parent)
        self._my_id = my_id
        self._rows: dict[str, tuple[QWidget, ColleagueRow]] = {}
        self._order: tuple[str, ...] = ()
        self._narrow = False
        self._head = QWidget()
        self._labels = [TextLabel(kind="caption", tone="muted", strong=True) for _column in range(3)]
        line = row(self._head, gap=theme().space.l, margins=(SIDE, theme().space.m, SIDE, theme().space.m))
        line.addWidget(self._labels[0], 1)
        line.addWidget(self._labels[1])
        line.addWidget(self._labels[2])
        line.addSpacing(theme().space.m + theme().scaled(ACTION_WIDTH))
        self.add(self._head)
        self._list = column()
        self.body.addLayout(self._list)
        self._measure()

    def retranslate(self) -> None:
        for label, text in zip(self._labels, (_("Name"), _("Role"), _("State")), strict=True):
            label.setText(text)

    def show_people(self, state: ColleaguesState) -> None:
        """Who stays keeps the row, and with it the focus."""
        order = tuple(person.id for person in state.people)
        for gone in set(self._rows) - set(order):
            whole, _row = self._rows.pop(gone)
            self._list.removeWidget(whole)
            whole.hide()
            whole.deleteLater()
        for person in state.people:
            self._row(person.id).show_person(
                person,
                is_me=person.id == self._my_id,
                asked=person.id == state.asked,
                busy=person.id == state.busy,
                changeable=not state.busy,
            )
        if order != self._order:
            self._order = order
            self._arrange()

    def set_narrow(self, narrow: bool) -> None:
        self._narrow = narrow
        self._head.setVisible(not narrow)
        self._measure()
        self._part()
        for _whole, each in self._rows.values():
            each.set_narrow(narrow)

    def row_of(self, person_id: str) -> ColleagueRow:
        return self._rows[person_id][1]

    def _row(self, person_id: str) -> ColleagueRow:
        if person_id not in self._rows:
            made = ColleagueRow()
            made.set_narrow(self._narrow)
            made.deactivation_asked.connect(self.deactivation_asked)
            made.activated.connect(self.activated)
            made.deactivated.connect(self.deactivated)
            made.kept.connect(self.kept)
            whole = QWidget()
            lines = column(whole)
            lines.addWidget(Divider())
            lines.addWidget(made)
            self._rows[person_id] = whole, made
        return self._rows[person_id][1]

    def _arrange(self) -> None:
        before: QWidget = self._head
        for place, person_id in enumerate(self._order):
            whole, each = self._rows[person_id]
            self._list.insertWidget(place, whole)
            whole.show()
            for stop in (each.change, each.keep, each.deactivate):
                QWidget.setTabOrder(before, stop)
                before = stop
        self._part()

    def _part(self) -> None:
        """A line above each row but one that is the first thing in the card."""
        for place, person_id in enumerate(self._order):
            whole, _row = self._rows[person_id]
            for line in whole.findChildren(Divider):
                line.setVisible(place > 0 or not self._narrow)

    def _measure(self) -> None:
        for label, width in zip(self._labels[1:], (ROLE_WIDTH, STATE_WIDTH), strict=True):
            label.setFixedWidth(theme().scaled(width))
