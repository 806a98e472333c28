"""One ticket: its conversation, what the customer can do with it, and the answer they are writing."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import msgspec

from supportdesk import clock
from supportdesk.app import file_notes
from supportdesk.app.attachments import Attachments
from supportdesk.app.composer import Composer, draft_of_kind
from supportdesk.app.jobs import uncancelled
from supportdesk.app.presenter import Presenter
from supportdesk.app.ticket_state import Phase, TicketRead, TicketState, draft_kind, read_ticket
from supportdesk.app.workspace import Workspace
from supportdesk.domain.changes import ChangeSet
from supportdesk.domain.commands import (
    AddFiles,
    AnyIntent,
    CloseTicket,
    Command,
    MarkRead,
    RateTicket,
    Reply,
)
from supportdesk.domain.entities import Attachment
from supportdesk.domain.errors import NotFound, SupportDeskError
from supportdesk.domain.projections import PendingMessage
from supportdesk.domain.status import Stage
from supportdesk.replica.writer import Writer


class TicketPresenter(Presenter[TicketState]):
    """Shows one ticket after the other (`open`). `open_outside` shows a file with the system's program."""

    def __init__(self, workspace: Workspace, open_outside: Callable[[Path], None]) -> None:
        self._account_id = self._ticket_id = ""
        self._again = False
        self._seen: datetime | None = None
        super().__init__(workspace, TicketState())
        self._composer = Composer(workspace, lambda reply: self._change(reply=reply))
        self._files = Attachments(workspace, lambda files: self._change(files=files), open_outside)

    @property
    def key(self) -> tuple[str, str]:
        """(account id, ticket id); empty while none is chosen."""
        return self._account_id, self._ticket_id

    # Which ticket

    def open(self, account_id: str, ticket_id: str) -> None:
        """`ticket_id` may be the id of a ticket that is still on its way. What was being written is kept."""
        if self.key == (account_id, ticket_id) and self.state.phase is not Phase.FAILED:
            return
        self._leave()
        self._account_id, self._ticket_id = account_id, ticket_id
        self.replace(TicketState(phase=Phase.LOADING))
        self._read(self._begin)

    def close_ticket_view(self) -> None:
        """No ticket is shown any more."""
        self._leave()
        self._account_id = self._ticket_id = ""
        self.replace(TicketState())

    def refresh(self) -> None:
        if not self._ticket_id:
            return
        if self.jobs.busy(self, "view"):
            self._again = True
        elif self.state.phase is Phase.READY:
            self._read(self._show)
        else:
            self._read(self._begin)

    def close(self) -> None:
        self._leave()
        self._composer.close()
        self._files.close()
        super().close()

    # What the customer does

    def seen(self) -> None:
        """The ticket has been before the customer's eyes for a moment."""
        view = self.state.view
        if view is None or view.ticket is None or not view.row.unread or self._seen == view.row.updated_at:
            return
        self._seen = view.row.updated_at
        self._send("seen", MarkRead("ticket", self._ticket_id))

    def write(self, text: str) -> None:
        self._composer.write(text)

    def keep(self) -> None:
        self._composer.keep()

    def add_paths(self, paths: list[Path]) -> None:
        self._composer.add_paths(paths)

    def add_picture(self, png: bytes, name: str, blacked_out: int = 0) -> None:
        self._composer.add_bytes(png, name, file_notes.blacked_out(blacked_out))

    def remove_file(self, index: int) -> None:
        self._composer.remove(self.state.reply.files[index])

    def send_reply(self, sent: Callable[[], None]) -> None:
        """Text with files is an answer, files alone are added to the ticket. Nothing happens when empty."""
        reply = self.state.reply
        if reply.is_empty or reply.adding:
            return
        text = reply.text.strip()
        intent: AnyIntent = Reply(self._ticket_id, text, reply.files)
        if not text:
            intent = AddFiles(self._ticket_id, reply.files)
        self._composer.send(intent, sent)

    def end_ticket(self) -> None:
        self._send("close", CloseTicket(self._ticket_id))

    def rate(self, helpful: bool, comment: str = "") -> None:
        """A solution that helped is confirmed: it also closes the ticket."""
        closes = helpful and self.state.offers.close and self._stage() is Stage.SOLVED
        self._send("rate", RateTicket(self._ticket_id, helpful, comment.strip()))
        if closes:
            self.end_ticket()

    def retry(self, command_id: str) -> None:
        self._write(f"retry:{command_id}", lambda w: w.retry(command_id))

    def connect_again(self) -> None:
        """Also ends working offline."""
        self.workspace.sync.try_again(self._account_id)

    def withdraw(self, command_id: str, withdrawn: Callable[[], None] | None = None) -> None:
        """Takes back what was not accepted yet; `error` says so when it just has been.

        A report becomes a draft with the same id again.
        """
        self._write(f"cancel:{command_id}", lambda w: w.cancel(command_id), withdrawn)

    def edit(self, pending: PendingMessage) -> None:
        """Takes an answer out of the outbox and puts it back under the pen, before what stands there."""

        def take_back(writer: Writer) -> None:
            writer.cancel(pending.command_id)
            writer.delete_draft(pending.command_id)

        self._write(
            f"cancel:{pending.command_id}",
            take_back,
            lambda: self._composer.fill(pending.body, pending.files),
        )

    # Files

    def open_file(self, attachment: Attachment) -> None:
        self._files.open(attachment)

    def fetch_file(self, attachment: Attachment, done: Callable[[Path], None]) -> None:
        self._files.fetch(attachment, done)

    def agree_to_open(self, yes: bool) -> None:
        self._files.agree(yes)

    def save_file(self, attachment: Attachment, target: Path, saved: Callable[[Path], None]) -> None:
        self._files.save(attachment, target, saved)

    def save_all_files(self, folder: Path, saved: Callable[[Path], None]) -> None:
        if self.state.view is not None:
            self._files.save_all(self.state.view.attachments, folder, saved)

    # What comes back

    def on_change(self, change: ChangeSet) -> None:
        if change.account_id != self._account_id:
            return
        if self.state.phase is Phase.READY and self._composer.is_outdated_by(change):
            self._read_draft()
        mine = {"", self._ticket_id}
        if (
            change.touches("catalogue")
            or (self.state.is_on_its_way and change.touches("sync"))
            or any(topic.kind == "ticket" and topic.id in mine for topic in change.topics)
        ):
            self.refresh()

    def _read_draft(self) -> None:
        account_id, kind = self._account_id, draft_kind(self._ticket_id)
        self.jobs.start(
            self,
            "draft",
            lambda: self.workspace.read(lambda r: draft_of_kind(r, account_id, kind)),
            self._composer.adopt,
        )

    def _read(self, done: Callable[[TicketRead], None]) -> None:
        self._again = False
        (account_id, ticket_id), profile_of = self.key, self.workspace.vendors.get
        self.jobs.start(
            self,
            "view",
            lambda: self.workspace.read(lambda r: read_ticket(r, account_id, ticket_id, profile_of)),
            done,
            self._fail,
        )

    def _begin(self, read: TicketRead) -> None:
        """The first answer also brings the draft back."""
        self._files.open_account(self._account_id)
        self._composer.open(
            self._account_id,
            draft_kind(self._ticket_id),
            read.view.row.subject,
            read.vendor.capabilities.limits,
            read.draft,
        )
        self._show(read)

    def _show(self, read: TicketRead) -> None:
        self.replace(self.state.showing(read))
        self._files.preview(read.view.attachments)
        if self._again:
            self.refresh()

    def _fail(self, error: SupportDeskError) -> None:
        gone = isinstance(error, NotFound)
        self._change(phase=Phase.GONE if gone else Phase.FAILED, error=error)

    def _leave(self) -> None:
        self._composer.keep_at_once()
        self.jobs.release(self)
        self._seen = None

    def _stage(self) -> Stage | None:
        return self.state.view.row.stage if self.state.view is not None else None

    def _send(self, key: str, intent: AnyIntent) -> None:
        command = Command(clock.uuid7(), clock.now(), intent)
        self._write(key, lambda w: w.send(None, self._account_id, command))

    def _write(
        self, key: str, job: Callable[[Writer], object], written: Callable[[], None] | None = None
    ) -> None:
        account_id = self._account_id

        def done(_result: object) -> None:
            self.workspace.sync.kick(account_id)
            if written is not None:
                written()

        self.jobs.start(
            self,
            key,
            lambda: uncancelled(self.workspace.write(job)),
            done,
            lambda error: self._change(error=error),
        )

    def _change(self, **changes: object) -> None:
        self.replace(msgspec.structs.replace(self.state, **changes))
