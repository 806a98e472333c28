"""What a demo vendor's desk is filled with: invented people, tickets and reading matter.

Points in time are written relative to the moment of filling, so that a demo is always fresh:

    '40m'         forty minutes ago
    '3b 08:51'    three business days ago, at that time of the vendor's clock ('1b' is the last one)
    '77d'         seventy-seven days ago (noon unless a time follows)
    '+27d'        in twenty-seven days (end of that day unless a time follows)
"""

import re
from datetime import UTC, date, datetime, time, timedelta
from itertools import accumulate
from typing import Literal

import msgspec

from supportdesk.domain.documents import DocumentState, DocumentType
from supportdesk.domain.entities import KeyKind, Role, SubscriptionState
from supportdesk.domain.orders import Article, OrderStatus
from supportdesk.domain.status import Status, after_customer_reply

DEMO_PASSWORD = "Linde-Kaffee-42"
"""Of every demo person; printed in the documentation and on the sign-in window of the demo."""

_MOMENT = re.compile(r"(?P<future>\+?)(?P<count>\d+)(?P<unit>[mbd])(?: (?P<clock>\d\d:\d\d))?")
_SATURDAY = 5
Hair = Literal["short", "long", "bun", "curls"]


class _Content(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    pass


class DemoOrganisation(_Content, frozen=True):
    key: str
    name: str
    partner: str = ""
    """Key of the organisation that looks after this one."""


class DemoPerson(_Content, frozen=True):
    key: str
    name: str
    email: str
    role: Role = Role.CUSTOMER
    organisation: str = ""
    """Key of the organisation; empty for staff, who belong to the vendor."""
    active: bool = True
    job: str = ""
    """Of staff: what they do."""
    hair: Hair | None = None
    """Of staff: how it is drawn in their picture; None where they have none."""
    demo_customer: bool = False
    """The one person a demo signs in."""


class DemoFile(_Content, frozen=True):
    """A small real file, described by exactly one of its contents."""

    name: str
    text: str = ""
    """For text, logs and tables: the content itself."""
    picture: tuple[str, ...] = ()
    """For PNG: a window's title, then its lines; '[OK]' draws buttons, '!' begins a warning."""
    pages: tuple[str, ...] = ()
    """For PDF: the text of each page; the first line is its heading."""


class DemoHappening(_Content, frozen=True):
    """One thing that happened: a message, a change, or both at once."""

    at: str
    by: str
    """Key of the person."""
    text: str = ""
    files: tuple[DemoFile, ...] = ()
    assign: str = ""
    """Key of the staff member who has it from now on."""
    minutes: int = 0
    """Working time recorded with this entry."""
    minutes_note: str = ""


class DemoEntry(DemoHappening, frozen=True):
    """To a ticket."""

    status: Status | None = None
    rating: Literal[0, 1, 5] = 0


class DemoOrderEntry(DemoHappening, frozen=True):
    status: OrderStatus | None = None


class DemoTicket(_Content, frozen=True):
    number: str
    subject: str
    requester: str
    service: str
    type: str
    priority: str
    log: tuple[DemoEntry, ...]
    """Oldest first; the first entry is the report. Its author may be staff who wrote for the requester."""
    desk: str = ""
    consent: str = ""
    fields: dict[str, str] = {}
    """As entities.Ticket.fields, but a date may be relative ('3b')."""
    unread: bool = False
    """Not yet opened by the demo customer since its last entry."""

    def statuses(self, staff: frozenset[str]) -> tuple[Status, ...]:
        """The status after each entry. `staff`: keys of the vendor's people."""

        def after(before: Status, entry: DemoEntry) -> Status:
            if entry.status is not None:
                return entry.status
            return after_customer_reply(before) if entry.text and entry.by not in staff else before

        return tuple(accumulate(self.log, after, initial=Status.NEW))[1:]

    def assignee(self) -> str:
        """Key of the staff member who has it at last, or ''."""
        return next((entry.assign for entry in reversed(self.log) if entry.assign), "")


class DemoOrdered(_Content, frozen=True):
    """An article of an order."""

    number: str
    name: str
    serial_number: str = ""
    quantity: int = 1
    fault: str = ""
    condition: str = ""
    files: tuple[DemoFile, ...] = ()

    @property
    def article(self) -> Article:
        return Article(self.number, self.name, self.serial_number, self.quantity, self.fault, self.condition)


class DemoOrder(_Content, frozen=True):
    number: str
    reference: str
    requester: str
    articles: tuple[DemoOrdered, ...]
    log: tuple[DemoOrderEntry, ...]
    """Oldest first; the first entry is the sending itself and says nothing."""
    kind: str = ""
    note: str = ""
    files: tuple[DemoFile, ...] = ()
    """Of the order as a whole."""
    unread: bool = False
    """As of a ticket."""

    @property
    def status(self) -> OrderStatus:
        return next((entry.status for entry in reversed(self.log) if entry.status), OrderStatus.RECEIVED)


class DemoNotice(_Content, frozen=True):
    key: str
    title: str
    text: str
    published: str
    summary: str = ""
    valid_until: str = ""
    must_confirm: bool = False
    read: bool = True


class DemoIssue(_Content, frozen=True):
    """One issue of the newsletter."""

    key: str
    title: str
    text: str
    published: str
    summary: str = ""
    read: bool = True


class DemoArticle(_Content, frozen=True):
    key: str
    title: str
    text: str
    category: str
    published: str
    labels: tuple[str, ...] = ()
    service: str = ""
    helpful_percent: int | None = None
    video: str = ""


class DemoKey(_Content, frozen=True):
    kind: KeyKind
    product: str
    value: str
    organisation: str
    note: str = ""
    valid_until: str = ""


class DemoTalk(_Content, frozen=True):
    """Something that was said about a subscription."""

    at: str
    by: str
    """Key of the person."""
    text: str


class DemoSubscription(_Content, frozen=True):
    """What an organisation ordered; one that is a part of another stands behind it in the file."""

    number: str
    name: str
    organisation: str
    """Key."""
    parent: str = ""
    """Number, of the same organisation."""
    state: SubscriptionState = SubscriptionState.ACTIVE
    quantity: int = 1
    starts: str = ""
    ends: str = ""
    renews: str = ""
    price: str = ""
    description: str = ""
    keys: tuple[str, ...] = ()
    """Values of license keys."""
    assignee: str = ""
    """Key of one of the staff."""
    talk: tuple[DemoTalk, ...] = ()
    """Oldest first."""


class DemoDocument(_Content, frozen=True):
    """A PDF that an organisation was asked to sign."""

    number: str
    title: str
    type: DocumentType
    paper: str
    """What the PDF is made of: a name in `resources/papers`."""
    organisation: str
    """Key."""
    by: str
    """Key of the staff member who sent it."""
    sent: str
    contact: str = ""
    """Key of the person who is asked."""
    sign_by: str = ""
    state: DocumentState = DocumentState.TO_SIGN
    answered: str = ""
    """When it was signed, declined or withdrawn."""
    answered_by: str = ""
    """Key of the person who signed or declined."""
    reason: str = ""
    values: dict[str, str] = {}
    """What was filled in, by field; dates may be relative."""
    concerns: str = ""
    """Number of the ticket, or of the document before, that it belongs to."""
    log: tuple[DemoHappening, ...] = ()
    """What was said about it, oldest first."""
    unread: bool = False
    """As of a ticket."""


class DemoContent(_Content, frozen=True):
    """Everything of one vendor, the parts of all its files put together."""

    organisations: tuple[DemoOrganisation, ...] = ()
    people: tuple[DemoPerson, ...] = ()
    tickets: tuple[DemoTicket, ...] = ()
    orders: tuple[DemoOrder, ...] = ()
    notices: tuple[DemoNotice, ...] = ()
    issues: tuple[DemoIssue, ...] = ()
    articles: tuple[DemoArticle, ...] = ()
    keys: tuple[DemoKey, ...] = ()
    subscriptions: tuple[DemoSubscription, ...] = ()
    documents: tuple[DemoDocument, ...] = ()

    def person(self, key: str) -> DemoPerson:
        """Raises KeyError for a key that nobody has."""
        for person in self.people:
            if person.key == key:
                return person
        raise KeyError(key)

    def demo_customer(self) -> DemoPerson:
        return next(person for person in self.people if person.demo_customer)

    def staff(self) -> frozenset[str]:
        return frozenset(person.key for person in self.people if person.role is Role.STAFF)


def moment(written: str, now: datetime) -> datetime:
    """The UTC time that `written` names, see the module. The clock it speaks of is that of `now`'s zone.

    Raises ValueError for anything else.
    """
    match = _MOMENT.fullmatch(written)
    if match is None or (match["unit"] == "m" and match["clock"]):
        raise ValueError(f"not a relative time: {written!r}")
    count = int(match["count"])
    if match["unit"] == "m":
        exactly, offset = now.astimezone(UTC), timedelta(minutes=count)
        return exactly + offset if match["future"] else exactly - offset
    day = now.date() + timedelta(days=count) if match["future"] else now.date() - timedelta(days=count)
    if match["unit"] == "b":
        day = _business_day(now.date(), count)
    usual = time(23, 59) if match["future"] else time(12, 0)
    clock = time.fromisoformat(match["clock"]) if match["clock"] else usual
    return datetime.combine(day, clock, tzinfo=now.tzinfo).astimezone(UTC)


def _business_day(day: date, count: int) -> date:
    while count:
        day -= timedelta(days=1)
        count -= day.weekday() < _SATURDAY
    return day
