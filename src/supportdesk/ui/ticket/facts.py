"""What is known about a ticket beside its conversation, as label and value, translated."""

from dataclasses import dataclass

from PySide6.QtCore import QDate, QLocale, Qt

from supportdesk import clock, i18n
from supportdesk.app import status_words, ticket_words
from supportdesk.app.conversation import recorded_minutes
from supportdesk.app.ticket_vendor import Vendor
from supportdesk.domain.catalogue import FieldKind, FormField
from supportdesk.domain.entities import Ticket
from supportdesk.domain.profile import Profile
from supportdesk.domain.projections import TicketView
from supportdesk.i18n import _
from supportdesk.ui import formats
from supportdesk.ui.widgets.chip import status_text


@dataclass(frozen=True)
class Fact:
    label: str
    value: str
    id: str = ""


def status_name(view: TicketView, profile: Profile) -> str:
    return status_words.vendor_name(profile, view.row.stage) or status_text(view.row.stage)


def status_sentence(view: TicketView, profile: Profile) -> str:
    until = view.ticket.reopen_until if view.ticket is not None else None
    if until is not None and until <= clock.now():
        until = None
    return status_words.sentence(profile, view.row.stage, formats.day(until) if until else "")


def meta(view: TicketView, vendor: Vendor) -> tuple[str, ...]:
    """The short form for one line under the head, without the number."""
    catalogue, profile = vendor.catalogue, vendor.profile
    priority = ticket_words.priority_name(catalogue, profile, view.row.priority_id)
    service = ticket_words.service_name(catalogue, profile, view.row.service_id)
    parts = (
        _("Priority: {priority}").format(priority=priority) if priority else "",
        service,
        _("Handled by {name}").format(name=view.row.assignee_name) if _shows_assignee(view, profile) else "",
    )
    return tuple(part for part in parts if part)


def facts(view: TicketView, vendor: Vendor) -> tuple[Fact, ...]:
    """Everything, in reading order; what is not known is left out."""
    row, ticket, catalogue, profile = view.row, view.ticket, vendor.catalogue, vendor.profile
    foreign = row.organisation_name not in {vendor.account.organisation_name, row.requester_name}
    found = [
        Fact(_("Number"), f"#{row.number}" if row.number else "", "number"),
        Fact(_("Requested by"), row.requester_name),
        Fact(_("Customer"), row.organisation_name if foreign else ""),
        Fact(_("Handled by"), row.assignee_name if _shows_assignee(view, profile) else "", "assignee"),
        Fact(_("Priority"), ticket_words.priority_name(catalogue, profile, row.priority_id)),
        Fact(
            ticket_words.service_label(catalogue, profile),
            ticket_words.service_name(catalogue, profile, row.service_id, full=True),
        ),
        Fact(_("Type"), ticket_words.type_name(catalogue, profile, ticket.type_id) if ticket else ""),
        *(_desk(ticket, vendor) if ticket else ()),
        *(_vendor_fields(ticket, vendor) if ticket else ()),
        Fact(_("If it turns out to be chargeable"), _consent(ticket, vendor) if ticket else ""),
        Fact(_("Reported"), formats.exact(row.created_at)),
        Fact(_("Last change"), formats.exact(row.updated_at)),
        Fact(_("Time recorded"), _time(view, profile)),
        Fact(_("Your rating"), _rating(view)),
    ]
    return tuple(fact for fact in found if fact.value)


def _shows_assignee(view: TicketView, profile: Profile) -> bool:
    return bool(view.row.assignee_name) and profile.shown.assignee


def _desk(ticket: Ticket, vendor: Vendor) -> tuple[Fact, ...]:
    if vendor.catalogue is None or not ticket.desk_id:
        return ()
    desk = vendor.catalogue.desk(ticket.desk_id)
    name = vendor.profile.text(desk.name, i18n.language()) if desk else ticket.desk_id
    return (Fact(_("Service desk"), name),)


def _consent(ticket: Ticket, vendor: Vendor) -> str:
    consent = vendor.catalogue.consent(ticket.consent_id) if vendor.catalogue is not None else None
    return vendor.profile.text(consent.name, i18n.language()) if consent is not None else ""


def _vendor_fields(ticket: Ticket, vendor: Vendor) -> tuple[Fact, ...]:
    if vendor.catalogue is None:
        return ()
    found = []
    for field_id, value in ticket.fields.items():
        field = vendor.catalogue.field(field_id)
        label = vendor.profile.text(field.label, i18n.language()) if field else field_id
        found.append(Fact(label, answer(field, value, vendor.profile.default_language)))
    return tuple(found)


def answer(field: FormField | None, value: str, default_language: str) -> str:
    """What was said to a vendor's question, as people read it."""
    if field is None:
        return value
    if field.kind is FieldKind.CHOICE:
        return field.choice_name(value, i18n.language(), default_language)
    if field.kind is FieldKind.CHECKBOX:
        return _("Yes") if value == "yes" else _("No")
    if field.kind is FieldKind.DATE:
        return _date(value)
    return value


def _date(value: str) -> str:
    """An ISO date as the locale writes it; anything else as it is."""
    day = QDate.fromString(value[:10], Qt.DateFormat.ISODate)
    return formats.locale().toString(day, QLocale.FormatType.LongFormat) if day.isValid() else value


def _time(view: TicketView, profile: Profile) -> str:
    if not view.time_records or not profile.shown.time_records:
        return ""
    total = ticket_words.duration(recorded_minutes(view))
    notes = {record.note for record in view.time_records}
    return f"{total}, {notes.pop()}" if len(notes) == 1 and "" not in notes else total


def _rating(view: TicketView) -> str:
    if view.ticket is None or view.ticket.rating is None:
        return ""
    return _("It helped") if view.ticket.rating >= 3 else _("It did not help")
