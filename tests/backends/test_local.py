"""What is the embedded desk's own: threads, sharing, news, and trouble with its folder."""

import asyncio
import errno
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from supportdesk.backends.contract.tools import Person, file_ref, publication, signed_in
from supportdesk.backends.local import borrowed, open_backend
from supportdesk.backends.local.embedded import borrow, give_back
from supportdesk.clock import now
from supportdesk.desk.demo.content import load_demo_content
from supportdesk.desk.store.database import DeskConnection, writing
from supportdesk.desk.store.files import ABANDONED_AFTER
from supportdesk.desk.store.schema import sessions, uploads
from supportdesk.domain import profile_files as profiles
from supportdesk.domain.account import AccountAnswer, ListSessions, MailCode, OwnSessions
from supportdesk.domain.commands import MarkRead
from supportdesk.domain.demo import DEMO_PASSWORD
from supportdesk.domain.entities import PublicationKind, Ticket
from supportdesk.domain.errors import AuthenticationFailed, BackendError, SessionExpired
from supportdesk.file_lock import FileLock
from tests.support.desk import LocalWorld, count_of, local_world, small_profile
from tests.support.mails import mails_in, queued, text_of


@pytest.fixture
def world(tmp_path: Path) -> Iterator[LocalWorld]:
    with local_world(tmp_path / "desk") as world:
        yield world


