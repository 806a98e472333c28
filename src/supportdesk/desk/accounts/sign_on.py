"""Signing in whom another provider vouches for."""

from datetime import datetime

import msgspec
from sqlalchemy import Connection, RowMapping, update

from supportdesk.desk.accounts import access, accounts, guests
from supportdesk.desk.accounts.asker import Asker
from supportdesk.desk.store import audit
from supportdesk.desk.store.database import writing
from supportdesk.desk.store.schema import people
from supportdesk.domain.account import AccountRequest
from supportdesk.domain.entities import Role
from supportdesk.domain.errors import AddressNotAccepted, Refused
from supportdesk.domain.session import Session
from supportdesk.i18n import _


class Vouched(msgspec.Struct, frozen=True):
    """What the provider says; the address is verified there."""

    email: str
    name: str = ""

    def __repr__(self) -> str:
        return "Vouched()"


def not_offered(_connection: Connection, _request: AccountRequest, _asker: Asker, _now: datetime) -> Session:
    """A desk knows no provider; a server does, and asks it before it comes to `enter`."""
    raise Refused(_("The support portal does not offer this."))


def enter(
    connection: Connection, vouched: Vouched, newcomers_to: str, asker: Asker, now: datetime
) -> Session:
    """A session of the person whose address it is; the address is now known to be theirs.

    `newcomers_to` is the id of the organisation to which strangers are added; '' accepts none. Raises
    AddressNotAccepted, alike for strangers and people who were deactivated; InvalidInput for no address.
    """
    email = accounts.address(vouched.email)
    with writing(connection):
        person = _person(connection, email)
        if person is None and newcomers_to and not accounts.having(connection, email):
            person = _newcomer(connection, vouched, email, newcomers_to, now)
        if person is not None:
            return _entered(connection, person, email, asker, now)
        audit.note(connection, "", "single_sign_on_refused", "", now)
    raise not_accepted(email)


def not_accepted(email: str) -> AddressNotAccepted:
    return AddressNotAccepted(_("Nobody has access here with the address {email}.").format(email=email))


def _person(connection: Connection, email: str) -> RowMapping | None:
    """Whose user name it is, else who alone has the address: two who share one cannot be told apart."""
    found = [person for person in accounts.having(connection, email) if person["active"]]
    if len(found) == 1 or (found and found[0]["user_name"] == email):
        return found[0]
    return None


def _newcomer(
    connection: Connection, vouched: Vouched, email: str, organisation_id: str, now: datetime
) -> RowMapping:
    newcomer = accounts.Newcomer(
        user=email,
        name=accounts.plain(vouched.name[: accounts.MAX_NAME_CHARS], "name", "") or email,
        email=email,
        organisation_id=organisation_id,
        role=Role.CUSTOMER,
    )
    return accounts.row(connection, accounts.enrol(connection, newcomer, "", now))


def _entered(connection: Connection, person: RowMapping, email: str, asker: Asker, now: datetime) -> Session:
    connection.execute(update(people).where(people.c.id == person["id"]).values(verified_at=now))
    guests.claim(connection, person, email)
    audit.note(connection, person["id"], "single_sign_on", "", now)
    token = access.open_session(connection, person["id"], asker.device, asker.device_name, now)
    return Session(user=person["user_name"], token=token)
