"""Deciding what becomes of the wishes for mails. Whether an address is known shows in its mailbox alone."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import Connection, RowMapping, select, update
from sqlalchemy.exc import InterfaceError, InternalError, OperationalError

from supportdesk import i18n
from supportdesk.desk.accounts import accounts, codes, guests
from supportdesk.desk.accounts.wishes import Wish
from supportdesk.desk.mail import mail_queue, mail_texts
from supportdesk.desk.mail.mail_queue import Letter
from supportdesk.desk.mail.mail_texts import MailText
from supportdesk.desk.store import guessing, settings
from supportdesk.desk.store.database import reading, writing
from supportdesk.desk.store.guessing import Allowance
from supportdesk.desk.store.schema import asked_mail, tickets
from supportdesk.desk.store.settings import DeskSettings
from supportdesk.domain.account import CodePurpose
from supportdesk.domain.errors import TooManyAttempts

log = logging.getLogger(__name__)

PER_ADDRESS = Allowance(6, timedelta(minutes=20))
"""Mails that strangers can make the desk send to one address."""
_UNDONE = select(asked_mail.c.id).where(asked_mail.c.done_at.is_(None))


def waits(connection: Connection) -> bool:
    """Whether there is anything to decide."""
    with reading(connection):
        return connection.execute(_UNDONE.limit(1)).first() is not None


def grant(connection: Connection, now: datetime, limit: int = 50) -> int:
    """Decides about the oldest wishes, each in a transaction of its own; returns how many it found.

    One on which the program fails is put aside.
    """
    with reading(connection):
        ids = connection.execute(_UNDONE.order_by(asked_mail.c.asked_at).limit(limit)).scalars().all()
    for id in ids:
        try:
            with writing(connection):
                _grant_one(connection, id, now)
        except (OperationalError, InterfaceError, InternalError):  # the database, not the wish
            raise
        except Exception as error:  # noqa: BLE001 - the others would wait behind it for ever
            fields = {"wish": id, "what": type(error).__name__}  # what it says may name somebody
            log.warning("a wish for a mail could not be decided", extra={"fields": fields})
            with writing(connection):
                connection.execute(update(asked_mail).where(asked_mail.c.id == id).values(done_at=now))
    return len(ids)


def _grant_one(connection: Connection, id: str, now: datetime) -> None:
    taken = update(asked_mail).where(asked_mail.c.id == id, asked_mail.c.done_at.is_(None))
    columns = (asked_mail.c[name] for name in Wish.__struct_fields__)
    row = connection.execute(taken.values(done_at=now).returning(*columns)).first()
    if row is None:  # somebody was quicker
        return
    wish = Wish(*row)
    desk = settings.load(connection)
    granting = Granting(connection, desk, wish, now)
    letters = granting.letters()
    if letters and _may_get_mail(connection, wish.email, now):
        for letter in letters:
            mail_queue.put(connection, desk, letter, now)


def _may_get_mail(connection: Connection, email: str, now: datetime) -> bool:
    try:
        guessing.pay(connection, guessing.bucket_for("mail", email), now, PER_ADDRESS)
    except TooManyAttempts:
        return False
    return True


class Granting:
    """Deciding about one wish."""

    def __init__(self, connection: Connection, desk: DeskSettings, wish: Wish, now: datetime) -> None:
        self._connection = connection
        self._desk = desk
        self._wish = wish
        self._now = now
        self._accounts = accounts.having(connection, wish.email)
        self._active = [person for person in self._accounts if person["active"]]

    def letters(self) -> list[Letter]:
        """Nothing for an account that was deactivated: it stays closed."""
        decide: dict[CodePurpose, Callable[[], list[Letter]]] = {
            CodePurpose.SIGN_UP: self._sign_up,
            CodePurpose.RESET: self._reset,
            CodePurpose.VERIFY: self._guest_report,
            CodePurpose.INVITATION: self._access_asked,
        }
        return decide[self._wish.purpose]()

    def _sign_up(self) -> list[Letter]:
        if self._accounts:
            return self._have_account()
        return [self._to_stranger(lambda: mail_texts.sign_up(self._desk, self._code(CodePurpose.SIGN_UP)))]

    def _reset(self) -> list[Letter]:
        return [
            self._to_person(person, lambda code, user: mail_texts.reset(self._desk, code, user))
            for person in self._active
        ]

    def _access_asked(self) -> list[Letter]:
        if self._accounts:
            return self._have_account()
        return [self._to_stranger(lambda: mail_texts.access_asked(self._desk))]

    def _have_account(self) -> list[Letter]:
        return [
            self._to_person(person, lambda code, user: mail_texts.has_account(self._desk, code, user))
            for person in self._active
        ]

    def _guest_report(self) -> list[Letter]:
        desk, number = self._desk, self._number()
        verified = next((person for person in self._active if person["verified_at"] is not None), None)
        if verified is not None:
            guests.claim(self._connection, verified, self._wish.email)
            return [self._to_stranger(lambda: mail_texts.guest_report_found(desk, number))]
        if self._active:
            person = self._active[0]
            code = self._code(CodePurpose.VERIFY, person["id"])
            return [self._to_stranger(lambda: mail_texts.guest_report_verify(desk, number, code))]
        if not self._accounts and desk.door.sign_up == "open":
            code = self._code(CodePurpose.SIGN_UP)
            return [self._to_stranger(lambda: mail_texts.guest_report_sign_up(desk, number, code))]
        return [self._to_stranger(lambda: mail_texts.guest_report(desk, number))]

    def _number(self) -> str:
        return str(
            self._connection.execute(
                select(tickets.c.number).where(tickets.c.id == self._wish.id)
            ).scalar_one()
        )

    def _code(self, purpose: CodePurpose, person_id: str | None = None) -> str:
        return codes.issue(
            self._connection,
            purpose,
            self._wish.email,
            self._now,
            person_id=person_id,
            language=self._wish.language,
        )

    def _to_person(self, person: RowMapping, text: Callable[[str, str], MailText]) -> Letter:
        code = self._code(CodePurpose.RESET, person["id"])
        with i18n.speaking(mail_texts.spoken(self._desk, person["language"], self._wish.language)):
            return Letter(self._wish.email, *text(code, person["user_name"]))

    def _to_stranger(self, text: Callable[[], MailText]) -> Letter:
        with i18n.speaking(mail_texts.spoken(self._desk, self._wish.language)):
            return Letter(self._wish.email, *text())
