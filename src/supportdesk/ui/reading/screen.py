"""The base of the three reading screens: a list and a text, side by side or one after the other."""

from typing import ClassVar

import msgspec
from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QGuiApplication, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from supportdesk import clock
from supportdesk.app.prefill import Prefill
from supportdesk.app.reading import Face, ReadingPresenter, ReadingState, link_to
from supportdesk.app.screens import BY_ID, Route
from supportdesk.app.settings import SPLITTER_READING
from supportdesk.domain.capabilities import Capability
from supportdesk.domain.entities import PublicationKind
from supportdesk.domain.errors import SupportDeskError
from supportdesk.i18n import _
from supportdesk.ui.connection.stale_strip import StaleStrip
from supportdesk.ui.reading.list_pane import ListPane
from supportdesk.ui.reading.reading_column import ReadingColumn
from supportdesk.ui.reading.reading_states import ReadingStates
from supportdesk.ui.reading.words import ReadingWords
from supportdesk.ui.screen import Screen, ScreenContext
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.empty_state import EmptyState
from supportdesk.ui.widgets.layouts import column
from supportdesk.ui.widgets.list_splitter import DETAIL_LEAST, LIST_LEAST, ListSplitter
from supportdesk.ui.widgets.wrapping_bar import NARROW_BELOW

_BESIDE_FROM = 1000
_SEEN_MS = 1500
"""As long has a text to be before the eyes to count as read."""
_LONGEST_WAIT_S = 3600


