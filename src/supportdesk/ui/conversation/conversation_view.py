"""What was said and done in time order, oldest first."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QWidget

from supportdesk.app.conversation import Entry, FilesAdded, Happened, NewDay, Said, Side, Waiting
from supportdesk.app.conversation_state import ConversationState
from supportdesk.domain.commands import FileRef
from supportdesk.domain.entities import ConversationKind
from supportdesk.domain.profile import Profile
from supportdesk.i18n import _, ngettext
from supportdesk.ui.conversation.bubble import Bubble, BubbleBox
from supportdesk.ui.conversation.file_row import FileRow
from supportdesk.ui.conversation.lines import DayLine, EventLine
from supportdesk.ui.conversation.pictures import Pictures
from supportdesk.ui.conversation.waiting_bubble import WaitingBubble
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.button import button
from supportdesk.ui.widgets.layouts import column, row
from supportdesk.ui.widgets.steady_scroll import SteadyScroll

FIRST_SHOWN = 60
"""Entries that are made at once; earlier ones are asked for."""
_NEAR_END = 40


class ConversationView(SteadyScroll):
    """Entries that did not change keep their widget, so that a live update moves nothing."""

    file_open_requested = Signal(object)
    file_save_requested = Signal(object)
    file_copy_requested = Signal(object)
    edit_requested = Signal(object)
    retry_requested = Signal(object)
    log_requested = Signal()
    link_requested = Signal(str)

    def __init__(
        self,
        pictures: Pictures,
        place_of: Callable[[FileRef], Path],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._profile: Profile | None = None
        self._kind = ConversationKind.TICKET
        self._pictures = pictures
        self._place_of = place_of
        self._shown = FIRST_SHOWN
        self._entries: tuple[Entry, ...] = ()
        self._widgets: dict[str, tuple[Entry, QWidget]] = {}
        self._id = ""
        self._follow = True
        self._from_end: int | None = None
        self._margins = (theme().space.xl, theme().space.xl)
        self._build()
        self.retranslate()

    def minimumSizeHint(self) -> QSize:
        """In a low window it gives way to what is being written."""
        return QSize(super().minimumSizeHint().width(), theme().line_height())

    def render_state(self, state: ConversationState) -> None:
        view = state.view
        if view is None or state.vendor is None:
            return
        self._profile, self._kind = state.vendor.profile, state.kind
        if view.row.id != self._id:
            self._id = view.row.id
            self._shown = FIRST_SHOWN
            self._clear()
            self._follow = True
        if state.entries != self._entries:
            self._entries = state.entries
            self._arrange()
        for _entry, widget in self._widgets.values():
            for files in widget.findChildren(FileRow):
                files.show_pictures(state.files.pictures)
                files.show_fetching(state.files.fetching)

    def focus_outline(self) -> tuple[QRect, float]:
        """The ring lies inside: around it is no room."""
        inset = theme().space.xs
        return self.viewport().rect().adjusted(inset, inset, -inset, -inset), theme().radius.button

    def add_tail(self, widget: QWidget, before: QWidget | None = None) -> None:
        """Something that stands below the last entry."""
        place = self._column.indexOf(before) if before is not None else self._column.count() - 1
        self._column.insertWidget(place, widget)

    def retranslate(self) -> None:
        self.setAccessibleName(_("Conversation"))
        self._tell_earlier()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def _build(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setProperty("focusRing", True)
        inside = QWidget()
        space = theme().space
        self._whole = column(inside)
        self._column = column(gap=space.m, margins=(space.xl, space.l, space.xl, space.l))
        self._whole.addLayout(self._column, 1)
        self._earlier = button("", "quiet", "chevron-up", size="small")
        self._earlier.clicked.connect(self._show_earlier)
        self._column.addWidget(self._earlier, 0, Qt.AlignmentFlag.AlignHCenter)
        self._list = column(gap=space.m)
        self._column.addLayout(self._list)
        self._column.addStretch(1)
        self.setWidget(inside)
        for ground in (self.viewport(), inside):
            ground.setAutoFillBackground(False)  # it stands on the canvas or in a column of its own ground
        bar = self.verticalScrollBar()
        bar.rangeChanged.connect(self._range_changed)
        bar.valueChanged.connect(self._moved)

    def take_head(self, head: QWidget) -> None:
        """Where there is little height the head scrolls with the conversation."""
        self._whole.insertWidget(0, head)

    def set_margins(self, left: int, right: int) -> None:
        self._margins = (left, right)
        self._fit_margins()

    def _fit_margins(self) -> None:
        """The scroll bar stands in the margin: what is right-aligned does not move when it appears."""
        left, right = self._margins
        bar = self.verticalScrollBar()
        taken = bar.sizeHint().width() if bar.maximum() > 0 else 0
        if self.isRightToLeft():
            left = max(0, left - taken)
        else:
            right = max(0, right - taken)
        self._column.setContentsMargins(left, theme().space.l, right, theme().space.l)

    def _arrange(self) -> None:
        if self._profile is None:
            return
        shown = self._entries[-self._shown :]
        kept: dict[str, tuple[Entry, QWidget]] = {}
        for place, entry in enumerate(shown):
            known = self._widgets.pop(entry.id, None)
            if known is not None and known[0] != entry:
                self._drop(known[1])
                known = None
            widget = known[1] if known is not None else self._made(entry, self._profile)
            if self._list.indexOf(widget) != place:
                self._list.removeWidget(widget)
                self._list.insertWidget(place, widget)
                widget.show()  # else Qt does it later, and an empty conversation is painted first
            kept[entry.id] = (entry, widget)
        for _entry, widget in self._widgets.values():
            self._drop(widget)
        self._widgets = kept
        self._tell_earlier()

    def _made(self, entry: Entry, profile: Profile) -> QWidget:
        if isinstance(entry, NewDay):
            return DayLine(entry)
        if isinstance(entry, Happened):
            return EventLine(entry, profile, self._kind)
        if isinstance(entry, FilesAdded):
            return self._placed(self._files_box(entry))
        if isinstance(entry, Waiting):
            return self._placed(self._waiting(entry))
        return self._placed(self._bubble(entry, profile))

    def _bubble(self, entry: Said, profile: Profile) -> Bubble:
        bubble = Bubble(entry, profile, self._pictures)
        bubble.link_requested.connect(self.link_requested)
        self._connect_files(bubble.files)
        return bubble

    def _files_box(self, entry: FilesAdded) -> BubbleBox:
        box = BubbleBox(own=entry.side is Side.OWN)
        files = FileRow(self._pictures)
        files.set_attachments(entry.files)
        self._connect_files(files)
        box.body.addWidget(files)
        return box

    def _waiting(self, entry: Waiting) -> WaitingBubble:
        files: tuple[tuple[FileRef, Path], ...] = tuple(
            (file, self._place_of(file)) for file in entry.message.files
        )
        bubble = WaitingBubble(entry, files, self._pictures)
        bubble.edit_requested.connect(self.edit_requested)
        bubble.retry_requested.connect(self.retry_requested)
        bubble.log_requested.connect(self.log_requested)
        return bubble

    def _connect_files(self, files: FileRow) -> None:
        files.open_requested.connect(self.file_open_requested)
        files.save_requested.connect(self.file_save_requested)
        files.copy_requested.connect(self.file_copy_requested)

    def _placed(self, box: BubbleBox) -> QWidget:
        """On its side of the conversation."""
        line = QWidget()
        layout = row(line)
        if box.own:
            layout.addStretch(1)
        layout.addWidget(box)
        if not box.own:
            layout.addStretch(1)
        return line

    def _drop(self, widget: QWidget) -> None:
        self._list.removeWidget(widget)
        widget.hide()
        widget.deleteLater()

    def _clear(self) -> None:
        for _entry, widget in self._widgets.values():
            self._drop(widget)
        self._widgets = {}
        self._entries = ()
        self._pictures.forget()

    def _tell_earlier(self) -> None:
        hidden = max(0, len(self._entries) - self._shown)
        text = ngettext("Show {n} earlier entry", "Show {n} earlier entries", hidden)
        self._earlier.setText(text.format(n=hidden))
        self._earlier.setVisible(hidden > 0)

    def _show_earlier(self) -> None:
        """What was in sight stays where it is."""
        bar = self.verticalScrollBar()
        self._follow = False
        self._from_end = bar.maximum() - bar.value()
        self._shown += 2 * FIRST_SHOWN
        self._arrange()

    def _range_changed(self, _low: int, high: int) -> None:
        self._fit_margins()
        if self._follow:
            self.verticalScrollBar().setValue(self._end())
        elif self._from_end is not None:
            self.verticalScrollBar().setValue(high - self._from_end)
            self._from_end = None

    def _moved(self, value: int) -> None:
        """A reader who went up stays there when something new arrives."""
        self._follow = value >= self._end() - _NEAR_END

    def _end(self) -> int:
        """Where the newest is read: the end, or the beginning of a last entry that is too high."""
        end, entries = self.verticalScrollBar().maximum(), self._list.geometry()
        last = self._list.itemAt(self._list.count() - 1)
        has_tail = self._column.geometry().bottom() - entries.bottom() > 2 * theme().space.l
        if last is None or has_tail or last.geometry().height() <= self.viewport().height():
            return end
        return min(end, last.geometry().top() - theme().space.s)

    def ensure_shown(self, widget: QWidget) -> None:
        self._follow = True
        self.ensureWidgetVisible(widget, 0, theme().space.l)

    def scroll_to_end(self) -> None:
        self._follow = True
        self.verticalScrollBar().setValue(self._end())
