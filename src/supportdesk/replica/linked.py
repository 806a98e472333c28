"""Documents and what they belong to, seen from both ends."""

from supportdesk.domain.entities import Document
from supportdesk.domain.errors import NotFound
from supportdesk.domain.projections import ItemRow, Linked
from supportdesk.replica import items, tickets
from supportdesk.replica.query import Query
from supportdesk.replica.rows import attachment_of


def documents_of(query: Query, account_id: str, conversation_id: str) -> tuple[Linked, ...]:
    """Newest first."""
    return tuple(_linked(query, row) for row in items.documents_of(query, account_id, conversation_id))


def belongs_to(query: Query, row: ItemRow) -> Linked | None:
    """The ticket, order or document; None also while it is not known here."""
    if not isinstance(row.fact, Document) or not row.fact.concerns_id:
        return None
    id = row.fact.concerns_id
    ticket = tickets.fact(query, row.account_id, id)
    if ticket is not None:
        return Linked(row=ticket[0])
    try:
        return _linked(query, items.find(query, row.account_id, id))
    except NotFound:
        return None


def _linked(query: Query, row: ItemRow) -> Linked:
    if not isinstance(row.fact, Document) or not row.fact.signed_file_id:
        return Linked(row=row)
    found = query.one(
        "SELECT fact FROM part WHERE account = ? AND kind = 'attachment' AND id = ?",
        (query.account(row.account_id).num, row.fact.signed_file_id),
    )
    return Linked(row=row, sealed=attachment_of(found[0]) if found else None)
