"""Who belongs to the desk: organisations, people and their license keys. What the vendor decides."""

from datetime import datetime

from sqlalchemy import Connection, Table, select, update

from supportdesk.clock import uuid7
from supportdesk.desk import access, accounts, audit, feed, passwords
from supportdesk.desk.database import writing
from supportdesk.desk.feed import Touch
from supportdesk.desk.schema import (
    attachments,
    events,
    license_keys,
    messages,
    organisations,
    people,
    tickets,
    time_records,
)
from supportdesk.domain.entities import EntityKind, LicenseKey, Role
from supportdesk.domain.errors import NotFound


def add_organisation(connection: Connection, name: str, now: datetime, partner_id: str | None = None) -> str:
    """Returns its id."""
    id = uuid7()
    with writing(connection):
        connection.execute(organisations.insert().values(id=id, name=name, partner_id=partner_id))
        feed.record(connection, [Touch("organisation", id, id, born=True)])
        audit.note(connection, "", "add_organisation", id, now)
    return id


def add_person(
    connection: Connection,
    *,
    user: str,
    password: str,
    name: str,
    organisation_id: str,
    role: Role,
    now: datetime,
    email: str = "",
) -> str:
    """Returns the person's id.

    Raises InvalidInput for a user name or an address that is taken, and for a password that will not do.
    """
    passwords.check(password, user)
    newcomer = accounts.Newcomer(
        user=user,
        name=name,
        email=access.user_name(email),
        organisation_id=organisation_id,
        role=role,
        password_hash=passwords.hashed(password),
    )
    with writing(connection):
        return accounts.enrol(connection, newcomer, "", now)


def set_active(connection: Connection, person_id: str, *, active: bool, now: datetime) -> None:
    """A deactivated person is out at the very next call. Raises NotFound."""
    with writing(connection):
        accounts.set_active(connection, person_id, "", active=active, now=now)


def set_password(connection: Connection, person_id: str, password: str, now: datetime) -> None:
    """Signs the person out everywhere."""
    password_hash = passwords.hashed(password)
    with writing(connection):
        accounts.set_password(connection, person_id, password_hash, now)


def give_key(connection: Connection, organisation_id: str, key: LicenseKey, now: datetime) -> None:
    with writing(connection):
        connection.execute(
            license_keys.insert().values(
                id=key.id,
                organisation_id=organisation_id,
                key_kind=key.key_kind,
                product=key.product,
                key=key.key,
                note=key.note,
                valid_until=key.valid_until,
            )
        )
        feed.record(connection, [Touch("license_key", key.id, organisation_id, born=True)])
        audit.note(connection, "", "give_key", key.id, now)


def withdraw_key(connection: Connection, key_id: str, now: datetime) -> None:
    """Raises NotFound."""
    with writing(connection):
        organisation_id = connection.execute(
            license_keys.delete().where(license_keys.c.id == key_id).returning(license_keys.c.organisation_id)
        ).scalar()
        if organisation_id is None:
            raise NotFound
        feed.record(connection, [Touch("license_key", key_id, organisation_id)])
        audit.note(connection, "", "withdraw_key", key_id, now)


def link_partner(connection: Connection, organisation_id: str, partner_id: str | None, now: datetime) -> None:
    """Lets a partner look after an organisation, or no one; old and new one look again at all of it.

    Raises NotFound.
    """
    with writing(connection):
        before = connection.execute(
            select(organisations.c.id, organisations.c.partner_id).where(
                organisations.c.id == organisation_id
            )
        ).first()
        if before is None:
            raise NotFound
        connection.execute(
            update(organisations).where(organisations.c.id == organisation_id).values(partner_id=partner_id)
        )
        feed.record(connection, [Touch("organisation", organisation_id, organisation_id)])
        for audience in {before.partner_id, partner_id} - {None}:
            feed.record(connection, _everything_of(connection, organisation_id, audience))
        audit.note(connection, "", "link_partner", organisation_id, now)


_OWNED: dict[EntityKind, Table] = {"person": people, "license_key": license_keys, "ticket": tickets}
_ON_TICKETS: dict[EntityKind, Table] = {
    "message": messages,
    "event": events,
    "attachment": attachments,
    "time_record": time_records,
}


def _everything_of(connection: Connection, organisation_id: str, audience: str) -> list[Touch]:
    touches = [Touch("organisation", organisation_id, audience, born=True)]
    for kind, table in _OWNED.items():
        query = select(table.c.id).where(table.c.organisation_id == organisation_id)
        touches += [Touch(kind, id, audience, born=True) for id in connection.execute(query).scalars()]
    for kind, table in _ON_TICKETS.items():
        query = select(table.c.id).join(tickets, tickets.c.id == table.c.ticket_id)
        query = query.where(tickets.c.organisation_id == organisation_id)
        touches += [Touch(kind, id, audience, born=True) for id in connection.execute(query).scalars()]
    return touches
