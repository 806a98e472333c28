"""Quiet lines between messages: a new day, and what happened without words."""

from PySide6.QtCore import QDate, QEvent, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from supportdesk import clock
from supportdesk.app import item_words, status_words, ticket_words
from supportdesk.app.conversation import Happened, NewDay
from supportdesk.domain.entities import ConversationKind
from supportdesk.domain.profile import Profile
from supportdesk.domain.status import Stage
from supportdesk.i18n import _
from supportdesk.ui import formats
from supportdesk.ui.theme import theme
from supportdesk.ui.theme.painting import draw_line
from supportdesk.ui.widgets.caption_button import CaptionButton
from supportdesk.ui.widgets.chip import status_text
from supportdesk.ui.widgets.layouts import column, row
from supportdesk.ui.widgets.text_label import ElidedLabel, TextLabel, plain_tooltip


class CentredLine(QWidget):
    """A widget between two hairlines."""

    def __init__(self, middle: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._middle = middle
        layout = row(self, gap=theme().space.m)
        layout.addStretch(1)
        layout.addWidget(middle)
        layout.addStretch(1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        color, y = theme().color("hairline"), self.height() // 2
        gap = theme().space.m
        draw_line(painter, 0, y, self._middle.geometry().left() - gap, y, color)
        draw_line(painter, self._middle.geometry().right() + gap, y, self.width(), y, color)


class DayLine(CentredLine):
    def __init__(self, entry: NewDay, parent: QWidget | None = None) -> None:
        self._day = entry.day
        self._label = TextLabel(kind="caption", tone="muted")
        super().__init__(self._label, parent)
        self.retranslate()

    def retranslate(self) -> None:
        today = clock.now().astimezone().date()
        if self._day == today:
            self._label.setText(_("Today"))
        else:
            shape = _("dddd, d MMMM") if self._day.year == today.year else _("dddd, d MMMM yyyy")
            date = QDate(self._day.year, self._day.month, self._day.day)
            self._label.setText(formats.locale().toString(date, shape))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


class EventLine(QWidget):
    """Up to two events stand in one line; more are folded behind the first and can be unfolded."""

    def __init__(
        self, entry: Happened, profile: Profile, kind: ConversationKind, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._entry = entry
        self._profile = profile
        self._kind = kind
        self._build()
        self.retranslate()

    def retranslate(self) -> None:
        texts = [ticket_words.event_text(event, self._state_name) for event in self._entry.events]
        if self._entry.folded:
            folded = ticket_words.folded_text(len(texts))
            self._head.set_text(f"{texts[self._entry.main]} · {folded}")
        else:
            self._one.setText(" · ".join(texts))
        for line, event, text in zip(self._lines, self._entry.events, texts, strict=False):
            line.setText(f"{formats.time_of_day(event.created_at)}  {text}")
        times = [formats.exact(event.created_at) for event in self._entry.events]
        self.setToolTip(plain_tooltip(times[0] if times[0] == times[-1] else f"{times[0]} – {times[-1]}"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def _state_name(self, state: str) -> str:
        if self._kind is not ConversationKind.TICKET:
            return item_words.state_name(self._kind, state)
        own = status_words.vendor_name(self._profile, Stage(state)) if state in set(Stage) else ""
        return own or status_text(state)

    def _build(self) -> None:
        layout = column(self, gap=theme().space.xs)
        self._lines: list[TextLabel] = []
        self._one = ElidedLabel(kind="caption", tone="muted", parent=self)
        self._head = CaptionButton("", "chevron-down", parent=self)
        self._unfolded = QWidget(self)
        if not self._entry.folded:
            self._head.hide()
            self._unfolded.hide()
            layout.addWidget(CentredLine(self._one))
            return
        self._one.hide()
        self._head.setCheckable(True)
        self._head.toggled.connect(self._fold)
        layout.addWidget(CentredLine(self._head))
        inner = column(self._unfolded, gap=theme().space.xs)
        for _event in self._entry.events:
            line = TextLabel(kind="caption", tone="muted", wrap=True, align=Qt.AlignmentFlag.AlignHCenter)
            self._lines.append(line)
            inner.addWidget(line)
        self._unfolded.hide()
        layout.addWidget(self._unfolded)

    def _fold(self, unfolded: bool) -> None:
        self._unfolded.setVisible(unfolded)
        self._head.set_icon("chevron-up" if unfolded else "chevron-down")
