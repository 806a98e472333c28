"""What the vendor's people ask about who has access: organisations, people, and strangers who want it."""

from datetime import datetime

import msgspec

from supportdesk.domain.commands import FileRef
from supportdesk.domain.entities import Role
from supportdesk.domain.office import ListRequest, OfficeRequest


class AddOrganisation(OfficeRequest, frozen=True):
    name: str
    partner: str = ""
    """The organisation that looks after it."""


class RenameOrganisation(OfficeRequest, frozen=True):
    organisation: str
    name: str


class SetPartner(OfficeRequest, frozen=True):
    """Without a partner, nobody looks after the organisation any more."""

    organisation: str
    partner: str = ""


class ListOrganisations(ListRequest, frozen=True):
    pass


class OrganisationRow(msgspec.Struct, frozen=True):
    id: str
    name: str
    partner: str
    people: int
    """Those with access."""
    open_tickets: int


class Organisations(msgspec.Struct, frozen=True):
    organisations: tuple[OrganisationRow, ...]


class AddPerson(OfficeRequest, frozen=True):
    """Mails an invitation, or tells a first password. InvalidInput for an address that is taken."""

    email: str
    name: str
    organisation: str = ""
    """Only of staff it may be left out: then it is the vendor's own."""
    role: Role = Role.CUSTOMER
    language: str = ""
    tell_password: bool = False


class InvitePerson(OfficeRequest, frozen=True):
    """Mails a code with which they set a password, once more."""

    person: str


class DeactivatePerson(OfficeRequest, frozen=True):
    """They are signed out everywhere at once."""

    person: str


class ActivatePerson(OfficeRequest, frozen=True):
    person: str


class LinkPerson(OfficeRequest, frozen=True):
    """To another organisation; the tickets that they reported move along."""

    person: str
    organisation: str


class SetRole(OfficeRequest, frozen=True):
    person: str
    role: Role


class SetJob(OfficeRequest, frozen=True):
    """What one of the staff does, as customers read it beside the name; empty: nothing is said."""

    person: str
    job: str = ""


class SetPicture(OfficeRequest, frozen=True):
    """Of one of the staff, for customers: a small PNG."""

    person: str
    file: FileRef
    """Its content has arrived before."""


class RemovePicture(OfficeRequest, frozen=True):
    """Customers see initials instead."""

    person: str


class ListPeople(ListRequest, frozen=True):
    organisation: str = ""


class PersonRow(msgspec.Struct, frozen=True):
    id: str
    user: str
    name: str
    role: Role
    organisation: str
    active: bool
    job: str


class People(msgspec.Struct, frozen=True):
    people: tuple[PersonRow, ...]


class ListAccessRequests(ListRequest, frozen=True):
    decided: bool = False
    """Those that were decided, instead of those that wait."""


class AccessRequestRow(msgspec.Struct, frozen=True):
    id: str
    email: str
    name: str
    organisation: str
    """In the words of who asks."""
    message: str
    created_at: datetime
    accepted: bool | None


class AccessRequests(msgspec.Struct, frozen=True):
    requests: tuple[AccessRequestRow, ...]


class AcceptAccessRequest(OfficeRequest, frozen=True):
    """Makes the account and mails an invitation."""

    request: str
    organisation: str = ""
    """One that is there; else one is made with the name that was given."""


class DeclineAccessRequest(OfficeRequest, frozen=True):
    """Who asked is told by mail."""

    request: str
