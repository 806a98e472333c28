"""Every question that can be asked of the databases. One `Reader` lives for one consistent look at them."""

import sqlite3
from collections.abc import Callable, Mapping
from datetime import datetime

from supportdesk.domain.capabilities import Capabilities
from supportdesk.domain.catalogue import Catalogue
from supportdesk.domain.entities import LicenseKey, Person, Publication
from supportdesk.domain.errors import NotFound
from supportdesk.domain.projections import (
    Account,
    Delivery,
    Draft,
    Hit,
    HomeCounts,
    ItemKind,
    ItemQuery,
    ItemRow,
    ItemView,
    Link,
    PublicationList,
    PublicationQuery,
    Suggestion,
    SyncState,
    TicketQuery,
    TicketRow,
    TicketView,
    Whose,
)
from supportdesk.replica import (
    conversation,
    corrections,
    deliveries,
    home,
    items,
    publications,
    reading_lists,
    related,
    search,
    tickets,
)
from supportdesk.replica.audit import AuditSlice, Position, audit_slice
from supportdesk.replica.commands import CommandRow, find_command, referenced_blobs, unfinished
from supportdesk.replica.query import Query, Row
from supportdesk.replica.rows import (
    capabilities_of,
    from_us,
    license_key_of,
    optional_moment,
    organisation_of,
    person_of,
)


