"""How records become rows and back: times, seals and the codecs of what is kept."""

import hashlib
from datetime import UTC, datetime, timedelta

import msgspec

from supportdesk.domain.capabilities import Capabilities
from supportdesk.domain.catalogue import Catalogue
from supportdesk.domain.entities import (
    Attachment,
    ConversationEvent,
    Document,
    Entity,
    LicenseKey,
    Message,
    Order,
    Organisation,
    Person,
    Publication,
    Subscription,
    Ticket,
    TimeRecord,
)
from supportdesk.domain.projections import Account, Draft

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)

_encoder = msgspec.json.Encoder()
encode = _encoder.encode

ticket_of = msgspec.json.Decoder(Ticket).decode
message_of = msgspec.json.Decoder(Message).decode
attachment_of = msgspec.json.Decoder(Attachment).decode
publication_of = msgspec.json.Decoder(Publication).decode
person_of = msgspec.json.Decoder(Person).decode
organisation_of = msgspec.json.Decoder(Organisation).decode
license_key_of = msgspec.json.Decoder(LicenseKey).decode
conversation_of = msgspec.json.Decoder(Ticket | Document | Order | Subscription).decode
item_of = msgspec.json.Decoder(Document | Order | Subscription).decode
part_of = msgspec.json.Decoder(Message | ConversationEvent | Attachment | TimeRecord).decode
fact_of = msgspec.json.Decoder(Entity).decode
account_of = msgspec.json.Decoder(Account).decode
draft_of = msgspec.json.Decoder(Draft).decode
catalogue_of = msgspec.json.Decoder(Catalogue).decode
capabilities_of = msgspec.json.Decoder(Capabilities).decode


def to_us(moment: datetime) -> int:
    return (moment - EPOCH) // _MICROSECOND


def from_us(value: int) -> datetime:
    return EPOCH + timedelta(microseconds=value)


def optional_us(moment: datetime | None) -> int | None:
    return None if moment is None else to_us(moment)


def optional_moment(value: int | None) -> datetime | None:
    return None if value is None else from_us(value)


def seal(*values: object) -> bytes:
    """SHA-256 over the values, each with its type and length, so that none can pass for another."""
    digest = hashlib.sha256()
    for value in values:
        data = value if isinstance(value, bytes) else repr(value).encode()
        digest.update(b"%d:" % len(data) if isinstance(value, bytes) else b"r%d:" % len(data))
        digest.update(data)
    return digest.digest()


def fact_seal(fact: bytes) -> bytes:
    return hashlib.sha256(fact).digest()
