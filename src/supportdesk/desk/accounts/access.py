"""Signing in and out, and whose work a token stands for.

Each function runs its own transactions.
"""

import hashlib
import secrets
from datetime import datetime, timedelta

import msgspec
from sqlalchemy import Connection, bindparam, select, update

from supportdesk.clock import uuid7
from supportdesk.desk.accounts import passwords
from supportdesk.desk.store import audit, guessing
from supportdesk.desk.store.database import reading, writing
from supportdesk.desk.store.schema import people, sessions
from supportdesk.desk.visibility.actors import Actor, Entrance
from supportdesk.domain.errors import AuthenticationFailed, SessionExpired

SESSION_LIFE = timedelta(days=90)
MAX_NAME_CHARS = 80
_RENEW_AFTER = timedelta(days=1)
_KEPT = timedelta(days=365)
"""So long a device is known after its session has ended."""
_FAILED = "sign_in_failed"


def user_name(written: str) -> str:
    """The form in which names are kept and compared."""
    return written.strip().casefold()


def sign_in(
    connection: Connection, user: str, password: str, device: str, now: datetime, *, device_name: str = ""
) -> str:
    """Checks the password and returns the token of a new session.

    `device` names where it is typed; one from which the person has signed in before has its own count of
    wrong guesses, so that nobody else can use up the owner's. `device_name` is what the person recognises.
    Raises AuthenticationFailed, alike for an unknown name, a wrong password and a deactivated person;
    TooManyAttempts without looking at the password.
    """
    attempt = begin_attempt(connection, user, device, now)
    return finish_attempt(connection, attempt, check(attempt, password), device_name, now)


class Attempt(msgspec.Struct, frozen=True):
    """A sign-in that is paid for and not decided."""

    person_id: str
    """'' for a name that nobody has."""
    active: bool
    password_hash: str
    device: str
    bucket: str

    def __repr__(self) -> str:
        return "Attempt()"


class Checked(msgspec.Struct, frozen=True):
    right: bool
    renewed_hash: str = ""
    """Where the kept one was made with an earlier policy."""


def begin_attempt(connection: Connection, user: str, device: str, now: datetime) -> Attempt:
    """The first part of `sign_in`. Raises TooManyAttempts."""
    name = user_name(user)
    with writing(connection):
        person = connection.execute(select(people).where(people.c.user_name == name)).mappings().first()
        known = person is not None and _signed_in_before(connection, person["id"], device)
        bucket = guessing.bucket(name, device if known else "")
        guessing.pay(connection, bucket, now, guessing.PASSWORDS)
    if person is None:
        return Attempt("", False, passwords.DUMMY_HASH, device, bucket)
    return Attempt(person["id"], person["active"], person["password_hash"], device, bucket)


def check(attempt: Attempt, password: str) -> Checked:
    """The second part: takes its time and needs no database, so that nobody has to wait for it there."""
    if not passwords.matches(attempt.password_hash, password):
        return Checked(right=False)
    outdated = passwords.is_outdated(attempt.password_hash)
    return Checked(right=True, renewed_hash=passwords.hashed(password) if outdated else "")


def finish_attempt(
    connection: Connection, attempt: Attempt, checked: Checked, device_name: str, now: datetime
) -> str:
    """The last part: the token. Raises AuthenticationFailed."""
    if not (checked.right and attempt.active):
        with writing(connection):
            audit.note(connection, attempt.person_id, _FAILED, "", now)
        raise AuthenticationFailed
    same = people.c.id == attempt.person_id, people.c.password_hash == attempt.password_hash
    with writing(connection):
        if connection.execute(select(people.c.id).where(*same, people.c.active)).first() is None:
            raise AuthenticationFailed  # the password was changed meanwhile, or the person deactivated
        guessing.clear(connection, attempt.bucket)
        if checked.renewed_hash:
            connection.execute(update(people).where(*same).values(password_hash=checked.renewed_hash))
        audit.note(connection, attempt.person_id, "sign_in", "", now)
        return open_session(connection, attempt.person_id, attempt.device, device_name, now)


