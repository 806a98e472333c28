"""The tables as they are now; `migrations` leads every older database here.

Ids are texts: of commands where a customer made the thing, else UUIDs of the desk's own. An empty text means
"none", NULL is kept for moments that have not come and for references. Visibility is a filter without an
index: queries come with the ids that they are about, and with an index SQLite would rather begin at the
organisation, which may own all there is. Only the feed is walked for an audience.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    and_,
    false,
    true,
)

from supportdesk.desk.store.columns import Structs, TextList, TextMap, UtcTime, Word
from supportdesk.domain.account import CodePurpose
from supportdesk.domain.documents import DocumentForm, DocumentState, DocumentType, SealTrouble
from supportdesk.domain.entities import (
    ConversationKind,
    EventKind,
    KeyKind,
    PublicationKind,
    Role,
    SubscriptionState,
)
from supportdesk.domain.orders import Article, OrderStatus
from supportdesk.domain.status import Status

SCHEMA_VERSION = "0007"
"""Newest revision in `migrations`; a database that carries it is opened without Alembic."""

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


_SEQUENCE = BigInteger().with_variant(Integer, "sqlite")  # there it is then the row's own number


def _id(name: str = "id") -> "Column[str]":
    return Column(name, String(64), primary_key=True)


def _conversation() -> "Column[str]":
    return Column("id", String(64), ForeignKey("conversations.id"), primary_key=True)


def _word(name: str) -> "Column[str]":
    return Column(name, String(64), nullable=False, server_default="")


def _reference(name: str, target: str, *, nullable: bool = False, index: bool = False) -> "Column[str]":
    return Column(name, String(64), ForeignKey(target), nullable=nullable, index=index)


settings = Table(
    "settings",
    metadata,
    _id("name"),
    Column("value", Text, nullable=False),
)

counters = Table(
    "counters",
    metadata,
    _id("name"),
    Column("value", BigInteger, nullable=False),
)

organisations = Table(
    "organisations",
    metadata,
    _id(),
    Column("name", Text, nullable=False),
    _reference("partner_id", "organisations.id", nullable=True, index=True),
)

people = Table(
    "people",
    metadata,
    _id(),
    Column("user_name", String(254), nullable=False, unique=True),  # casefolded
    Column("name", Text, nullable=False),
    Column("email", String(254), nullable=False, index=True),
    _reference("organisation_id", "organisations.id"),
    Column("role", Word(Role), nullable=False),
    Column("active", Boolean, nullable=False),
    Column("password_hash", Text, nullable=False),
    _word("language"),
    _word("phone"),
    _word("job"),
    Column("picture", LargeBinary),
    Column("created_at", UtcTime),  # unknown for some who came before revision 0002
    Column("verified_at", UtcTime),  # the address answered
)

sessions = Table(
    "sessions",
    metadata,
    _id(),
    _reference("person_id", "people.id", index=True),
    Column("token_sha256", String(64), nullable=False, unique=True),
    Column("device", String(64), nullable=False),  # for counting guesses
    Column("name", Text, nullable=False, server_default=""),  # as the person recognises it
    Column("created_at", UtcTime, nullable=False),
    Column("last_used_at", UtcTime, nullable=False, server_default="0"),
    Column("expires_at", UtcTime, nullable=False, index=True),
)

guesses = Table(
    "guesses",
    metadata,
    _id("bucket"),
    Column("free_at", UtcTime, nullable=False),
)

codes = Table(
    "codes",
    metadata,
    _id(),
    Column("code_sha256", String(64), nullable=False, unique=True),
    Column("purpose", Word(CodePurpose), nullable=False),
    Column("email", String(254), nullable=False, index=True),
    _reference("person_id", "people.id", nullable=True, index=True),
    _reference("organisation_id", "organisations.id", nullable=True),
    Column("details", TextMap, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("expires_at", UtcTime, nullable=False, index=True),
    Column("used_at", UtcTime),
)

requests_of_access = Table(
    "requests_of_access",
    metadata,
    _id(),
    Column("email", String(254), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("organisation", Text, nullable=False),  # in the words of who asks
    Column("message", Text, nullable=False),
    _word("language"),
    Column("created_at", UtcTime, nullable=False),
    Column("decided_at", UtcTime),
    _reference("decided_by", "people.id", nullable=True),
    Column("accepted", Boolean),
)

asked_mail = Table(  # a public wish for a mail, whether or not the address is known
    "asked_mail",
    metadata,
    _id(),
    Column("purpose", Word(CodePurpose), nullable=False),
    Column("email", String(254), nullable=False),
    _word("language"),
    Column("asked_at", UtcTime, nullable=False),
    Column("done_at", UtcTime),
)

mail = Table(  # on its way to somebody
    "mail",
    metadata,
    _id(),
    Column("message_id", String(254), nullable=False, unique=True),
    _reference("conversation_id", "conversations.id", nullable=True, index=True),
    Column("to_address", String(254), nullable=False),
    Column("subject", Text, nullable=False),
    Column("body_text", Text, nullable=False),
    Column("in_reply_to", Text, nullable=False, server_default=""),
    Column("refers_to", Text, nullable=False, server_default=""),  # the header References
    Column("created_at", UtcTime, nullable=False),
    Column("next_try_at", UtcTime, nullable=False),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("sent_at", UtcTime),
    Column("given_up_at", UtcTime),
    Column("trouble", Text, nullable=False, server_default=""),  # why the last attempt failed
)

mail_seen = Table(  # what came in, so that a mail that comes twice is taken once
    "mail_seen",
    metadata,
    Column("message_id", Text, primary_key=True),
    Column("received_at", UtcTime, nullable=False, index=True),
)

conversations = Table(  # what people talk about: each is a row of its own kind's table, too
    "conversations",
    metadata,
    _id(),
    Column("kind", Word(ConversationKind), nullable=False),
    _reference("organisation_id", "organisations.id"),
)

tickets = Table(
    "tickets",
    metadata,
    _conversation(),
    Column("number", String(32), nullable=False, unique=True),
    Column("subject", Text, nullable=False),
    Column("status", Word(Status), nullable=False),
    _reference("requester_id", "people.id", index=True),
    _reference("organisation_id", "organisations.id"),
    _reference("assignee_id", "people.id", nullable=True),
    _reference("last_author_id", "people.id"),
    Column("created_at", UtcTime, nullable=False),
    Column("updated_at", UtcTime, nullable=False),
    Column("reopen_until", UtcTime),
    _word("priority_id"),
    _word("type_id"),
    _word("service_id"),
    _word("desk_id"),
    _word("consent_id"),
    Column("fields", TextMap, nullable=False),
    Column("source", Text, nullable=False, server_default=""),
    Column("rating", Integer),
    Column("guest_email", String(254)),  # reported without an account, and not claimed yet
)

Index("ix_tickets_updated_at", tickets.c.updated_at, tickets.c.id)  # the vendor's list, newest first

documents = Table(
    "documents",
    metadata,
    _conversation(),
    Column("number", String(64), nullable=False, unique=True),
    Column("title", Text, nullable=False),
    Column("type", Word(DocumentType), nullable=False),
    Column("state", Word(DocumentState), nullable=False, index=True),
    _reference("organisation_id", "organisations.id", index=True),
    _reference("assignee_id", "people.id", nullable=True),
    _reference("last_author_id", "people.id"),
    Column("created_at", UtcTime, nullable=False),
    Column("updated_at", UtcTime, nullable=False),
    Column("file_id", String(64), nullable=False),
    Column("form", Structs(DocumentForm), nullable=False),
    Column("sign_by", UtcTime),
    _word("concerns_id"),
    _reference("contact_id", "people.id", nullable=True),  # who is mailed about it
    _reference("answered_by", "people.id", nullable=True),
    Column("answered_at", UtcTime),
    Column("reason", Text, nullable=False, server_default=""),
    Column("filled", TextMap, nullable=False),  # what the customer wrote into the fields
    _word("mark_sha256"),  # of the visible signature
    _word("signed_file_id"),  # empty while it is signed and not sealed yet
    Column("sealed_sha256", String(64), nullable=False, server_default=""),
    Column("answered_from", Text, nullable=False, server_default=""),  # address of who signed or declined
    Column("seal_at", UtcTime),  # when the seal is made, or tried again
    Column("seal_attempts", Integer, nullable=False, server_default="0"),
    Column("seal_trouble", Word(SealTrouble)),  # why it is not tried again before the next start
)

Index("ix_documents_updated_at", documents.c.updated_at, documents.c.id)

orders = Table(
    "orders",
    metadata,
    _conversation(),
    Column("number", String(32), nullable=False, unique=True),
    Column("reference", Text, nullable=False),
    Column("reference_key", Text, nullable=False),
    Column("status", Word(OrderStatus), nullable=False),
    _reference("requester_id", "people.id"),
    _reference("organisation_id", "organisations.id"),
    _reference("assignee_id", "people.id", nullable=True),
    _reference("last_author_id", "people.id"),
    Column("created_at", UtcTime, nullable=False),
    Column("updated_at", UtcTime, nullable=False),
    Column("articles", Structs(tuple[Article, ...]), nullable=False),
    _word("order_kind"),
    Column("note", Text, nullable=False, server_default=""),
)

Index("ix_orders_reference", orders.c.organisation_id, orders.c.reference_key, unique=True)
Index("ix_orders_updated_at", orders.c.updated_at, orders.c.id)

subscriptions = Table(
    "subscriptions",
    metadata,
    _conversation(),
    Column("number", String(64), nullable=False),
    Column("name", Text, nullable=False),
    Column("state", Word(SubscriptionState), nullable=False),
    _reference("organisation_id", "organisations.id"),
    _reference("parent_id", "subscriptions.id", nullable=True, index=True),
    _reference("assignee_id", "people.id", nullable=True),
    _reference("last_author_id", "people.id"),
    Column("created_at", UtcTime, nullable=False),
    Column("updated_at", UtcTime, nullable=False),
    Column("description", Text, nullable=False, server_default=""),
    Column("quantity", Integer, nullable=False, server_default="1"),
    Column("starts_at", UtcTime),
    Column("ends_at", UtcTime),
    Column("renews_at", UtcTime),
    Column("price", Text, nullable=False, server_default=""),
    Column("key_ids", TextList, nullable=False),
)

Index("ix_subscriptions_number", subscriptions.c.organisation_id, subscriptions.c.number, unique=True)

messages = Table(
    "messages",
    metadata,
    _id(),
    _reference("conversation_id", "conversations.id", index=True),
    _reference("author_id", "people.id"),
    Column("body", Text, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("internal", Boolean, nullable=False, server_default=false()),
)

attachments = Table(
    "attachments",
    metadata,
    _id(),
    _reference("conversation_id", "conversations.id", index=True),
    _reference("message_id", "messages.id", nullable=True),
    _reference("author_id", "people.id"),
    Column("name", Text, nullable=False),
    Column("size_bytes", BigInteger, nullable=False),
    Column("sha256", String(64), nullable=False, index=True),  # for whether a content is still needed
    Column("media_type", String(100), nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("article", Integer),  # of an order: place of the article that it belongs to
)

events = Table(
    "events",
    metadata,
    _id(),
    _reference("conversation_id", "conversations.id", index=True),
    _reference("actor_id", "people.id"),
    Column("event", Word(EventKind), nullable=False),
    Column("value", Text, nullable=False),
    Column("created_at", UtcTime, nullable=False),
)

time_records = Table(
    "time_records",
    metadata,
    _id(),
    _reference("conversation_id", "conversations.id", index=True),
    _reference("staff_id", "people.id"),
    Column("minutes", Integer, nullable=False),
    Column("note", Text, nullable=False),
    Column("created_at", UtcTime, nullable=False),
)

publications = Table(
    "publications",
    metadata,
    _id(),
    Column("publication", Word(PublicationKind), nullable=False),
    Column("title", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("summary", Text, nullable=False),
    Column("category", Text, nullable=False, server_default=""),
    Column("labels", TextList, nullable=False),
    _word("service_id"),
    Column("published_at", UtcTime, nullable=False),
    Column("announced", Boolean, nullable=False, server_default=true()),  # else it is dated ahead
    Column("valid_until", UtcTime),
    Column("must_confirm", Boolean, nullable=False),
    Column("votes_up", Integer, nullable=False, server_default="0"),
    Column("votes_down", Integer, nullable=False, server_default="0"),
    Column("video", Text, nullable=False, server_default=""),
)

license_keys = Table(
    "license_keys",
    metadata,
    _id(),
    _reference("organisation_id", "organisations.id"),
    Column("key_kind", Word(KeyKind), nullable=False),
    Column("product", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("valid_until", UtcTime),
)

conversation_marks = Table(
    "conversation_marks",
    metadata,
    Column("person_id", ForeignKey("people.id"), primary_key=True),
    Column("conversation_id", ForeignKey("conversations.id"), primary_key=True),
    Column("read_at", UtcTime, nullable=False),
)

publication_marks = Table(
    "publication_marks",
    metadata,
    Column("person_id", ForeignKey("people.id"), primary_key=True),
    Column("publication_id", ForeignKey("publications.id"), primary_key=True, index=True),  # how many read it
    Column("read_at", UtcTime),
    Column("confirmed_at", UtcTime),
    Column("helpful", Boolean),
)

uploads = Table(
    "uploads",
    metadata,
    Column("person_id", ForeignKey("people.id"), primary_key=True),
    Column("sha256", String(64), primary_key=True),
    Column("size_bytes", BigInteger, nullable=False),
    Column("completed_at", UtcTime, nullable=False),
)

ledger = Table(
    "ledger",
    metadata,
    _id("command_id"),
    _reference("person_id", "people.id"),
    Column("payload_sha256", String(64), nullable=False),
    Column("entity_id", String(64), nullable=False),
    Column("number", String(64), nullable=False),
    Column("accepted_at", UtcTime, nullable=False),
)

changes = Table(
    "changes",
    metadata,
    Column("seq", _SEQUENCE, primary_key=True, autoincrement=False),
    Column("kind", String(16), nullable=False),
    Column("entity_id", String(64), nullable=False),
    Column(
        "audience", String(64), nullable=False
    ),  # who looks again: an organisation, a person, '' everybody
    Column("born", Boolean, nullable=False),  # first time this audience hears of it
)
Index("ix_changes_audience", changes.c.audience, changes.c.seq)

audit = Table(
    "audit",
    metadata,
    _id(),
    Column("at", UtcTime, nullable=False, index=True),
    Column("person_id", String(64), nullable=False),
    Column("action", String(64), nullable=False),
    Column("subject_id", String(64), nullable=False),
    Column("details", TextMap, nullable=False, server_default="{}"),
)

# The few among many: indexes that hold only the rows for which somebody looks.
_FEW = {
    asked_mail.c.asked_at: asked_mail.c.done_at.is_(None),
    documents.c.seal_at: documents.c.seal_at.is_not(None),
    documents.c.seal_trouble: documents.c.seal_trouble.is_not(None),
    mail.c.next_try_at: and_(mail.c.sent_at.is_(None), mail.c.given_up_at.is_(None)),
    publications.c.published_at: publications.c.announced.is_(False),
    tickets.c.guest_email: tickets.c.guest_email.is_not(None),
}
for _column, _these in _FEW.items():
    Index(None, _column, sqlite_where=_these, postgresql_where=_these)
