"""All that the vendor's people can ask, in one list: the command line and the API are drawn from it."""

from collections.abc import Callable
from typing import NamedTuple

import msgspec
from sqlalchemy import Connection

from supportdesk.desk.conversations import ledger, rules
from supportdesk.desk.office import (
    access_requests,
    document_work,
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
    subscription_work,
    subscriptions,
    ticket_reading,
    ticket_work,
)
from supportdesk.desk.office.by import By
from supportdesk.desk.store.database import writing
from supportdesk.domain import office, office_documents, office_orders, office_subscriptions
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


VERBS = (
    Verb("organisation", "add", office.AddOrganisation, organisations.add),
    Verb("organisation", "rename", office.RenameOrganisation, organisations.rename),
    Verb("organisation", "partner", office.SetPartner, organisations.set_partner),
    Verb("organisation", "list", office.ListOrganisations, organisations.all_of_them, office.Organisations),
    Verb("person", "add", office.AddPerson, persons.add),
    Verb("person", "invite", office.InvitePerson, persons.invite),
    Verb("person", "deactivate", office.DeactivatePerson, persons.deactivate),
    Verb("person", "activate", office.ActivatePerson, persons.activate),
    Verb("person", "link", office.LinkPerson, persons.link),
    Verb("person", "role", office.SetRole, persons.set_role),
    Verb("person", "job", office.SetJob, persons.set_job),
    Verb("person", "picture", office.SetPicture, persons.set_picture, signed=True, examine=persons.examined),
    Verb("person", "remove-picture", office.RemovePicture, persons.remove_picture),
    Verb("person", "list", office.ListPeople, persons.all_of_them, office.People),
    Verb("access-request", "list", office.ListAccessRequests, access_requests.waiting, office.AccessRequests),
    Verb("access-request", "accept", office.AcceptAccessRequest, access_requests.accept),
    Verb("access-request", "decline", office.DeclineAccessRequest, access_requests.decline),
    Verb("publication", "publish", office.Publish, reading_matter.publish),
    Verb("publication", "withdraw", office.Withdraw, reading_matter.withdraw),
    Verb("publication", "list", office.ListPublications, reading_matter.all_of_it, office.Publications),
    Verb("key", "add", office.AddKey, keys.add),
    Verb("key", "withdraw", office.WithdrawKey, keys.withdraw),
    Verb("key", "list", office.ListKeys, keys.all_of_them, office.Keys),
    Verb("ticket", "list", office.ListTickets, ticket_reading.chosen, office.Tickets),
    Verb("ticket", "show", office.ShowTicket, ticket_reading.show, office.TicketShown),
    Verb("ticket", "answer", office.AnswerTicket, ticket_work.answer, signed=True),
    Verb("ticket", "note", office.NoteTicket, ticket_work.note, signed=True),
    Verb("ticket", "assign", office.AssignTicket, ticket_work.assign, signed=True),
    Verb("ticket", "status", office.SetStatus, ticket_work.set_status, signed=True),
    Verb("ticket", "time", office.RecordTime, ticket_work.record_time, signed=True),
    Verb("ticket", "report-for", office.ReportFor, ticket_work.report_for, signed=True),
    Verb("order", "list", office_orders.ListOrders, order_reading.chosen, office_orders.Orders),
    Verb("order", "show", office_orders.ShowOrder, order_reading.show, office_orders.OrderShown),
    Verb("order", "status", office_orders.SetOrderStatus, order_work.set_status, signed=True),
    Verb("order", "edit", office_orders.EditOrder, order_work.edit, signed=True),
    Verb("order", "edit-article", office_orders.EditArticle, order_work.edit_article, signed=True),
    Verb("order", "add-article", office_orders.AddArticle, order_work.add_article, signed=True),
    Verb("order", "remove-article", office_orders.RemoveArticle, order_work.remove_article, signed=True),
    Verb("order", "add-files", office_orders.AddOrderFiles, order_work.add_files, signed=True),
    Verb("order", "remove-file", office_orders.RemoveOrderFile, order_work.remove_file, signed=True),
    Verb("order", "answer", office_orders.AnswerOrder, order_work.answer, signed=True),
    Verb("order", "note", office_orders.NoteOrder, order_work.note, signed=True),
    Verb("order", "assign", office_orders.AssignOrder, order_work.assign, signed=True),
    Verb("order", "time", office_orders.RecordOrderTime, order_work.record_time, signed=True),
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
        subscriptions.all_of_them,
        office_subscriptions.Subscriptions,
    ),
    Verb(
        "subscription",
        "show",
        office_subscriptions.ShowSubscription,
        subscription_work.show,
        office_subscriptions.SubscriptionShown,
    ),
    Verb(
        "subscription",
        "answer",
        office_subscriptions.AnswerSubscription,
        subscription_work.answer,
        signed=True,
    ),
    Verb("subscription", "note", office_subscriptions.NoteSubscription, subscription_work.note, signed=True),
    Verb(
        "subscription",
        "assign",
        office_subscriptions.AssignSubscription,
        subscription_work.assign,
        signed=True,
    ),
    Verb(
        "subscription",
        "time",
        office_subscriptions.RecordSubscriptionTime,
        subscription_work.record_time,
        signed=True,
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
    Verb("document", "answer", office_documents.AnswerDocument, document_work.answer, signed=True),
    Verb("document", "note", office_documents.NoteDocument, document_work.note, signed=True),
    Verb("document", "assign", office_documents.AssignDocument, document_work.assign, signed=True),
    Verb("document", "time", office_documents.RecordDocumentTime, document_work.record_time, signed=True),
    Verb("notification", "add", office.AddNotification, notifications.add),
    Verb("notification", "remove", office.RemoveNotification, notifications.remove),
    Verb("notification", "list", office.ListNotifications, notifications.all_of_them, office.Notifications),
    Verb("mail", "list", office.ListMails, mails.not_sent, office.Mails),
    Verb("time", "sum", office.SumTime, ticket_reading.sum_time, office.TimeSums),
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
