"""Who belongs to the desk: organisations, people and their license keys. What the vendor decides."""

from datetime import datetime

from sqlalchemy import Connection, select, update

from supportdesk.clock import uuid7
from supportdesk.desk.accounts import accounts
from supportdesk.desk.conversations import moving
from supportdesk.desk.store import audit
from supportdesk.desk.store.database import writing
from supportdesk.desk.store.schema import conversations, license_keys, organisations, people
from supportdesk.desk.visibility import feed
from supportdesk.desk.visibility.feed import Touch
from supportdesk.domain.entities import LicenseKey, Role
from supportdesk.domain.errors import NotFound, Refused
from supportdesk.i18n import _

_OF_ORGANISATION = {Role.CUSTOMER, Role.ORGANISATION_ADMIN}


def add_organisation(
    connection: Connection, name: str, now: datetime, partner_id: str | None = None, *, by_id: str = ""
) -> str:
    """Returns its id. `by_id` is who of the staff does it, '' for the vendor; so everywhere here."""
    id = uuid7()
    with writing(connection):
        connection.execute(organisations.insert().values(id=id, name=name, partner_id=partner_id))
        feed.record(connection, [Touch("organisation", id, id, born=True)])
        audit.note(connection, by_id, "add_organisation", id, now)
    return id


def rename_organisation(
    connection: Connection, organisation_id: str, name: str, now: datetime, *, by_id: str = ""
) -> None:
    """Its name stands on what it talks about, too."""
    with writing(connection):
        this = organisations.c.id == organisation_id
        connection.execute(update(organisations).where(this).values(name=name))
        feed.record(connection, [Touch("organisation", organisation_id, organisation_id)])
        theirs = select(conversations.c.kind, conversations.c.id).where(
            conversations.c.organisation_id == organisation_id
        )
        rows = connection.execute(theirs)
        feed.record(connection, [Touch(kind.value, id, organisation_id) for kind, id in rows])
        audit.note(connection, by_id, "rename_organisation", organisation_id, now)


def move_person(
    connection: Connection, person_id: str, organisation_id: str, now: datetime, *, by_id: str = ""
) -> None:
    """To another organisation, with the tickets that they reported.

    Raises Refused for staff and partners, who see more than their organisation.
    """
    with writing(connection):
        if accounts.row(connection, person_id)["role"] not in _OF_ORGANISATION:
            raise Refused(_("Only customers are moved to another organisation."))
        moving.move_person(connection, person_id, organisation_id)
        audit.note(connection, by_id, "move_person", person_id, now)


def set_role(connection: Connection, person_id: str, role: Role, now: datetime, *, by_id: str = "") -> None:
    """A customer becomes their organisation's administrator, or ends to be it.

    Raises Refused for other roles, which see other things: for these it takes another account.
    """
    with writing(connection):
        before = accounts.row(connection, person_id)
        if not {before["role"], role} <= _OF_ORGANISATION:
            raise Refused(_("Only users become administrators, and administrators users."))
        connection.execute(update(people).where(people.c.id == person_id).values(role=role))
        feed.record(connection, [Touch("person", person_id, before["organisation_id"])])
        audit.note(connection, by_id, "set_role", person_id, now)


def set_active(
    connection: Connection, person_id: str, *, active: bool, now: datetime, by_id: str = ""
) -> None:
    """A deactivated person is out at the very next call. Raises NotFound."""
    with writing(connection):
        accounts.set_active(connection, person_id, by_id, active=active, now=now)


def give_key(
    connection: Connection, organisation_id: str, key: LicenseKey, now: datetime, *, by_id: str = ""
) -> None:
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
        audit.note(connection, by_id, "give_key", key.id, now)


def withdraw_key(connection: Connection, key_id: str, now: datetime, *, by_id: str = "") -> None:
    """Raises NotFound."""
    with writing(connection):
        organisation_id = connection.execute(
            license_keys.delete().where(license_keys.c.id == key_id).returning(license_keys.c.organisation_id)
        ).scalar()
        if organisation_id is None:
            raise NotFound
        feed.record(connection, [Touch("license_key", key_id, organisation_id)])
        audit.note(connection, by_id, "withdraw_key", key_id, now)


def link_partner(
    connection: Connection, organisation_id: str, partner_id: str | None, now: datetime, *, by_id: str = ""
) -> None:
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
            feed.record(connection, moving.everything_of(connection, organisation_id, audience, born=True))
        audit.note(connection, by_id, "link_partner", organisation_id, now)
