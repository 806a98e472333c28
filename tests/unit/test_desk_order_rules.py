"""Which orders the desk takes, as the customer sends them and as the vendor's people leave them."""

import pytest

from supportdesk.clock import now, uuid7
from supportdesk.desk.conversations.applying import Asked
from supportdesk.desk.conversations.intake import take
from supportdesk.desk.conversations.order_rules import check_edited, check_new_order
from supportdesk.desk.store.database import DeskConnection
from supportdesk.domain.capabilities import Limits
from supportdesk.domain.catalogue import Catalogue, Choice
from supportdesk.domain.commands import CreateOrder, FileRef, NewArticle, encode_intent
from supportdesk.domain.errors import Refused
from supportdesk.domain.localtext import LocalText
from supportdesk.domain.orders import MAX_ARTICLES, Article
from tests.support.desk import COLLEAGUE, CUSTOMER, STRANGER, view_of

CATALOGUE = Catalogue(order_kinds=(Choice(id="return", name=LocalText(en="Return", de="Rücksendung")),))
LIMITS = Limits(max_file_bytes=1000, max_files=2)
BOLT = Article("BD-1")


def files(count: int, size_bytes: int = 3) -> tuple[FileRef, ...]:
    return tuple(FileRef(f"{number}.png", "a" * 64, size_bytes, "image/png") for number in range(count))


def ordered(*articles: NewArticle, **more: object) -> CreateOrder:
    return CreateOrder("RET-1", articles or (NewArticle(BOLT),), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("intent", [ordered(), ordered(order_kind="return", files=files(2))])
def test_an_order_is_taken(intent: CreateOrder) -> None:
    """With a kind that is offered or none, and as many files as may be sent."""
    check_new_order(intent, CATALOGUE, LIMITS)


@pytest.mark.parametrize(
    ("intent", "said"),
    [
        (CreateOrder(" ", (NewArticle(BOLT),)), "Enter your reference number"),
        (ordered(order_kind="gift"), "no longer offers what was chosen"),
        (ordered(files=files(3)), "At most 2 files"),
        (ordered(files=files(1, 1001)), "larger than"),
        (ordered(NewArticle(BOLT, files(3))), "At most 2 files"),
        (ordered(*(NewArticle(BOLT, files(2)) for _each in range(251))), f"At most {MAX_ARTICLES} files"),
    ],
)
def test_an_order_that_does_not_fit_is_refused(intent: CreateOrder, said: str) -> None:
    """Its own fields, its kind, the files of the order, of an article, and of all together."""
    with pytest.raises(Refused, match=said):
        check_new_order(intent, CATALOGUE, LIMITS)


def test_what_the_vendor_makes_of_it_keeps_the_same_rules() -> None:
    """No edit leaves an order that nobody could have sent."""
    check_edited("RET-1", "", "return", [BOLT], CATALOGUE)
    check_edited("RET-1", "", "", [BOLT], CATALOGUE)
    with pytest.raises(Refused, match="Add at least one article"):
        check_edited("RET-1", "", "", [], CATALOGUE)
    with pytest.raises(Refused, match="no longer offers what was chosen"):
        check_edited("RET-1", "", "gift", [BOLT], CATALOGUE)


def test_a_reference_is_used_once_in_an_organisation(desk: DeskConnection) -> None:
    """However it is written, and whoever of them uses it; another organisation has its own."""

    def send(user: str, reference: str) -> str:
        intent = CreateOrder(reference, (NewArticle(BOLT),))
        asked = Asked(uuid7(), now(), encode_intent(intent))
        return take(desk, view_of(desk, user).actor, asked, now()).number

    number = send(CUSTOMER, "RET-1")
    with pytest.raises(
        Refused, match=f"There is an order with the reference “ret-1” already: number {number}"
    ):
        send(COLLEAGUE, " ret-1 ")
    assert send(COLLEAGUE, "RET-2") != send(STRANGER, "RET-1")
