"""What the command line and other processes can ask of the process that owns the data folder.

One function a request, all without a window. Each takes the running application and the request's own values
and returns a JSON-able result; a SupportDeskError becomes an answer with `error` and an exit code.
"""

import inspect
import logging
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Any, Protocol, TypeVar

import msgspec

from supportdesk import clock
from supportdesk.app import report_filing
from supportdesk.app.accounts import Accounts
from supportdesk.app.answered_at_once import advice
from supportdesk.app.prefill import Prefill
from supportdesk.app.serving import LOCAL_TIMEOUT_S, Serving
from supportdesk.app.workspace import Workspace
from supportdesk.domain.errors import (
    AuthenticationFailed,
    BackendError,
    InvalidInput,
    NotFound,
    SecretsUnavailable,
    SessionExpired,
    StoreBusy,
    StoreError,
    SupportDeskError,
)
from supportdesk.domain.projections import (
    Account,
    Delivery,
    ItemKind,
    ItemQuery,
    Link,
    OutboxState,
    SyncState,
    TicketQuery,
)
from supportdesk.i18n import _

OK, FAILED, USAGE, NOT_YET, SIGN_IN, NOT_FOUND, STORE = 0, 1, 2, 3, 4, 5, 6
"""Exit codes: done · failed · the request is wrong · durable but not accepted yet · sign in first ·
no such account, vendor or ticket · the data folder cannot be used."""

_EXIT_CODES: tuple[tuple[type[SupportDeskError], int], ...] = (
    (InvalidInput, USAGE),
    (AuthenticationFailed, SIGN_IN),
    (SessionExpired, SIGN_IN),
    (NotFound, NOT_FOUND),
    (StoreError, STORE),
)
log = logging.getLogger(__name__)


class Owner(Protocol):
    """What of the running application a request needs."""

    workspace: Workspace
    accounts: Accounts


Result = dict[str, object]
T = TypeVar("T")


def answer(
    owner: Owner, request: dict[str, object], leaving: Future[None] | None = None
) -> dict[str, object]:
    """{"exit": code, "result": …} or {"exit": code, "error": {code, what, safe, next_step}}.

    What waits for the support portal says how far it came as soon as `leaving` is done. Raises RuntimeError
    or CancelledError only when the application is being closed meanwhile.
    """
    try:
        handler, values = _understood(request)
        result = handler(Serving(owner.workspace, owner.accounts, leaving or Future()), **values)
    except SupportDeskError as error:
        return refused(error)
    except TimeoutError:
        return refused(_too_slow())
    return {"exit": result.pop("exit", OK), "result": result}


def answer_other(owner: Owner, request: dict[str, object], leaving: Future[None]) -> dict[str, object]:
    """As `answer` for another process, which is to ask the next owner when its waiting was cut short here."""
    told = answer(owner, request, leaving)
    return refused(StoreBusy()) if leaving.done() and told["exit"] == NOT_YET else told


def _understood(request: dict[str, object]) -> tuple[Callable[..., Result], dict[str, Any]]:
    """The function for a request and its arguments. Raises InvalidInput, before anything has been done."""
    values = {**request}
    try:
        handler = _HANDLERS[str(values.pop("do", ""))]
        inspect.signature(handler).bind(None, **values)
        if "prefill" in values:
            values["prefill"] = msgspec.convert(values["prefill"], Prefill)
    except (KeyError, TypeError, msgspec.ValidationError) as error:
        log.warning("a request could not be understood: %r", error)
        raise InvalidInput(_("The request could not be understood.")) from error
    return handler, values


def _too_slow() -> SupportDeskError:
    """What was asked for may still be done: nobody can say."""
    return SupportDeskError(
        _("This computer did not answer in time."),
        safe=_("What was saved before is untouched."),
        next_step=_("Look with “supportdesk outbox” whether it was done."),
    )


def refused(error: SupportDeskError) -> dict[str, object]:
    """The answer that says why not."""
    code = next((code for kind, code in _EXIT_CODES if isinstance(error, kind)), FAILED)
    told = {"code": error.code, "what": str(error), "safe": error.safe, "next_step": error.next_step}
    if isinstance(error, InvalidInput) and error.field:
        told["field"] = error.field
    return {"exit": code, "error": told}


def new(
    serving: Serving,
    *,
    prefill: Prefill,
    wait_s: float | None,
    profile: str = "",
    account: str = "",
    demo: str = "",
    command_id: str = "",
) -> Result:
    """Files a ticket: durable in the outbox when this returns, accepted too when `wait_s` was long enough.

    `wait_s`, even None, says that somebody wants it sent: without it a report is only for the window.
    """
    command_id = command_id or clock.uuid7()
    who, cleaned = report_filing.file_report(serving, prefill, command_id, account, profile, demo)
    delivery = serving.decided(who.id, command_id, wait_s or 0.0)
    waiting = wait_s is not None and delivery.state is not OutboxState.SENT
    return {**_delivery(delivery), "cleaned": list(cleaned), "exit": NOT_YET if waiting else OK}


