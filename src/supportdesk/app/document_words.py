"""What is said about a document, in plain words. Days come in as they are shown."""

from collections.abc import Callable
from datetime import datetime

from supportdesk.app.document_state import DocumentPageState, SealLook
from supportdesk.app.item_words import state_name
from supportdesk.domain.documents import DocumentState, DocumentType, Seal, Standing
from supportdesk.domain.entities import Document
from supportdesk.domain.projections import ItemRow
from supportdesk.i18n import N_, _

_TYPES = {
    DocumentType.OFFER: N_("Offer"),
    DocumentType.ORDER: N_("Order"),
    DocumentType.CONTRACT: N_("Contract"),
    DocumentType.OTHER: N_("Document"),
}


def called(type_: DocumentType, number: str) -> str:
    """“Offer 2025-0318”."""
    return f"{_(_TYPES[type_])} {number}".strip()


def state_words(row: ItemRow, sign_by: str) -> str:
    """Of the chip. `sign_by` is the day until which it can be signed, '' without one."""
    if row.state == DocumentState.TO_SIGN and sign_by:
        return _("To sign by {day}").format(day=sign_by)
    if row.pending and row.state == DocumentState.SIGNED:
        return _("Signed, will be sent")
    if row.pending and row.state == DocumentState.DECLINED:
        return _("Declined, will be sent")
    return state_name("document", row.state)


def linked_words(row: ItemRow, seal: Seal | None, day: Callable[[datetime], str]) -> str:
    """How a document or an order stands, said where something is linked with it. `day` writes a moment."""
    document = row.fact
    if not isinstance(document, Document):
        return state_name(row.kind, row.state)
    name, at = answered_by(document, seal)
    if row.state == DocumentState.SIGNED and at and name:
        told = _("Signed by {name} on {day}").format(name=name, day=day(at))
        return _sealed_words(seal.standing, told)[1] if seal else told
    if row.state == DocumentState.DECLINED and at and name:
        return _("Declined by {name} on {day}").format(name=name, day=day(at))
    return state_words(row, day(document.sign_by) if document.sign_by else "")


def answered_by(document: Document, seal: Seal | None) -> tuple[str, datetime | None]:
    """Who and when: what the seal says where it holds, else what the vendor tells."""
    if seal is not None and seal.standing is Standing.INTACT and seal.signed_by and seal.signed_at:
        return seal.signed_by, seal.signed_at
    return document.answered_by_name, document.answered_at


def signed_words(state: DocumentPageState, by: str, day: str) -> tuple[str, str]:
    """Tone and sentence of what is known about a signed document; the seal speaks where there is one."""
    told = _("Signed by {name} on {day}").format(name=by, day=day) if by and day else _("Signed")
    look, seal = state.pages.seal_look, state.pages.seal
    if look is SealLook.CHECKED and seal is not None:
        return _sealed_words(seal.standing, told)
    if look is SealLook.UNKNOWN:
        return "warning", _("{signed}. Whether it is unchanged could not be checked here.").format(
            signed=told
        )
    if look is SealLook.CHECKING:
        return "info", _("{signed}. The seal is being checked…").format(signed=told)
    return "info", _("{signed}. The vendor is sealing the document.").format(signed=told)


def _sealed_words(standing: Standing, told: str) -> tuple[str, str]:
    match standing:
        case Standing.INTACT:
            return "success", _("{signed}, unchanged").format(signed=told)
        case Standing.CHANGED:
            return "danger", _("This document was changed after it had been signed.")
        case Standing.UNKNOWN_SIGNER:
            return "warning", _("{signed}. The seal is not one of the vendor’s.").format(signed=told)
        case Standing.UNSEALED:
            return "warning", _("{signed}. The document carries no seal.").format(signed=told)
