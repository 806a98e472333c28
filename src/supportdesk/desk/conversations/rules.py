"""What a customer's request must be like to be taken. No database, no clock: everything is handed in.

Each check returns nothing or raises Refused with the sentence that the customer reads.
"""

import re
from collections.abc import Iterable
from datetime import UTC, datetime

from supportdesk.domain.capabilities import Capability, Limits
from supportdesk.domain.catalogue import Catalogue, FormField
from supportdesk.domain.commands import (
    AddFiles,
    AnyIntent,
    CloseTicket,
    ConfirmNotice,
    CreateOrder,
    CreateTicket,
    DeclineDocument,
    FileRef,
    MarkRead,
    RateArticle,
    RateTicket,
    ReopenTicket,
    Reply,
    SignDocument,
    is_content_hash,
)
from supportdesk.domain.entities import (
    Conversation,
    ConversationKind,
    Order,
    Publication,
    PublicationKind,
    Ticket,
)
from supportdesk.domain.errors import Refused
from supportdesk.domain.localtext import LocalText
from supportdesk.domain.reporting import fits, is_missing
from supportdesk.domain.status import REOPENABLE, Status
from supportdesk.i18n import _, language

MAX_NAME_CHARS = 255
MAX_SOURCE_CHARS = 200
MAX_COMMENT_CHARS = 2_000

