"""What is worth telling while the customer looks elsewhere: an answer, a notice, something sent at last."""

from collections.abc import Callable
from dataclasses import dataclass

from supportdesk.app.presenter import Presenter
from supportdesk.app.screens import Route
from supportdesk.app.settings import NOTIFY_ANSWERS, NOTIFY_DELIVERY, NOTIFY_NOTICES, Setting
from supportdesk.app.workspace import Workspace
from supportdesk.domain.changes import ChangeSet
from supportdesk.domain.entities import PublicationKind
from supportdesk.domain.projections import LogStep, OpenState, OutboxState, TicketQuery
from supportdesk.i18n import _
from supportdesk.replica.reader import Reader

_LOOKED_AT = 20


@dataclass(frozen=True)
class Notice:
    setting: Setting[bool]
    title: str
    text: str
    account_id: str
    route: Route


@dataclass(frozen=True)
class _Seen:
    """Texts by what they are about; the keys tell what is new."""

    answers: dict[tuple[str, str], str]
    notices: dict[str, str]
    sent: dict[str, tuple[str, str]]
    synced: bool


class Notifications(Presenter[None]):
    """`tell` is called for each new thing whose setting is on. What was there at the start is not news."""

    def __init__(self, workspace: Workspace, tell: Callable[[Notice], None]) -> None:
        super().__init__(workspace, None)
        self._tell = tell
        self._known: dict[str, _Seen] = {}

    def on_change(self, change: ChangeSet) -> None:
        if change.account_id and change.touches("ticket", "message", "publication", "outbox", "sync"):
            self._look(change.account_id)

    def _look(self, account_id: str) -> None:
        self.jobs.start(
            self,
            account_id,
            lambda: self.workspace.read(lambda reader: _seen(reader, account_id)),
            lambda seen: self._compare(account_id, seen),
        )

    def _compare(self, account_id: str, seen: _Seen) -> None:
        before = self._known.get(account_id)
        self._known[account_id] = seen
        if before is None or not before.synced:
            return
        for notice in _news(account_id, before, seen):
            if self.workspace.settings.get(notice.setting):
                self._tell(notice)


def _seen(reader: Reader, account_id: str) -> _Seen:
    rows = reader.ticket_window(TicketQuery(account_id, open_state=OpenState.ALL), 0, _LOOKED_AT)
    notices = reader.publications(account_id, PublicationKind.NOTICE)[:_LOOKED_AT]
    return _Seen(
        {(row.id, row.updated_at.isoformat()): row.subject for row in rows if row.unread},
        {each.id: each.title for each in notices if each.read_at is None},
        {
            each.command_id: (each.ticket_id, each.subject)
            for each in reader.outbox(account_id, include_done=True)
            if each.state is OutboxState.SENT and any(line.step is LogStep.WAITING for line in each.log)
        },
        reader.sync_state(account_id).last_success_at is not None,
    )


def _news(account_id: str, before: _Seen, now: _Seen) -> list[Notice]:
    answers = [
        Notice(NOTIFY_ANSWERS, _("Support has answered"), text, account_id, _ticket(key[0]))
        for key, text in now.answers.items()
        if key not in before.answers
    ]
    notices = [
        Notice(
            NOTIFY_NOTICES,
            _("Important information"),
            text,
            account_id,
            Route("information", {"publication_id": key}),
        )
        for key, text in now.notices.items()
        if key not in before.notices
    ]
    sent = [
        Notice(NOTIFY_DELIVERY, _("Sent now"), text, account_id, _ticket(ticket_id))
        for key, (ticket_id, text) in now.sent.items()
        if key not in before.sent
    ]
    return [*answers, *notices, *sent]


def _ticket(ticket_id: str) -> Route:
    return Route("ticket", {"ticket_id": ticket_id})
