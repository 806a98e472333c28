"""Which answers to a document the desk takes, and with which words it refuses the others."""

import msgspec
import pytest

from supportdesk.desk.conversations.document_rules import check_declining, check_signature
from supportdesk.domain.capabilities import Limits
from supportdesk.domain.commands import DeclineDocument, FileRef, SignDocument
from supportdesk.domain.documents import DocumentState
from supportdesk.domain.entities import Document
from supportdesk.domain.errors import Refused
from tests.support import facts
from tests.support.pdfs import ANSWERS, FORM

SEEN = "a" * 64
MARK = FileRef("mark.png", "b" * 64, 100, "image/png")
DOCUMENT: Document = msgspec.structs.replace(facts.document("d1"), form=FORM, answered_by_name="Jana")
LIMITS = Limits(max_text_chars=20)


def sign(**wrong: object) -> SignDocument:
    good = SignDocument("d1", SEEN, ANSWERS, MARK)
    return msgspec.structs.replace(good, **wrong)


def test_a_filled_document_is_signed() -> None:
    """What the form shows as complete is taken."""
    check_signature(sign(), DOCUMENT, SEEN, LIMITS)


@pytest.mark.parametrize(
    ("intent", "said"),
    [
        (sign(file_sha256="c" * 64), "The document was replaced meanwhile"),
        (sign(values={}), "This is needed"),
        (sign(values={**ANSWERS, "more": "x"}), "no field “more”"),
        (sign(mark=FileRef("mark.jpg", "b" * 64, 100, "image/jpeg")), "cannot be understood"),
        (sign(mark=FileRef("mark.png", "b" * 64, 2**40, "image/png")), "larger than"),
    ],
)
def test_what_does_not_fit_the_document_is_refused(intent: SignDocument, said: str) -> None:
    """Another file than the one that was seen, missing and unknown answers, a mark that is no picture."""
    with pytest.raises(Refused, match=said):
        check_signature(intent, DOCUMENT, SEEN, LIMITS)


def test_a_document_without_a_place_is_not_signed() -> None:
    """It is there to be read."""
    unsignable = msgspec.structs.replace(DOCUMENT, form=msgspec.structs.replace(FORM, place=None))
    with pytest.raises(Refused, match="no place for a signature"):
        check_signature(sign(), unsignable, SEEN, LIMITS)


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (DocumentState.SIGNED, "Jana has signed this document already"),
        (DocumentState.DECLINED, "Jana has declined this document already"),
        (DocumentState.WITHDRAWN, "This document was withdrawn"),
    ],
)
def test_an_answered_document_is_answered_once(state: DocumentState, said: str) -> None:
    """Whoever comes second reads what happened."""
    answered = msgspec.structs.replace(DOCUMENT, state=state)
    with pytest.raises(Refused, match=said):
        check_signature(sign(), answered, SEEN, LIMITS)
    with pytest.raises(Refused, match=said):
        check_declining(DeclineDocument("d1", "No"), answered, LIMITS)


@pytest.mark.parametrize(("reason", "said"), [(" \n", "Say why you decline"), ("x" * 21, "at most 20")])
def test_declining_takes_a_reason(reason: str, said: str) -> None:
    """One that says something, and not more than a message may say."""
    with pytest.raises(Refused, match=said):
        check_declining(DeclineDocument("d1", reason), DOCUMENT, LIMITS)
    check_declining(DeclineDocument("d1", "Too dear."), DOCUMENT, LIMITS)
