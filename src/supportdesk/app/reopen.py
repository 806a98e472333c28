"""Reopening: choose a ticket that came back, say what is different now, show it, send it."""

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path

import msgspec

from supportdesk import clock
from supportdesk.app import file_notes
from supportdesk.app.composer import Composer, ComposerState, draft_of_kind
from supportdesk.app.presenter import Presenter
from supportdesk.app.ticket_vendor import Vendor, vendor_of
from supportdesk.app.workspace import Workspace
from supportdesk.domain.changes import ChangeSet
from supportdesk.domain.commands import ReopenTicket
from supportdesk.domain.entities import Ticket
from supportdesk.domain.errors import NotFound, SupportDeskError
from supportdesk.domain.profile import Profile
from supportdesk.domain.projections import Draft, OpenState, SortBy, TicketQuery, TicketRow
from supportdesk.domain.status import Stage
from supportdesk.i18n import N_
from supportdesk.replica.reader import Reader

MAX_ROWS = 200
"""Reopening has a time limit, so the list is short; with more the search narrows it."""


class ReopenPhase(StrEnum):
    LOADING = "loading"
    CHOOSE = "choose"
    WRITE = "write"
    FAILED = "failed"


class ReopenState(msgspec.Struct, frozen=True):
    phase: ReopenPhase = ReopenPhase.LOADING
    text: str = ""
    """What is searched for."""
    total: int = 0
    rows: tuple[TicketRow, ...] = ()
    row: TicketRow | None = None
    ticket: Ticket | None = None
    """The chosen one."""
    too_late: bool = False
    """The chosen ticket can no longer be reopened."""
    composer: ComposerState = ComposerState()
    missing: str = ""
    """Why it cannot be sent yet, at the description."""
    vendor: Vendor | None = None
    """Whose the chosen one is."""
    error: SupportDeskError | None = None


class _Chosen(msgspec.Struct, frozen=True):
    row: TicketRow
    ticket: Ticket | None
    vendor: Vendor
    draft: Draft | None


class ReopenPresenter(Presenter[ReopenState]):
    def __init__(self, workspace: Workspace, account_id: str) -> None:
        self._own_id = self._account_id = account_id
        super().__init__(workspace, ReopenState())
        self._composer = Composer(workspace, lambda composer: self._change(composer=composer))

    def choose(self) -> None:
        """Shows the tickets that can be reopened."""
        self._composer.keep_at_once()
        self._account_id = self._own_id
        self._change(phase=ReopenPhase.LOADING, row=None, ticket=None, missing="", error=None)
        self.refresh()

    def search(self, text: str) -> None:
        self._change(text=text)
        self.refresh()

    def refresh(self) -> None:
        if self.state.phase is ReopenPhase.WRITE:
            return
        query = TicketQuery(
            self._account_id,
            open_state=OpenState.ALL,
            text=self.state.text,
            sort=SortBy.UPDATED,
            reopenable_only=True,
        )
        self.jobs.start(
            self,
            "rows",
            lambda: self.workspace.read(
                lambda r: (r.ticket_count(query), r.ticket_window(query, 0, MAX_ROWS))
            ),
            self._show_rows,
            self._fail,
        )

    def pick(self, ticket_id: str, account_id: str = "") -> None:
        """`account_id` is that of another account whose ticket it is."""
        self._composer.keep_at_once()
        self._account_id = account_id = account_id or self._own_id
        profile_of = self.workspace.vendors.get
        self._change(phase=ReopenPhase.LOADING, row=None, ticket=None, missing="", error=None)
        self.jobs.start(
            self,
            "rows",
            lambda: self.workspace.read(lambda r: _chosen(r, account_id, ticket_id, profile_of)),
            self._show_chosen,
            self._fail,
        )

    def write(self, text: str) -> None:
        self._composer.write(text)
        if text.strip():
            self._change(missing="")

    def keep(self) -> None:
        self._composer.keep()

    def add_paths(self, paths: list[Path]) -> None:
        self._composer.add_paths(paths)

    def add_picture(self, png: bytes, name: str, blacked_out: int = 0) -> None:
        self._composer.add_bytes(png, name, file_notes.blacked_out(blacked_out))

    def remove_file(self, index: int) -> None:
        self._composer.remove(self.state.composer.files[index])

    def check(self) -> bool:
        """Whether the description is there; says what to do when not."""
        missing = not self.state.composer.text.strip()
        self._change(missing=N_("Describe what is different now, or what did not help.") if missing else "")
        return not missing

    def send(self, sent: Callable[[TicketRow], None]) -> None:
        row = self.state.row
        if row is None or not self.check() or self.state.composer.adding:
            return
        composer = self.state.composer
        intent = ReopenTicket(row.id, composer.text.strip(), composer.files)
        self._composer.send(intent, lambda: sent(row))

    def on_change(self, change: ChangeSet) -> None:
        if change.account_id != self._account_id:
            return
        if change.touches("ticket", "outbox"):
            self.refresh()
        row = self.state.row
        if (
            self.state.phase is ReopenPhase.WRITE
            and row is not None
            and self._composer.is_outdated_by(change)
        ):
            kind = draft_kind(row.id)
            self.jobs.start(
                self,
                "draft",
                lambda: self.workspace.read(lambda r: draft_of_kind(r, self._account_id, kind)),
                self._composer.adopt,
            )

    def close(self) -> None:
        self._composer.close()
        super().close()

    def _show_rows(self, found: tuple[int, tuple[TicketRow, ...]]) -> None:
        total, rows = found
        self._change(phase=ReopenPhase.CHOOSE, total=total, rows=rows, error=None)

    def _show_chosen(self, chosen: _Chosen) -> None:
        kind = draft_kind(chosen.row.id)
        limits = chosen.vendor.capabilities.limits
        self._composer.open(self._account_id, kind, chosen.row.subject, limits, chosen.draft)
        self._change(
            phase=ReopenPhase.WRITE,
            row=chosen.row,
            ticket=chosen.ticket,
            vendor=chosen.vendor,
            too_late=_is_too_late(chosen),
        )

    def _fail(self, error: SupportDeskError) -> None:
        self._change(phase=ReopenPhase.FAILED, error=error)

    def _change(self, **changes: object) -> None:
        self.replace(msgspec.structs.replace(self.state, **changes))


def draft_kind(ticket_id: str) -> str:
    return f"reopen:{ticket_id}"


def _chosen(reader: Reader, account_id: str, ticket_id: str, profile_of: Callable[[str], Profile]) -> _Chosen:
    view = reader.ticket(account_id, ticket_id)
    if view.ticket is None:
        raise NotFound
    draft = draft_of_kind(reader, account_id, draft_kind(ticket_id))
    vendor = vendor_of(reader, reader.account(account_id), profile_of)
    return _Chosen(view.row, view.ticket, vendor, draft)


def _is_too_late(chosen: _Chosen) -> bool:
    ticket = chosen.ticket
    if ticket is None or chosen.row.stage not in {Stage.SOLVED, Stage.CLOSED}:
        return True
    return ticket.reopen_until is None or ticket.reopen_until <= clock.now()
