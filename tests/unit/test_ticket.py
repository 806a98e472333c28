"""One ticket, with a real replica and a real desk."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from supportdesk.app.conversation import Said, Side, Waiting
from supportdesk.app.conversation_state import Phase
from supportdesk.app.home import HomePresenter
from supportdesk.app.reading import ReadingPresenter
from supportdesk.app.reopen import ReopenPhase, ReopenPresenter
from supportdesk.app.ticket import TicketPresenter
from supportdesk.bootstrap import Running
from supportdesk.domain.capabilities import Capabilities, Capability
from supportdesk.domain.demo import DEMO_PASSWORD
from supportdesk.domain.entities import Attachment, PublicationKind
from supportdesk.domain.projections import Account, OutboxState, TicketQuery, TicketRow
from supportdesk.domain.status import Stage
from tests.support.photos import photo
from tests.support.workspace import Loop, demo_account, running

QUESTION, SOLVED, IN_PROGRESS = "1042", "1038", "1041"


@pytest.fixture
def loop() -> Loop:
    return Loop()


@pytest.fixture
def opened(tmp_path: Path, loop: Loop) -> Iterator[Running]:
    with running(tmp_path / "data", loop) as it:
        yield it


@pytest.fixture
def account(opened: Running) -> Account:
    return demo_account(opened)


@pytest.fixture
def outside() -> list[Path]:
    """Files that were handed to the system's programs."""
    return []


@pytest.fixture
def show(
    opened: Running, account: Account, loop: Loop, outside: list[Path]
) -> Iterator[Callable[[str], TicketPresenter]]:
    """Opens a ticket by its number."""
    made: list[TicketPresenter] = []

    def open_ticket(number: str) -> TicketPresenter:
        _account, ticket_id = opened.workspace.read(lambda r: r.ticket_by_number(account.id, number)).result(
            5
        )
        presenter = TicketPresenter(opened.workspace, outside.append)
        made.append(presenter)
        presenter.open(account.id, ticket_id)
        loop.drain(lambda: presenter.state.phase is Phase.READY)
        return presenter

    yield open_ticket
    for presenter in made:
        presenter.close()


Show = Callable[[str], TicketPresenter]


def stage(presenter: TicketPresenter) -> Stage | None:
    return presenter.state.view.row.stage if presenter.state.view else None


def test_an_answer_arrives(show: Show, loop: Loop) -> None:
    """A reply is sent, becomes a message of one's own, and hands the ball back to the vendor."""
    ticket = show(QUESTION)
    ticket.write("It is a Brother, and yes, a driver was updated.")
    done: list[bool] = []
    ticket.send_reply(lambda: done.append(True))

    def said() -> list[Said]:
        return [entry for entry in ticket.state.entries if isinstance(entry, Said)]

    loop.drain(lambda: said()[-1].body.startswith("It is a Brother"))
    assert done == [True]
    assert stage(ticket) is Stage.IN_PROGRESS
    assert said()[-1].side is Side.OWN
    assert ticket.state.reply.is_empty


def test_an_answer_without_a_connection_is_shown_as_waiting(show: Show, opened: Running, loop: Loop) -> None:
    """Offline the reply stands in the conversation as not sent yet, and can be taken back and edited."""
    opened.workspace.sync.go_offline(True)
    ticket = show(QUESTION)
    ticket.write("Later")
    ticket.send_reply(lambda: None)
    loop.drain(lambda: isinstance(ticket.state.entries[-1], Waiting))
    waiting = ticket.state.entries[-1]
    assert isinstance(waiting, Waiting)
    assert waiting.message.state in {OutboxState.QUEUED, OutboxState.UPLOADING, OutboxState.SENDING}
    loop.drain(lambda: ticket.state.deliveries[0].state is OutboxState.QUEUED)
    ticket.edit(waiting.message)
    loop.drain(lambda: ticket.state.reply.text == "Later" and not ticket.state.is_on_its_way)
    assert not any(isinstance(entry, Waiting) for entry in ticket.state.entries)


