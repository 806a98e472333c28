"""The pages with what belongs to reading them: small pages, search, printing; or why there are none."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from supportdesk.app.document import DocumentPresenter
from supportdesk.app.document_pages import can_show
from supportdesk.app.document_state import DocumentPageState
from supportdesk.domain.errors import DocumentUnusable
from supportdesk.i18n import _
from supportdesk.ui.connection.not_loaded import NotLoaded
from supportdesk.ui.document.search_bar import SearchBar
from supportdesk.ui.document.thumbnails import Thumbnails
from supportdesk.ui.document.viewer import DocumentViewer
from supportdesk.ui.screen import ScreenContext
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.empty_state import EmptyState
from supportdesk.ui.widgets.layouts import column, row
from supportdesk.ui.widgets.skeleton import Skeleton

if TYPE_CHECKING:
    from supportdesk.ui.document.printing import Printing

_SMALL_PAGES = 3
"""As many pages want an overview; fewer are larger without."""
_SMALL_PAGES_FROM = 780
"""In a window as it opens first there is room for them."""


class PagesPlace(QWidget):
    def __init__(
        self, context: ScreenContext, presenter: DocumentPresenter, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context, self._presenter = context, presenter
        self._count = 0
        self.viewer = DocumentViewer(presenter)
        self._printing: Printing | None = None
        self._build()
        self._connect()

    def show_state(self, state: DocumentPageState) -> None:
        self._count = len(state.pages.sizes)
        self.viewer.show_state(state)
        self._small.show_pages(state.pages.sizes)
        self._show_small()
        self._stack.setCurrentWidget(self._page_for(state))

    def begin_search(self) -> None:
        if self._count:
            self._search.begin()

    @Slot()
    def go_on(self) -> None:
        state = self._presenter.state
        wanted = state.filling.next_after(self.viewer.sheets.form.current)
        if wanted is not None:
            self.viewer.go_to(wanted.name)

    def print_all(self, title: str) -> None:
        self._presenter.copy(partial(self._print, title))

    def end(self) -> None:
        self._search.end()
        self._small.end()
        self.viewer.pictures.forget()
        if self._printing is not None:
            self._printing.end()

    def retranslate(self) -> None:
        for pages in (self.viewer, self.viewer.sheets):
            pages.setAccessibleName(_("Pages"))
        self._small.setAccessibleName(_("Pages in small"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_small()

    def _print(self, title: str, content: bytes) -> None:
        from supportdesk.ui.document.printing import Printing  # with Qt's libraries for printing

        if self._printing is None:
            self._printing = Printing(self._presenter.jobs, self)
            self._printing.troubled.connect(self._tell_trouble)
        self._printing.open(content, partial(self._printing.ask, title), self._presenter.not_copied)

    @Slot(str)
    def _tell_trouble(self, text: str) -> None:
        self._context.frame.toast(text, tone="danger")

    def _build(self) -> None:
        jobs, pages = self._presenter.jobs, self._presenter.pages
        self._small = Thumbnails(jobs, pages)
        self._search = SearchBar(jobs, pages)
        reading = QWidget()
        across = row()
        across.addWidget(self._small)
        across.addWidget(self.viewer, 1)
        whole = column(reading)
        whole.addWidget(self._search)
        whole.addLayout(across, 1)
        self._reading = reading
        self._loading = Skeleton("page", 10)
        self._error = NotLoaded(self._context.profile)
        self._unusable = EmptyState("file-text", tone="neutral")
        self._stack = QStackedWidget()
        for page in (self._reading, self._loading, self._error, self._unusable):
            self._stack.addWidget(page)
        column(self).addWidget(self._stack)

    def _connect(self) -> None:
        self.viewer.next_requested.connect(self.go_on)
        self.viewer.page_changed.connect(self._small.show_current)
        self.viewer.pictures.arrived.connect(self._small.make_next)
        self._small.chosen.connect(self.viewer.go_to_page)
        self._search.found.connect(self.viewer.show_passages)
        self._error.way_out.retry_requested.connect(self._presenter.try_again)
        self._error.way_out.sign_in_requested.connect(self._context.frame.sign_in)

    def _page_for(self, state: DocumentPageState) -> QWidget:
        error = state.pages.error
        if state.pages.sizes:
            return self._reading
        if not can_show():
            self._unusable.set_texts(
                _("Documents cannot be shown here"),
                _("This installation lacks the extra “sign”. A copy can be saved and read elsewhere."),
            )
            return self._unusable
        if isinstance(error, DocumentUnusable):
            self._unusable.set_texts(str(error), f"{error.safe} {error.next_step}")
            return self._unusable
        if error is not None:
            self._error.show_reason(_("The document could not be loaded"), state.sync, error)
            return self._error
        return self._loading

    def _show_small(self) -> None:
        self._small.setVisible(
            self._count >= _SMALL_PAGES and self.width() >= theme().scaled(_SMALL_PAGES_FROM)
        )
