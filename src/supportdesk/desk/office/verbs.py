"""All that the vendor's people can ask, in one list: the command line and the API are drawn from it."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

import msgspec
from sqlalchemy import Connection

from supportdesk.desk.conversations import ledger, rules
from supportdesk.desk.office import (
    access_requests,
    documents,
    keys,
    mails,
    notifications,
    order_reading,
    order_work,
    organisations,
    persons,
    reading_matter,
    subscription_import,
    subscription_reading,
    subscriptions,
    talk_work,
    ticket_reading,
    ticket_work,
)
from supportdesk.desk.office.by import By
from supportdesk.desk.office.talk_work import TalkWork
from supportdesk.desk.store.database import writing
from supportdesk.domain import (
    office_documents,
    office_keys,
    office_mails,
    office_orders,
    office_people,
    office_publications,
    office_subscriptions,
    office_tickets,
)
from supportdesk.domain.commands import Receipt, payload_sha256
from supportdesk.domain.office import OfficeRequest, Outcome

Answer = msgspec.Struct


class Verb(NamedTuple):
    noun: str
    name: str
    request: type[OfficeRequest]
    run: Callable[..., Answer]
    """With connection, request and By; runs its own transactions. Raises InvalidInput, Refused, NotFound."""
    answer: type[Answer] = Outcome
    """An Outcome where something is changed."""
    signed: bool = False
    """It is done in the name of one of the staff."""
    examine: Callable[..., object] | None = None
    """What takes its time and needs no database: asked before, with Files and request. `run` gets what it
    found as its last argument.
    """

    @property
    def writes(self) -> bool:
        return self.answer is Outcome


def _talk(
    work: TalkWork,
    answer: type[OfficeRequest],
    note: type[OfficeRequest],
    assign: type[OfficeRequest],
    time: type[OfficeRequest],
) -> Iterator[Verb]:
    """What is done about all that people talk about."""
    yield Verb(work.kind.value, "answer", answer, work.answer, signed=True)
    yield Verb(work.kind.value, "note", note, work.note, signed=True)
    yield Verb(work.kind.value, "assign", assign, work.assign, signed=True)
    yield Verb(work.kind.value, "time", time, work.record_time, signed=True)


VERBS = (
    Verb("organisation", "add", office_people.AddOrganisation, organisations.add),
    Verb("organisation", "rename", office_people.RenameOrganisation, organisations.rename),
    Verb("organisation", "partner", office_people.SetPartner, organisations.set_partner),
    Verb(
        "organisation",
        "list",
        office_people.ListOrganisations,
        organisations.all_of_them,
        office_people.Organisations,
    ),
    Verb("person", "add", office_people.AddPerson, persons.add),
    Verb("person", "invite", office_people.InvitePerson, persons.invite),
    Verb("person", "deactivate", office_people.DeactivatePerson, persons.deactivate),
    Verb("person", "activate", office_people.ActivatePerson, persons.activate),
    Verb("person", "link", office_people.LinkPerson, persons.link),
    Verb("person", "role", office_people.SetRole, persons.set_role),
    Verb("person", "job", office_people.SetJob, persons.set_job),
    Verb(
        "person",
        "picture",
        office_people.SetPicture,
        persons.set_picture,
        signed=True,
        examine=persons.examined,
    ),
    Verb("person", "remove-picture", office_people.RemovePicture, persons.remove_picture),
    Verb("person", "list", office_people.ListPeople, persons.all_of_them, office_people.People),
    Verb(
        "access-request",
        "list",
        office_people.ListAccessRequests,
        access_requests.waiting,
        office_people.AccessRequests,
    ),
    Verb("access-request", "accept", office_people.AcceptAccessRequest, access_requests.accept),
    Verb("access-request", "decline", office_people.DeclineAccessRequest, access_requests.decline),
    Verb("publication", "publish", office_publications.Publish, reading_matter.publish),
    Verb("publication", "withdraw", office_publications.Withdraw, reading_matter.withdraw),
    Verb(
        "publication",
        "list",
        office_publications.ListPublications,
        reading_matter.all_of_it,
        office_publications.Publications,
    ),
    Verb("key", "add", office_keys.AddKey, keys.add),
    Verb("key", "withdraw", office_keys.WithdrawKey, keys.withdraw),
    Verb("key", "list", office_keys.ListKeys, keys.all_of_them, office_keys.Keys),
    Verb("ticket", "list", office_tickets.ListTickets, ticket_reading.chosen, office_tickets.Tickets),
    Verb("ticket", "show", office_tickets.ShowTicket, ticket_reading.show, office_tickets.TicketShown),
    *_talk(
        talk_work.TICKET,
        office_tickets.AnswerTicket,
        office_tickets.NoteTicket,
        office_tickets.AssignTicket,
        office_tickets.RecordTime,
    ),
    Verb("ticket", "status", office_tickets.SetStatus, ticket_work.set_status, signed=True),
    Verb("ticket", "report-for", office_tickets.ReportFor, ticket_work.report_for, signed=True),
    Verb("order", "list", office_orders.ListOrders, order_reading.chosen, office_orders.Orders),
    Verb("order", "show", office_orders.ShowOrder, order_reading.show, office_orders.OrderShown),
    Verb("order", "status", office_orders.SetOrderStatus, order_work.set_status, signed=True),
    Verb("order", "edit", office_orders.EditOrder, order_work.edit, signed=True),
    Verb("order", "edit-article", office_orders.EditArticle, order_work.edit_article, signed=True),
    Verb("order", "add-article", office_orders.AddArticle, order_work.add_article, signed=True),
    Verb("order", "remove-article", office_orders.RemoveArticle, order_work.remove_article, signed=True),
    Verb("order", "add-files", office_orders.AddOrderFiles, order_work.add_files, signed=True),
    Verb("order", "remove-file", office_orders.RemoveOrderFile, order_work.remove_file, signed=True),
    *_talk(
        talk_work.ORDER,
        office_orders.AnswerOrder,
        office_orders.NoteOrder,
        office_orders.AssignOrder,
        office_orders.RecordOrderTime,
    ),
    Verb("subscription", "add", office_subscriptions.AddSubscription, subscriptions.add, signed=True),
    Verb(
        "subscription", "change", office_subscriptions.ChangeSubscription, subscriptions.change, signed=True
    ),
    Verb("subscription", "end", office_subscriptions.EndSubscription, subscriptions.end, signed=True),
    Verb(
        "subscription",
        "import",
        office_subscriptions.ImportSubscriptions,
        subscription_import.import_table,
        signed=True,
    ),
    Verb(
        "subscription",
        "list",
        office_subscriptions.ListSubscriptions,
        subscription_reading.all_of_them,
        office_subscriptions.Subscriptions,
    ),
    Verb(
        "subscription",
        "show",
        office_subscriptions.ShowSubscription,
        subscription_reading.show,
        office_subscriptions.SubscriptionShown,
    ),
    *_talk(
        talk_work.SUBSCRIPTION,
        office_subscriptions.AnswerSubscription,
        office_subscriptions.NoteSubscription,
        office_subscriptions.AssignSubscription,
        office_subscriptions.RecordSubscriptionTime,
    ),
    Verb(
        "document",
        "add",
        office_documents.AddDocument,
        documents.add,
        signed=True,
        examine=documents.examined,
    ),
    Verb("document", "withdraw", office_documents.WithdrawDocument, documents.withdraw, signed=True),
    Verb("document", "list", office_documents.ListDocuments, documents.chosen, office_documents.Documents),
    Verb("document", "show", office_documents.ShowDocument, documents.show, office_documents.DocumentShown),
    *_talk(
        talk_work.DOCUMENT,
        office_documents.AnswerDocument,
        office_documents.NoteDocument,
        office_documents.AssignDocument,
        office_documents.RecordDocumentTime,
    ),
    Verb("notification", "add", office_mails.AddNotification, notifications.add),
    Verb("notification", "remove", office_mails.RemoveNotification, notifications.remove),
    Verb(
        "notification",
        "list",
        office_mails.ListNotifications,
        notifications.all_of_them,
        office_mails.Notifications,
    ),
    Verb("mail", "list", office_mails.ListMails, mails.not_sent, office_mails.Mails),
    Verb("time", "sum", office_tickets.SumTime, ticket_reading.sum_time, office_tickets.TimeSums),
)


def once(
    connection: Connection, verb: Verb, command_id: str, request: OfficeRequest, by: By, *found: object
) -> Outcome:
    """Runs a verb that writes, or tells what came of it before: a repeat with the same id is harmless.

    `found` is what `verb.examine` gave, if it has that.

    A password is told the first time only. Raises IdempotencyConflict besides what the verb raises.
    """
    rules.check_command_id(command_id)
    payload = msgspec.json.encode([verb.noun, verb.name, request])
    rules.check_payload(payload)
    digest = payload_sha256(payload)
    with writing(connection):
        if earlier := ledger.earlier(connection, by.person_id, command_id, digest):
            return Outcome(earlier.entity_id, earlier.number)
        outcome = verb.run(connection, request, by, *found)
        if not isinstance(outcome, Outcome):
            raise TypeError(f"{verb.noun} {verb.name} writes nothing")
        receipt = Receipt(command_id, digest, outcome.id, outcome.number, by.now)
        ledger.enter(connection, by.person_id, receipt, by.now)
        return outcome
