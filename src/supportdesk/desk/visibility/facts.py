"""What a person may see, as facts. Every query carries `scope`; nothing else reads for somebody."""

from collections.abc import Callable, Collection
from functools import lru_cache
from typing import Any, TypeVar

import msgspec
from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    String,
    Table,
    and_,
    bindparam,
    case,
    false,
    func,
    literal,
    or_,
    select,
)

from supportdesk.desk.store.schema import (
    attachments,
    conversation_marks,
    conversations,
    documents,
    events,
    license_keys,
    messages,
    orders,
    organisations,
    people,
    publication_marks,
    publications,
    subscriptions,
    tickets,
    time_records,
)
from supportdesk.desk.store.settings import DeskSettings
from supportdesk.desk.visibility.actors import Actor, scope_of
from supportdesk.domain.capabilities import Capability
from supportdesk.domain.entities import (
    Attachment,
    Conversation,
    ConversationEvent,
    ConversationKind,
    Document,
    Entity,
    EntityKind,
    EventKind,
    Fact,
    LicenseKey,
    Message,
    Order,
    Organisation,
    Person,
    Publication,
    PublicationKind,
    Role,
    Subscription,
    Ticket,
    TimeRecord,
)
from supportdesk.domain.errors import NotFound


class View(msgspec.Struct, frozen=True):
    """The desk as one person gets to see it."""

    actor: Actor
    settings: DeskSettings


class Shape(msgspec.Struct, frozen=True):
    """What decides how a query is worded; who asks is told when it is asked.

    Wording one takes SQLAlchemy several times as long as running it, so each is worded once.
    """

    role: Role
    offers: frozenset[Capability]
    publications: tuple[PublicationKind, ...]
    shows_assignee: bool
    shows_prices: bool


_ME, _MY_ORGANISATION = bindparam("me", type_=String), bindparam("my_organisation", type_=String)
_IDS = bindparam("ids", type_=String, expanding=True)


def _organisations(shape: Shape) -> Select[tuple[object, ...]]:
    return select(organisations).where(scope_of(shape.role, _MY_ORGANISATION, organisations.c.id))


def _people(shape: Shape) -> Select[tuple[object, ...]]:
    """Of the staff, customers see those whom the vendor introduces to them."""
    seen = scope_of(shape.role, _MY_ORGANISATION, people.c.organisation_id)
    if shape.shows_assignee:
        seen = or_(seen, introduced())
    return select(
        people.c.id,
        people.c.name,
        people.c.organisation_id,
        people.c.role,
        case((people.c.role == Role.STAFF, ""), else_=people.c.email).label("email"),
        people.c.active,
        people.c.job,
        func.coalesce(people.c.picture, b"").label("picture"),
    ).where(seen)


def introduced() -> ColumnElement[bool]:
    """To customers, by the vendor: with a job or a picture."""
    return and_(people.c.role == Role.STAFF, or_(people.c.job != "", people.c.picture.is_not(None)))


def _tickets(shape: Shape) -> Select[tuple[object, ...]]:
    query = _conversations(
        shape,
        tickets,
        Ticket,
        _requester.c.name.label("requester_name"),
        _public_attachments(tickets.c.id).label("has_attachments"),
    )
    return query.join(_requester, _requester.c.id == tickets.c.requester_id)


_requester, _me = people.alias(), people.alias()
_CAME = select(_me.c.created_at).where(_me.c.id == _ME).scalar_subquery()


def _conversations(
    shape: Shape, table: Table, fact: type[Conversation], *more: ColumnElement[Any]
) -> Select[tuple[object, ...]]:
    """What all that people talk about has in common, with `more` columns."""
    assignee = people.alias()
    mark = and_(conversation_marks.c.conversation_id == table.c.id, conversation_marks.c.person_id == _ME)
    # What was there before a person came is no news to them; what they reported as a guest is.
    is_older = table.c.updated_at < _CAME
    if "requester_id" in table.c:
        is_older = and_(is_older, table.c.requester_id != _ME)
    read_at = func.coalesce(conversation_marks.c.read_at, case((is_older, _CAME)))
    return (
        select(
            *(table.c[name] for name in fact.__struct_fields__ if name in table.c and name != "assignee_id"),
            organisations.c.name.label("organisation_name"),
            _of_assignee(shape, assignee.c.name).label("assignee_name"),
            _of_assignee(shape, assignee.c.id).label("assignee_id"),
            read_at.label("read_at"),
            *more,
        )
        .join(organisations, organisations.c.id == table.c.organisation_id)
        .outerjoin(assignee, assignee.c.id == table.c.assignee_id)
        .outerjoin(conversation_marks, mark)
        .where(scope_of(shape.role, _MY_ORGANISATION, table.c.organisation_id))
    )