class Reader:
    """Read lane only. Methods named after one thing raise NotFound when there is none."""

    def __init__(self, connection: sqlite3.Connection, unwanted: Callable[[], bool] = lambda: False) -> None:
        self._query = Query(connection, unwanted)

    # accounts

    def accounts(self) -> tuple[Account, ...]:
        """In the order in which they were added."""
        return deliveries.accounts(self._query)

    def account(self, account_id: str) -> Account:
        return deliveries.account(self._query, account_id)

    def catalogue(self, account_id: str) -> Catalogue | None:
        """None before the first connection."""
        return self._query.catalogue(self._query.account(account_id).num)

    def capabilities(self, account_id: str) -> Capabilities:
        """As last negotiated; none before the first connection."""
        row = self._query.one("SELECT capabilities FROM account WHERE id = ?", (account_id,))
        return capabilities_of(row[0]) if row and row[0] else Capabilities()

    def sync_state(self, account_id: str) -> SyncState:
        row = self._query.one(
            "SELECT link, last_success_at, error_code, error FROM account WHERE id = ?", (account_id,)
        )
        if row is None:
            raise NotFound
        return SyncState(account_id, Link(row[0]), optional_moment(row[1]), row[2], row[3])

    def cursor(self, account_id: str) -> str | None:
        row = self._query.one("SELECT cursor FROM account WHERE id = ?", (account_id,))
        return row[0] if row else None

    def people(self, account_id: str) -> tuple[Person, ...]:
        """Of the own organisation and of those it looks after, active ones first, by name; without staff."""
        known = self._query.account(account_id)
        ours = {known.me.organisation_id}
        for (fact,) in self._things(known.num, "organisation"):
            organisation = organisation_of(fact)
            if organisation.partner_id == known.me.organisation_id:
                ours.add(organisation.id)
        everybody = [person_of(fact) for (fact,) in self._things(known.num, "person")]
        return tuple(
            sorted(
                (each for each in everybody if each.organisation_id in ours), key=lambda each: not each.active
            )
        )

    def license_keys(self, account_id: str) -> tuple[LicenseKey, ...]:
        """By product."""
        rows = self._things(self._query.account(account_id).num, "license_key")
        return tuple(license_key_of(fact) for (fact,) in rows)

    # tickets

    def ticket_count(self, query: TicketQuery) -> int:
        return tickets.count(self._query, query)

    def lists_ticket(self, query: TicketQuery, account_id: str, ticket_id: str) -> bool:
        """Whether the ticket is among those that `ticket_window` gives, wherever."""
        return tickets.lists(self._query, query, account_id, ticket_id)

    def ticket_window(self, query: TicketQuery, offset: int, limit: int) -> tuple[TicketRow, ...]:
        """The backend's tickets only; drafts and unsent ones are `local_rows`."""
        return tickets.window(self._query, query, offset, limit)

    def local_rows(self, account_id: str | None) -> tuple[TicketRow, ...]:
        return deliveries.local_rows(self._query, account_id)

    def status_counts(self, account_id: str, whose: Whose) -> dict[str, int]:
        return tickets.status_counts(self._query, account_id, whose)

    def ticket(self, account_id: str, ticket_id: str) -> TicketView:
        return conversation.ticket_view(self._query, account_id, ticket_id)

    def ticket_by_number(self, account_id: str | None, number: str) -> tuple[str, str]:
        """(account id, ticket id) of a number with or without '#'; None looks in all accounts."""
        return tickets.by_number(self._query, account_id, number)

    # documents, orders, subscriptions

    def item_count(self, query: ItemQuery) -> int:
        return items.count(self._query, query)

    def item_window(self, query: ItemQuery, offset: int = 0, limit: int | None = None) -> tuple[ItemRow, ...]:
        """What the backend knows only; drafts and unsent orders are `local_orders`."""
        return items.window(self._query, query, offset, limit)

    def local_orders(self, account_id: str | None) -> tuple[ItemRow, ...]:
        return deliveries.local_orders(self._query, account_id)

    def item(self, account_id: str, item_id: str) -> ItemView:
        return conversation.item_view(self._query, account_id, item_id)

    def item_by_number(self, account_id: str | None, kind: ItemKind, number: str) -> tuple[str, str]:
        """(account id, item id). Raises NotFound."""
        return items.by_number(self._query, account_id, kind, number)

    def item_states(self, account_id: str, kind: ItemKind) -> Mapping[str, int]:
        """Numbers by state; those with none are left out."""
        return items.state_counts(self._query, account_id, kind)

    def home(self, account_id: str, now: datetime, warn_days: int = 0) -> HomeCounts:
        """`warn_days` ahead it is told what runs out."""
        return home.home(self._query, account_id, now, warn_days)

    # publications and search

    def publications(self, asked: PublicationQuery, now: datetime) -> PublicationList:
        """What is valid at `now`."""
        return reading_lists.reading_list(self._query, asked, now)

    def holder_of(self, account_id: str | None, publication_id: str) -> str:
        """The account that has a publication; None looks in all accounts. Raises NotFound."""
        return publications.holder_of(self._query, account_id, publication_id)

    def correction(self, asked: PublicationQuery, found: int, now: datetime) -> str:
        """Another spelling of `asked.text`, which finds so many, that finds more; '' for none."""
        shelf = reading_lists.Shelf(self._query, asked.account_id, asked.kind, now)
        return corrections.correction(shelf, asked.text, found)

    def related(self, account_id: str, item: Publication, now: datetime) -> tuple[Publication, ...]:
        """Others of its kind that belong to it, the nearest first."""
        return related.related(self._query, account_id, item, now)

    def publication(self, account_id: str, publication_id: str) -> Publication:
        return publications.publication(self._query, account_id, publication_id)

    def suggestions(self, account_id: str, subject: str, limit: int = 5) -> tuple[Suggestion, ...]:
        return search.suggestions(self._query, account_id, subject, limit)

    def search(self, account_id: str | None, text: str, limit: int = 20) -> tuple[Hit, ...]:
        return search.search(self._query, account_id, text, limit)

    # drafts and outbox

    def drafts(self, account_id: str | None) -> tuple[Draft, ...]:
        """Newest first."""
        return deliveries.drafts(self._query, account_id)

    def draft(self, draft_id: str) -> Draft:
        return deliveries.draft(self._query, draft_id)

    def outbox(self, account_id: str | None, include_done: bool = False) -> tuple[Delivery, ...]:
        """Oldest first; marks of what was read are left out."""
        return deliveries.outbox(self._query, account_id, include_done=include_done)

    def conversation_deliveries(self, account_id: str, conversation_id: str) -> tuple[Delivery, ...]:
        """What was sent or is on its way for one of them, oldest first; cancelled ones included."""
        return deliveries.of_conversation(self._query, account_id, conversation_id)

    def delivery(self, command_id: str) -> Delivery:
        return deliveries.delivery(self._query, command_id)

    # the engine's own

    def unfinished(self, account_id: str) -> list[CommandRow]:
        """What is neither sent nor cancelled, in the order in which it was saved."""
        return unfinished(self._query.connection, account_id)

    def command(self, command_id: str) -> CommandRow:
        return find_command(self._query.connection, command_id)

    def unsettled(self, account_id: str) -> dict[str, datetime]:
        """Commands the backend accepted but whose facts have not come back yet, and when they were saved."""
        rows = self._query.rows(
            "SELECT c.id, min(l.at) FROM outbox.command c JOIN outbox.delivery_log l ON l.command_id = c.id"
            " WHERE c.account_id = ? AND c.settled = 0 AND c.state = 'sent' GROUP BY c.id",
            (account_id,),
        )
        return {id: from_us(at) for id, at in rows}

    def audit(self, position: Position, limit: int) -> AuditSlice:
        """Checks some rows of the replica; the next slice begins at `next_position`."""
        return audit_slice(self._query, position, limit)

    def indexes_hold(self) -> bool:
        """Whether the replica's tables and indexes tell the same; takes seconds where there is much."""
        return self._query.rows("PRAGMA main.integrity_check(1)") == [("ok",)]

    def referenced_blobs(self) -> set[str]:
        return set(referenced_blobs(self._query.connection))

    def _things(self, num: int, kind: str) -> list[Row]:
        return self._query.rows(
            "SELECT fact FROM thing WHERE account = ? AND kind = ? ORDER BY name", (num, kind)
        )
