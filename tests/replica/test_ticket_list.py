"""The list of tickets against the plainest way to compute it."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from supportdesk.clock import now
from supportdesk.domain.capabilities import Capabilities
from supportdesk.domain.catalogue import Catalogue, Priority, Service
from supportdesk.domain.entities import Organisation, Person, Ticket
from supportdesk.domain.errors import NotFound
from supportdesk.domain.localtext import LocalText
from supportdesk.domain.projections import Account, OpenState, SortBy, TicketQuery, Whose
from supportdesk.domain.status import OPEN_STATUSES, Status
from supportdesk.domain.text import sort_key, words
from supportdesk.replica.apply import number_key
from supportdesk.replica.reader import Reader
from supportdesk.replica.store import Store
from tests.support.facts import ACCOUNT, MOMENT, give, ticket

NAME = LocalText(en="x")
CATALOGUE = Catalogue(
    services=(
        Service(
            id="practice",
            name=NAME,
            parts=(Service(id="printing", name=NAME), Service(id="cards", name=NAME)),
        ),
        Service(id="general", name=NAME),
    ),
    priorities=(
        Priority(id="low", name=NAME, guidance=NAME, rank=1),
        Priority(id="high", name=NAME, guidance=NAME, rank=3),
    ),
)
ME = Person("jana", "Jana Wiebe", "practice")
SUBJECTS = (
    "Drucker zieht schief",
    "Öl im Gerät",
    "ärgerliche Fehlermeldung",
    "Zugang fehlt",
    "drucken geht nicht",
)


@pytest.fixture
def filled(store: Store) -> Store:
    """60 tickets of three organisations that differ in everything that can be asked for."""
    store.write(
        lambda writer: writer.put_welcome(
            ACCOUNT.id, ME, Organisation("practice", "Praxis"), Capabilities(), CATALOGUE
        )
    ).result()
    give(store, TICKETS)
    return store


def _ticket(number: int) -> Ticket:
    statuses, services, priorities = (
        tuple(Status),
        ("printing", "cards", "practice", "general", ""),
        ("low", "high", ""),
    )
    return ticket(
        f"t{number}",
        SUBJECTS[number % len(SUBJECTS)] + f" {number % 7}",
        number=f"T-{(number * 37) % 61 + 100}",
        status=statuses[number % len(statuses)],
        requester=("jana", "tom", "kim")[number % 3],
        organisation=("practice", "practice", "customer")[number % 3],
        minutes=(number * 13) % 47,
        service=services[number % len(services)],
        priority=priorities[number % 3],
        reopen_until=now() + timedelta(days=number % 4 - 1, minutes=5) if number % 6 > 3 else None,
    )


TICKETS = [_ticket(number) for number in range(60)]
PARTS = {"practice": {"practice", "printing", "cards"}}
RANKS = {"low": 1, "high": 3, "": 0}

KEYS: dict[SortBy, Callable[[Ticket], object]] = {
    SortBy.UPDATED: lambda each: each.updated_at,
    SortBy.CREATED: lambda each: each.created_at,
    SortBy.NUMBER: lambda each: number_key(each.number),
    SortBy.SUBJECT: lambda each: sort_key(each.subject),
    SortBy.STATUS: lambda each: (tuple(Status).index(each.status), each.updated_at),
    SortBy.PRIORITY: lambda each: (RANKS[each.priority_id], each.updated_at),
}
WHOSE: dict[Whose, Callable[[Ticket], bool]] = {
    Whose.ALL: lambda _each: True,
    Whose.MINE: lambda each: each.requester_id == "jana",
    Whose.COLLEAGUES: lambda each: each.requester_id != "jana" and each.organisation_id == "practice",
    Whose.CUSTOMERS: lambda each: each.organisation_id != "practice",
}


def wanted(query: TicketQuery) -> list[Ticket]:
    looked_for = [word for word in words(query.text) if len(word) > 1]
    return [
        each
        for each in TICKETS
        if WHOSE[query.whose](each)
        and (
            query.open_state is OpenState.ALL
            or (each.status in OPEN_STATUSES) == (query.open_state is OpenState.OPEN)
        )
        and (not query.statuses or each.status.value in query.statuses)
        and (not query.service_id or each.service_id in PARTS.get(query.service_id, {query.service_id}))
        and (not query.reopenable_only or (each.reopen_until is not None and _reopenable(each)))
        and all(any(word.startswith(part) for word in words(_searched(each))) for part in looked_for)
    ]


def _reopenable(each: Ticket) -> bool:
    return (
        each.status in (Status.SOLVED, Status.CLOSED)
        and each.reopen_until is not None
        and each.reopen_until > now()
    )


def _searched(each: Ticket) -> str:
    return f"{each.subject} {each.number} {each.requester_name} {each.assignee_name}"


QUERIES = st.builds(
    TicketQuery,
    account_id=st.sampled_from([ACCOUNT.id, None]),
    whose=st.sampled_from(Whose),
    open_state=st.sampled_from(OpenState),
    statuses=st.lists(st.sampled_from([status.value for status in Status]), max_size=2).map(tuple),
    service_id=st.sampled_from(["", "practice", "printing", "general", "unknown"]),
    text=st.sampled_from(["", "druck", "ol", "ÖL ger", "mia", "t-1", "x", "jana zug", "-"]),
    sort=st.sampled_from(SortBy),
    descending=st.booleans(),
    reopenable_only=st.booleans(),
)


@given(QUERIES, st.integers(0, 8), st.integers(1, 12))
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_question_has_the_plain_answer(
    filled: Store, query: TicketQuery, offset: int, limit: int
) -> None:
    """Whatever filters, order and window: the rows are those a walk through all tickets gives."""
    expected = wanted(query)
    rows = filled.read(lambda reader: reader.ticket_window(query, 0, 100)).result()
    assert {row.id for row in rows} == {each.id for each in expected}
    assert filled.read(lambda reader: reader.ticket_count(query)).result() == len(expected)
    facts = {each.id: each for each in TICKETS}
    keys = [KEYS[query.sort](facts[row.id]) for row in rows]
    assert keys == sorted(keys, reverse=query.descending)  # type: ignore[type-var]
    part = filled.read(lambda reader: reader.ticket_window(query, offset, limit)).result()
    assert part == rows[offset : offset + limit]


def test_two_accounts_stand_in_one_list(filled: Store) -> None:
    """Without an account all tickets are sorted together; with one only its own are there."""
    other = Account("other", "retail", "jana", "p9", "Jana", "o9", "Shop")
    filled.write(lambda writer: writer.put_account(other)).result()
    give(filled, [ticket("t1", "Elsewhere", minutes=20)], "other")
    both = TicketQuery(None, open_state=OpenState.ALL)
    rows = filled.read(lambda reader: reader.ticket_window(both, 0, 100)).result()
    assert len(rows) == filled.read(lambda reader: reader.ticket_count(both)).result() == 61
    assert [row.updated_at for row in rows] == sorted((row.updated_at for row in rows), reverse=True)
    assert {row.account_id for row in rows} == {"account", "other"}
    one = TicketQuery("other", text="elsewhere")
    assert [row.id for row in filled.read(lambda reader: reader.ticket_window(one, 0, 9)).result()] == ["t1"]


def test_without_accounts_the_list_is_empty(filled: Store) -> None:
    """And an unknown account is not found."""
    filled.write(lambda writer: writer.remove_account(ACCOUNT.id)).result()
    assert filled.read(lambda reader: reader.ticket_window(TicketQuery(None), 0, 9)).result() == ()
    with pytest.raises(NotFound):
        filled.read(lambda reader: reader.ticket_count(TicketQuery("nobody"))).result()


def test_counts_by_status(filled: Store) -> None:
    """Every status has its number, of everybody or of some."""
    for whose in Whose:
        counts = filled.read(lambda reader, w=whose: reader.status_counts(ACCOUNT.id, w)).result()  # type: ignore[misc]
        mine = [each for each in TICKETS if WHOSE[whose](each)]
        assert counts == {status.value: sum(each.status is status for each in mine) for status in Status}


def test_a_ticket_is_found_by_its_number(filled: Store) -> None:
    """With or without the number sign, in one account or in all."""
    number = TICKETS[4].number
    for account_id, text in ((ACCOUNT.id, number), (None, f" #{number} ")):
        found = filled.read(lambda reader, a=account_id, t=text: reader.ticket_by_number(a, t)).result()  # type: ignore[misc]
        assert found == (ACCOUNT.id, "t4")
    with pytest.raises(NotFound):
        filled.read(lambda reader: reader.ticket_by_number(None, "9999999")).result()


def test_ranks_follow_a_new_catalogue(filled: Store) -> None:
    """When the vendor changes what is urgent, the order by priority changes."""
    swapped = Catalogue(
        priorities=(
            Priority(id="low", name=NAME, guidance=NAME, rank=9),
            Priority(id="high", name=NAME, guidance=NAME, rank=1),
        )
    )
    filled.write(
        lambda writer: writer.put_welcome(
            ACCOUNT.id, ME, Organisation("practice", "Praxis"), Capabilities(), swapped
        )
    ).result()
    query = TicketQuery(ACCOUNT.id, sort=SortBy.PRIORITY, open_state=OpenState.ALL)
    rows = filled.read(lambda reader: reader.ticket_window(query, 0, 20)).result()
    assert {row.priority_id for row in rows} == {"low"}
    assert filled.read(lambda reader: reader.catalogue(ACCOUNT.id)).result() == swapped


def test_home_counts_what_the_list_shows(filled: Store) -> None:
    """Open ones of everybody, unread of the own organisation, what can be reopened, and the own questions."""
    home = filled.read(lambda reader: reader.home(ACCOUNT.id, now())).result()
    mine = [each for each in TICKETS if each.requester_id == "jana"]
    opened = [each for each in TICKETS if each.status in OPEN_STATUSES]
    assert home.open_tickets == len(opened)
    assert home.customers_tickets == sum(each.organisation_id != "practice" for each in opened)
    assert 0 < home.customers_tickets < home.open_tickets
    assert home.unread_tickets == sum(each.organisation_id == "practice" for each in TICKETS)
    assert home.reopenable == sum(map(_reopenable, TICKETS))
    assert [each.id for each in home.waiting] == [
        each.id
        for each in sorted(mine, key=lambda each: each.updated_at, reverse=True)
        if each.status is Status.QUESTION
    ]
    assert now() > MOMENT


@pytest.mark.parametrize("text", ["", "drucker"])
@pytest.mark.parametrize("account_id", [None, ACCOUNT.id])
def test_whether_one_is_listed(filled: Store, account_id: str | None, text: str) -> None:
    """As the list itself says; of an account that was left nothing is."""
    query = TicketQuery(account_id, text=text, open_state=OpenState.OPEN)
    window = filled.read(lambda reader: reader.ticket_window(query, 0, len(TICKETS))).result()
    shown = {row.id for row in window}
    assert 0 < len(shown) < len(TICKETS)
    for each in TICKETS:
        asked = filled.read(
            partial(Reader.lists_ticket, query=query, account_id=ACCOUNT.id, ticket_id=each.id)
        )
        assert asked.result() == (each.id in shown)
    left = filled.read(lambda reader: reader.lists_ticket(query, "left", TICKETS[0].id))
    assert not left.result()
