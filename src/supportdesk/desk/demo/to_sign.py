"""The documents of a demo desk. Those that were signed are sealed as all others, when the desk is open."""

from supportdesk import pdf
from supportdesk.desk.demo import ink, talks
from supportdesk.desk.demo.rows import Rows
from supportdesk.desk.demo.talks import Case
from supportdesk.desk.store import settings
from supportdesk.desk.store.files import Files
from supportdesk.desk.store.schema import attachments, conversation_marks, conversations, documents, events
from supportdesk.domain.demo import DemoDocument
from supportdesk.domain.documents import DocumentState
from supportdesk.domain.entities import ConversationKind, EventKind
from supportdesk.domain.profile import Profile

_EVENTS = {
    DocumentState.SIGNED: EventKind.SIGNED,
    DocumentState.DECLINED: EventKind.DECLINED,
    DocumentState.WITHDRAWN: EventKind.WITHDRAWN,
}


def add(rows: Rows, files: Files, profile: Profile) -> None:
    """None where they could not be signed."""
    if settings.DOCUMENTS not in profile.modules or not pdf.is_available():
        return
    numbers = {ticket.number: rows.id("ticket", ticket.number) for ticket in rows.content.tickets}
    for document in sorted(rows.content.documents, key=lambda each: rows.at(each.sent)):
        case = Case(
            rows=rows,
            files=files,
            kind=ConversationKind.DOCUMENT,
            key=document.number,
            organisation_id=rows.id("organisation", document.organisation),
        )
        numbers[document.number] = case.id
        _document(case, document, profile, numbers.get(document.concerns, ""))
        for index, entry in enumerate(document.log):
            talks.say(case, index, entry)


def _document(case: Case, document: DemoDocument, profile: Profile, concerns_id: str) -> None:
    from supportdesk.pdf.reading import read  # our own document: no need to read it apart

    rows, content = case.rows, _pdf(case.rows, document, profile)
    file_id, signed = case.part_id(0, "file"), document.state is DocumentState.SIGNED
    answered_at = rows.at(document.answered) if document.answered else None
    moments = [rows.at(each) for each in (document.sent, *(entry.at for entry in document.log))]
    last = document.log[-1].by if document.log else document.answered_by or document.by
    person = {key: case.person(name) if name else None for key, name in _people(document).items()}
    rows.add(conversations, id=case.id, kind=case.kind, organisation_id=case.organisation_id)
    rows.add(
        documents,
        id=case.id,
        number=document.number,
        title=document.title,
        type=document.type,
        state=document.state,
        organisation_id=case.organisation_id,
        last_author_id=case.person(last),
        created_at=rows.at(document.sent),
        updated_at=max([*moments, *([answered_at] if answered_at else [])]),
        file_id=file_id,
        form=read(content),
        sign_by=rows.at(document.sign_by) if document.sign_by else None,
        concerns_id=concerns_id,
        answered_at=None if document.state is DocumentState.WITHDRAWN else answered_at,
        reason=document.reason,
        filled={name: _value(rows, value) for name, value in document.values.items()},
        mark_sha256=case.files.keep(ink.signature(document.answered_by)) if signed else "",
        seal_at=rows.now if signed else None,
        **person,
    )
    rows.tell("document", case.id, case.organisation_id)
    _attach(case, document, file_id, content)
    _answer(case, document)
    if not document.unread:
        customer = rows.id("person", rows.content.demo_customer().key)
        rows.add(conversation_marks, person_id=customer, conversation_id=case.id, read_at=rows.now)


def _people(document: DemoDocument) -> dict[str, str]:
    """By column."""
    assignee = next((entry.assign for entry in reversed(document.log) if entry.assign), document.by)
    return {
        "contact_id": document.contact,
        "answered_by": document.answered_by,
        "assignee_id": assignee,
    }


def _pdf(rows: Rows, document: DemoDocument, profile: Profile) -> bytes:
    from supportdesk.desk.demo.documents import Letterhead
    from supportdesk.desk.demo.documents import document as made

    day = rows.at(document.sent).astimezone(rows.local_now.tzinfo)
    head = Letterhead(profile.name, profile.support.email, document.number, f"{day:%d.%m.%Y}")
    organisations = {each.key: each.name for each in rows.content.organisations}
    to = [organisations[document.organisation]]
    if document.contact:
        to.append(rows.content.person(document.contact).name)
    return made(document.paper, profile.default_language, head, tuple(to))


def _value(rows: Rows, written: str) -> str:
    try:
        return rows.at(written).astimezone(rows.local_now.tzinfo).date().isoformat()
    except ValueError:  # no relative date
        return written


def _attach(case: Case, document: DemoDocument, file_id: str, content: bytes) -> None:
    case.rows.add(
        attachments,
        id=file_id,
        conversation_id=case.id,
        message_id=None,
        author_id=case.person(document.by),
        name=f"{document.number}.pdf",
        size_bytes=len(content),
        sha256=case.files.keep(content),
        media_type="application/pdf",
        created_at=case.rows.at(document.sent),
        article=None,
    )
    case.rows.tell("attachment", file_id, case.organisation_id)


def _answer(case: Case, document: DemoDocument) -> None:
    if document.state is DocumentState.TO_SIGN:
        return
    id = case.part_id(0, "answer")
    case.rows.add(
        events,
        id=id,
        conversation_id=case.id,
        actor_id=case.person(document.answered_by or document.by),
        event=_EVENTS[document.state],
        value="",
        created_at=case.rows.at(document.answered),
    )
    case.rows.tell("event", id, case.organisation_id)