class ReadingScreen(Screen):
    """A subclass says what it shows: `screen_id`, `kind` and `words`."""

    screen_id: ClassVar[str]
    kind: ClassVar[PublicationKind]

    def __init__(self, context: ScreenContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.presenter = ReadingPresenter(context.workspace, context.account.id, self.kind)
        self._on_page = False
        self._crumb = ""
        self._told_error: SupportDeskError | None = None
        self._seen = QTimer(self)
        self._seen.setSingleShot(True)
        self._seen.setInterval(_SEEN_MS)
        self._seen_id = ""
        self._next_end = QTimer(self)
        self._next_end.setSingleShot(True)
        self._build()
        self._connect()
        self.retranslate()
        self.presenter.show_to(self.render_state)

    def words(self) -> ReadingWords:
        """In the language of the moment."""
        raise NotImplementedError

    # What the shell asks

    def open(self, args: dict[str, str]) -> None:
        """`publication_id` is the text to show; without it the list, and beside it the first text."""
        chosen = args.get("publication_id", "")
        self._on_page = bool(chosen)
        if chosen:
            self.presenter.choose(chosen)
        self._crumb = ""
        self.presenter.read()
        self.render_state(self.presenter.state)
        if self._on_page and not self._is_wide():
            self._column.setFocus()
        else:
            self._list.focus_list()

    def refresh(self) -> None:
        self.presenter.read()

    def focus_search(self) -> None:
        self._list.search.setFocus()
        self._list.search.selectAll()

    def retranslate(self) -> None:
        words = self.words()
        self.setAccessibleName(words.name)
        self._none.set_texts(words.choose, "")
        self._gone.set_texts(words.gone, _("It was removed, or you have no access to it."))
        self._list.list.retranslate()
        self.render_state(self.presenter.state)

    def end(self) -> None:
        self._seen.stop()
        self._next_end.stop()
        self.presenter.close()

    # What is shown

    def render_state(self, state: ReadingState) -> None:
        words = self.words()
        self._states.render_state(state, words)
        self._list.render_state(state, words)
        self._stale.show_sync(state.sync if state.face not in {Face.NEVER_LOADED, Face.FAILED} else None)
        ready = state.face in {Face.ROWS, Face.NO_MATCH}
        self._content.setCurrentWidget(self._panes if ready else self._states)
        self._render_text(state)
        self._wait_for_end(state)
        self._arrange()
        if ready and self._is_wide() and state.chosen is None and not state.missing:
            self.presenter.choose_first()
        self._tell(state.error if state.loaded else None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        space = theme().space
        self._stale.fit(space.page_margin, self.height(), top=space.m)
        self._arrange()
        if self._is_wide() and self.presenter.state.chosen is None:
            self.presenter.choose_first()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._watch()

    def _render_text(self, state: ReadingState) -> None:
        item = state.chosen
        if item is not None:
            self._column.show_item(item, state)
            self._detail.setCurrentWidget(self._column)
        elif state.missing:
            self._detail.setCurrentWidget(self._gone)
        else:
            self._detail.setCurrentWidget(self._blank if state.face is Face.NO_MATCH else self._none)
        self._watch()

    def _wait_for_end(self, state: ReadingState) -> None:
        """What ends while it is listed goes by itself, also without a network."""
        end = state.listed.next_end
        if end is None:
            self._next_end.stop()
        else:
            left_s = max(1.0, (end - clock.now()).total_seconds() + 1)
            self._next_end.start(round(min(left_s, _LONGEST_WAIT_S) * 1000))

    def _watch(self) -> None:
        """Begins to wait until what is shown counts as read."""
        item = self.presenter.state.chosen
        shown = item.id if item is not None and self._detail.isVisible() else ""
        if shown != self._seen_id or not shown:
            self._seen_id = shown
            self._seen.stop()
        if item is not None and shown and self.presenter.is_unread(item) and not self._seen.isActive():
            self._seen.start()

    def _arrange(self) -> None:
        wide, space = self._is_wide(), theme().space
        margin = space.page_margin if self.width() >= NARROW_BELOW else space.page_margin_narrow
        self._list.set_margins(margin, space.l if wide else margin)
        self._list.setVisible(wide or not self._on_page)
        self._detail.setVisible(wide or self._on_page)
        item = self.presenter.state.chosen
        self._tell_crumb(item.title if item is not None and self._on_page and not wide else "")
        self._watch()

    def _tell_crumb(self, crumb: str) -> None:
        """Not while another screen is shown: the breadcrumb is then about that one."""
        if crumb != self._crumb and self.isVisibleTo(self.window()):
            self._crumb = crumb
            self.tell_crumb(crumb)

    def _tell(self, error: SupportDeskError | None) -> None:
        """Once for each error."""
        if error is not None and error is not self._told_error:
            self.context.frame.toast(f"{error} {error.next_step}", tone="danger")
        self._told_error = error

    def _is_wide(self) -> bool:
        return self.width() >= theme().scaled(_BESIDE_FROM)

    # How it is made

    def _build(self) -> None:
        profile = self.context.profile
        icon = BY_ID[self.screen_id].icon
        self._stale = StaleStrip(profile.short_name)
        self._list = ListPane(with_filters=self.kind is PublicationKind.ARTICLE)
        self._list.setMinimumWidth(LIST_LEAST)
        self._column = ReadingColumn(profile, can_report=Capability.TICKETS in self.context.capabilities)
        self._none = EmptyState(icon)
        self._gone = EmptyState("search", tone="neutral")
        self._blank = QWidget()
        self._detail = QStackedWidget()
        for part in (self._column, self._none, self._gone, self._blank):
            self._detail.addWidget(part)
        self._detail.setMinimumWidth(DETAIL_LEAST)
        self._panes = ListSplitter()
        self._panes.addWidget(self._list)
        self._panes.addWidget(self._detail)
        self._panes.setStretchFactor(1, 1)
        self._panes.restore_kept(self.context.workspace.settings.get(SPLITTER_READING))
        self._states = ReadingStates(icon, profile)
        self._content = QStackedWidget()
        self._content.addWidget(self._panes)
        self._content.addWidget(self._states)
        lines = column(self)
        lines.addWidget(self._stale)
        lines.addWidget(self._content, 1)

    def _connect(self) -> None:
        self._list.searched.connect(self.presenter.search)
        self._list.category_chosen.connect(self._filter_category)
        self._list.order_chosen.connect(self.presenter.sort)
        self._list.label_chosen.connect(self._filter_listed)
        self._list.meant.connect(self.presenter.search_everywhere)
        self._list.literal_wanted.connect(self.presenter.search_literally)
        self._list.more_wanted.connect(self.presenter.more)
        self._list.cleared.connect(self.presenter.clear_filters)
        self._list.list.walked.connect(self._walk)
        self._list.list.opened.connect(self._open)
        self._column.confirmed.connect(self._confirm)
        self._column.rated.connect(self.presenter.rate)
        self._column.label_chosen.connect(self._filter_label)
        self._column.report_requested.connect(self._report)
        self._column.link_requested.connect(self.context.frame.open_link)
        self._column.video_requested.connect(self.context.frame.open_video)
        self._column.related_chosen.connect(self._go_to)
        self._column.copy_link_requested.connect(self._copy_link)
        self._states.home_requested.connect(self._go_home)
        for out in (self._states.way_out, self._stale.way_out):
            out.retry_requested.connect(self._try_again)
            out.sign_in_requested.connect(self.context.frame.sign_in)
        self._seen.timeout.connect(self._is_seen)
        self._next_end.timeout.connect(self.presenter.read)
        self._panes.splitterMoved.connect(self._keep_widths)
        theme().changed.connect(self._arrange)

    # What the person does

    @Slot(str)
    def _walk(self, publication_id: str) -> None:
        if self._is_wide():
            self.presenter.choose(publication_id)

    @Slot(str)
    def _open(self, publication_id: str) -> None:
        if self._is_wide():
            self.presenter.choose(publication_id)
        else:
            self.context.frame.go(Route(self.screen_id, {"publication_id": publication_id}))

    @Slot(str)
    def _filter_category(self, category: str) -> None:
        self.presenter.filter(category=category)

    @Slot(str)
    def _filter_label(self, label: str) -> None:
        """The list is where the others with this label are."""
        self._list.search.clear()
        self.presenter.show_label(label)
        if not self._is_wide():
            self.context.frame.go(Route(self.screen_id))

    @Slot(str)
    def _filter_listed(self, label: str) -> None:
        self.presenter.filter(label=label)

    @Slot(str)
    def _go_to(self, publication_id: str) -> None:
        """Back leads to the text that was read before."""
        self.context.frame.go(Route(self.screen_id, {"publication_id": publication_id}))

    @Slot()
    def _copy_link(self) -> None:
        item = self.presenter.state.chosen
        if item is not None:
            QGuiApplication.clipboard().setText(link_to(item, self.context.profile.id))
            self.context.frame.toast(_("Link copied"))

    @Slot()
    def _confirm(self) -> None:
        self._column.setFocus(Qt.FocusReason.OtherFocusReason)  # the button goes
        self.presenter.confirm()
        self.context.frame.announce(_("Confirmed"))

    @Slot()
    def _report(self) -> None:
        """With the part of the program that the article is about."""
        item = self.presenter.state.chosen
        prefill = Prefill(module=item.service_id if item is not None else "")
        text = msgspec.json.encode(prefill).decode()
        self.context.frame.go(Route("report", {"new": "1", "prefill": text}))

    @Slot()
    def _go_home(self) -> None:
        self.context.frame.go(Route("home"))

    @Slot()
    def _try_again(self) -> None:
        self.context.workspace.sync.try_again(self.context.account.id)
        self.presenter.read()

    @Slot()
    def _keep_widths(self) -> None:
        self.context.workspace.settings.set(SPLITTER_READING, self._panes.kept())

    @Slot()
    def _is_seen(self) -> None:
        if self._detail.isVisible() and self._seen_id:
            self.presenter.seen()
