"""One ticket with its conversation and all that can be done with it, beside the list and on its own page."""

from functools import partial

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QCursor, QDragEnterEvent, QDropEvent, QEnterEvent, QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from supportdesk.app import ticket_words
from supportdesk.app.screens import Route
from supportdesk.app.ticket import Phase, TicketPresenter, TicketState
from supportdesk.domain.entities import Attachment, Role
from supportdesk.domain.projections import PendingMessage
from supportdesk.domain.status import Stage
from supportdesk.i18n import _
from supportdesk.ui.picture_files import without_hidden_data
from supportdesk.ui.screen import ScreenContext
from supportdesk.ui.theme import theme
from supportdesk.ui.ticket.conversation_view import ConversationView
from supportdesk.ui.ticket.delivery_card import DeliveryCard
from supportdesk.ui.ticket.file_picker import FilePicker
from supportdesk.ui.ticket.file_saver import FileSaver, open_outside
from supportdesk.ui.ticket.head import TicketHead
from supportdesk.ui.ticket.pictures import Pictures
from supportdesk.ui.ticket.properties import Properties
from supportdesk.ui.ticket.question_bar import QuestionBar
from supportdesk.ui.ticket.reply_box import ReplyBox
from supportdesk.ui.ticket.solution_card import SolutionCard
from supportdesk.ui.widgets.divider import Divider
from supportdesk.ui.widgets.empty_state import EmptyState, ErrorState
from supportdesk.ui.widgets.foot import mark_as_foot
from supportdesk.ui.widgets.layouts import column, row
from supportdesk.ui.widgets.skeleton import Skeleton

_COLUMN_FROM = 1000
"""The properties have their own column from this width on."""
SEEN_MS = 1000
"""So long a ticket is before the person's eyes until it counts as read."""
_LITTLE_HEIGHT = 420
_FOLD_SHARE = 0.35
"""Of the height, for the unfolded properties."""


