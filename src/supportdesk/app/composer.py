"""What the customer is writing about an existing ticket: text and files, kept as a draft while it grows."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import msgspec

from supportdesk import clock
from supportdesk.app.draft_keeper import DraftKeeper, Write
from supportdesk.app.intake import Intake
from supportdesk.app.workspace import Workspace
from supportdesk.domain.capabilities import Limits
from supportdesk.domain.changes import ChangeSet
from supportdesk.domain.commands import AnyIntent, Command, FileRef
from supportdesk.domain.errors import SupportDeskError
from supportdesk.domain.projections import Draft
from supportdesk.i18n import _
from supportdesk.replica.reader import Reader


class ComposerState(msgspec.Struct, frozen=True):
    text: str = ""
    files: tuple[FileRef, ...] = ()
    warnings: dict[str, str] = {}
    """What was done to a file, by its SHA-256: a sentence as in DraftFile."""
    adding: int = 0
    """Files that are being copied."""
    saved_at: datetime | None = None
    """When the draft was last kept; None while there is nothing to keep."""
    problem: str = ""
    """What went wrong with a file, the draft or the sending, with what to do."""
    sending: bool = False

    @property
    def is_empty(self) -> bool:
        return not self.text.strip() and not self.files


class _Content(msgspec.Struct, frozen=True):
    text: str = ""
    warnings: dict[str, str] = {}


class Composer:
    """Owned by a presenter, on its thread. `changed` is called after each change of `state`.

    The command id is made with the first word and is the draft's id until it is sent.
    """

    def __init__(self, workspace: Workspace, changed: Callable[[ComposerState], None]) -> None:
        self._workspace = workspace
        self._changed = changed
        self._account_id = self._kind = self._subject = self._id = ""
        self._keeper = DraftKeeper(workspace, self._content, self._kept, self._failed)
        self._intake = Intake(workspace, lambda: len(self.state.files), self._added, self._intake_changed)
        self.state = ComposerState()

    @property
    def origin(self) -> str:
        """Writes since the last `open` carry it, so that their echo can be told apart."""
        return self._keeper.origin

    def open(
        self, account_id: str, kind: str, subject: str, limits: Limits, draft: Draft | None = None
    ) -> None:
        """Begins anew, or goes on with `draft`. What was written before must have been kept."""
        self._workspace.jobs.release(self)
        self._account_id, self._kind, self._subject = account_id, kind, subject
        self._intake.begin(limits)
        self._keeper.begin()
        self._take(draft)

    def is_outdated_by(self, change: ChangeSet) -> bool:
        """Whether the same may have been written elsewhere, and not here."""
        return change.touches("draft") and change.origin != self.origin and not self._keeper.is_dirty

    def adopt(self, draft: Draft | None) -> None:
        """What was written, sent or deleted elsewhere; what is typed here and not kept yet goes first."""
        known = self.state.saved_at is not None
        if self._keeper.is_dirty or self.state.sending or (draft is None and not known):
            return
        self._take(draft)

    def _take(self, draft: Draft | None) -> None:
        self._id = draft.id if draft else clock.uuid7()
        self._keeper.forget()
        if draft is None:
            self._show(ComposerState())
            return
        said = msgspec.json.decode(draft.content, type=_Content)
        self._show(ComposerState(said.text, draft.files, said.warnings, saved_at=draft.updated_at))

    def write(self, text: str) -> None:
        if text != self.state.text:
            self._keeper.touch()
            self._update(text=text, problem="")

    def fill(self, text: str, files: tuple[FileRef, ...]) -> None:
        """Takes up something that was sent already, in front of what stands here."""
        joined = "\n\n".join(part for part in (text, self.state.text) if part.strip())
        self._keeper.touch()
        self._update(text=joined, files=_united(files, self.state.files), problem="")
        self.keep()

    def add_paths(self, paths: list[Path]) -> None:
        """Copies files into the blob folder; those over a limit are refused unread and named."""
        self._intake.add_paths(paths)

    def add_bytes(self, content: bytes, name: str, warning: str = "") -> None:
        self._intake.add_bytes(content, name, warning)

    def remove(self, file: FileRef) -> None:
        self._keeper.touch()
        self._update(files=tuple(each for each in self.state.files if each != file), problem="")
        self.keep()

    def keep(self) -> None:
        """Writes the draft if something changed; cheap when nothing did."""
        if self._account_id:
            self._keeper.keep()

    def keep_at_once(self) -> None:
        """As `keep`, when nobody waits for the answer any more."""
        if self._account_id:
            self._keeper.kept()

    def send(self, intent: AnyIntent, sent: Callable[[], None]) -> None:
        """Saves `intent` for sending and empties the composer. On failure everything stays as it is."""
        if self.state.sending:
            return
        self._update(sending=True, problem="")
        draft_id = self._id if self.state.saved_at is not None or not self.state.is_empty else None
        command = Command(self._id, clock.now(), intent)
        account_id = self._account_id

        def done(_result: object) -> None:
            self._workspace.sync.kick(account_id)
            self._id = clock.uuid7()
            self._keeper.forget()
            self._show(ComposerState())
            sent()

        self._workspace.jobs.start(
            self,
            "send",
            lambda: self._keeper.write(lambda w: w.send(draft_id, account_id, command)),
            done,
            self._not_sent,
        )

    def close(self) -> None:
        self.keep_at_once()
        self._keeper.close()
        self._intake.close()
        self._workspace.jobs.release(self)

    def _content(self) -> Write:
        draft_id = self._id
        if self.state.is_empty:
            return lambda writer: writer.delete_draft(draft_id)
        draft = Draft(
            id=draft_id,
            account_id=self._account_id,
            kind=self._kind,
            subject=self._subject,
            step=0,
            content=msgspec.json.encode(_Content(self.state.text, self.state.warnings)),
            files=self.state.files,
            updated_at=clock.now(),
        )
        return lambda writer: writer.save_draft(draft)

    def _kept(self) -> None:
        self._update(saved_at=None if self.state.is_empty else clock.now())

    def _added(self, file: FileRef, warning: str) -> None:
        self._keeper.touch()
        warnings = self.state.warnings | ({file.sha256: warning} if warning else {})
        self._update(files=_united(self.state.files, (file,)), warnings=warnings)
        self.keep()

    def _intake_changed(self) -> None:
        self._update(adding=self._intake.adding, problem=self._intake.problem)

    def _not_sent(self, error: SupportDeskError) -> None:
        self._update(sending=False, problem=f"{error} {error.safe}")

    def _failed(self, error: SupportDeskError) -> None:
        self._update(problem=_("The draft could not be saved. {reason}").format(reason=error))

    def _update(self, **changes: object) -> None:
        self._show(msgspec.structs.replace(self.state, **changes))

    def _show(self, state: ComposerState) -> None:
        if state != self.state:
            self.state = state
            self._changed(state)


def _united(first: tuple[FileRef, ...], second: tuple[FileRef, ...]) -> tuple[FileRef, ...]:
    return (*first, *(file for file in second if file not in first))


def draft_of_kind(reader: Reader, account_id: str, kind: str) -> Draft | None:
    """The latest; there are several only when what was sent came back beside something new."""
    return next((draft for draft in reader.drafts(account_id) if draft.kind == kind), None)
