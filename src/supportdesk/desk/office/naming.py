"""What people name by hand, as ids. All within the caller's transaction.

Raises InvalidInput, which says what was not found: staff see everything, so there is nothing to hide.
"""

from sqlalchemy import ColumnElement, Connection, or_, select, union_all

from supportdesk.desk.accounts import access
from supportdesk.desk.store.schema import (
    conversations,
    documents,
    orders,
    organisations,
    people,
    subscriptions,
    tickets,
)
from supportdesk.domain.entities import Role
from supportdesk.domain.errors import InvalidInput
from supportdesk.i18n import _


def organisation(connection: Connection, written: str, field: str = "organisation") -> str:
    """By its name or id."""
    name = written.strip()
    found = _ids(
        connection, organisations.c.id, or_(organisations.c.id == name, organisations.c.name == name)
    )
    if len(found) > 1:
        text = _("Several organisations are called {name}. Give the id of one.")
        raise InvalidInput(text.format(name=name), field=field)
    if not found:
        raise InvalidInput(_("There is no organisation called {name}.").format(name=name), field=field)
    return found[0]


def person(connection: Connection, written: str, field: str = "person") -> str:
    """By user name, address or id."""
    name = access.user_name(written)
    found = _ids(connection, people.c.id, or_(people.c.id == written.strip(), people.c.user_name == name))
    found = found or (_ids(connection, people.c.id, people.c.email == name) if name else [])
    if len(found) != 1:
        raise InvalidInput(_("There is no account called {name}.").format(name=written.strip()), field=field)
    return found[0]


def staff(connection: Connection) -> list[str]:
    """The ids of those with access."""
    return list(
        connection.execute(select(people.c.id).where(people.c.role == Role.STAFF, people.c.active)).scalars()
    )


def ticket(connection: Connection, written: str) -> str:
    """By its number, with or without '#', or its id."""
    name = written.strip().removeprefix("#")
    found = _ids(connection, tickets.c.id, or_(tickets.c.number == name, tickets.c.id == name))
    if len(found) != 1:
        raise InvalidInput(
            _("There is no ticket with the number {number}.").format(number=name), field="ticket"
        )
    return found[0]


def order(connection: Connection, written: str) -> str:
    """By its number, with or without '#', or its id."""
    name = written.strip().removeprefix("#")
    found = _ids(connection, orders.c.id, or_(orders.c.number == name, orders.c.id == name))
    if len(found) != 1:
        raise InvalidInput(
            _("There is no order with the number {number}.").format(number=name), field="order"
        )
    return found[0]


def subscription(connection: Connection, written: str) -> str:
    """By its id, or by its number where no other organisation has the same."""
    name = written.strip()
    found = _ids(connection, subscriptions.c.id, subscriptions.c.id == name)
    found = found or _ids(connection, subscriptions.c.id, subscriptions.c.number == name)
    if len(found) > 1:
        text = _("Several organisations have a subscription with the number {number}. Give the id of one.")
        raise InvalidInput(text.format(number=name), field="subscription")
    if not found:
        text = _("There is no subscription with the number {number}.")
        raise InvalidInput(text.format(number=name), field="subscription")
    return found[0]


def document(connection: Connection, written: str, field: str = "document") -> str:
    """By its number or id."""
    name = written.strip()
    found = _ids(connection, documents.c.id, or_(documents.c.number == name, documents.c.id == name))
    if len(found) != 1:
        text = _("There is no document with the number {number}.")
        raise InvalidInput(text.format(number=name), field=field)
    return found[0]


_CONCERNED = (tickets, orders, documents)


def concerned(connection: Connection, written: str, field: str) -> str:
    """A ticket, an order or a document, by its number or id."""
    name = written.strip().removeprefix("#")
    found = [
        id
        for table in _CONCERNED
        for id in _ids(connection, table.c.id, or_(table.c.number == name, table.c.id == name))
    ]
    if len(found) > 1:
        text = _("Several things have the number {number}. Give the id of one.")
        raise InvalidInput(text.format(number=name), field=field)
    if not found:
        text = _("There is no ticket, order or document with the number {number}.")
        raise InvalidInput(text.format(number=name), field=field)
    return found[0]


def number_of_concerned(connection: Connection, id: str) -> str:
    """The other way round; '' for ''."""
    numbers = (select(table.c.number).where(table.c.id == id) for table in _CONCERNED)
    return connection.execute(union_all(*numbers)).scalar() or ""


def organisation_of(connection: Connection, conversation_id: str) -> str:
    query = select(conversations.c.organisation_id).where(conversations.c.id == conversation_id)
    return str(connection.execute(query).scalar_one())


def _ids(connection: Connection, id: ColumnElement[str], these: ColumnElement[bool]) -> list[str]:
    return list(connection.execute(select(id).where(these).limit(2)).scalars())
