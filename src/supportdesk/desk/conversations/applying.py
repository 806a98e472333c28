"""Applying one command within its transaction: what it needs, and which function does it."""

from datetime import datetime
from functools import singledispatch
from typing import TypeVar

import msgspec
from sqlalchemy import Connection

from supportdesk.desk.conversations import customer_mail, staff_mail
from supportdesk.desk.conversations.changing import (
    Change,
    Head,
    TicketChange,
    TicketHead,
    head,
    kind_of,
    ticket_head,
)
from supportdesk.desk.mail.mail_texts import News
from supportdesk.desk.visibility import facts
from supportdesk.desk.visibility.facts import View
from supportdesk.domain.commands import AnyIntent, FileRef
from supportdesk.domain.entities import (
    Conversation,
    ConversationKind,
    Document,
    Fact,
    Order,
    Role,
    Subscription,
    Ticket,
)
from supportdesk.domain.status import Status


class Asked(msgspec.Struct, frozen=True):
    """A command as it arrived: `payload` is the intent's frozen JSON."""

    id: str
    created_at: datetime
    payload: bytes
    came_from: str = ""
    """The address of who sent it, where it is known."""


class Outcome(msgspec.Struct, frozen=True):
    entity_id: str
    number: str = ""
    audited: dict[str, str] = {}
    """What the audit says besides who, what and when."""


F = TypeVar("F", bound=Fact)


CONVERSATIONS: dict[ConversationKind, type[Conversation]] = {
    ConversationKind.TICKET: Ticket,
    ConversationKind.DOCUMENT: Document,
    ConversationKind.ORDER: Order,
    ConversationKind.SUBSCRIPTION: Subscription,
}


class Work(msgspec.Struct, frozen=True):
    """What applying one command needs."""

    connection: Connection
    view: View
    asked: Asked
    now: datetime

    def see(self, fact: type[F], id: str) -> F:
        """What the actor refers to. Raises NotFound."""
        return facts.get(self.connection, self.view, fact, id)

    def talk(self, conversation_id: str) -> Conversation:
        """What the actor wants to add to. Raises NotFound."""
        return self.see(CONVERSATIONS[kind_of(self.connection, conversation_id)], conversation_id)

    def change(self, about: Head) -> Change:
        return Change(self.connection, about, self.view.actor.person_id, self.now)

    def change_ticket(self, ticket_id: str) -> TicketChange:
        ticket = ticket_head(self.connection, ticket_id)
        return TicketChange(self.connection, ticket, self.view.actor.person_id, self.now)

    def move(self, change: TicketChange, status: Status) -> None:
        change.move(status, self.view.settings.limits.reopen_days, by_customer=True)

    def tell(
        self, conversation_id: str, news: News, *, body: str = "", files: tuple[FileRef, ...] = ()
    ) -> None:
        """By mail: the vendor's people of what a customer did, the customer of what staff did."""
        connection, view = self.connection, self.view
        if view.actor.role is not Role.STAFF:
            staff_mail.tell(connection, view, conversation_id, news, self.now, body=body, files=files)
            return
        about = head(connection, conversation_id)
        if news is News.REPORTED and isinstance(about, TicketHead):
            customer_mail.reported_for(connection, about, body, self.now, files)
        elif news in _ANSWERS:
            customer_mail.answered(connection, about, view.actor.person_id, body, self.now, files=files)


_ANSWERS = (News.ANSWERED, News.REOPENED, News.ADDED_FILES)


@singledispatch
def applied(intent: AnyIntent, work: Work) -> Outcome:
    """Each kind of intent is registered where its things are written."""
    raise NotImplementedError(type(intent))
