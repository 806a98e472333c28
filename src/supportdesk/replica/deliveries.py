"""Reading what is on its way: drafts, unsent tickets, the outbox and its delivery logs."""

from typing import cast

from supportdesk.domain.commands import AnyIntent, CreateOrder, CreateTicket, decode_intent, files_of
from supportdesk.domain.delivery import SILENT
from supportdesk.domain.errors import NotFound
from supportdesk.domain.projections import (
    Account,
    Delivery,
    Draft,
    ItemRow,
    OutboxState,
    PendingMessage,
    TicketRow,
    UploadProgress,
)
from supportdesk.domain.status import Stage
from supportdesk.replica.commands import COLUMNS, CommandRow, find_command, log_of
from supportdesk.replica.query import Query
from supportdesk.replica.rows import account_of, draft_of, from_us

_MESSAGES = frozenset({"create_ticket", "reply", "reopen_ticket", "add_files"})
ORDER_DRAFT = "order"
"""Kind of a draft of an order."""
_MAKING = CreateTicket | CreateOrder
_KIND_OF = {
    "sign_document": "document",
    "decline_document": "document",
    "confirm_notice": "notice",
    "rate_article": "article",
}
"""Where the thing itself is not here any more."""
_NOBODY = Account(id="", profile_id="", user="")
_STAGES = {OutboxState.NEEDS_USER: Stage.NEEDS_USER, OutboxState.SENT: Stage.NEW}


def accounts(query: Query) -> tuple[Account, ...]:
    rows = query.rows("SELECT body FROM outbox.saved_account ORDER BY rowid")
    return tuple(account_of(body) for (body,) in rows)


def account(query: Query, account_id: str) -> Account:
    row = query.one("SELECT body FROM outbox.saved_account WHERE id = ?", (account_id,))
    if row is None:
        raise NotFound
    return account_of(row[0])


def drafts(query: Query, account_id: str | None) -> tuple[Draft, ...]:
    rows = query.rows(
        "SELECT body FROM outbox.draft WHERE ?1 IS NULL OR account_id = ?1 ORDER BY updated_at DESC",
        (account_id,),
    )
    return tuple(draft_of(body) for (body,) in rows)


def draft(query: Query, draft_id: str) -> Draft:
    row = query.one("SELECT body FROM outbox.draft WHERE id = ?", (draft_id,))
    if row is None:
        raise NotFound
    return draft_of(row[0])


def outbox(query: Query, account_id: str | None, *, include_done: bool) -> tuple[Delivery, ...]:
    """Oldest first, without what nobody waits for (marks of what was read)."""
    return tuple(_delivery(query, row) for row in _commands(query, account_id, include_done=include_done))


def delivery(query: Query, command_id: str) -> Delivery:
    return _delivery(query, find_command(query.connection, command_id))


def delivery_of(query: Query, account_id: str, id: str) -> Delivery | None:
    """Of the command that made the ticket or order, where it was this computer's."""
    row = query.one("SELECT id FROM outbox.command WHERE id = ? AND account_id = ?", (id, account_id))
    return delivery(query, row[0]) if row else None


def of_conversation(query: Query, account_id: str, id: str) -> tuple[Delivery, ...]:
    """Everything this computer sent or is sending for it, oldest first, without marks of reading."""
    rows = query.rows(
        f"SELECT {COLUMNS} FROM outbox.command WHERE account_id = ? AND subject_id = ? ORDER BY seq",  # noqa: S608
        (account_id, id),
    )
    return tuple(_delivery(query, row) for row in map(CommandRow._make, rows) if row.do not in SILENT)


def pending_messages(query: Query, account_id: str, id: str) -> tuple[PendingMessage, ...]:
    """The customer's own that the conversation does not contain yet, oldest first."""
    rows = query.rows(
        f"SELECT {COLUMNS} FROM outbox.command c WHERE account_id = ? AND subject_id = ? AND settled = 0"  # noqa: S608
        " AND state != 'cancelled' AND NOT EXISTS"
        " (SELECT 1 FROM part p WHERE p.account = ? AND p.kind = 'message' AND p.id = c.id) ORDER BY seq",
        (account_id, id, query.account(account_id).num),
    )
    return tuple(_pending_message(row) for row in map(CommandRow._make, rows) if row.do in _MESSAGES)


