"""Every error as problem+json, in the language of the request; as a page where a browser has lost its way."""

import logging
import math
import re
from html import escape
from http import HTTPStatus
from secrets import choice

import msgspec
from litestar import Response
from litestar.exceptions import HTTPException, ValidationException
from litestar.types import ExceptionHandlersMap

from supportdesk.domain.errors import (
    BackendError,
    BackendUnreachable,
    InvalidInput,
    LimitExceeded,
    NotFound,
    SessionExpired,
    SupportDeskError,
)
from supportdesk.domain.wire import API, PROBLEM_TYPE, Problem, problem_of
from supportdesk.i18n import _, language
from supportdesk.server.layers.patience import BodyTooSlow, ClientGone
from supportdesk.server.pace import TooManyRequests
from supportdesk.server.pages import page
from supportdesk.server.requests import AnyRequest

log = logging.getLogger(__name__)

_RETRY_AFTER_S = range(3, 11)
"""Nobody knows when what is out of reach is back; those who failed at once do not return at once."""
_CLIENT_GONE = 499
_PLACE = re.compile(r" - at `\$\.(\w+)")
_NAMED = re.compile(r"(?:required|unknown) field `(\w+)`")


def answer(problem: Problem) -> Response[Problem]:
    headers = {"Content-Language": language(), "Vary": "Accept-Language"}
    if problem.retry_after_s is not None:
        headers["Retry-After"] = str(math.ceil(problem.retry_after_s))
    if problem.code == SessionExpired.code:
        headers["WWW-Authenticate"] = "Bearer"
    return Response(problem, status_code=problem.status, media_type=PROBLEM_TYPE, headers=headers)


def _of_desk(_request: AnyRequest, error: SupportDeskError) -> Response[Problem]:
    problem = problem_of(error)
    if isinstance(error, BackendError) and problem.retry_after_s is None:
        problem = msgspec.structs.replace(problem, retry_after_s=float(choice(_RETRY_AFTER_S)))
    if problem.status == HTTPStatus.INTERNAL_SERVER_ERROR:
        log.error("an error that no caller should see", exc_info=error)
    return answer(problem)


def _of_form(_request: AnyRequest, error: ValidationException) -> Response[Problem]:
    """A body or parameter of another shape than the API describes."""
    extra = error.extra if isinstance(error.extra, list) else []
    told = extra[0] if extra else {}
    field = str(told.get("key", ""))
    if field == "data":  # the body as a whole
        field = field_in(str(told.get("message", "")))
    return answer(problem_of(not_understood(field)))


def field_in(message: str) -> str:
    """The outermost field that a message of the decoder is about; '' where it names none."""
    found = _PLACE.search(message) or _NAMED.search(message)
    return found[1] if found else ""


def not_understood(field: str = "") -> InvalidInput:
    return InvalidInput(_("This cannot be understood by the support portal."), field=field)


def _of_depth(_request: AnyRequest, _error: RecursionError) -> Response[Problem]:
    """JSON within JSON within JSON."""
    return answer(problem_of(not_understood()))


def _is_browser(request: AnyRequest) -> bool:
    """Outside the API, where only people are without a way on."""
    wanted = request.accept.best_match([PROBLEM_TYPE, "application/json", "text/html"])
    return wanted == "text/html" and not request.scope["path"].startswith(API)


def _page(request: AnyRequest) -> Response[str]:
    portal = request.app.state.get("portal")
    words = _("There is no page here. Compare the address with the one that you were given.")
    response = page(portal.profile.name if portal else "SupportDesk", f"<p>{escape(words)}</p>")
    response.status_code = HTTPStatus.NOT_FOUND
    return response


def _of_http(request: AnyRequest, error: HTTPException) -> Response[Problem] | Response[str]:
    match error.status_code:
        case HTTPStatus.NOT_FOUND if _is_browser(request):
            return _page(request)
        case HTTPStatus.NOT_FOUND:
            return _of_desk(request, NotFound())
        case HTTPStatus.BAD_REQUEST:
            return _of_desk(request, not_understood())
        case HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
            return _of_desk(request, LimitExceeded(_("This is more than the support portal takes at once.")))
    title = HTTPStatus(error.status_code).phrase
    problem = Problem(title=title, status=error.status_code, code=title.lower().replace(" ", "_"))
    response = answer(problem)
    response.headers.update(error.headers or {})
    return response


def _of_pace(_request: AnyRequest, error: TooManyRequests) -> Response[Problem]:
    unreachable = BackendUnreachable(
        _("The support portal gets too many requests from here."), retry_after_s=error.retry_after_s
    )
    return answer(msgspec.structs.replace(problem_of(unreachable), status=HTTPStatus.TOO_MANY_REQUESTS))


def _of_slowness(_request: AnyRequest, _error: BodyTooSlow) -> Response[Problem]:
    unreachable = BackendUnreachable(_("The request did not arrive in time."))
    response = answer(msgspec.structs.replace(problem_of(unreachable), status=HTTPStatus.REQUEST_TIMEOUT))
    response.headers["Connection"] = "close"
    return response


def _of_absence(_request: AnyRequest, _error: ClientGone) -> Response[None]:
    """Nobody reads it, but the log counts it."""
    return Response(None, status_code=_CLIENT_GONE)


def _of_nobody(_request: AnyRequest, error: Exception) -> Response[Problem]:
    log.error("a fault of the server", exc_info=error)
    return answer(problem_of(SupportDeskError()))


HANDLERS: ExceptionHandlersMap = {
    RecursionError: _of_depth,
    TooManyRequests: _of_pace,
    BodyTooSlow: _of_slowness,
    ClientGone: _of_absence,
    SupportDeskError: _of_desk,
    ValidationException: _of_form,
    HTTPException: _of_http,
    Exception: _of_nobody,
}
