"""`supportdesk://` links: from a web page, a mail, a host application. They only ever open or pre-fill.

    supportdesk://new?subject=…&module=…&description=…&priority=…&field.NAME=…&vendor=…&source=…
    supportdesk://ticket/NUMBER?vendor=…
    supportdesk://document/NUMBER?vendor=…     and so for order, subscription
    supportdesk://article/ID?vendor=…
    supportdesk://account?code=…&vendor=…

A link cannot name files and cannot send: whoever made it is not known.
"""

import re
from urllib.parse import parse_qsl, unquote, urlsplit

import msgspec

from supportdesk.app.prefill import Prefill
from supportdesk.domain.entities import ConversationKind
from supportdesk.domain.errors import InvalidInput
from supportdesk.i18n import _

SCHEME = "supportdesk"
MAX_LINK_CHARS = 8_000
MAX_FIELDS = 50
_NUMBER = re.compile(r"[\w.-]{1,40}")
_ID = re.compile(r"[0-9A-Za-z_-]{1,64}")
_CODE = re.compile(r"[0-9A-Za-z-]{1,40}")
_TEXT_KEYS = frozenset({"module", "subject", "description", "priority", "source"})


def link_to(kind: str, number: str, profile_id: str) -> str:
    """A link that opens it in SupportDesk on any computer of somebody who may see it."""
    return f"{SCHEME}://{kind}/{number}?vendor={profile_id}"


class NewReport(msgspec.Struct, frozen=True):
    prefill: Prefill
    vendor: str = ""


class ShowByNumber(msgspec.Struct, frozen=True):
    kind: ConversationKind
    number: str
    vendor: str = ""


class ShowArticle(msgspec.Struct, frozen=True):
    id: str
    vendor: str = ""


class EnterCode(msgspec.Struct, frozen=True):
    """A mailed code, to be filled in where somebody signs in."""

    code: str
    vendor: str = ""


def parse(link: str) -> NewReport | ShowByNumber | ShowArticle | EnterCode:
    """Raises InvalidInput for everything that is not exactly one of these forms."""
    if len(link) > MAX_LINK_CHARS:
        raise _refused(_("The link is too long."))
    try:
        parts = urlsplit(link)
        query = parse_qsl(
            parts.query,
            keep_blank_values=True,
            strict_parsing=bool(parts.query),
            max_num_fields=MAX_FIELDS,
            errors="strict",
        )
    except ValueError:
        raise _refused(_("The link cannot be read.")) from None
    if parts.scheme != SCHEME or parts.fragment:
        raise _refused(_("This is not a link of SupportDesk."))
    values = _single(query)
    vendor = values.pop("vendor", "")
    if parts.netloc == "new" and parts.path in ("", "/"):
        return NewReport(_prefill(values), vendor)
    if parts.netloc in set(ConversationKind) and not values:
        return ShowByNumber(ConversationKind(parts.netloc), _number(parts.path), vendor)
    if parts.netloc == "article" and not values:
        return ShowArticle(_article(parts.path), vendor)
    if parts.netloc == "account" and parts.path in ("", "/") and set(values) == {"code"}:
        return EnterCode(_code(values["code"]), vendor)
    raise _refused(_("The link names nothing that SupportDesk could open."))


def _single(query: list[tuple[str, str]]) -> dict[str, str]:
    values = dict(query)
    if len(values) != len(query):
        raise _refused(_("The link says something twice."))
    if any(_is_hostile(value) for pair in query for value in pair):
        raise _refused(_("The link contains signs that are not text."))
    return values


def _is_hostile(text: str) -> bool:
    return any(not (char.isprintable() or char in "\n\r\t") for char in text)


def _prefill(values: dict[str, str]) -> Prefill:
    fields = {key.removeprefix("field."): values.pop(key) for key in list(values) if key.startswith("field.")}
    unknown = sorted(set(values) - _TEXT_KEYS)
    if unknown or "" in fields:
        raise _refused(
            _("The link says something unknown: {names}.").format(names=", ".join(unknown) or "field.")
        )
    return msgspec.structs.replace(Prefill(fields=fields), **values)


def _number(path: str) -> str:
    number = unquote(path).strip("/").removeprefix("#")
    if not _NUMBER.fullmatch(number):
        raise _refused(_("The link has no valid number."))
    return number


def _article(path: str) -> str:
    article = path.strip("/")
    if not _ID.fullmatch(article):
        raise _refused(_("The link names no article."))
    return article


def _code(code: str) -> str:
    if not _CODE.fullmatch(code):
        raise _refused(_("The link has no valid code."))
    return code


def _refused(what: str) -> InvalidInput:
    return InvalidInput(what, field="link", next_step=_("Open SupportDesk and look there."))