def local_rows(query: Query, account_id: str | None) -> tuple[TicketRow, ...]:
    """Drafts of reports and tickets that the backend has not given back yet, newest first."""
    names = {each.id: each for each in accounts(query)}
    begun = [
        _draft_row(each, names.get(each.account_id, _NOBODY))
        for each in drafts(query, account_id)
        if each.kind == "report"
    ]
    unsent = [
        _unsent_row(row, names.get(row.account_id, _NOBODY))
        for row in _commands(query, account_id, include_done=True)
        if row.do == "create_ticket"
        and not row.settled
        and row.state != "cancelled"
        and not _known(query, row)
    ]
    return tuple(sorted(begun + unsent, key=lambda row: row.updated_at, reverse=True))


def unsent_row(query: Query, account_id: str, ticket_id: str) -> TicketRow:
    """Raises NotFound when there is no ticket of this id on its way."""
    row = find_command(query.connection, ticket_id)
    if row.account_id != account_id or row.do != "create_ticket":
        raise NotFound
    return _unsent_row(row, account(query, account_id))


def local_orders(query: Query, account_id: str | None) -> tuple[ItemRow, ...]:
    """Drafts of orders and orders that the backend has not given back yet, newest first."""
    begun = [_order_draft_row(each) for each in drafts(query, account_id) if each.kind == ORDER_DRAFT]
    unsent = [
        _unsent_order(row)
        for row in _commands(query, account_id, include_done=True)
        if row.do == "create_order"
        and not row.settled
        and row.state != "cancelled"
        and not _known_item(query, row)
    ]
    return tuple(sorted(begun + unsent, key=lambda row: row.updated_at, reverse=True))


def unsent_order(query: Query, account_id: str, order_id: str) -> ItemRow:
    """Raises NotFound when there is no order of this id on its way."""
    row = find_command(query.connection, order_id)
    if row.account_id != account_id or row.do != "create_order":
        raise NotFound
    return _unsent_order(row)


def waiting_count(query: Query, account_id: str) -> int:
    states = (OutboxState.NEEDS_USER, OutboxState.SENT, OutboxState.CANCELLED)
    rows = _commands(query, account_id, include_done=False)
    return sum(row.state not in states for row in rows)


def needing_user(query: Query, account_id: str) -> tuple[Delivery, ...]:
    states = (OutboxState.NEEDS_USER, OutboxState.UNCERTAIN)
    rows = _commands(query, account_id, include_done=False)
    return tuple(_delivery(query, row) for row in rows if row.state in states)


def _commands(query: Query, account_id: str | None, *, include_done: bool) -> list[CommandRow]:
    rows = query.rows(
        f"SELECT {COLUMNS} FROM outbox.command WHERE (?1 IS NULL OR account_id = ?1)"  # noqa: S608
        " AND (?2 OR state NOT IN ('sent', 'cancelled')) ORDER BY seq",
        (account_id, include_done),
    )
    return [row for row in map(CommandRow._make, rows) if row.do not in SILENT]


def _known(query: Query, row: CommandRow) -> bool:
    sql = "SELECT 1 FROM ticket t JOIN account a ON a.num = t.account WHERE a.id = ? AND t.id = ?"
    return query.one(sql, (row.account_id, row.id)) is not None


def _known_item(query: Query, row: CommandRow) -> bool:
    sql = "SELECT 1 FROM item i JOIN account a ON a.num = i.account WHERE a.id = ? AND i.id = ?"
    return query.one(sql, (row.account_id, row.id)) is not None


def _delivery(query: Query, row: CommandRow) -> Delivery:
    subject, number, about = _subject(query, row)
    progress: dict[str, int] = dict(
        query.rows("SELECT sha256, sent_bytes FROM outbox.upload WHERE command_id = ?", (row.id,))
    )
    return Delivery(
        command_id=row.id,
        account_id=row.account_id,
        do=row.do,
        ticket_id=row.subject_id,
        subject=subject,
        state=OutboxState(row.state),
        created_at=from_us(row.created_us),
        log=log_of(query.connection, row.id),
        uploads=tuple(
            UploadProgress(file, file.size_bytes if row.state == "sent" else progress.get(file.sha256, 0))
            for file in row.files
        ),
        number=row.number or number,
        error_code=row.error_code,
        reason=row.reason,
        attempts=row.attempts,
        next_try_at=row.next_try_at,
        about=about,
    )