def test_a_begun_answer_is_there_again(show: Show, loop: Loop) -> None:
    """Text and files of a reply survive leaving the ticket, and belong to that ticket alone."""
    ticket = show(QUESTION)
    ticket.write("I was just about to")
    ticket.add_picture(b"\x89PNG not really", "shot.png", 2)
    loop.drain(lambda: len(ticket.state.reply.files) == 1 and ticket.state.reply.saved_at is not None)
    ticket.close()
    again, other = show(QUESTION), show(IN_PROGRESS)
    loop.drain(lambda: again.state.reply.text == "I was just about to")
    assert [file.name for file in again.state.reply.files] == ["shot.png"]
    assert list(again.state.reply.warnings.values()) == ["2 areas blacked out"]
    assert other.state.reply.is_empty


def test_typing_is_kept_when_the_ticket_changes_under_it(show: Show, opened: Running, loop: Loop) -> None:
    """A change that arrives from the vendor redraws the conversation and leaves the typed text alone."""
    ticket = show(QUESTION)
    ticket.write("Half a sen")
    before = ticket.state.view
    ticket.rate(helpful=True)  # anything that touches this ticket in the store
    loop.drain(lambda: ticket.state.view != before or ticket.state.deliveries != ())
    assert ticket.state.reply.text == "Half a sen"


def test_one_answer_in_two_places_is_one(show: Show, loop: Loop) -> None:
    """What is typed beside the list is there on the ticket's own page, and gone in both once it is sent."""
    beside, page = show(QUESTION), show(QUESTION)
    beside.write("typed beside the list")
    beside.keep()
    loop.drain(lambda: page.state.reply.text == "typed beside the list")
    page.send_reply(lambda: None)
    loop.drain(lambda: beside.state.reply.is_empty and page.state.reply.is_empty)


def test_an_emptied_answer_leaves_no_draft(show: Show, opened: Running, account: Account, loop: Loop) -> None:
    """Deleting the text again deletes its draft."""
    ticket = show(QUESTION)
    ticket.write("x")
    ticket.keep()
    loop.drain(lambda: ticket.state.reply.saved_at is not None)
    ticket.write("")
    ticket.keep()
    loop.drain(lambda: ticket.state.reply.saved_at is None)
    assert opened.workspace.read(lambda r: r.drafts(account.id)).result(20) == ()


def test_too_large_files_are_refused_before_they_are_read(show: Show, tmp_path: Path, loop: Loop) -> None:
    """A file over the limit is named with what to do; the others are attached."""
    ticket = show(QUESTION)
    small, huge = tmp_path / "small.txt", tmp_path / "huge.bin"
    small.write_text("ok")
    with huge.open("wb") as out:
        out.truncate(10 * 1024**3)
    ticket.add_paths([huge, small])
    loop.drain(lambda: ticket.state.reply.adding == 0)
    assert [file.name for file in ticket.state.reply.files] == ["small.txt"]
    assert "huge.bin" in ticket.state.reply.problem


def test_photos_in_an_answer_are_cleaned(show: Show, opened: Running, loop: Loop) -> None:
    """A photo is attached to an answer without what it hides, and that is known while it is being written."""
    ticket = show(QUESTION)
    ticket.add_paths([photo("photo.jpg")])
    loop.drain(lambda: ticket.state.reply.saved_at is not None)
    file = ticket.state.reply.files[0]
    assert b"SECRET" not in opened.workspace.blobs.path(file).read_bytes()
    assert ticket.state.reply.warnings == {file.sha256: "Place and device removed"}
    assert show(QUESTION).state.reply.warnings == ticket.state.reply.warnings


def test_more_files_than_allowed_are_not_taken(show: Show, tmp_path: Path, loop: Loop) -> None:
    """Beyond the vendor's number of files nothing is added, and it is said."""
    ticket = show(QUESTION)
    assert ticket.state.vendor is not None
    most = ticket.state.vendor.capabilities.limits.max_files
    paths = [tmp_path / f"{number}.txt" for number in range(most + 2)]
    for path in paths:
        path.write_text(path.name)
    ticket.add_paths(paths)
    loop.drain(lambda: ticket.state.reply.adding == 0)
    assert len(ticket.state.reply.files) == most
    assert str(most) in ticket.state.reply.problem


def test_files_alone_are_added_to_the_ticket(show: Show, loop: Loop) -> None:
    """Without text the files are added; they appear among the ticket's attachments."""
    ticket = show(IN_PROGRESS)
    ticket.add_picture(b"picture bytes", "later.png")
    loop.drain(lambda: len(ticket.state.reply.files) == 1)
    ticket.send_reply(lambda: None)
    loop.drain(
        lambda: (
            ticket.state.view is not None
            and any(each.name == "later.png" for each in ticket.state.view.attachments)
        )
    )


