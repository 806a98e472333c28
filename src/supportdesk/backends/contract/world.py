"""What a backend's author provides so that the contract can be run against it."""

from typing import Protocol

import msgspec

from supportdesk.backends.base import Backend
from supportdesk.domain.commands import CreateTicket
from supportdesk.domain.entities import Publication
from supportdesk.domain.status import Status


class Login(msgspec.Struct, frozen=True):
    user: str
    password: str


class World(Protocol):
    """A help desk of its own for each test, with people of two organisations and the vendor's side of it."""

    customer: Login
    colleague: Login
    """Of the customer's organisation."""
    admin: Login | None
    """Administers the customer's organisation (may be the colleague); None where nobody does."""
    stranger: Login
    """A customer of another organisation."""
    partner: Login | None
    """Looks after the customer's organisation, not after the stranger's; None where there are no partners."""

    def open(self) -> Backend:
        """A new connection to the same desk, nobody signed in."""
        ...

    def new_ticket(self, subject: str) -> CreateTicket:
        """The least that the desk takes as a ticket."""
        ...

    async def answer(self, ticket_id: str, body: str, status: Status | None = None) -> None:
        """Staff write to the customer."""
        ...

    async def note(self, ticket_id: str, body: str) -> None:
        """Staff write for themselves, where the desk knows internal notes."""
        ...

    async def subscribe(self, name: str) -> str:
        """The customer's organisation has it from now on; returns its id. Asked only where it is offered."""
        ...

    async def ask_to_sign(self, title: str) -> str:
        """The customer's organisation gets a document to sign; returns its id. Only where it is offered."""
        ...

    async def withdraw_document(self, document_id: str) -> None: ...

    async def remove_article(self, order_id: str, article: int) -> None:
        """Staff take out the article in this line, counted from 1. Asked only where orders are offered."""
        ...

    async def add_order_file(self, order_id: str, content: bytes, name: str, article: int) -> None:
        """Staff add a file to an article."""
        ...

    async def remove_order_file(self, order_id: str, attachment_id: str) -> None: ...

    async def publish(self, publication: Publication) -> None: ...

    async def withdraw(self, publication_id: str) -> None: ...

    async def code_mailed_to(self, email: str) -> str | None:
        """The code in the newest mail to this address; None where there is no mail or none in it."""
        ...

    async def deactivate(self, login: Login) -> None: ...

    async def let_days_pass(self, days: int) -> None:
        """The desk's clock goes forward."""
        ...
