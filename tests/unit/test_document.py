"""One document, with a real replica, a real desk, and the pages and seal of real PDFs."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path
from threading import Event

import pytest

from supportdesk.app.conversation_state import Phase
from supportdesk.app.document import DocumentPresenter
from supportdesk.app.document_file import copied, save_copy
from supportdesk.app.document_state import DocumentPageState, SealLook, draft_kind
from supportdesk.app.documents import DocumentsPresenter, Face
from supportdesk.app.ticket import TicketPresenter
from supportdesk.bootstrap import Running
from supportdesk.domain.catalogue import FieldKind
from supportdesk.domain.documents import DocumentState, Standing
from supportdesk.domain.entities import Document
from supportdesk.domain.projections import Account, ItemQuery, ItemRow, ItemSort
from supportdesk.replica.reader import Reader
from tests.support.pdfs import form_pdf, png, text_of
from tests.support.workspace import Loop, demo_account, running

MARK = png(60, 20)
_LONG_S = 60.0


@pytest.fixture(scope="module")
def loop() -> Loop:
    return Loop()


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory, loop: Loop) -> Iterator[Running]:
    """One for all tests here: each takes the next document that waits."""
    with running(tmp_path_factory.mktemp("documents") / "data", loop) as it:
        yield it


@pytest.fixture(scope="module")
def account(opened: Running) -> Account:
    return demo_account(opened, "retail")


def rows(opened: Running, account: Account, state: DocumentState) -> tuple[ItemRow, ...]:
    query = ItemQuery(account.id, "document", states=(state.value,))
    return opened.workspace.read(lambda r: r.item_window(query)).result(10)


def untouched(opened: Running, account: Account) -> ItemRow:
    """One that waits, and in which no other test has filled in anything."""
    waiting = rows(opened, account, DocumentState.TO_SIGN)
    return next(row for row in waiting if not drafts(opened, account, row.id))


Show = Callable[[ItemRow], DocumentPresenter]


@pytest.fixture
def show(opened: Running, account: Account, loop: Loop) -> Iterator[Show]:
    made: list[DocumentPresenter] = []

    def open_document(row: ItemRow) -> DocumentPresenter:
        presenter = DocumentPresenter(opened.workspace)
        made.append(presenter)
        presenter.open(account.id, row.id)
        loop.drain(lambda: bool(presenter.state.pages.sizes), _LONG_S)
        return presenter

    yield open_document
    for presenter in made:
        presenter.close()


def fill(presenter: DocumentPresenter) -> None:
    for field in presenter.state.filling.form.fields:
        if field.required:
            presenter.answer(field.name, _answer(field.kind, field.choices))


def _answer(kind: FieldKind, choices: tuple[tuple[str, str], ...]) -> str:
    given = {FieldKind.DATE: "2026-12-01", FieldKind.CHECKBOX: "yes"}
    return choices[0][0] if choices else given.get(kind, "A 17")


@pytest.mark.second_stage
def test_a_document_is_filled_in_signed_and_found_unchanged(
    show: Show, opened: Running, account: Account, loop: Loop
) -> None:
    """From the answers to the sealed file, whose seal is checked on this computer with the vendor's key."""
    document = show(untouched(opened, account))
    assert not document.state.can_sign
    fill(document)
    document.take_mark(MARK)
    assert document.state.filling.left == 0
    signed: list[bool] = []
    document.sign(lambda: signed.append(True))
    loop.drain(lambda: document.state.pages.seal_look is SealLook.CHECKED, _LONG_S)
    state = document.state
    assert signed
    assert state.standing is DocumentState.SIGNED
    assert state.pages.seal is not None
    assert state.pages.seal.standing is Standing.INTACT
    assert state.pages.seal.signed_by == account.person_name
    assert not state.shows_form
    assert not state.is_open


@pytest.mark.second_stage
def test_what_a_signed_offer_belongs_to_says_that_it_is_unchanged(
    opened: Running, account: Account, loop: Loop
) -> None:
    """Its seal is checked on this computer there as well."""
    signed = next(row for row in rows(opened, account, DocumentState.SIGNED) if row.number == "AN-0302")
    assert isinstance(signed.fact, Document)
    ticket = TicketPresenter(opened.workspace, lambda _path: None)
    ticket.open(account.id, signed.fact.concerns_id)
    loop.drain(lambda: bool(ticket.state.seals), _LONG_S)
    assert [each.row.id for each in ticket.state.linked] == [signed.id]
    assert [seal.standing for seal in ticket.state.seals.values()] == [Standing.INTACT]
    ticket.close()


