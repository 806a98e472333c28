"""The delivery log in the customer's words: what has happened, what runs, and the goal still ahead."""

from datetime import datetime
from enum import StrEnum

import msgspec

from supportdesk.app import system_info
from supportdesk.domain.commands import FileRef
from supportdesk.domain.projections import Delivery, Link, LogStep, OutboxState
from supportdesk.i18n import N_, _, ngettext

_PROMISED = {
    "create_ticket": N_("You get the ticket number here"),
    "create_order": N_("You get the order number here"),
}
_NUMBERED = {
    "ticket": N_("Ticket #{number}"),
    "document": N_("Document {number}"),
    "order": N_("Order #{number}"),
    "subscription": N_("Subscription {number}"),
}


class Mark(StrEnum):
    DONE = "done"
    RUNNING = "running"
    WAITING = "waiting"
    BLOCKED = "blocked"
    """It goes on by itself once what it waits for is there."""
    REFUSED = "refused"
    """It does not go on without the customer."""


class Line(msgspec.Struct, frozen=True):
    """`id` is the same for the same line at every moment. `at` is when it was done.

    `files` are those it speaks of; `fraction` is how much of the one file has arrived, while it runs.
    """

    id: str
    mark: Mark
    title: str
    caption: str = ""
    at: datetime | None = None
    files: tuple[FileRef, ...] = ()
    fraction: float | None = None


def lines(delivery: Delivery, vendor: str, link: Link, *, by_choice: bool = False) -> tuple[Line, ...]:
    """Saved, what stands in the way, each file, and always the goal, in sight from the start.

    `by_choice`: there is no connection because the customer works offline.
    """
    saved = next((line.at for line in delivery.log if line.step is LogStep.SAVED), delivery.created_at)
    first = Line("saved", Mark.DONE, _("Saved on this computer"), _("Nothing can be lost any more"), saved)
    cut_off = is_cut_off(delivery, link)
    between = (_interruption(delivery, vendor, link, by_choice=by_choice),) if cut_off else ()
    return (first, *between, *_files(delivery, together=cut_off), _goal(delivery, vendor))


def is_cut_off(delivery: Delivery, link: Link) -> bool:
    """It could go on, but the vendor cannot be reached."""
    on_its_way = delivery.state in (OutboxState.QUEUED, OutboxState.UPLOADING, OutboxState.SENDING)
    return on_its_way and link in (Link.OFFLINE, Link.FAILING)


def headline(delivery: Delivery, vendor: str, link: Link, *, by_choice: bool = False) -> str:
    """How a report or an order stands, in one line."""
    match delivery.state:
        case OutboxState.SENT:
            made = (
                _("{vendor} has your order") if delivery.about == "order" else _("{vendor} has your report")
            )
            return made.format(vendor=vendor)
        case OutboxState.NEEDS_USER:
            return _("{vendor} did not accept it").format(vendor=vendor)
        case OutboxState.CANCELLED:
            return _("Taken back")
        case OutboxState.BLOCKED_AUTH:
            return _("Saved. It will be sent when you have signed in again")
    if is_cut_off(delivery, link):
        when_online = _("Saved. It will be sent when you go online")
        return when_online if by_choice else _("Saved. It will be sent as soon as there is a connection")
    return _("On its way to {vendor}").format(vendor=vendor)


def as_text(delivery: Delivery, vendor: str, link: Link, *, by_choice: bool = False) -> str:
    """For the clipboard: one line each, exact times in UTC, the stable id at the end."""
    told = [
        f"{line.at.isoformat(timespec='seconds') if line.at else '-'}  {line.title}  {line.caption}".rstrip()
        for line in lines(delivery, vendor, link, by_choice=by_choice)
    ]
    return "\n".join(
        [delivery.subject, *told, f"{delivery.command_id} {delivery.state} {delivery.error_code}".rstrip()]
    )


def _interruption(delivery: Delivery, vendor: str, link: Link, *, by_choice: bool) -> Line:
    if by_choice:
        return Line("connection", Mark.BLOCKED, _("You work offline"), _("It is sent when you go online"))
    tried = next((line.at for line in reversed(delivery.log) if line.step is LogStep.WAITING), None)
    if link is Link.FAILING:
        title = _("{vendor} cannot take it at the moment").format(vendor=vendor)
        return Line("connection", Mark.BLOCKED, title, _("It is tried again by itself"), tried)
    title = _("No connection to {vendor}").format(vendor=vendor)
    caption = _("It is tried again by itself, and at once when the network is back")
    return Line("connection", Mark.BLOCKED, title, caption, tried)


def _files(delivery: Delivery, *, together: bool) -> tuple[Line, ...]:
    done_at = {line.detail: line.at for line in delivery.log if line.step is LogStep.UPLOADED}
    told = tuple(
        _file(delivery, upload.file, upload.sent_bytes, done_at.get(upload.file.name))
        for upload in delivery.uploads
    )
    later = [line for line in told if line.mark is not Mark.DONE]
    if not together or len(later) < 2:
        return told
    files = tuple(file for line in later for file in line.files)
    rest = Line(
        "files",
        Mark.WAITING,
        ngettext("{n} file", "{n} files", len(files)).format(n=len(files)),
        _("Uploaded later; an interrupted upload goes on where it stopped"),
        files=files,
    )
    return (*(line for line in told if line.mark is Mark.DONE), rest)


def _file(delivery: Delivery, file: FileRef, sent_bytes: int, at: datetime | None) -> Line:
    state, title = delivery.state, _file_title(delivery, file)
    key = f"{file.sha256} {file.name}"
    if at is not None or sent_bytes >= file.size_bytes or state is OutboxState.SENT:
        return Line(key, Mark.DONE, title, _("Uploaded"), at, (file,))
    if state is OutboxState.UPLOADING and sent_bytes:
        return Line(key, Mark.RUNNING, title, files=(file,), fraction=sent_bytes / file.size_bytes)
    return Line(key, Mark.WAITING, title, _("Not uploaded yet"), files=(file,))


def _file_title(delivery: Delivery, file: FileRef) -> str:
    """As it was called where the customer ticked it."""
    made_here = delivery.do == "create_ticket" and file.name == system_info.FILE_NAME
    return _("Versions") if made_here else file.name


def _goal(delivery: Delivery, vendor: str) -> Line:
    accepted = next((line.at for line in delivery.log if line.step is LogStep.ACCEPTED), None)
    title = _("Accepted by {vendor}").format(vendor=vendor)
    number = _(_PROMISED[delivery.do]) if delivery.do in _PROMISED else ""
    match delivery.state:
        case OutboxState.SENT:
            number = _(_NUMBERED[delivery.about]).format(number=delivery.number) if delivery.number else ""
            goal = Line("goal", Mark.DONE, title, number, accepted)
        case OutboxState.NEEDS_USER:
            goal = Line("goal", Mark.REFUSED, _("Not accepted"), delivery.reason)
        case OutboxState.CANCELLED:
            goal = Line("goal", Mark.REFUSED, _("Taken back"))
        case OutboxState.BLOCKED_AUTH:
            goal = Line("goal", Mark.BLOCKED, title, _("Waits until you sign in again"))
        case OutboxState.UNCERTAIN:
            checked = _("No answer yet. It is being checked whether it arrived.")
            goal = Line("goal", Mark.BLOCKED, title, checked)
        case OutboxState.SENDING:
            goal = Line("goal", Mark.RUNNING, title, number)
        case _:
            goal = Line("goal", Mark.WAITING, title, number)
    return goal
