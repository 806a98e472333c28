"""One conversation: what is said in it, its files, and the answer the customer is writing."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Generic

import msgspec

from supportdesk import clock
from supportdesk.app import file_notes
from supportdesk.app.attachments import Attachments
from supportdesk.app.composer import Composer, draft_of_kind
from supportdesk.app.conversation_state import (
    ItemState,
    Look,
    Phase,
    S,
    draft_kind,
    look_at_item,
)
from supportdesk.app.jobs import uncancelled
from supportdesk.app.presenter import Presenter
from supportdesk.app.seal_checks import SealChecks
from supportdesk.app.workspace import Workspace
from supportdesk.domain.changes import ChangeSet
from supportdesk.domain.commands import AddFiles, AnyIntent, Command, MarkRead, Reply
from supportdesk.domain.entities import Attachment, ConversationKind
from supportdesk.domain.errors import NotFound, SupportDeskError
from supportdesk.domain.projections import Draft, ItemView, PendingMessage
from supportdesk.replica.reader import Reader
from supportdesk.replica.writer import Writer

_KINDS = frozenset(ConversationKind)


class ConversationPresenter(Presenter[S], Generic[S]):
    """Shows one conversation after the other (`open`), as `look` finds it.

    `nothing` is the state while none is chosen; `open_outside` shows a file with the system's program.
    """

    def __init__(
        self, workspace: Workspace, open_outside: Callable[[Path], None], look: Look[S], nothing: S
    ) -> None:
        self._look, self._nothing = look, nothing
        self._account_id = self._id = ""
        self._again = False
        self._seen: datetime | None = None
        super().__init__(workspace, nothing)
        self._composer = Composer(workspace, lambda reply: self._change(reply=reply))
        self._files = Attachments(workspace, lambda files: self._change(files=files), open_outside)
        self._seals = SealChecks(workspace, lambda seals: self._change(seals=seals))

    @property
    def key(self) -> tuple[str, str]:
        """(account id, conversation id); empty while none is chosen."""
        return self._account_id, self._id

    # Which one

    def open(self, account_id: str, conversation_id: str) -> None:
        """Also the id of one that is still on its way. What was being written is kept."""
        if self.key == (account_id, conversation_id) and self.state.phase is not Phase.FAILED:
            return
        self._leave()
        self._account_id, self._id = account_id, conversation_id
        self.replace(msgspec.structs.replace(self._nothing, phase=Phase.LOADING))
        self._read(self._begin)

    def clear(self) -> None:
        """None is shown any more."""
        self._leave()
        self._account_id = self._id = ""
        self.replace(self._nothing)

    def refresh(self) -> None:
        if not self._id:
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
        """It has been before the customer's eyes for a moment."""
        view = self.state.view
        if view is None or not self.state.is_known_to_vendor or not view.row.unread:
            return
        if self._seen != view.row.updated_at:
            self._seen = view.row.updated_at
            self.send("seen", MarkRead(self.state.kind, self._id))

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
        """Text with files is an answer, files alone are added. Nothing happens when it is empty."""
        reply = self.state.reply
        if reply.is_empty or reply.adding:
            return
        text = reply.text.strip()
        intent: AnyIntent = Reply(self._id, text, reply.files)
        if not text:
            intent = AddFiles(self._id, reply.files)
        self._composer.send(intent, sent)

    def retry(self, command_id: str) -> None:
        self._write(f"retry:{command_id}", lambda w: w.retry(command_id))

    def connect_again(self) -> None:
        """Also ends working offline."""
        self.workspace.sync.try_again(self._account_id)

    def withdraw(self, command_id: str, withdrawn: Callable[[], None] | None = None) -> None:
        """Takes back what was not accepted yet; `error` says so when it just has been.

        A report or an order becomes a draft with the same id again.
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
        mine = {"", self._id, *(each.row.id for each in self.state.linked)}
        if (
            change.touches("catalogue")
            or (self.state.is_on_its_way and change.touches("sync"))
            or any(topic.kind in _KINDS and topic.id in mine for topic in change.topics)
            or change.touches("document")  # it may belong to this from now on
            or change.touches("person")  # who handles it
        ):
            self.refresh()

    def _read_draft(self) -> None:
        account_id, kind = self._account_id, draft_kind(self._id)
        self.jobs.start(
            self,
            "draft",
            lambda: self.workspace.read(lambda r: draft_of_kind(r, account_id, kind)),
            self._composer.adopt,
        )

    def _read(self, done: Callable[[tuple[S, Draft | None]], None]) -> None:
        self._again = False
        (account_id, conversation_id), profile_of = self.key, self.workspace.vendors.get
        state_of = self._look

        def look(reader: Reader) -> tuple[S, Draft | None]:
            found = state_of(reader, account_id, conversation_id, profile_of)
            return found, draft_of_kind(reader, account_id, draft_kind(conversation_id))

        self.jobs.start(self, "view", lambda: self.workspace.read(look), done, self._fail)

    def _begin(self, read: tuple[S, Draft | None]) -> None:
        """The first answer also brings the draft back."""
        found, draft = read
        self._files.open_account(self._account_id)
        view, vendor = found.view, found.vendor
        if view is not None and vendor is not None:
            subject = view.row.title if isinstance(view, ItemView) else view.row.subject
            limits = vendor.capabilities.limits
            self._composer.open(self._account_id, draft_kind(self._id), subject, limits, draft)
        self._show(read)

    def _show(self, read: tuple[S, Draft | None]) -> None:
        found, _draft = read
        state = self.state
        self.replace(msgspec.structs.replace(found, reply=state.reply, files=state.files, seals=state.seals))
        if found.view is not None:
            self._files.preview(found.view.attachments)
        if found.vendor is not None:
            sealed = [each.sealed for each in found.linked if each.sealed is not None]
            self._seals.look(self._account_id, sealed, found.vendor.capabilities.seal_certificates)
        if self._again:
            self.refresh()

    def _fail(self, error: SupportDeskError) -> None:
        gone = isinstance(error, NotFound)
        self._change(phase=Phase.GONE if gone else Phase.FAILED, error=error)

    def _leave(self) -> None:
        self._composer.keep_at_once()
        self._seals.forget()
        self.jobs.release(self)
        self._seen = None

    def send(self, key: str, intent: AnyIntent, sent: Callable[[], None] | None = None) -> None:
        """Saves an intent for sending, `key` names what is done; `error` says when it could not be saved."""
        command = Command(clock.uuid7(), clock.now(), intent)
        account_id = self._account_id
        self._write(key, lambda w: w.send(None, account_id, command), sent)

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


class ItemPresenter(ConversationPresenter[ItemState]):
    """A document, order or subscription."""

    def __init__(self, workspace: Workspace, open_outside: Callable[[Path], None]) -> None:
        super().__init__(workspace, open_outside, look_at_item, ItemState())
