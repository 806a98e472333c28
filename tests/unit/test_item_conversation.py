"""The conversation about an order, with a real replica and a real desk: the same promises as for a ticket."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from supportdesk import clock
from supportdesk.app.conversation import FilesAdded, Happened, Said, Side, Waiting
from supportdesk.app.conversation_presenter import ItemPresenter
from supportdesk.app.conversation_state import Phase
from supportdesk.bootstrap import Running
from supportdesk.domain.changes import Page, Upsert
from supportdesk.domain.commands import Command, CreateOrder, NewArticle
from supportdesk.domain.entities import (
    Attachment,
    ConversationEvent,
    ConversationKind,
    Entity,
    EventKind,
    Message,
    Role,
    TimeRecord,
)
from supportdesk.domain.orders import Article
from supportdesk.domain.projections import Account, Draft, OutboxState
from tests.support.workspace import Loop, demo_account, running


@pytest.fixture
def loop() -> Loop:
    return Loop()


@pytest.fixture
def opened(tmp_path: Path, loop: Loop) -> Iterator[Running]:
    with running(tmp_path / "data", loop) as it:
        yield it


@pytest.fixture
def account(opened: Running) -> Account:
    return demo_account(opened, "orders")


@pytest.fixture
def talk(opened: Running, account: Account, loop: Loop) -> Iterator[ItemPresenter]:
    """Of an order that has just arrived at the vendor."""
    made = Command(clock.uuid7(), clock.now(), an_order(opened, account))
    workspace = opened.workspace
    workspace.write(lambda w: w.send(None, account.id, made)).result(20)
    workspace.sync.kick(account.id)
    presenter = ItemPresenter(workspace, lambda _path: None)
    presenter.open(account.id, made.id)
    loop.drain(lambda: presenter.state.is_known_to_vendor)
    yield presenter
    presenter.close()


def an_order(opened: Running, account: Account) -> CreateOrder:
    catalogue = opened.workspace.read(lambda r: r.catalogue(account.id)).result(20)
    assert catalogue is not None
    kinds, faults, conditions = (
        next((each.id for each in choices), "")
        for choices in (catalogue.order_kinds, catalogue.order_faults, catalogue.order_conditions)
    )
    article = Article("4711", "Brake disc", quantity=2, fault=faults, condition=conditions)
    return CreateOrder("RET-TEST-1", (NewArticle(article),), order_kind=kinds)


def said(talk: ItemPresenter) -> list[Said]:
    return [entry for entry in talk.state.entries if isinstance(entry, Said)]


def tell(talk: ItemPresenter, opened: Running, *facts: Entity) -> None:
    """What the vendor's people did, as the backend tells it."""
    account_id = talk.key[0]
    cursor = opened.workspace.read(lambda r: r.cursor(account_id)).result(20) or ""
    told = Page(tuple(map(Upsert, facts)), cursor, more=False)
    opened.workspace.write(lambda w: w.apply(account_id, told)).result(20)


def test_an_answer_about_an_order_arrives(talk: ItemPresenter, loop: Loop) -> None:
    """It is sent once, becomes a message of one's own, and the box is empty again."""
    assert talk.state.kind is ConversationKind.ORDER
    assert talk.state.can_reply
    talk.write("One of them was bent.")
    done: list[bool] = []
    talk.send_reply(lambda: done.append(True))
    loop.drain(lambda: [each.body for each in said(talk)] == ["One of them was bent."])
    assert done == [True]
    assert said(talk)[0].side is Side.OWN
    assert talk.state.reply.is_empty
    assert [each.do for each in talk.state.deliveries] == ["reply", "create_order"]


def test_an_answer_waits_offline_and_is_taken_back(talk: ItemPresenter, opened: Running, loop: Loop) -> None:
    """It stands at the end of the conversation until then, and comes under the pen again."""
    opened.workspace.sync.go_offline(True)
    talk.write("Later")
    talk.send_reply(lambda: None)
    loop.drain(lambda: bool(talk.state.entries) and isinstance(talk.state.entries[-1], Waiting))
    waiting = talk.state.entries[-1]
    assert isinstance(waiting, Waiting)
    loop.drain(lambda: talk.state.deliveries[0].state is OutboxState.QUEUED)
    talk.edit(waiting.message)
    loop.drain(lambda: talk.state.reply.text == "Later" and not talk.state.is_on_its_way)


def test_what_was_begun_is_there_again(talk: ItemPresenter, opened: Running, loop: Loop) -> None:
    """Text and file of an answer are a draft of this order, for whoever opens it next."""
    talk.write("I was just about to")
    talk.add_picture(b"\x89PNG not really", "shot.png")
    loop.drain(lambda: len(talk.state.reply.files) == 1 and talk.state.reply.saved_at is not None)
    talk.keep()

    def kept() -> tuple[Draft, ...]:
        return opened.workspace.read(lambda r: r.drafts(talk.key[0])).result(20)

    assert [(each.kind, each.subject) for each in kept()] == [(f"reply:{talk.key[1]}", "RET-TEST-1")]
    again = ItemPresenter(opened.workspace, lambda _path: None)
    again.open(*talk.key)
    loop.drain(lambda: again.state.reply.text == "I was just about to")
    assert [file.name for file in again.state.reply.files] == ["shot.png"]
    again.close()


