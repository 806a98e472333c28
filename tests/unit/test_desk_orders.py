"""What the vendor's people do with orders, and what they cannot."""

from typing import TypeVar

import msgspec
import pytest
from sqlalchemy import select

from supportdesk.clock import now, uuid7
from supportdesk.desk.conversations.applying import Asked
from supportdesk.desk.conversations.intake import take
from supportdesk.desk.conversations.uploads import record
from supportdesk.desk.office import staff
from supportdesk.desk.office.by import By
from supportdesk.desk.office.verbs import VERBS
from supportdesk.desk.store import settings
from supportdesk.desk.store.database import DeskConnection, reading, writing
from supportdesk.desk.store.schema import audit, uploads
from supportdesk.desk.visibility import feed
from supportdesk.domain.catalogue import Choice
from supportdesk.domain.changes import Upsert
from supportdesk.domain.commands import CreateOrder, FileRef, NewArticle, encode_intent
from supportdesk.domain.entities import Attachment, ConversationEvent, EventKind, Order, TimeRecord
from supportdesk.domain.errors import InvalidInput, NotAllowed, Refused
from supportdesk.domain.localtext import LocalText
from supportdesk.domain.office import OfficeRequest, Outcome
from supportdesk.domain.office_orders import (
    AddArticle,
    AddOrderFiles,
    AnswerOrder,
    AssignOrder,
    EditArticle,
    EditOrder,
    ListOrders,
    NoteOrder,
    Orders,
    OrderShown,
    RecordOrderTime,
    RemoveArticle,
    RemoveOrderFile,
    SetOrderStatus,
    ShowOrder,
)
from supportdesk.domain.orders import Article, OrderStatus, following, total_quantity
from supportdesk.server.cli.admin import printing
from tests.support.desk import CATALOGUE, COLLEAGUE, CUSTOMER, STAFF, person_of, small_profile, view_of
from tests.support.mails import queued

A = TypeVar("A")
NOW = now()
FILE = FileRef("front.png", "a" * 64, 3, "image/png")


class Mia:
    def __init__(self, desk: DeskConnection, user: str = STAFF) -> None:
        self.desk = desk
        self.by = By(person_of(desk, user), NOW)

    def asks(self, request: OfficeRequest, expected: type[A]) -> A:
        verb = next(verb for verb in VERBS if verb.request is type(request))
        answer = verb.run(self.desk, request, self.by)
        assert isinstance(answer, expected)
        return answer

    def does(self, request: OfficeRequest) -> Outcome:
        return self.asks(request, Outcome)

    def gives(self) -> FileRef:
        """A file of her own that has arrived."""
        file = FileRef("measured.txt", "b" * 64, 8, "text/plain")
        with writing(self.desk):
            record(self.desk, self.by.person_id, file, NOW)
        return file

    def shows(self, order: str) -> OrderShown:
        return self.asks(ShowOrder(order), OrderShown)


@pytest.fixture
def mia(desk: DeskConnection) -> Mia:
    return Mia(desk)


@pytest.fixture
def order(desk: DeskConnection) -> str:
    """Its number."""
    jana = person_of(desk, CUSTOMER)
    with writing(desk):
        values = {"person_id": jana, "sha256": FILE.sha256, "size_bytes": 3, "completed_at": NOW}
        desk.execute(uploads.insert().values(**values))
    articles = (NewArticle(Article("BD-1", quantity=2)), NewArticle(Article("HL-2"), (FILE,)))
    return _ordered(desk, "RET-1", *articles)


def _ordered(desk: DeskConnection, reference: str, *articles: NewArticle, user: str = CUSTOMER) -> str:
    intent = CreateOrder(reference, articles or (NewArticle(Article("BD-1")),))
    return take(desk, view_of(desk, user).actor, Asked(uuid7(), NOW, encode_intent(intent)), NOW).number


def _sees(desk: DeskConnection, kind: type[A], user: str = CUSTOMER) -> list[A]:
    view = view_of(desk, user)
    with reading(desk):
        page = feed.pull(desk, view, None, 1_000)
    return [
        each.entity for each in page.changes if isinstance(each, Upsert) and isinstance(each.entity, kind)
    ]


