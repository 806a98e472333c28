"""Who belongs to the desk: organisations, people and their license keys. What the vendor decides."""

from datetime import datetime

from sqlalchemy import Connection, Table, select, update

from supportdesk.clock import uuid7
from supportdesk.desk import access, audit, feed, passwords
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
from supportdesk.domain.errors import InvalidInput, NotFound
from supportdesk.i18n import _


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
    """Returns the person's id. Raises InvalidInput for a taken user name and too short a password."""
    if len(password) < passwords.MIN_LENGTH:
        text = _("A password needs at least {count} characters.")
        raise InvalidInput(text.format(count=passwords.MIN_LENGTH), field="password")
    id, login, password_hash = uuid7(), access.user_name(user), passwords.hashed(password)
    with writing(connection):
        if connection.execute(select(people.c.id).where(people.c.user_name == login)).first():
            raise InvalidInput(_("This user name is taken."), field="user")
        connection.execute(
            people.insert().values(
                id=id,
                user_name=login,
                name=name,
                email=email,
                organisation_id=organisation_id,
                role=role,
                active=True,
                password_hash=password_hash,
                created_at=now,
            )
        )
        feed.record(connection, [Touch("person", id, organisation_id, born=True)])
        audit.note(connection, "", "add_person", id, now)
    return id


def set_active(connection: Connection, person_id: str, *, active: bool, now: datetime) -> None:
    """A deactivated person is out at the very next call. Raises NotFound."""
    with writing(connection):
        organisation_id = connection.execute(
            update(people)
            .where(people.c.id == person_id)
            .values(active=active)
            .returning(people.c.organisation_id)
        ).scalar()
        if organisation_id is None:
            raise NotFound
        access.end_sessions(connection, person_id, now)
        feed.record(connection, [Touch("person", person_id, organisation_id)])
        audit.note(connection, "", "activate" if active else "deactivate", person_id, now)


def set_password(connection: Connection, person_id: str, password: str, now: datetime) -> None:
    """Signs the person out everywhere."""
    password_hash = passwords.hashed(password)
    with writing(connection):
        connection.execute(update(people).where(people.c.id == person_id).values(password_hash=password_hash))
        access.end_sessions(connection, person_id, now)
        audit.note(connection, person_id, "set_password", "", now)


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