def _subject(query: Query, row: CommandRow) -> tuple[str, str, str]:
    """Title, number and kind of what the command is about."""
    if isinstance(row.intent, _MAKING):
        return _called(row.intent), "", _kind_made(row.intent)
    values = (row.account_id, row.subject_id)
    found = query.one(
        "SELECT t.subject, t.number, 'ticket' FROM ticket t JOIN account a ON a.num = t.account"
        " WHERE a.id = ?1 AND t.id = ?2"
        " UNION ALL SELECT i.title, i.number, i.kind FROM item i JOIN account a ON a.num = i.account"
        " WHERE a.id = ?1 AND i.id = ?2"
        " UNION ALL SELECT p.title, '', p.kind FROM publication p JOIN account a ON a.num = p.account"
        " WHERE a.id = ?1 AND p.id = ?2",
        values,
    )
    if found:
        return found[0], found[1], found[2]
    made = query.one("SELECT payload, number FROM outbox.command WHERE account_id = ? AND id = ?", values)
    if made is None:
        return "", "", _KIND_OF.get(row.do, "ticket")
    intent = decode_intent(made[0])
    return _called(intent), made[1], _kind_made(intent)


def _called(intent: AnyIntent) -> str:
    """What a command makes is called; '' where it makes nothing."""
    if isinstance(intent, CreateOrder):
        return intent.reference
    return intent.subject if isinstance(intent, CreateTicket) else ""


def _kind_made(intent: AnyIntent) -> str:
    return "order" if isinstance(intent, CreateOrder) else "ticket"


def _pending_message(row: CommandRow) -> PendingMessage:
    intent = row.intent
    return PendingMessage(
        command_id=row.id,
        do=row.do,
        body=getattr(intent, "body", "") or getattr(intent, "description", ""),
        files=files_of(intent),
        created_at=from_us(row.created_us),
        state=OutboxState(row.state),
        reason=row.reason,
    )


def _draft_row(draft: Draft, account: Account) -> TicketRow:
    return TicketRow(
        account_id=draft.account_id,
        id=draft.id,
        stage=Stage.DRAFT,
        number="",
        subject=draft.subject,
        requester_name=account.person_name,
        mine=True,
        organisation_name=account.organisation_name,
        assignee_name="",
        service_id="",
        priority_id="",
        updated_at=draft.updated_at,
        created_at=draft.updated_at,
        unread=False,
        has_attachments=bool(draft.files),
        file_count=len(draft.files),
        file_bytes=sum(file.size_bytes for file in draft.files),
        draft_step=draft.step,
    )


def _order_draft_row(draft: Draft) -> ItemRow:
    return ItemRow(
        account_id=draft.account_id,
        id=draft.id,
        kind="order",
        number="",
        title=draft.subject,
        state=Stage.DRAFT.value,
        open=True,
        unread=False,
        created_at=draft.updated_at,
        updated_at=draft.updated_at,
        due_at=None,
        fact=None,
    )


def _unsent_order(row: CommandRow) -> ItemRow:
    intent = cast(CreateOrder, row.intent)
    created_at, state = from_us(row.created_us), OutboxState(row.state)
    return ItemRow(
        account_id=row.account_id,
        id=row.id,
        kind="order",
        number=row.number,
        title=intent.reference,
        state=_STAGES.get(state, Stage.OUTBOX).value if state is not OutboxState.SENT else "received",
        open=True,
        unread=False,
        created_at=created_at,
        updated_at=created_at,
        due_at=None,
        fact=None,
        pending=state is not OutboxState.SENT,
    )


def _unsent_row(row: CommandRow, account: Account) -> TicketRow:
    intent = cast(CreateTicket, row.intent)
    created_at = from_us(row.created_us)
    state = OutboxState(row.state)
    return TicketRow(
        account_id=row.account_id,
        id=row.id,
        stage=_STAGES.get(state, Stage.OUTBOX),
        number=row.number,
        subject=intent.subject,
        requester_name=account.person_name,
        mine=True,
        organisation_name=account.organisation_name,
        assignee_name="",
        service_id=intent.service_id,
        priority_id=intent.priority_id,
        updated_at=created_at,
        created_at=created_at,
        unread=False,
        has_attachments=bool(intent.files),
        file_count=len(intent.files),
        file_bytes=sum(file.size_bytes for file in intent.files),
        pending=state is not OutboxState.SENT,
    )