def tickets(
    serving: Serving, account: str = "", profile: str = "", demo: str = "", limit: int = 200
) -> Result:
    who = serving.account(account, profile, demo)
    if demo:
        serving.at_rest(who.id, LOCAL_TIMEOUT_S)
    query = TicketQuery(account_id=who.id)
    rows = serving.read(lambda r: (*r.local_rows(who.id), *r.ticket_window(query, 0, limit)))
    return {"account": who.id, "tickets": [msgspec.to_builtins(row) for row in rows]}


def documents(serving: Serving, account: str = "", profile: str = "", demo: str = "") -> Result:
    return _items(serving, "document", account, profile, demo)


def orders(serving: Serving, account: str = "", profile: str = "", demo: str = "") -> Result:
    return _items(serving, "order", account, profile, demo)


def subscriptions(serving: Serving, account: str = "", profile: str = "", demo: str = "") -> Result:
    return _items(serving, "subscription", account, profile, demo)


def _items(serving: Serving, kind: ItemKind, account: str, profile: str, demo: str) -> Result:
    who = serving.account(account, profile, demo)
    if demo:
        serving.at_rest(who.id, LOCAL_TIMEOUT_S)
    rows = serving.read(lambda r: r.item_window(ItemQuery(who.id, kind)))
    if kind == "order":
        rows = (*serving.read(lambda r: r.local_orders(who.id)), *rows)
    told = [msgspec.to_builtins(msgspec.structs.replace(row, fact=None)) for row in rows]
    return {"account": who.id, f"{kind}s": told}


def outbox(serving: Serving, account: str = "", profile: str = "", demo: str = "") -> Result:
    who = serving.account(account, profile, demo).id if account or profile or demo else None
    waiting = serving.read(lambda r: r.outbox(who))
    return {"outbox": [_delivery(delivery) for delivery in waiting]}


def sync(
    serving: Serving, account: str = "", profile: str = "", demo: str = "", timeout_s: float = 60.0
) -> Result:
    """One whole round: what waits is sent, what is new is fetched. Without an account: for all of them."""
    if account or profile or demo:
        wanted: tuple[Account, ...] = (serving.account(account, profile, demo),)
    else:
        wanted = serving.read(lambda r: r.accounts())
    states = [serving.at_rest(who.id, timeout_s) for who in wanted]
    done = all(state.link is Link.ONLINE for state in states) and not serving.leaving.done()
    return {"accounts": [_state(state) for state in states], "exit": OK if done else NOT_YET}


def accounts(serving: Serving) -> Result:
    known = serving.read(lambda r: r.accounts())
    return {"accounts": [msgspec.to_builtins(account) for account in known]}


def add_vendor(serving: Serving, address: str = "", file: str = "") -> Result:
    """By the address of its support portal or by its profile file; the same one again is renewed."""
    cpu, vendors = serving.workspace.cpu, serving.workspace.vendors
    if file:
        added = cpu.submit(lambda: vendors.add(Path(file))).result(LOCAL_TIMEOUT_S)
    else:
        found = _answered_now(serving.workspace.discover(address))
        added = cpu.submit(lambda: vendors.keep(found)).result(LOCAL_TIMEOUT_S)
    return {"profile": added.id, "name": added.name, "address": added.backend.address}


def sign_in(serving: Serving, profile: str, user: str, password: str) -> Result:
    """Raises SecretsUnavailable where it was not kept: the next command would have to sign in again."""
    signed_in = _answered_now(serving.accounts.sign_in(profile, user, password))
    if not signed_in.kept:
        raise SecretsUnavailable(
            _("The password is right, but this computer has no unlocked keyring to keep the sign-in in."),
            next_step=_("Set up and unlock a keyring (on Linux a Secret Service), then sign in again."),
        )
    return {"account": signed_in.account.id, "kept": True}


def sign_out(serving: Serving, account: str) -> Result:
    who = serving.account(account)
    serving.accounts.sign_out(who.id).result(LOCAL_TIMEOUT_S)
    return {"account": who.id}


def _answered_now(asked: Future[T]) -> T:
    """Of a vendor, about something that nobody does later by itself."""
    try:
        return asked.result(LOCAL_TIMEOUT_S)
    except BackendError as error:
        error.next_step = advice(error)
        raise


def _state(state: SyncState) -> Result:
    told = msgspec.to_builtins(state)
    return {"account": told.pop("account_id"), **told}


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
    "documents": documents,
    "orders": orders,
    "subscriptions": subscriptions,
    "outbox": outbox,
    "sync": sync,
    "accounts": accounts,
    "add-vendor": add_vendor,
    "sign-in": sign_in,
    "sign-out": sign_out,
}
