"""Reopen a ticket: choose it, say what is different now, send."""

from PySide6.QtWidgets import QStackedWidget, QWidget

from supportdesk.app.reopen import ReopenPhase, ReopenPresenter, ReopenState
from supportdesk.app.screens import Route
from supportdesk.app.ticket_vendor import Vendor
from supportdesk.domain.projections import TicketRow
from supportdesk.i18n import _
from supportdesk.ui.conversation.file_picker import FilePicker
from supportdesk.ui.screen import Screen, ScreenContext
from supportdesk.ui.screens.reopen.choose_page import ChoosePage
from supportdesk.ui.screens.reopen.write_page import WritePage
from supportdesk.ui.widgets import clipboard
from supportdesk.ui.widgets.layouts import column


class ReopenScreen(Screen):
    """Arguments: ticket_id, account_id (default: this account); without them the ticket is chosen here."""

    def __init__(self, context: ScreenContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.presenter = ReopenPresenter(context.workspace, context.account.id)
        self._was_writing = False
        self._crumb = ""
        self._picker = FilePicker(
            context.workspace, self.presenter.add_paths, self.presenter.add_picture, self
        )
        self._build()
        self._connect()
        self.retranslate()
        self.presenter.show_to(self.render_state)

    def open(self, args: dict[str, str]) -> None:
        self._crumb = ""
        self._write.flush()
        if "ticket_id" in args:
            self.presenter.pick(args["ticket_id"], args.get("account_id", ""))
        else:
            self.presenter.choose()

    def refresh(self) -> None:
        self.presenter.refresh()

    def focus_search(self) -> None:
        self._choose.search.setFocus()

    def end(self) -> None:
        self._write.flush()
        self.presenter.close()
        self._picker.close()

    def retranslate(self) -> None:
        self.setAccessibleName(_("Reopen a ticket"))

    def render_state(self, state: ReopenState) -> None:
        writing = state.phase is ReopenPhase.WRITE
        self._stack.setCurrentWidget(self._write if writing else self._choose)
        if writing:
            self._write.render_state(state)
        else:
            self._choose.render_state(state)
        if writing and not self._was_writing:
            self._write.focus_text()
        self._was_writing = writing
        self._tell(f"#{state.row.number}" if writing and state.row else "")

    def _tell(self, crumb: str) -> None:
        """Once: when the person leaves, the form is checked once more and the crumb is another's."""
        if crumb != self._crumb:
            self._crumb = crumb
            self.tell_crumb(crumb)

    def _build(self) -> None:
        context = self.context
        self._choose = ChoosePage(Vendor(context.account, context.profile, None))
        self._write = WritePage(context.frame.cameras)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._choose)
        self._stack.addWidget(self._write)
        column(self).addWidget(self._stack)

    def _connect(self) -> None:
        self._choose.searched.connect(self.presenter.search)
        self._choose.picked.connect(self._pick)
        self._choose.retry_requested.connect(self.presenter.choose)
        self._choose.tickets_requested.connect(self._show_tickets)
        self._write.written.connect(self.presenter.write)
        self._write.keep_requested.connect(self.presenter.keep)
        self._write.check_requested.connect(self.presenter.check)
        self._write.files_added.connect(self._picker.add_files)
        self._write.image_added.connect(self._picker.add_image)
        self._write.file_removed.connect(self.presenter.remove_file)
        self._write.attach_requested.connect(self._picker.ask)
        self._write.capture_requested.connect(self._capture)
        self._write.photograph_requested.connect(self._photograph)
        self._write.paste_requested.connect(self._paste)
        self._write.send_requested.connect(self._send)
        self._write.other_requested.connect(self._choose_other)

    def _pick(self, ticket_id: str) -> None:
        """A place of its own: from there Back leads to the tickets again."""
        self.context.frame.go(Route("reopen", {"ticket_id": ticket_id}))

    def _choose_other(self) -> None:
        self.context.frame.go(Route("reopen"))

    def _send(self) -> None:
        if self.presenter.check():
            self.presenter.send(self._sent)
        else:
            self._write.focus_text()

    def _sent(self, row: TicketRow) -> None:
        self.context.frame.toast(_("#{number} is being reopened").format(number=row.number))
        self.context.frame.announce(_("Saved. It is being sent."))
        if self.isVisible():
            self.context.frame.back()  # the form is done with: Back from the ticket skips it
        self.context.frame.go(Route("ticket", {"ticket_id": row.id, "account_id": row.account_id}))

    def _show_tickets(self) -> None:
        self.context.frame.go(Route("tickets"))

    def _capture(self) -> None:
        self.context.frame.capture(self.presenter.add_picture)

    def _photograph(self) -> None:
        self.context.frame.photograph(self.presenter.add_picture)

    def _paste(self) -> None:
        names, image = clipboard.held()
        if names:
            self._picker.add_files(names)
        elif not image.isNull():
            self._write.add_image(image)
        else:
            self.context.frame.toast(_("There is no picture and no file in the clipboard."), tone="info")