class TicketPane(QWidget):
    """`titled` carries what the breadcrumb says of the shown ticket."""

    titled = Signal(str)

    def __init__(self, context: ScreenContext, *, own_page: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._own_page = own_page
        self._head_inside = False
        self._told = ""
        self._looked_at = True
        self._pointer_before = QPoint()
        self._pictures = Pictures(context.workspace, self)
        self._seen = QTimer(self)
        self._seen.setSingleShot(True)
        self._seen.setInterval(SEEN_MS)
        self.presenter = TicketPresenter(
            context.workspace, partial(open_outside, context), without_hidden_data
        )
        self._saver = FileSaver(context, self.presenter, self)
        self._picker = FilePicker(
            context.workspace, self.presenter.add_paths, self.presenter.add_picture, self
        )
        self._build()
        self._connect()
        self.retranslate()
        self.presenter.show_to(self.render_state)

    def open(self, account_id: str, ticket_id: str, *, offered: bool = False) -> None:
        """An `offered` ticket was not asked for: it stays unread until the person turns to it."""
        self._looked_at = not offered
        self._pointer_before = QCursor.pos()
        self._reply.flush()
        self._question.dismiss()
        self.presenter.open(account_id, ticket_id)
        self.tell_title()

    def look(self) -> None:
        """The person turns to what stands here."""
        if not self._looked_at:
            self._looked_at = True
            self._begin_to_see()

    def clear(self) -> None:
        self._reply.flush()
        self.presenter.close_ticket_view()

    def close_presenter(self) -> None:
        self._reply.flush()
        self._seen.stop()
        self.presenter.close()
        self._saver.close()
        self._picker.close()
        self._pictures.forget()

    def focus_reply(self) -> None:
        self._reply.focus_text()

    def ask_for_files(self) -> None:
        self._picker.ask()

    # What is shown

    def render_state(self, state: TicketState) -> None:
        self._stack.setCurrentWidget(self._page_of(state))
        if state.phase is Phase.READY and state.view is not None:
            self._render_ticket(state)
        if state.error is not None and state.phase is Phase.FAILED:
            self._failed.set_texts(_("The ticket could not be opened"), f"{state.error} {state.error.safe}")
            self._failed.set_details(f"{state.error.code}: {state.error}")

    def _tell_trouble(self, state: TicketState) -> None:
        """Each trouble once, when it is new."""
        trouble = state.files.problem or (str(state.error) if state.error else "")
        if trouble and trouble != self._told:
            self._context.frame.toast(trouble, tone="danger")
        self._told = trouble

    def _page_of(self, state: TicketState) -> QWidget:
        pages: dict[Phase, QWidget] = {
            Phase.NONE: self._none,
            Phase.LOADING: self._loading,
            Phase.GONE: self._gone,
            Phase.FAILED: self._failed,
        }
        return pages.get(state.phase, self._ticket)

    def _render_ticket(self, state: TicketState) -> None:
        self._head.render_state(state)
        self._conversation.render_state(state)
        self._solution.render_state(state)
        self._deliveries.render_state(state)
        for properties in (self._properties, self._fold):
            properties.render_state(state)
        writable = state.offers.reply
        self._reply_part.setVisible(writable)
        self._reply.render_state(state.reply, self._reader_name(state), state.limits)
        if state.files.asking is not None:
            self._ask_to_open(state.files.asking)
        self._tell_trouble(state)
        self._begin_to_see()
        self.tell_title()

    def _begin_to_see(self) -> None:
        view = self.presenter.state.view
        unread = view is not None and view.row.unread
        if unread and self._looked_at and not self._seen.isActive():
            self._seen.start()

    def tell_title(self) -> None:
        """Also of a ticket that stood here before: where it is shown has forgotten it meanwhile."""
        view = self.presenter.state.view
        if view is not None:
            self.titled.emit(f"#{view.row.number}" if view.row.number else view.row.subject)

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

    def enterEvent(self, event: QEnterEvent) -> None:
        """A pointer that was here before the ticket came says nothing."""
        super().enterEvent(event)
        if QCursor.pos() != self._pointer_before:
            self.look()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._reply_part.isVisible() and any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self._picker.add_files([url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()])
        event.acceptProposedAction()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        space = theme().space
        wide = self.width() >= max(_COLUMN_FROM, theme().scaled(_COLUMN_FROM))
        self._side.setVisible(wide)
        self._head.set_compact(not wide)
        self._place_head()
        self._fold.setVisible(not wide and self._head.details_shown)
        self._fold.set_highest(max(theme().height.table_row, round(self.height() * _FOLD_SHARE)))
        left = space.page_margin if self._own_page else space.xl
        narrow = self.width() < 800 and self._own_page
        left, right = (
            (space.page_margin_narrow, space.page_margin_narrow) if narrow else (left, space.page_margin)
        )
        if self.isRightToLeft():
            left, right = right, left
        self._conversation.set_margins(left, right)
        self._head.set_margins(left, right)
        self._reply_line.setContentsMargins(left, space.m, right, 20)

    def _place_head(self) -> None:
        """Above the conversation, or inside it where the height is needed for reading and writing."""
        inside = self.height() < theme().scaled(_LITTLE_HEIGHT)
        if inside != self._head_inside:
            self._head_inside = inside
            if inside:
                self._conversation.take_head(self._head)
            else:
                self._main.insertWidget(0, self._head)

    # How it is made

    def _build(self) -> None:
        profile = self._context.profile
        self._head = TicketHead(profile, own_page=self._own_page)
        self._fold = Properties(profile, self._pictures, folded=True)
        self._properties = Properties(profile, self._pictures, folded=False)
        self._conversation = ConversationView(profile, self._pictures, self._context.workspace.blobs.path)
        self._solution = SolutionCard()
        self._deliveries = DeliveryCard(profile.short_name)
        self._question = QuestionBar()
        self._reply = ReplyBox()
        self._conversation.set_tail(self._solution)
        self._conversation.set_tail(self._deliveries)
        self.setAcceptDrops(True)
        self._build_pages()

    def _build_pages(self) -> None:
        self._ticket = QWidget()
        main = QWidget()
        self._main = stack = column(main)
        self._reply_part = QWidget()
        mark_as_foot(self._reply_part)
        self._reply_line = reply = column(self._reply_part, gap=theme().space.m)
        reply.addWidget(self._question)
        reply.addWidget(self._reply)
        self._head.add_fold(self._fold)
        for widget, stretch in ((self._head, 0), (self._conversation, 1), (self._reply_part, 0)):
            stack.addWidget(widget, stretch)
        self._side = QWidget()
        side = row(self._side)
        side.addWidget(Divider(Qt.Orientation.Vertical))
        side.addWidget(self._properties)
        both = row(self._ticket)
        both.addWidget(main, 1)
        both.addWidget(self._side)
        self._side.hide()
        self._none = EmptyState("inbox")
        self._loading = Skeleton("text", 8)
        self._gone = EmptyState("inbox", tone="neutral")
        self._failed = ErrorState()
        self._stack = QStackedWidget()
        for page in (self._none, self._loading, self._gone, self._failed, self._ticket):
            self._stack.addWidget(page)
        column(self).addWidget(self._stack)

    def _connect(self) -> None:
        self._seen.timeout.connect(self._is_seen)
        QApplication.instance().focusChanged.connect(self._follow_focus)  # type: ignore[union-attr]
        self._connect_head()
        self._connect_conversation()
        self._connect_reply()
        for properties in (self._properties, self._fold):
            properties.copy_number_requested.connect(self._copy_number)
            properties.close_requested.connect(self._ask_to_close)
            properties.reopen_requested.connect(self._reopen)
            properties.log_requested.connect(self._show_log)
            properties.save_all_requested.connect(self._saver.save_all)
            properties.files.open_requested.connect(self.presenter.open_file)
            properties.files.save_requested.connect(self._saver.save)
            properties.files.copy_requested.connect(self._saver.copy_picture)

    def _connect_head(self) -> None:
        self._head.copy_number_requested.connect(self._copy_number)
        self._head.copy_link_requested.connect(self._copy_link)
        self._head.page_requested.connect(self._open_page)
        self._head.details_toggled.connect(self._arrange)
        self._head.close_requested.connect(self._ask_to_close)
        self._head.reopen_requested.connect(self._reopen)
        self._head.log_requested.connect(self._show_log)
        self._head.add_files_requested.connect(self.ask_for_files)
        self._head.save_all_requested.connect(self._saver.save_all)

    def _connect_conversation(self) -> None:
        self._conversation.file_open_requested.connect(self.presenter.open_file)
        self._conversation.file_save_requested.connect(self._saver.save)
        self._conversation.file_copy_requested.connect(self._saver.copy_picture)
        self._conversation.link_requested.connect(self._context.frame.open_link)
        self._conversation.edit_requested.connect(self.presenter.edit)
        self._conversation.retry_requested.connect(self._retry)
        self._conversation.log_requested.connect(self._show_log)
        self._deliveries.retry_requested.connect(self.presenter.retry)
        self._deliveries.withdraw_requested.connect(self._withdraw)
        self._solution.rated.connect(self._rate)
        self._solution.reopen_requested.connect(self._reopen)

    def _connect_reply(self) -> None:
        self._reply.written.connect(self.presenter.write)
        self._reply.keep_requested.connect(self.presenter.keep)
        self._reply.files_added.connect(self._picker.add_files)
        self._reply.image_added.connect(self._picker.add_image)
        self._reply.file_removed.connect(self.presenter.remove_file)
        self._reply.attach_requested.connect(self.ask_for_files)
        self._reply.capture_requested.connect(self._capture)
        self._reply.send_requested.connect(self._send)

    # What the person does

    def _send(self) -> None:
        self._reply.focus_text()  # the button cannot keep the focus while it is busy
        self.presenter.send_reply(self._sent)

    def _sent(self) -> None:
        self._conversation.scroll_to_end()
        self._context.frame.announce(_("Saved. It is being sent."))

    def _capture(self) -> None:
        self._context.frame.capture(self.presenter.add_picture)

    def _follow_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self.isAncestorOf(now):
            self.look()

    def _is_seen(self) -> None:
        if self.isVisible():
            self.presenter.seen()

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
        view = self.presenter.state.view
        if view is not None:
            link = ticket_words.link_to(view.row, self._context.profile.id)
            QGuiApplication.clipboard().setText(link)
            self._context.frame.toast(_("Link copied"))

    def _open_page(self) -> None:
        account_id, ticket_id = self.presenter.key
        self._reply.flush()
        self._context.frame.go(Route("ticket", {"ticket_id": ticket_id, "account_id": account_id}))

    def _reopen(self) -> None:
        self._context.frame.go(Route("reopen", {"ticket_id": self.presenter.key[1]}))

    def _ask_to_close(self) -> None:
        view = self.presenter.state.view
        if view is None:
            return
        text = _("Close this ticket? {vendor} stops working on it.").format(
            vendor=self._context.profile.short_name
        )
        self._reply_part.show()
        self._question.ask(text, _("Keep it open"), _("Close ticket"), self.presenter.end_ticket)

    def _ask_to_open(self, attachment: Attachment) -> None:
        if self._question.is_asking(attachment.id):
            return
        text = _("“{name}” could start a program. Open it only if you expected it.").format(
            name=attachment.name
        )
        self._reply_part.show()
        self._question.ask(
            text,
            _("Do not open"),
            _("Open"),
            partial(self.presenter.agree_to_open, True),
            no=partial(self.presenter.agree_to_open, False),
            key=attachment.id,
        )

    def _show_log(self) -> None:
        self._deliveries.show_all()
        self._conversation.ensure_shown(self._deliveries)

    @staticmethod
    def _reader_name(state: TicketState) -> str:
        """Who will read the answer: the last of the staff who wrote, else who handles it."""
        view = state.view
        if view is None or view.row.stage is Stage.OUTBOX:
            return ""
        staff = [message.author_name for message in view.messages if message.author_role is Role.STAFF]
        return staff[-1] if staff else view.row.assignee_name
