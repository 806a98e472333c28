"""Where a request of a command line, a link or another start of the app leads in the window."""

from dataclasses import dataclass
from typing import Literal

import msgspec

from supportdesk.app.places import place_of
from supportdesk.app.prefill import Prefill
from supportdesk.app.screens import Route
from supportdesk.app.shell import ShellState
from supportdesk.domain.entities import ConversationKind
from supportdesk.domain.errors import InvalidInput, NotFound
from supportdesk.domain.projections import Account, ItemKind
from supportdesk.i18n import _
from supportdesk.replica.reader import Reader

Request = dict[str, object]

CAPTURE = Route("report", {"new": "1", "prefill": '{"screenshot":true}'})


@dataclass(frozen=True)
class Destination:
    """`account` None: the one that is shown. `route` None: the window only comes to the front.

    `vendor` is set when nobody is signed in at the vendor that the request names.
    """

    account: str | None = None
    route: Route | None = None
    vendor: str = ""


def is_for_window(request: Request) -> bool:
    """A report with a waiting time is filed without a window."""
    do = request.get("do")
    return do in ("show", "capture", "article", "account", *ConversationKind) or (
        do == "new" and "wait_s" not in request
    )


def mailed_code(request: Request) -> str:
    """That the request fills in where somebody signs in; '' when it leads into the window."""
    return _text(request, "code") if request.get("do") == "account" else ""


def vendor_of(request: Request) -> str:
    """That the request names, '' for none."""
    return _text(request, "profile")


def account_to_fetch(state: ShellState, request: Request) -> str:
    """Whose vendor may have what the request names; '' for a request that names nothing to be fetched."""
    if request.get("do") not in ("article", *ConversationKind) or state.place is None:
        return ""
    vendor = vendor_of(request)
    if vendor in ("", state.place.profile.id):
        return state.place.account.id
    return next((each.account.id for each in state.accounts if each.account.profile_id == vendor), "")


def destination(reader: Reader, request: Request) -> Destination:
    """Raises NotFound for what nobody here may see, InvalidInput for a request that makes no sense."""
    fitting = _fitting(reader.accounts(), request)
    vendor = _text(request, "demo") or _text(request, "profile")
    if fitting is None:
        return Destination(vendor=vendor)
    match request.get("do"):
        case "show":
            return Destination(fitting or None)
        case "capture":
            return Destination(fitting or None, CAPTURE)
        case "new":
            return Destination(fitting or None, _report(request))
        case "ticket" | "document" | "order" | "subscription" as kind:
            return _numbered(reader, fitting or None, kind, _text(request, "number"))
        case "article":
            article = _text(request, "id")
            return Destination(reader.holder_of(fitting or None, article), place_of("article", article))
    raise InvalidInput(_("The request could not be understood."))


def _numbered(
    reader: Reader, account_id: str | None, kind: Literal["ticket"] | ItemKind, number: str
) -> Destination:
    if kind == "ticket":
        account, id = reader.ticket_by_number(account_id, number)
    else:
        account, id = reader.item_by_number(account_id, kind, number)
    return Destination(account, place_of(kind, id))


def _fitting(accounts: tuple[Account, ...], request: Request) -> str | None:
    """The account that the request means; '' when it names none, None when nobody here fits."""
    wanted = _text(request, "account").casefold()
    vendor = _text(request, "demo") or _text(request, "profile")
    if not wanted and not vendor:
        return ""
    for account in accounts:
        if wanted in ("", account.id, account.user.casefold()) and vendor in ("", account.profile_id):
            return account.id
    if wanted:
        raise NotFound(_("Nobody is signed in here who fits “{name}”.").format(name=wanted))
    return None


def _report(request: Request) -> Route:
    return Route("report", {"new": "1", "prefill": msgspec.json.encode(prefill_of(request)).decode()})


def prefill_of(request: Request) -> Prefill:
    """Of a new report. Raises InvalidInput for one that makes no sense."""
    try:
        return msgspec.convert(request.get("prefill") or {}, Prefill)
    except msgspec.ValidationError as error:
        raise InvalidInput(_("The request could not be understood.")) from error


def _text(request: Request, key: str) -> str:
    value = request.get(key)
    return value if isinstance(value, str) else ""
