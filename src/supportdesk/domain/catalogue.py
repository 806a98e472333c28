"""What a vendor's support asks about: desks, services, types, priorities, request forms, consent choices.

Ids are stable words of the vendor (`printing`, `normal`); tickets carry ids, screens show the names. Every
id is unique within its kind. Which parts apply to which is told by tuples of ids; an empty tuple means all.
"""

from collections.abc import Iterator
from enum import StrEnum

import msgspec

from supportdesk.domain.localtext import LocalText


class _Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    id: str


class Desk(_Part, frozen=True):
    """One of the vendor's service desks; with fewer than two the customer is not asked."""

    name: LocalText
    explanation: LocalText = LocalText()


class Service(_Part, frozen=True):
    """A module or product of the vendor. With `parts` it is a heading and only its parts can be chosen."""

    name: LocalText
    parts: tuple["Service", ...] = ()
    """The second and last level."""
    desks: tuple[str, ...] = ()
    general: bool = False
    """The choice for those who do not know; stays in sight whatever is searched."""


class TicketType(_Part, frozen=True):
    name: LocalText
    explanation: LocalText = LocalText()
    """One sentence that helps the customer choose."""
    recommended: bool = False
    """Chosen already when the form opens."""
    question: bool = False
    """Chosen when the customer asks about something that the vendor offers."""
    until_chosen: bool = False
    """Only stands for 'not chosen yet': shown on tickets, not offered in the form."""
    desks: tuple[str, ...] = ()


class Priority(_Part, frozen=True):
    name: LocalText
    guidance: LocalText
    rank: int
    """Greater is more urgent."""
    preset: bool = False


class FieldKind(StrEnum):
    TEXT = "text"
    MULTILINE = "multiline"
    CHOICE = "choice"
    DATE = "date"
    NUMBER = "number"
    CHECKBOX = "checkbox"


class Choice(_Part, frozen=True):
    name: LocalText


class FormField(_Part, frozen=True):
    """A question of the vendor's own in the request form.

    The value is kept as text: a date in ISO 8601, a number with a point, a check box as 'yes' or 'no', a
    choice by its id.
    """

    kind: FieldKind
    label: LocalText
    required: bool = False
    hint: LocalText = LocalText()
    placeholder: LocalText = LocalText()
    error: LocalText = LocalText()
    """What to do when a required answer is missing."""
    choices: tuple[Choice, ...] = ()
    prefill: str = ""
    """Key under which a host application hands the value over (`--field KEY=VALUE`); empty: the id."""
    max_length: int = 200
    services: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    desks: tuple[str, ...] = ()

    @property
    def prefill_key(self) -> str:
        return self.prefill or self.id

    def choice_name(self, choice_id: str, language: str, default: str = "en") -> str:
        """The words for a chosen id; the id itself when the vendor no longer offers it."""
        for choice in self.choices:
            if choice.id == choice_id:
                return choice.name.get(language, default)
        return choice_id


class Consent(_Part, frozen=True):
    """What the customer wants should happen when the work turns out to be chargeable."""

    name: LocalText
    explanation: LocalText = LocalText()
    preset: bool = False


class Catalogue(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    desks: tuple[Desk, ...] = ()
    services: tuple[Service, ...] = ()
    types: tuple[TicketType, ...] = ()
    priorities: tuple[Priority, ...] = ()
    fields: tuple[FormField, ...] = ()
    consents: tuple[Consent, ...] = ()
    order_kinds: tuple[Choice, ...] = ()
    order_faults: tuple[Choice, ...] = ()
    """What can be wrong with an article; without any the customer uses own words. So with the conditions."""
    order_conditions: tuple[Choice, ...] = ()
    service_label: LocalText = LocalText()
    """The vendor's word for a service ('Module', 'Product'); empty: the app's own."""

    def choosable_services(self, desk_id: str = "") -> Iterator[tuple[Service | None, Service]]:
        """(heading, service) pairs that a ticket can carry, in the vendor's order; None on the first level.

        A part without desks of its own belongs to those of its heading.
        """
        for service in self.services:
            heading = service if service.parts else None
            for chosen in service.parts or (service,):
                if _applies(desk_id, chosen.desks or service.desks):
                    yield heading, chosen

    def service_path(self, service_id: str) -> tuple[Service, ...]:
        """The heading and the service, or the service alone, or () when the vendor no longer knows it."""
        for service in self.services:
            if service.id == service_id:
                return (service,)
            for part in service.parts:
                if part.id == service_id:
                    return (service, part)
        return ()

    def choosable_types(self, desk_id: str = "") -> tuple[TicketType, ...]:
        return tuple(each for each in self.types if not each.until_chosen and _applies(desk_id, each.desks))

    def question_type(self) -> str:
        """The id of the type for questions; '' where the vendor names none."""
        return next((each.id for each in self.types if each.question), "")

    def form(self, *, service_id: str = "", type_id: str = "", desk_id: str = "") -> tuple[FormField, ...]:
        """The vendor's questions for this choice, in order. What holds for a heading holds for its parts."""
        path = {service.id for service in self.service_path(service_id)}
        return tuple(
            field
            for field in self.fields
            if (not field.services or path & set(field.services))
            and (not field.types or type_id in field.types)
            and (not field.desks or desk_id in field.desks)
        )

    def desk(self, desk_id: str) -> Desk | None:
        return next((each for each in self.desks if each.id == desk_id), None)

    def type(self, type_id: str) -> TicketType | None:
        return next((each for each in self.types if each.id == type_id), None)

    def priority(self, priority_id: str) -> Priority | None:
        return next((each for each in self.priorities if each.id == priority_id), None)

    def consent(self, consent_id: str) -> Consent | None:
        return next((each for each in self.consents if each.id == consent_id), None)

    def field(self, field_id: str) -> FormField | None:
        return next((each for each in self.fields if each.id == field_id), None)


def _applies(chosen: str, allowed: tuple[str, ...]) -> bool:
    return not allowed or not chosen or chosen in allowed
