"""The vendor's customers as organisations."""

from sqlalchemy import ColumnElement, Connection, Subquery, func, select

from supportdesk.desk.accounts import accounts
from supportdesk.desk.office import administration, naming
from supportdesk.desk.office.by import By
from supportdesk.desk.office.pages import page
from supportdesk.desk.store.database import reading, writing
from supportdesk.desk.store.schema import organisations, people, tickets
from supportdesk.domain.errors import InvalidInput
from supportdesk.domain.office import Outcome
from supportdesk.domain.office_people import (
    AddOrganisation,
    ListOrganisations,
    OrganisationRow,
    Organisations,
    RenameOrganisation,
    SetPartner,
)
from supportdesk.domain.status import REOPENABLE
from supportdesk.i18n import _


def add(connection: Connection, request: AddOrganisation, by: By) -> Outcome:
    name = _name(request.name)
    with writing(connection):
        _check_free(connection, name)
        partner_id = naming.organisation(connection, request.partner, "partner") if request.partner else None
        id = administration.add_organisation(connection, name, by.now, partner_id, by_id=by.person_id)
    return Outcome(id)


def rename(connection: Connection, request: RenameOrganisation, by: By) -> Outcome:
    name = _name(request.name)
    with writing(connection):
        id = naming.organisation(connection, request.organisation)
        _check_free(connection, name)
        administration.rename_organisation(connection, id, name, by.now, by_id=by.person_id)
    return Outcome(id)


def _name(written: str) -> str:
    return accounts.plain(written, "name", _("Enter a name."))


def _check_free(connection: Connection, name: str) -> None:
    """Two of one name could not be told apart by hand."""
    if connection.execute(select(organisations.c.id).where(organisations.c.name == name)).first():
        raise InvalidInput(
            _("There is an organisation called {name} already.").format(name=name), field="name"
        )


def set_partner(connection: Connection, request: SetPartner, by: By) -> Outcome:
    with writing(connection):
        id = naming.organisation(connection, request.organisation)
        partner_id = naming.organisation(connection, request.partner, "partner") if request.partner else None
        if partner_id == id:
            raise InvalidInput(_("An organisation is not its own partner."), field="partner")
        administration.link_partner(connection, id, partner_id, by.now, by_id=by.person_id)
    return Outcome(id)


def all_of_them(connection: Connection, request: ListOrganisations, _by: By) -> Organisations:
    partner = organisations.alias()
    access = _counted(people.c.organisation_id, people.c.active)
    undone = _counted(tickets.c.organisation_id, tickets.c.status.not_in(REOPENABLE))
    query = (
        select(
            organisations.c.id,
            organisations.c.name,
            func.coalesce(partner.c.name, ""),
            func.coalesce(access.c.number, 0),
            func.coalesce(undone.c.number, 0),
        )
        .outerjoin(partner, partner.c.id == organisations.c.partner_id)
        .outerjoin(access, access.c.organisation_id == organisations.c.id)
        .outerjoin(undone, undone.c.organisation_id == organisations.c.id)
        .order_by(organisations.c.name, organisations.c.id)
    )
    with reading(connection):
        return Organisations(tuple(OrganisationRow(*row) for row in connection.execute(page(query, request))))


def _counted(organisation_id: ColumnElement[str], these: ColumnElement[bool]) -> Subquery:
    """How many of these each organisation has."""
    counted = select(organisation_id, func.count().label("number")).where(these)
    return counted.group_by(organisation_id).subquery()
