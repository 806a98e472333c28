"""Strangers who asked for access."""

from sqlalchemy import Connection, RowMapping, select, update

from supportdesk import i18n
from supportdesk.desk.accounts import accounts, colleagues
from supportdesk.desk.mail import mail_queue, mail_texts
from supportdesk.desk.mail.mail_queue import Letter
from supportdesk.desk.office import administration, naming
from supportdesk.desk.office.by import By
from supportdesk.desk.office.pages import page
from supportdesk.desk.store import audit, settings
from supportdesk.desk.store.database import reading, writing
from supportdesk.desk.store.schema import organisations, requests_of_access
from supportdesk.domain.entities import Role
from supportdesk.domain.errors import InvalidInput, Refused
from supportdesk.domain.office import Outcome
from supportdesk.domain.office_people import (
    AcceptAccessRequest,
    AccessRequestRow,
    AccessRequests,
    DeclineAccessRequest,
    ListAccessRequests,
)
from supportdesk.i18n import _

_requests = requests_of_access.c


def waiting(connection: Connection, request: ListAccessRequests, _by: By) -> AccessRequests:
    columns = (_requests[name] for name in AccessRequestRow.__struct_fields__)
    undecided = _requests.decided_at.is_(None)
    query = select(*columns).where(~undecided if request.decided else undecided)
    with reading(connection):
        query = query.order_by(_requests.created_at, _requests.id)
        rows = connection.execute(page(query, request))
        return AccessRequests(tuple(AccessRequestRow(*row) for row in rows))


def accept(connection: Connection, request: AcceptAccessRequest, by: By) -> Outcome:
    with writing(connection):
        asked = _decided(connection, request.request, by, accepted=True)
        newcomer = accounts.Newcomer(
            user=asked["email"],
            name=asked["name"],
            email=asked["email"],
            organisation_id=_organisation(connection, request, asked, by),
            role=Role.CUSTOMER,
            language=asked["language"],
        )
        person_id = accounts.enrol(connection, newcomer, by.person_id, by.now)
        colleagues.invite(connection, settings.load(connection), person_id, by.now)
    return Outcome(person_id, user=asked["email"])


def _organisation(connection: Connection, request: AcceptAccessRequest, asked: RowMapping, by: By) -> str:
    if request.organisation:
        return naming.organisation(connection, request.organisation)
    name = asked["organisation"]
    if connection.execute(select(organisations.c.id).where(organisations.c.name == name)).first():
        # Whoever writes a customer's name into a form is not let in by a slip.
        text = _("There is an organisation called {name} already. Say whether it is the one that is meant.")
        raise InvalidInput(text.format(name=name), field="organisation")
    return administration.add_organisation(connection, name, by.now, by_id=by.person_id)


def decline(connection: Connection, request: DeclineAccessRequest, by: By) -> Outcome:
    with writing(connection):
        asked = _decided(connection, request.request, by, accepted=False)
        desk = settings.load(connection)
        with i18n.speaking(mail_texts.spoken(desk, asked["language"])):
            letter = Letter(asked["email"], *mail_texts.access_declined(desk))
        mail_queue.put(connection, desk, letter, by.now)
    return Outcome(asked["id"])


def _decided(connection: Connection, written: str, by: By, *, accepted: bool) -> RowMapping:
    """Takes the request, which somebody else may have decided meanwhile. `written`: its id or address."""
    name = written.strip()
    undecided = select(_requests.id).where(_requests.decided_at.is_(None))
    ids = connection.execute(undecided.where((_requests.id == name) | (_requests.email == name.casefold())))
    found = list(ids.scalars())
    if len(found) > 1:
        raise InvalidInput(_("Several requests came from {name}. Give the id of one.").format(name=name))
    if not found:
        raise Refused(_("No such request waits for a decision."))
    values = {"decided_at": by.now, "decided_by": by.person_id or None, "accepted": accepted}
    connection.execute(update(requests_of_access).where(_requests.id == found[0]).values(**values))
    action = "accept_access_request" if accepted else "decline_access_request"
    audit.note(connection, by.person_id, action, found[0], by.now)
    return connection.execute(select(requests_of_access).where(_requests.id == found[0])).mappings().one()
