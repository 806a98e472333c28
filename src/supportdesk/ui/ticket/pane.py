"""One ticket with its conversation and all that can be done with it, beside the list and on its own page."""

from functools import partial

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QStackedWidget, QWidget

from supportdesk.app.conversation_state import Phase
from supportdesk.app.links import link_to
from supportdesk.app.screens import Route
from supportdesk.app.ticket import TicketPresenter
from supportdesk.app.ticket_state import TicketState
from supportdesk.i18n import _
from supportdesk.ui.conversation.file_saver import open_outside
from supportdesk.ui.conversation.pane import ConversationPane
from supportdesk.ui.screen import Offers, ScreenContext, offers
from supportdesk.ui.ticket.ticket_page import TicketPage
from supportdesk.ui.widgets.empty_state import EmptyState, ErrorState
from supportdesk.ui.widgets.layouts import column
from supportdesk.ui.widgets.skeleton import Skeleton


class TicketPane(QWidget):
    """`titled` carries what the breadcrumb says of the shown ticket."""

    titled = Signal(str)
    offers_changed = Signal()

    def __init__(self, context: ScreenContext, *, own_page: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._own_page = context, own_page
        self.presenter = TicketPresenter(context.workspace, partial(open_outside, context))
        self.conversation = ConversationPane(context, self.presenter, headed=False, watched=self)
        self._build()
        self._connect()
        self.retranslate()
        self.presenter.show_to(self.render_state)

    def open(self, account_id: str, ticket_id: str, *, offered: bool = False) -> None:
        """An `offered` ticket was not asked for: it stays unread until the person turns to it."""
        self.conversation.open(account_id, ticket_id, offered=offered)
        self.tell_title()

    def look(self) -> None:
        """The person turns to what stands here."""
        self.conversation.look()

    def clear(self) -> None:
        self.conversation.clear()

    def close_presenter(self) -> None:
        self.conversation.end()
        self.presenter.close()

    def focus_reply(self) -> None:
        self.conversation.focus_reply()

    def ask_for_files(self) -> None:
        self.conversation.ask_for_files()

    def tell_title(self) -> None:
        """Also of a ticket that stood here before: where it is shown has forgotten it meanwhile."""
        view = self.presenter.state.view
        if view is not None:
            self.titled.emit(f"#{view.row.number}" if view.row.number else view.row.subject)

    def offers(self) -> Offers:
        """What can be done now with the ticket that stands here."""
        state, view = self.presenter.state, self.presenter.state.view
        if state.phase is not Phase.READY or view is None:
            return {}
        of_ticket = offers(
            ("save_files", bool(view.attachments), self.conversation.saver.save_all),
            ("copy_number", bool(view.row.number), self._copy_number),
            ("copy_link", bool(view.row.number), self._copy_link),
            ("own_page", not self._own_page, self._open_page),
            ("close_ticket", state.offers.close, self._ask_to_close),
            ("reopen_here", state.offers.reopen, self._reopen),
            ("rate", state.offers.rate, self._turn_to_rating),
        )
        return {**self.conversation.offers(), **of_ticket}

    # What is shown

    def render_state(self, state: TicketState) -> None:
        self._stack.setCurrentWidget(self._page_of(state.phase))
        if state.phase is Phase.READY:
            self._page.render_state(state)
            self.tell_title()
        elif state.phase is Phase.FAILED and state.error is not None:
            self._failed.set_texts(_("The ticket could not be opened"), f"{state.error} {state.error.safe}")
            self._failed.set_details(f"{state.error.code}: {state.error}")
        self.offers_changed.emit()

    def _page_of(self, phase: Phase) -> QWidget:
        return {
            Phase.NONE: self._none,
            Phase.LOADING: self._loading,
            Phase.GONE: self._gone,
            Phase.FAILED: self._failed,
            Phase.READY: self._page,
        }[phase]

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

    # How it is made

    def _build(self) -> None:
        self._page = TicketPage(self.conversation, own_page=self._own_page)
        self._none = EmptyState("inbox")
        self._loading = Skeleton("page", 8)
        self._gone = EmptyState("inbox", tone="neutral")
        self._failed = ErrorState()
        self._stack = QStackedWidget()
        for page in (self._none, self._loading, self._gone, self._failed, self._page):
            self._stack.addWidget(page)
        column(self).addWidget(self._stack)

    def _connect(self) -> None:
        self._connect_head()
        self.conversation.withdrawn.connect(self._continue_draft)
        self._page.solution.rated.connect(self._rate)
        self._page.solution.reopen_requested.connect(self._reopen)
        for properties in (self._page.properties, self._page.fold):
            properties.copy_number_requested.connect(self._copy_number)
            properties.close_requested.connect(self._ask_to_close)
            properties.reopen_requested.connect(self._reopen)
            properties.log_requested.connect(self.conversation.show_log)
            properties.save_all_requested.connect(self.conversation.saver.save_all)
            properties.linked.chosen.connect(self.conversation.go_to)
            properties.files.open_requested.connect(self.presenter.open_file)
            properties.files.save_requested.connect(self.conversation.saver.save)
            properties.files.copy_requested.connect(self.conversation.saver.copy_picture)

    def _connect_head(self) -> None:
        head = self._page.head
        head.copy_number_requested.connect(self._copy_number)
        head.copy_link_requested.connect(self._copy_link)
        head.page_requested.connect(self._open_page)
        head.close_requested.connect(self._ask_to_close)
        head.reopen_requested.connect(self._reopen)
        head.log_requested.connect(self.conversation.show_log)
        head.add_files_requested.connect(self.ask_for_files)
        head.save_all_requested.connect(self.conversation.saver.save_all)

    # What the person does

    def _continue_draft(self, draft_id: str) -> None:
        """A report that is taken back is a draft again, and goes on in its form."""
        self._context.frame.go(Route("report", {"draft_id": draft_id}))

    def _rate(self, helpful: bool, comment: str) -> None:
        self.presenter.rate(helpful, comment)
        self._context.frame.toast(_("Thank you for your answer."))

    def _turn_to_rating(self) -> None:
        self.conversation.view.ensure_shown(self._page.solution)
        self._page.solution.focus_first()

    def _copy_number(self) -> None:
        view = self.presenter.state.view
        if view is not None:
            QGuiApplication.clipboard().setText(view.row.number)
            self._context.frame.toast(_("#{number} copied").format(number=view.row.number))

    def _copy_link(self) -> None:
        view, vendor = self.presenter.state.view, self.presenter.state.vendor
        if view is not None and vendor is not None:
            link = link_to("ticket", view.row.number, vendor.profile.id)
            QGuiApplication.clipboard().setText(link)
            self._context.frame.toast(_("Link copied"))

    def _open_page(self) -> None:
        self.conversation.reply.flush()
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
            self.conversation.ask(text, _("Keep it open"), _("Close ticket"), self.presenter.end_ticket)
