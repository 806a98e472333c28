"""Reading matter, and what a search finds."""

from datetime import datetime
from enum import StrEnum

import msgspec

from supportdesk.domain.entities import Publication, PublicationKind
from supportdesk.domain.status import Stage


class PublicationOrder(StrEnum):
    NEWEST = "newest"
    HELPFUL = "helpful"
    TITLE = "title"
    BEST = "best"
    """Those first that have the words in their title, then in their labels."""


class PublicationQuery(msgspec.Struct, frozen=True):
    """Empty texts ask for everything; of `text` every word has to occur."""

    account_id: str
    kind: PublicationKind
    text: str = ""
    category: str = ""
    label: str = ""
    order: PublicationOrder = PublicationOrder.NEWEST
    limit: int = 60


class PublicationList(msgspec.Struct, frozen=True):
    """What of one kind is valid now and fits; `items` are the first of them."""

    items: tuple[Publication, ...] = ()
    count: int = 0
    matches: int = 0
    """With the words, whatever the filters."""
    total: int = 0
    """Without words and filters."""
    categories: tuple[tuple[str, int], ...] = ()
    """How many of each fit the words and the label; '' for those without one."""
    labels: tuple[tuple[str, int], ...] = ()
    """Those that several have, the most frequent first; how many with each fit the words and the category."""
    next_end: datetime | None = None
    """When the next one is no longer valid."""


class Suggestion(msgspec.Struct, frozen=True):
    """A known answer: `kind` is article or ticket; `detail` is the ticket's number or empty."""

    kind: str
    id: str
    title: str
    detail: str
    stage: Stage | None = None
    updated_at: datetime | None = None
    helpful_percent: int | None = None
    body_chars: int = 0


class Hit(msgspec.Struct, frozen=True):
    """One result of the search over everything. `kind` is a ConversationKind or PublicationKind."""

    account_id: str
    kind: str
    id: str
    title: str
    detail: str
    """The number of what has one, or empty."""
    stage: Stage | None = None
    state: str = ""
    """Of a document, order or subscription."""
