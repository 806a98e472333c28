"""Random people doing random things at a desk, against a model of a few lines."""

from contextlib import ExitStack
from datetime import datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from supportdesk.clock import now, uuid7
from supportdesk.desk.conversations.applying import Asked
from supportdesk.desk.conversations.intake import take
from supportdesk.desk.office import staff
from supportdesk.desk.store.database import reading
from supportdesk.desk.visibility import feed
from supportdesk.desk.visibility.facts import View
from supportdesk.domain.changes import Upsert
from supportdesk.domain.commands import (
    AnyIntent,
    CloseTicket,
    CreateTicket,
    MarkRead,
    RateTicket,
    Receipt,
    ReopenTicket,
    Reply,
    encode_intent,
)
from supportdesk.domain.entities import Entity, Message, Ticket, kind_of
from supportdesk.domain.errors import IdempotencyConflict, NotFound, Refused
from supportdesk.domain.status import REOPENABLE, Status, after_customer_reply, may_follow
from tests.support.databases import Databases, SqliteDatabases
from tests.support.desk import COLLEAGUE, CUSTOMER, PARTNER, STAFF, STRANGER, furnished, person_of, view_of

_PRACTICE, _ELSEWHERE, _PARTNER = "practice", "elsewhere", "partner"
_HOME = {CUSTOMER: _PRACTICE, COLLEAGUE: _PRACTICE, STRANGER: _ELSEWHERE, PARTNER: _PARTNER}
_SEES = {
    CUSTOMER: {_PRACTICE},
    COLLEAGUE: {_PRACTICE},
    STRANGER: {_ELSEWHERE},
    PARTNER: {_PARTNER, _PRACTICE},
}
_REOPEN_DAYS = timedelta(days=14)


class _Known:
    """What the model believes of one ticket."""

    def __init__(self, organisation: str) -> None:
        self.organisation = organisation
        self.status = Status.NEW
        self.messages = 1
        self.solved_at: datetime | None = None

    def move(self, status: Status, at: datetime) -> None:
        if status is not self.status and status in REOPENABLE:
            self.solved_at = at
        self.status = status

    def may_return(self, at: datetime) -> bool:
        return self.solved_at is None or self.status not in REOPENABLE or at <= self.solved_at + _REOPEN_DAYS


