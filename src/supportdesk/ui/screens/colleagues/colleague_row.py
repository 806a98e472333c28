"""One colleague: who, as what, whether they may sign in; or the question whether they no longer should."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from supportdesk.app.colleagues import ROLES
from supportdesk.domain.entities import Person
from supportdesk.i18n import _
from supportdesk.ui.theme import theme
from supportdesk.ui.theme.painting import draw_box
from supportdesk.ui.widgets.avatar import Avatar
from supportdesk.ui.widgets.button import button
from supportdesk.ui.widgets.chip import Chip
from supportdesk.ui.widgets.layouts import column, row
from supportdesk.ui.widgets.text_label import TextLabel

ROLE_WIDTH, STATE_WIDTH, ACTION_WIDTH = 176, 152, 136
SIDE = 20
_BUTTON_BESIDE_FROM = 440
_MIDDLE = Qt.AlignmentFlag.AlignVCenter


class ColleagueRow(QWidget):
    """All signals carry the person's id."""

    deactivation_asked = Signal(str)
    activated = Signal(str)
    deactivated = Signal(str)
    kept = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._person: Person | None = None
        self._asked = self._narrow = False
        self._avatar = Avatar("", size=32)
        self._name, self._email = (
            TextLabel(strong=True, wrap=True),
            TextLabel(kind="caption", tone="muted", wrap=True),
        )
        for label in (self._name, self._email):
            label.setMinimumWidth(1)  # a long address breaks anywhere rather than widen the page
        self._role = TextLabel(wrap=True)
        self._chip = Chip()
        self.change = button("", "neutral", size="small")
        self.change.set_strong(False)
        self._question, self._effect = TextLabel(strong=True, wrap=True), TextLabel(wrap=True)
        self.keep, self.deactivate = button("", size="small"), button("", "danger", size="small")
        self._build()
        self._connect()

    def show_person(self, person: Person, *, is_me: bool, asked: bool, busy: bool, changeable: bool) -> None:
        turned = asked != self._asked
        self._person, self._asked = person, asked
        self.setAccessibleName(person.name)
        self._avatar.set_name(person.name)
        self._name.setText(_("{name} (You)").format(name=person.name) if is_me else person.name)
        self._name.set_tone("text" if person.active else "muted")
        self._email.setText(person.email)
        self._email.setVisible(bool(person.email))
        self._role.setText(_(ROLES[person.role]) if person.role in ROLES else "")
        if person.active:
            self._chip.set_state(_("Active"), "success", "circle-check")
        else:
            self._chip.set_state(_("Deactivated"), "neutral", "ban")
        self.change.setText(_("Deactivate") if person.active else _("Activate"))
        self.change.setAccessibleDescription(person.name)
        self.change.setVisible(not is_me)
        self.change.setEnabled(changeable)
        self.change.show_busy(busy and not asked)
        self._question.setText(_("Deactivate {name}?").format(name=person.name))
        self._effect.setText(_("They can no longer sign in. What they wrote stays visible."))
        self.keep.setText(_("Keep"))
        self.deactivate.setText(_("Deactivate"))
        self.deactivate.setAccessibleDescription(person.name)
        self.deactivate.show_busy(busy)
        self._plain.setVisible(not asked)
        self._asking.setVisible(asked)
        self._avatar.setVisible(not (self._narrow and asked))
        if turned:
            (self.keep if asked else self.change).setFocus()
        self.update()

    def set_narrow(self, narrow: bool) -> None:
        """State and role in a line below the name, where there is no room for columns."""
        space, way = theme().space, QBoxLayout.Direction
        self._narrow = narrow
        for line in (self._columns, self._words):
            line.setDirection(way.TopToBottom if narrow else way.LeftToRight)
        self._columns.setSpacing(space.s if narrow else space.l)
        self._marks.setDirection(way.RightToLeft if narrow else way.LeftToRight)
        self._marks.setSpacing(space.s if narrow else space.l)
        for part, width in ((self._role, ROLE_WIDTH), (self._state, STATE_WIDTH)):
            part.setMinimumWidth(0 if narrow else theme().scaled(width))
            part.setMaximumWidth(theme().scaled(10 * width if narrow else width))
        self._marks.setStretchFactor(self._role, 1 if narrow else 0)
        self._place.setMinimumWidth(0 if narrow else theme().scaled(ACTION_WIDTH))
        self._avatar.setVisible(not (narrow and self._asked))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Below the name and its address, where the address would have to break for the button."""
        super().resizeEvent(event)
        below = self.width() < theme().scaled(_BUTTON_BESIDE_FROM)
        way = QBoxLayout.Direction.TopToBottom if below else QBoxLayout.Direction.LeftToRight
        if way != self._line.direction():
            self._line.setDirection(way)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape answers the question rather than leave the page."""
        if self._asked and event.key() == Qt.Key.Key_Escape:
            self._keep()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._asked:
            border = theme().color("warning") if theme().is_high_contrast else None
            inside = self.rect().adjusted(1, 0, -1, -1)  # the card's own line stays
            draw_box(QPainter(self), inside, fill=theme().color("warningSoft"), border=border, radius=0)

    def _build(self) -> None:
        space = theme().space
        self._plain, self._asking, self._state, self._place = QWidget(), QWidget(), QWidget(), QWidget()
        names = column()
        names.addWidget(self._name)
        names.addWidget(self._email)
        state = row(self._state)
        state.addWidget(self._chip)
        state.addStretch(1)
        place = row(self._place)
        place.addStretch(1)
        place.addWidget(self.change)
        self._columns = row(gap=space.l)
        self._columns.addLayout(names, 1)
        self._marks = row(gap=space.l)
        self._marks.addWidget(self._role, 0, _MIDDLE)
        self._marks.addWidget(self._state, 0, _MIDDLE)
        self._columns.addLayout(self._marks)
        self._line = row(self._plain, gap=space.m)
        self._line.addLayout(self._columns, 1)
        self._line.addWidget(self._place)
        self._words = row(gap=space.l)
        self._words.addWidget(self._question, 1, _MIDDLE)
        self._words.addWidget(self._effect, 1, _MIDDLE)
        question = row(self._asking, gap=space.m)
        question.addLayout(self._words, 1)
        question.addWidget(self.keep)
        question.addWidget(self.deactivate)
        whole = row(self, gap=space.m, margins=(SIDE, space.m, SIDE, space.m))
        whole.addWidget(self._avatar, 0, _MIDDLE)
        whole.addWidget(self._plain, 1)
        whole.addWidget(self._asking, 1)
        self._asking.hide()

    def _connect(self) -> None:
        self.change.clicked.connect(self._change)
        self.keep.clicked.connect(self._keep)
        self.deactivate.clicked.connect(self._deactivate)

    @Slot()
    def _change(self) -> None:
        if self._person is not None:
            (self.deactivation_asked if self._person.active else self.activated).emit(self._person.id)

    @Slot()
    def _keep(self) -> None:
        if self._person is not None:
            self.kept.emit(self._person.id)

    @Slot()
    def _deactivate(self) -> None:
        if self._person is not None:
            self.deactivated.emit(self._person.id)
