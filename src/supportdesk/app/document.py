"""One document: its pages, the answers in its form, and signing or declining it."""

from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from pathlib import Path

import msgspec

from supportdesk import clock
from supportdesk.app.conversation_state import Phase
from supportdesk.app.document_file import DocumentFile, copied, save_copy
from supportdesk.app.document_state import (
    DocumentPageState,
    DocumentRead,
    PagesState,
    answers_of,
    draft_kind,
    mark_of,
    read_document,
)
from supportdesk.app.draft_keeper import DraftKeeper, Write
from supportdesk.app.flows.signing import Filling
from supportdesk.app.jobs import uncancelled
from supportdesk.app.presenter import Presenter
from supportdesk.app.workspace import Workspace
from supportdesk.domain.changes import ChangeSet
from supportdesk.domain.commands import AnyIntent, Command, DeclineDocument, FileRef, SignDocument
from supportdesk.domain.documents import DocumentState
from supportdesk.domain.errors import NotFound, SupportDeskError
from supportdesk.domain.projections import Draft
from supportdesk.i18n import _

_MARK_NAME, _MARK_TYPE = "signature.png", "image/png"


class DocumentPresenter(Presenter[DocumentPageState]):
    """Shows one document after the other (`open`)."""

    def __init__(self, workspace: Workspace) -> None:
        self._account_id = self._document_id = self._command_id = ""
        super().__init__(workspace, DocumentPageState())
        self._file = DocumentFile(workspace, self._show_pages)
        self._keeper = DraftKeeper(workspace, self._content, self._kept, self._not_kept)
        self.pages = self._file.pages

    @property
    def key(self) -> tuple[str, str]:
        """(account id, document id); empty while none is chosen."""
        return self._account_id, self._document_id

    # Which document

    def open(self, account_id: str, document_id: str) -> None:
        """What was filled in in the one before is kept."""
        if self.key == (account_id, document_id) and self.state.phase is not Phase.FAILED:
            self.refresh()
            return
        self._leave()
        self._account_id, self._document_id = account_id, document_id
        self.replace(DocumentPageState(phase=Phase.LOADING))
        self._read(self._begin)

    def refresh(self) -> None:
        if self._document_id:
            self._read(self._show if self.state.phase is Phase.READY else self._begin)

    def close(self) -> None:
        self._leave()
        self._keeper.close()
        self._file.close()
        super().close()

    # What the customer does

    def answer(self, name: str, value: str) -> None:
        filling = self.state.filling
        known = {field.name: field for field in filling.form.fields}
        if self.state.is_open and name in known and filling.value(known[name]) != value:
            self._keeper.touch()
            self._change(filling=filling.answered(name, value), problem="")

    def keep(self) -> None:
        """Writes the draft if something changed."""
        if self._document_id:
            self._keeper.keep()

    def take_mark(self, png: bytes) -> None:
        """The visible signature, before anything is signed; b"" takes it away."""
        filling = msgspec.structs.replace(self.state.filling, has_mark=bool(png))
        self._change(mark=png, filling=filling)

    def sign(self, signed: Callable[[], None]) -> None:
        """With the mark that was taken. Does nothing while it cannot be signed."""
        state, png = self.state, self.state.mark
        document, attachment = state.document, state.pages.attachment
        if not (state.can_sign and png) or document is None or attachment is None:
            return
        self._change(sending=True, problem="")
        blobs, values = self.workspace.blobs, dict(state.filling.values)

        def stored(mark: FileRef) -> None:
            self._send(SignDocument(document.id, attachment.sha256, values, mark), signed)

        self.jobs.start(
            self,
            "mark",
            lambda: self.workspace.cpu.submit(lambda: blobs.put_bytes(png, _MARK_NAME, _MARK_TYPE)),
            stored,
            self._not_sent,
        )

    def decline(self, reason: str, declined: Callable[[], None]) -> None:
        """Does nothing without a reason."""
        if self.state.is_open and reason.strip():
            self._change(sending=True, problem="")
            self._send(DeclineDocument(self._document_id, reason.strip()), declined)

    def retry(self) -> None:
        if self.state.answer is not None:
            command_id = self.state.answer.command_id
            self._write("retry", lambda: self.workspace.write(lambda w: w.retry(command_id)))

    def take_back(self) -> None:
        """What was not accepted yet; the answers become a draft again. `problem` says when it is too late."""
        if self.state.answer is not None:
            command_id = self.state.answer.command_id
            self._write("cancel", lambda: self.workspace.write(lambda w: w.cancel(command_id)))

    def save_copy(self, target: Path, saved: Callable[[Path], None]) -> None:
        """With what is filled in so far, over `target`, which the person chose."""
        file, answers = self.state.pages.file, self.state.answers
        if file is not None:
            self._change(problem="")
            work = partial(save_copy, file, answers, target)
            self.jobs.start(self, "save", lambda: self.workspace.apart.submit(work), saved, self.not_copied)

    def copy(self, made: Callable[[bytes], None]) -> None:
        """With what is filled in so far."""
        file, answers = self.state.pages.file, self.state.answers
        if file is not None:
            self._change(problem="")
            work = partial(copied, file, answers)
            self.jobs.start(self, "copy", lambda: self.workspace.apart.submit(work), made, self.not_copied)

    def not_copied(self, error: SupportDeskError) -> None:
        self._change(problem=_("The copy could not be made. {reason}").format(reason=error))

    def try_again(self) -> None:
        """Also ends working offline."""
        self.workspace.sync.try_again(self._account_id)
        self.refresh()

    # What comes back

    def on_change(self, change: ChangeSet) -> None:
        if change.account_id != self._account_id or not self._document_id:
            return
        ours = change.touches("draft") and change.origin == self._keeper.origin
        mine = {"", self._document_id}
        about = any(topic.kind in {"document", "attachment"} and topic.id in mine for topic in change.topics)
        waits = self.state.is_on_its_way or self.state.pages.error is not None
        if about or (change.touches("draft") and not ours) or (waits and change.touches("sync", "outbox")):
            self.refresh()

    def _read(self, done: Callable[[DocumentRead], None]) -> None:
        (account_id, document_id), profile_of = self.key, self.workspace.vendors.get
        self.jobs.start(
            self,
            "read",
            lambda: self.workspace.read(lambda r: read_document(r, account_id, document_id, profile_of)),
            done,
            self._fail,
        )

    def _begin(self, read: DocumentRead) -> None:
        self._keeper.begin()
        self._command_id = read.draft.id if read.draft else clock.uuid7()
        self._show(read)

    def _show(self, read: DocumentRead) -> None:
        """What is typed here and not kept yet goes before what is read."""
        filling = self.state.filling
        if not self._keeper.is_dirty and not self.jobs.busy(self._keeper, "keep"):
            self._command_id = read.draft.id if read.draft else self._command_id
            filling = Filling(read.document.form, answers_of(read), bool(self.state.mark))
        self._change(
            phase=Phase.READY,
            vendor=read.vendor,
            row=read.row,
            document=read.document,
            filling=msgspec.structs.replace(filling, form=read.document.form),
            answer=read.answer,
            sync=read.sync,
            saved_at=read.draft.updated_at if read.draft else None,
            error=None,
        )
        self._open_file(read)
        self._clear_up(read)

    def _open_file(self, read: DocumentRead) -> None:
        if read.shown is not None:
            self._file.open(
                self._account_id,
                read.shown,
                is_sealed=bool(read.document.signed_file_id),
                trusted=read.vendor.capabilities.seal_certificates,
            )
        mark = mark_of(read)
        if mark is not None and self.state.shows_form and not self.state.mark:
            blobs = self.workspace.blobs
            self.jobs.start(
                self,
                "sent mark",
                lambda: self.workspace.cpu.submit(lambda: blobs.path(mark).read_bytes()),
                self.take_mark,
            )

    def _clear_up(self, read: DocumentRead) -> None:
        """Answers to a document that somebody else has answered are of no use any more."""
        if read.draft is not None and read.row.state != DocumentState.TO_SIGN:
            self._keeper.forget()
            draft_id = read.draft.id
            self.jobs.start(self, "forget", lambda: self._keeper.write(lambda w: w.delete_draft(draft_id)))

    def _fail(self, error: SupportDeskError) -> None:
        self._change(phase=Phase.GONE if isinstance(error, NotFound) else Phase.FAILED, error=error)

    def _leave(self) -> None:
        if self._document_id:
            self._keeper.kept()
        self.jobs.release(self)
        self._file.forget()

    # Keeping and sending

    def _content(self) -> Write:
        draft = Draft(
            id=self._command_id,
            account_id=self._account_id,
            kind=draft_kind(self._document_id),
            subject=self.state.document.title if self.state.document else "",
            step=0,
            content=msgspec.json.encode(self.state.filling.values),
            files=(),
            updated_at=clock.now(),
        )
        return lambda writer: writer.save_draft(draft)

    def _kept(self) -> None:
        self._change(saved_at=clock.now())
        if self.jobs.busy(self, "read"):  # begun before, it may bring older answers
            self.refresh()

    def _send(self, intent: AnyIntent, sent: Callable[[], None]) -> None:
        """The draft goes with it, so that taking it back brings the answers back."""
        self._keeper.kept()
        command = Command(self._command_id, clock.now(), intent)
        account_id, draft_id = self._account_id, self._command_id

        def done(_nothing: object) -> None:
            self._command_id = clock.uuid7()
            self._keeper.forget()
            self._change(sending=False, saved_at=None)
            self.workspace.sync.kick(account_id)
            self.refresh()
            sent()

        self.jobs.start(
            self,
            "send",
            lambda: self._keeper.write(lambda w: w.send(draft_id, account_id, command)),
            done,
            self._not_sent,
        )

    def _write(self, key: str, work: Callable[[], Future[None]]) -> None:
        account_id = self._account_id
        self.jobs.start(
            self,
            key,
            lambda: uncancelled(work()),
            lambda _nothing: self.workspace.sync.kick(account_id),
            lambda error: self._change(problem=str(error)),
        )

    def _not_sent(self, error: SupportDeskError) -> None:
        self._change(sending=False, problem=f"{error} {error.safe}")

    def _not_kept(self, error: SupportDeskError) -> None:
        self._change(problem=_("The draft could not be saved. {reason}").format(reason=error))

    def _show_pages(self, pages: PagesState) -> None:
        self._change(pages=pages)

    def _change(self, **changes: object) -> None:
        self.replace(msgspec.structs.replace(self.state, **changes))