def test_what_the_vendor_did_is_told(talk: ItemPresenter, opened: Running, loop: Loop) -> None:
    """Messages with the time booked for them, events folded, who takes care of it."""
    id, at = talk.key[1], clock.now()
    tell(
        talk,
        opened,
        Message("m", id, "mia", "Mia Storm", Role.STAFF, "Please send a photo.", at),
        TimeRecord("r", id, "Mia Storm", 15, "", at),
        *(ConversationEvent(f"e{n}", id, EventKind.STATUS, at, "Mia", "in_progress") for n in range(3)),
    )
    loop.drain(lambda: len(said(talk)) == 1)
    assert [record.minutes for record in said(talk)[0].times] == [15]
    (events,) = [entry for entry in talk.state.entries if isinstance(entry, Happened)]
    assert events.folded


def test_what_an_order_came_with_is_no_news(talk: ItemPresenter, opened: Running, loop: Loop) -> None:
    """Its files stand with its articles; one that is added later is told of in the conversation."""
    view = talk.state.view
    assert view is not None
    came, later = view.row.created_at, clock.now()
    files = [
        Attachment(id, view.row.id, f"{id}.png", 3, "0" * 64, "image/png", at, article=0)
        for id, at in (("first", came), ("second", later))
    ]
    tell(talk, opened, *files)
    loop.drain(lambda: talk.state.view is not None and len(talk.state.view.attachments) == 2)
    told = [entry.files for entry in talk.state.entries if isinstance(entry, FilesAdded)]
    assert [[file.id for file in added] for added in told] == [["second"]]


def test_files_that_the_vendor_added_stand_on_its_side(
    talk: ItemPresenter, opened: Running, loop: Loop
) -> None:
    """An event of the same moment tells of them."""
    id, at = talk.key[1], clock.now()
    files = [
        Attachment(name, id, f"{name}.png", 3, "0" * 64, "image/png", at + timedelta(minutes=minutes))
        for name, minutes in (("measured", 0), ("mine", 1))
    ]
    tell(talk, opened, *files, ConversationEvent("e", id, EventKind.CHANGED, at, "Mia", "files_added"))
    loop.drain(lambda: talk.state.view is not None and len(talk.state.view.attachments) == 2)
    told = [(each.files[0].id, each.side) for each in talk.state.entries if isinstance(each, FilesAdded)]
    assert told == [("measured", Side.VENDOR), ("mine", Side.OWN)]


def test_news_about_an_order_is_read_once_it_was_seen(
    talk: ItemPresenter, opened: Running, loop: Loop
) -> None:
    """Seeing it marks it read at once, and the vendor is told which kind of thing that was."""
    assert talk.state.view is not None
    fact = talk.state.view.row.fact
    assert fact is not None
    tell(talk, opened, changed(fact))
    loop.drain(lambda: talk.state.view is not None and talk.state.view.row.unread)
    talk.seen()
    loop.drain(lambda: talk.state.view is not None and not talk.state.view.row.unread)


def changed(fact: Entity) -> Entity:
    """Changed by somebody else just now."""
    return msgspec.structs.replace(fact, updated_at=clock.now(), last_author_id="mia")


def test_an_answered_question_waits_no_more(
    opened: Running, account: Account, talk: ItemPresenter, loop: Loop
) -> None:
    """At once, also before the vendor has it; then the order is in progress there, too."""
    (asked, *_rest) = waiting_orders(opened, account)
    talk.open(account.id, asked)
    loop.drain(lambda: state(talk) == "question")
    opened.workspace.sync.go_offline(True)
    talk.write("Yes, in all of them.")
    talk.send_reply(lambda: None)
    loop.drain(lambda: state(talk) == "in_progress")
    assert asked not in waiting_orders(opened, account)
    opened.workspace.sync.go_offline(False)
    loop.drain(lambda: bool(said(talk)) and said(talk)[-1].body == "Yes, in all of them.")
    assert state(talk) == "in_progress"
    assert asked not in waiting_orders(opened, account)


def waiting_orders(opened: Running, account: Account) -> list[str]:
    home = opened.workspace.read(lambda r: r.home(account.id, clock.now())).result(20)
    return [each.id for each in home.waiting if each.kind == "order"]


def state(talk: ItemPresenter) -> str:
    return talk.state.view.row.state if talk.state.view is not None else ""


def test_what_is_gone_is_said_to_be_gone(talk: ItemPresenter, loop: Loop) -> None:
    """Not an error that could be tried again."""
    talk.open(talk.key[0], "nothing")
    loop.drain(lambda: talk.state.phase is Phase.GONE)
