"""One document: read, filled in, signed or declined, with the conversation beside it."""

from collections.abc import Callable
from functools import partial
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QPixmap, QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from supportdesk.app.conversation_presenter import ItemPresenter
from supportdesk.app.conversation_state import ItemState, Phase
from supportdesk.app.document import DocumentPresenter
from supportdesk.app.document_state import DocumentPageState
from supportdesk.app.document_words import called
from supportdesk.app.draft_keeper import KEEP_MS
from supportdesk.app.kept_signature import KeptSignature
from supportdesk.app.screens import Route
from supportdesk.domain.filenames import safe_name
from supportdesk.domain.projections import Link
from supportdesk.i18n import _
from supportdesk.ui.conversation.file_saver import open_outside
from supportdesk.ui.conversation.pane import ConversationPane
from supportdesk.ui.document.decline_window import DeclineWindow
from supportdesk.ui.document.head import PAGES, TALK, DocumentHead
from supportdesk.ui.document.notice import Notice
from supportdesk.ui.document.pages_place import PagesPlace
from supportdesk.ui.document.side import Side
from supportdesk.ui.document.viewer import DocumentViewer
from supportdesk.ui.screen import Offers, ScreenContext, offers
from supportdesk.ui.signature.window import SignatureWindow
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.divider import Divider
from supportdesk.ui.widgets.empty_state import EmptyState, ErrorState
from supportdesk.ui.widgets.file_dialog import FileDialog
from supportdesk.ui.widgets.layouts import column, row
from supportdesk.ui.widgets.skeleton import Skeleton

_SIDE = 304
_TWO_FROM = 940


