"""Everything the customer sent that is on its way."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from supportdesk import clock
from supportdesk.app.connection import ConnectionPresenter
from supportdesk.app.notifications import Notice, Notifications
from supportdesk.app.outbox_list import OutboxPresenter, can_retry, can_take_back
from supportdesk.app.settings import NOTIFY_DELIVERY
from supportdesk.bootstrap import Running
from supportdesk.domain.changes import Page, Upsert
from supportdesk.domain.commands import Command, CreateTicket
from supportdesk.domain.projections import Account, Link, OutboxState
from tests.support.facts import document, order
from tests.support.workspace import Loop, demo_account, running


@contextmanager
def customer(folder: Path) -> Iterator[tuple[Running, Loop, Account]]:
    loop = Loop()
    with running(folder, loop) as opened:
        yield opened, loop, demo_account(opened)


def report(opened: Running, account: Account, subject: str = "Paper jam") -> str:
    """Sends a report and returns its id."""
    command = Command(clock.uuid7(), clock.now(), CreateTicket(subject, "Stuck.", service_id="general"))
    opened.workspace.write(lambda writer: writer.send(None, account.id, command)).result(20)
    return command.id


def offline(opened: Running, loop: Loop, account: Account) -> None:
    opened.workspace.sync.go_offline(offline=True)
    loop.drain(lambda: opened.workspace.sync.state(account.id).link is Link.OFFLINE)


def test_what_cannot_be_sent_now_waits_and_arrives_later(tmp_path: Path) -> None:
    """Offline it stands among the waiting; with a connection it moves to the arrived by itself."""
    with customer(tmp_path) as (opened, loop, account):
        offline(opened, loop, account)
        presenter = OutboxPresenter(opened.workspace, account.id)
        pill = ConnectionPresenter(opened.workspace, account.id)
        command_id = report(opened, account)
        loop.drain(lambda: [each.command_id for each in presenter.state.waiting] == [command_id])
        loop.drain(lambda: pill.state.waiting == 1 and pill.state.link is Link.OFFLINE)
        assert presenter.state.link is Link.OFFLINE
        opened.workspace.sync.go_offline(offline=False)
        presenter.try_now()
        loop.drain(
            lambda: [each.command_id for each in presenter.state.arrived] == [command_id], timeout_s=30
        )
        assert presenter.state.waiting == ()
        assert presenter.state.arrived[0].number
        presenter.close()
        pill.close()


def test_what_waits_can_be_taken_back(tmp_path: Path) -> None:
    """It is gone from the list, and the person is told once it really is."""
    with customer(tmp_path) as (opened, loop, account):
        offline(opened, loop, account)
        presenter = OutboxPresenter(opened.workspace, account.id)
        command_id = report(opened, account)
        loop.drain(lambda: bool(presenter.state.waiting))
        assert can_take_back(presenter.state.waiting[0].state)
        assert not can_retry(presenter.state.waiting[0].state)
        done: list[str] = []
        presenter.take_back(command_id, lambda: done.append("taken back"))
        loop.drain(lambda: presenter.state.waiting == () and done == ["taken back"])
        state = opened.workspace.read(lambda reader: reader.delivery(command_id)).result(20).state
        assert state is OutboxState.CANCELLED
        presenter.close()


def test_what_has_arrived_cannot_be_taken_back(tmp_path: Path) -> None:
    """The error is shown and nothing changes."""
    with customer(tmp_path) as (opened, loop, account):
        presenter = OutboxPresenter(opened.workspace, account.id)
        command_id = report(opened, account)
        opened.workspace.sync.kick(account.id)
        loop.drain(lambda: bool(presenter.state.arrived), timeout_s=30)
        assert not can_take_back(presenter.state.arrived[0].state)
        presenter.take_back(command_id, lambda: None)
        loop.drain(lambda: presenter.state.error is not None)
        presenter.close()


def test_one_log_is_unfolded_at_a_time(tmp_path: Path) -> None:
    """Choosing it again folds it."""
    with customer(tmp_path) as (opened, _loop, account):
        presenter = OutboxPresenter(opened.workspace, account.id)
        presenter.unfold("a")
        presenter.unfold("b")
        assert presenter.state.opened == "b"
        presenter.unfold("b")
        assert presenter.state.opened == ""
        presenter.show("a")
        presenter.show("a")
        assert presenter.state.opened == "a"
        presenter.close()


def test_something_that_waited_is_told_when_it_is_sent(tmp_path: Path) -> None:
    """Only what had to wait is news, and only while the setting is on."""
    with customer(tmp_path) as (opened, loop, account):
        told: list[Notice] = []
        notifications = Notifications(opened.workspace, told.append)
        notifications._look(account.id)
        loop.drain(lambda: account.id in notifications._known)
        offline(opened, loop, account)
        report(opened, account, "Waited")
        opened.workspace.sync.kick(account.id)
        opened.workspace.sync.go_offline(offline=False)
        opened.workspace.sync.kick(account.id)
        loop.drain(lambda: bool(told), timeout_s=30)
        assert [(notice.setting, notice.text) for notice in told] == [(NOTIFY_DELIVERY, "Waited")]
        assert told[0].route.screen == "ticket"
        notifications.close()


def test_news_about_what_is_no_ticket_is_told(tmp_path: Path) -> None:
    """A document that arrives to be signed, and an answer about an order; each leads to where it is shown."""
    with customer(tmp_path) as (opened, loop, account):
        told: list[Notice] = []
        notifications = Notifications(opened.workspace, told.append)
        notifications._look(account.id)
        loop.drain(lambda: account.id in notifications._known)
        cursor = opened.workspace.read(lambda r: r.cursor(account.id)).result(20) or ""
        page = Page((Upsert(document("d1", "Second cash desk")), Upsert(order("o1"))), cursor, more=False)
        opened.workspace.write(lambda writer: writer.apply(account.id, page)).result(20)
        loop.drain(lambda: len(told) == 2)
        assert [(notice.title, notice.text, notice.route.screen) for notice in told] == [
            ("Please sign a document", "Second cash desk", "document"),
            ("News about your order", "RET-1", "order"),
        ]
        notifications.close()