class DeskMachine(RuleBasedStateMachine):
    tickets = Bundle("tickets")
    sent = Bundle("sent")
    users = st.sampled_from(sorted(_HOME))

    def __init__(self, databases: Databases) -> None:
        super().__init__()
        self._databases = databases
        self._exits = ExitStack()
        self._known: dict[str, _Known] = {}
        self._mirrors: dict[str, dict[tuple[str, str], Entity]] = {user: {} for user in _HOME}
        self._cursors: dict[str, str | None] = dict.fromkeys(_HOME)
        self._now = now()

    @initialize()
    def open(self) -> None:
        self.desk = self._exits.enter_context(furnished(self._databases.furnished()))
        self._views: dict[str, View] = {user: view_of(self.desk, user) for user in _HOME}
        self._mia = person_of(self.desk, STAFF)

    def teardown(self) -> None:
        self._exits.close()

    def _send(self, user: str, asked: Asked) -> Receipt:
        return take(self.desk, self._views[user].actor, asked, self._now)

    def _asked(self, intent: AnyIntent) -> Asked:
        return Asked(id=uuid7(), created_at=self._now, payload=encode_intent(intent))

    def _expect(self, user: str, intent: AnyIntent, ticket: str, *, fits: bool) -> bool:
        """Sends it and says whether it was taken; it must be taken exactly when it is visible and fits."""
        visible = self._known[ticket].organisation in _SEES[user]
        try:
            self._send(user, self._asked(intent))
        except NotFound:
            assert not visible
            return False
        except Refused:
            assert visible
            assert not fits
            return False
        assert visible
        assert fits
        return True

    @rule(target=tickets, user=users)
    def report(self, user: str) -> str:
        receipt = self._send(user, self._asked(CreateTicket(subject="Printer", description="Paper jam")))
        self._known[receipt.entity_id] = _Known(_HOME[user])
        return receipt.entity_id

    @rule(target=sent, user=users)
    def report_and_remember(self, user: str) -> tuple[str, Asked, Receipt]:
        asked = self._asked(CreateTicket(subject="Scanner", description="No light"))
        receipt = self._send(user, asked)
        self._known[receipt.entity_id] = _Known(_HOME[user])
        return user, asked, receipt

    @rule(memory=sent, user=users)
    def repeat(self, memory: tuple[str, Asked, Receipt], user: str) -> None:
        owner, asked, receipt = memory
        try:
            assert self._send(user, asked) == receipt
            assert user == owner
        except IdempotencyConflict:
            assert user != owner

    @rule(ticket=tickets, user=users)
    def reply(self, ticket: str, user: str) -> None:
        known = self._known[ticket]
        fits = known.status is not Status.CLOSED and known.may_return(self._now)
        if self._expect(user, Reply(conversation_id=ticket, body="More"), ticket, fits=fits):
            known.messages += 1
            known.move(after_customer_reply(known.status), self._now)

    @rule(ticket=tickets, user=users)
    def reopen(self, ticket: str, user: str) -> None:
        known = self._known[ticket]
        fits = known.may_return(self._now)
        if self._expect(user, ReopenTicket(ticket_id=ticket, description="Again"), ticket, fits=fits):
            known.messages += 1
            before = known.status
            after = Status.IN_PROGRESS if before in REOPENABLE else after_customer_reply(before)
            known.move(after, self._now)

    @rule(ticket=tickets, user=users)
    def close(self, ticket: str, user: str) -> None:
        if self._expect(user, CloseTicket(ticket_id=ticket), ticket, fits=True):
            self._known[ticket].move(Status.CLOSED, self._now)

    @rule(ticket=tickets, user=users, helpful=st.booleans())
    def rate(self, ticket: str, user: str, *, helpful: bool) -> None:
        fits = self._known[ticket].status in REOPENABLE
        self._expect(user, RateTicket(ticket_id=ticket, helpful=helpful), ticket, fits=fits)

    @rule(ticket=tickets, user=users)
    def mark(self, ticket: str, user: str) -> None:
        self._expect(user, MarkRead(what="ticket", id=ticket), ticket, fits=True)

    @rule(ticket=tickets, status=st.sampled_from(Status))
    def answer(self, ticket: str, status: Status) -> None:
        known = self._known[ticket]
        fits = status is known.status or may_follow(known.status, status)
        try:
            staff.answer(self.desk, self._mia, ticket, "Answer", self._now, status=status)
        except Refused:
            assert not fits
            return
        assert fits
        known.messages += 1
        known.move(status, self._now)

    @rule(ticket=tickets)
    def note(self, ticket: str) -> None:
        staff.note(self.desk, self._mia, ticket, "Secret", self._now)

    @rule(hours=st.integers(1, 24 * 10))
    def wait(self, hours: int) -> None:
        self._now += timedelta(hours=hours)

    @rule(user=users, limit=st.integers(1, 7))
    def pull_one_page(self, user: str, limit: int) -> None:
        self._take_page(user, limit)

    def _take_page(self, user: str, limit: int) -> bool:
        with reading(self.desk):
            page = feed.pull(self.desk, self._views[user], self._cursors[user], limit)
        self._cursors[user] = page.cursor
        for change in page.changes:
            if isinstance(change, Upsert):
                self._mirrors[user][kind_of(change.entity), change.entity.id] = change.entity
            else:
                self._mirrors[user].pop((change.kind, change.id), None)
        return page.more

    @invariant()
    def everybody_has_what_the_model_has(self) -> None:
        for user, mirror in self._mirrors.items():
            if self._cursors[user] is None:
                continue  # has not begun
            while self._take_page(user, 50):
                pass
            seen = {each.id: each for each in mirror.values() if isinstance(each, Ticket)}
            wanted = {id: known for id, known in self._known.items() if known.organisation in _SEES[user]}
            assert {id: ticket.status for id, ticket in seen.items()} == {
                id: known.status for id, known in wanted.items()
            }
            messages = [each.conversation_id for each in mirror.values() if isinstance(each, Message)]
            assert {id: messages.count(id) for id in wanted} == {
                id: known.messages for id, known in wanted.items()
            }


def test_the_desk_does_what_its_model_does(databases: Databases) -> None:
    """Whatever people do in whatever order: each sees all that concerns them, and nothing else."""
    examples = 25 if isinstance(databases, SqliteDatabases) else 10
    wanted = settings(max_examples=examples, stateful_step_count=25, deadline=None)
    run_state_machine_as_test(lambda: DeskMachine(databases), settings=wanted)  # type: ignore[arg-type]
