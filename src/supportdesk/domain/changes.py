"""What moves between backend, replica and screens."""

import msgspec

from supportdesk.domain.entities import Entity, EntityKind


class Upsert(msgspec.Struct, frozen=True, tag="upsert"):
    entity: Entity


class Gone(msgspec.Struct, frozen=True, tag="gone"):
    """Deleted, or no longer visible for this person."""

    kind: EntityKind
    id: str


class Page(msgspec.Struct, frozen=True):
    """One answer to `pull`: oldest change first. `cursor` is opaque and only ever handed back."""

    changes: tuple[Upsert | Gone, ...]
    cursor: str
    more: bool


class Topic(msgspec.Struct, frozen=True):
    """One thing that changed. `kind` is an EntityKind or one of draft, outbox, account, catalogue, sync."""

    kind: str
    id: str = ""


class ChangeSet(msgspec.Struct, frozen=True):
    """What one committed write touched; screens re-read what concerns them.

    `origin` is the owner that asked for the write, so that it can tell its own echo apart; '' is the engine.
    A set over 200 topics is collapsed to one Topic per kind with an empty id, which means "any of them".
    """

    account_id: str
    topics: frozenset[Topic]
    origin: str = ""

    def touches(self, *kinds: str) -> bool:
        return any(topic.kind in kinds for topic in self.topics)
