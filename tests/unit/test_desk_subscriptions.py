"""What the vendor's people do about subscriptions, and what of it customers get."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import TypeVar

import pytest
from sqlalchemy import event, select

from supportdesk.clock import now
from supportdesk.desk.office.by import By
from supportdesk.desk.office.verbs import VERBS
from supportdesk.desk.store import settings
from supportdesk.desk.store.database import DeskConnection, reading
from supportdesk.desk.store.schema import audit, subscriptions
from supportdesk.desk.visibility import feed
from supportdesk.domain.changes import Upsert
from supportdesk.domain.entities import ConversationEvent, Subscription, SubscriptionState
from supportdesk.domain.errors import InvalidInput, NotAllowed
from supportdesk.domain.office import OfficeRequest, Outcome
from supportdesk.domain.office_keys import Keys, ListKeys
from supportdesk.domain.office_subscriptions import (
    AddSubscription,
    AnswerSubscription,
    AssignSubscription,
    ChangeSubscription,
    EndSubscription,
    ImportSubscriptions,
    ListSubscriptions,
    NoteSubscription,
    Part,
    RecordSubscriptionTime,
    ShowSubscription,
    Subscriptions,
    SubscriptionShown,
)
from supportdesk.domain.profile import Profile, Shown
from tests.support.desk import (
    ALL_MODULES,
    CUSTOMER,
    PARTNER,
    STAFF,
    STRANGER,
    person_of,
    small_profile,
    view_of,
)

A = TypeVar("A")
NOW = now()
_PRICE = "39.00 EUR canary-price"


class Mia:
    """Of the staff."""

    def __init__(self, desk: DeskConnection) -> None:
        self.desk = desk
        self.by = By(person_of(desk, STAFF), NOW)

    def asks(self, request: OfficeRequest, expected: type[A]) -> A:
        verb = next(verb for verb in VERBS if verb.request is type(request))
        answer = verb.run(self.desk, request, self.by)
        assert isinstance(answer, expected)
        return answer

    def does(self, request: OfficeRequest) -> Outcome:
        return self.asks(request, Outcome)

    def adds(self, number: str, name: str, **more: object) -> str:
        request = AddSubscription(organisation="Practice", number=number, name=name, **more)  # type: ignore[arg-type]
        return self.does(request).id

    def imports(self, *lines: str) -> Outcome:
        return self.does(ImportSubscriptions(organisation="Practice", body="\n".join(lines)))


def profile(**shown: bool) -> Profile:
    made = small_profile(modules=(*ALL_MODULES, "subscriptions"))
    return Profile(
        **{name: getattr(made, name) for name in made.__struct_fields__} | {"shown": Shown(**shown)}
    )


@pytest.fixture
def mia(desk: DeskConnection) -> Mia:
    settings.keep(desk, settings.settings_of(profile()))
    return Mia(desk)


def seen_by(desk: DeskConnection, user: str) -> dict[str, Subscription]:
    """By number."""
    return {each.number: each for each in pulled(desk, user) if isinstance(each, Subscription)}


def pulled(desk: DeskConnection, user: str) -> list[object]:
    view = view_of(desk, user)
    with reading(desk):
        page = feed.pull(desk, view, None, 10_000)
    return [change.entity for change in page.changes if isinstance(change, Upsert)]


class TestAdding:
    def test_what_belongs_together_is_told_as_a_tree(self, desk: DeskConnection, mia: Mia) -> None:
        """The customer and their partner get it, whoever it is not about does not."""
        suite = mia.adds("100", "Suite", quantity=4, starts_at=NOW)
        mia.adds("110", "Cash desk", parent="100", state=SubscriptionState.ORDERED)
        for user in (CUSTOMER, PARTNER):
            seen = seen_by(desk, user)
            assert (seen["100"].quantity, seen["100"].parent_id) == (4, None)
            assert (seen["110"].parent_id, seen["110"].state) == (suite, SubscriptionState.ORDERED)
        assert seen_by(desk, STRANGER) == {}

    def test_a_license_key_is_linked_by_itself_or_its_id(self, desk: DeskConnection, mia: Mia) -> None:
        """Only a key of the same organisation."""
        (key,) = mia.asks(ListKeys(organisation="Practice"), Keys).keys
        mia.adds("1", "Suite", keys=(key.key,))
        mia.adds("2", "Suite for two", keys=(key.id,))
        assert {each.key_ids for each in seen_by(desk, CUSTOMER).values()} == {(key.id,)}
        with pytest.raises(InvalidInput) as told:
            mia.does(AddSubscription(organisation="Elsewhere", number="3", name="Suite", keys=(key.key,)))
        assert told.value.field == "keys"

    @pytest.mark.parametrize(
        ("field", "more"),
        [
            ("number", {"number": "100"}),
            ("number", {"number": " "}),
            ("name", {"name": ""}),
            ("parent", {"parent": "999"}),
            ("ends_at", {"starts_at": NOW, "ends_at": NOW - timedelta(days=1)}),
            ("description", {"description": "x" * 10_001}),
        ],
    )
    def test_what_is_not_right_is_said(self, mia: Mia, field: str, more: dict[str, object]) -> None:
        """By an error that names the field; nothing is written."""
        mia.adds("100", "Suite")
        with pytest.raises(InvalidInput) as told:
            mia.adds(**({"number": "101", "name": "Module"} | more))  # type: ignore[arg-type]
        assert told.value.field == field
        assert len(mia.asks(ListSubscriptions(), Subscriptions).subscriptions) == 1

    def test_it_takes_one_of_the_staff(self, desk: DeskConnection, mia: Mia) -> None:
        """Whoever passes the id of somebody else."""
        mia.by = By(person_of(desk, CUSTOMER), NOW)
        with pytest.raises(NotAllowed):
            mia.adds("100", "Suite")


class TestPrices:
    def test_a_price_stays_with_the_vendor(self, desk: DeskConnection, mia: Mia) -> None:
        """Nothing that is delivered holds a word of it, unless the profile shows prices."""
        mia.adds("100", "Suite", price=_PRICE)
        mia.does(ChangeSubscription(subscription="100", quantity=2, price=f"{_PRICE} now"))
        for user in (CUSTOMER, PARTNER):
            assert "canary-price" not in repr(pulled(desk, user))
            assert seen_by(desk, user)["100"].price == ""
        (row,) = mia.asks(ListSubscriptions(), Subscriptions).subscriptions
        assert row.price == f"{_PRICE} now"
        settings.keep(desk, settings.settings_of(profile(prices=True)))
        assert seen_by(desk, CUSTOMER)["100"].price == f"{_PRICE} now"


class TestChanging:
    def test_what_is_not_said_stays(self, desk: DeskConnection, mia: Mia) -> None:
        """What was changed stands in its history."""
        id = mia.adds("100", "Suite", quantity=3, description="For everybody.", renews_at=NOW)
        mia.does(ChangeSubscription(subscription=id, quantity=5, without=(Part.RENEWS_AT,)))
        (seen,) = seen_by(desk, CUSTOMER).values()
        assert (seen.quantity, seen.renews_at, seen.description) == (5, None, "For everybody.")
        history = [each.value for each in pulled(desk, CUSTOMER) if isinstance(each, ConversationEvent)]
        assert sorted(history) == ["quantity", "renews_at"]

    def test_nothing_is_a_part_of_itself(self, mia: Mia) -> None:
        """Neither directly nor around a corner."""
        mia.adds("100", "Suite")
        mia.adds("110", "Module", parent="100")
        mia.adds("111", "Component", parent="110")
        for parent in ("100", "111"):
            with pytest.raises(InvalidInput) as told:
                mia.does(ChangeSubscription(subscription="100", parent=parent))
            assert told.value.field == "parent"

    def test_what_changes_nothing_is_no_news(self, desk: DeskConnection, mia: Mia) -> None:
        """Nobody is told that something is as it was."""
        mia.adds("100", "Suite", quantity=3)
        mia.does(ChangeSubscription(subscription="100", quantity=3))
        (seen,) = seen_by(desk, CUSTOMER).values()
        assert seen.updated_at == seen.created_at

    def test_parts_end_with_the_whole(self, desk: DeskConnection, mia: Mia) -> None:
        """Later than now it is ending until then; what ended earlier keeps its day."""
        earlier, later = NOW - timedelta(days=9), NOW + timedelta(days=30)
        mia.adds("100", "Suite", renews_at=later)
        mia.adds("110", "Module", parent="100")
        mia.adds("111", "Trial", parent="110", state=SubscriptionState.ENDED, ends_at=earlier)
        mia.does(EndSubscription(subscription="100", ends_at=later))
        seen = seen_by(desk, CUSTOMER)
        assert {seen["100"].state, seen["110"].state} == {SubscriptionState.ENDING}
        assert {seen["100"].ends_at, seen["110"].ends_at} == {later}
        assert seen["100"].renews_at is None
        assert (seen["111"].state, seen["111"].ends_at) == (SubscriptionState.ENDED, earlier)
        mia.does(EndSubscription(subscription="110"))
        assert seen_by(desk, CUSTOMER)["110"].state is SubscriptionState.ENDED


class TestImport:
    def test_a_table_adds_and_changes(self, desk: DeskConnection, mia: Mia) -> None:
        """Once more, it changes nothing; a line without a value takes it away."""
        table = (
            "\ufeffnumber;name;parent;quantity;state;starts;ends;renews;price;description;keys",
            "100;Suite;;4;active;2024-03-01;;01.03.2027;39 €;Für alle;AAAA-BBBB",
            "110;Cash desk;100;2;Ordered;;;;;;",
        )
        for _time in range(2):
            assert mia.imports(*table).number == "2"
        seen = seen_by(desk, CUSTOMER)
        assert seen["100"].starts_at == datetime(2024, 3, 1).astimezone(UTC)
        assert seen["100"].renews_at == datetime(2027, 3, 1).astimezone(UTC)
        assert seen["100"].key_ids
        assert (seen["110"].parent_id, seen["110"].state) == (seen["100"].id, SubscriptionState.ORDERED)
        assert seen["100"].updated_at == seen["100"].created_at
        mia.imports("number,name", "100,Suite")
        assert (seen_by(desk, CUSTOMER)["100"].renews_at, seen_by(desk, CUSTOMER)["100"].quantity) == (
            None,
            1,
        )

    def test_a_long_table_asks_no_more_than_a_short_one(self, desk: DeskConnection, mia: Mia) -> None:
        """Nobody else can write meanwhile. Once more it writes nothing, not even into the audit log.

        A line that changes something costs its update and its event.
        """
        asked: list[str] = []

        def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
            asked.append(statement)

        def took(*lines: str) -> int:
            asked.clear()
            mia.imports("number;name;parent;keys", *lines)
            return len(asked)

        event.listen(desk.engine, "before_cursor_execute", note)
        lines = [f"{n};Module {n};{n // 10 or ''};AAAA-BBBB" for n in range(1, 120)]
        try:
            assert took("900;Suite;;AAAA-BBBB") == took(*lines)
            assert took(*lines) < (least := took("901;Suite;;AAAA-BBBB"))
            assert took(*(line.replace("Module", "Part") for line in lines)) <= least + 2 * len(lines)
        finally:
            event.remove(desk.engine, "before_cursor_execute", note)
        seen = seen_by(desk, CUSTOMER)
        assert len(seen) == 121
        assert (seen["119"].parent_id, seen["11"].parent_id) == (seen["11"].id, seen["1"].id)
        with reading(desk):
            actions = Counter(desk.execute(select(audit.c.action)).scalars())
        assert (actions["add_subscription"], actions["change_subscription"]) == (121, 119)

    def test_lines_know_of_those_before_them(self, desk: DeskConnection, mia: Mia) -> None:
        """What is moved, and a number with other blanks in it."""
        for _time in range(2):
            mia.imports("number;name;parent", "A  1;Suite;", "B;Module;A 1")
        with pytest.raises(InvalidInput, match=r"Line 3: .* part of itself"):
            mia.imports("number;name;parent", "C;Component;B", "A 1;Suite;C")
        mia.imports("number;name;parent", "B;Module;", "A 1;Suite;B")
        seen = seen_by(desk, CUSTOMER)
        assert (seen["A 1"].parent_id, seen["B"].parent_id) == (seen["B"].id, None)

    def test_parts_of_what_is_not_right_are_not_reported(self, mia: Mia) -> None:
        """Neither are their parts; each line that is wrong by itself is."""
        with pytest.raises(InvalidInput) as caught:
            mia.imports(
                "number,name,parent,renews",
                "200,Suite,,30",
                "210,Calendar,200,",
                "211,Reminders,210,",
                "212,Holidays,210,soon",
                ",Numberless,,",
                "300,Phones,999,",
                "400,Lamps,,",
                "400,Lights,,",
                "410,Bulb,400,soon",
            )
        wrong = [line.partition(":")[0] for line in str(caught.value).splitlines()[1:]]
        assert wrong == [f"Line {n}" for n in (2, 5, 6, 7, 9, 10)]

    def test_each_bad_line_is_reported_and_nothing_imported(self, desk: DeskConnection, mia: Mia) -> None:
        """By its number in the file, with what is wrong in it."""
        with pytest.raises(InvalidInput) as told:
            mia.imports(
                "number,name,quantity,starts,parent,state,description",
                "100,Suite,1,,,,",
                "101,,1,,,,",
                "102,Module,many,,,,",
                "",
                "103,Module,1,tomorrow,,,",
                "104,Module,1,,777,,",
                "105,Module,1,,,sleeping,",
                "100,Suite again,1,,,,",
                "106,Module,1,,,," + "x" * 10_001,
            )
        report = str(told.value).splitlines()
        assert report[0] == "Nothing was imported: 7 lines are not right."
        assert [line.partition(":")[0] for line in report[1:]] == [
            f"Line {n}" for n in (3, 4, 6, 7, 8, 9, 10)
        ]
        assert "tomorrow" in report[3]
        with reading(desk):
            assert desk.execute(select(subscriptions.c.id)).all() == []

    @pytest.mark.parametrize("head", ["number;title", "name;quantity", ""])
    def test_the_first_line_names_the_columns(self, mia: Mia, head: str) -> None:
        """What it may name is said."""
        with pytest.raises(InvalidInput, match="number, name, parent"):
            mia.imports(head, "100;Suite")


def test_it_is_talked_about_like_a_ticket(desk: DeskConnection, mia: Mia) -> None:
    """Answers, notes, who has it and working time; the customer's side sees all but the note."""
    mia.adds("100", "Suite")
    mia.does(AnswerSubscription(subscription="100", body="You have four."))
    mia.does(NoteSubscription(subscription="100", body="canary-note"))
    mia.does(AssignSubscription(subscription="100"))
    mia.does(RecordSubscriptionTime(subscription="100", minutes=5))
    shown = mia.asks(ShowSubscription(subscription="100"), SubscriptionShown)
    assert [(each.body, each.internal) for each in shown.conversation] == [
        ("You have four.", False),
        ("canary-note", True),
    ]
    assert (shown.assignee, shown.time_records[0].minutes) == ("Mia", 5)
    assert seen_by(desk, CUSTOMER)["100"].assignee_name == "Mia"
    assert "canary-note" not in repr(pulled(desk, CUSTOMER))


def test_numbers_of_two_organisations_may_be_the_same(mia: Mia) -> None:
    """Then its id says which is meant."""
    mia.adds("100", "Suite")
    mia.does(AddSubscription(organisation="Elsewhere", number="100", name="Suite"))
    with pytest.raises(InvalidInput) as told:
        mia.does(EndSubscription(subscription="100"))
    assert told.value.field == "subscription"
