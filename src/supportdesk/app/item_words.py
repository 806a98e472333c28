"""What the states of documents, orders and subscriptions are called, in plain words."""

from supportdesk.domain.documents import DocumentState
from supportdesk.domain.entities import SubscriptionState
from supportdesk.domain.orders import OrderStatus, status_name
from supportdesk.domain.status import Stage
from supportdesk.i18n import N_, _

_WORDS: dict[str, dict[str, str]] = {
    "document": {
        DocumentState.TO_SIGN: N_("To sign"),
        DocumentState.SIGNED: N_("Signed"),
        DocumentState.DECLINED: N_("Declined"),
        DocumentState.WITHDRAWN: N_("Withdrawn by the vendor"),
    },
    "order": {
        Stage.DRAFT: N_("Draft"),
        Stage.OUTBOX: N_("Will be sent"),
        Stage.NEEDS_USER: N_("Needs your help"),
    },
    "subscription": {
        SubscriptionState.ORDERED: N_("Ordered"),
        SubscriptionState.ACTIVE: N_("Active"),
        SubscriptionState.ENDING: N_("Terminated"),
        SubscriptionState.ENDED: N_("Ended"),
    },
}

_SENTENCES: dict[str, str] = {
    OrderStatus.RECEIVED: N_("{vendor} has it and looks at it next."),
    OrderStatus.IN_PROGRESS: N_("{vendor} is working on it. You need to do nothing."),
    OrderStatus.QUESTION: N_("{vendor} has a question. Your answer moves it on."),
    OrderStatus.SENT: N_("It has left {vendor} and is on its way."),
    OrderStatus.COMPLETED: N_("Done."),
    OrderStatus.CANCELLED: N_("Nothing more happens with it."),
}


def order_sentence(status: str, vendor: str) -> str:
    """Who has the ball, and what is next; '' for a status of a newer server."""
    sentence = _SENTENCES.get(status)
    return _(sentence).replace("{vendor}", vendor) if sentence else ""


def number_text(kind: str, number: str) -> str:
    """As people write it: with a sign before what a desk counts, else as the vendor numbers it."""
    return f"#{number}" if number and kind in ("ticket", "order") else number


def state_name(kind: str, state: str) -> str:
    """`kind` is an ItemKind. A state of a newer server, which this program does not know, stays as it is."""
    if kind == "order" and state in set(OrderStatus):
        return status_name(OrderStatus(state))
    word = _WORDS[kind].get(state)
    return _(word) if word else state
