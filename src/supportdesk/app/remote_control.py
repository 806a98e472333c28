"""What the command line and other processes can ask of the process that owns the data folder.

One function a request, all without a window. Each takes the running application and the request's own values
and returns a JSON-able result; a SupportDeskError becomes an answer with `error` and an exit code.
"""

import inspect
import logging
from collections.abc import Callable
from concurrent.futures import TimeoutError as FutureTimeout
from typing import Any, Protocol

import msgspec

from supportdesk import clock, i18n
from supportdesk.app import file_intake
from supportdesk.app.accounts import Accounts
from supportdesk.app.flows.report_draft import from_prefill, to_intent
from supportdesk.app.prefill import Prefill
from supportdesk.app.workspace import Workspace
from supportdesk.domain.commands import Command
from supportdesk.domain.errors import (
    AuthenticationFailed,
    BackendUnreachable,
    InvalidInput,
    NotFound,
    SessionExpired,
    StoreError,
    SupportDeskError,
)
from supportdesk.domain.projections import Account, Delivery, Link, OutboxState, TicketQuery
from supportdesk.domain.reporting import problems
from supportdesk.i18n import _

OK, FAILED, USAGE, NOT_YET, SIGN_IN, NOT_FOUND, STORE = 0, 1, 2, 3, 4, 5, 6
"""Exit codes: done · failed · the request is wrong · durable but not accepted yet · sign in first ·
no such account, vendor or ticket · the data folder cannot be used."""

_EXIT_CODES: tuple[tuple[type[SupportDeskError], int], ...] = (
    (InvalidInput, USAGE),
    (AuthenticationFailed, SIGN_IN),
    (SessionExpired, SIGN_IN),
    (NotFound, NOT_FOUND),
    (BackendUnreachable, NOT_YET),
    (StoreError, STORE),
)
LOCAL_TIMEOUT_S = 30.0
log = logging.getLogger(__name__)


class Owner(Protocol):
    """What of the running application a request needs."""

    workspace: Workspace
    accounts: Accounts


Result = dict[str, object]


def answer(owner: Owner, request: dict[str, object]) -> dict[str, object]:
    """{"exit": code, "result": …} or {"exit": code, "error": {code, what, safe, next_step}}.

    Raises RuntimeError or CancelledError only when the application is being closed meanwhile.
    """
    try:
        handler, values = _understood(owner, request)
        result = handler(**values)
    except SupportDeskError as error:
        return refused(error)
    except FutureTimeout:
        return refused(BackendUnreachable())
    return {"exit": result.pop("exit", OK), "result": result}


def _understood(owner: Owner, request: dict[str, object]) -> tuple[Callable[..., Result], dict[str, Any]]:
    """The function for a request and its arguments. Raises InvalidInput, before anything has been done."""
    values = {**request, "owner": owner}
    try:
        handler = _HANDLERS[str(values.pop("do", ""))]
        inspect.signature(handler).bind(**values)
        if "prefill" in values:
            values["prefill"] = msgspec.convert(values["prefill"], Prefill)
    except (KeyError, TypeError, msgspec.ValidationError) as error:
        log.warning("a request could not be understood: %r", error)
        raise InvalidInput(_("The request could not be understood.")) from error
    return handler, values


def refused(error: SupportDeskError) -> dict[str, object]:
    """The answer that says why not."""
    code = next((code for kind, code in _EXIT_CODES if isinstance(error, kind)), FAILED)
    told = {"code": error.code, "what": str(error), "safe": error.safe, "next_step": error.next_step}
    if isinstance(error, InvalidInput) and error.field:
        told["field"] = error.field
    return {"exit": code, "error": told}


def new(
    owner: Owner,
    *,
    prefill: Prefill,
    wait_s: float | None,
    profile: str = "",
    account: str = "",
    demo: str = "",
    command_id: str = "",
) -> Result:
    """Files a ticket: durable in the outbox when this returns, accepted too when `wait_s` was long enough.

    `wait_s`, even None, says that somebody wants it sent: without it a report is only for the window. The
    same `command_id` files once, however often it comes.
    """
    who = _account(owner, account or profile, demo)
    if command_id and _is_filed(owner, command_id):
        return _sent(owner, who, command_id, wait_s)
    workspace = owner.workspace
    catalogue = workspace.read(lambda r: r.catalogue(who.id)).result(LOCAL_TIMEOUT_S)
    if catalogue is None:
        raise SessionExpired(_("This account has not been connected yet, so its form is not known."))
    limits = workspace.read(lambda r: r.capabilities(who.id)).result(LOCAL_TIMEOUT_S).limits
    files = tuple(file_intake.take_in(path, workspace.blobs, limits) for path in prefill.files())
    intent = msgspec.structs.replace(to_intent(from_prefill(prefill, catalogue)), files=files)
    if found := problems(intent, catalogue, limits, i18n.language()):
        raise InvalidInput(found[0].sentence, field=found[0].field.removesuffix("_id"))
    command = Command(id=command_id or clock.uuid7(), created_at=clock.now(), intent=intent)
    workspace.write(lambda w: w.send(None, who.id, command)).result(LOCAL_TIMEOUT_S)
    workspace.sync.kick(who.id)
    return _sent(owner, who, command.id, wait_s)


