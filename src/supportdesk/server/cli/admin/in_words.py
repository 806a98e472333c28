"""Answers as people read them: names of the catalogue in place of its ids, which are for programs."""

from collections.abc import Sequence
from typing import TypeVar

import msgspec
from msgspec.structs import replace

from supportdesk.desk.store.settings import DeskSettings
from supportdesk.domain.catalogue import Priority, Service, TicketType
from supportdesk.domain.office_tickets import TicketRow, Tickets, TicketShown
from supportdesk.i18n import language

T = TypeVar("T", TicketRow, TicketShown)


def in_words(answer: msgspec.Struct, desk: DeskSettings) -> msgspec.Struct:
    match answer:
        case Tickets():
            return replace(answer, tickets=tuple(_named(each, desk) for each in answer.tickets))
        case TicketShown():
            kind = desk.catalogue.type(answer.type_id)
            return replace(_named(answer, desk), type_id=_name([kind] if kind else [], answer.type_id, desk))
    return answer


def _named(ticket: T, desk: DeskSettings) -> T:
    priority = desk.catalogue.priority(ticket.priority_id)
    return replace(
        ticket,
        service_id=_name(desk.catalogue.service_path(ticket.service_id), ticket.service_id, desk),
        priority_id=_name([priority] if priority else [], ticket.priority_id, desk),
    )


def _name(path: Sequence[Service | TicketType | Priority], id: str, desk: DeskSettings) -> str:
    """The id itself where the vendor does not offer it any more."""
    return " › ".join(part.name.get(language(), desk.default_language) for part in path) or id