def is_password(connection: Connection, user: str, password: str) -> bool:
    """Whether it is theirs now. Counts no attempt: only for who has all of the desk in hand anyway."""
    kept = select(people.c.password_hash).where(people.c.user_name == user_name(user))
    with reading(connection):
        found = connection.execute(kept).scalar_one_or_none()
    return found is not None and passwords.matches(found, password)


def _signed_in_before(connection: Connection, person_id: str, device: str) -> bool:
    earlier = select(sessions.c.id).where(sessions.c.person_id == person_id, sessions.c.device == device)
    return connection.execute(earlier.limit(1)).first() is not None


def open_session(connection: Connection, person_id: str, device: str, device_name: str, now: datetime) -> str:
    """The token of a new session. Within a writing transaction."""
    token = secrets.token_urlsafe(32)
    connection.execute(
        sessions.insert().values(
            id=uuid7(),
            person_id=person_id,
            token_sha256=_token_hash(token),
            device=device,
            name=device_name[:MAX_NAME_CHARS],
            created_at=now,
            last_used_at=now,
            expires_at=now + SESSION_LIFE,
        )
    )
    return token


_SESSION = (
    select(
        sessions.c.id,
        sessions.c.expires_at,
        people.c.id.label("person_id"),
        people.c.organisation_id,
        people.c.role,
    )
    .join(people, people.c.id == sessions.c.person_id)
    .where(
        sessions.c.token_sha256 == bindparam("token_sha256"),
        sessions.c.expires_at > bindparam("now"),
        people.c.active,
    )
)


def enter(connection: Connection, token: str, now: datetime) -> Entrance:
    """Within a transaction. Raises SessionExpired for an unknown or ended token and a deactivated person."""
    row = connection.execute(_SESSION, {"token_sha256": _token_hash(token), "now": now}).first()
    if row is None:
        raise SessionExpired
    actor = Actor(person_id=row.person_id, organisation_id=row.organisation_id, role=row.role)
    return Entrance(actor=actor, session_id=row.id, expires_at=row.expires_at)


def actor_of(connection: Connection, token: str, now: datetime) -> Actor:
    """As `enter`, for callers that only ask who it is. Within a transaction."""
    return enter(connection, token, now).actor


def needs_renewal(entrance: Entrance, now: datetime) -> bool:
    """A session in use does not end, but is written at most once a day."""
    return now + SESSION_LIFE - entrance.expires_at > _RENEW_AFTER


def renew(connection: Connection, entrance: Entrance, now: datetime) -> None:
    """A session that was ended meanwhile stays ended."""
    with writing(connection):
        connection.execute(
            update(sessions)
            .where(sessions.c.id == entrance.session_id, sessions.c.expires_at > now)
            .values(expires_at=now + SESSION_LIFE, last_used_at=now)
        )


def sign_out(connection: Connection, token: str, now: datetime) -> None:
    """Ends the session; harmless for one that has ended."""
    with writing(connection):
        connection.execute(
            update(sessions)
            .where(sessions.c.token_sha256 == _token_hash(token), sessions.c.expires_at > now)
            .values(expires_at=now)
        )


def end_sessions(connection: Connection, person_id: str, now: datetime, *, but: str = "") -> None:
    """Signs the person out everywhere, except in the session with the id `but`.

    Within a writing transaction.
    """
    connection.execute(
        update(sessions)
        .where(sessions.c.person_id == person_id, sessions.c.expires_at > now, sessions.c.id != but)
        .values(expires_at=now)
    )


def sweep(connection: Connection, now: datetime) -> None:
    """Forgets sessions and failed attempts of long ago. Within a writing transaction."""
    connection.execute(sessions.delete().where(sessions.c.expires_at < now - _KEPT))
    audit.sweep(connection, _FAILED, now)


def _token_hash(token: str) -> str:
    # The token is 256 random bits: nothing to guess, so a quick hash is enough.
    return hashlib.sha256(token.encode()).hexdigest()
