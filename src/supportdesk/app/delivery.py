"""The delivery log in the customer's words: what has happened, what runs, and the goal still ahead."""

from datetime import datetime
from enum import StrEnum

import msgspec

from supportdesk.domain.commands import FileRef
from supportdesk.domain.projections import Delivery, LogStep, OutboxState
from supportdesk.i18n import _


class Mark(StrEnum):
    DONE = "done"
    RUNNING = "running"
    WAITING = "waiting"
    BLOCKED = "blocked"


class Line(msgspec.Struct, frozen=True):
    """`at` is when it was done; `fraction` is how much of `file` has arrived, while it runs."""

    mark: Mark
    title: str
    caption: str = ""
    at: datetime | None = None
    file: FileRef | None = None
    fraction: float | None = None


def lines(delivery: Delivery, vendor: str, online: bool) -> tuple[Line, ...]:
    """Saved, each file, then always the goal 'Accepted by', so that it is in sight from the start."""
    saved = next((line.at for line in delivery.log if line.step is LogStep.SAVED), delivery.created_at)
    first = Line(Mark.DONE, _("Saved on this computer"), _("Nothing can be lost any more"), saved)
    return (first, *_files(delivery), _goal(delivery, vendor, online))


def headline(delivery: Delivery, vendor: str, online: bool) -> str:
    match delivery.state:
        case OutboxState.SENT:
            return _("{vendor} has your report").format(vendor=vendor)
        case OutboxState.NEEDS_USER:
            return _("{vendor} did not accept it").format(vendor=vendor)
        case OutboxState.CANCELLED:
            return _("Taken back")
    if online and delivery.state is not OutboxState.BLOCKED_AUTH:
        return _("On its way to {vendor}").format(vendor=vendor)
    return _("Saved, will be sent")


def as_text(delivery: Delivery, vendor: str, online: bool) -> str:
    """For the clipboard: one line each, exact times in UTC, the stable id at the end."""
    told = [
        f"{line.at.isoformat(timespec='seconds') if line.at else '-'}  {line.title}  {line.caption}".rstrip()
        for line in lines(delivery, vendor, online)
    ]
    return "\n".join(
        [delivery.subject, *told, f"{delivery.command_id} {delivery.state} {delivery.error_code}"]
    )


def _files(delivery: Delivery) -> tuple[Line, ...]:
    done_at = {line.detail: line.at for line in delivery.log if line.step is LogStep.UPLOADED}
    return tuple(
        _file(upload.file, upload.sent_bytes, done_at.get(upload.file.name), delivery.state)
        for upload in delivery.uploads
    )


def _file(file: FileRef, sent_bytes: int, at: datetime | None, state: OutboxState) -> Line:
    if at is not None or sent_bytes >= file.size_bytes or state is OutboxState.SENT:
        return Line(Mark.DONE, file.name, _("Uploaded"), at, file)
    if state is OutboxState.UPLOADING and sent_bytes:
        return Line(Mark.RUNNING, file.name, file=file, fraction=sent_bytes / file.size_bytes)
    return Line(Mark.WAITING, file.name, _("Not uploaded yet"), file=file)


def _goal(delivery: Delivery, vendor: str, online: bool) -> Line:
    title = _("Accepted by {vendor}").format(vendor=vendor)
    number = _("You get the ticket number here")
    match delivery.state:
        case OutboxState.SENT:
            accepted = next((line.at for line in delivery.log if line.step is LogStep.ACCEPTED), None)
            caption = _("Ticket #{number}").format(number=delivery.number) if delivery.number else ""
            goal = Line(Mark.DONE, title, caption, accepted)
        case OutboxState.NEEDS_USER:
            goal = Line(Mark.BLOCKED, _("Not accepted"), delivery.reason)
        case OutboxState.BLOCKED_AUTH:
            goal = Line(Mark.BLOCKED, title, _("Waits until you sign in again"))
        case OutboxState.UNCERTAIN:
            goal = Line(Mark.BLOCKED, title, _("No answer yet. It is being checked whether it arrived."))
        case OutboxState.CANCELLED:
            goal = Line(Mark.BLOCKED, _("Taken back"), _("You find it among your drafts."))
        case OutboxState.SENDING:
            goal = Line(Mark.RUNNING, title, number)
        case _ if online:
            goal = Line(Mark.WAITING, title, number)
        case _:
            goal = Line(Mark.BLOCKED, title, _("No connection. It will be sent as soon as there is one."))
    return goal
