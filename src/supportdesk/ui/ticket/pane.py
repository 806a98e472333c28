"""One ticket with its conversation and all that can be done with it, beside the list and on its own page."""

from functools import partial

from PySide6.QtCore import QCoreApplication, QEvent, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QStackedWidget, QWidget

from supportdesk.app import ticket_words
from supportdesk.app.screens import Route
from supportdesk.app.ticket import TicketPresenter
from supportdesk.app.ticket_state import Phase, TicketState
from supportdesk.domain.entities import Attachment
from supportdesk.domain.projections import PendingMessage
from supportdesk.i18n import _
from supportdesk.ui.screen import ScreenContext
from supportdesk.ui.ticket.attention import Attention
from supportdesk.ui.ticket.file_picker import FilePicker
from supportdesk.ui.ticket.file_saver import FileSaver, open_outside
from supportdesk.ui.ticket.pictures import Pictures
from supportdesk.ui.ticket.ticket_page import TicketPage
from supportdesk.ui.widgets.empty_state import EmptyState, ErrorState
from supportdesk.ui.widgets.layouts import column
from supportdesk.ui.widgets.skeleton import Skeleton


class TicketPane(QWidget):
    """`titled` carries what the breadcrumb says of the shown ticket."""

    titled = Signal(str)

    def __init__(self, context: ScreenContext, *, own_page: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._told = ""
        self._pictures = Pictures(context.workspace, self)
        self._attention = Attention(self)
        self.presenter = TicketPresenter(context.workspace, partial(open_outside, context))
        self._saver = FileSaver(context, self.presenter, self)
        self._picker = FilePicker(
            context.workspace, self.presenter.add_paths, self.presenter.add_picture, self
        )
        self._build(own_page=own_page)
        self._connect()
        self.retranslate()
        self.presenter.show_to(self.render_state)

    def open(self, account_id: str, ticket_id: str, *, offered: bool = False) -> None:
        """An `offered` ticket was not asked for: it stays unread until the person turns to it."""
        self._attention.begin(offered=offered)
        self._page.reply.flush()
        self._page.question.dismiss()
        self.presenter.open(account_id, ticket_id)
        self._watch()
        self.tell_title()

    def look(self) -> None:
        """The person turns to what stands here."""
        self._attention.look()

    def clear(self) -> None:
        self._page.reply.flush()
        self.presenter.close_ticket_view()

    def close_presenter(self) -> None:
        self._page.reply.flush()
        self._attention.end()
        self.presenter.close()
        self._saver.close()
        self._picker.close()
        self._pictures.forget()

    def focus_reply(self) -> None:
        self._page.reply.focus_text()

    def ask_for_files(self) -> None:
        self._picker.ask()

    def tell_title(self) -> None:
        """Also of a ticket that stood here before: where it is shown has forgotten it meanwhile."""
        view = self.presenter.state.view
        if view is not None:
            self.titled.emit(f"#{view.row.number}" if view.row.number else view.row.subject)

    # What is shown

    def render_state(self, state: TicketState) -> None:
        self._stack.setCurrentWidget(self._page_of(state.phase))
        if state.phase is Phase.READY:
            self._page.render_state(state)
            _lay_out_now()
            if state.files.asking is not None:
                self._ask_to_open(state.files.asking)
            self._tell_trouble(state)
            self._watch()
            self.tell_title()
        elif state.phase is Phase.FAILED and state.error is not None:
            self._failed.set_texts(_("The ticket could not be opened"), f"{state.error} {state.error.safe}")
            self._failed.set_details(f"{state.error.code}: {state.error}")

    def _page_of(self, phase: Phase) -> QWidget:
        return {
            Phase.NONE: self._none,
            Phase.LOADING: self._loading,
            Phase.GONE: self._gone,
            Phase.FAILED: self._failed,
            Phase.READY: self._page,
        }[phase]

    def _tell_trouble(self, state: TicketState) -> None:
        """Each trouble once, when it is new."""
        trouble = state.files.problem or (str(state.error) if state.error else "")
        if trouble and trouble != self._told:
            self._context.frame.toast(trouble, tone="danger")
        self._told = trouble

    def _watch(self) -> None:
        view = self.presenter.state.view
        self._attention.set_unread(view is not None and view.row.unread)

    def retranslate(self) -> None:
        self.setAccessibleName(_("Ticket"))
        self._none.set_texts(_("Choose a ticket"), _("Its conversation appears here."))
        self._gone.set_texts(
            _("This ticket is not there"),
            _("It was removed, or you have no access to it."),
        )
        if self.presenter.state.view is not None:
            self.render_state(self.presenter.state)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._page.reply.isVisible() and any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self._picker.add_files([url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()])
        event.acceptProposedAction()

    # How it is made

    def _build(self, *, own_page: bool) -> None:
        self._page = TicketPage(self._pictures, self._context.workspace.blobs.path, own_page=own_page)
        self._none = EmptyState("inbox")
        self._loading = Skeleton("text", 8)
        self._gone = EmptyState("inbox", tone="neutral")
        self._failed = ErrorState()
        self._stack = QStackedWidget()
        for page in (self._none, self._loading, self._gone, self._failed, self._page):
            self._stack.addWidget(page)
        column(self).addWidget(self._stack)
        self.setAcceptDrops(True)

    def _connect(self) -> None:
        self._attention.seen.connect(self.presenter.seen)
        self._connect_head()
        self._connect_conversation()
        self._connect_reply()
        for properties in (self._page.properties, self._page.fold):
            properties.copy_number_requested.connect(self._copy_number)
            properties.close_requested.connect(self._ask_to_close)
            properties.reopen_requested.connect(self._reopen)
            properties.log_requested.connect(self._page.show_log)
            properties.save_all_requested.connect(self._saver.save_all)
            properties.files.open_requested.connect(self.presenter.open_file)
            properties.files.save_requested.connect(self._saver.save)
            properties.files.copy_requested.connect(self._saver.copy_picture)

    def _connect_head(self) -> None:
        head = self._page.head
        head.copy_number_requested.connect(self._copy_number)
        head.copy_link_requested.connect(self._copy_link)
        head.page_requested.connect(self._open_page)
        head.close_requested.connect(self._ask_to_close)
        head.reopen_requested.connect(self._reopen)
        head.log_requested.connect(self._page.show_log)
        head.add_files_requested.connect(self.ask_for_files)
        head.save_all_requested.connect(self._saver.save_all)

    def _connect_conversation(self) -> None:
        conversation, deliveries, solution = (
            self._page.conversation,
            self._page.deliveries,
            self._page.solution,
        )
        conversation.file_open_requested.connect(self.presenter.open_file)
        conversation.file_save_requested.connect(self._saver.save)
        conversation.file_copy_requested.connect(self._saver.copy_picture)
        conversation.link_requested.connect(self._context.frame.open_link)
        conversation.edit_requested.connect(self.presenter.edit)
        conversation.retry_requested.connect(self._retry)
        conversation.log_requested.connect(self._page.show_log)
        deliveries.retry_requested.connect(self.presenter.retry)
        deliveries.withdraw_requested.connect(self._withdraw)
        deliveries.way_out.retry_requested.connect(self.presenter.connect_again)
        deliveries.way_out.sign_in_requested.connect(self._context.frame.sign_in)
        solution.rated.connect(self._rate)
        solution.reopen_requested.connect(self._reopen)

    def _connect_reply(self) -> None:
        reply = self._page.reply
        reply.written.connect(self.presenter.write)
        reply.keep_requested.connect(self.presenter.keep)
        reply.files_added.connect(self._picker.add_files)
        reply.image_added.connect(self._picker.add_image)
        reply.file_removed.connect(self.presenter.remove_file)
        reply.attach_requested.connect(self.ask_for_files)
        reply.capture_requested.connect(self._capture)
        reply.send_requested.connect(self._send)

    # What the person does

    def _send(self) -> None:
        self._page.reply.focus_text()  # the button cannot keep the focus while it is busy
        self.presenter.send_reply(self._sent)

    def _sent(self) -> None:
        self._page.conversation.scroll_to_end()
        self._context.frame.announce(_("Saved. It is being sent."))

    def _capture(self) -> None:
        self._context.frame.capture(self.presenter.add_picture)

    def _retry(self, message: PendingMessage) -> None:
        self.presenter.retry(message.command_id)

    def _withdraw(self, command_id: str) -> None:
        """A report that is taken back is a draft again, and goes on in its form."""
        draft = Route("report", {"draft_id": command_id})
        is_report = command_id == self.presenter.key[1]
        self.presenter.withdraw(command_id, partial(self._context.frame.go, draft) if is_report else None)

    def _rate(self, helpful: bool, comment: str) -> None:
        self.presenter.rate(helpful, comment)
        self._context.frame.toast(_("Thank you for your answer."))

    def _copy_number(self) -> None:
        view = self.presenter.state.view
        if view is not None:
            QGuiApplication.clipboard().setText(view.row.number)
            self._context.frame.toast(_("#{number} copied").format(number=view.row.number))

    def _copy_link(self) -> None:
        view, vendor = self.presenter.state.view, self.presenter.state.vendor
        if view is not None and vendor is not None:
            QGuiApplication.clipboard().setText(ticket_words.link_to(view.row, vendor.profile.id))
            self._context.frame.toast(_("Link copied"))

    def _open_page(self) -> None:
        self._page.reply.flush()
        self._context.frame.go(Route("ticket", self._arguments()))

    def _reopen(self) -> None:
        self._context.frame.go(Route("reopen", self._arguments()))

    def _arguments(self) -> dict[str, str]:
        account_id, ticket_id = self.presenter.key
        return {"ticket_id": ticket_id, "account_id": account_id}

    def _ask_to_close(self) -> None:
        vendor = self.presenter.state.vendor
        if vendor is not None:
            text = _("Close this ticket? {vendor} stops working on it.").format(
                vendor=vendor.profile.short_name
            )
            self._page.ask(text, _("Keep it open"), _("Close ticket"), self.presenter.end_ticket)

    def _ask_to_open(self, attachment: Attachment) -> None:
        if self._page.question.is_asking(attachment.id):
            return
        text = _("“{name}” could start a program. Open it only if you expected it.").format(
            name=attachment.name
        )
        self._page.ask(
            text,
            _("Do not open"),
            _("Open"),
            partial(self.presenter.agree_to_open, True),
            no=partial(self.presenter.agree_to_open, False),
            key=attachment.id,
        )


def _lay_out_now() -> None:
    """Qt lays out in turns: on a slow computer labels would be painted on top of one another between them."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