def test_making_a_backend_touches_nothing(tmp_path: Path) -> None:
    """The calling thread neither imports SQLAlchemy nor waits for the disk; the desk's own thread does."""
    code = (
        "import sys, pathlib, asyncio\n"
        "from supportdesk.domain import profile_files as profiles\n"
        "from supportdesk.backends.local import open_backend\n"
        "profile = profiles.load(profiles.bundled_path('practice'))\n"
        "assert 'sqlalchemy' not in sys.modules\n"
        "backend = open_backend(profile, pathlib.Path(sys.argv[1]))\n"
        "asyncio.run(backend.close())\n"
        "assert 'sqlalchemy' in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=True)


def test_a_demo_desk_is_filled_when_it_is_first_opened(tmp_path: Path) -> None:
    """Its demo customer signs in and finds the tickets; the second opening finds the same."""
    profile = profiles.load(profiles.bundled_path("practice"))
    user = load_demo_content("practice").demo_customer().email

    async def look() -> set[str]:
        backend = open_backend(profile, tmp_path)
        try:
            await backend.sign_in(user, DEMO_PASSWORD)
            mirror = await Person(backend).sees()
            return {ticket.id for ticket in mirror.all(Ticket)}
        finally:
            await backend.close()

    first = asyncio.run(look())
    assert len(first) > 30
    assert asyncio.run(look()) == first


def test_accounts_share_one_desk_and_the_last_one_closes_it(tmp_path: Path) -> None:
    """Two connections to one folder have one set of threads, which end with the second."""

    def threads() -> int:
        return sum(thread.name.startswith("desk-") for thread in threading.enumerate())

    async def use() -> list[int]:
        seen = [threads()]
        one, other = (open_backend(small_profile(), tmp_path) for _account in range(2))
        for backend in (one, other):
            with pytest.raises(AuthenticationFailed):
                await backend.sign_in("nobody", "wrong-password")
        seen.append(threads())
        await one.close()
        await one.close()
        seen.append(threads())
        await other.close()
        seen.append(threads())
        return seen

    assert asyncio.run(use()) == [0, 4, 4, 0]


def test_news_wake_those_who_wait(world: LocalWorld) -> None:
    """A colleague's ticket ends the waiting at once; own reading does not make one wait for ever."""

    async def wait() -> None:
        async with (
            signed_in(world, world.customer) as customer,
            signed_in(world, world.colleague) as colleague,
        ):
            await customer.sees()
            waiting = asyncio.ensure_future(customer.backend.wait_for_change())
            await asyncio.sleep(0)
            assert not waiting.done()
            ticket = (await colleague.do(world.new_ticket("Printer"))).entity_id
            await asyncio.wait_for(waiting, timeout=20)
            assert ("ticket", ticket) in (await customer.sees()).facts

    asyncio.run(wait())


def test_news_between_a_pull_and_the_waiting_are_not_missed(world: LocalWorld) -> None:
    """What happened since the last pull ends the waiting before it begins."""

    async def wait() -> None:
        async with (
            signed_in(world, world.customer) as customer,
            signed_in(world, world.colleague) as colleague,
        ):
            await customer.sees()
            await colleague.do(world.new_ticket("Printer"))
            await asyncio.wait_for(customer.backend.wait_for_change(), timeout=20)

    asyncio.run(wait())


def test_waiting_can_be_given_up(world: LocalWorld) -> None:
    """A cancelled wait leaves nothing behind that later news would stumble over."""

    async def give_up() -> None:
        async with signed_in(world, world.customer) as customer:
            await customer.sees()
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(customer.backend.wait_for_change(), timeout=0.01)

    asyncio.run(give_up())
    asyncio.run(world.publish(publication(PublicationKind.NOTICE)))


def test_a_damaged_desk_fails_every_call_and_can_be_closed(tmp_path: Path) -> None:
    """The error names the damage; nothing hangs."""
    (tmp_path / "desk.db").write_bytes(b"no database" * 1000)

    async def use() -> None:
        backend = open_backend(small_profile(), tmp_path)
        for _attempt in range(2):
            with pytest.raises(BackendError, match="damaged"):
                await backend.sign_in("jana", "wrong-password")
        await backend.close()

    asyncio.run(use())


def test_a_full_disk_is_tried_again_later(world: LocalWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    """An upload that cannot be written is an error of the backend: the file stays in the outbox."""

    def no_space(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    async def use() -> None:
        async with signed_in(world, world.customer) as customer:
            with monkeypatch.context() as patch:
                patch.setattr(os, "fsync", no_space)
                with pytest.raises(BackendError):
                    await customer.upload(b"content")
            file = await customer.upload(b"content")
            await customer.do(msgspec.structs.replace(world.new_ticket("Printer"), files=(file,)))

    asyncio.run(use())


def test_an_upload_that_ended_before_it_was_checked_is_finished(
    world: LocalWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All bytes were there when the computer went off: asking how much is there completes it."""

    def power_cut(_path: Path) -> str:
        raise OSError(errno.EIO, "Input/output error")

    async def use() -> None:
        async with signed_in(world, world.customer) as customer:
            with monkeypatch.context() as patch:
                patch.setattr("supportdesk.desk.store.files.sha256_of", power_cut)
                with pytest.raises(BackendError):
                    await customer.upload(b"content")
            assert await customer.backend.uploaded_bytes(file_ref(b"content")) == len(b"content")
            file = file_ref(b"content")
            await customer.do(msgspec.structs.replace(world.new_ticket("Printer"), files=(file,)))

    asyncio.run(use())


def test_what_was_never_attached_is_removed_when_the_desk_is_opened(tmp_path: Path) -> None:
    """After a week; what belongs to a ticket stays, and what was brought since."""
    long_ago = now() - ABANDONED_AFTER - timedelta(hours=1)

    def age(connection: DeskConnection) -> None:
        with writing(connection):
            connection.execute(uploads.update().values(completed_at=long_ago))
        for path in (tmp_path / "files").glob("??/*"):
            os.utime(path, (long_ago.timestamp(),) * 2)

    async def use(world: LocalWorld) -> None:
        async with signed_in(world, world.customer) as customer:
            await customer.upload(b"forgotten")
            file = await customer.upload(b"attached")
            await customer.do(msgspec.structs.replace(world.new_ticket("Printer"), files=(file,)))
            world.now_do(age)
            await customer.upload(b"young")

    with local_world(tmp_path) as world:
        asyncio.run(use(world))
    with borrowed(world.profile, world.folder) as desk:
        desk.database(lambda connection: None).result()
    left = {path.name for path in (tmp_path / "files").glob("??/*")}
    assert left == {file_ref(content).sha256 for content in (b"attached", b"young")}


def test_old_rows_are_swept_when_the_desk_is_opened(tmp_path: Path) -> None:
    """As in a server."""

    def age(connection: DeskConnection) -> None:
        with writing(connection):
            connection.execute(sessions.update().values(expires_at=now() - timedelta(days=366)))

    async def use(world: LocalWorld) -> None:
        async with signed_in(world, world.customer):
            world.now_do(age)

    with local_world(tmp_path) as world:
        asyncio.run(use(world))
    with borrowed(world.profile, world.folder) as desk:
        assert desk.database(lambda connection: count_of(connection, sessions)).result() == 0


def test_an_upload_begun_with_another_size_begins_anew(world: LocalWorld) -> None:
    """What somebody claimed wrongly before does not stand in the way."""

    async def use() -> None:
        async with signed_in(world, world.customer) as customer:
            wrong = msgspec.structs.replace(file_ref(b"content"), size_bytes=20)
            assert await customer.backend.upload(wrong, 0, b"content and more") == 16
            await customer.upload(b"content")

    asyncio.run(use())


def test_a_session_in_use_does_not_end(world: LocalWorld) -> None:
    """Who comes once a month stays signed in; who stays away for long does not."""

    async def use() -> None:
        async with signed_in(world, world.customer) as customer:
            for _month in range(6):
                await world.let_days_pass(30)
                await customer.backend.welcome()
            await world.let_days_pass(90)
            with pytest.raises(SessionExpired):
                await customer.backend.welcome()

    asyncio.run(use())


def test_the_vendors_side_works_beside_the_app(tmp_path: Path) -> None:
    """Somebody without an event loop borrows the same desk."""
    with local_world(tmp_path) as world, borrowed(world.profile, world.folder) as desk:
        assert desk is world.desk
        assert desk.database(lambda connection: connection.dialect.name).result() == "sqlite"


def test_marks_do_not_wake_the_marker_for_ever(world: LocalWorld) -> None:
    """After pulling one's own mark there is nothing more to wait for."""

    async def use() -> None:
        async with signed_in(world, world.customer) as customer:
            ticket = (await customer.do(world.new_ticket("Printer"))).entity_id
            await customer.do(MarkRead(what="ticket", id=ticket))
            await asyncio.wait_for(customer.backend.wait_for_change(), timeout=20)
            await customer.sees()
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(customer.backend.wait_for_change(), timeout=0.01)

    asyncio.run(use())


def test_a_close_that_nobody_waits_for_still_ends_the_threads(tmp_path: Path) -> None:
    """Cancelled while the desk is busy, it goes on behind the work: no thread, no connection stays."""
    desk = borrow(small_profile(), tmp_path / "desk")
    begun, go = threading.Event(), threading.Event()

    def work(_connection: object) -> None:
        begun.set()
        go.wait(20)

    busy = desk.database(work)
    assert begun.wait(20)

    async def impatient() -> None:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(give_back(desk), 0.05)

    asyncio.run(impatient())
    go.set()
    busy.result(20)
    for thread in [thread for thread in threading.enumerate() if "desk-small" in thread.name]:
        thread.join(20)
        assert not thread.is_alive()
    FileLock(desk.folder / "desk.lock").release()


def test_a_desk_is_not_opened_while_the_last_one_is_still_closing(tmp_path: Path) -> None:
    """Signing in while the last sign-out is under way: the new desk waits for the old one's connection."""
    folder = tmp_path / "desk"
    first = borrow(small_profile(), folder)
    begun, go = threading.Event(), threading.Event()

    def work(_connection: object) -> None:
        begun.set()
        go.wait(20)

    busy = first.database(work)
    assert begun.wait(20)

    async def overlap() -> None:
        leaving = asyncio.ensure_future(give_back(first))
        await asyncio.sleep(0)
        second = borrow(small_profile(), folder)
        assert second is not first
        opened = second.database(lambda connection: not connection.closed)
        with pytest.raises(TimeoutError):
            opened.result(0.2)
        go.set()
        busy.result(20)
        assert await asyncio.wrap_future(opened), "the first one has let go of the files"
        await leaving
        await give_back(second)

    asyncio.run(overlap())


def test_a_desk_that_could_not_be_opened_holds_up_nobody(tmp_path: Path) -> None:
    """After a damaged desk was given back, the next one on the same folder is opened."""
    folder = tmp_path / "desk"
    folder.mkdir()
    (folder / "desk.db").write_bytes(b"no database" * 1000)

    async def use() -> bool:
        await give_back(borrow(small_profile(), folder))
        (folder / "desk.db").unlink()
        desk = borrow(small_profile(), folder)
        try:
            return await asyncio.wrap_future(desk.database(lambda connection: not connection.closed))
        finally:
            await give_back(desk)

    assert asyncio.run(use())


def test_mails_lie_in_the_desks_mailbox(world: LocalWorld) -> None:
    """What is asked for at the door and what staff answer: each a file, there when the answer is."""

    async def use() -> None:
        async with signed_in(world, world.customer) as customer:
            assert (await customer.backend.door()).mailbox
            ticket = (await customer.do(world.new_ticket("Printer"))).entity_id
            assert not world.desk.mailbox.exists()
            await world.answer(ticket, "Turn it on.")
            await customer.backend.ask(MailCode("reset", world.customer.user, "en"))
            await customer.backend.ask(MailCode("reset", "nobody@nowhere.example", "en"))

    asyncio.run(use())
    found = mails_in(world.desk.mailbox)
    assert [mail["To"] for mail in found] == [world.customer.user] * 2
    assert "Turn it on." in text_of(found[0])
    assert "supportdesk://account?code=" in text_of(found[1])


def test_a_mailbox_that_cannot_be_written_stands_in_nobodys_way(
    world: LocalWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The answer is there; the mail waits in the queue."""

    def no_space(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    async def use() -> str:
        async with signed_in(world, world.customer) as customer:
            ticket = (await customer.do(world.new_ticket("Printer"))).entity_id
            with monkeypatch.context() as patch:
                patch.setattr(os, "fsync", no_space)
                await world.answer(ticket, "Turn it on.")
            assert [each.body for each in (await customer.sees()).messages(ticket)][-1] == "Turn it on."
        return ticket

    asyncio.run(use())
    assert mails_in(world.desk.mailbox) == []
    assert len(world.now_do(queued)) == 1


def test_sessions_of_an_embedded_desk_are_named_after_this_computer(world: LocalWorld) -> None:
    """There is no other one."""

    async def use() -> AccountAnswer:
        async with signed_in(world, world.customer) as customer:
            return await customer.backend.ask(ListSessions())

    told = asyncio.run(use())
    assert isinstance(told, OwnSessions)
    assert [(each.device, each.current) for each in told.sessions] == [("This computer", True)]
