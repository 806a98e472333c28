"""What a backend can do for the person signed in. Screens ask this, never the backend's name."""

from enum import StrEnum

import msgspec


class Capability(StrEnum):
    TICKETS = "tickets"
    COLLEAGUES_TICKETS = "colleagues_tickets"
    CUSTOMERS_TICKETS = "customers_tickets"
    ON_BEHALF = "on_behalf"
    CLOSE = "close"
    REOPEN = "reopen"
    RATE = "rate"
    ADD_FILES = "add_files"
    NOTICES = "notices"
    NEWSLETTER = "newsletter"
    ARTICLES = "articles"
    LICENSE_KEYS = "license_keys"
    DOCUMENTS = "documents"
    SUBSCRIPTIONS = "subscriptions"
    ORDERS = "orders"
    TIME_RECORDS = "time_records"
    CHANGE_PASSWORD = "change_password"
    PROFILE = "profile"
    """The person sees and changes what the vendor knows about them."""
    SESSIONS = "sessions"
    """The person sees where they are signed in, and ends it."""
    MANAGE_COLLEAGUES = "manage_colleagues"
    IDEMPOTENT = "idempotent"
    """Repeats of a command id are harmless; without it the engine looks up before it ever repeats."""


class Limits(msgspec.Struct, frozen=True):
    max_file_bytes: int = 25 * 1024 * 1024
    max_files: int = 10
    """Per message."""
    max_subject_chars: int = 200
    max_text_chars: int = 50_000
    reopen_days: int = 14
    upload_chunk_bytes: int = 1024 * 1024


class Capabilities(msgspec.Struct, frozen=True):
    offers: frozenset[Capability] = frozenset()
    limits: Limits = Limits()
    seal_certificates: tuple[bytes, ...] = ()
    """DER: with them the vendor seals, or has sealed, documents. What checks a seal trusts these."""

    def __contains__(self, capability: Capability) -> bool:
        return capability in self.offers
