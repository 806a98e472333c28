"""Everybody who might knock at a server, and things that belong to one organisation."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial

import httpx
from sqlalchemy import select, update

from supportdesk.clock import now, uuid7
from supportdesk.desk.accounts import access
from supportdesk.desk.office import administration, documents, publishing, staff, subscriptions
from supportdesk.desk.office.by import By
from supportdesk.desk.store.database import DeskConnection, reading, writing
from supportdesk.desk.store.schema import guesses, mail, people, sessions
from supportdesk.domain.commands import FileRef, Reply
from supportdesk.domain.entities import (
    Attachment,
    ConversationKind,
    KeyKind,
    LicenseKey,
    Publication,
    PublicationKind,
    Role,
)
from supportdesk.domain.office_documents import AddDocument
from supportdesk.domain.office_subscriptions import AddSubscription
from supportdesk.domain.status import Status
from supportdesk.domain.wire import API
from supportdesk.server.portal import Portal
from tests.server.talking import Talker, sha256
from tests.support.desk import (
    COLLEAGUE,
    CUSTOMER,
    PARTNER,
    PASSWORD,
    PRICE,
    STAFF,
    STRANGER,
    add_person,
    person_of,
)
from tests.support.pdfs import FORM, form_pdf
from tests.support.server import Served

NOBODY = ("none", "garbage", "expired", "revoked", "deactivated", "staff of another vendor")
"""To whom nothing is told."""
INSIDE = ("customer", "colleague", "partner", "staff")
"""Who sees the things of the practice."""
OUTSIDE = ("stranger", "foreign partner")
EVERYBODY = (*NOBODY, *INSIDE, *OUTSIDE)

USERS = {
    "customer": CUSTOMER,
    "colleague": COLLEAGUE,
    "partner": PARTNER,
    "staff": STAFF,
    "stranger": STRANGER,
    "foreign partner": "fay@foreign.example",
    "deactivated": "dora@practice.example",
}


class Things:
    """One of each kind that belongs to the practice; canaries stand in what only the practice may read."""

    BODY, NAME, CONTENT, KEY = (
        "canary-body-7c1",
        "canary-name-7c2",
        b"canary-content-7c3" * 3,
        "CANA-RYKE-YYYY",
    )
    NOTE = "canary-note-7c4"
    """For nobody outside of the vendor's own rooms."""
    TALK = "canary-talk-7c5"
    """With the kind of what it was said about."""

    def __init__(self, server: Served, jana: Talker) -> None:
        digest = jana.upload(self.CONTENT)
        self.file = FileRef(name=f"{self.NAME}.txt", sha256=digest, size_bytes=len(self.CONTENT))
        self.ticket = jana.report(self.BODY, files=(self.file,))
        self.order = jana.order(self.BODY, self.file)
        self.upload = jana.upload(b"another one")
        self.person = server.do(lambda connection, now: person_of(connection, CUSTOMER))
        self.article, self.notice = (self._publish(server, kind) for kind in ("article", "notice"))
        self._staff_work(server)
        self._talk(jana)

    def _talk(self, jana: Talker) -> None:
        """About everything, with a file."""
        for kind in ConversationKind:
            jana.do(Reply(getattr(self, kind), f"{self.TALK} {kind}", (self.file,)))
        found = [each for each in jana.sees() if isinstance(each, Attachment)]
        by_conversation = {each.conversation_id: each.id for each in found if each.message_id}
        self.ticket_file, self.order_file, self.subscription_file, self.document_file = (
            by_conversation[id] for id in (self.ticket, self.order, self.subscription, self.document)
        )
        self.article_file = next(each.id for each in found if each.article is not None)
        self.document_page = f"{self.document}-0"

    def _staff_work(self, server: Served) -> None:
        mia = server.do(lambda connection, now: person_of(connection, STAFF))
        server.do(
            partial(
                staff.answer, staff_id=mia, conversation_id=self.ticket, body=self.BODY, status=Status.SOLVED
            )
        )
        practice = server.do(partial(_organisation_of, person_id=self.person))
        wanted = AddSubscription(organisation=practice, number="100", name=self.BODY, price=PRICE)
        self.subscription = server.do(lambda desk, now: subscriptions.add(desk, wanted, By(mia, now)).id)
        self.document = server.do(partial(self._document, server, By(mia, now()), practice))
        for id in (self.ticket, self.order, self.subscription, self.document):
            server.do(partial(staff.note, staff_id=mia, conversation_id=id, body=self.NOTE))
        key = LicenseKey(id=uuid7(), key_kind=KeyKind.LICENSE, product="Suite", key=self.KEY)
        server.do(partial(administration.give_key, organisation_id=practice, key=key))

    def _document(
        self, server: Served, by: By, practice: str, connection: DeskConnection, now: datetime
    ) -> str:
        keep = partial(staff.stored, connection, server.portal.files, by.person_id, form_pdf(), now)
        file = keep(name=f"{self.NAME}.pdf", media_type="application/pdf")
        wanted = AddDocument(practice, "AN-1", self.BODY, file)
        return documents.add(connection, wanted, by, FORM).id

    def _publish(self, server: Served, kind: str) -> str:
        told = Publication(
            id=uuid7(),
            publication=PublicationKind(kind),
            title="T",
            body="B",
            published_at=now(),
            must_confirm=kind == "notice",
        )
        server.do(partial(publishing.publish, publication=told))
        return told.id


