"""The accounts of people: finding and making them, and what happens to one.

All within the caller's transaction.
"""

import re
from datetime import datetime

import msgspec
from sqlalchemy import Connection, RowMapping, or_, select, update

from supportdesk.clock import uuid7
from supportdesk.desk.accounts import access, passwords
from supportdesk.desk.mail.addresses import is_address
from supportdesk.desk.store import audit
from supportdesk.desk.store.schema import people
from supportdesk.desk.visibility import feed
from supportdesk.desk.visibility.feed import Touch
from supportdesk.domain.entities import Role
from supportdesk.domain.errors import InvalidInput, NotFound
from supportdesk.i18n import LANGUAGES, _

MAX_NAME_CHARS = 200
MAX_EMAIL_CHARS = 254
MAX_PHONE_CHARS = 64

_UNSEEN = re.compile(r"[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


def address(written: str) -> str:
    """An e-mail address in the form in which it is kept and compared. Raises InvalidInput."""
    email = access.user_name(written)
    if len(email) > MAX_EMAIL_CHARS or not is_address(email):
        raise InvalidInput(_("This is not an e-mail address."), field="email")
    return email


def plain(written: str, field: str, missing: str, limit: int = MAX_NAME_CHARS) -> str:
    """One line about a person. Raises InvalidInput, saying `missing` where it is empty and must not be."""
    text = " ".join(_UNSEEN.sub(" ", written).split())
    if not text and missing:
        raise InvalidInput(missing, field=field)
    if len(text) > limit:
        sentence = _("The text may have at most {limit} characters.")
        raise InvalidInput(sentence.format(limit=limit), field=field)
    return text


def language(written: str) -> str:
    """One that mails can be written in, or ''."""
    return written if written in LANGUAGES else ""


class Newcomer(msgspec.Struct, frozen=True):
    user: str
    name: str
    email: str
    organisation_id: str
    role: Role
    language: str = ""
    password_hash: str = passwords.DUMMY_HASH
    """Without one, nobody signs in before a mailed code has set it."""
    verified_at: datetime | None = None


def enrol(connection: Connection, newcomer: Newcomer, by_id: str, now: datetime) -> str:
    """Makes the account and returns the person's id. Raises InvalidInput for a name or address that is taken.

    `by_id` is who does it, '' for the vendor.
    """
    id, login = uuid7(), access.user_name(newcomer.user)
    if connection.execute(select(people.c.id).where(people.c.user_name == login)).first():
        raise InvalidInput(_("This user name is taken."), field="user")
    if newcomer.email and having(connection, newcomer.email):
        raise InvalidInput(_("Somebody has an account with this address already."), field="email")
    values = msgspec.structs.asdict(newcomer)
    del values["user"]
    connection.execute(people.insert().values(id=id, user_name=login, active=True, created_at=now, **values))
    feed.record(connection, [Touch("person", id, newcomer.organisation_id, born=True)])
    audit.note(connection, by_id, "add_person", id, now)
    return id


def having(connection: Connection, email: str) -> list[RowMapping]:
    """The accounts, active or not, that this address names or belongs to. It is in the form of `address`."""
    query = select(people).where(or_(people.c.user_name == email, people.c.email == email))
    return list(connection.execute(query.order_by(people.c.user_name != email, people.c.id)).mappings())


def row(connection: Connection, person_id: str) -> RowMapping:
    """Raises NotFound."""
    found = connection.execute(select(people).where(people.c.id == person_id)).mappings().first()
    if found is None:
        raise NotFound
    return found


def set_password(connection: Connection, person_id: str, password_hash: str, now: datetime) -> None:
    """Signs the person out everywhere."""
    connection.execute(update(people).where(people.c.id == person_id).values(password_hash=password_hash))
    access.end_sessions(connection, person_id, now)
    audit.note(connection, person_id, "set_password", "", now)


def set_active(connection: Connection, person_id: str, by_id: str, *, active: bool, now: datetime) -> None:
    """A deactivated person is out at the very next call. Raises NotFound."""
    changed = update(people).where(people.c.id == person_id).values(active=active)
    organisation_id = connection.execute(changed.returning(people.c.organisation_id)).scalar()
    if organisation_id is None:
        raise NotFound
    access.end_sessions(connection, person_id, now)
    feed.record(connection, [Touch("person", person_id, organisation_id)])
    audit.note(connection, by_id, "activate" if active else "deactivate", person_id, now)
