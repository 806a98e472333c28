"""A conversation with all that can be done in it: beside what it is about, or under its head."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QCoreApplication, QEvent, Signal, Slot
from PySide6.QtWidgets import QWidget

from supportdesk.app.conversation_presenter import ConversationPresenter
from supportdesk.app.conversation_state import ConversationState, ItemState, Phase
from supportdesk.app.screens import Route
from supportdesk.app.ticket_state import TicketState
from supportdesk.domain.entities import Attachment, ConversationKind
from supportdesk.domain.projections import PendingMessage
from supportdesk.i18n import _
from supportdesk.ui.conversation.attention import Attention
from supportdesk.ui.conversation.conversation_view import ConversationView
from supportdesk.ui.conversation.delivery_card import DeliveryCard
from supportdesk.ui.conversation.file_drop import FileDrop
from supportdesk.ui.conversation.file_picker import FilePicker
from supportdesk.ui.conversation.file_saver import FileSaver
from supportdesk.ui.conversation.pictures import Pictures
from supportdesk.ui.conversation.question_bar import QuestionBar
from supportdesk.ui.conversation.reply_box import ReplyBox
from supportdesk.ui.conversation.talk_head import TalkHead
from supportdesk.ui.screen import Offers, ScreenContext, offers
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.foot import mark_as_foot
from supportdesk.ui.widgets.layouts import column

_BELOW_REPLY = 20

AnyConversation = ConversationPresenter[TicketState] | ConversationPresenter[ItemState]


class ConversationPane(QWidget):
    """The owner of `presenter` hands its states on to `render_state`; this tells it what the person does.

    `watched` is what has to be before the person's eyes for the conversation to count as read, and where
    files can be dropped; by default the pane itself. `headed` shows title, assigned person and time above.
    """

    withdrawn = Signal(str)
    """What the conversation is about was taken back before it was sent, and is a draft with this id again."""

    def __init__(
        self,
        context: ScreenContext,
        presenter: AnyConversation,
        *,
        headed: bool = True,
        watched: QWidget | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._presenter = presenter
        self._told = ""
        self._writable = False
        self._shown: ConversationState | None = None
        self.pictures = Pictures(context.workspace, self)
        self.saver = FileSaver(context, presenter, self)
        self._picker = FilePicker(context.workspace, presenter.add_paths, presenter.add_picture, self)
        self._attention = Attention(watched or self)
        self._build()
        self._head.setVisible(headed)
        self._connect()
        FileDrop(watched or self, lambda: self._writable, self._picker.add_files)

    # Which one

    def open(self, account_id: str, conversation_id: str, *, offered: bool = False) -> None:
        """One that is only `offered` was not asked for: it stays unread until the person turns to it."""
        self._attention.begin(offered=offered)
        self.reply.flush()
        self.question.dismiss()
        self._presenter.open(account_id, conversation_id)
        self._watch()

    def look(self) -> None:
        """The person turns to what stands here."""
        self._attention.look()

    def clear(self) -> None:
        self.reply.flush()
        self._presenter.clear()

    def end(self) -> None:
        """Keeps what is typed; the owner closes the presenter afterwards."""
        self.reply.flush()
        self._attention.end()
        self.saver.close()
        self._picker.close()
        self.pictures.close()

    # What is shown

    def render_state(self, state: ConversationState) -> None:
        if state.phase is not Phase.READY or state.view is None or state.vendor is None:
            return
        self.reply.render_state(state.reply, _prompt(state), state.vendor.capabilities.limits)
        if not self._shows_more(state):
            return
        for part in (self._head, self.view, self.deliveries):
            part.render_state(state)
        self._writable = state.can_reply
        self._show_foot()
        _lay_out_now()
        if state.files.asking is not None:
            self._ask_to_open(state.files.asking)
        self._tell_trouble(state)
        self._watch()

    def retranslate(self) -> None:
        self._shown = None
        self.render_state(self._presenter.state)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def ask(
        self,
        text: str,
        no_text: str,
        yes_text: str,
        yes: Callable[[], None],
        *,
        no: Callable[[], None] | None = None,
        key: str = "",
    ) -> None:
        """In place, as `QuestionBar` does, also where nothing can be written."""
        self._foot.show()
        self.question.ask(text, no_text, yes_text, yes, no=no, key=key)

    def show_log(self) -> None:
        self.deliveries.show_all()
        self.view.ensure_shown(self.deliveries)

    def add_tail(self, widget: QWidget) -> None:
        """Something that stands below the last entry, above the delivery log."""
        self.view.add_tail(widget, before=self.deliveries)

    def set_margins(self, left: int, right: int) -> None:
        self._head.set_margins(left, right)
        self.view.set_margins(left, right)
        self._foot_line.setContentsMargins(left, theme().space.m, right, _BELOW_REPLY)

    def offers(self) -> Offers:
        state = self._presenter.state
        if state.phase is not Phase.READY:
            return {}
        return offers(
            ("answer", state.can_reply, self.focus_reply),
            ("send_reply", state.can_reply and self.reply.can_send, self.reply.ask_to_send),
            ("add_files", state.can_add_files, self.ask_for_files),
            ("log_here", bool(state.deliveries) and state.is_known_to_vendor, self.show_log),
        )

    # What the person does

    def focus_reply(self) -> None:
        self.reply.focus_text()

    def go_to(self, kind: str, id: str) -> None:
        """Something that it is linked with."""
        self.reply.flush()
        self._context.frame.go(Route(kind, {f"{kind}_id": id, "account_id": self._presenter.key[0]}))

    def ask_for_files(self) -> None:
        self._picker.ask()

    def _build(self) -> None:
        self._head = TalkHead()
        self.view = ConversationView(self.pictures, self._context.workspace.blobs.path)
        self.deliveries = DeliveryCard()
        self.question = QuestionBar()
        self.reply = ReplyBox(self._context.frame.cameras)
        self._foot = QWidget()
        mark_as_foot(self._foot)
        self._foot_line = column(self._foot, gap=theme().space.m)
        self._foot_line.addWidget(self.question)
        self._foot_line.addWidget(self.reply)
        self.view.add_tail(self.deliveries)
        whole = column(self)
        for widget, stretch in ((self._head, 0), (self.view, 1), (self._foot, 0)):
            whole.addWidget(widget, stretch)
        self.set_margins(theme().space.xl, theme().space.xl)

    def _connect(self) -> None:
        self._attention.seen.connect(self._presenter.seen)
        self.question.answered.connect(self._show_foot)
        self._connect_view()
        self._connect_reply()
        self.deliveries.retry_requested.connect(self._presenter.retry)
        self.deliveries.withdraw_requested.connect(self._withdraw)
        self.deliveries.way_out.retry_requested.connect(self._presenter.connect_again)
        self.deliveries.way_out.sign_in_requested.connect(self._context.frame.sign_in)

    def _connect_view(self) -> None:
        view = self.view
        view.verticalScrollBar().valueChanged.connect(self._edge_head)
        view.file_open_requested.connect(self._presenter.open_file)
        view.file_save_requested.connect(self.saver.save)
        view.file_copy_requested.connect(self.saver.copy_picture)
        view.link_requested.connect(self._context.frame.open_link)
        view.edit_requested.connect(self._presenter.edit)
        view.retry_requested.connect(self._retry)
        view.log_requested.connect(self.show_log)

    @Slot(int)
    def _edge_head(self, scrolled: int) -> None:
        self._head.set_edged(scrolled > 0)

    def _connect_reply(self) -> None:
        reply = self.reply
        reply.written.connect(self._presenter.write)
        reply.keep_requested.connect(self._presenter.keep)
        reply.files_added.connect(self._picker.add_files)
        reply.image_added.connect(self._picker.add_image)
        reply.file_removed.connect(self._presenter.remove_file)
        reply.attach_requested.connect(self.ask_for_files)
        reply.capture_requested.connect(self._capture)
        reply.photograph_requested.connect(self._photograph)
        reply.send_requested.connect(self._send)

    def _send(self) -> None:
        self.reply.focus_text()  # the button cannot keep the focus while it is busy
        self._presenter.send_reply(self._sent)

    def _sent(self) -> None:
        self.view.scroll_to_end()
        self._context.frame.announce(_("Saved. It is being sent."))

    def _capture(self) -> None:
        self._context.frame.capture(self._presenter.add_picture)

    def _photograph(self) -> None:
        self._context.frame.photograph(self._presenter.add_picture)

    def _retry(self, message: PendingMessage) -> None:
        self._presenter.retry(message.command_id)

    def _withdraw(self, command_id: str) -> None:
        is_it_all = command_id == self._presenter.key[1]
        done = partial(self.withdrawn.emit, command_id) if is_it_all else None
        self._presenter.withdraw(command_id, done)

    def _ask_to_open(self, attachment: Attachment) -> None:
        if self.question.is_asking(attachment.id):
            return
        text = _("“{name}” could start a program. Open it only if you expected it.").format(
            name=attachment.name
        )
        self.ask(
            text,
            _("Do not open"),
            _("Open"),
            partial(self._presenter.agree_to_open, True),
            no=partial(self._presenter.agree_to_open, False),
            key=attachment.id,
        )

    def _tell_trouble(self, state: ConversationState) -> None:
        """Each trouble once, when it is new."""
        trouble = state.files.problem or (str(state.error) if state.error else "")
        if trouble and trouble != self._told:
            self._context.frame.toast(trouble, tone="danger")
        self._told = trouble

    def _shows_more(self, state: ConversationState) -> bool:
        """Whether something else than what is being written is another thing: each key makes a state."""
        before, self._shown = self._shown, state
        others = (name for name in state.__struct_fields__ if name != "reply")
        return before is None or any(getattr(before, name) is not getattr(state, name) for name in others)

    def _show_foot(self) -> None:
        self.reply.setVisible(self._writable)
        self._foot.setHidden(not self._writable and self.question.isHidden())

    def _watch(self) -> None:
        view = self._presenter.state.view
        self._attention.set_unread(view is not None and view.row.unread)


def _prompt(state: ConversationState) -> str:
    if state.reader_name:
        return _("Answer {name}…").format(name=state.reader_name)
    if state.vendor is not None and state.vendor.account.is_staff:
        return _("Write a reply…")
    return {
        ConversationKind.TICKET: _("Write a reply…"),
        ConversationKind.DOCUMENT: _("Ask about this document…"),
        ConversationKind.ORDER: _("Ask about this order…"),
        ConversationKind.SUBSCRIPTION: _("Ask about this subscription…"),
    }[state.kind]


def _lay_out_now() -> None:
    """Qt lays out in turns: on a slow computer labels would be painted on top of one another between them."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
