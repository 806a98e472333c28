"""A new order without a window: a real data folder, a real desk, and nothing typed is ever lost."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from supportdesk.app.flows.order_draft import decode
from supportdesk.app.order_form import OrderForm
from supportdesk.app.orders import OrderList
from supportdesk.app.settings import ORDERS_PER_PAGE
from supportdesk.app.ticket_list_state import Face
from supportdesk.bootstrap import Running
from supportdesk.domain.errors import NotFound
from supportdesk.domain.orders import OPEN_ORDERS, OrderStatus
from supportdesk.domain.projections import Account, Draft, ItemSort, OpenState
from supportdesk.domain.status import Stage
from tests.support.workspace import Loop, demo_account, running

Begin = Callable[..., OrderForm]


@pytest.fixture(scope="module")
def loop() -> Loop:
    return Loop()


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory, loop: Loop) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("orders"), loop) as it:
        yield it


@pytest.fixture(scope="module")
def account(opened: Running) -> Account:
    return demo_account(opened, "orders")


@pytest.fixture
def begin(opened: Running, account: Account, loop: Loop) -> Iterator[Begin]:
    made: list[OrderForm] = []

    def opening(draft_id: str = "") -> OrderForm:
        form = OrderForm(opened.workspace, account)
        made.append(form)
        form.open(draft_id)
        loop.drain(lambda: form.state.ready or form.state.error is not None)
        return form

    yield opening
    for form in made:
        form.close()


@pytest.fixture
def orders(opened: Running, account: Account, loop: Loop) -> Iterator[OrderList]:
    presenter = OrderList(opened.workspace, account.id)
    presenter.refresh()
    loop.drain(lambda: presenter.state.loaded)
    yield presenter
    presenter.close()
    opened.workspace.settings.set(ORDERS_PER_PAGE, 0)


def fill(form: OrderForm, reference: str) -> str:
    """Returns the id of its article."""
    form.say("reference", reference)
    article = form.state.draft.articles[0].id
    form.set_cell(article, "number", "BD-31204")
    form.set_cell(article, "quantity", "4")
    return article


def asked(presenter: OrderList, loop: Loop) -> None:
    loop.drain(lambda: presenter.state.loaded and not presenter.jobs.busy(presenter, "list"))


# -- writing


def test_what_is_typed_is_there_again_after_the_program_was_killed(
    opened: Running, begin: Begin, loop: Loop
) -> None:
    """Every word, unfinished cells too; nothing is closed in order."""
    form = begin()
    article = fill(form, "KILL-1")
    form.set_cell(article, "quantity", "vier")
    form.keep()
    loop.drain(lambda: form.state.saved_at is not None)
    kept = opened.workspace.read(lambda r: r.draft(form.state.draft_id)).result(10)
    assert decode(kept.content) == form.state.draft
    again = begin(form.state.draft_id)
    assert again.state.draft == form.state.draft


def test_several_orders_can_be_begun(opened: Running, account: Account, begin: Begin, loop: Loop) -> None:
    """Each is a draft of its own, on top of the list."""
    begun = [begin() for _each in range(2)]
    for number, form in enumerate(begun):
        fill(form, f"MANY-{number}")
        form.keep()
    loop.drain(lambda: all(form.state.saved_at is not None for form in begun))
    local = opened.workspace.read(lambda r: r.local_orders(account.id)).result(10)
    assert {"MANY-0", "MANY-1"} <= {row.title for row in local if row.state == Stage.DRAFT}


def test_a_draft_stays_deleted_until_that_is_undone(
    opened: Running, begin: Begin, loop: Loop, tmp_path: Path
) -> None:
    """Also when a file arrives that was still being added; it comes back whole, after the form was closed."""
    form, gate, undos = begin(), threading.Event(), list[Callable[[], None]]()
    fill(form, "R-deleted")
    form.keep()
    loop.drain(lambda: form.state.saved_at is not None)
    id, written = form.state.draft_id, form.state.draft
    opened.workspace.cpu.submit(gate.wait)
    path = tmp_path / "late.txt"
    path.write_text("late")
    form.add_paths("", [path])
    form.delete(undos.append)
    loop.drain(lambda: bool(undos))
    gate.set()
    opened.workspace.cpu.submit(int).result(20)  # behind it
    arrived = threading.Event()
    loop.deliver(arrived.set)
    loop.drain(arrived.is_set)
    form.close()

    def kept() -> Draft:
        opened.workspace.write(lambda _writer: None).result(20)  # after what was to be written before
        return opened.workspace.read(lambda reader: reader.draft(id)).result(20)

    with pytest.raises(NotFound):
        kept()
    undos[0]()
    assert decode(kept().content) == written


def test_nothing_is_kept_of_an_empty_form(opened: Running, begin: Begin) -> None:
    """Opening it is no draft."""
    form = begin()
    form.keep()
    drafts = opened.workspace.read(lambda r: r.drafts(None)).result(10)
    assert form.state.draft_id not in {draft.id for draft in drafts}


def test_problems_are_told_at_their_cells_when_sending_is_tried(begin: Begin) -> None:
    """And before that at those that were left; the first of them gets the focus."""
    form = begin()
    article = form.state.draft.articles[0].id
    form.set_cell(article, "name", "Lamp")
    form.set_cell(article, "quantity", "zwei")
    assert form.state.shown == ()
    form.left("quantity", article)
    assert form.state.problem("quantity", article)
    assert not form.state.problem("reference")
    form.send(lambda _id: pytest.fail("it must not be sent"))
    assert form.state.problem("reference")
    assert form.state.focus is not None
    assert form.state.focus.field == "reference"


def test_a_reference_that_was_used_before_is_told_while_typing(begin: Begin, loop: Loop) -> None:
    """With the number of the other order; in other letters, too; sending is not tried then."""
    form = begin()
    fill(form, "ret-2025-117 ")
    loop.drain(lambda: bool(form.state.double))
    assert "50341" in form.state.problem("reference")
    form.send(lambda _id: pytest.fail("it must not be sent"))
    assert form.state.focus is not None
    form.say("reference", "RET-2025-1170")
    loop.drain(lambda: not form.state.double)


def test_lines_that_say_nothing_are_not_sent(begin: Begin) -> None:
    """They stand there to be filled in."""
    form = begin()
    fill(form, "BLANK-1")
    form.add_article()
    assert len(form.state.draft.articles) == 2
    assert len(form.state.draft.said) == 1


def test_a_removed_article_comes_back(begin: Begin) -> None:
    """With everything that was said in it; the last line leaves a blank one."""
    form = begin()
    article = fill(form, "UNDO-1")
    before = form.state.draft
    undo = form.remove_article(article)
    assert form.state.draft.said == ()
    assert len(form.state.draft.articles) == 1
    undo()
    assert form.state.draft == before


# -- tables


def test_a_table_is_shown_before_it_is_taken(begin: Begin, loop: Loop) -> None:
    """Its good lines stand behind what was written; the bad ones are named and left out."""
    form = begin()
    fill(form, "PASTE-1")
    form.paste("Nummer\tMenge\nA-1\t2\nA-2\tviele")
    loop.drain(lambda: form.state.preview is not None)
    preview = form.state.preview
    assert preview is not None
    assert [each.line for each in preview.bad] == [3]
    assert len(form.state.draft.said) == 1
    form.take_import()
    assert [each.number for each in form.state.draft.said] == ["BD-31204", "A-1"]
    assert form.state.preview is None


def test_a_file_that_is_no_table_says_so(begin: Begin, loop: Loop, tmp_path: Path) -> None:
    """What was written stays."""
    form = begin()
    fill(form, "FILE-1")
    form.read_file(tmp_path / "there-is-none.csv")
    loop.drain(lambda: bool(form.state.trouble))
    assert form.state.preview is None
    assert len(form.state.draft.said) == 1


# -- files and sending


def test_files_go_with_their_articles_and_the_order_is_sent(
    opened: Running, account: Account, begin: Begin, loop: Loop, tmp_path: Path
) -> None:
    """Once; the draft is gone, and the vendor has each file where it was dropped."""
    form = begin()
    article = fill(form, "SEND-1")
    other = form.add_article()
    form.set_cell(other, "name", "Lamp")
    for name, target in (("disc.txt", article), ("lamp.txt", other), ("all.txt", "")):
        (tmp_path / name).write_text(name)
        form.add_paths(target, [tmp_path / name])
    loop.drain(lambda: not form.state.adding and len(form.state.draft.all_files) == 3)
    sent: list[str] = []
    form.send(sent.append)
    loop.drain(lambda: bool(sent))
    opened.workspace.sync.once(account.id, 30).result(60)
    opened.workspace.sync.once(account.id, 30).result(60)
    view = opened.workspace.read(lambda r: r.item(account.id, sent[0])).result(10)
    assert view.row.state == OrderStatus.RECEIVED
    assert {each.name: each.article for each in view.attachments} == {
        "disc.txt": 0,
        "lamp.txt": 1,
        "all.txt": None,
    }
    drafts = opened.workspace.read(lambda r: r.drafts(account.id)).result(10)
    assert sent[0] not in {draft.id for draft in drafts}


# -- the list


def test_the_list_shows_what_is_open_newest_first(orders: OrderList, loop: Loop) -> None:
    """All of them when asked; words find references, numbers and articles."""
    assert orders.state.face is Face.ROWS
    rows = [orders.state.orders.row(at) for at in range(orders.state.orders.total)]
    assert all(row is not None and row.state in OPEN_ORDERS for row in rows)
    days = [row.created_at for row in rows if row is not None]
    assert days == sorted(days, reverse=True)
    few = orders.state.count
    orders.filter(open_state=OpenState.ALL)
    asked(orders, loop)
    assert orders.state.count > few
    orders.filter(text="Turbolader")
    asked(orders, loop)
    assert 1 <= orders.state.count < few


def test_sorting_by_the_same_again_turns_it_round(orders: OrderList, loop: Loop) -> None:
    """Words begin with A, times with the latest."""
    orders.sort(ItemSort.TITLE)
    asked(orders, loop)
    first = orders.state.orders.row(0)
    orders.sort(ItemSort.TITLE)
    asked(orders, loop)
    last = orders.state.orders.row(0)
    assert first is not None
    assert last is not None
    assert first.title < last.title


def test_pages_have_as_many_orders_as_the_customer_wants(
    opened: Running, orders: OrderList, loop: Loop
) -> None:
    """The setting holds at once; the last page has what is left; none is on two pages."""
    orders.filter(open_state=OpenState.ALL)
    asked(orders, loop)
    everything = orders.state.count
    opened.workspace.settings.set(ORDERS_PER_PAGE, 25)
    orders.refresh()
    asked(orders, loop)
    assert orders.state.orders.total == 25
    seen: list[str] = []
    for page in range(orders.state.pages):
        orders.show_page(page)
        asked(orders, loop)
        rows = [orders.state.orders.row(at) for at in range(orders.state.orders.total)]
        seen += [row.id for row in rows if row is not None]
    assert len(seen) == len(set(seen)) == everything
    orders.show_page(99)
    assert orders.state.page == orders.state.pages - 1


def test_what_is_not_found_says_so(orders: OrderList, loop: Loop) -> None:
    """Drafts that do not fit are not in the way."""
    orders.filter(text="there is nothing like this")
    asked(orders, loop)
    faces = [orders.state.face]
    orders.clear_filters()
    asked(orders, loop)
    assert [*faces, orders.state.face] == [Face.NO_MATCH, Face.ROWS]