def test_answers_survive_an_end_without_saying_goodbye(
    show: Show, opened: Running, account: Account, loop: Loop
) -> None:
    """What was kept is there for whoever opens the document next, although nobody closed it."""
    row = rows(opened, account, DocumentState.TO_SIGN)[0]
    document = show(row)
    before = document.state.saved_at
    fill(document)
    text = next(each for each in document.state.filling.form.fields if each.kind is FieldKind.TEXT)
    document.answer(text.name, "B 18")  # what no other test has kept already
    document.keep()
    loop.drain(lambda: document.state.saved_at != before)
    again = show(row)
    assert again.state.filling.values == document.state.filling.values
    assert again.state.filling.is_filled


def test_a_copy_has_what_is_filled_in_so_far(
    show: Show, opened: Running, account: Account, loop: Loop, tmp_path: Path
) -> None:
    """Printed and saved ones alike."""
    document = show(rows(opened, account, DocumentState.TO_SIGN)[-1])
    texts = [each for each in document.state.filling.form.fields if each.kind is FieldKind.TEXT]
    document.answer(texts[0].name, "Ada Löwe")
    saved: list[Path] = []
    document.save_copy(tmp_path / "copy.pdf", saved.append)
    loop.drain(lambda: bool(saved), _LONG_S)
    printed: list[bytes] = []
    document.copy(printed.append)
    loop.drain(lambda: bool(printed), _LONG_S)
    assert "Ada Löwe" in text_of(printed[0])
    assert "Ada Löwe" in text_of(saved[0].read_bytes())