def audited(mia: Mia) -> list[str]:
    """What she did, sorted."""
    query = select(audit.c.action).where(audit.c.person_id == mia.by.person_id)
    with reading(mia.desk):
        return sorted(mia.desk.execute(query).scalars())


def test_every_order_has_a_number_of_its_own(desk: DeskConnection, order: str) -> None:
    """Whoever sends it."""
    assert len({order, _ordered(desk, "RET-2"), _ordered(desk, "RET-3", user=COLLEAGUE)}) == 3


def test_the_list_shows_what_is_open(mia: Mia, order: str) -> None:
    """Others are there when their status is named; words are looked for in the reference."""
    (row,) = mia.asks(ListOrders(), Orders).orders
    assert (row.number, row.reference, row.articles, row.requester) == (order, "RET-1", 2, "Jana")
    assert mia.asks(ListOrders(words="ret-1", unassigned=True), Orders).orders == (row,)
    assert mia.asks(ListOrders(words="ret-2"), Orders).orders == ()
    mia.does(SetOrderStatus(order, OrderStatus.COMPLETED))
    assert mia.asks(ListOrders(), Orders).orders == ()
    assert len(mia.asks(ListOrders(status=(OrderStatus.COMPLETED,)), Orders).orders) == 1


def test_an_order_is_shown_with_its_files_at_their_articles(mia: Mia, order: str) -> None:
    """Articles are counted from one."""
    shown = mia.shows(f"#{order}")
    assert [(each.article, each.number, len(each.files)) for each in shown.articles] == [
        (1, "BD-1", 0),
        (2, "HL-2", 1),
    ]
    assert shown.articles[1].files[0].name == FILE.name
    assert shown.files == ()
    assert shown.may_become == following(OrderStatus.RECEIVED)


@pytest.mark.parametrize("before", OrderStatus)
def test_only_some_statuses_can_follow(mia: Mia, order: str, before: OrderStatus) -> None:
    """Those that are shown; every other one is refused and changes nothing."""
    if before is not OrderStatus.RECEIVED:
        mia.does(SetOrderStatus(order, before))
    for after in set(OrderStatus) - {before, *following(before)}:
        with pytest.raises(Refused):
            mia.does(SetOrderStatus(order, after))
    assert mia.shows(order).status is before


def test_another_status_is_an_event_and_a_mail_to_who_ordered(
    desk: DeskConnection, mia: Mia, order: str
) -> None:
    """The same status again is neither."""
    for _twice in range(2):
        mia.does(SetOrderStatus(order, OrderStatus.QUESTION))
    (event,) = _sees(desk, ConversationEvent)
    assert (event.event, event.value, event.actor_name) == (EventKind.STATUS, "question", "Mia")
    (mail,) = [each for each in queued(desk) if each.to_address == CUSTOMER]
    assert "RET-1" in mail.body_text
    assert "We wait for your answer." in mail.body_text
    assert _sees(desk, Order)[0].status is OrderStatus.QUESTION


def test_the_vendor_edits_articles_and_note(desk: DeskConnection, mia: Mia, order: str) -> None:
    """What is not said stays; files stay with their article; the customer sees that something changed."""
    mia.does(EditOrder(order, note="Without pallet"))
    mia.does(EditArticle(order, 2, name="Headlamp", quantity=3))
    mia.does(AddArticle(order, number="CF-3"))
    (seen,) = _sees(desk, Order)
    assert seen.note == "Without pallet"
    assert seen.articles == (
        Article("BD-1", quantity=2),
        Article("HL-2", name="Headlamp", quantity=3),
        Article("CF-3"),
    )
    assert [len(each.files) for each in mia.shows(order).articles] == [0, 1, 0]
    changed = [each.value for each in _sees(desk, ConversationEvent) if each.event is EventKind.CHANGED]
    assert sorted(changed) == ["articles", "articles", "note"]