def _is_filed(owner: Owner, command_id: str) -> bool:
    try:
        owner.workspace.read(lambda r: r.delivery(command_id)).result(LOCAL_TIMEOUT_S)
    except NotFound:
        return False
    return True


def _sent(owner: Owner, who: Account, command_id: str, wait_s: float | None) -> Result:
    if wait_s:
        owner.workspace.sync.once(who.id, wait_s).result(wait_s + LOCAL_TIMEOUT_S)
    delivery = owner.workspace.read(lambda r: r.delivery(command_id)).result(LOCAL_TIMEOUT_S)
    waiting = wait_s is not None and delivery.state is not OutboxState.SENT
    return {**_delivery(delivery), "exit": NOT_YET if waiting else OK}


def tickets(owner: Owner, account: str = "", profile: str = "", demo: str = "", limit: int = 200) -> Result:
    who = _account(owner, account or profile, demo)
    if demo:
        owner.workspace.sync.once(who.id, LOCAL_TIMEOUT_S).result(2 * LOCAL_TIMEOUT_S)
    query = TicketQuery(account_id=who.id)
    rows = owner.workspace.read(lambda r: (*r.local_rows(who.id), *r.ticket_window(query, 0, limit))).result(
        LOCAL_TIMEOUT_S
    )
    return {"account": who.id, "tickets": [msgspec.to_builtins(row) for row in rows]}


def outbox(owner: Owner, account: str = "", profile: str = "", demo: str = "") -> Result:
    who = _account(owner, account or profile, demo).id if account or profile or demo else None
    waiting = owner.workspace.read(lambda r: r.outbox(who)).result(LOCAL_TIMEOUT_S)
    return {"outbox": [_delivery(delivery) for delivery in waiting]}


def sync(
    owner: Owner, account: str = "", profile: str = "", demo: str = "", timeout_s: float = 60.0
) -> Result:
    """One whole round: what waits is sent, what is new is fetched. Without an account: for all of them."""
    if account or profile or demo:
        wanted: tuple[Account, ...] = (_account(owner, account or profile, demo),)
    else:
        wanted = owner.workspace.read(lambda r: r.accounts()).result(LOCAL_TIMEOUT_S)
    states = [
        owner.workspace.sync.once(who.id, timeout_s).result(timeout_s + LOCAL_TIMEOUT_S) for who in wanted
    ]
    done = all(state.link is Link.ONLINE for state in states)
    return {"accounts": [msgspec.to_builtins(state) for state in states], "exit": OK if done else NOT_YET}


def accounts(owner: Owner) -> Result:
    known = owner.workspace.read(lambda r: r.accounts()).result(LOCAL_TIMEOUT_S)
    return {"accounts": [msgspec.to_builtins(account) for account in known]}


def sign_in(owner: Owner, profile: str, user: str, password: str) -> Result:
    signed_in = owner.accounts.sign_in(profile, user, password).result(LOCAL_TIMEOUT_S)
    return {"account": signed_in.account.id, "kept": signed_in.kept, "note": signed_in.note}


def sign_out(owner: Owner, account: str) -> Result:
    who = _account(owner, account, "")
    owner.accounts.sign_out(who.id).result(LOCAL_TIMEOUT_S)
    return {"account": who.id}


def _account(owner: Owner, wanted: str, demo: str) -> Account:
    if demo:
        return owner.accounts.demo(demo).result(LOCAL_TIMEOUT_S)
    return owner.accounts.find(wanted).result(LOCAL_TIMEOUT_S)


def _delivery(delivery: Delivery) -> Result:
    return {
        "command_id": delivery.command_id,
        "state": delivery.state.value,
        "number": delivery.number,
        "ticket_id": delivery.ticket_id,
        "account": delivery.account_id,
        "subject": delivery.subject,
        "created_at": delivery.created_at.isoformat(),
        "reason": delivery.reason,
    }


_HANDLERS: dict[str, Callable[..., Result]] = {
    "new": new,
    "tickets": tickets,
    "outbox": outbox,
    "sync": sync,
    "accounts": accounts,
    "sign-in": sign_in,
    "sign-out": sign_out,
}
