"""Which writing functions fit which conversation."""

import pytest

from supportdesk.clock import now, uuid7
from supportdesk.desk.conversations import changing
from supportdesk.desk.conversations.applying import Asked
from supportdesk.desk.conversations.intake import take
from supportdesk.desk.store.database import DeskConnection, reading
from supportdesk.domain.commands import CreateOrder, CreateTicket, NewArticle, encode_intent
from supportdesk.domain.errors import NotFound
from supportdesk.domain.orders import Article
from tests.support.desk import CUSTOMER, person_of, view_of


def taken(desk: DeskConnection, intent: CreateTicket | CreateOrder) -> str:
    """Its id."""
    asked = Asked(uuid7(), now(), encode_intent(intent))
    take(desk, view_of(desk, CUSTOMER).actor, asked, now())
    return asked.id


def test_a_head_is_of_its_own_kind(desk: DeskConnection) -> None:
    """Of a ticket with its status, of anything else without; and each is changed by what fits it."""
    jana = person_of(desk, CUSTOMER)
    ticket = taken(desk, CreateTicket("Printer", "On fire."))
    order = taken(desk, CreateOrder("RET-1", (NewArticle(Article("BD-1")),)))
    with reading(desk):
        heads = [changing.head(desk, id) for id in (ticket, order)]
        assert [type(head) for head in heads] == [changing.TicketHead, changing.Head]
        assert [head.subject for head in heads] == ["Printer", "RET-1"]
        changes = [type(changing.of(desk, head, jana, now())) for head in heads]
    assert changes == [changing.TicketChange, changing.Change]


def test_what_is_no_ticket_has_no_ticket_head(desk: DeskConnection) -> None:
    """An order is not found among the tickets, and what does not exist nowhere."""
    order = taken(desk, CreateOrder("RET-1", (NewArticle(Article("BD-1")),)))
    with reading(desk):
        for ask, id in ((changing.ticket_head, order), (changing.ticket_head, "?"), (changing.head, "?")):
            with pytest.raises(NotFound):
                ask(desk, id)
