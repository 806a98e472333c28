"""Orders of key accounts: what is sent back or ordered under a reference number of the customer's own."""

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum

import msgspec

from supportdesk.domain.catalogue import Catalogue, Choice
from supportdesk.i18n import _, grouped

MAX_ARTICLES = 500
MAX_QUANTITY = 100_000
MAX_REFERENCE_CHARS = 60
MAX_CELL_CHARS = 200
MAX_NOTE_CHARS = 2_000


class OrderStatus(StrEnum):
    RECEIVED = "received"
    IN_PROGRESS = "in_progress"
    QUESTION = "question"
    """The vendor waits for the customer."""
    SENT = "sent"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


OPEN_ORDERS = frozenset(
    {OrderStatus.RECEIVED, OrderStatus.IN_PROGRESS, OrderStatus.QUESTION, OrderStatus.SENT}
)


_FOLLOWS: dict[OrderStatus, tuple[OrderStatus, ...]] = {
    OrderStatus.RECEIVED: (
        OrderStatus.IN_PROGRESS,
        OrderStatus.QUESTION,
        OrderStatus.SENT,
        OrderStatus.COMPLETED,
        OrderStatus.CANCELLED,
    ),
    OrderStatus.IN_PROGRESS: (
        OrderStatus.QUESTION,
        OrderStatus.SENT,
        OrderStatus.COMPLETED,
        OrderStatus.CANCELLED,
    ),
    OrderStatus.QUESTION: (
        OrderStatus.IN_PROGRESS,
        OrderStatus.SENT,
        OrderStatus.COMPLETED,
        OrderStatus.CANCELLED,
    ),
    OrderStatus.SENT: (OrderStatus.IN_PROGRESS, OrderStatus.QUESTION, OrderStatus.COMPLETED),
    OrderStatus.COMPLETED: (OrderStatus.IN_PROGRESS,),
    OrderStatus.CANCELLED: (OrderStatus.IN_PROGRESS,),
}


def after_customer_reply(status: OrderStatus) -> OrderStatus:
    """A question that was answered is with the vendor again."""
    return OrderStatus.IN_PROGRESS if status is OrderStatus.QUESTION else status


def following(status: OrderStatus) -> tuple[OrderStatus, ...]:
    """Which statuses the vendor's people can give it next."""
    return _FOLLOWS[status]


def status_name(status: OrderStatus) -> str:
    """In the language of the moment."""
    return {
        OrderStatus.RECEIVED: _("Received"),
        OrderStatus.IN_PROGRESS: _("In progress"),
        OrderStatus.QUESTION: _("Waiting for you"),
        OrderStatus.SENT: _("On its way to you"),
        OrderStatus.COMPLETED: _("Completed"),
        OrderStatus.CANCELLED: _("Cancelled"),
    }[status]


class Article(msgspec.Struct, frozen=True, omit_defaults=True):
    """One line of an order. `fault` and `condition` are ids of the catalogue's choices, or the customer's own
    words where the vendor offers none."""

    number: str
    name: str = ""
    serial_number: str = ""
    quantity: int = 1
    fault: str = ""
    condition: str = ""
    removed: bool = False
    """The vendor took it out; it keeps its place, its files and its line in the history."""


def remaining(articles: Iterable[Article]) -> tuple[Article, ...]:
    return tuple(article for article in articles if not article.removed)


def same_reference(one: str, other: str) -> bool:
    """As people compare them: 'RET-2025-118' and ' ret-2025-118 ' are one."""
    return reference_key(one) == reference_key(other)


def reference_key(reference: str) -> str:
    return " ".join(reference.split()).casefold()


def total_quantity(articles: Iterable[Article]) -> int:
    return sum(article.quantity for article in remaining(articles))


class OrderProblem(msgspec.Struct, frozen=True):
    """`article` is a place in the articles, None for the order itself; `field` a name of Article or order."""

    article: int | None
    field: str
    sentence: str


def order_problems(
    reference: str, note: str, articles: Sequence[Article], catalogue: Catalogue
) -> tuple[OrderProblem, ...]:
    """Everything that keeps an order from being sent, from top to bottom; else (). Form and desk ask it."""
    return (*_of_order(reference, note, articles), *_of_articles(articles, catalogue))


def _of_order(reference: str, note: str, articles: Sequence[Article]) -> Iterator[OrderProblem]:
    if not reference.strip():
        yield OrderProblem(None, "reference", _("Enter your reference number."))
    elif len(reference.strip()) > MAX_REFERENCE_CHARS or len(reference.splitlines()) > 1:
        text = _("The reference number may have one line and at most {limit} characters.")
        yield OrderProblem(None, "reference", text.format(limit=MAX_REFERENCE_CHARS))
    if len(note) > MAX_NOTE_CHARS:
        text = _("The text may have at most {limit} characters.")
        yield OrderProblem(None, "note", text.format(limit=MAX_NOTE_CHARS))
    if not remaining(articles):
        yield OrderProblem(None, "articles", _("Add at least one article."))
    elif len(articles) > MAX_ARTICLES:
        text = _("An order has at most {limit} articles.")
        yield OrderProblem(None, "articles", text.format(limit=MAX_ARTICLES))


def _of_articles(articles: Sequence[Article], catalogue: Catalogue) -> Iterator[OrderProblem]:
    for place, article in enumerate(articles[:MAX_ARTICLES]):
        if not article.removed:
            for field, sentence in _of_article(article, catalogue):
                yield OrderProblem(place, field, sentence)


def _of_article(article: Article, catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    if not article.number.strip() and not article.name.strip():
        yield "number", _("Enter the number or the name of the article.")
    for field in ("number", "name", "serial_number", "fault", "condition"):
        cell: str = getattr(article, field)
        if len(cell) > MAX_CELL_CHARS or len(cell.splitlines()) > 1:
            text = _("At most one line and {limit} characters.")
            yield field, text.format(limit=MAX_CELL_CHARS)
    if not 1 <= article.quantity <= MAX_QUANTITY:
        yield "quantity", _("Enter a quantity from 1 to {limit}.").format(limit=grouped(MAX_QUANTITY))
    if not _is_offered(article.fault, catalogue.order_faults):
        yield "fault", _("Choose what is wrong.")
    if not _is_offered(article.condition, catalogue.order_conditions):
        yield "condition", _("Choose the condition.")


def _is_offered(chosen: str, choices: tuple[Choice, ...]) -> bool:
    """Own words where the vendor offers nothing; nothing need be chosen."""
    return not choices or not chosen or any(choice.id == chosen for choice in choices)
