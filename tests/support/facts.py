"""Facts and commands as tests need them, with the least that must be said."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from supportdesk.clock import now, uuid7
from supportdesk.domain.changes import Page, Upsert
from supportdesk.domain.commands import AnyIntent, Command, FileRef
from supportdesk.domain.documents import DocumentForm, DocumentState, DocumentType
from supportdesk.domain.entities import (
    Attachment,
    Document,
    Entity,
    Message,
    Order,
    Publication,
    PublicationKind,
    Role,
    Subscription,
    SubscriptionState,
    Ticket,
)
from supportdesk.domain.orders import Article, OrderStatus
from supportdesk.domain.projections import Account, Draft
from supportdesk.domain.status import Status
from supportdesk.replica.store import Store

MOMENT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ACCOUNT = Account(
    id="account",
    profile_id="practice",
    user="jana",
    person_id="jana",
    person_name="Jana Wiebe",
    organisation_id="practice",
    organisation_name="Praxis am Lindenplatz",
)


def ticket(
    id: str,
    subject: str = "Printer",
    *,
    number: str = "",
    status: Status = Status.NEW,
    requester: str = "jana",
    organisation: str = "practice",
    minutes: int = 0,
    service: str = "",
    priority: str = "",
    read_minutes: int | None = None,
    last_author: str = "mia",
    reopen_until: datetime | None = None,
) -> Ticket:
    """Last changed `minutes` after MOMENT, read `read_minutes` after it."""
    return Ticket(
        id=id,
        number=number or id.lstrip("t"),
        subject=subject,
        status=status,
        requester_id=requester,
        requester_name=requester.title(),
        organisation_id=organisation,
        organisation_name=organisation.title(),
        created_at=MOMENT,
        updated_at=MOMENT + timedelta(minutes=minutes),
        service_id=service,
        priority_id=priority,
        assignee_name="Mia Storm",
        read_at=None if read_minutes is None else MOMENT + timedelta(minutes=read_minutes),
        last_author_id=last_author,
        reopen_until=reopen_until,
    )


def document(
    id: str, title: str = "Offer", *, number: str = "", minutes: int = 0, sign_by: datetime | None = None
) -> Document:
    return Document(
        id=id,
        number=number or id,
        title=title,
        type=DocumentType.OFFER,
        state=DocumentState.TO_SIGN,
        organisation_id="practice",
        organisation_name="Practice",
        created_at=MOMENT,
        updated_at=MOMENT + timedelta(minutes=minutes),
        file_id=f"file of {id}",
        form=DocumentForm((), (), None),
        sign_by=sign_by,
        last_author_id="mia",
    )


def order(
    id: str, reference: str = "RET-1", *, status: OrderStatus = OrderStatus.RECEIVED, minutes: int = 0
) -> Order:
    return Order(
        id=id,
        number=id,
        reference=reference,
        status=status,
        requester_id="jana",
        requester_name="Jana",
        organisation_id="practice",
        organisation_name="Practice",
        created_at=MOMENT,
        updated_at=MOMENT + timedelta(minutes=minutes),
        articles=(Article("4711", "Brake disc", "SN-9"),),
        assignee_name="Mia Storm",
        last_author_id="mia",
    )


def subscription(
    id: str, name: str = "Cash desk", *, state: SubscriptionState = SubscriptionState.ACTIVE, minutes: int = 0
) -> Subscription:
    return Subscription(
        id=id,
        number=id,
        name=name,
        state=state,
        organisation_id="practice",
        organisation_name="Practice",
        created_at=MOMENT,
        updated_at=MOMENT + timedelta(minutes=minutes),
        last_author_id="mia",
    )


def message(id: str, ticket_id: str, body: str = "Hello", minutes: int = 0) -> Message:
    return Message(id, ticket_id, "mia", "Mia Storm", Role.STAFF, body, MOMENT + timedelta(minutes=minutes))


def attachment(id: str, ticket_id: str, name: str = "scan.pdf") -> Attachment:
    return Attachment(id, ticket_id, name, 3, "0" * 64, "application/pdf", MOMENT)


def publication(
    id: str,
    kind: PublicationKind = PublicationKind.ARTICLE,
    title: str = "Paper sizes",
    body: str = "Words.",
    *,
    minutes: int = 0,
    must_confirm: bool = False,
    valid_until: datetime | None = None,
) -> Publication:
    return Publication(
        id=id,
        publication=kind,
        title=title,
        body=body,
        published_at=MOMENT + timedelta(minutes=minutes),
        must_confirm=must_confirm,
        valid_until=valid_until,
    )


def page(*entities: Entity, cursor: str = "1", more: bool = False) -> Page:
    return Page(tuple(map(Upsert, entities)), cursor, more)


def give(store: Store, entities: Iterable[Entity], account_id: str = ACCOUNT.id) -> None:
    """The backend tells these facts."""
    store.write(lambda writer: writer.apply(account_id, page(*entities))).result()


def command(intent: AnyIntent) -> Command:
    return Command(uuid7(), now(), intent)


def send(store: Store, intent: AnyIntent, account_id: str = ACCOUNT.id) -> Command:
    """Durable when it returns."""
    made = command(intent)
    store.write(lambda writer: writer.send(None, account_id, made)).result()
    return made


def draft(
    id: str = "", kind: str = "report", files: tuple[FileRef, ...] = (), subject: str = "Begun"
) -> Draft:
    return Draft(id or uuid7(), ACCOUNT.id, kind, subject, 2, b'{"a": 1}', files, now())