def test_an_article_is_taken_out_and_its_line_stays(desk: DeskConnection, mia: Mia, order: str) -> None:
    """With its files and its place; it is not counted, edited, given files or taken out again."""
    mia.does(RemoveArticle(order, 2))
    (seen,) = _sees(desk, Order)
    assert [(each.number, each.removed) for each in seen.articles] == [("BD-1", False), ("HL-2", True)]
    assert total_quantity(seen.articles) == 2
    assert [(each.removed, len(each.files)) for each in mia.shows(order).articles] == [(False, 0), (True, 1)]
    assert mia.asks(ListOrders(), Orders).orders[0].articles == 1
    file = mia.gives()
    for request in (
        RemoveArticle(order, 2),
        EditArticle(order, 2, name="N"),
        AddOrderFiles(order, 2, (file,)),
    ):
        with pytest.raises(InvalidInput):
            mia.does(request)
    with pytest.raises(Refused, match="at least one"):
        mia.does(RemoveArticle(order, 1))
    assert [each.value for each in _sees(desk, ConversationEvent)] == ["article_removed"]
    assert audited(mia) == ["remove_article"]


def test_files_come_to_an_order_and_go(desk: DeskConnection, mia: Mia, order: str) -> None:
    """To an article or to the whole; whoever added them, but not those of a message or of another order."""
    file = mia.gives()
    mia.does(AddOrderFiles(order, 1, (file,)))
    mia.does(AddOrderFiles(order, files=(file,)))
    mia.does(AnswerOrder(order, "See there.", (file,)))
    shown = mia.shows(order)
    assert [[each.name for each in line.files] for line in shown.articles] == [[file.name], [FILE.name]]
    assert [each.name for each in shown.files] == [file.name]
    other = _ordered(desk, "RET-2")
    mine = shown.articles[1].files[0].id
    for about, id in ((other, mine), (order, shown.conversation[0].files[0].id), (order, "none")):
        with pytest.raises(InvalidInput):
            mia.does(RemoveOrderFile(about, id))
    mia.does(RemoveOrderFile(order, mine))
    assert mia.shows(order).articles[1].files == ()
    assert mine not in {each.id for each in _sees(desk, Attachment)}
    assert audited(mia) == ["add_files", "add_files", "answer", "remove_file"]


def test_files_of_the_vendor_have_to_be_good_and_there(mia: Mia, order: str) -> None:
    """One at least, uploaded by who adds it, with a name that can be used, at an article that there is."""
    file = mia.gives()
    for wrong, error in (
        (AddOrderFiles(order), InvalidInput),
        (AddOrderFiles(order, 3, (file,)), InvalidInput),
        (AddOrderFiles(order, 1, (FILE,)), Refused),
        (AddOrderFiles(order, 1, (msgspec.structs.replace(file, name=".."),)), Refused),
    ):
        with pytest.raises(error):
            mia.does(wrong)
    assert mia.shows(order).articles[0].files == ()


def test_an_edit_that_changes_nothing_is_none(desk: DeskConnection, mia: Mia, order: str) -> None:
    """No event, no news."""
    mia.does(EditArticle(order, 1, quantity=2))
    mia.does(EditOrder(order, note=""))
    assert _sees(desk, ConversationEvent) == []


def test_what_the_vendor_edits_must_be_as_if_the_customer_wrote_it(
    desk: DeskConnection, mia: Mia, order: str
) -> None:
    """The same rules hold, and there are only the articles that there are."""
    faults = (Choice(id="broken", name=LocalText(en="Broken")),)
    catalogue = msgspec.structs.replace(CATALOGUE, order_faults=faults)
    settings.keep(desk, settings.settings_of(small_profile(catalogue=catalogue)))
    for wrong in (
        EditArticle(order, 1, number=" ", name=""),
        EditArticle(order, 1, fault="no-such-fault"),
        EditArticle(order, 1, name="x" * 201),
        EditOrder(order, note="x" * 2_001),
        EditOrder(order, order_kind="no-such-kind"),
        AddArticle(order),
    ):
        with pytest.raises(Refused):
            mia.does(wrong)
    with pytest.raises(InvalidInput):
        mia.does(EditArticle(order, 3, name="There is none"))
    mia.does(EditArticle(order, 1, fault="broken"))


