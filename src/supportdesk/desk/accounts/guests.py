"""Reports without an account: how they become tickets, and how they find the account of their author.

A guest is a person whom nobody can sign in as, in an organisation of their own kind that only staff see. The
address stands on the ticket. When somebody has proved that it is theirs, the ticket moves to them.
"""

from datetime import datetime, timedelta

import msgspec
from sqlalchemy import Connection, RowMapping, select, update

from supportdesk.desk.accounts import accounts, wishes
from supportdesk.desk.accounts.asker import Asker
from supportdesk.desk.conversations import ledger, moving, own_tickets, rules
from supportdesk.desk.conversations.applying import Asked, Work
from supportdesk.desk.store import audit, guessing, settings
from supportdesk.desk.store.database import writing
from supportdesk.desk.store.guessing import Allowance
from supportdesk.desk.store.schema import attachments, events, messages, organisations, people, tickets
from supportdesk.desk.visibility import feed
from supportdesk.desk.visibility.actors import Actor
from supportdesk.desk.visibility.facts import View
from supportdesk.desk.visibility.feed import Touch
from supportdesk.domain.account import CodePurpose, ReportAsGuest, Reported
from supportdesk.domain.commands import CreateTicket, Receipt, payload_sha256
from supportdesk.domain.entities import Person, Role
from supportdesk.domain.errors import InvalidInput, Refused
from supportdesk.i18n import _

GUESTS = "guests"
"""Id of the organisation of all guests."""
PER_CLIENT = Allowance(10, timedelta(minutes=10))


def report(connection: Connection, request: ReportAsGuest, asker: Asker, now: datetime) -> Reported:
    """Once for each command id. Raises Refused, InvalidInput, IdempotencyConflict, TooManyAttempts."""
    rules.check_command_id(request.command_id)
    email = accounts.address(request.email)
    name = accounts.plain(request.name, "name", _("Say who you are."))
    if not request.privacy_accepted:
        raise InvalidInput(_("Without your consent the report cannot be taken."), field="privacy_accepted")
    language = accounts.language(request.language)
    digest = payload_sha256(msgspec.json.encode(request))
    guest_id = request.command_id
    with writing(connection):
        desk = settings.load(connection)
        if not desk.door.guest_reports:
            raise Refused(_("The support portal does not offer this."))
        if earlier := ledger.earlier(connection, guest_id, request.command_id, digest):
            return Reported(earlier.number)
        bucket = guessing.bucket_for("guest", asker.client)
        guessing.pay(connection, bucket, now, PER_CLIENT, _("Too many reports came from here."))
        guest = _enrolled(connection, guest_id, name, language, now)
        payload = Asked(id=request.command_id, created_at=now, payload=b"")
        work = Work(connection, View(Actor(guest_id, GUESTS, Role.CUSTOMER), desk), payload, now)
        ticket = own_tickets.open_ticket(_intent(request), work, guest, guest_email=email)
        receipt = Receipt(request.command_id, digest, ticket.id, ticket.number, now)
        ledger.enter(connection, guest_id, receipt, now)
        wishes.note(connection, wishes.Wish(CodePurpose.VERIFY, email, language, ticket.id), now)
        audit.note(connection, guest_id, "report_as_guest", ticket.id, now)
    return Reported(ticket.number)


def _intent(request: ReportAsGuest) -> CreateTicket:
    return CreateTicket(
        subject=request.subject,
        description=request.description,
        service_id=request.service_id,
        priority_id=request.priority_id,
        consent_id=request.consent_id,
        fields=request.fields,
        source=request.source,
    )


def _enrolled(connection: Connection, id: str, name: str, language: str, now: datetime) -> Person:
    ledger.check_free(connection, people.c.id, id)
    _make_organisation(connection)
    connection.execute(
        people.insert().values(
            id=id,
            user_name=f"guest:{id}",
            name=name,
            email="",  # addresses of people with accounts only
            organisation_id=GUESTS,
            role=Role.CUSTOMER,
            active=False,
            password_hash="",
            language=language,
            created_at=now,
        )
    )
    feed.record(connection, [Touch("person", id, GUESTS, born=True)])
    return Person(id=id, name=name, organisation_id=GUESTS, active=False)


def _make_organisation(connection: Connection) -> None:
    if connection.execute(select(organisations.c.id).where(organisations.c.id == GUESTS)).first():
        return
    connection.execute(organisations.insert().values(id=GUESTS, name=_("Without an account")))
    feed.record(connection, [Touch("organisation", GUESTS, GUESTS, born=True)])


def claim(connection: Connection, person: RowMapping, email: str) -> list[str]:
    """Moves what was reported with `email` to the account of the person who has proved that it is theirs.

    Returns the ids of the tickets. Within a writing transaction.
    """
    reported = select(tickets.c.id, tickets.c.requester_id).where(tickets.c.guest_email == email)
    found = connection.execute(reported).all()
    for ticket_id, guest_id in found:
        _hand_over(connection, ticket_id, guest_id, person["id"])
    ids = [ticket_id for ticket_id, _guest_id in found]
    moving.move_tickets(connection, ids, person["organisation_id"])
    return ids


def _hand_over(connection: Connection, ticket_id: str, guest_id: str, person_id: str) -> None:
    """Everything that the guest did on the ticket was done by the person."""
    for column in (messages.c.author_id, attachments.c.author_id, events.c.actor_id):
        of_guest = (column.table.c.conversation_id == ticket_id) & (column == guest_id)
        connection.execute(update(column.table).where(of_guest).values({column: person_id}))
    last_author = tickets.c.last_author_id
    connection.execute(
        update(tickets)
        .where(tickets.c.id == ticket_id, last_author == guest_id)
        .values(last_author_id=person_id)
    )
    connection.execute(
        update(tickets).where(tickets.c.id == ticket_id).values(requester_id=person_id, guest_email=None)
    )