class Everybody:
    """A client for each kind of identity, on one server with two vendors."""

    def __init__(self, server: Served, other: Portal) -> None:
        self._server = server
        self.clients: Mapping[str, httpx.Client] = {
            name: httpx.Client(base_url=server.address, timeout=20) for name in EVERYBODY
        }
        self._newcomers()
        jana = self._talker("customer")
        with jana.client:
            self.things = Things(server, jana)
        self._renew(other)

    def close(self) -> None:
        for client in self.clients.values():
            client.close()

    def renew(self, name: str) -> None:
        """A fresh session for somebody who just ended theirs."""
        self._sign(name, self._token(USERS[name]))

    def thing(self, kind: str) -> str:
        """The id of the practice's thing of that kind; a session is a fresh one of the customer's."""
        if kind != "session":
            return str(getattr(self.things, kind))
        fresh = self._talker("customer")
        with fresh.client:
            own = fresh.client.get("/sessions").json()["sessions"]
        return next(str(each["id"]) for each in own if each["current"])

    def forgive_guesses(self) -> None:
        """All come from one address here."""
        self._server.do(_forgive)

    def mails(self) -> list[tuple[str, str]]:
        """(address, everything that is in it) of each so far."""
        return self._server.do(_mails)

    def _talker(self, name: str) -> Talker:
        client = httpx.Client(base_url=self._server.address + API, timeout=20)
        client.headers["Authorization"] = f"Bearer {self._token(USERS[name])}"
        return Talker(client)

    def _renew(self, other: Portal) -> None:
        for name in (*INSIDE, *OUTSIDE):
            self.renew(name)
        self._sign("garbage", "A" * 43)
        expired, revoked = self._token(CUSTOMER), self._token(CUSTOMER)
        self._server.do(partial(_expire, token=expired))
        self._sign("expired", expired)
        self._server.do(partial(access.sign_out, token=revoked))
        self._sign("revoked", revoked)
        self._sign("deactivated", self._token(USERS["deactivated"]))
        dora = self._server.do(lambda connection, now: person_of(connection, USERS["deactivated"]))
        self._server.do(partial(administration.set_active, person_id=dora, active=False))
        self._sign("staff of another vendor", self._token(STAFF, other))

    def _newcomers(self) -> None:
        add = partial(add_person, password=PASSWORD)
        practice = self._server.do(partial(_organisation_of, user=CUSTOMER))
        dora = partial(add, user=USERS["deactivated"], name="Dora", role=Role.CUSTOMER)
        self._server.do(partial(dora, organisation_id=practice))
        foreign = self._server.do(partial(administration.add_organisation, name="Foreign"))
        fay = partial(add, user=USERS["foreign partner"], name="Fay", role=Role.PARTNER)
        self._server.do(partial(fay, organisation_id=foreign))

    def _sign(self, name: str, token: str) -> None:
        self.clients[name].headers["Authorization"] = f"Bearer {token}"

    def _token(self, user: str, portal: Portal | None = None) -> str:
        return self._server.do(partial(_open_session, user=user), portal)


def _open_session(connection: DeskConnection, user: str, now: datetime) -> str:
    person_id = person_of(connection, user)
    with writing(connection):
        return access.open_session(connection, person_id, "", "test", now)


def _expire(connection: DeskConnection, token: str, now: datetime) -> None:
    with writing(connection):
        connection.execute(
            update(sessions)
            .where(sessions.c.token_sha256 == sha256(token.encode()))
            .values(expires_at=now - timedelta(days=1))
        )


def _forgive(connection: DeskConnection, now: datetime) -> None:
    with writing(connection):
        connection.execute(guesses.delete())


def _mails(connection: DeskConnection, now: datetime) -> list[tuple[str, str]]:
    with reading(connection):
        rows = connection.execute(select(mail.c.to_address, mail.c.subject, mail.c.body_text))
        return [(row.to_address, f"{row.subject}\n{row.body_text}") for row in rows]


def _organisation_of(
    connection: DeskConnection, now: datetime, user: str = CUSTOMER, person_id: str = ""
) -> str:
    wanted = person_id or person_of(connection, user)
    with reading(connection):
        row = connection.execute(people.select().where(people.c.id == wanted)).mappings().one()
        return str(row["organisation_id"])