def test_nothing_that_the_vendor_can_ask_names_the_customers_data() -> None:
    """No request that writes about an order has a field for whose it is or for its reference."""
    customers = {"reference", "requester", "requester_id", "organisation", "organisation_id", "created_at"}
    writing_verbs = [verb for verb in VERBS if verb.noun == "order" and verb.writes]
    assert len(writing_verbs) >= 7
    for verb in writing_verbs:
        assert not customers & set(verb.request.__struct_fields__), verb.name
        with pytest.raises(msgspec.ValidationError, match="unknown field"):
            msgspec.json.decode(b'{"order": "1", "reference": "mine"}', type=verb.request)


def test_the_customers_data_stay_whatever_the_vendor_does(desk: DeskConnection, mia: Mia, order: str) -> None:
    """Everything that can be done is done once."""
    (before,) = _sees(desk, Order)
    mia.does(SetOrderStatus(order, OrderStatus.IN_PROGRESS))
    mia.does(EditOrder(order, note="N"))
    mia.does(EditArticle(order, 1, name="N"))
    mia.does(AddArticle(order, name="N"))
    mia.does(AddOrderFiles(order, 3, (mia.gives(),)))
    mia.does(RemoveOrderFile(order, mia.shows(order).articles[2].files[0].id))
    mia.does(RemoveArticle(order, 3))
    mia.does(AnswerOrder(order, "Hello"))
    mia.does(NoteOrder(order, "Hm"))
    mia.does(AssignOrder(order))
    mia.does(RecordOrderTime(order, 5))
    (after,) = _sees(desk, Order)
    for name in ("id", "number", "reference", "requester_id", "organisation_id", "created_at"):
        assert getattr(after, name) == getattr(before, name)


def test_an_order_is_answered_assigned_and_worked_on(desk: DeskConnection, mia: Mia, order: str) -> None:
    """The note stays with the vendor."""
    mia.does(AnswerOrder(order, "It is being checked."))
    mia.does(NoteOrder(order, "Third time."))
    mia.does(AssignOrder(order))
    mia.does(RecordOrderTime(order, 15, "call"))
    shown = mia.shows(order)
    assert [(each.body, each.internal) for each in shown.conversation] == [
        ("It is being checked.", False),
        ("Third time.", True),
    ]
    assert shown.assignee == "Mia"
    assert [each.minutes for each in shown.time_records] == [15]
    assert _sees(desk, Order)[0].assignee_name in {"Mia", ""}
    assert len(_sees(desk, TimeRecord)) in {0, 1}


def test_only_staff_work_on_orders(desk: DeskConnection, order: str) -> None:
    """Nobody else has the right, whatever they found."""
    jana = Mia(desk, CUSTOMER)
    for request in (
        SetOrderStatus(order, OrderStatus.COMPLETED),
        EditOrder(order, note="N"),
        AddArticle(order, name="N"),
        RemoveArticle(order, 2),
        AddOrderFiles(order, files=(FILE,)),
        RemoveOrderFile(order, Mia(desk).shows(order).articles[1].files[0].id),
        AnswerOrder(order, "N"),
    ):
        with pytest.raises(NotAllowed):
            jana.does(request)


def test_the_command_line_shows_articles_with_their_files(
    mia: Mia, order: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A line for each, their files below, and which statuses can follow."""
    mia.does(NoteOrder(order, "Third time."))
    printing.tell(mia.shows(order), as_json=False)
    told = capsys.readouterr().out
    for part in (f"#{order}  RET-1", "may_become: in_progress", "BD-1", "HL-2", FILE.name, "Third time."):
        assert part in told


def test_an_order_that_is_not_there_is_named(mia: Mia) -> None:
    """By the number that was asked for."""
    with pytest.raises(InvalidInput, match="77"):
        mia.shows("77")


def test_a_ticket_takes_no_status_of_an_order(desk: DeskConnection, mia: Mia) -> None:
    """Their numbers are counted apart, and so are their verbs."""
    number = staff.report_for(desk, mia.by.person_id, person_of(desk, CUSTOMER), "Printer", "Help", NOW)
    with pytest.raises(InvalidInput):
        mia.does(SetOrderStatus(number, OrderStatus.SENT))
