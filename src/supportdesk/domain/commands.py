"""Intents: everything a customer can ask of a backend.

A command's id is made when its draft begins and is its idempotency key for ever. For a new ticket or message
the id also becomes the id of the fact, so that later commands can refer to what is not yet confirmed.
"""

import hashlib
import re
from datetime import datetime

import msgspec

from supportdesk.domain.orders import Article

_SHA256 = re.compile(r"[0-9a-f]{64}")


class FileRef(msgspec.Struct, frozen=True):
    """A file whose bytes lie in the blob folder under `sha256`. `name` is what the customer sees."""

    name: str
    sha256: str
    size_bytes: int
    media_type: str = "application/octet-stream"


def is_content_hash(sha256: str) -> bool:
    """64 small hexadecimal digits: safe as the name of a file."""
    return _SHA256.fullmatch(sha256) is not None


class Intent(msgspec.Struct, frozen=True, tag_field="do", forbid_unknown_fields=True):
    pass


class CreateTicket(Intent, frozen=True, tag="create_ticket"):
    subject: str
    description: str
    service_id: str = ""
    type_id: str = ""
    priority_id: str = ""
    desk_id: str = ""
    consent_id: str = ""
    fields: dict[str, str] = {}
    files: tuple[FileRef, ...] = ()
    requester_id: str = ""
    """A colleague on whose behalf it is reported; empty: the sender."""
    source: str = ""
    """Host application and version that opened the form, as it named itself."""


class Reply(Intent, frozen=True, tag="reply"):
    """To a ticket, document, order or subscription."""

    conversation_id: str
    body: str
    files: tuple[FileRef, ...] = ()


class AddFiles(Intent, frozen=True, tag="add_files"):
    conversation_id: str
    files: tuple[FileRef, ...]
    article: int | None = None
    """Of an order: the place of the article that they belong to."""


class CloseTicket(Intent, frozen=True, tag="close_ticket"):
    ticket_id: str


class ReopenTicket(Intent, frozen=True, tag="reopen_ticket"):
    ticket_id: str
    description: str
    files: tuple[FileRef, ...] = ()


class RateTicket(Intent, frozen=True, tag="rate_ticket"):
    ticket_id: str
    helpful: bool
    comment: str = ""


class SignDocument(Intent, frozen=True, tag="sign_document"):
    document_id: str
    file_sha256: str
    """Of the file that was seen: nobody signs another."""
    values: dict[str, str]
    """By field name, see DocumentField."""
    mark: FileRef
    """The visible signature, a PNG with a transparent ground."""


class DeclineDocument(Intent, frozen=True, tag="decline_document"):
    document_id: str
    reason: str


class NewArticle(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    article: Article
    files: tuple[FileRef, ...] = ()


class CreateOrder(Intent, frozen=True, tag="create_order"):
    reference: str
    articles: tuple[NewArticle, ...]
    order_kind: str = ""
    note: str = ""
    files: tuple[FileRef, ...] = ()
    """Of the order as a whole."""


class MarkRead(Intent, frozen=True, tag="mark_read"):
    """`what` is an EntityKind: a publication, or something that people talk about."""

    what: str
    id: str


class ConfirmNotice(Intent, frozen=True, tag="confirm_notice"):
    publication_id: str


class RateArticle(Intent, frozen=True, tag="rate_article"):
    publication_id: str
    helpful: bool


AnyIntent = (
    CreateTicket
    | Reply
    | AddFiles
    | CloseTicket
    | ReopenTicket
    | RateTicket
    | SignDocument
    | DeclineDocument
    | CreateOrder
    | MarkRead
    | ConfirmNotice
    | RateArticle
)


class Command(msgspec.Struct, frozen=True):
    id: str
    """UUIDv7, see the module."""
    created_at: datetime
    intent: AnyIntent


class Receipt(msgspec.Struct, frozen=True):
    """A backend's answer to `push`: proof that this very command was applied, now or at an earlier try."""

    command_id: str
    payload_sha256: str
    entity_id: str = ""
    number: str = ""
    """Of the ticket, document or order, where the intent concerns one."""
    accepted_at: datetime | None = None


_encoder = msgspec.json.Encoder(order="deterministic")
_decoder: msgspec.json.Decoder[AnyIntent] = msgspec.json.Decoder(AnyIntent)


def encode_intent(intent: AnyIntent) -> bytes:
    """Canonical JSON: equal intents give equal bytes. This is the frozen payload that is hashed and sent."""
    return _encoder.encode(intent)


def decode_intent(payload: bytes) -> AnyIntent:
    """Raises msgspec.ValidationError for anything that `encode_intent` could not have made."""
    return _decoder.decode(payload)


def payload_sha256(payload: bytes) -> str:
    return hashlib.sha256(payload).hexdigest()


def files_of(intent: AnyIntent) -> tuple[FileRef, ...]:
    """In the order in which a backend numbers them."""
    if isinstance(intent, SignDocument):
        return (intent.mark,)
    if isinstance(intent, CreateOrder):
        return intent.files + tuple(file for each in intent.articles for file in each.files)
    return getattr(intent, "files", ())


def subject_id(command: Command) -> str:
    """What the command is about. Commands about the same thing are sent one after the other, in order."""
    intent = command.intent
    if isinstance(intent, CreateTicket | CreateOrder):
        return command.id
    if isinstance(intent, MarkRead):
        return intent.id
    if isinstance(intent, ConfirmNotice | RateArticle):
        return intent.publication_id
    if isinstance(intent, SignDocument | DeclineDocument):
        return intent.document_id
    if isinstance(intent, Reply | AddFiles):
        return intent.conversation_id
    return intent.ticket_id
