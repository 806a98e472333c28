"""Everything about a ticket beside its conversation: a column of its own, or folded under the head."""

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from supportdesk.app.ticket_state import TicketState
from supportdesk.i18n import _
from supportdesk.ui.conversation.file_row import FileRow
from supportdesk.ui.conversation.linked_part import LinkedPart
from supportdesk.ui.conversation.person_line import PersonLine
from supportdesk.ui.conversation.pictures import Pictures
from supportdesk.ui.theme import theme
from supportdesk.ui.ticket.facts import Fact, facts
from supportdesk.ui.widgets.button import button, icon_button
from supportdesk.ui.widgets.divider import Divider
from supportdesk.ui.widgets.focus_order import focus_in_reading_order
from supportdesk.ui.widgets.layouts import clear_layout, column, grid, row
from supportdesk.ui.widgets.steady_scroll import SteadyScroll
from supportdesk.ui.widgets.text_label import TextLabel

_COLUMN = 296
_FACT = 200
_FOLDED = 260


class Properties(QFrame):
    """`folded` lays the facts out in as many columns as fit, without the buttons."""

    copy_number_requested = Signal()
    close_requested = Signal()
    reopen_requested = Signal()
    log_requested = Signal()
    save_all_requested = Signal()

    def __init__(self, pictures: Pictures, *, folded: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pictures = pictures
        self._folded = folded
        self._facts: tuple[Fact, ...] = ()
        self._highest = theme().scaled(_FOLDED)
        self._state = TicketState()
        self.files = FileRow(pictures)
        self.linked = LinkedPart()
        self._build()
        self._connect()
        self.retranslate()

    def render_state(self, state: TicketState) -> None:
        before, self._state = self._state, state
        found = self._known()
        is_same = _person(before) == _person(state)
        if _id(before) != _id(state):
            self._scroll.verticalScrollBar().setValue(0)
        if found != self._facts or not is_same:
            self._facts = found
            self._fill()
        attachments = state.view.attachments if state.view else ()
        if before.view is None or before.view.attachments != attachments:
            self._show_files()
        self.linked.show_state(state)
        self.files.show_pictures(state.files.pictures)
        self.files.show_fetching(state.files.fetching)
        self._end.setVisible(state.offers.close)
        self._reopen.setVisible(state.offers.reopen)
        is_there = state.view is not None and state.view.ticket is not None  # else its log is in sight
        self._log.setVisible(is_there and bool(state.deliveries))
        offers = any(not each.isHidden() for each in (self._end, self._reopen, self._log))
        for each in (self._line, self._buttons):
            each.setHidden(self._folded or not offers)

    def retranslate(self) -> None:
        self.setAccessibleName(_("About this ticket"))
        self._files_title.setText(_("Attachments"))
        self._save_all.setText(_("Save all…"))
        self._end.setText(_("Close ticket"))
        self._reopen.setText(_("Reopen a ticket"))
        self._log.setText(_("Delivery log"))
        self._facts = self._known()
        self._fill()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def _known(self) -> tuple[Fact, ...]:
        view, vendor = self._state.view, self._state.vendor
        return facts(view, vendor) if view is not None and vendor is not None else ()

    def _build(self) -> None:
        space = theme().space
        self.setProperty("kind", "surface")
        whole = column(self)
        self._scroll = scroll = SteadyScroll()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its buttons have the focus and scroll it
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._inside = inside = QFrame()
        inside.setProperty("kind", "surface")
        sides = (space.xl, space.xl, space.xl, space.xl)
        self._column = column(inside, gap=space.l, margins=0 if self._folded else sides)
        self._grid: QGridLayout = grid(gap=space.l)
        self._column.addLayout(self._grid)
        self._column.addWidget(self.linked)
        self._build_files()
        self._column.addStretch(1)
        scroll.setWidget(inside)
        whole.addWidget(scroll, 1)
        self._build_buttons(whole)

    def _build_files(self) -> None:
        self._files_part = QWidget()
        part = column(self._files_part, gap=theme().space.s)
        self._files_head = head = row(gap=theme().space.s)
        self._files_title = TextLabel(kind="caption", tone="muted")
        self._save_all = button("", "quiet", "download", size="small")
        head.addWidget(self._files_title)
        head.addStretch(1)
        head.addWidget(self._save_all)
        part.addLayout(head)
        part.addWidget(self.files)
        self._column.addWidget(self._files_part)

    def _build_buttons(self, whole: QVBoxLayout) -> None:
        space = theme().space
        self._buttons = QWidget()
        part = column(self._buttons, gap=space.s, margins=(space.xl, space.m, space.xl, space.l))
        self._end = button("", "secondary")
        self._reopen = button("", "secondary", "rotate-ccw")
        self._log = button("", "neutral", "rotate-ccw-clock")
        for each in (self._end, self._reopen, self._log):
            part.addWidget(each)
        self._line = Divider()
        for below in (self._line, self._buttons):
            whole.addWidget(below)
            below.hide()

    def _connect(self) -> None:
        self._end.clicked.connect(self.close_requested)
        self._reopen.clicked.connect(self.reopen_requested)
        self._log.clicked.connect(self.log_requested)
        self._save_all.clicked.connect(self.save_all_requested)
        self.linked.made.connect(self._take_links)
        theme().changed.connect(self._fit)

    def _fill(self) -> None:
        clear_layout(self._grid)
        columns = max(1, self.width() // theme().scaled(_FACT)) if self._folded else 1
        shown = [fact for fact in self._facts if not (self._folded and fact.id == "number")]
        for place, fact in enumerate(shown):
            pair = self._pair(fact)
            self._grid.addWidget(pair, place // columns, place % columns)
            pair.show()  # else Qt does it later, and an empty column is painted first
        for index in range(self._grid.columnCount()):
            self._grid.setColumnStretch(index, 1 if index < columns else 0)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._folded and event.size().width() != event.oldSize().width():
            self._fit()

    @Slot()
    def _take_links(self) -> None:
        """Made late, they would be the last ones that Tab reaches."""
        focus_in_reading_order(self)
        self._fit()

    @Slot()
    def _fit(self) -> None:
        """Folded, as high as the content up to a limit; else so wide that title and button are whole."""
        if self._folded:
            wanted = self._inside.heightForWidth(self.width())
            self.setFixedHeight(min(self._highest, wanted))
            return
        self._files_head.invalidate()  # Qt does so only when it lays out again
        words = self._files_head.minimumSize().width() + 2 * theme().space.xl
        self.setFixedWidth(max(theme().scaled(_COLUMN), words))

    def set_highest(self, pixels: int) -> None:
        """Folded, it takes no more than this from the conversation."""
        if pixels != self._highest:
            self._highest = pixels
            self._fit()

    def _pair(self, fact: Fact) -> QWidget:
        pair = QWidget()
        line = row(pair, gap=theme().space.s)
        texts = column()
        texts.addWidget(TextLabel(fact.label, kind="caption", tone="muted", wrap=True))
        texts.addWidget(self._person(fact) if fact.id == "assignee" else _value(fact))
        texts.addStretch(1)  # values begin at the same height, however many lines their neighbours take
        line.addLayout(texts, 1)
        if fact.id == "number":
            copy = icon_button("copy", _("Copy ticket number"), small_icon=True)
            copy.clicked.connect(self.copy_number_requested)
            line.addWidget(copy)
        return pair

    def _person(self, fact: Fact) -> QWidget:
        state, line = self._state, PersonLine(stacked=True)
        line.show_person(fact.value, *_person(state), said=_said(fact))
        return line

    def _show_files(self) -> None:
        attachments = self._state.view.attachments if self._state.view else ()
        self.files.replace_attachments(attachments)
        self._files_part.setVisible(bool(attachments))
        self._fit()


def _value(fact: Fact) -> QWidget:
    value = TextLabel(fact.value, wrap=True)
    value.setAccessibleName(_said(fact))
    return value


def _said(fact: Fact) -> str:
    return f"{fact.label}: {fact.value}"


def _id(state: TicketState) -> str:
    return state.view.row.id if state.view is not None else ""


def _person(state: TicketState) -> tuple[str, bytes]:
    """What is shown beside the name of who handles it."""
    return state.assignee_role, state.assignee_picture
