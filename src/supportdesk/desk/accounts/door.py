"""What somebody can ask who is not signed in. Nothing here tells whether an address is known.

Each function runs its own transactions.
"""

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Connection, update

from supportdesk.clock import uuid7
from supportdesk.desk.accounts import access, accounts, codes, guests, passwords, wishes
from supportdesk.desk.accounts.asker import Asker
from supportdesk.desk.accounts.codes import Code
from supportdesk.desk.conversations import staff_mail
from supportdesk.desk.store import audit, guessing, settings
from supportdesk.desk.store.database import reading, writing
from supportdesk.desk.store.guessing import Allowance
from supportdesk.desk.store.schema import organisations, people, requests_of_access
from supportdesk.desk.visibility import feed
from supportdesk.desk.visibility.feed import Touch
from supportdesk.domain.account import (
    CodeMeaning,
    CodePurpose,
    Done,
    ExamineCode,
    MailCode,
    RedeemCode,
    RequestAccess,
)
from supportdesk.domain.entities import Role
from supportdesk.domain.errors import InvalidInput, NotFound, Refused
from supportdesk.domain.session import Session
from supportdesk.i18n import _

ASKS_PER_CLIENT = Allowance(20, timedelta(minutes=5))
CODES_PER_CLIENT = Allowance(20, timedelta(minutes=20))
"""At most 92 wrong codes in a day from one place."""
MAX_WORDS_CHARS = 2_000
_KEPT = timedelta(days=365)


def mail_code(connection: Connection, request: MailCode, asker: Asker, now: datetime) -> Done:
    email = accounts.address(request.email)
    purpose = CodePurpose(request.purpose)
    with writing(connection):
        door = settings.load(connection).door
        _check(door.reset if purpose is CodePurpose.RESET else door.sign_up == "open")
        _pay_for_asking(connection, asker, now)
        wish = wishes.Wish(purpose, email, accounts.language(request.language))
        wishes.note(connection, wish, now)
    return Done()


def request_access(connection: Connection, request: RequestAccess, asker: Asker, now: datetime) -> Done:
    email = accounts.address(request.email)
    name = accounts.plain(request.name, "name", _("Say who you are."))
    organisation = accounts.plain(request.organisation, "organisation", _("Say for whom you work."))
    if len(request.message) > MAX_WORDS_CHARS:
        text = _("The text may have at most {limit} characters.")
        raise InvalidInput(text.format(limit=MAX_WORDS_CHARS), field="message")
    language = accounts.language(request.language)
    with writing(connection):
        _check(settings.load(connection).door.sign_up == "approval")
        _pay_for_asking(connection, asker, now)
        connection.execute(
            requests_of_access.insert().values(
                id=uuid7(),
                email=email,
                name=name,
                organisation=organisation,
                message=request.message.strip(),
                language=language,
                created_at=now,
            )
        )
        staff_mail.access_wanted(connection, name, email, organisation, request.message.strip(), now)
        wishes.note(connection, wishes.Wish(CodePurpose.INVITATION, email, language), now)
    return Done()


def sweep(connection: Connection, now: datetime) -> None:
    """Forgets requests for access that were decided long ago. Within a writing transaction."""
    connection.execute(requests_of_access.delete().where(requests_of_access.c.decided_at < now - _KEPT))


def _check(offered: bool) -> None:
    if not offered:
        raise Refused(_("The support portal does not offer this."))


def _pay_for_asking(connection: Connection, asker: Asker, now: datetime) -> None:
    bucket = guessing.bucket_for("ask", asker.client)
    guessing.pay(connection, bucket, now, ASKS_PER_CLIENT, _("This was asked for too often from here."))


def examine_code(connection: Connection, request: ExamineCode, asker: Asker, now: datetime) -> CodeMeaning:
    code = _looked_up(connection, request.code, asker, now)
    with reading(connection):
        name = str(accounts.row(connection, code.person_id)["name"]) if code.person_id else ""
    return CodeMeaning(purpose=code.purpose, email=code.email, name=name)


def _looked_up(connection: Connection, written: str, asker: Asker, now: datetime) -> Code:
    """Raises NotFound, and TooManyAttempts without looking."""
    bucket = guessing.bucket_for("code", asker.client)
    sentence = _("A wrong code was given too often.")
    guessing.spend(connection, bucket, now, CODES_PER_CLIENT, sentence)
    with reading(connection):
        code = codes.find(connection, written, now)
    guessing.give_back(connection, bucket, CODES_PER_CLIENT)
    return code


def begin_redeeming(connection: Connection, request: RedeemCode, asker: Asker, now: datetime) -> "Redeeming":
    code = _looked_up(connection, request.code, asker, now)
    with reading(connection):
        user = str(accounts.row(connection, code.person_id)["user_name"]) if code.person_id else code.email
    return Redeeming(request, asker, now, code, user)


class Redeeming(NamedTuple):
    """A code that was right and is not used yet."""

    request: RedeemCode
    asker: Asker
    now: datetime
    code: Code
    user: str

    def __repr__(self) -> str:
        """Without what is secret."""
        return "Redeeming()"

    def hash(self) -> str:
        """'' where the password stays."""
        if self.code.purpose is CodePurpose.VERIFY and not self.request.password:
            return ""
        passwords.check(self.request.password, self.user)
        return passwords.hashed(self.request.password)

    def finish(self, connection: Connection, password_hash: str) -> Session:
        code, now = self.code, self.now
        name = accounts.plain(self.request.name, "name", "" if code.person_id else _("Enter your name."))
        with writing(connection):
            codes.use(connection, code, now)
            person_id = code.person_id or _account_of(connection, code, name, now)
            if password_hash:
                accounts.set_password(connection, person_id, password_hash, now)
            return _entered(connection, person_id, code.email, self.asker, now)


def _account_of(connection: Connection, code: Code, name: str, now: datetime) -> str:
    """A new account, in an organisation of its own; or the one that was made meanwhile for that address."""
    if existing := accounts.having(connection, code.email):
        return str(existing[0]["id"])
    organisation_id = uuid7()
    connection.execute(organisations.insert().values(id=organisation_id, name=name))
    feed.record(connection, [Touch("organisation", organisation_id, organisation_id, born=True)])
    newcomer = accounts.Newcomer(
        user=code.email,
        name=name,
        email=code.email,
        organisation_id=organisation_id,
        role=Role.CUSTOMER,
        language=code.language,
    )
    return accounts.enrol(connection, newcomer, "", now)


def _entered(connection: Connection, person_id: str, email: str, asker: Asker, now: datetime) -> Session:
    """The address is now known to be theirs. Raises NotFound for a person who was deactivated."""
    person = accounts.row(connection, person_id)
    if not person["active"]:
        raise NotFound
    if email in {person["email"], person["user_name"]}:
        connection.execute(update(people).where(people.c.id == person_id).values(verified_at=now))
        guests.claim(connection, person, email)
    audit.note(connection, person_id, "redeem_code", "", now)
    token = access.open_session(connection, person_id, asker.device, asker.device_name, now)
    return Session(user=person["user_name"], token=token)
