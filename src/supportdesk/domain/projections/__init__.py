"""What screens read: frozen rows made of server facts plus what waits in the outbox.

Each of its matters has a module here; everybody else asks for them by this one name.
"""

from supportdesk.domain.projections.connections import Account, Attention, Link, SyncState
from supportdesk.domain.projections.deliveries import (
    Delivery,
    Draft,
    LogLine,
    LogStep,
    OutboxState,
    PendingMessage,
    UploadProgress,
)
from supportdesk.domain.projections.finding import (
    Hit,
    PublicationList,
    PublicationOrder,
    PublicationQuery,
    Suggestion,
)
from supportdesk.domain.projections.home import HomeCounts, Waiting
from supportdesk.domain.projections.items import ItemKind, ItemQuery, ItemRow, ItemSort
from supportdesk.domain.projections.talks import ItemView, Linked, Talk, TicketView
from supportdesk.domain.projections.tickets import OpenState, SortBy, TicketQuery, TicketRow, Whose

__all__ = [
    "Account",
    "Attention",
    "Delivery",
    "Draft",
    "Hit",
    "HomeCounts",
    "ItemKind",
    "ItemQuery",
    "ItemRow",
    "ItemSort",
    "ItemView",
    "Link",
    "Linked",
    "LogLine",
    "LogStep",
    "OpenState",
    "OutboxState",
    "PendingMessage",
    "PublicationList",
    "PublicationOrder",
    "PublicationQuery",
    "SortBy",
    "Suggestion",
    "SyncState",
    "Talk",
    "TicketQuery",
    "TicketRow",
    "TicketView",
    "UploadProgress",
    "Waiting",
    "Whose",
]