class DocumentPane(QWidget):
    """`titled` carries what the breadcrumb says."""

    titled = Signal(str)
    offers_changed = Signal()

    def __init__(self, context: ScreenContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        workspace = context.workspace
        self.presenter = DocumentPresenter(workspace)
        self._talking = ItemPresenter(workspace, partial(open_outside, context))
        self._talk = ConversationPane(context, self._talking, watched=self)
        self._kept = KeptSignature(workspace.secrets, workspace.jobs, context.account, self._say_not_kept)
        self._window: SignatureWindow | None = None
        self._part = PAGES
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(KEEP_MS)
        self._build()
        self._connect()
        self.retranslate()
        self.presenter.show_to(self.render_state)
        self._talking.show_to(self._render_talk)

    @property
    def viewer(self) -> DocumentViewer:
        return self._pages.viewer

    def open(self, account_id: str, document_id: str) -> None:
        self.presenter.open(account_id, document_id)
        self._talk.open(account_id, document_id)
        self._kept.look()
        self._tell_title()

    def offers(self) -> Offers:
        """What can be done now with the document that stands here."""
        state, viewer = self.presenter.state, self.viewer
        if state.phase is not Phase.READY:
            return {}
        readable = bool(state.pages.sizes)
        of_document = offers(
            ("print", readable, self._print),
            ("save_copy", state.pages.file is not None, self._save),
            ("next_field", state.is_open and readable and bool(state.filling.left), self._go_on),
            ("sign", state.can_sign, self._sign),
            ("decline", state.is_open, self._decline),
            ("zoom_in", readable, viewer.zoom_in),
            ("zoom_out", readable, viewer.zoom_out),
            ("fit_width", readable, partial(viewer.set_zoom, None)),
        )
        talk = {id: partial(self._in_conversation, do) for id, do in self._talk.offers().items()}
        return {**talk, **of_document}

    def focus_search(self) -> None:
        self._pages.begin_search()

    def end(self) -> None:
        if self._window is not None:
            self._window.reject()
        self._pages.end()
        self._talk.end()
        self._talking.close()
        self._kept.close()
        self.presenter.close()

    def render_state(self, state: DocumentPageState) -> None:
        self._stack.setCurrentWidget(self._page_for(state))
        if state.phase is not Phase.READY:
            return
        self._head.show_state(state)
        self._notice.show_state(state)
        self._pages.show_state(state)
        self._side.show_state(state)
        if self._window is not None:
            self._window.take_state(state)
        self._tell_title()
        self.offers_changed.emit()

    def retranslate(self) -> None:
        self._head.retranslate()
        self._pages.retranslate()
        self._side.retranslate()
        self._talk.retranslate()
        self._gone.set_texts(
            _("This document is not here any more"), _("It was removed, or is no longer meant for you.")
        )
        self._to_list.setText(_("Show all documents"))
        self._again.setText(_("Try again"))
        self.render_state(self.presenter.state)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_room()

    def _build(self) -> None:
        self._head, self._notice = DocumentHead(), Notice()
        self._pages = PagesPlace(self._context, self.presenter)
        self._side = Side(self._talk)
        self._line = Divider(Qt.Orientation.Vertical)
        body = row()
        body.addWidget(self._pages, 1)
        body.addWidget(self._line)
        body.addWidget(self._side)
        self._ready = QWidget()
        whole = column(self._ready)
        whole.addWidget(self._head)
        whole.addWidget(self._notice)
        whole.addLayout(body, 1)
        self._loading = Skeleton("page", 8)
        self._gone = EmptyState("signature", tone="neutral")
        self._to_list = self._gone.add_button("", "secondary")
        self._failed = ErrorState()
        self._again = self._failed.add_button("", "primary", "refresh-cw")
        self._stack = QStackedWidget()
        for page in (self._loading, self._ready, self._gone, self._failed):
            self._stack.addWidget(page)
        column(self).addWidget(self._stack)

    def _connect(self) -> None:
        head, pages = self._head, self._pages
        head.zoom_chosen.connect(self.viewer.set_zoom)
        head.zoomed_in.connect(self.viewer.zoom_in)
        head.zoomed_out.connect(self.viewer.zoom_out)
        head.search_requested.connect(pages.begin_search)
        head.print_requested.connect(self._print)
        head.save_requested.connect(self._save)
        head.part_chosen.connect(self._show_part)
        head.sign_requested.connect(self._sign)
        head.decline_requested.connect(self._decline)
        self.viewer.zoomed.connect(self._show_zoom)
        self.viewer.sheets.form.answered.connect(self._answer)
        self.viewer.sheets.form.entered.connect(self._side.required.show_current)
        self.viewer.sheets.form.signature_requested.connect(self._sign)
        self._side.required.chosen.connect(self._go_to)
        self._side.linked.chosen.connect(self._talk.go_to)
        self._side.made.connect(self._order_stops)
        self._notice.retry_requested.connect(self.presenter.retry)
        self._notice.back_requested.connect(self.presenter.take_back)
        self._pause.timeout.connect(self.presenter.keep)
        self._to_list.clicked.connect(self._show_list)
        self._again.clicked.connect(self.presenter.try_again)
        theme().changed.connect(self._share_room)

    def _page_for(self, state: DocumentPageState) -> QWidget:
        match state.phase:
            case Phase.READY:
                return self._ready
            case Phase.GONE:
                return self._gone
            case Phase.FAILED:
                self._failed.set_texts(_("The document could not be opened"), str(state.error or ""))
                return self._failed
            case _:
                return self._loading

    def _tell_title(self) -> None:
        document = self.presenter.state.document
        if document is not None:
            self.titled.emit(called(document.type, document.number))

    def _render_talk(self, state: ItemState) -> None:
        self._talk.render_state(state)
        self._side.show_linked(state)
        self.offers_changed.emit()

    @Slot()
    def _share_room(self) -> None:
        """Side by side where there is room, else one after the other."""
        both = self.width() >= theme().scaled(_TWO_FROM)
        self._head.show_parts(not both)
        self._head.show_part(self._part)
        self._pages.setVisible(both or self._part == PAGES)
        self._side.setVisible(both or self._part == TALK)
        self._line.setVisible(both)
        self._side.set_alone(not both)
        if both:
            self._side.setFixedWidth(theme().scaled(_SIDE))
        else:
            self._side.setMinimumWidth(0)
            self._side.setMaximumWidth(self.width())

    @Slot(str)
    def _show_part(self, part: str) -> None:
        self._part = part
        self._share_room()

    def _in_conversation(self, do: Callable[[], object]) -> None:
        self._show_part(TALK)
        do()

    def _go_on(self) -> None:
        self._show_part(PAGES)
        self._pages.go_on()

    @Slot(int)
    def _show_zoom(self, percent: int) -> None:
        self._head.show_zoom(percent, fits=self.viewer.fits_width)

    @Slot(str, str)
    def _answer(self, name: str, value: str) -> None:
        self.presenter.answer(name, value)
        if not self._pause.isActive():  # whoever types without a pause loses no more than others
            self._pause.start()

    @Slot(list)
    def _order_stops(self, stops: list[QWidget]) -> None:
        """Made late, they would be the last ones that Tab reaches."""
        for first, second in pairwise([self.viewer.next, *stops]):
            QWidget.setTabOrder(first, second)

    @Slot(str)
    def _go_to(self, name: str) -> None:
        self._show_part(PAGES)
        self.viewer.go_to(name)

    @Slot()
    def _sign(self) -> None:
        self.presenter.keep()
        state, place = self.presenter.state, self.presenter.state.filling.form.place
        if not state.is_open or place is None or not state.pages.sizes:
            return
        page = self.viewer.pictures.picture(place.page) or QPixmap()
        window = SignatureWindow(self._context.workspace, self._kept, state, page, self)
        self._window = window
        window.marked.connect(self.presenter.take_mark)
        window.signed.connect(self._send)
        window.finished.connect(self._forget_window)
        window.finished.connect(self._go_on_reading)
        window.open()

    @Slot()
    def _send(self) -> None:
        self.presenter.sign(self._tell_signed)

    def _tell_signed(self) -> None:
        self._tell_sent(
            _("Signed. It is being sent."), _("Signed, will be sent as soon as there is a connection.")
        )

    def _tell_declined(self) -> None:
        self._tell_sent(
            _("Declined. The vendor is being told."),
            _("Declined, will be sent as soon as there is a connection."),
        )

    def _tell_sent(self, sent: str, waits: str) -> None:
        """What waits for a connection is said above the pages already: only who listens is told here."""
        link = self._context.workspace.sync.state(self._context.account.id).link
        if link in {Link.OFFLINE, Link.FAILING}:
            self._context.frame.announce(waits)
        else:
            self._context.frame.toast(sent)

    def _say_not_kept(self) -> None:
        text = _("This signature could not be kept for the next time.")
        self._context.frame.toast(text, tone="warning")

    @Slot()
    def _forget_window(self) -> None:
        if self._window is not None:
            self._window.deleteLater()
        self._window = None

    @Slot()
    def _go_on_reading(self) -> None:
        """What led to the answer is gone once it is given: the focus would go to the bar above."""
        if not self.presenter.state.is_open:
            self.viewer.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _decline(self) -> None:
        document = self.presenter.state.document
        if document is None:
            return
        window = DeclineWindow(document.title, self._context.profile.short_name, self)
        window.declined.connect(self._send_refusal)
        window.finished.connect(window.deleteLater)
        window.finished.connect(self._go_on_reading)
        window.open()

    @Slot(str)
    def _send_refusal(self, reason: str) -> None:
        self.presenter.decline(reason, self._tell_declined)

    @Slot()
    def _print(self) -> None:
        document = self.presenter.state.document
        if document is not None:
            self._pages.print_all(document.title)

    @Slot()
    def _save(self) -> None:
        attachment = self.presenter.state.pages.attachment
        if attachment is None:
            return
        dialog = FileDialog(self, _("Save as"))
        dialog.setAcceptMode(FileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(safe_name(attachment.name))
        dialog.fileSelected.connect(self._save_to)
        dialog.open()

    @Slot(str)
    def _save_to(self, target: str) -> None:
        self.presenter.save_copy(
            Path(target),
            lambda path: self._context.frame.toast(_("“{name}” saved").format(name=path.name)),
        )

    @Slot()
    def _show_list(self) -> None:
        self._context.frame.go(Route("documents"))