def _documents(shape: Shape) -> Select[tuple[object, ...]]:
    who = people.alias()
    name = func.coalesce(who.c.name, "").label("answered_by_name")
    query = _conversations(shape, documents, Document, name)
    return query.outerjoin(who, who.c.id == documents.c.answered_by).where(
        _offered(shape, Capability.DOCUMENTS)
    )


def _orders(shape: Shape) -> Select[tuple[object, ...]]:
    query = _conversations(shape, orders, Order, _requester.c.name.label("requester_name"))
    return query.join(_requester, _requester.c.id == orders.c.requester_id).where(
        _offered(shape, Capability.ORDERS)
    )


def _subscriptions(shape: Shape) -> Select[tuple[object, ...]]:
    query = _conversations(shape, subscriptions, Subscription)
    if not shape.shows_prices:
        shown = [each for each in query.selected_columns if each is not subscriptions.c.price]
        query = query.with_only_columns(*shown, literal("").label("price"))
    return query.where(_offered(shape, Capability.SUBSCRIPTIONS))


_TALKED_ABOUT = {
    ConversationKind.TICKET: Capability.TICKETS,
    ConversationKind.DOCUMENT: Capability.DOCUMENTS,
    ConversationKind.ORDER: Capability.ORDERS,
    ConversationKind.SUBSCRIPTION: Capability.SUBSCRIPTIONS,
}


def _in_sight(shape: Shape) -> ColumnElement[bool]:
    """Of what is said: that it is about something that this person gets to see."""
    kinds = [kind for kind, capability in _TALKED_ABOUT.items() if capability in shape.offers]
    return and_(
        scope_of(shape.role, _MY_ORGANISATION, conversations.c.organisation_id),
        conversations.c.kind.in_(kinds),
    )


def _of_assignee(shape: Shape, known: ColumnElement[str]) -> ColumnElement[str]:
    return func.coalesce(known, "") if shape.shows_assignee else literal("")


def _public_attachments(conversation_id: ColumnElement[str]) -> ColumnElement[bool]:
    inner = attachments.alias()
    note = messages.alias()
    return (
        select(inner.c.id)
        .outerjoin(note, note.c.id == inner.c.message_id)
        .where(inner.c.conversation_id == conversation_id, func.coalesce(note.c.internal, false()).is_(False))
        .exists()
    )


def _messages(shape: Shape) -> Select[tuple[object, ...]]:
    return (
        select(
            messages.c.id,
            messages.c.conversation_id,
            messages.c.author_id,
            people.c.name.label("author_name"),
            people.c.role.label("author_role"),
            messages.c.body,
            messages.c.created_at,
        )
        .join(conversations, conversations.c.id == messages.c.conversation_id)
        .join(people, people.c.id == messages.c.author_id)
        .where(_in_sight(shape), messages.c.internal.is_(False))
    )


def _events(shape: Shape) -> Select[tuple[object, ...]]:
    query = (
        select(
            events.c.id,
            events.c.conversation_id,
            events.c.event,
            events.c.created_at,
            people.c.name.label("actor_name"),
            events.c.value,
        )
        .join(conversations, conversations.c.id == events.c.conversation_id)
        .join(people, people.c.id == events.c.actor_id)
        .where(_in_sight(shape))
    )
    return query if shape.shows_assignee else query.where(events.c.event != EventKind.ASSIGNED)


def _attachments(shape: Shape) -> Select[tuple[object, ...]]:
    return (
        select(*(attachments.c[name] for name in Attachment.__struct_fields__))
        .join(conversations, conversations.c.id == attachments.c.conversation_id)
        .outerjoin(messages, messages.c.id == attachments.c.message_id)
        .where(
            _in_sight(shape),
            or_(attachments.c.message_id.is_(None), messages.c.internal.is_(False)),
        )
    )


