"""What people do about their own account.

Each function is one transaction, which begins with a look at the token.
"""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, RowMapping, select, update

from supportdesk.desk.accounts import access, accounts, passwords
from supportdesk.desk.accounts.asker import Asker
from supportdesk.desk.store import audit, guessing
from supportdesk.desk.store.database import reading, writing
from supportdesk.desk.store.schema import people, sessions, tickets
from supportdesk.desk.visibility import feed
from supportdesk.desk.visibility.feed import Touch
from supportdesk.domain.account import (
    ChangePassword,
    ChangeProfile,
    Done,
    EndOtherSessions,
    EndSession,
    GetProfile,
    ListSessions,
    MyProfile,
    OwnSession,
    OwnSessions,
)
from supportdesk.domain.errors import AuthenticationFailed, NotFound
from supportdesk.domain.session import Session
from supportdesk.i18n import _


def begin_password_change(
    connection: Connection, request: ChangePassword, asker: Asker, now: datetime
) -> "PasswordChange":
    """The old one is guessed no more often than when signing in."""
    with reading(connection):
        entrance = access.enter(connection, asker.token, now)
        person = accounts.row(connection, entrance.actor.person_id)
        here = select(sessions.c.device, sessions.c.name).where(sessions.c.id == entrance.session_id)
        device, device_name = connection.execute(here).one()
    bucket = guessing.bucket(person["user_name"], device)
    guessing.spend(connection, bucket, now)
    return PasswordChange(request, asker, now, person, bucket, (device, device_name))


class PasswordChange(NamedTuple):
    """That is paid for and not decided."""

    request: ChangePassword
    asker: Asker
    now: datetime
    person: RowMapping
    bucket: str
    device: tuple[str, str]

    def __repr__(self) -> str:
        """Without what is secret."""
        return "PasswordChange()"

    def hash(self) -> str:
        if not passwords.matches(self.person["password_hash"], self.request.old):
            raise AuthenticationFailed(_("The present password is not right."))
        passwords.check(self.request.new, self.person["user_name"], field="new")
        return passwords.hashed(self.request.new)

    def finish(self, connection: Connection, password_hash: str) -> Session:
        person_id = self.person["id"]
        with writing(connection):
            access.enter(connection, self.asker.token, self.now)
            if accounts.row(connection, person_id)["password_hash"] != self.person["password_hash"]:
                raise AuthenticationFailed(_("The present password is not right."))  # changed meanwhile
            guessing.clear(connection, self.bucket)
            accounts.set_password(connection, person_id, password_hash, self.now)
            token = access.open_session(connection, person_id, *self.device, self.now)
        return Session(user=self.person["user_name"], token=token)


def get_profile(connection: Connection, _request: GetProfile, asker: Asker, now: datetime) -> MyProfile:
    with reading(connection):
        return _profile(connection, access.actor_of(connection, asker.token, now).person_id)


def change_profile(connection: Connection, request: ChangeProfile, asker: Asker, now: datetime) -> MyProfile:
    name = accounts.plain(request.name, "name", _("Enter your name."))
    phone = accounts.plain(request.phone, "phone", "", accounts.MAX_PHONE_CHARS)
    language = accounts.language(request.language)
    with writing(connection):
        actor = access.actor_of(connection, asker.token, now)
        before = accounts.row(connection, actor.person_id)
        mine = update(people).where(people.c.id == actor.person_id)
        connection.execute(mine.values(name=name, phone=phone, language=language))
        if before["name"] != name:
            _tell_name(connection, actor.person_id, actor.organisation_id)
        audit.note(connection, actor.person_id, "change_profile", "", now)
        return _profile(connection, actor.person_id)


def _tell_name(connection: Connection, person_id: str, organisation_id: str) -> None:
    """It also stands on the tickets, wherever they are listed."""
    feed.record(connection, [Touch("person", person_id, organisation_id)])
    mine = select(tickets.c.id, tickets.c.organisation_id).where(tickets.c.requester_id == person_id)
    feed.record(connection, [Touch("ticket", *row) for row in connection.execute(mine)])


def _profile(connection: Connection, person_id: str) -> MyProfile:
    person = accounts.row(connection, person_id)
    return MyProfile(
        name=person["name"],
        user=person["user_name"],
        email=person["email"],
        phone=person["phone"],
        language=person["language"],
    )


def list_sessions(connection: Connection, _request: ListSessions, asker: Asker, now: datetime) -> OwnSessions:
    with reading(connection):
        entrance = access.enter(connection, asker.token, now)
        columns = sessions.c
        rows = connection.execute(
            select(columns.id, columns.name, columns.created_at, columns.last_used_at)
            .where(columns.person_id == entrance.actor.person_id, columns.expires_at > now)
            .order_by(columns.last_used_at.desc(), columns.id.desc())
        )
        return OwnSessions(tuple(OwnSession(*row, current=row.id == entrance.session_id) for row in rows))


def end_session(connection: Connection, request: EndSession, asker: Asker, now: datetime) -> Done:
    """Raises NotFound, alike for one that has ended and one of somebody else."""
    with writing(connection):
        person_id = access.actor_of(connection, asker.token, now).person_id
        mine = (sessions.c.person_id == person_id, sessions.c.expires_at > now)
        ended = update(sessions).where(sessions.c.id == request.session_id, *mine).values(expires_at=now)
        if not connection.execute(ended).rowcount:
            raise NotFound
        audit.note(connection, person_id, "end_session", request.session_id, now)
    return Done()


def end_other_sessions(
    connection: Connection, _request: EndOtherSessions, asker: Asker, now: datetime
) -> Done:
    with writing(connection):
        entrance = access.enter(connection, asker.token, now)
        access.end_sessions(connection, entrance.actor.person_id, now, but=entrance.session_id)
        audit.note(connection, entrance.actor.person_id, "end_other_sessions", "", now)
    return Done()
