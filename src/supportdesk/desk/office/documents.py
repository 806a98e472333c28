"""Documents for customers to sign. What was answered is nobody's to change: see `changing.Change.set`."""

from typing import Any

from sqlalchemy import Connection, func, select

from supportdesk.clock import uuid7
from supportdesk.desk.accounts import accounts
from supportdesk.desk.conversations import customer_mail, rules
from supportdesk.desk.conversations.changing import Change, Head, begin
from supportdesk.desk.office import naming, staff, talks
from supportdesk.desk.office.by import By
from supportdesk.desk.office.pages import page
from supportdesk.desk.store import audit, settings
from supportdesk.desk.store.database import reading, writing
from supportdesk.desk.store.files import Files
from supportdesk.desk.store.schema import attachments, documents, organisations, people
from supportdesk.domain.commands import FileRef
from supportdesk.domain.documents import LIMITS, DocumentForm, DocumentState
from supportdesk.domain.entities import ConversationKind, EventKind
from supportdesk.domain.errors import (
    DocumentSealed,
    DocumentTooLarge,
    DocumentUnusable,
    InvalidInput,
    NotFound,
    Refused,
)
from supportdesk.domain.office import Outcome
from supportdesk.domain.office_documents import (
    AddDocument,
    DocumentRow,
    Documents,
    DocumentShown,
    ListDocuments,
    ShowDocument,
    WithdrawDocument,
)
from supportdesk.i18n import _

_MAX_NUMBER_CHARS = 64
_by, _contact, _assignee = people.alias("answered"), people.alias("contact"), people.alias("assignee")
_NAMES = (
    organisations.c.name.label("organisation"),
    func.coalesce(_by.c.name, "").label("answered_by_name"),
)


def examined(files: Files, request: AddDocument) -> DocumentForm:
    """What the PDF asks. Takes a second, and needs no database. Raises DocumentUnusable."""
    try:
        form = _form(files, request.file)
    except DocumentUnusable as error:  # its own advice is for customers
        step = _("Save it once more as a PDF that is small, unsigned and without a password.")
        raise type(error)(str(error), field="file", next_step=step) from error
    if form.place is None:
        raise DocumentUnusable(
            _("This document has no place for a signature."),
            field="file",
            next_step=_("Give the PDF a signature field where the signature is to stand."),
        )
    return form


def _form(files: Files, file: FileRef) -> DocumentForm:
    from supportdesk.pdf import apart

    if file.size_bytes > LIMITS.max_bytes:
        raise DocumentTooLarge
    try:
        content = files.read(file.sha256, 0, file.size_bytes)
    except NotFound as error:
        text = _("The file “{name}” has not arrived. Add it again.")
        raise Refused(text.format(name=file.name)) from error
    form = apart.read(content)
    if form.sealed:
        raise DocumentSealed
    return form


def add(connection: Connection, request: AddDocument, by: By, form: DocumentForm) -> Outcome:
    """`form` is what `examined` found."""
    missing = _("Enter the number of the document.")
    number = accounts.plain(request.number, "number", missing, _MAX_NUMBER_CHARS)
    title = accounts.plain(request.title, "title", _("Enter a title."))
    with writing(connection):
        desk = settings.load(connection)
        if settings.DOCUMENTS not in desk.modules:
            raise Refused(_("The profile of this vendor does not offer documents."))
        rules.check_files((request.file,), desk.limits)
        if connection.execute(select(documents.c.id).where(documents.c.number == number)).first():
            text = _("There is a document with the number {number} already.")
            raise InvalidInput(text.format(number=number), field="number")
        organisation_id = naming.organisation(connection, request.organisation)
        head = Head(uuid7(), ConversationKind.DOCUMENT, number, title, organisation_id, None)
        _insert(connection, request, by, head, form)
        customer_mail.document_to_sign(connection, head, request.sign_by, by.now)
        audit.note(connection, by.person_id, "add_document", head.id, by.now)
    return Outcome(head.id, number)