def _time_records(shape: Shape) -> Select[tuple[object, ...]]:
    return (
        select(
            time_records.c.id,
            time_records.c.conversation_id,
            people.c.name.label("staff_name"),
            time_records.c.minutes,
            time_records.c.note,
            time_records.c.created_at,
        )
        .join(conversations, conversations.c.id == time_records.c.conversation_id)
        .join(people, people.c.id == time_records.c.staff_id)
        .where(
            _in_sight(shape),
            _offered(shape, Capability.TIME_RECORDS),
        )
    )


def _publications(shape: Shape) -> Select[tuple[object, ...]]:
    marks = publication_marks
    mine = and_(marks.c.publication_id == publications.c.id, marks.c.person_id == _ME)
    votes = publications.c.votes_up + publications.c.votes_down
    return (
        select(
            *(publications.c[name] for name in Publication.__struct_fields__ if name in publications.c),
            marks.c.confirmed_at,
            marks.c.read_at,
            marks.c.helpful.label("my_rating"),
            case((votes > 0, (publications.c.votes_up * 200 + votes) // (votes * 2))).label(
                "helpful_percent"
            ),
        )
        .outerjoin(marks, mine)
        .where(publications.c.publication.in_(shape.publications), publications.c.announced)
    )


def _license_keys(shape: Shape) -> Select[tuple[object, ...]]:
    return select(*(license_keys.c[name] for name in LicenseKey.__struct_fields__)).where(
        scope_of(shape.role, _MY_ORGANISATION, license_keys.c.organisation_id),
        _offered(shape, Capability.LICENSE_KEYS),
    )


def _offered(shape: Shape, capability: Capability) -> ColumnElement[bool]:
    return literal(capability in shape.offers)


_Query = Callable[[Shape], Select[tuple[object, ...]]]
_KINDS: dict[EntityKind, tuple[Table, type[Entity], _Query]] = {
    "organisation": (organisations, Organisation, _organisations),
    "person": (people, Person, _people),
    "ticket": (tickets, Ticket, _tickets),
    "document": (documents, Document, _documents),
    "order": (orders, Order, _orders),
    "subscription": (subscriptions, Subscription, _subscriptions),
    "message": (messages, Message, _messages),
    "event": (events, ConversationEvent, _events),
    "attachment": (attachments, Attachment, _attachments),
    "time_record": (time_records, TimeRecord, _time_records),
    "publication": (publications, Publication, _publications),
    "license_key": (license_keys, LicenseKey, _license_keys),
}


@lru_cache
def _worded(kind: EntityKind, shape: Shape) -> Select[tuple[object, ...]]:
    table, _fact, query = _KINDS[kind]
    return query(shape).where(table.c.id.in_(_IDS))


def find(connection: Connection, view: View, kind: EntityKind, ids: Collection[str]) -> dict[str, Entity]:
    """Those of `ids` that are visible, by id. Within a transaction."""
    actor, settings = view.actor, view.settings
    shape = Shape(
        role=actor.role,
        offers=settings.offers(actor.role),
        publications=settings.publications(),
        shows_assignee=settings.shown.assignee,
        shows_prices=settings.shown.prices,
    )
    asked = {"me": actor.person_id, "my_organisation": actor.organisation_id, "ids": tuple(ids)}
    rows = connection.execute(_worded(kind, shape), asked)
    _table, fact, _query = _KINDS[kind]
    names = tuple(rows.keys())
    made = (fact(**dict(zip(names, row, strict=True))) for row in rows.all())
    return {entity.id: entity for entity in made}


F = TypeVar("F", bound=Fact)


def get(connection: Connection, view: View, fact: type[F], id: str) -> F:
    """Raises NotFound, alike for what does not exist and what belongs to others."""
    kind = next(kind for kind, (_table, each, _query) in _KINDS.items() if each is fact)
    found = find(connection, view, kind, (id,)).get(id)
    if not isinstance(found, fact):
        raise NotFound
    return found


def own(connection: Connection, view: View) -> tuple[Person, Organisation]:
    """The actor and the actor's organisation."""
    me = get(connection, view, Person, view.actor.person_id)
    return me, get(connection, view, Organisation, view.actor.organisation_id)
