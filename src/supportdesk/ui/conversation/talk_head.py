"""Who of the vendor's people takes care of it, and how much time they recorded."""

from PySide6.QtCore import QEvent
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from supportdesk.app import ticket_words
from supportdesk.app.conversation import recorded_minutes
from supportdesk.app.conversation_state import ConversationState
from supportdesk.i18n import _
from supportdesk.ui.conversation.person_line import PersonLine
from supportdesk.ui.theme import theme
from supportdesk.ui.theme.painting import draw_line
from supportdesk.ui.widgets.layouts import column, row
from supportdesk.ui.widgets.text_label import TextLabel


class TalkHead(QWidget):
    """The title of the conversation; the rest only where the vendor shows it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = ConversationState()
        self._is_edged = False
        self._build()
        self.retranslate()

    def render_state(self, state: ConversationState) -> None:
        self._state = state
        self._say()

    def retranslate(self) -> None:
        self._title.setText(_("Conversation"))
        self._say()

    def set_edged(self, edged: bool) -> None:
        """A hairline below, where something is scrolled away under it."""
        if edged != self._is_edged:
            self._is_edged = edged
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._is_edged:
            margins, bottom = self._column.contentsMargins(), self.height() - 1
            right = self.width() - margins.right()
            draw_line(QPainter(self), margins.left(), bottom, right, bottom, theme().color("hairline"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def set_margins(self, left: int, right: int) -> None:
        self._column.setContentsMargins(left, theme().space.l, right, theme().space.xs)
        self._arrange()

    def _arrange(self) -> None:
        """In one line where all of it has room there."""
        margins, gap = self._column.contentsMargins(), theme().space.s
        shown = [part for part in (self._title, self._time, self._person) if not part.isHidden()]
        wanted = sum(part.sizeHint().width() + gap for part in shown)
        wide = wanted <= self.width() - margins.left() - margins.right()
        direction = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        if direction != self._column.direction():
            self._column.setDirection(direction)

    def _build(self) -> None:
        space = theme().space
        self._column = column(self, gap=space.s)
        self._title = TextLabel(kind="emphasis", strong=True)
        self._time = TextLabel(kind="caption", tone="muted")
        self._person = PersonLine()
        line = row(gap=space.s)
        line.addWidget(self._title, 1)
        line.addWidget(self._time)
        self._column.addLayout(line, 1)
        self._column.addWidget(self._person)

    def _say(self) -> None:
        state = self._state
        if state.view is None or state.vendor is None:
            return
        profile, minutes = state.vendor.profile, recorded_minutes(state.view)
        shows_time = minutes > 0 and profile.shown.time_records
        text = _("{duration} recorded").format(duration=ticket_words.duration(minutes))
        self._time.setText(text if shows_time else "")
        self._person.show_person(state.assignee_name, state.assignee_role, state.assignee_picture)
        self._person.setVisible(bool(state.assignee_name))
        self._arrange()
