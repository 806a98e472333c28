"""What customers do with documents: they sign or decline them. Afterwards nothing changes them."""

from sqlalchemy import select

from supportdesk.desk.conversations import document_rules
from supportdesk.desk.conversations.applying import Outcome, Work, applied
from supportdesk.desk.conversations.changing import check_uploaded, head
from supportdesk.desk.mail.mail_texts import News
from supportdesk.desk.store.schema import attachments
from supportdesk.domain.commands import DeclineDocument, SignDocument
from supportdesk.domain.documents import DocumentState
from supportdesk.domain.entities import Document, EventKind


@applied.register
def _sign(intent: SignDocument, work: Work) -> Outcome:
    """The seal is made later, see `sealing`: it takes a while, and others wait for this transaction."""
    document = work.see(Document, intent.document_id)
    file = select(attachments.c.sha256).where(attachments.c.id == document.file_id)
    file_sha256 = work.connection.execute(file).scalar_one()
    document_rules.check_signature(intent, document, file_sha256, work.view.settings.limits)
    check_uploaded(work.connection, work.view.actor.person_id, intent.mark)
    change = work.change(head(work.connection, document.id))
    change.set(
        state=DocumentState.SIGNED,
        answered_by=work.view.actor.person_id,
        answered_at=work.now,
        filled=intent.values,
        answered_from=work.asked.came_from,
        mark_sha256=intent.mark.sha256,
        seal_at=work.now,
    )
    change.happen(EventKind.SIGNED, "")
    change.done()
    work.tell(document.id, News.SIGNED)
    audited = {"from": work.asked.came_from, "file_sha256": file_sha256}
    return Outcome(document.id, document.number, audited)


@applied.register
def _decline(intent: DeclineDocument, work: Work) -> Outcome:
    document = work.see(Document, intent.document_id)
    document_rules.check_declining(intent, document, work.view.settings.limits)
    change = work.change(head(work.connection, document.id))
    change.set(
        state=DocumentState.DECLINED,
        answered_by=work.view.actor.person_id,
        answered_at=work.now,
        answered_from=work.asked.came_from,
        reason=intent.reason.strip(),
    )
    change.happen(EventKind.DECLINED, "")
    change.done()
    work.tell(document.id, News.DECLINED, body=intent.reason)
    return Outcome(document.id, document.number, {"from": work.asked.came_from})