def test_an_unread_ticket_is_read_once_it_was_seen(show: Show, loop: Loop) -> None:
    """Opening alone marks nothing; having it before one's eyes does."""
    ticket = show(QUESTION)
    assert ticket.state.view is not None
    assert ticket.state.view.row.unread
    ticket.seen()
    loop.drain(lambda: ticket.state.view is not None and not ticket.state.view.row.unread)


def test_a_ticket_can_be_closed(show: Show, loop: Loop) -> None:
    """Closing shows at once and is offered no more; nobody asks about a solution that never was."""
    ticket = show(IN_PROGRESS)
    before = ticket.state
    ticket.end_ticket()
    loop.drain(lambda: stage(ticket) is Stage.CLOSED)
    after = ticket.state
    assert (before.offers.close, before.can_reply) == (True, True)
    assert (after.offers.close, after.can_reply, after.offers.rate) == (False, False, False)
    loop.drain(lambda: not ticket.state.is_on_its_way)
    assert not ticket.state.offers.rate


def test_a_solution_that_helped_is_confirmed_and_closed(show: Show, loop: Loop) -> None:
    """Rating a solution as helpful closes the ticket; it is asked only once."""
    ticket = show(SOLVED)
    assert ticket.state.offers.rate
    ticket.rate(helpful=True, comment="Thank you")
    loop.drain(lambda: stage(ticket) is Stage.CLOSED and not ticket.state.is_on_its_way)
    loop.drain(lambda: not ticket.state.offers.rate)


def test_attachments_open_as_harmless_copies(show: Show, outside: list[Path], loop: Loop) -> None:
    """A picture opens at once, from a copy that is not executable; opening again makes no second copy."""
    ticket = show(QUESTION)
    assert ticket.state.view is not None
    picture = next(each for each in ticket.state.view.attachments if each.media_type == "image/png")
    for count in (1, 2):
        ticket.open_file(picture)
        loop.drain(lambda count=count: len(outside) == count)  # type: ignore[misc]
    assert outside[0] == outside[1]
    assert not outside[0].stat().st_mode & 0o111
    assert outside[0].stat().st_size == picture.size_bytes


def test_risky_attachments_are_asked_about_once(
    show: Show, outside: list[Path], loop: Loop, tmp_path: Path
) -> None:
    """A file that could run is opened after a yes only, and not asked about again."""
    ticket = show(IN_PROGRESS)
    batch = tmp_path / "fix.bat"
    batch.write_text("echo")
    ticket.add_paths([batch])
    loop.drain(lambda: len(ticket.state.reply.files) == 1)
    ticket.send_reply(lambda: None)
    loop.drain(lambda: ticket.state.view is not None and bool(_scripts(ticket)))
    script = _scripts(ticket)[0]
    ticket.open_file(script)
    asked = [ticket.state.files.asking]
    ticket.agree_to_open(yes=False)
    asked.append(ticket.state.files.asking)
    assert asked == [script, None]
    ticket.open_file(script)
    ticket.agree_to_open(yes=True)
    loop.drain(lambda: len(outside) == 1)
    ticket.open_file(script)
    assert ticket.state.files.asking is None
    loop.drain(lambda: len(outside) == 2)


def _scripts(ticket: TicketPresenter) -> list[Attachment]:
    assert ticket.state.view is not None
    return [each for each in ticket.state.view.attachments if each.name == "fix.bat"]


def test_all_attachments_are_saved_beside_each_other(show: Show, tmp_path: Path, loop: Loop) -> None:
    """Saving all writes every file once and overwrites none that is there."""
    ticket = show(QUESTION)
    assert ticket.state.view is not None
    names = {each.name for each in ticket.state.view.attachments}
    folder = tmp_path / "saved"
    folder.mkdir()
    first = folder / min(names)
    first.write_text("mine")
    saved: list[Path] = []
    ticket.save_all_files(folder, saved.append)
    loop.drain(lambda: len(saved) == len(names))
    assert first.read_text() == "mine"
    assert len(list(folder.iterdir())) == len(names) + 1


def test_a_ticket_of_others_is_not_there(opened: Running, account: Account, loop: Loop) -> None:
    """An unknown ticket is said to be absent."""
    ticket = TicketPresenter(opened.workspace, lambda path: None)
    ticket.open(account.id, "no such ticket")
    loop.drain(lambda: ticket.state.phase is Phase.GONE)
    ticket.close()


