"""What may be done with a document. No database, no clock."""

from supportdesk.desk.conversations import rules
from supportdesk.domain.capabilities import Limits
from supportdesk.domain.commands import DeclineDocument, SignDocument
from supportdesk.domain.documents import DocumentState, problems
from supportdesk.domain.entities import Document
from supportdesk.domain.errors import Refused
from supportdesk.i18n import _

MARK_TYPE = "image/png"


def check_signature(intent: SignDocument, document: Document, file_sha256: str, limits: Limits) -> None:
    """`file_sha256` is that of the document's file as it is now."""
    _check_unanswered(document)
    if document.form.place is None:
        raise Refused(_("This document has no place for a signature."))
    if intent.file_sha256 != file_sha256:
        raise Refused(_("The document was replaced meanwhile. Look at it again before you sign."))
    if found := problems(document.form.fields, intent.values):
        raise Refused(found[0].sentence)
    if intent.mark.media_type != MARK_TYPE:
        raise Refused(_("This cannot be understood by the support portal."))
    rules.check_files((intent.mark,), limits)


def check_declining(intent: DeclineDocument, document: Document, limits: Limits) -> None:
    _check_unanswered(document)
    rules.check_body(intent.reason, limits, _("Say why you decline."))


def _check_unanswered(document: Document) -> None:
    told = {
        DocumentState.SIGNED: _("{name} has signed this document already."),
        DocumentState.DECLINED: _("{name} has declined this document already."),
        DocumentState.WITHDRAWN: _("This document was withdrawn."),
    }
    if sentence := told.get(document.state):
        raise Refused(sentence.format(name=document.answered_by_name))