_UUID7 = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
_MEDIA_TYPE = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]{0,48}/[a-z0-9][a-z0-9!#$&^_.+-]{0,48}", re.IGNORECASE)
_NUL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")
_FIRST_DESK = datetime(2000, 1, 1, tzinfo=UTC)
_NOT_IN_NAMES = re.compile(r"[/\\\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]")

_NEEDS: dict[type[AnyIntent], Capability] = {
    CreateTicket: Capability.TICKETS,
    AddFiles: Capability.ADD_FILES,
    CloseTicket: Capability.CLOSE,
    ReopenTicket: Capability.REOPEN,
    RateTicket: Capability.RATE,
    ConfirmNotice: Capability.NOTICES,
    RateArticle: Capability.ARTICLES,
    CreateOrder: Capability.ORDERS,
    SignDocument: Capability.DOCUMENTS,
    DeclineDocument: Capability.DOCUMENTS,
}


def check_offered(intent: AnyIntent, offers: Iterable[Capability]) -> None:
    needed = _NEEDS.get(type(intent))
    if needed is not None and needed not in offers:
        raise Refused(_("The support portal does not offer this."))


def check_payload(payload: bytes) -> None:
    """JSON without the one character that not every database can hold."""
    if _NUL.search(payload):
        raise Refused(_("This cannot be understood by the support portal."))


def check_command_id(id: str) -> None:
    if not _UUID7.fullmatch(id):
        text = _("The key of a command is a UUID of version 7: small letters and digits, with hyphens.")
        raise Refused(text)


def check_new_ticket(intent: CreateTicket, catalogue: Catalogue, limits: Limits) -> None:
    check_subject(intent.subject, limits)
    check_body(intent.description, limits, _("Describe what happened."))
    if len(intent.source) > MAX_SOURCE_CHARS:
        raise Refused(_("The name of the program that opened the form is too long."))
    _check_choices(intent, catalogue)
    form = catalogue.form(service_id=intent.service_id, type_id=intent.type_id, desk_id=intent.desk_id)
    _check_fields(intent.fields, form)
    check_files(intent.files, limits)


def check_subject(subject: str, limits: Limits) -> None:
    if not subject.strip():
        raise Refused(_("The subject is missing."))
    if len(subject) > limits.max_subject_chars:
        text = _("The subject may have at most {limit} characters.")
        raise Refused(text.format(limit=limits.max_subject_chars))
    if len(subject.splitlines()) > 1:
        raise Refused(_("The subject may have one line only."))


def check_body(body: str, limits: Limits, missing: str = "") -> None:
    if not body.strip():
        raise Refused(missing)
    if len(body) > limits.max_text_chars:
        text = _("The text may have at most {limit} characters.")
        raise Refused(text.format(limit=limits.max_text_chars))


def check_comment(comment: str) -> None:
    if len(comment) > MAX_COMMENT_CHARS:
        text = _("The text may have at most {limit} characters.")
        raise Refused(text.format(limit=MAX_COMMENT_CHARS))


def _check_choices(intent: CreateTicket, catalogue: Catalogue) -> None:
    desk, service = intent.desk_id, intent.service_id
    known = (
        not desk or catalogue.desk(desk) is not None,
        not service or any(chosen.id == service for _heading, chosen in catalogue.choosable_services(desk)),
        not intent.type_id or any(each.id == intent.type_id for each in catalogue.choosable_types(desk)),
        not intent.priority_id or catalogue.priority(intent.priority_id) is not None,
        not intent.consent_id or catalogue.consent(intent.consent_id) is not None,
    )
    if not all(known):
        raise Refused(_("The support portal no longer offers what was chosen. Choose again."))


def _check_fields(values: dict[str, str], form: tuple[FormField, ...]) -> None:
    if unknown := values.keys() - {field.id for field in form}:
        text = _("The request form has no field “{name}”.")
        raise Refused(text.format(name=min(unknown)))
    for field in form:
        value = values.get(field.id, "")
        if is_missing(field, value):
            raise Refused(_missing(field))
        if not fits(field, value):
            text = _("“{value}” does not fit the field “{name}”.")
            raise Refused(text.format(value=value[:40], name=_words(field.label)))


def _missing(field: FormField) -> str:
    return _words(field.error) or _("“{name}” is missing.").format(name=_words(field.label))


def _words(text: LocalText) -> str:
    return text.get(language())


def check_files(files: tuple[FileRef, ...], limits: Limits) -> None:
    if len(files) > limits.max_files:
        text = _("At most {limit} files can be sent at once.")
        raise Refused(text.format(limit=limits.max_files))
    for file in files:
        _check_file(file, limits)


def _check_file(file: FileRef, limits: Limits) -> None:
    name = file.name
    if not name.strip(". ") or len(name) > MAX_NAME_CHARS or _NOT_IN_NAMES.search(name):
        raise Refused(_("A file has a name that cannot be used. Rename it and add it again."))
    if not 0 <= file.size_bytes <= limits.max_file_bytes:
        text = _("The file “{name}” is larger than {limit} MB.")
        raise Refused(text.format(name=name, limit=limits.max_file_bytes // (1024 * 1024)))
    if not is_content_hash(file.sha256) or not _MEDIA_TYPE.fullmatch(file.media_type):
        raise Refused(_("This cannot be understood by the support portal."))


def check_reply(intent: Reply, about: Conversation, limits: Limits, now: datetime) -> None:
    check_body(intent.body, limits, _("The message is empty."))
    check_files(intent.files, limits)
    _check_still_open(about, now)


def check_added_files(intent: AddFiles, about: Conversation, limits: Limits, now: datetime) -> None:
    if not intent.files:
        raise Refused(_("No file was chosen."))
    check_files(intent.files, limits)
    _check_article(intent.article, about)
    _check_still_open(about, now)


def _check_article(article: int | None, about: Conversation) -> None:
    if article is None:
        return
    if not isinstance(about, Order) or not 0 <= article < len(about.articles):
        raise Refused(_("This cannot be understood by the support portal."))


def check_reopening(intent: ReopenTicket, ticket: Ticket, limits: Limits, now: datetime) -> None:
    """A ticket that was opened meanwhile takes the description as a reply: nothing written is lost."""
    check_body(intent.description, limits, _("Describe why the ticket must be reopened."))
    check_files(intent.files, limits)
    _check_may_return(ticket, now)


def check_rating(intent: RateTicket, ticket: Ticket) -> None:
    check_comment(intent.comment)
    if ticket.status not in REOPENABLE:
        raise Refused(_("A ticket can be rated when it is solved."))


def _check_still_open(about: Conversation, now: datetime) -> None:
    """About everything but a ticket one can talk for ever."""
    if not isinstance(about, Ticket):
        return
    if about.status is Status.CLOSED:
        raise Refused(_("This ticket is closed. Reopen it, or report a new problem."))
    _check_may_return(about, now)


def _check_may_return(ticket: Ticket, now: datetime) -> None:
    if ticket.status in REOPENABLE and (ticket.reopen_until is None or now > ticket.reopen_until):
        raise Refused(_("The time for reopening this ticket is over. Report a new problem instead."))


def check_confirmation(publication: Publication) -> None:
    if publication.publication is not PublicationKind.NOTICE or not publication.must_confirm:
        raise Refused(_("This need not be confirmed."))


def check_article_rating(publication: Publication) -> None:
    if publication.publication is not PublicationKind.ARTICLE:
        raise Refused(_("Only help articles can be rated."))


def chosen_or_preset(intent: CreateTicket, catalogue: Catalogue) -> tuple[str, str]:
    """(type id, priority id) of the new ticket: what was chosen, else the vendor's for 'not chosen'."""
    unchosen = next((each.id for each in catalogue.types if each.until_chosen), "")
    preset = next((each.id for each in catalogue.priorities if each.preset), "")
    return intent.type_id or unchosen, intent.priority_id or preset


def read_at(marked_at: datetime, before: datetime | None, now: datetime) -> datetime:
    """When it counts as read: when the customer looked, not when the mark arrived; never back or ahead.

    A clock that stands before there were desks is not believed: some moments cannot be told in UTC.
    """
    looked = max(min(marked_at, now), _FIRST_DESK)
    return looked if before is None else max(looked, before)


def marked_kind(intent: MarkRead) -> ConversationKind:
    """Which of the things that people talk about was read."""
    try:
        return ConversationKind(intent.what)
    except ValueError as error:
        raise Refused(_("This cannot be understood by the support portal.")) from error
