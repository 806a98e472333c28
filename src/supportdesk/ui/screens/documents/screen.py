"""What waits for a signature, and what was signed, declined or withdrawn."""

from PySide6.QtCore import Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget

from supportdesk.app.documents import DocumentsPresenter, DocumentsState, Face
from supportdesk.app.screens import Route, name_of
from supportdesk.domain.documents import DocumentState
from supportdesk.domain.projections import ItemRow, ItemSort
from supportdesk.i18n import _, ngettext
from supportdesk.ui import formats
from supportdesk.ui.connection.not_loaded import NotLoaded
from supportdesk.ui.connection.stale_strip import StaleStrip
from supportdesk.ui.screen import Screen, ScreenContext
from supportdesk.ui.screens.documents.filter_bar import FilterBar
from supportdesk.ui.screens.documents.list_view import DocumentList
from supportdesk.ui.screens.documents.model import DocumentsModel
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.empty_state import EmptyState
from supportdesk.ui.widgets.layouts import column
from supportdesk.ui.widgets.page_layout import page_margin
from supportdesk.ui.widgets.skeleton import Skeleton
from supportdesk.ui.widgets.text_label import PageTitle, TextLabel


class DocumentsScreen(Screen):
    """Arguments: state, text."""

    def __init__(self, context: ScreenContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.presenter = DocumentsPresenter(context.workspace, context.account.id)
        self._model = DocumentsModel(self)
        self._build()
        self._connect()
        self.retranslate()
        self.presenter.show_to(self.render_state)

    def open(self, args: dict[str, str]) -> None:
        if "state" in args or "text" in args:
            self.presenter.show_state(args.get("state", ""))
            self.presenter.search(args.get("text", ""))
        self.presenter.refresh()

    def refresh(self) -> None:
        self.presenter.refresh()

    def focus_search(self) -> None:
        self._bar.search.setFocus()
        self._bar.search.selectAll()

    def end(self) -> None:
        self.presenter.close()

    def retranslate(self) -> None:
        context = self.context
        self.setAccessibleName(_("Documents"))
        self._title.setText(name_of("documents", context.profile))
        self._list.setAccessibleName(_("Documents"))
        self._nothing.set_texts(
            _("No documents yet"),
            _("Offers and contracts that {vendor} gives you to sign appear here.").format(
                vendor=context.profile.short_name
            ),
        )
        self._home.setText(_("Back to Home"))
        self._clear.setText(_("Clear filters"))
        self._model.retranslate()
        self.render_state(self.presenter.state)

    def render_state(self, state: DocumentsState) -> None:
        waiting = state.counts.get(DocumentState.TO_SIGN, 0)
        told = ngettext(
            "{n} document waits for your signature", "{n} documents wait for your signature", waiting
        )
        self._line.setText(
            told.format(n=formats.number(waiting)) if waiting else _("Nothing waits for your signature.")
        )
        self._line.setVisible(state.loaded)
        self._stale.show_sync(state.sync)
        self._bar.show_state(state)
        self._bar.setVisible(bool(state.total))
        self._model.show(state.rows, state.count, state.query.text)
        self._content.setCurrentWidget(self._page_for(state))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    @Slot()
    def _arrange(self) -> None:
        space, margin = theme().space, page_margin(self.width())
        self._words.setContentsMargins(margin, space.l, margin, 0)
        self._stale.fit(margin, self.height(), top=space.m)
        self._list.set_leading(margin)

    def _page_for(self, state: DocumentsState) -> QWidget:
        match state.face:
            case Face.ROWS:
                return self._list
            case Face.LOADING:
                return self._loading
            case Face.NOTHING_YET:
                return self._nothing
            case Face.NO_MATCH:
                text = state.query.text
                none = _("No document contains “{text}”.").format(text=text)
                self._none.set_texts(
                    _("Nothing found"), none if text else _("No document fits these filters.")
                )
                return self._none
            case Face.FAILED:
                self._error.show_reason(_("The documents could not be loaded"), state.sync, state.error)
                return self._error

    def _build(self) -> None:
        self._title, self._line = PageTitle(), TextLabel(tone="muted", wrap=True)
        head = QFrame()
        head.setProperty("kind", "surface")
        self._words = column(head)
        self._words.addWidget(self._title)
        self._words.addWidget(self._line)
        self._bar = FilterBar()
        self._stale = StaleStrip(self.context.profile.short_name)
        self._list = DocumentList(self._model)
        self._loading = Skeleton("list", 8)
        self._nothing = EmptyState("signature")
        self._home = self._nothing.add_button("", "secondary", "house")
        self._none = EmptyState("search", tone="neutral")
        self._clear = self._none.add_button("", "secondary", "x")
        self._error = NotLoaded(self.context.profile)
        self._content = QStackedWidget()
        for page in (self._list, self._loading, self._nothing, self._none, self._error):
            self._content.addWidget(page)
        whole = column(self)
        for part in (head, self._bar, self._stale):
            whole.addWidget(part)
        whole.addWidget(self._content, 1)

    def _connect(self) -> None:
        self._bar.state_chosen.connect(self.presenter.show_state)
        self._bar.sort_chosen.connect(self._sort)
        self._bar.search.searched.connect(self.presenter.search)
        self._model.more_wanted.connect(self.presenter.more)
        self._list.opened.connect(self._open)
        self._clear.clicked.connect(self.presenter.clear_filters)
        self._home.clicked.connect(self._go_home)
        for out in (self._stale.way_out, self._error.way_out):
            out.retry_requested.connect(self.presenter.try_again)
            out.sign_in_requested.connect(self.context.frame.sign_in)
        theme().changed.connect(self._arrange)

    @Slot(str)
    def _sort(self, by: str) -> None:
        self.presenter.sort(ItemSort(by))

    @Slot(object)
    def _open(self, row: ItemRow) -> None:
        self.context.frame.go(Route("document", {"document_id": row.id, "account_id": row.account_id}))

    @Slot()
    def _go_home(self) -> None:
        self.context.frame.go(Route("home"))
