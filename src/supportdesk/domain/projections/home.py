"""What waits for the person, and how much there is of everything."""

from datetime import datetime

import msgspec


class Waiting(msgspec.Struct, frozen=True):
    """One thing only the customer can do.

    `kind`: answer, solution, sign (a document), order (a question about one), renew (a subscription),
    confirm, read, needs_user, sign_in.
    """

    kind: str
    id: str
    title: str
    number: str = ""
    until: datetime | None = None
    by: str = ""
    """Who asks."""


class HomeCounts(msgspec.Struct, frozen=True):
    open_tickets: int = 0
    customers_tickets: int = 0
    """Open ones of other organisations, which staff and partners see."""
    unread_tickets: int = 0
    drafts: int = 0
    outbox: int = 0
    """Waiting to be sent (not: needing help)."""
    unread_notices: int = 0
    unread_newsletters: int = 0
    latest_newsletter: str = ""
    articles: int = 0
    license_keys: int = 0
    license_keys_running_out: int = 0
    reopenable: int = 0
    documents_to_sign: int = 0
    orders: int = 0
    """Open ones."""
    unread_orders: int = 0
    order_drafts: int = 0
    subscriptions: int = 0
    """Those that have not ended."""
    unread_subscriptions: int = 0
    subscriptions_to_renew: int = 0
    waiting: tuple[Waiting, ...] = ()