def test_a_copy_is_not_handed_over_once_another_document_is_open(
    show: Show, opened: Running, account: Account, loop: Loop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody waits for it either: the thread of the window goes on while it is made."""
    first, *_others, second = rows(opened, account, DocumentState.TO_SIGN)
    document = show(first)
    gate, made, delivered = Event(), list[bytes](), list[bool]()
    monkeypatch.setattr("supportdesk.app.document.copied", lambda *_: b"" if gate.wait(_LONG_S) else b"late")
    document.copy(made.append)
    document.open(account.id, second.id)
    gate.set()
    opened.workspace.apart.submit(lambda: loop.deliver(lambda: delivered.append(True)))
    loop.drain(lambda: bool(delivered), _LONG_S)
    assert not made


def test_no_other_work_waits_for_a_document(
    show: Show, opened: Running, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pictures and settings are written while a file of somebody else takes its minute."""
    document, gate = show(rows(opened, account, DocumentState.TO_SIGN)[-1]), Event()
    monkeypatch.setattr("supportdesk.app.document.copied", lambda *_: b"" if gate.wait(_LONG_S) else b"late")
    document.copy(lambda _copy: None)
    assert opened.workspace.cpu.submit(lambda: not gate.is_set()).result(_LONG_S / 2)
    gate.set()


def test_what_is_kept_stays_when_a_slow_look_brings_older_answers(
    show: Show, opened: Running, account: Account, loop: Loop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A look that began before the answer was kept, and arrives after it, takes nothing away."""
    document = show(rows(opened, account, DocumentState.TO_SIGN)[-1])
    read, slow = opened.workspace.read, Future[object]()
    slow.set_running_or_notify_cancel()
    older: list[object] = []

    def look(job: Callable[[Reader], object]) -> Future[object]:
        older.append(read(job).result(_LONG_S))
        return slow

    monkeypatch.setattr(opened.workspace, "read", look)
    document.refresh()
    monkeypatch.undo()
    name = next(each.name for each in document.state.filling.form.fields if each.kind is FieldKind.TEXT)
    before = document.state.saved_at
    document.answer(name, "typed meanwhile")
    document.keep()
    loop.drain(lambda: document.state.saved_at != before)
    slow.set_result(older[0])
    arrived: list[bool] = []
    loop.deliver(lambda: arrived.append(True))
    loop.drain(lambda: bool(arrived) and not document.jobs.busy(document, "read"))
    assert document.state.filling.values[name] == "typed meanwhile"


def test_a_copy_without_answers_is_the_file_itself(tmp_path: Path) -> None:
    """With everything the vendor put into it."""
    original = tmp_path / "offer.pdf"
    original.write_bytes(form_pdf())
    assert save_copy(original, {}, tmp_path / "copy.pdf").read_bytes() == form_pdf()
    assert copied(original, {}) == form_pdf()


def test_a_copy_that_cannot_be_made_takes_nothing_away(
    show: Show, opened: Running, account: Account, loop: Loop, tmp_path: Path
) -> None:
    """The reason stands above the pages, which stay."""
    document = show(rows(opened, account, DocumentState.TO_SIGN)[-1])
    document.save_copy(tmp_path / "no such folder" / "copy.pdf", lambda _path: None)
    loop.drain(lambda: bool(document.state.problem))
    assert document.state.problem.startswith("The copy could not be made.")
    assert document.state.pages.sizes
    assert document.state.pages.error is None


def test_signed_without_a_connection_is_shown_as_signed_and_can_be_taken_back(
    show: Show, opened: Running, account: Account, loop: Loop
) -> None:
    """The signature waits in the outbox; taking it back brings the answers back."""
    document = show(rows(opened, account, DocumentState.TO_SIGN)[0])
    opened.workspace.sync.go_offline(True)
    fill(document)
    values = document.state.filling.values
    document.take_mark(MARK)
    document.sign(lambda: None)
    loop.drain(lambda: document.state.standing is DocumentState.SIGNED)
    assert document.state.is_on_its_way
    assert not document.state.is_open
    assert document.state.shows_form
    assert document.state.filling.values == values
    document.take_back()
    loop.drain(lambda: document.state.is_open)
    assert document.state.filling.values == values
    opened.workspace.sync.go_offline(False)


def test_declining_needs_a_reason_and_ends_what_can_be_done(
    show: Show, opened: Running, account: Account, loop: Loop
) -> None:
    """Nothing happens without a reason; with one the document stays readable and offers nothing more."""
    document = show(rows(opened, account, DocumentState.TO_SIGN)[0])
    document.decline("  ", lambda: None)
    assert document.state.is_open
    fill(document)
    document.keep()
    document.decline("Too dear.", lambda: None)
    loop.drain(lambda: document.state.document is not None and document.state.document.reason == "Too dear.")
    assert document.state.standing is DocumentState.DECLINED
    assert document.state.pages.sizes
    loop.drain(lambda: not document.state.is_open)
    loop.drain(lambda: not drafts(opened, account, document.key[1]))


def drafts(opened: Running, account: Account, document_id: str) -> list[str]:
    kept = opened.workspace.read(lambda r: r.drafts(account.id)).result(10)
    return [draft.id for draft in kept if draft.kind == draft_kind(document_id)]


def test_an_unknown_document_is_gone(opened: Running, account: Account, loop: Loop) -> None:
    """The person is told, and shown the way back to the list."""
    presenter = DocumentPresenter(opened.workspace)
    presenter.open(account.id, "nowhere")
    loop.drain(lambda: presenter.state.phase is Phase.GONE)
    presenter.close()


def test_the_list_filters_searches_and_sorts(opened: Running, account: Account, loop: Loop) -> None:
    """By state with its number, by words, and by the next deadline."""
    presenter = DocumentsPresenter(opened.workspace, account.id)
    presenter.refresh()
    loop.drain(lambda: presenter.state.face is Face.ROWS)
    waiting = presenter.state.counts[DocumentState.TO_SIGN]
    presenter.show_state(DocumentState.TO_SIGN)
    loop.drain(lambda: presenter.state.count == waiting)
    presenter.sort(ItemSort.DUE)
    loop.drain(lambda: _in_order([row.due_at for row in presenter.state.rows if row.due_at]))
    presenter.search("no such words at all")
    loop.drain(lambda: presenter.state.face is Face.NO_MATCH)
    presenter.clear_filters()
    loop.drain(lambda: presenter.state.count == presenter.state.total)
    presenter.close()


def _in_order(values: list[object]) -> bool:
    return values == sorted(values, key=str)


def test_a_state_tells_nothing_before_it_is_known() -> None:
    """An empty page offers nothing."""
    state = DocumentPageState()
    assert (state.standing, state.is_open, state.can_sign, state.shows_form) == (None, False, False, False)
