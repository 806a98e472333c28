"""What is worth telling while the customer looks elsewhere: an answer, a notice, something sent at last."""

from collections.abc import Callable
from dataclasses import dataclass

from supportdesk import clock
from supportdesk.app.jobs import unless_left
from supportdesk.app.places import place_of
from supportdesk.app.presenter import Presenter
from supportdesk.app.screens import Route
from supportdesk.app.settings import NOTIFY_ANSWERS, NOTIFY_DELIVERY, NOTIFY_NOTICES, Setting
from supportdesk.app.workspace import Workspace
from supportdesk.domain.changes import ChangeSet
from supportdesk.domain.documents import DocumentState
from supportdesk.domain.entities import PublicationKind
from supportdesk.domain.errors import SupportDeskError
from supportdesk.domain.projections import (
    ItemKind,
    ItemQuery,
    ItemRow,
    Link,
    OpenState,
    OutboxState,
    PublicationQuery,
    TicketQuery,
)
from supportdesk.i18n import _
from supportdesk.replica.reader import Reader

_TOPICS = ("ticket", "document", "order", "subscription", "message", "publication", "outbox", "sync")
_LOOKED_AT = 20
_HOLDS_UP = frozenset({Link.OFFLINE, Link.FAILING, Link.SIGN_IN_NEEDED})


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

    answers: dict[tuple[str, str, str], tuple[str, str]]
    """Title and text by kind, id and time of the last change."""
    notices: dict[str, str]
    held_up: frozenset[str]
    """Commands that wait although they could have been sent, were there a connection."""
    sent: dict[str, tuple[Route, str]]
    """Of those that were held up: where it is shown, and its subject, by command."""
    synced: bool


class Notifications(Presenter[None]):
    """`tell` is called for each new thing whose setting is on. What was there at the start is not news."""

    def __init__(self, workspace: Workspace, tell: Callable[[Notice], None]) -> None:
        super().__init__(workspace, None)
        self._tell = tell
        self._known: dict[str, _Seen] = {}

    def on_change(self, change: ChangeSet) -> None:
        if change.account_id and change.touches(*_TOPICS):
            self._look(change.account_id)

    def _look(self, account_id: str) -> None:
        before = self._known.get(account_id)
        held_up = before.held_up if before else frozenset()
        self.jobs.start(
            self,
            account_id,
            lambda: self.workspace.read(lambda reader: _seen(reader, account_id, held_up)),
            lambda seen: self._compare(account_id, seen),
            lambda error: self._cannot_look(account_id, error),
        )

    def _cannot_look(self, account_id: str, error: SupportDeskError) -> None:
        """Who comes back begins anew: what is there then is not news."""
        self._known.pop(account_id, None)
        unless_left(error)

    def _compare(self, account_id: str, seen: _Seen) -> None:
        before = self._known.get(account_id)
        self._known[account_id] = seen
        if before is None or not before.synced:
            return
        for notice in _news(account_id, before, seen):
            if self.workspace.settings.get(notice.setting):
                self._tell(notice)


def _seen(reader: Reader, account_id: str, held_up: frozenset[str]) -> _Seen:
    asked = PublicationQuery(account_id, PublicationKind.NOTICE, limit=_LOOKED_AT)
    notices = reader.publications(asked, clock.now()).items
    sync = reader.sync_state(account_id)
    waiting = frozenset(each.command_id for each in reader.outbox(account_id))
    gone = [reader.delivery(each) for each in held_up - waiting]
    return _Seen(
        _answers(reader, account_id),
        {each.id: each.title for each in notices if each.read_at is None},
        (held_up & waiting) | (waiting if sync.link in _HOLDS_UP else frozenset()),
        {
            each.command_id: (place_of(each.about, each.ticket_id), each.subject)
            for each in gone
            if each.state is OutboxState.SENT
        },
        sync.last_success_at is not None,
    )


def _answers(reader: Reader, account_id: str) -> dict[tuple[str, str, str], tuple[str, str]]:
    tickets = reader.ticket_window(TicketQuery(account_id, open_state=OpenState.ALL), 0, _LOOKED_AT)
    found = {
        ("ticket", row.id, row.updated_at.isoformat()): (_("Support has answered"), row.subject)
        for row in tickets
        if row.unread
    }
    kinds: tuple[ItemKind, ...] = ("document", "order", "subscription")
    for kind in kinds:
        for item in reader.item_window(ItemQuery(account_id, kind), 0, _LOOKED_AT):
            if item.unread:
                found[(kind, item.id, item.updated_at.isoformat())] = (_item_news(item), item.title)
    return found


def _item_news(item: ItemRow) -> str:
    if item.kind == "document":
        to_sign = item.state == DocumentState.TO_SIGN
        return _("Please sign a document") if to_sign else _("News about a document")
    return _("News about your order") if item.kind == "order" else _("News about a subscription")


def _news(account_id: str, before: _Seen, now: _Seen) -> list[Notice]:
    answers = [
        Notice(NOTIFY_ANSWERS, title, text, account_id, place_of(key[0], key[1]))
        for key, (title, text) in now.answers.items()
        if key not in before.answers
    ]
    notices = [
        Notice(
            NOTIFY_NOTICES,
            _("Important information"),
            text,
            account_id,
            place_of("notice", key),
        )
        for key, text in now.notices.items()
        if key not in before.notices
    ]
    sent = [
        Notice(NOTIFY_DELIVERY, _("Sent now"), text, account_id, route) for route, text in now.sent.values()
    ]
    return [*answers, *notices, *sent]