def test_reopening_needs_a_description(opened: Running, account: Account, loop: Loop) -> None:
    """A solved ticket is chosen, refused without words, and reopened with them."""
    reopen = ReopenPresenter(opened.workspace, account.id)
    reopen.choose()
    loop.drain(lambda: reopen.state.phase is ReopenPhase.CHOOSE)
    row = next(row for row in reopen.state.rows if row.number == SOLVED)
    reopen.pick(row.id)
    loop.drain(lambda: reopen.state.phase is ReopenPhase.WRITE)
    sent: list[TicketRow] = []
    reopen.send(sent.append)
    missing = [reopen.state.missing]
    reopen.write("The appointments are doubled again.")
    missing.append(reopen.state.missing)
    assert [bool(sentence) for sentence in missing] == [True, False]
    reopen.send(sent.append)
    loop.drain(lambda: bool(sent))

    def stage_now() -> Stage:
        return opened.workspace.read(lambda r: r.ticket(account.id, row.id)).result(20).row.stage

    loop.drain(lambda: stage_now() is Stage.IN_PROGRESS)
    reopen.close()


def test_a_begun_reopening_is_there_again(opened: Running, account: Account, loop: Loop) -> None:
    """What was written for one ticket is there when it is chosen again."""
    reopen = ReopenPresenter(opened.workspace, account.id)
    reopen.choose()
    loop.drain(lambda: reopen.state.phase is ReopenPhase.CHOOSE and len(reopen.state.rows) > 1)
    first, second = reopen.state.rows[:2]
    for row, text in ((first, "first text"), (second, "")):
        reopen.pick(row.id)
        loop.drain(lambda row=row: reopen.state.row == row)  # type: ignore[misc]
        assert reopen.state.composer.text == ""
        reopen.write(text)
        reopen.choose()
        loop.drain(lambda: reopen.state.phase is ReopenPhase.CHOOSE)
    reopen.pick(first.id)
    loop.drain(lambda: reopen.state.phase is ReopenPhase.WRITE)
    loop.drain(lambda: reopen.state.composer.text == "first text")
    reopen.close()


@pytest.fixture
def staff(opened: Running) -> Account:
    """One of the vendor's own people, signed in to the app."""
    signed_in = opened.accounts.sign_in("practice", "mia.storm@medora.example", DEMO_PASSWORD).result(30)
    opened.workspace.sync.once(signed_in.account.id, 30).result(60)
    return opened.workspace.read(lambda r: r.account(signed_in.account.id)).result(30)


def test_staff_are_not_taken_for_customers(opened: Running, staff: Account, loop: Loop) -> None:
    """Customers are nobody's colleagues, the answer goes to one of them, and no solution is rated."""
    presenter = TicketPresenter(opened.workspace, lambda _path: None)
    number = opened.workspace.read(lambda r: r.ticket_by_number(staff.id, SOLVED)).result(30)[1]
    presenter.open(staff.id, number)
    loop.drain(lambda: presenter.state.phase is Phase.READY)
    state = presenter.state
    assert {each.side for each in state.entries if isinstance(each, Said)} <= {
        Side.OWN,
        Side.CUSTOMER,
        Side.COLLEAGUE,
    }
    assert state.reader_name == "Jana Wiebe"
    assert not state.offers.rate
    presenter.close()


def test_the_home_of_staff_counts_the_list_and_asks_for_nothing(
    opened: Running, staff: Account, loop: Loop
) -> None:
    """As many are open as the list shows, and notices to customers want no confirmation."""
    profile = opened.workspace.vendors.get("practice")
    offers = Capabilities(frozenset({Capability.TICKETS, Capability.NOTICES}))
    home = HomePresenter(opened.workspace, staff, profile, offers)
    notices = ReadingPresenter(opened.workspace, staff.id, PublicationKind.NOTICE)
    loop.drain(lambda: home.state.counts is not None and notices.state.loaded)
    shown = opened.workspace.read(lambda r: r.ticket_window(TicketQuery(staff.id), 0, 99)).result(30)
    line = next(tile.line for tile in home.tiles() if tile.route.screen == "tickets")
    assert line == f"{len(shown)} open"
    assert {each.kind for each in home.state.waiting} <= {"sign_in", "needs_user"}
    assert notices.state.entries
    assert not any(entry.item.must_confirm for entry in notices.state.entries)
    home.close()
    notices.close()
