"""What `--help` says."""

from supportdesk.i18n import _

Verb = tuple[str, str]


def nouns() -> dict[str, str]:
    return {
        "organisation": _("customers as organisations"),
        "person": _("people with access"),
        "access-request": _("strangers who ask for access"),
        "publication": _("notices, newsletters and articles"),
        "key": _("license keys"),
        "ticket": _("tickets"),
        "notification": _("who of the vendor is told by mail what customers do"),
        "mail": _("mails that have not left"),
        "time": _("working time"),
        "catalogue": _("what the form asks"),
    }


def verbs() -> dict[Verb, str]:
    return {
        ("organisation", "add"): _("Make an organisation."),
        ("organisation", "rename"): _("Give an organisation another name."),
        ("organisation", "partner"): _("Say who looks after an organisation; without --partner: nobody."),
        ("organisation", "list"): _("Show all organisations."),
        ("person", "add"): _("Give somebody access: by an invitation, or by a password that is told here."),
        ("person", "invite"): _("Mail an invitation once more."),
        ("person", "deactivate"): _("Take access away; they are signed out at once."),
        ("person", "activate"): _("Give access back."),
        ("person", "link"): _("Move somebody, with their tickets, to another organisation."),
        ("person", "role"): _("Make somebody an administrator of their organisation, or a user again."),
        ("person", "list"): _("Show people."),
        ("access-request", "list"): _("Show who asked for access."),
        ("access-request", "accept"): _("Let somebody in; an invitation is mailed to them."),
        ("access-request", "decline"): _("Do not let somebody in; nobody is told."),
        ("publication", "publish"): _("Publish a Markdown file, or replace what was published with --id."),
        ("publication", "withdraw"): _("Take something back."),
        ("publication", "list"): _("Show what was published, and how often it was read."),
        ("key", "add"): _("Give a license key to an organisation."),
        ("key", "withdraw"): _("Take a license key back."),
        ("key", "list"): _("Show license keys."),
        ("ticket", "list"): _("Show tickets; without --status all but solved and closed."),
        ("ticket", "show"): _("Show a ticket with its conversation and internal notes."),
        ("ticket", "answer"): _("Answer the customer, in the app and by mail."),
        ("ticket", "note"): _("Write an internal note, which no customer sees."),
        ("ticket", "assign"): _("Say who works on a ticket; without --assignee: you."),
        ("ticket", "status"): _("Give a ticket another status."),
        ("ticket", "time"): _("Record working time."),
        ("ticket", "report-for"): _("Open a ticket for a customer who called."),
        ("ticket", "file"): _("Save a file that came with a ticket."),
        ("notification", "add"): _("Tell this address, and those who have a ticket, what customers do."),
        ("notification", "remove"): _("Tell this address nothing any more; without any, nobody is told."),
        ("notification", "list"): _("Show the addresses."),
        ("mail", "list"): _("Show mails that wait, and why they have not left."),
        ("time", "sum"): _("Add up working time, by organisation and person."),
        ("catalogue", "show"): _("Show services, types, priorities and questions as JSON."),
        ("catalogue", "apply"): _("Take over what the profile file says now, without a new start."),
    }


def fields() -> dict[str, str]:
    """Of requests, by name. What needs no word is left out."""
    return {
        "organisation": _("name or id of an organisation"),
        "partner": _("name or id of the organisation that looks after it"),
        "person": _("user name, e-mail address or id"),
        "requester": _("user name, e-mail address or id of the customer"),
        "assignee": _("user name or id of one of the staff"),
        "request": _("e-mail address or id of the request"),
        "ticket": _("number or id of a ticket"),
        "body": _("text; - reads it from standard input"),
        "files": _("a file to send along; may be repeated"),
        "tell_password": _("tell a first password here instead of mailing an invitation"),
        "language": _("in which mails are written: en, de, sv or fi"),
        "decided": _("those that were decided"),
        "given_up": _("those that are not tried any more"),
        "words": _("stand in the subject"),
        "since": _("a day, or a moment in ISO 8601"),
        "until": _("a day, or a moment in ISO 8601; not included"),
        "published_at": _("a day, or a moment in ISO 8601; may lie ahead"),
        "valid_until": _("a day, or a moment in ISO 8601"),
        "must_confirm": _("every customer has to say that they read it"),
        "video": _("a web address, or a film that came with the profile"),
        "labels": _("a label; may be repeated"),
        "service_id": _("id of a service in the catalogue"),
        "limit": _("how many at most"),
        "skip": _("how many to leave out, to see those behind them"),
        "id": _("id as the list shows it"),
    }