def _insert(connection: Connection, request: AddDocument, by: By, head: Head, form: DocumentForm) -> None:
    begin(connection, head)
    connection.execute(
        documents.insert().values(
            id=head.id,
            number=head.number,
            title=head.subject,
            type=request.type,
            state=DocumentState.TO_SIGN,
            organisation_id=head.organisation_id,
            last_author_id=by.person_id,
            created_at=by.now,
            updated_at=by.now,
            file_id=f"{head.id}-0",
            form=form,
            sign_by=request.sign_by,
            concerns_id=_concerned(connection, request, head.organisation_id),
            contact_id=_contact_id(connection, request, head.organisation_id),
            filled={},
        )
    )
    change = Change(connection, head, by.person_id, by.now)
    change.attach(head.id, (request.file,), to_message=False)
    change.done(born=True)


def _concerned(connection: Connection, request: AddDocument, organisation_id: str) -> str:
    """Of the same organisation: else it would tell of another one's."""
    if not request.concerns:
        return ""
    id = naming.concerned(connection, request.concerns, "concerns")
    if naming.organisation_of(connection, id) != organisation_id:
        raise InvalidInput(_("What it concerns is another organisation’s."), field="concerns")
    return id


def _contact_id(connection: Connection, request: AddDocument, organisation_id: str) -> str | None:
    if not request.contact:
        return None
    id = naming.person(connection, request.contact, "contact")
    if accounts.row(connection, id)["organisation_id"] != organisation_id:
        raise InvalidInput(_("The contact person is not of this organisation."), field="contact")
    return id


def withdraw(connection: Connection, request: WithdrawDocument, by: By) -> Outcome:
    """Raises Refused for one that was answered."""
    with writing(connection):
        id = naming.document(connection, request.document)
        with staff.work(connection, by.person_id, id, "withdraw_document", by.now) as (document, change):
            change.set(state=DocumentState.WITHDRAWN)
            change.happen(EventKind.WITHDRAWN, "")
            change.done()
            customer_mail.document_withdrawn(connection, document, by.now)
        return Outcome(id, document.number)


def chosen(connection: Connection, request: ListDocuments, _by_whom: By) -> Documents:
    query = (
        select(documents, *_NAMES)
        .join(organisations, organisations.c.id == documents.c.organisation_id)
        .outerjoin(_by, _by.c.id == documents.c.answered_by)
        .order_by(documents.c.updated_at.desc(), documents.c.id.desc())
    )
    if request.state:
        query = query.where(documents.c.state.in_(request.state))
    if request.words:
        query = query.where(documents.c.title.icontains(request.words, autoescape=True))
    with reading(connection):
        if request.organisation:
            organisation_id = naming.organisation(connection, request.organisation)
            query = query.where(documents.c.organisation_id == organisation_id)
        rows = connection.execute(page(query, request)).mappings()
        named = ({**row, "answered_by": row["answered_by_name"]} for row in rows)
        return Documents(
            tuple(DocumentRow(**{name: row[name] for name in DocumentRow.__struct_fields__}) for row in named)
        )


def show(connection: Connection, request: ShowDocument, _by_whom: By) -> DocumentShown:
    query = (
        select(
            documents,
            *_NAMES,
            func.coalesce(_contact.c.name, "").label("contact"),
            func.coalesce(_assignee.c.name, "").label("assignee"),
            attachments.c.sha256.label("file_sha256"),
        )
        .join(organisations, organisations.c.id == documents.c.organisation_id)
        .join(attachments, attachments.c.id == documents.c.file_id)
        .outerjoin(_by, _by.c.id == documents.c.answered_by)
        .outerjoin(_contact, _contact.c.id == documents.c.contact_id)
        .outerjoin(_assignee, _assignee.c.id == documents.c.assignee_id)
    )
    with reading(connection):
        id = naming.document(connection, request.document)
        row = connection.execute(query.where(documents.c.id == id)).mappings().one()
        files = talks.files(connection, id)
        made: dict[str, Any] = {
            "concerns": naming.number_of_concerned(connection, row["concerns_id"]),
            "answered_by": row["answered_by_name"],
            "fields": row["filled"],
            "files": tuple(files[None]),
            "conversation": talks.said(connection, id, files),
            "time_records": talks.time_records(connection, id),
        }
        plain = {name: row[name] for name in DocumentShown.__struct_fields__ if name not in made}
        return DocumentShown(**plain, **made)
